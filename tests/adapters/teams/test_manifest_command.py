"""`rai manifest teams`: the manifest or the package, with the app's id alone, and what is still to be said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.teams.manifest import Addresses, manifest, package
from bot.__main__ import main

APP = "11111111-2222-3333-4444-555555555555"
WHERE = Addresses("https://rai.example.org", "https://rai.example.org/privacy", "https://rai.example.org/terms")


def drawn() -> Any:
    return manifest(APP, WHERE)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rai(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """`rai manifest teams …` in a folder without a .env: its status, and what it says on stdout and on stderr."""

    def run(*words: str, app_id: str = APP) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("TEAMS_APP_ID", app_id)
        monkeypatch.setattr("sys.argv", ["rai", "manifest", "teams", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capfd.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


GIVEN = ("--url", WHERE.website, "--privacy", WHERE.privacy, "--terms", WHERE.terms)


def test_the_command_line_prints_it(rai: Run) -> None:
    status, told, problem = rai(*GIVEN)
    assert (status, json.loads(told), problem) == (0, drawn(), "")


def test_the_app_id_alone_is_enough_and_what_is_still_to_be_said_is_named(rai: Run) -> None:
    status, told, problem = rai()
    assert status == 0
    assert problem == (
        "Before others install it, say where people read about it: --url, --privacy, --terms not given, so "
        "https://example.org stands there.\n"
    )
    assert json.loads(told)["developer"]["privacyUrl"] == "https://example.org"


def test_what_else_is_set_wrongly_or_not_yet_does_not_matter(rai: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAI_PORT", "none")
    status, told, _ = rai(*GIVEN)
    assert (status, json.loads(told)) == (0, drawn())


def test_the_app_id_may_stand_in_a_file(rai: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"TEAMS_APP_ID={APP}\n", "utf-8")
    assert json.loads(rai(*GIVEN, app_id="")[1]) == drawn()
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert "not a text file" in rai(app_id="")[2]


def test_one_address_stands_for_those_that_are_not_given(rai: Run) -> None:
    _, told, problem = rai("--url", WHERE.website, "--terms", WHERE.terms)
    assert json.loads(told)["developer"]["privacyUrl"] == WHERE.website
    assert problem == (
        "Before others install it, say where people read about it: --privacy not given, so https://rai.example.org "
        "stands there.\n"
    )


def test_it_writes_the_package(rai: Run, tmp_path: Path) -> None:
    status, told, _ = rai("-o", "app.zip", *GIVEN)
    assert (status, told) == (0, "Written to app.zip.\n")
    assert (tmp_path / "app.zip").read_bytes() == package(APP, WHERE)


def test_another_ending_is_the_manifest_alone(rai: Run, tmp_path: Path) -> None:
    rai("-o", "manifest.json", *GIVEN)
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == drawn()


@pytest.mark.parametrize(("app_id", "told"), [("", "is not set"), ("my-bot", "is not an application id")])
def test_without_an_app_id_it_says_where_to_find_it(rai: Run, app_id: str, told: str) -> None:
    status, printed, problem = rai(app_id=app_id)
    assert (status, printed) == (1, "")
    assert problem == (
        f"TEAMS_APP_ID {told}. Copy the Application (client) ID of your app registration (Azure portal, App "
        "registrations, Overview).\n"
    )


@pytest.mark.parametrize("option", ["--url", "--privacy", "--terms"])
def test_an_address_without_https_is_wrong_usage(rai: Run, option: str) -> None:
    status, _, problem = rai(option, "http://rai.example.org")
    assert status == 2
    assert "https" in problem
