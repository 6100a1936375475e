"""The command line as a person uses it: their words and the exit status."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from bot import upkeep
from bot.__main__ import main
from bot.chat.crowd import Crowd
from bot.chat.timing import SystemClock
from bot.concerns.model import Concern, FormMark, Words
from bot.concerns.receipt import Hardness
from bot.settings import read
from bot.store.db import Database

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Rai = Callable[..., Ran]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "OPENBLAS_NUM_THREADS") if name in os.environ}
    return {**kept, "RAI_DATA_DIR": str(tmp_path / "var"), "COLUMNS": "100", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def rai(
    tmp_path: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Rai:
    """Runs the `rai` command in an empty folder, from its entry point to its exit status."""
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, stdin: str = "", **settings: str) -> Ran:
        capfd.readouterr()
        with monkeypatch.context() as here:
            for name, value in settings.items():
                here.setenv(name, value)
            here.setattr("sys.argv", ["rai", *arguments])
            here.setattr("sys.stdin", StringIO(stdin))
            with pytest.raises(SystemExit) as ended:
                main()
        said = capfd.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def process(tmp_path: Path, environment: dict[str, str]) -> Rai:
    """Runs `python -m bot` as a process of its own."""

    def run(*arguments: str, stdin: str = "", **settings: str) -> Ran:
        command = [sys.executable, "-m", "bot", *arguments]
        ended = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment | settings,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return run


CONCERN = "concern\n\n1\n\n\n\n\nThe test was skipped.\nyes\n"
"""Somebody raises a concern, looks at what the council will see, and sends it as it stands."""


def said(ran: Ran) -> str:
    return ran.stdout + ran.stderr


def test_the_readme_walk_ends_with_an_answered_concern(process: Rai) -> None:
    ran = process("chat", "--script", str(ROOT / "docs" / "first-session.txt"))
    assert ran.returncode == 0, said(ran)
    for seen in (
        "Calibration and equal error rates cannot both hold",
        "https://arxiv.org/abs/1609.05807",
        "You offer office hours every Thursday, 15:00–16:00 Europe/Berlin",
        "Your office hour is booked",
        "This is what the council will see of you, and nothing else.",
        "Your concern is kept",
        "chair claimed it",
        "The author can read it with their receipt",
        "Thank you. We are looking at the test now.",
        "What you added is kept",
        "It was the release of last Tuesday.",
    ):
        assert seen in ran.stdout, seen
    assert "\x1b" not in ran.stdout
    assert "Traceback" not in said(ran)


def test_lines_from_a_pipe_are_read_to_their_end(rai: Rai) -> None:
    ran = rai("chat", stdin="help\n")
    assert ran.returncode == 0
    assert "/rai concern" in ran.stdout


def test_a_form_left_half_way_is_said_and_fails(rai: Rai) -> None:
    ran = rai("chat", stdin="concern\n")
    assert ran.returncode == 1
    assert "nothing more was sent" in ran.stdout


def test_an_empty_line_behind_the_preview_sends_nothing(rai: Rai) -> None:
    ran = rai("chat", stdin=CONCERN.removesuffix("yes\n") + "\n/cancel\n")
    assert "This is what the council will see" in ran.stdout
    assert "Receipt" not in ran.stdout
    assert "Nothing was sent." in ran.stdout


def test_a_script_that_is_not_there_is_wrong_usage(rai: Rai) -> None:
    ran = rai("chat", "--script", "nowhere.txt")
    assert ran.returncode == 2
    assert "nowhere.txt cannot be read" in ran.stderr


def test_what_was_kept_is_there_in_the_next_session(rai: Rai) -> None:
    rai("chat", stdin=CONCERN)
    assert "The test was skipped." in rai("chat", stdin="/as chair\n").stdout


def test_a_question_is_answered_once_in_words_and_in_json(rai: Rai) -> None:
    question = "can a risk score be calibrated and have equal false positive rates"
    assert "Next step (" in rai("ask", question).stdout
    printed = json.loads(rai("ask", question, "--json").stdout)
    assert list(printed) == [
        "outcome", "entry", "title", "answer", "next_step", "tension", "sources", "choices", "confidence", "library",
    ]  # fmt: skip
    assert printed["outcome"] == "answer"
    assert printed["entry"] == "fairness-definitions-conflict"
    assert set(printed["sources"][0]) == {"title", "url", "locator"}
    assert printed["choices"] == []
    engineer = json.loads(rai("ask", question, "--json", "--role", "engineer").stdout)
    assert engineer["next_step"] != printed["next_step"]
    assert "the role is one of" in rai("ask", question, "--role", "king").stderr.replace("\n", " ")
    refused = json.loads(rai("ask", "how do I change the toner of the printer", "--json").stdout)
    assert (refused["outcome"], refused["entry"], refused["answer"]) == ("refuse", None, "")


@pytest.mark.parametrize("question", ["", " \x07 ", "x" * 100_000])
def test_what_is_no_question_is_wrong_usage(rai: Rai, question: str) -> None:
    ran = rai("ask", question)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "question" in ran.stderr


def test_every_wrong_setting_is_told_at_once(rai: Rai, tmp_path: Path) -> None:
    (tmp_path / "council.toml").write_text('name = "x"\n')
    settings = {"RAI_PORT": "0", "RAI_RELEASE": "never", "RAI_COUNCIL_FILE": str(tmp_path / "council.toml")}
    for command in ("chat", "serve", "doctor"):
        ran = rai(command, **settings)
        assert ran.returncode == 1
        assert all(name in ran.stderr for name in settings)
        assert "Traceback" not in ran.stderr


def test_the_doctor_needs_the_tables_and_then_is_content(rai: Rai) -> None:
    before = rai("doctor")
    assert before.returncode == 1
    assert "run `rai db upgrade`" in before.stdout
    assert "revision 0011" in rai("db", "upgrade").stdout
    after = rai("doctor")
    assert (after.returncode, "✗" in after.stdout) == (0, False), said(after)


def test_a_backup_is_taken_and_never_over_a_file(rai: Rai, tmp_path: Path) -> None:
    rai("db", "upgrade")
    copy = tmp_path / "copy.db"
    assert rai("db", "backup", str(copy)).returncode == 0
    again = rai("db", "backup", str(copy))
    assert again.returncode == 1
    assert "was not touched" in again.stderr
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_newer_database_stops_the_start_with_a_sentence(rai: Rai, tmp_path: Path) -> None:
    rai("db", "upgrade")
    connection = sqlite3.connect(tmp_path / "var" / "rai.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    ran = rai("chat", stdin="help\n")
    assert ran.returncode == 1
    assert "newer version of the bot" in ran.stderr
    assert "Traceback" not in said(ran)


def test_serve_with_a_database_that_is_damaged_is_a_sentence(rai: Rai, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "rai.db").write_text("These are words, and no database at all. " * 40)
    ran = rai("serve")
    assert ran.returncode == 1
    assert "not a database, or is damaged" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_serve_on_a_port_that_is_taken_is_a_sentence(process: Rai) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = process("serve", RAI_PORT=port)
    assert ran.returncode == 1
    assert f"Nothing listens on 127.0.0.1:{port}" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_doctor_prints_a_setting_as_it_is(rai: Rai) -> None:
    rai("db", "upgrade")
    assert "slack:[/b]" in rai("doctor", RAI_COUNCIL_PLACE="slack:[/b]").stdout


def test_an_env_file_that_is_no_text_is_a_sentence(rai: Rai, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"RAI_PORT=\xff\xfe")
    ran = rai("doctor")
    assert ran.returncode == 1
    assert ".env is not a text file" in ran.stderr


def test_a_lost_vault_key_stops_the_start_with_a_sentence(rai: Rai, tmp_path: Path) -> None:
    rai("db", "upgrade")
    (tmp_path / "var" / "vault.key").unlink()
    ran = rai("chat", stdin="help\n")
    assert ran.returncode == 1
    assert "Put the right key back" in ran.stderr


def test_a_data_folder_that_cannot_be_made_is_a_sentence(rai: Rai, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ran = rai("chat", stdin="help\n", RAI_DATA_DIR=str(tmp_path / "file" / "var"))
    assert ran.returncode == 1
    assert "data folder" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_data_folder_is_its_owners_alone(rai: Rai, tmp_path: Path) -> None:
    rai("chat", stdin=CONCERN)
    folder = tmp_path / "var"
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("vault.key", "terminal.key", "rai.db", "terminal.db"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_the_library_is_checked_searched_counted_and_measured(rai: Rai, tmp_path: Path) -> None:
    good = rai("kb", "check")
    assert (good.returncode, "0 problems" in good.stdout) == (0, True)
    assert "model-card" in rai("kb", "search", "how to write a model card").stdout
    assert "kind: " in rai("kb", "stats").stdout
    assert rai("kb", "stale").returncode == 0
    own = tmp_path / "own"
    own.mkdir()
    (own / "broken.md").write_text("---\nid: broken\n---\n")
    broken = rai("kb", "check", RAI_KNOWLEDGE_DIR=str(own))
    assert broken.returncode == 1
    assert "broken.md:" in broken.stdout
    assert "0 known questions end otherwise than at HEAD" in rai("kb", "diff", "HEAD").stdout
    lost = rai("kb", "diff", "no-such-revision")
    assert (lost.returncode, "cannot be had" in lost.stderr) == (1, True)
    missing = rai("kb", "eval", "--corpus", str(tmp_path / "nowhere"))
    assert (missing.returncode, "Traceback" in missing.stderr) == (1, False)
    (tmp_path / "corpus.jsonl").write_text(
        "".join(
            json.dumps({"id": name, "title": name, "body": name, "questions": [f"what is {name}", f"{name} please"]})
            + "\n"
            for name in ("fairness", "privacy", "safety")
        )
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"text": "tell me of fairness", "gold": "fairness", "kind": "x"}\n'
        '{"text": "toner", "gold": null, "kind": "y"}\n'
    )
    report = json.loads(rai("kb", "eval", "--corpus", str(tmp_path), "--json").stdout)
    assert report["accuracy_at_1"] == 1.0
    assert set(report["own"]) == {"answered", "answered_right", "refused_unanswerable"}
    predicted = tmp_path / "predicted.jsonl"
    again = rai("kb", "eval", "--corpus", str(tmp_path), "--tier", "default", "--predictions", str(predicted))
    assert "accuracy_at_1: 1.0" in again.stdout
    assert [set(json.loads(line)) for line in predicted.read_text().splitlines()] == [
        {"text", "ranked", "confidence", "outcome"}
    ] * 2


def test_the_full_tier_is_asked_for_by_name_and_installed_first(rai: Rai, tmp_path: Path) -> None:
    lacking = rai("kb", "eval", "--corpus", str(tmp_path), "--tier", "full")
    assert (lacking.returncode, "Install it: rai kb model install" in lacking.stderr) == (1, True)
    assert rai("kb", "eval", "--corpus", str(tmp_path), "--tier", "best").returncode == 2
    wrong = rai("kb", "model", "install", str(tmp_path))
    assert (wrong.returncode, "does not hold model.safetensors" in wrong.stderr) == (1, True)


def test_the_schema_is_printed_and_drafts_are_written(rai: Rai, tmp_path: Path) -> None:
    assert json.loads(rai("kb", "schema").stdout)["additionalProperties"] is False
    assert rai("db", "upgrade").returncode == 0
    assert "0 drafts" in rai("kb", "drafts", "export", str(tmp_path / "drafts")).stdout
    fresh = rai("kb", "drafts", "export", str(tmp_path / "drafts"), RAI_DATA_DIR=str(tmp_path / "nothing"))
    assert (fresh.returncode, "Traceback" in said(fresh)) == (1, False)


def test_no_command_and_an_unknown_one_show_the_usage(rai: Rai) -> None:
    assert rai("nonsense").returncode == 2
    assert "chat" in said(rai())


def test_serve_answers_and_leaves_when_it_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment | {"RAI_PORT": port}, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            answer = _answer(f"http://127.0.0.1:{port}/readyz", 30)
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=30)
    assert answer == {"ready": True, "problems": [], "warnings": []}
    assert process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in errors


def _answer(address: str, seconds: int) -> object:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return json.load(answer)
        except urllib.error.URLError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.1)


async def _a_concern_waits(data: Path) -> None:
    settings = read(RAI_DATA_DIR=data, RAI_RELEASE="tue,thu 10:00 UTC")
    await upkeep.upgrade(settings)
    database = Database(settings.database)
    concerns = upkeep.concerns_of(settings, SystemClock(), database, Crowd(), hardness=Hardness(memory=64, passes=1))
    await concerns.raise_concern(Concern(Words("Something is wrong.")), FormMark.new())
    await database.close()


def test_giving_up_looks_first_and_asks_only_where_something_is_lost(rai: Rai, tmp_path: Path) -> None:
    healthy = "Everything that waits can be opened. Nothing to give up.\n"
    asyncio.run(_a_concern_waits(tmp_path / "var"))
    for arguments in (("db", "give-up"), ("db", "give-up", "--yes")):
        ran = rai(*arguments)
        assert (ran.returncode, ran.stdout) == (0, healthy)
    (tmp_path / "var" / "keys" / "batch-1.key").unlink()
    asked = rai("db", "give-up", stdin="n\n")
    assert asked.returncode == 1
    assert "gone for good?" in asked.stdout
    assert "and that were deleted: 1." in rai("db", "give-up", stdin="y\n").stdout
    assert rai("db", "give-up").stdout == healthy
