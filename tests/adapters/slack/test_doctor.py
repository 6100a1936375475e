"""What `rai doctor` says of a workspace: each sentence with what to do, and exit status 1 where anything is wrong."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.slack import names
from adapters.slack.doctor import examine
from adapters.slack.methods import SCOPES
from adapters.slack.workspace import Workspace
from bot.__main__ import main
from bot.chat.health import Finding
from bot.chat.identity import Actor
from bot.council import charter
from bot.store import migrate
from bot.store.db import Database
from bot.upkeep import prepare_folder
from tests.adapters.slack.post_office import COUNCIL, MIRA, NOW, PostOffice, post_office
from tests.doubles.slack import workspace as slack
from tests.doubles.slack.server import Fault
from tests.fakes.timing import FakeClock


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def found(workspace: Workspace, *seats: Actor) -> dict[str, Finding]:
    return {each.name: each for each in await examine(workspace, seats or (MIRA,))}


async def wrong(workspace: Workspace, *seats: Actor) -> dict[str, str]:
    """The sentences of what is not well, by name."""
    return {name: each.sentence for name, each in (await found(workspace, *seats)).items() if not each.well}


def opened_by(office: PostOffice, council: str = COUNCIL.address, **keys: object) -> Workspace:
    """The same workspace with other keys, or another council's channel."""
    given = replace(office.workspace.keys, **keys)  # type: ignore[arg-type]
    return Workspace.of(given, names.place(council), FakeClock(NOW), office.seconds)


async def test_a_well_workspace_is_told_point_by_point(office: PostOffice) -> None:
    assert [(name, each.well, each.sentence) for name, each in (await found(office.workspace)).items()] == [
        ("Slack token", True, "belongs to Double"),
        ("Slack scopes", True, f"all {len(SCOPES)} are granted"),
        ("Slack clock", True, "agrees with Slack's"),
        ("Slack way in", True, "HTTP: POST /slack/events, signed"),
        ("Slack council channel", True, "takes messages, is private, and no other organisation reads it"),
        ("Slack seats", True, "1 members, all of this workspace"),
    ]


async def test_a_token_that_slack_does_not_know(office: PostOffice) -> None:
    told = await wrong(opened_by(office, bot_token=SecretStr("xoxb-mistyped")))
    assert told == {
        "Slack token": "Slack does not know the bot's token. Install the app again and set SLACK_BOT_TOKEN to the new "
        "token."
    }


async def test_a_token_of_another_kind(office: PostOffice) -> None:
    told = await wrong(opened_by(office, bot_token=SecretStr(slack.APP_TOKEN)))
    assert "Set it to the one that begins with xoxb-" in told["Slack token"]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("token_revoked", "The bot's token was revoked."),
        ("account_inactive", "The app was taken out of the workspace."),
    ],
)
async def test_a_token_that_opens_nothing_any_more(office: PostOffice, error: str, says: str) -> None:
    office.double.workspace.tokens[slack.BOT_TOKEN].error = error
    told = (await wrong(office.workspace))["Slack token"]
    assert told.startswith(says)
    assert "Install the app again" in told


@pytest.mark.parametrize("fault", [Fault("broken"), Fault("limited", seconds=9)])
async def test_a_slack_that_does_not_answer(office: PostOffice, fault: Fault) -> None:
    office.faults["auth.test"] = [fault]
    told = (await wrong(office.workspace))["Slack token"]
    assert "Slack did not answer (status" in told
    assert "try again in a minute" in told


async def test_nobody_at_the_address(office: PostOffice) -> None:
    told = await wrong(opened_by(office, api_url="http://127.0.0.1:9/api/"))
    assert told["Slack"].startswith("Slack did not answer")


async def test_scopes_that_are_missing_are_named(office: PostOffice) -> None:
    office.double.workspace.tokens[slack.BOT_TOKEN].scopes -= {"commands", "im:write"}
    told = await wrong(office.workspace)
    assert told == {
        "Slack scopes": "commands, im:write missing. Print `rai manifest slack`, put it into the app's settings, and "
        "install the app again."
    }


async def test_a_scope_without_which_the_councils_channel_cannot_be_looked_at(office: PostOffice) -> None:
    office.double.workspace.tokens[slack.BOT_TOKEN].scopes -= {"groups:read"}
    told = await wrong(office.workspace)
    assert "groups:read missing" in told["Slack scopes"]
    assert "could not be looked at" in told["Slack council channel"]


@pytest.mark.parametrize(("off", "well"), [(30, True), (-30, True), (400, False), (-400, False)])
async def test_the_clock(office: PostOffice, off: float, *, well: bool) -> None:
    office.double.clock_off = off
    clock = (await found(office.workspace))["Slack clock"]
    assert clock.well is well
    assert well or "seconds off: set it, or requests are refused" in clock.sentence


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lambda channel: channel.members.discard(slack.BOT_USER), "write /invite @RAI Office Hours there"),
        (lambda channel: setattr(channel, "is_archived", True), "The channel is archived. Unarchive it"),
        (lambda channel: setattr(channel, "is_shared", True), "Another organisation reads this channel too"),
        (lambda channel: setattr(channel, "is_private", False), "Make it private, or name a private one"),
    ],
)
async def test_the_councils_channel(office: PostOffice, breaks: Callable[[slack.Channel], object], says: str) -> None:
    breaks(office.double.workspace.channels[COUNCIL.address])
    told = await wrong(office.workspace)
    assert list(told) == ["Slack council channel"]
    assert says in told["Slack council channel"]


@pytest.mark.parametrize("channel", ["C0UNKNOWN", "#council", "UMIRA"])
async def test_a_council_place_that_is_no_channel(office: PostOffice, channel: str) -> None:
    told = await wrong(opened_by(office, council=channel))
    assert told["Slack council channel"].startswith("Slack knows no such channel")


async def test_a_council_place_that_is_somebodys_direct_messages(office: PostOffice) -> None:
    told = await wrong(opened_by(office, council=office.double.workspace.direct("UMIRA").id))
    assert "name its id, which begins with C, in RAI_COUNCIL_PLACE" in told["Slack council channel"]


async def test_a_council_that_meets_elsewhere_needs_no_channel_here(office: PostOffice) -> None:
    workspace = Workspace.of(office.workspace.keys, replace(COUNCIL, platform="terminal"), FakeClock(), office.seconds)
    assert "Slack council channel" not in await found(workspace)
    assert await examine(workspace, ()) is not None
    assert await wrong(workspace) == {}


async def test_socket_mode_opens_a_connection(office: PostOffice) -> None:
    workspace = opened_by(office, app_token=SecretStr(slack.APP_TOKEN), signing_secret=None)
    assert (await found(workspace))["Slack way in"] == Finding("Slack way in", well=True, sentence="Socket Mode")


@pytest.mark.parametrize(
    ("refusal", "says"),
    [("missing_scope", "lacks connections:write"), ("invalid_auth", "opens no connection (invalid_auth)")],
)
async def test_an_app_token_that_opens_no_connection(office: PostOffice, refusal: str, says: str) -> None:
    office.faults["apps.connections.open"] = [Fault("refused", refusal)]
    told = await wrong(opened_by(office, app_token=SecretStr(slack.APP_TOKEN), signing_secret=None))
    assert says in told["Slack way in"]
    assert "Make an app-level token with connections:write" in told["Slack way in"]


async def test_seats_that_are_guests_strangers_or_of_another_workspace_are_counted_and_not_named(
    office: PostOffice,
) -> None:
    space = office.double.workspace
    space.person("guest", is_guest=True)
    space.person("partner", team="T2")
    seats = [names.actor(slack.TEAM, user) for user in ("UMIRA", "UGUEST", "UPARTNER", "UNOBODY")]
    told = (await wrong(office.workspace, *seats, names.actor("T9", "UMIRA")))["Slack seats"]
    assert told == (
        "Of 5 members, 1 have another workspace's id than this one's, which is T1, 2 are guests or of another "
        "organisation, 1 are unknown to Slack: see RAI_COUNCIL_FILE."
    )


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: PostOffice) -> pytest.MonkeyPatch:
    """The environment of a house behind the double, in an empty folder."""
    council = tmp_path / "council.toml"
    council.write_text(charter.SAMPLE.read_text("utf-8").replace("terminal:local:chair", "slack:T1:UMIRA"), "utf-8")
    monkeypatch.chdir(tmp_path)
    given = {
        "RAI_COUNCIL_FILE": str(council),
        "RAI_COUNCIL_PLACE": "slack:CCOUNCIL",
        "SLACK_BOT_TOKEN": slack.BOT_TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "SLACK_API_URL": office.double.api_url,
        "COLUMNS": "200",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


async def rai(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command line, as the only one who uses this process' arguments; returns the exit status."""

    def run() -> int:
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    monkeypatch.setattr("sys.argv", ["rai", *words])
    return await asyncio.to_thread(run)


async def test_the_command_line_prints_it_and_ends_with_1_where_anything_is_wrong(
    settings: pytest.MonkeyPatch, office: PostOffice, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prepare_folder(tmp_path / "var")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'var' / 'rai.db'}")
    await migrate.upgrade(database)
    await database.close()
    office.double.workspace.channels[COUNCIL.address].is_archived = True
    assert await rai(settings, "doctor") == 1
    lines = [" ".join(line.split()) for line in capfd.readouterr().out.splitlines()]
    assert "✓ Slack token belongs to Double" in lines
    assert [line for line in lines if line.startswith("✗")] == [
        "✗ Slack council channel The channel is archived. Unarchive it, or name another one in RAI_COUNCIL_PLACE."
    ]
