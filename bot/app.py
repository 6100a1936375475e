"""The house, wired: the one module that knows every room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.actions import NoPayload
from bot.chat.cards import Button
from bot.chat.crowd import Crowd, Uses
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.ports import Directory, Messenger
from bot.chat.router import Router
from bot.chat.sealed import HomePart
from bot.chat.timing import Clock, Job, one_at_a_time
from bot.clockwork import Clockwork
from bot.concerns.cards import FOLLOW, RAISE
from bot.concerns.jobs import jobs as concerns_jobs
from bot.concerns.receipt import Hardness
from bot.concerns.routes import routes as concerns_routes
from bot.concerns.schedule import Schedule
from bot.concerns.service import Concerns
from bot.council import charter
from bot.council.jobs import jobs as council_jobs
from bot.council.routes import routes as council_routes
from bot.council.service import Council
from bot.council.store import CouncilStore
from bot.council.topics import topics as council_topics
from bot.hints.colleagues import Colleagues
from bot.hours.cards import next_hour
from bot.hours.routes import routes as hours_routes
from bot.hours.service import Hours
from bot.hours.store import HoursStore
from bot.hours.topics import topics as hours_topics
from bot.logs import hush
from bot.pulse.jobs import jobs as pulse_jobs
from bot.pulse.model import PulsePlan
from bot.pulse.routes import routes as pulse_routes
from bot.pulse.service import Pulse
from bot.pulse.store import PulseStore
from bot.pulse.topics import topics as pulse_topics
from bot.questions.backlog_service import Backlog
from bot.questions.backlog_store import BacklogStore
from bot.questions.jobs import jobs as questions_jobs
from bot.questions.live import LiveShelf
from bot.questions.routes import Ways
from bot.questions.routes import routes as questions_routes
from bot.questions.service import Questions
from bot.questions.shelf import Shelf
from bot.questions.store import QuestionsStore
from bot.questions.tickets_service import Tickets
from bot.questions.tickets_store import TicketStore
from bot.questions.topics import topics as questions_topics
from bot.settings import Settings
from bot.store import migrate
from bot.store.arrivals import Arrivals
from bot.store.courier import Courier
from bot.store.db import Database
from bot.store.outbox import Outbox
from bot.upkeep import concerns_of, prepare_folder

LEASE = timedelta(seconds=30)
"""How long a courier holds a message; longer than any call to a platform may take."""


@dataclass(frozen=True)
class Ports:
    """What the house is given from outside."""

    messenger: Messenger
    directory: Directory
    clock: Clock


@dataclass(frozen=True)
class App:
    """The house.

    Args:
        router: the one way in.
        jobs: what time sets off; the clockwork calls them, and so may tests.
    """

    settings: Settings
    database: Database
    outbox: Outbox
    courier: Courier
    arrivals: Arrivals
    router: Router
    jobs: tuple[Job, ...]
    live: LiveShelf
    hours: Hours
    concerns: Concerns
    council: Council
    colleagues: Colleagues

    async def start(self) -> None:
        """Bring the database to this version and see that the vault fits it; raises StoreProblem where it cannot."""
        await migrate.upgrade(self.database)
        await self.concerns.check_vault()
        await self.live.refresh()

    @property
    def shelf(self) -> Shelf:
        """The library that answers now."""
        return self.live.shelf

    async def settle(self) -> None:
        """Do everything that is due now, whoever began it, and wait until all that is said has arrived."""
        for job in self.jobs:
            await job.run()
        await self.courier.emptied()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The house from start to end, with the clockwork ticking; raises StoreProblem where it cannot start."""
        try:
            await self.start()
            clockwork = Clockwork(self.jobs)
            clockwork.start()
            try:
                yield
            finally:
                await clockwork.stop()
        finally:
            await self.stop()

    def places_of(self, actor: Actor) -> tuple[Place, ...]:
        """The shared places that a person sits in."""
        return (self.council.place,) if self.council.sits(actor) else ()

    async def stop(self) -> None:
        """Give everything back, once what is on its way has arrived."""
        await self.colleagues.close()
        await self.courier.arrived()
        await self.database.close()


def build(
    settings: Settings,
    ports: Ports,
    *,
    schedule: Schedule | None = None,
    hardness: Hardness | None = None,
    shelf: Shelf | None = None,
    plan: PulsePlan | None = None,
) -> App:
    """Wire the house.

    Args:
        schedule: when concerns are released, where not as the settings say.
        hardness: what a receipt's hash costs, where not the default.
        shelf: the library, where it is open already.
        plan: the weekly pulse, where it is not as the council's file says.

    Raises:
        StoreProblem: the data folder or the vault key cannot be used.
    """
    hush()
    prepare_folder(settings.data_dir)
    database, crowd = Database(settings.database), Crowd()
    concerns = concerns_of(settings, ports.clock, database, crowd, schedule, hardness)
    shelf = shelf or Shelf.open(settings.knowledge_dir, settings.data_dir, settings.answer_right)
    return _wired(settings, ports, database, crowd, concerns, shelf, plan)


def _wired(
    settings: Settings,
    ports: Ports,
    database: Database,
    crowd: Crowd,
    concerns: Concerns,
    shelf: Shelf,
    plan: PulsePlan | None,
) -> App:
    clock, place = ports.clock, settings.council_place
    council = Council(CouncilStore(database), concerns, charter.load(settings.council_file), clock, place)
    hours = Hours(HoursStore(database), clock, ports.directory)
    stores = TicketStore(database), BacklogStore(database), QuestionsStore(database)
    tickets = Tickets(stores, clock, place, council.sits, live=council.charter.answers_live)
    live = LiveShelf(shelf, tickets.shown)
    questions = Questions(stores[2], stores[1], live, clock)
    pulse = Pulse(PulseStore(database), clock, ports.directory, plan or council.charter.plan)
    routes = (
        *questions_routes(questions, tickets, Backlog(stores[1], tickets), _ways(hours, ports.directory)),
        *hours_routes(hours),
        *concerns_routes(concerns, council.charter.guide),
        *council_routes(council),
        *pulse_routes(pulse),
    )
    topics = {
        **questions_topics(questions, tickets), **hours_topics(hours), **council_topics(council), **pulse_topics(pulse)
    }  # fmt: skip
    outbox = Outbox(database, LEASE)
    courier = Courier(database, outbox, ports.messenger, clock, topics)
    outbox_job = Job("outbox", timedelta(seconds=1), courier.run)
    arrivals = Arrivals(database, clock)
    of_rooms = (
        *concerns_jobs(concerns), *council_jobs(council), *questions_jobs(questions, live), *pulse_jobs(pulse)
    )  # fmt: skip
    jobs = tuple(map(one_at_a_time, (*of_rooms, *arrivals.jobs(), outbox_job)))
    colleagues = Colleagues(ports.directory, clock)
    router = Router(routes, crowd, Uses(clock, settings.uses_per_day), colleagues)
    return App(settings, database, outbox, courier, arrivals, router, jobs, live, hours, concerns, council, colleagues)


def _ways(hours: Hours, directory: Directory) -> Ways:
    """Where a question leads on to: the anonymous form, a receipt, the next office hour, and a name."""

    async def hour(actor: Actor) -> HomePart:
        return next_hour(await hours.overview(actor))

    concern = Button("Raise a concern", RAISE(NoPayload()), "primary", opens_form=True)
    return Ways(concern, Button("Use a receipt", FOLLOW(NoPayload()), opens_form=True), hour, directory.name)
