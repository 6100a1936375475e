"""Receipts and the vault: what opens, what does not, what nothing tells."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import sodium_pad
from nacl.public import PrivateKey, SealedBox

from bot.chat.errors import StoreProblem
from bot.concerns import vault as sealing
from bot.concerns.model import (
    AFFECTED,
    LONGEST_SYSTEM,
    LONGEST_WORDS,
    STAGES,
    SURE,
    URGENCIES,
    VALUES,
    About,
    Concern,
    FormMark,
    Words,
)
from bot.concerns.receipt import Hardness, Receipt, code_name, derive, word_list
from bot.concerns.vault import SIZE, Vault

CHEAP = Hardness(memory=64, passes=1)
VAULT = Vault(PrivateKey.generate(), b"0" * 16)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=LONGEST_WORDS).map(Words)


abouts = st.builds(
    About,
    value=st.sampled_from(VALUES),
    system=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=LONGEST_SYSTEM // 4),
    stage=st.sampled_from(("", *STAGES)),
    affected=st.sampled_from(("", *AFFECTED)),
    urgency=st.sampled_from(URGENCIES),
    sure=st.sampled_from(("", *SURE)),
)


@given(words, abouts)
def test_a_sealed_concern_opens_with_its_key_alone(said: Words, about: About) -> None:
    concern, key, other = Concern(said, about), PrivateKey.generate(), PrivateKey.generate()
    sealed = sealing.seal_concern(bytes(key.public_key), concern)
    assert sealing.open_concern((other, key), sealed) == concern
    with pytest.raises(StoreProblem, match="cannot be opened") as caught:
        sealing.open_concern((other,), sealed)
    assert caught.value.__context__ is None


@given(words)
def test_everything_sealed_has_one_size_and_never_looks_the_same(said: Words) -> None:
    key, author = PrivateKey.generate(), PrivateKey.generate()
    public = bytes(key.public_key)
    concern = sealing.seal_concern(public, Concern(said))
    every = [sealing.seal_words(public, said), sealing.seal_words(public, said), concern]
    anew = sealing.seal_anew((key,), bytes(author.public_key), every[0])
    assert {len(sealed) for sealed in (*every, anew)} == {SIZE + 48}
    assert len({*every, anew}) == 4
    assert sealing.open_words((key,), every[0]) == said
    assert sealing.open_words((author,), anew) == said


@pytest.mark.parametrize("sign", ["𝔘", "\U0010ffff", '"', "\\", "\n", "é"])
def test_the_longest_words_fit_whatever_their_script(sign: str) -> None:
    key = PrivateKey.generate()
    most = {name: max(known, key=len) for name, known in (("value", VALUES), ("stage", STAGES), ("affected", AFFECTED))}
    about = About(**most, system="𝔘" * (LONGEST_SYSTEM // 4), urgency=URGENCIES[0], sure=max(SURE, key=len))
    concern = Concern(Words(sign * LONGEST_WORDS), about)
    sealed = sealing.seal_concern(bytes(key.public_key), concern)
    assert len(sealed) == SIZE + 48
    assert sealing.open_concern((key,), sealed) == concern


def test_what_an_older_version_sealed_is_still_read() -> None:
    key = PrivateKey.generate()
    plain = json.dumps({"value": "safety", "words": "It fails."}).encode()
    sealed = SealedBox(key.public_key).encrypt(sodium_pad(plain, SIZE))
    assert sealing.open_concern((key,), sealed) == Concern(Words("It fails."), About("safety"))


@pytest.mark.parametrize("text", ["", "x" * (LONGEST_WORDS + 1)])
def test_words_are_neither_none_nor_too_many(text: str) -> None:
    with pytest.raises(ValueError, match="1 to 2000"):
        Words(text)


@pytest.mark.parametrize(
    "wrong", [{"value": "speed"}, {"stage": "x"}, {"affected": "x"}, {"urgency": ""}, {"sure": "x"}]
)
def test_what_a_concern_is_about_is_one_of_the_known_things(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="known values|chosen from lists"):
        About(**wrong)


def test_a_system_has_a_name_that_fits() -> None:
    with pytest.raises(ValueError, match="at most 60 bytes"):
        About(system="é" * 31)


def test_a_damaged_message_is_a_sentence() -> None:
    with pytest.raises(StoreProblem, match="still kept, sealed"):
        sealing.open_words((PrivateKey.generate(),), b"short")


def test_no_repr_tells_words_or_keys() -> None:
    receipt = Receipt.draw()
    keys = derive(receipt, b"0" * 16, CHEAP)
    concern = Concern(Words("canary"), About(system="canary"))
    shown = f"{concern.words} {concern} {receipt} {keys} {VAULT} {FormMark('canary')}"
    assert "canary" not in shown
    assert not any(word in shown.split() for word in receipt.words)
    assert keys.lookup not in shown


def test_the_word_list_is_the_long_one_of_the_eff() -> None:
    assert len(word_list()) == len(set(word_list())) == 7_776


def test_what_a_guess_costs_is_pinned() -> None:
    # 77.5 bits behind 64 MiB and three passes; a change here is a change of the promise in docs/anonymity.md.
    assert Hardness() == Hardness(memory=65_536, passes=3)
    assert len(Receipt.draw().words) == 6
    assert len({Receipt.draw().text for _ in range(50)}) == 50


def test_a_receipt_leads_to_its_own_keys_only() -> None:
    one, other = Receipt.draw(), Receipt.draw()
    assert derive(one, b"0" * 16, CHEAP).lookup == derive(one, b"0" * 16, CHEAP).lookup
    assert derive(one, b"0" * 16, CHEAP).lookup != derive(other, b"0" * 16, CHEAP).lookup
    assert derive(one, b"0" * 16, CHEAP).lookup != derive(one, b"1" * 16, CHEAP).lookup


@given(st.integers(0, 10), st.sampled_from([" ", ", ", "\n", "  ", ",,"]))
def test_a_receipt_is_read_however_it_was_typed(spaces: int, between: str) -> None:
    receipt = Receipt.draw()
    assert Receipt.parse(" " * spaces + between.join(receipt.words).upper()) == receipt


@given(st.text(max_size=100))
def test_anything_else_is_no_receipt(text: str) -> None:
    with pytest.raises(ValueError, match="Please look again"):
        Receipt.parse(text)


def test_a_receipt_is_read_with_numbers_and_signs_around_its_words() -> None:
    words = ("felt-tip", "abacus", "yo-yo", "drop-down", "abide", "t-shirt")
    for typed in (
        " ".join(f"{number}. {word}," for number, word in enumerate(words, 1)),
        " - ".join(words),
        "“" + "; ".join(words) + "”",
    ):
        assert Receipt.parse(typed) == Receipt(words)
    plain = ("abacus", "abdomen", "abide", "ability", "abiding", "abdominal")
    assert Receipt.parse("-".join(plain)) == Receipt(plain)


def test_the_vault_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "vault.key"
    made = Vault.open(file)
    assert Vault.open(file).fingerprint == made.fingerprint
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_processes_that_start_at_once_share_one_vault(tmp_path: Path) -> None:
    imports = "import sys; from pathlib import Path; from bot.concerns.vault import Vault"
    look = f"{imports}; print(Vault.open(Path(sys.argv[1])).fingerprint)"
    command = [sys.executable, "-c", look, str(tmp_path / "vault.key")]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    seen = {process.communicate(timeout=60)[0] for process in processes}
    assert len(seen) == 1
    assert seen != {""}


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 49])
def test_a_broken_vault_key_is_a_sentence_and_stays(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "vault.key"
    file.write_bytes(content)
    with pytest.raises(StoreProblem, match="Put the key back"):
        Vault.open(file)
    assert file.read_bytes() == content


def test_a_vault_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="vault key"):
        Vault.open(tmp_path / "nowhere" / "vault.key")


def test_a_concern_has_one_name_that_tells_nothing_of_its_receipt() -> None:
    receipt = Receipt.draw()
    keys = derive(receipt, b"0" * 16, CHEAP)
    assert code_name(keys.lookup) == code_name(keys.lookup)
    assert len(code_name(keys.lookup).split("-")) >= 2
    assert len({code_name(derive(Receipt.draw(), b"0" * 16, CHEAP).lookup) for _ in range(50)}) == 50
