"""What `rai doctor` says of an organisation: each sentence with what to do about it."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from adapters.teams import names
from adapters.teams.organisation import Keys, Organisation
from adapters.terminal.board import Board
from bot import doctor
from bot.app import Ports, build
from bot.chat.health import Finding
from bot.chat.places import Place
from bot.doors import House
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.upkeep import prepare_folder
from tests.adapters.teams.practice import Changed, Practice, practice
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.keys import SigningKey
from tests.doubles.teams.organisation import APP_ID, OTHER_TENANT, SECRET, TENANT
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock

UNTOLD = "Microsoft does not tell this app when it ends: see Certificates & secrets of the app registration"


@pytest.fixture
async def teams() -> AsyncIterator[Practice]:
    async with practice() as opened:
        yield opened


async def test_a_well_organisation_is_told_point_by_point(teams: Practice) -> None:
    assert [(name, each.well, each.sentence) for name, each in (await teams.found()).items()] == [
        ("Teams credentials", True, "open Teams' service"),
        ("Teams secret", True, UNTOLD),
        ("Teams clock", True, "agrees with Microsoft's"),
        ("Teams keys", True, "1 of Microsoft's sign for Teams"),
        ("Teams council channel", True, "2 members, all of this organisation"),
        ("Teams seats", True, "1 members, all of this organisation"),
    ]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"secret": SecretStr("mistyped")}, "The app's secret is wrong."),
        ({"app_id": APP_ID[::-1]}, "Microsoft knows no such app in this organisation."),
        ({"tenant": OTHER_TENANT}, "Microsoft knows no such organisation. Set TEAMS_TENANT_ID"),
    ],
)
async def test_credentials_that_open_nothing_say_which_of_them(
    teams: Practice, keys: dict[str, object], says: str
) -> None:
    told = await teams.wrong(**keys)
    assert list(told) == ["Teams credentials"]
    assert told["Teams credentials"].startswith(says)


async def test_a_secret_that_has_ended(teams: Practice) -> None:
    teams.double.organisation.secrets[SECRET] = "2020-01-01T00:00:00Z"
    told = (await teams.wrong())["Teams credentials"]
    assert told.startswith("The app's secret has expired. Make a new one")


async def test_a_login_that_does_not_answer(teams: Practice) -> None:
    teams.double.faults = lambda method, _: Fault("broken", status=503) if method == "login" else None
    assert "Microsoft could not be reached" in (await teams.wrong())["Teams credentials"]


@pytest.mark.parametrize(("days", "well"), [(300, True), (31, True), (29, False)])
async def test_the_end_of_the_secret_where_microsoft_tells_it(teams: Practice, days: int, *, well: bool) -> None:
    ends = datetime.now(UTC) + timedelta(days=days)
    teams.double.organisation.secrets[SECRET] = f"{ends:%Y-%m-%dT%H:%M:%SZ}"
    teams.double.organisation.graph_allowed = True
    secret = (await teams.found())["Teams secret"]
    assert secret.well is well
    assert f"ends on {ends:%Y-%m-%d}" in secret.sentence
    assert well or "set TEAMS_APP_SECRET to its value" in secret.sentence


async def test_the_end_of_another_secret_is_not_ours(teams: Practice) -> None:
    teams.double.organisation.graph_allowed = True
    soon = datetime.now(UTC) + timedelta(days=5)
    ends = {"new": datetime(2099, 1, 1, tzinfo=UTC), SECRET[:3]: soon}
    told = {"passwordCredentials": [{"hint": hint, "endDateTime": end.isoformat()} for hint, end in ends.items()]}

    def of_two(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        return httpx.Response(200, json=told) if "/graph/" in request.url.path else answer

    assert f"It ends on {soon:%Y-%m-%d}" in (await teams.wrong(transport=Changed(of_two)))["Teams secret"]


@pytest.mark.parametrize("fault", [Fault("broken", status=503), Fault("refused", "Authorization_RequestDenied", 403)])
async def test_a_graph_that_does_not_tell_is_no_trouble(teams: Practice, fault: Fault) -> None:
    teams.double.organisation.graph_allowed = True
    teams.double.faults = lambda method, _: fault if method == "graph" else None
    assert (await teams.found())["Teams secret"] == Finding("Teams secret", well=True, sentence=UNTOLD)


@pytest.mark.parametrize(("off", "well"), [(30, True), (-30, True), (400, False), (-400, False)])
async def test_the_clock(teams: Practice, off: float, *, well: bool) -> None:
    def moved(_: httpx.Request, answer: httpx.Response) -> httpx.Response:
        answer.headers["Date"] = format_datetime(datetime.now(UTC) + timedelta(seconds=off), usegmt=True)
        return answer

    clock = (await teams.found(transport=Changed(moved)))["Teams clock"]
    assert clock.well is well
    assert well or "seconds off: set it, or requests are refused" in clock.sentence


async def test_a_microsoft_without_a_clock(teams: Practice) -> None:
    def timeless(_: httpx.Request, answer: httpx.Response) -> httpx.Response:
        del answer.headers["Date"]
        return answer

    assert (await teams.found(transport=Changed(timeless)))["Teams clock"].sentence == "Microsoft told no time"


@pytest.mark.parametrize("method", ["openid", "keys"])
async def test_signing_keys_that_cannot_be_read(teams: Practice, method: str) -> None:
    teams.double.faults = lambda called, _: Fault("broken", status=503) if called == method else None
    told = await teams.wrong()
    assert told == {
        "Teams keys": "Microsoft's signing keys could not be read (HTTPStatusError), so every request is refused. Let "
        "this machine reach login.botframework.com."
    }


async def test_no_signing_key_for_teams(teams: Practice) -> None:
    teams.double.keys.keys = [SigningKey("first", endorsements=("webchat",))]
    assert "no key for Teams" in (await teams.wrong())["Teams keys"]


async def test_a_channel_that_the_bot_is_not_in(teams: Practice) -> None:
    teams.double.organisation.installed.discard(teams.council.id)
    told = await teams.wrong()
    assert list(told) == ["Teams council channel"]
    assert told["Teams council channel"].startswith("The bot is not in the council's team any more. Add the app")


async def test_a_council_place_that_is_no_channel(teams: Practice) -> None:
    told = await teams.wrong(place=names.place("19:nowhere@thread.tacv2"))
    assert told["Teams council channel"].startswith("Teams knows no such channel. Set RAI_COUNCIL_PLACE")


async def test_a_channel_that_cannot_be_looked_at(teams: Practice) -> None:
    teams.double.faults = lambda method, _: Fault("broken", status=503) if method == "pagedmembers" else None
    told = await teams.wrong()
    assert "Teams did not answer (503)" in told["Teams council channel"]
    assert list(told) == ["Teams council channel"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"tenant": OTHER_TENANT}, "Of 3 members, 1 are of another organisation, so nothing is posted: take them out"),
        ({"role": "guest"}, "Of 3 members, 1 are guests: take them out"),
    ],
)
async def test_whoever_does_not_belong_into_the_councils_channel(
    teams: Practice, given: dict[str, str], says: str
) -> None:
    teams.council.members.add(teams.double.organisation.person("Gus", **given).aad)
    told = await teams.wrong()
    assert says in told["Teams council channel"]
    assert "Gus" not in told["Teams council channel"]


async def test_seats_are_counted_and_nobody_is_named(teams: Practice) -> None:
    elsewhere, absent = teams.seat(teams.mira, OTHER_TENANT), teams.seat(teams.double.organisation.person("Ben"))
    told = (await teams.wrong(teams.seat(teams.mira), elsewhere, absent))["Teams seats"]
    assert told == (
        f"Of 3 members, 1 have another tenant's id than TEAMS_TENANT_ID, which is {TENANT}, 1 are not in the council's "
        "channel, or have another object id: see RAI_COUNCIL_FILE."
    )


async def test_a_seat_that_is_written_as_teams_never_writes_it_is_told(teams: Practice) -> None:
    for seat in (names.actor(TENANT, teams.mira.aad.upper()), names.actor(TENANT.upper(), teams.mira.aad)):
        assert await teams.wrong(seat) == {
            "Teams seats": "Of 1 members, 1 are written with capital letters, which their ids do not have: see "
            "RAI_COUNCIL_FILE."
        }


async def test_a_council_that_meets_elsewhere_is_not_looked_for(teams: Practice) -> None:
    found = await teams.found(place=Place("terminal", "council"))
    assert "Teams council channel" not in found
    assert found["Teams seats"].well


async def test_an_open_door_is_told_whatever_else_is_well(teams: Practice) -> None:
    told = await teams.wrong(unchecked=True)
    assert told == {
        "Teams door": "TEAMS_DEV_NO_AUTH is set: whoever is on this machine can speak as anybody. Take it out before "
        "people rely on it."
    }
    assert list(await teams.wrong(unchecked=True, secret=None)) == ["Teams door"]


async def test_the_house_has_its_door_to_teams_looked_at(tmp_path: Path, shelf: Shelf) -> None:
    prepare_folder(tmp_path / "var")
    settings = read(RAI_DATA_DIR=str(tmp_path / "var"), TEAMS_DEV_NO_AUTH="1")
    app = build(settings, Ports(FakeMessenger(), FakeDirectory(), FakeClock()), shelf=shelf)
    organisation = Organisation.of(Keys("", None, "", unchecked=True), app.council.place, time.monotonic)
    looks = House(app, Board(tmp_path / "var"), None, organisation).looks()
    found = {each.name: each.sentence for each in await doctor.examine(app, date(2026, 11, 28), looks)}
    await organisation.close()
    await app.database.close()
    assert found["doors"] == "the terminal (`rai chat`), Teams (`rai serve`)"
    assert found["Teams door"].startswith("TEAMS_DEV_NO_AUTH is set")
