"""People talking to the room through the router: what they say, press and send, and what they see."""

from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.chat.cards import Attachment, Button, Card
from bot.chat.crowd import Crowd
from bot.chat.errors import HouseError
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted, HomeOpened
from bot.chat.forms import ChoiceField, Form
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.plain import plain_card
from bot.chat.replies import Answer, OpenForm, Redraw, Reply, Whisper
from bot.chat.router import Command, Router
from bot.hours.model import Booking, Offer
from bot.hours.routes import routes
from bot.hours.service import Hours
from bot.hours.store import HoursStore
from bot.hours.topics import topics
from bot.store.courier import Courier
from bot.store.db import Database
from bot.store.outbox import Outbox
from bot.store.outbox import table as outbox_table
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock

ON_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
"""For tests of words alone: a new PostgreSQL for each of them would tell nothing more, and take its time."""

MIRA, BEN, EVE, ZOE = (Actor("terminal", "local", user) for user in ("mira", "ben", "eve", "zoe"))
HERE = Place("terminal", "here")
ZONES = {
    "mira": ZoneInfo("Europe/Berlin"),
    "ben": ZoneInfo("America/New_York"),
    "zoe": timezone(timedelta(hours=2)),
}

THURSDAY = {"weekday": "3", "from": "15:00", "until": "16:00", "minutes": "30", "zone": "Europe/Berlin", "remind": "60"}
FIRST = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
"""When the first slot of THURSDAY begins."""

OFFER = Offer("a" * 32, 3, time(15), time(16), 30, "Europe/Berlin", 60, "", MIRA)
BOOKING = Booking("b" * 32, OFFER.id, FIRST, "", MIRA, BEN, FIRST + timedelta(minutes=30), FIRST, "c" * 32)


async def _fallback(_event: CommandUsed) -> Reply:
    return Answer(Card("A question"))


class Talk:
    """The room, its router and courier; Mira lives in Berlin, Ben in New York, Zoe two hours ahead of UTC."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database = database
        self.clock = clock
        self.messenger = FakeMessenger()
        self.store = HoursStore(database)
        self.service = Hours(self.store, clock, FakeDirectory(ZONES))
        fallback = Command("ask", "ask anything", _fallback, takes_text=True, otherwise=True)
        self.router = Router((fallback, *routes(self.service)), Crowd())
        outbox = Outbox(database, timedelta(seconds=30))
        self.courier = Courier(database, outbox, self.messenger, clock, topics(self.service))

    async def say(self, actor: Actor, verb: str, text: str = "") -> Reply:
        return await self.router.handle(CommandUsed(actor, HERE, verb, text))

    async def home(self, actor: Actor) -> Card:
        return card(await self.router.handle(HomeOpened(actor)))

    async def press(self, actor: Actor, pressed: Button) -> Reply:
        return await self.router.handle(ButtonPressed(actor, None, pressed.action.name, pressed.action.data))

    async def send(self, actor: Actor, form: Form, values: Mapping[str, str]) -> Reply:
        return await self.router.handle(FormSubmitted(actor, form.name, values, form.hidden))

    async def offer(self, host: Actor = MIRA, **values: str) -> Card:
        opened = form(await self.say(host, "offer"))
        return card(await self.send(host, opened, THURSDAY | values))

    async def book(self, guest: Actor = BEN, about: str = "", nth: int = 0) -> Card:
        """Book the slot that stands in that place of the form."""
        opened = form(await self.say(guest, "book"))
        return card(await self.send(guest, opened, {"slot": choices(opened)[nth][0], "about": about}))

    async def book_at(self, guest: Actor, chosen: str) -> Card:
        """Book what the guest says the form offered."""
        return card(await self.send(guest, form(await self.say(guest, "book")), {"slot": chosen}))

    async def pass_time(self, by: timedelta) -> None:
        self.clock.move(by)
        await self.courier.run()

    def told(self, actor: Actor) -> list[str]:
        """What the bot told this person on its own, oldest first."""
        return [plain_card(each) for each in self.messenger.seen(actor)]

    async def count(self, table: sa.Table) -> int:
        async with self.database.reading() as transaction:
            return await transaction.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    async def subjects(self) -> set[tuple[str, str]]:
        """Topic and subject of everything that waits in the outbox."""
        async with self.database.reading() as transaction:
            rows = await transaction.execute(sa.select(outbox_table.c.topic, outbox_table.c.subject))
            return {(row.topic, row.subject) for row in rows}


def card(reply: Reply) -> Card:
    assert isinstance(reply, Whisper | Redraw)
    return reply.card


def form(reply: Reply) -> Form:
    assert isinstance(reply, OpenForm)
    return reply.form


def choices(opened: Form) -> tuple[tuple[str, str], ...]:
    field = opened.fields[0]
    assert isinstance(field, ChoiceField)
    return field.options


def button(shown: Card, label: str) -> Button:
    return next(each for each in shown.every_button if each.label.startswith(label))


def labels(shown: Card) -> list[str]:
    return [each.label for each in shown.every_button]


def file(shown: Card) -> str:
    return next(block.content for block in shown.blocks if isinstance(block, Attachment))


async def refused(doing: Awaitable[object], kind: type[HouseError], words: str) -> None:
    """See that it is not done, and that the person is told so in these words."""
    with pytest.raises(kind) as caught:
        await doing
    assert words in caught.value.message_for_person
