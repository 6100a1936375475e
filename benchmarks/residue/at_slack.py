"""Canary people at Slack's door, over HTTP or Socket Mode."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field

from benchmarks.residue.calls import answer_of, pieces_of
from benchmarks.residue.canary import NAME, OF_SLACK, SLACK_ID, Marks, new_words
from benchmarks.residue.doors import WRONG, Author, Behind, Change, leisurely
from benchmarks.residue.evidence import Piece
from tests.adapters.looking import written as as_json
from tests.adapters.slack.canary import ROOM, CanarySpace
from tests.doubles.slack import payloads
from tests.doubles.slack.fronts import Ack
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.workspace import BOT_USER, User
from tests.walks.slack_player import COUNCIL
from tests.walks.slack_stage import Mode, SlackStage, slack_stage


@dataclass
class SlackAuthor(Author):
    """Somebody at their Slack client."""

    client: SlackPerson = field(kw_only=True)


@dataclass
class AtSlack(Behind[SlackStage]):
    """See Door."""

    mode: Mode = "http"
    marks: Marks = field(default_factory=lambda: Marks.of(OF_SLACK))
    authors: list[SlackAuthor] = field(default_factory=list)
    _released: int = 0

    @property
    def letter(self) -> str:
        return "h" if self.mode == "http" else "s"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        double = SlackDouble(CanarySpace(), middlewares=(self.overheard.middleware(),))
        where = self.grounds.folder, self.grounds.shelf, self.mode, self.grounds.schedule
        async with slack_stage(*where, self.clock, double, seconds=leisurely(self.clock)) as self._stage:
            self._stage.client.event_hooks = {"response": [self.answered]}
            double.workspace.channel(ROOM.removeprefix("C"))
            yield
            self._released += self._here()
        self._stage = None

    def arrives(self) -> SlackAuthor:
        number, space = next(self._numbers), self.stage.double.workspace
        user = User(f"{SLACK_ID}{number:05d}", f"{NAME} {number}")
        space.users[user.id] = user
        space.channels[ROOM].members.add(user.id)
        author = SlackAuthor(new_words(), number, client=SlackPerson(self.stage.double, self.stage.front, user))
        self.authors.append(author)
        return author

    async def begins(self, author: SlackAuthor) -> None:
        match author.number % 3:
            case 0:
                await author.client.command(f"concern {author.words}")
            case 1:
                await author.client.opens_home()
                await self.quiet()
                await author.client.presses("Raise a concern")
            case _:
                await author.client.command("concern", ROOM)
        await self.quiet()
        self.noted(author, await author.client.submits({WRONG: author.words}))
        await self.quiet()

    async def sends(self, author: SlackAuthor) -> str:
        self.noted(author, await author.client.submits())
        await self.quiet()
        return self.sees(author)

    async def sends_changed(self, author: SlackAuthor, change: Change) -> str:
        """Send the form with something wrong about it."""
        self.noted(author, await author.client.sends(self.changed(author, change)))
        await self.quiet()
        return self.sees(author)

    def changed(self, author: SlackAuthor, change: Change) -> Json:
        """The form in front of somebody, with something wrong about it."""
        view = deepcopy(author.client.filled({WRONG: author.words}))
        values = view["state"]["values"]
        for name, value in change.values.items():
            if value is None:
                values.pop(name, None)
            else:
                values[name] = {name: {"type": "plain_text_input", "value": value}}
        view["private_metadata"] = view["private_metadata"] if change.hidden is None else change.hidden
        view["callback_id"] = change.name or view["callback_id"]
        return view

    def payload(self, author: SlackAuthor) -> Json:
        """What Slack sends for the form in front of somebody."""
        client = author.client
        sender = payloads.Sender(client.space, client.user, client.space.team)
        return payloads.submission(sender, client.filled({WRONG: author.words}))

    def noted(self, author: SlackAuthor, ack: Ack) -> None:
        """What Slack was answered."""
        author.status = ack.status

    def sees(self, author: Author) -> str:
        assert isinstance(author, SlackAuthor)
        return " ".join((author.client.sees(), *author.client.errors.values()))

    async def quiet(self) -> None:
        await self.stage.door.idle()

    async def settles(self) -> None:
        await self.stage.settle()

    def pieces(self) -> Iterator[Piece]:
        for heard in self.overheard.requests:
            yield from pieces_of(heard, COUNCIL, "slack")
        yield from map(answer_of, self.answers)
        acks = (ack.body for author in self.authors for ack in author.client.acks if self.mode == "socket")
        yield from (answer_of(as_json(body).encode()) for body in acks if body)

    def forgets(self) -> None:
        space = self.stage.double.workspace
        for kept in (self.overheard.requests, self.answers, self.authors, space.calls, space.whispers):
            kept.clear()

    def released(self) -> int:
        return self._released + self._here()

    def _here(self) -> int:
        """How many messages of the council's channel hold canary words."""
        kept = self.stage.double.workspace.channels[COUNCIL].messages
        return sum(bool(self.marks.found_in(as_json(each).encode(), ("words",))) for each in kept)

    def said(self) -> Iterator[Json]:
        """What the bot said outside of the council's channel."""
        channels = self.stage.double.workspace.channels.values()
        return (each for at in channels if at.id != COUNCIL for each in at.messages if each.get("user") == BOT_USER)
