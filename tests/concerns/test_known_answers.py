"""What must come out the same in every version: a receipt on paper, and what databases and councils know of it."""

from pathlib import Path

import pytest
from nacl.public import PrivateKey

from bot.chat.errors import StoreProblem
from bot.concerns.keyring import Keyring
from bot.concerns.model import ConcernId, FormMark, Words
from bot.concerns.receipt import Hardness, Receipt, code_name, derive
from bot.concerns.store import Sealed, concern_row, message_row
from bot.concerns.vault import Vault, open_words

RECEIPT = Receipt(("abacus", "abdomen", "abdominal", "abide", "abiding", "ability"))
SALT = b"0123456789abcdef"
VAULT = Vault(PrivateKey(bytes(range(32))), SALT)


def test_a_receipt_leads_to_the_same_keys_in_every_version() -> None:
    keys = derive(RECEIPT, SALT, Hardness(memory=64, passes=1))
    assert keys.lookup == "713d1522f31160112332bda86e561a7e295e0d095dd6e25d29a60571b5550205"
    assert bytes(keys.private).hex() == "e327b19e79a327d36fc09381524b51b6ec18b21ac4c7416cf77e693c7e581014"
    assert code_name(keys.lookup) == "vocally-banter"


def test_a_vault_and_a_form_are_known_again_in_every_version() -> None:
    assert VAULT.fingerprint == "352c01a235b47fa19f29efab54c8edbb"
    assert VAULT.known_again(FormMark("a mark")) == "d03c3eccc7500ff6744b9ebfa4d88848"


def test_a_vaults_key_is_followed_by_its_salt(tmp_path: Path) -> None:
    (tmp_path / "vault.key").write_bytes(bytes(range(32)) + SALT)
    vault = Vault.open(tmp_path / "vault.key")
    assert (bytes(vault.private), vault.salt) == (bytes(range(32)), SALT)


def test_a_concern_becomes_these_rows_and_nothing_else() -> None:
    row = message_row(ConcernId("c"), Sealed("author", b"x"), 7, "once", 3)
    assert len(bytes.fromhex(str(row.pop("id")))) == 16
    assert row == {
        "concern": "c",
        "turn": 3,
        "voice": "author",
        "batch": 7,
        "once": "once",
        "for_council": b"x",
        "for_author": None,
    }
    assert concern_row(ConcernId("c"), "lookup", b"key", 7) == {
        "id": "c",
        "lookup": "lookup",
        "author_key": b"key",
        "batch": 7,
    }


def test_what_cannot_be_opened_is_said_and_no_reason_to_try_again() -> None:
    with pytest.raises(StoreProblem) as caught:
        open_words((), b"")
    assert caught.value.permanent
    assert caught.value.message_for_person == (
        "A message cannot be opened with the keys of this installation. It is still kept, sealed. "
        "Put back the vault key and the keys folder that belong to this database."
    )


def test_a_vault_that_cannot_be_used_is_said_and_no_reason_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "vault.key").write_bytes(bytes(47))
    with pytest.raises(StoreProblem) as caught:
        Vault.open(tmp_path / "vault.key")
    assert caught.value.permanent
    assert caught.value.message_for_person == (
        "The vault key (vault.key in RAI_DATA_DIR) cannot be used. Concerns stay sealed. "
        "Put the key back from its backup, or give the bot the right to read it."
    )


def test_a_key_that_cannot_be_used_is_said_and_no_reason_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "batch-1.key").write_bytes(bytes(31))
    with pytest.raises(StoreProblem) as caught:
        Keyring(tmp_path).batch(1)
    assert caught.value.permanent
    assert caught.value.message_for_person == (
        "A key in the keys folder of RAI_DATA_DIR cannot be used. What it seals stays sealed. Give the bot the right "
        "to read and write there, see that all its processes share the folder, and put a damaged key back from a copy."
    )


def test_a_key_that_is_made_and_gone_again_and_a_folder_that_is_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "batch-1.key").symlink_to(tmp_path / "nowhere")  # there for who makes it, and not for who reads it
    with pytest.raises(StoreProblem, match="share the folder"):
        Keyring(tmp_path).batch(1)
    (tmp_path / "keys").write_bytes(b"")
    with pytest.raises(StoreProblem, match="share the folder"):
        Keyring(tmp_path / "keys").batch(1)
    with pytest.raises(StoreProblem, match="share the folder"):
        Keyring(tmp_path / "keys").note_newest(1)


def test_words_are_as_short_and_as_long_as_the_form_allows() -> None:
    assert Words("x").text == "x"
    assert len(Words("x" * 2_000).text) == 2_000
    for text in ("", "x" * 2_001):
        with pytest.raises(ValueError, match=r"^words have 1 to 2000 characters$"):
            Words(text)
