"""The import contracts hold, and each one catches a violation that is planted for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house's code, to be broken."""
    for package in ("bot", "adapters", "knowledge"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "entries"))
    (tmp_path / "adapters" / "other").mkdir()
    (tmp_path / "adapters" / "other" / "__init__.py").write_text('"""A second platform."""\n')
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    checked = lint(copy)
    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


ONE_FILE = "Microsoft's SDK is known to one file, in which it can be replaced"

# Each line breaks one contract and no other.
PLANTS = [
    ("bot/store/outbox.py", "import bot.council.model", "The house has one way down"),
    ("bot/hours/model.py", "import bot.questions.model", "The house has one way down"),
    ("bot/concerns/model.py", "import bot.pulse.model", "The house has one way down"),
    ("bot/concerns/model.py", "import bot.chat.identity", "Concerns cannot reach a person, even indirectly"),
    ("bot/chat/text.py", "import bot.chat.places", "Concerns cannot reach a person, even indirectly"),
    ("bot/chat/sealed.py", "import bot.chat.events", "Sealed routes cannot name a person"),
    ("adapters/terminal/render.py", "import bot.hours.model", "Adapters speak the hallway's language and nothing else"),
    ("adapters/terminal/board.py", "import bot.settings", "Adapters speak the hallway's language and nothing else"),
    ("adapters/other/__init__.py", "import adapters.terminal.board", "Adapters know nothing of each other"),
    ("bot/council/model.py", "import adapters.terminal", "Rooms know no platform"),
    ("bot/hours/service.py", "import slack_sdk", "Platform SDKs stay in their adapters"),
    ("bot/questions/service.py", "import botbuilder.core", "Platform SDKs stay in their adapters"),
    ("adapters/rooms.py", "import slack_sdk", "Platform SDKs stay in their adapters"),
    ("adapters/slack/names.py", "import botbuilder.core", "Slack knows nothing of Microsoft's SDK"),
    ("adapters/teams/names.py", "import slack_sdk", ONE_FILE),
    ("adapters/teams/app.py", "import botbuilder.schema", ONE_FILE),
    ("bot/council/service.py", "import sqlalchemy", "SQL stays in the stores"),
    ("knowledge/entry.py", "import bot.chat.text", "The library stands alone"),
]


@pytest.mark.parametrize(("file", "line", "contract"), PLANTS, ids=[f"{file}: {line}" for file, line, _ in PLANTS])
def test_a_planted_violation_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    planted = copy / file
    planted.write_text(planted.read_text("utf-8") + f"\n{line}\n", "utf-8")
    checked = lint(copy)
    assert checked.returncode == 1
    assert f"{contract} BROKEN" in checked.stdout
