"""The settings: every problem told at once, each with what to do, and no secret ever printed."""

from pathlib import Path

import pytest

from bot.chat.places import Place
from bot.concerns.schedule import AtOnce, Weekly
from bot.settings import BrokenSettings, is_loopback, read

APP, TENANT = "0c0c0c0c-1111-4222-8333-444455556666", "0a0a0a0a-1111-4222-8333-444455556666"


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a folder without settings."""
    import os

    for name in os.environ:
        if name.startswith(("RAI_", "SLACK_", "TEAMS_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def told(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BrokenSettings) as caught:
        read()
    return "\n".join(caught.value.problems)


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = read()
    assert settings.database == "sqlite+aiosqlite:///var/rai.db"
    assert settings.council_place == Place("terminal", "council")
    assert settings.release_min_people == 20
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    weekly = settings.schedule()
    assert isinstance(weekly, Weekly)
    assert (sorted(weekly.days), f"{weekly.at:%H:%M}", weekly.zone.key) == ([1, 3], "10:00", "UTC")
    assert settings.schedule("at-once") == AtOnce()


def test_the_environment_and_a_dotenv_file_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAI_PORT=4000\nRAI_COUNCIL_PLACE=slack:C0123\nRAI_HOST=\nOTHER=x\n")
    monkeypatch.setenv("RAI_RELEASE", "fri 12:00 Europe/Berlin")
    settings = read()
    assert settings.port == 4000
    assert settings.council_place == Place("slack", "C0123")
    assert settings.host == "127.0.0.1"
    weekly = settings.schedule("at-once")
    assert isinstance(weekly, Weekly)
    assert weekly.zone.key == "Europe/Berlin"


def test_every_problem_is_told_at_once_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "council.toml"
    broken.write_text("name = ")
    lines = told(
        monkeypatch,
        RAI_PORT="ninety",
        RAI_RELEASE="sometimes",
        RAI_RELEASE_MIN_PEOPLE="0",
        RAI_COUNCIL_PLACE="nowhere",
        RAI_COUNCIL_FILE=str(broken),
        RAI_KNOWLEDGE_DIR=str(tmp_path / "nowhere"),
    ).splitlines()
    starts = [
        "RAI_KNOWLEDGE_DIR",
        "RAI_COUNCIL_FILE",
        "RAI_COUNCIL_PLACE",
        "RAI_RELEASE",
        "RAI_RELEASE_MIN",
        "RAI_PORT",
    ]
    assert sorted(line.split(":")[0] for line in lines) == sorted(
        ["RAI_RELEASE_MIN_PEOPLE" if start == "RAI_RELEASE_MIN" else start for start in starts]
    )
    assert all("write it like" in line or "Write" in line or "Name" in line or "Copy" in line for line in lines)


def test_no_problem_prints_a_value_that_may_be_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = told(monkeypatch, RAI_PORT="canary", SLACK_BOT_TOKEN="canary", TEAMS_APP_SECRET="canary")
    assert "canary" not in shown


def test_no_repr_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "TEAMS_APP_SECRET"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("TEAMS_APP_ID", APP)
    monkeypatch.setenv("TEAMS_TENANT_ID", TENANT)
    monkeypatch.setenv("RAI_DATABASE_URL", "postgresql+psycopg://rai:canary@host/rai")
    assert "canary" not in repr(read())


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("bot.example", False)]
)
def test_unsigned_requests_are_taken_on_loopback_alone(
    monkeypatch: pytest.MonkeyPatch, host: str, loopback: bool
) -> None:
    assert is_loopback(host) == loopback
    monkeypatch.setenv("RAI_HOST", host)
    if loopback:
        monkeypatch.setenv("TEAMS_DEV_NO_AUTH", "1")
        assert read().teams_dev_no_auth
    else:
        assert "anybody could speak as a council member" in told(monkeypatch, TEAMS_DEV_NO_AUTH="1")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TEAMS_TENANT_ID", "contoso.onmicrosoft.com", "Copy the Directory (tenant) ID"),
        ("TEAMS_TENANT_ID", TENANT[:-1], "Copy the Directory (tenant) ID"),
        ("TEAMS_APP_ID", "not an id", "Copy the Application (client) ID"),
        ("TEAMS_APP_ID", f"28:{APP}", "Copy the Application (client) ID"),
    ],
)
def test_an_id_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    whole = {"TEAMS_APP_ID": APP, "TEAMS_APP_SECRET": "canary", "TEAMS_TENANT_ID": TENANT}
    shown = told(monkeypatch, **whole | {name: value})
    assert shown.startswith(f"{name}: this is not an id as Microsoft writes them. {says}")
    assert shown.count("\n") == 0


def test_an_id_is_the_same_however_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMS_APP_ID", APP.upper())
    monkeypatch.setenv("TEAMS_APP_SECRET", "canary")
    monkeypatch.setenv("TEAMS_TENANT_ID", f" {{{TENANT.upper()}}}")
    assert (read().teams_app_id, read().teams_tenant_id) == (APP, TENANT)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RAI_USES_PER_DAY", "5", "this is too small. Write how often one person may use the bot on one day, from 20"),
        ("RAI_USES_PER_DAY", "2000000", "this is too large. Write how often"),
        ("RAI_PORT", "ninety", "this is no whole number. Write a number from 1 to 65535."),
        ("RAI_PORT", "1.5", "this is no whole number. Write a number from 1 to 65535."),
        ("RAI_RELEASE_MIN_PEOPLE", "0", "this is too small. Write a number of people, from 1"),
        ("RAI_ANSWER_RIGHT", "most", "this is no number. Write a share"),
        ("RAI_ANSWER_RIGHT", "nan", "Write a share"),
        ("RAI_OVERWRITE_FREED", "perhaps", "this is neither 1 nor 0. Write 0"),
    ],
)
def test_a_value_that_cannot_be_is_told_in_our_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    shown = told(monkeypatch, **{name: value})
    assert shown.startswith(f"{name}: ")
    assert says in shown
    assert "Input should be" not in shown
