"""What the house answers over HTTP, and what the doctor says."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import Ports, build
from bot.chat.cards import Attachment
from bot.chat.errors import NotFound
from bot.concerns.schedule import AtOnce, Schedule
from bot.doctor import examine, time_zones
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.store import outbox
from bot.store.courier import Courier, Outgoing, Topic
from bot.web import web
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock
from tests.walks.house import House


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=web(house.app))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as made:
        yield made


async def get_one_stuck(house: House) -> None:
    async def gone(_: str) -> Outgoing | None:
        raise NotFound("What this was about is gone.")

    async with house.app.database.writing() as transaction:
        await outbox.put(transaction, "test.gone", "x", house.clock.now())
    topics = {"test.gone": Topic(gone)}
    await Courier(house.app.database, house.app.outbox, house.messenger, house.clock, topics).run()


async def test_a_well_house_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok\n"
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "problems": [], "warnings": []})


async def test_stuck_messages_are_counted_and_do_not_stop_the_rest(client: httpx.AsyncClient, house: House) -> None:
    await get_one_stuck(house)
    assert (await client.get("/readyz")).status_code == 200
    assert "rai_outbox_stuck 1.0" in (await client.get("/metrics")).text


async def test_metrics_are_counts_without_people(client: httpx.AsyncClient, house: House) -> None:
    author = house.person("canary-person")
    await author.says("concern")
    await author.fills(words="canary words", value="safety")
    metrics = (await client.get("/metrics")).text
    assert "rai_library_entries" in metrics
    assert "case" not in metrics
    assert "concern" not in metrics
    assert "canary" not in metrics


COUNCIL = ("council_reminder", "council_board", "council_act", "council_case")


async def test_without_its_database_a_house_is_alive_and_not_ready(client: httpx.AsyncClient, house: House) -> None:
    async with house.app.database.writing() as transaction:
        for table in ("outbox", *COUNCIL, "hours_busy", "hours_booking", "alembic_version"):
            await transaction.execute(text(f"DROP TABLE {table}"))
    assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).status_code == 503
    for page in ("/metrics", "/calendar/x.ics"):
        answer = await client.get(page)
        assert answer.status_code == 503
        assert "Traceback" not in answer.text


async def test_a_defect_of_a_page_is_a_sentence_and_its_words_stay_out_of_the_log(
    open_house: Callable[[Schedule], House], caplog: pytest.LogCaptureFixture
) -> None:
    house = open_house(AtOnce())
    application = web(house.app)

    async def broken(_: Request) -> Response:
        raise RuntimeError("canary words")

    application.router.routes.append(Route("/broken", broken))
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        answer = await client.get("/broken")
    assert (answer.status_code, answer.text) == (500, "Something went wrong on our side.\n")
    assert "a page failed: RuntimeError" in caplog.text
    assert "canary" not in caplog.text
    await house.app.stop()


async def test_a_booking_has_a_calendar_behind_a_secret_address(client: httpx.AsyncClient, house: House) -> None:
    host, guest = house.person("chair"), house.person("somebody")
    await host.says("offer")
    await host.fills(**{"weekday": "3", "from": "15:00", "until": "16:00", "zone": "UTC"})
    await guest.says("book")
    await guest.fills(slot=guest.option("slot"))
    assert guest.card is not None
    assert any(isinstance(block, Attachment) for block in guest.card.blocks)
    async with house.app.database.reading() as transaction:
        secret = await transaction.scalar(text("SELECT secret FROM hours_booking"))
    calendar = await client.get(f"/calendar/{secret}.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in calendar.text
    assert (await client.get("/calendar/guess.ics")).status_code == 404


async def test_reminders_come_by_themselves_once_to_each_side(house: House) -> None:
    host, guest = house.person("chair"), house.person("somebody")
    await host.says("offer")
    await host.fills(**{"weekday": "3", "from": "15:00", "until": "16:00", "zone": "UTC"})
    await guest.says("book")
    await guest.fills(slot=guest.option("slot"))
    before = len(guest.corner()), len(host.corner())
    house.clock.set(datetime(2026, 11, 26, 14, 0, tzinfo=UTC))
    await house.app.settle()
    await house.later(timedelta(minutes=5))
    assert (len(guest.corner()) - before[0], len(host.corner()) - before[1]) == (1, 1)


async def test_the_web_application_starts_and_stops_the_house(open_house: Callable[[Schedule], House]) -> None:
    application = web(open_house(AtOnce()).app)
    async with application.router.lifespan_context(application):
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
            assert (await client.get("/readyz")).json()["ready"]


PROCESS = {"core dumps", "memory", "swap", "freed memory"}
"""What this process is closed to is looked at in a process of its own (tests/test_hygiene.py)."""


async def test_the_doctor_finds_a_well_house_well(house: House) -> None:
    found = {each.name: each for each in await examine(house.app, date(2026, 11, 22))}
    house_itself = {"database", "vault key", "outbox", "time zones", "library", "council", "doors"}
    assert set(found) == house_itself | PROCESS
    assert all(found[name].well for name in house_itself), found


async def test_the_doctor_says_what_to_do(house: House) -> None:
    await get_one_stuck(house)
    async with house.app.database.writing() as transaction:
        await transaction.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    found = {each.name: each.sentence for each in await examine(house.app, date(2026, 11, 22)) if not each.well}
    assert "run `rai db upgrade`" in found["database"]
    assert "outbox" not in found


async def test_the_doctor_counts_what_is_stuck(house: House) -> None:
    await get_one_stuck(house)
    found = {each.name: each.sentence for each in await examine(house.app, date(2026, 11, 22)) if not each.well}
    assert [name for name in found if name not in PROCESS] == ["outbox"]
    assert "1 messages are stuck" in found["outbox"]


async def test_the_doctor_reads_a_database_that_is_away(tmp_path: Path, clock: FakeClock, shelf: Shelf) -> None:
    settings = read(RAI_DATA_DIR=str(tmp_path), RAI_DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none")
    app = build(settings, Ports(FakeMessenger(), FakeDirectory(), clock), shelf=shelf)
    found = {each.name: each for each in await examine(app, date(2026, 11, 22))}
    assert not found["database"].well
    assert "does not answer" in found["database"].sentence
    await app.stop()


async def test_the_doctor_looks_at_the_council_the_library_and_the_doors(tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "broken.md").write_text("no front matter")
    settings = read(
        RAI_DATA_DIR=str(tmp_path / "var"),
        RAI_KNOWLEDGE_DIR=str(tmp_path / "own"),
        RAI_COUNCIL_PLACE="slack:C0123",
        SLACK_BOT_TOKEN="canary",
        SLACK_SIGNING_SECRET="canary",
        TEAMS_APP_ID="0c0c0c0c-1111-4222-8333-444455556666",
        TEAMS_APP_SECRET="canary",
        TEAMS_TENANT_ID="0a0a0a0a-1111-4222-8333-444455556666",
    )
    app = build(settings, Ports(FakeMessenger(), FakeDirectory(), clock))
    looked = await examine(app, date(2026, 11, 22))
    found = {each.name: each.sentence for each in looked if not each.well}
    assert "run `rai kb check`" in found["library"]
    assert "no seat has a member on slack" in found["council"]
    assert "the terminal (`rai chat`), Slack and Teams (`rai serve`)" in [each.sentence for each in looked]
    assert "run `rai db upgrade`" in found["database"]
    assert "canary" not in repr(looked)
    await app.stop()


@pytest.mark.parametrize(
    ("version", "today", "well"),
    [("2026.2", date(2026, 11, 22), True), ("2025.3", date(2026, 11, 22), False), ("2025.3", date(2026, 3, 1), True)],
)
def test_old_time_zones_are_noticed(version: str, today: date, well: bool) -> None:
    assert time_zones(version, today).well == well
