"""Two thousand reminders through Teams' limits and faults: none lost, none too fast, none twice without a cause."""

import argparse
import asyncio
import gc
import logging
import random
import secrets
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

import httpx
from pydantic import SecretStr

from adapters.teams.app import TeamsApp
from adapters.teams.endpoints import Endpoints
from adapters.teams.organisation import Keys, Organisation
from benchmarks.fast_time import FastLoop, FastTime
from benchmarks.teams.weather import Weather
from bot.app import App, Ports, build
from bot.chat.identity import Actor
from bot.hours.model import BookingRequest, OfferRequest
from bot.hours.store import BOOKED
from bot.settings import read
from bot.web import web
from tests.doubles.teams import payloads
from tests.doubles.teams.fronts import HttpFront
from tests.doubles.teams.organisation import APP_ID, BOT, SECRET, TENANT, Message, Person
from tests.doubles.teams.organisation import Organisation as Place
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.server import TeamsDouble
from tests.questions.library import save_all, small_shelf

Plant: TypeAlias = Literal["lose", "double", "hurry"]

SCALE = 4
"""How much faster the time runs."""

STARTS = datetime(2025, 11, 28, 12, 0, tzinfo=UTC)
"""When all the office hours begin: some days after the time of FastTime begins."""

HELD_UP = 0.05
"""Real seconds by which two calls may arrive closer than they were sent."""

REMIND_MINUTES = 60
TITLE, HELP = "Your office hour is coming up", "What I can do"


class JumpingTime(FastTime):
    """Fast time whose wall clock can be put forward."""

    ahead = 0.0

    def wall(self) -> float:
        return super().wall() + self.ahead

    def jump_to(self, moment: datetime) -> None:
        """Let it be this moment."""
        self.ahead += moment.timestamp() - self.wall()


class Reminding:
    """A house, its door and Teams, all in this process and in fast time."""

    def __init__(self, folder: Path, count: int, repeats: int, seed: int, seconds: "JumpingTime") -> None:
        self._folder = folder
        self._file = folder / "var" / "rai.db"
        self._pairs = count // 2
        self._repeats = repeats
        self._seconds = seconds
        self._random = random.Random(seed)
        self.weather = Weather(seed)
        # Time runs faster here than the machine does: what is held up for a moment is held up longer.
        self.double = TeamsDouble(Place(clock=seconds), faults=lambda _method, _args: None, seconds=seconds)
        self.double.throttle.jitter = HELD_UP * SCALE
        self.people: list[Person] = []
        self.problems: list[str] = []
        self.asked: list[str] = []
        self.again = 0

    async def run(self, planted: Plant | None = None) -> None:
        """Book, let the hour come, remind, and look what stands in everybody's chat."""
        space = self.double.organisation
        self.people = [space.person(f"person{number}") for number in range(2 * self._pairs)]
        async with self.double.running():
            app, organisation = self._house()
            door = TeamsApp(organisation, app.router, app.arrivals, step=0)
            await app.start()
            async with door.running():
                await self._book(app)
                self._seconds.jump_to(STARTS - timedelta(minutes=REMIND_MINUTES))
                gc.freeze()  # to look through all that stands would hold both sides up at once
                self.double.faults = self.weather
                await asyncio.gather(self._remind(app), self._ask(app, door))
                self.double.faults = lambda _method, _args: None
                gc.unfreeze()
            await app.stop()
            self.again = organisation.messenger.unread.again
            if planted:
                self.plant(planted)
            self.problems = list(self.found())

    def plant(self, planted: Plant) -> None:
        """Break a promise: what the audit does not notice then, it would not notice ever."""
        messages = self.double.organisation.direct(self.people[0]).messages
        match planted:
            case "lose":
                messages.clear()
            case "double":
                messages += [each for each in messages for _ in range(20)]
            case "hurry":
                self.double.violations.append("planted")

    def _house(self) -> tuple[App, Organisation]:
        settings = read(RAI_DATA_DIR=str(self._folder / "var"))
        double = self.double
        endpoints = Endpoints(double.login_url, double.openid_url, double.service_url, double.graph_url)
        keys = Keys(APP_ID, SecretStr(SECRET), TENANT)
        organisation = Organisation.of(keys, settings.council_place, self._seconds, endpoints=endpoints)
        ports = Ports(organisation.messenger, organisation.directory, self._seconds)
        shelf = small_shelf(save_all(self._folder / "library"))
        settings.data_dir.mkdir(parents=True)
        return build(settings, ports, shelf=shelf), organisation

    async def _book(self, app: App) -> None:
        """One office hour for each pair, all at the same time; what is said of that is not what is looked at."""
        clock = (STARTS.time(), (STARTS + timedelta(minutes=30)).time())
        for host, guest in zip(self.people[::2], self.people[1::2], strict=True):
            wanted = OfferRequest(secrets.token_hex(16), STARTS.weekday(), *clock, 30, "UTC", REMIND_MINUTES, "Models.")
            offer = await app.hours.offer(_actor(host), wanted)
            await app.hours.book(_actor(guest), BookingRequest(secrets.token_hex(16), offer.id, STARTS, ""))
        _forget(self._file, BOOKED)

    async def _remind(self, app: App) -> None:
        while _left(self._file):
            await app.courier.run()
            await asyncio.sleep(1)
        await app.courier.emptied()

    async def _ask(self, app: App, door: TeamsApp) -> None:
        """Meanwhile people ask for help, and Teams delivers each of it three times."""
        transport = httpx.ASGITransport(app=web(app, (door,)))
        async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
            front = HttpFront(client, self.double)
            for person in self._random.sample(self.people, self._repeats):
                asking = TeamsPerson(self.double, front, person)
                self.asked.append(asking.direct.id)
                activity = payloads.message(asking.sender, asking.writes("help", asking.direct.id))
                await asyncio.gather(*(asking.hands(activity) for _ in range(3)))
                await asyncio.sleep(1)
        await door.idle()

    def standing(self) -> dict[str, Counter[str]]:
        """How often each title stands in each chat; the wall clock of what was sent is no matter."""
        return {chat: Counter(map(_title, kept)) for chat, kept in self._chats().items()}

    def _chats(self) -> dict[str, list[Message]]:
        space = self.double.organisation
        chats = {person.aad: space.direct(person) for person in self.people}
        return {chat.id: [each for each in chat.messages if each.by == BOT] for chat in chats.values()}

    def found(self) -> Iterator[str]:
        asked = Counter(self.asked)
        for chat, titles in self.standing().items():
            for title, wanted in ((TITLE, 1), (HELP, asked[chat])):
                more = titles[title] - wanted
                if more < 0:
                    yield f"lost: {title!r} stands {titles[title]} times in a chat"
                if more > self.weather.stored[chat]:
                    yield f"doubled without a cause: {title!r} stands {titles[title]} times in a chat"
        yield from (f"too fast: {each}" for each in self.double.violations)
        yield from (f"mangled: {each}" for each in self.double.organisation.complaints)
        if self.again < self.doubled():
            yield f"not counted: {self.doubled()} stand twice, and {self.again} were counted"

    def doubled(self) -> int:
        """How many reminders stand where they stood already."""
        return sum(max(0, titles[TITLE] - 1) for titles in self.standing().values())


def _title(message: Message) -> str:
    """The headline of a message's card."""
    attachments = message.content.get("attachments") or [{}]
    body = attachments[0].get("content", {}).get("body") or [{}]
    return str(body[0].get("text", ""))


def _actor(person: Person) -> Actor:
    return Actor("teams", TENANT, person.aad)


def _left(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])


def _forget(file: Path, topic: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM outbox WHERE topic = ?", (topic,))


def report(done: Reminding, count: int, seconds: float) -> str:
    """What was found, in words."""
    met, calls = done.weather.met, Counter(each.method for each in done.double.organisation.calls)
    stands = sum(titles[TITLE] for titles in done.standing().values())
    lines = (
        f"reminders      {count} were due at once, {stands} stand in {count} people's chats",
        f"questions      {len(done.asked)} meanwhile, each delivered three times",
        f"faults         {', '.join(f'{met[kind]} {kind}' for kind in sorted(met)) or 'none'}",
        f"calls          {', '.join(f'{number} {method}' for method, number in calls.most_common())}",
        f"twice          {done.doubled()}, each after a lost answer; {done.again} were counted as perhaps twice",
        f"problems       {len(done.problems)}",
        *(f"  {each}" for each in done.problems[:20]),
        f"In {seconds:.0f} s, in which {seconds * SCALE:.0f} passed for the house and for Teams.",
    )
    return "\n".join(lines)


def main() -> None:
    """Book, remind, audit, report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.teams.reminders", description=__doc__)
    parser.add_argument("--reminders", type=int, default=2_000, help="how many (default: 2000)")
    parser.add_argument("--questions", type=int, default=100, help="how many meanwhile (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="chooses what goes wrong, and when")
    parser.add_argument(
        "--plant", choices=("lose", "double", "hurry"), help="break a promise on purpose: must end with status 1"
    )
    wanted, begun = parser.parse_args(), time.monotonic()
    logging.disable(logging.CRITICAL)
    above = Path(tempfile.mkdtemp(prefix="rai-teams-"))
    seconds = JumpingTime(SCALE, begun)
    done = Reminding(above, wanted.reminders, wanted.questions, wanted.seed, seconds)
    with asyncio.Runner(loop_factory=lambda: FastLoop(seconds)) as runner:
        runner.run(done.run(wanted.plant))
    print(report(done, wanted.reminders, time.monotonic() - begun))
    shutil.rmtree(above)
    sys.exit(1 if done.problems else 0)


if __name__ == "__main__":
    main()
