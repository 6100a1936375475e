"""The documents agree with the code: versions, links, settings, and what may never stand in the repository."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import bot
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("knowledge/*.md")) if path.is_file()
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == bot.__version__


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text("utf-8"))
    lost = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert lost == []


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "running.md").read_text("utf-8")
    names = {str(field.validation_alias) for field in Settings.model_fields.values()}
    assert {name for name in names if name not in told} == set()


def test_every_file_the_documents_name_as_proof_is_there() -> None:
    named = {
        name
        for document in DOCUMENTS
        for name in re.findall(
            r"`((?:tests|bot|adapters|benchmarks|docs|migrations)/[\w/.-]+)`", document.read_text("utf-8")
        )
    }
    # An example room is not there, on purpose.
    missing = {name for name in named if not (ROOT / name).exists() and "recognition" not in name}
    assert missing == set()


def test_every_version_is_pinned_with_a_hash_and_without_an_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        pins = re.findall(
            r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==\S+.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE
        )
        lines = [line for line in text.splitlines() if line and line[0] not in " #"]
        assert len(pins) == len(lines)


def test_what_is_needed_is_what_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = (ROOT / "requirements.txt").read_text("utf-8").lower()
    for needed in project["dependencies"]:
        name = re.split(r"[\[<>=; ]", needed)[0].lower()
        assert f"\n{name}==" in pinned or f"\n{name}[" in pinned or pinned.startswith(f"{name}=="), name


def test_nothing_large_and_no_address_of_a_package_index_is_kept() -> None:
    hosts = re.compile(
        "|".join(("py" + "pi\\.org", "python" + "hosted\\.org", "registry\\.np" + "mjs", "deb\\.deb" + "ian\\.org"))
    )
    for path in tracked():
        content = path.read_bytes()
        # The search's table is part of the program and has a limit of its own: tests/knowledge/test_static.py.
        assert len(content) < 300_000 or path.parent.name == "tables", path
        assert not hosts.search(content.decode("utf-8", "replace")), path
