"""Canary people at Teams' door."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field

from benchmarks.residue.calls import answer_of, pieces_of
from benchmarks.residue.canary import ACCOUNT, DIRECT, NAME, OBJECT, OF_TEAMS, Marks, new_words
from benchmarks.residue.doors import WRONG, Author, Behind, Change, leisurely
from benchmarks.residue.evidence import Piece
from tests.adapters.looking import written as as_json
from tests.adapters.teams.canary import LOCALE, MARK, ROOM, ZONE, Canary, CanaryOrganisation, CanaryPerson
from tests.adapters.teams.ways import TYPED, WHAT
from tests.doubles.teams import payloads
from tests.doubles.teams.fronts import Answer
from tests.doubles.teams.organisation import Conversation, Person
from tests.doubles.teams.server import TeamsDouble
from tests.doubles.teams.shapes import Json
from tests.walks.teams_stage import TeamsStage, teams_stage


class Canaries(CanaryOrganisation):
    """An organisation in which the chats of canary people with the bot are known by a mark, too."""

    def fresh(self, beginning: str) -> str:
        """See Organisation: what login gives out is the house's own, and belongs to no person."""
        made = super().fresh(beginning)
        return made.replace(MARK, "") if beginning == "token-" else made

    def direct(self, person: Person) -> Conversation:
        """See Organisation."""
        if not person.aad.startswith(OBJECT):
            return super().direct(person)
        made = f"a:{DIRECT}{person.aad.removeprefix(OBJECT)}"
        return self.conversations.setdefault(made, Conversation(made, "personal", "", {person.aad}, person.aad))


@dataclass
class TeamsAuthor(Author):
    """Somebody at their Teams client."""

    client: CanaryPerson = field(kw_only=True)


@dataclass
class AtTeams(Behind[TeamsStage]):
    """See Door."""

    marks: Marks = field(default_factory=lambda: Marks.of(OF_TEAMS))
    letter: str = "t"
    _released: int = 0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        double = TeamsDouble(Canaries(), middlewares=(self.overheard.middleware(),))
        where = self.grounds.folder, self.grounds.shelf, self.grounds.schedule
        async with teams_stage(*where, self.clock, double, seconds=leisurely(self.clock)) as self._stage:
            self._stage.front.client.event_hooks = {"response": [self.answered]}
            room = Conversation(ROOM, "channel", "Canaries", set(), self._stage.team.id)
            double.organisation.conversations[ROOM] = room
            yield
            self._released += self._here()
        self._stage = None

    def arrives(self) -> TeamsAuthor:
        number, space = next(self._numbers), self.stage.double.organisation
        person = Canary(f"{NAME} {number}", f"{OBJECT}{number:012x}", f"29:{ACCOUNT}{number}", zone=ZONE, locale=LOCALE)
        space.people[person.aad] = person
        space.installed.add(person.aad)
        space.conversations[ROOM].members.add(person.aad)
        return TeamsAuthor(new_words(), number, client=CanaryPerson(self.stage.double, self.stage.front, person))

    async def begins(self, author: TeamsAuthor) -> None:
        match author.number % 3:
            case 0:
                await author.client.extension("rai-desk", conversation=ROOM)
            case 1:
                await author.client.extension("rai-desk")
            case _:
                kept = author.client.writes(author.words, ROOM)
                await author.client.extension("rai-ask-about", kept.id)
        await author.client.submits({WHAT: "Raise a concern", TYPED: author.words})
        self.noted(author, await author.client.submits({WRONG: author.words}))

    async def sends(self, author: TeamsAuthor) -> str:
        self.noted(author, await author.client.submits())
        return self.sees(author)

    async def sends_changed(self, author: TeamsAuthor, change: Change) -> str:
        """Send the form with something wrong about it."""
        self.noted(author, await author.client.sends(self.changed(author, change)))
        return self.sees(author)

    def changed(self, author: TeamsAuthor, change: Change) -> Json:
        """The form in front of somebody, with something wrong about it."""
        dialog = author.client.dialog()
        assert dialog is not None, "no form is open"
        actions = (each.action for each in author.client.dialog_surface(dialog).controls())
        data = deepcopy(next(each["data"] for each in actions if each["type"] == "Action.Submit"))
        data |= author.client.filled({WRONG: author.words})
        for name, value in change.values.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        data["rai"] |= {name: given for name, given in (("hidden", change.hidden), ("form", change.name)) if given}
        return {**dialog, "data": data}

    def activity(self, author: TeamsAuthor) -> Json:
        """What Teams sends for the form in front of somebody."""
        dialog = self.changed(author, Change())
        on, told = dialog["on"], {**dialog["extension"], "data": dialog["data"]}
        return payloads.extension(author.client.sender, "composeExtension/submitAction", on, told)

    def noted(self, author: TeamsAuthor, answer: Answer) -> None:
        """What Teams was answered."""
        author.status = answer.status

    def sees(self, author: Author) -> str:
        assert isinstance(author, TeamsAuthor)
        dialog = author.client.dialog()
        return " ".join((author.client.sees(), str(dialog.get("text", "")) if dialog else "", author.client.toast))

    async def quiet(self) -> None:
        await self.stage.door.idle()

    async def settles(self) -> None:
        await self.stage.settle()

    def pieces(self) -> Iterator[Piece]:
        for heard in self.overheard.requests:
            yield from pieces_of(heard, self.stage.council.id, "teams")
        yield from map(answer_of, self.answers)

    def forgets(self) -> None:
        for kept in (self.overheard.requests, self.answers, self.stage.double.organisation.calls):
            kept.clear()

    def released(self) -> int:
        return self._released + self._here()

    def _here(self) -> int:
        """How many messages of the council's channel hold canary words."""
        kept = self.stage.double.organisation.conversations[self.stage.council.id].messages
        return sum(bool(self.marks.found_in(as_json(each.content).encode(), ("words",))) for each in kept)
