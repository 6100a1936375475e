"""A canary person in Teams, and a watch on everything they could turn up in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from adapters.shapes import word
from adapters.teams.shape import unpacked
from tests.adapters.looking import files_with, is_in, written
from tests.doubles.teams.fronts import Answer
from tests.doubles.teams.organisation import BOT, Call, Conversation, Organisation, Person
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import Json
from tests.walks.teams_stage import TeamsStage

NAME, ROOM = "Canary Name 9d21", "19:canaryroom7f3a91@thread.tacv2"
ACCOUNT, OBJECT = "29:1canaryAccount7f3a91", "ca9a7f00-5b5b-4c4c-8d8d-0c5e2870aa91"
MAIL, LOGIN = "canary.7f3a91@mail.example", "canary.login.7f3a91@double.example"
ZONE, LOCALE, CLIENT = "Antarctica/Troll", "kl-GL-x-canary7f", "CanaryClient 7f3a91"
MARK = "CANARY5B"
"""Stands in every id that Teams makes up on the way, but for those of messages."""

OF_PERSON = (NAME, ROOM, ACCOUNT, OBJECT, MAIL, LOGIN, ZONE, LOCALE, CLIENT, MARK)
WORDS = "canary words 5c2e88 about the launch"

ADDRESSED = {
    "create": (),
    "member": ("to", "which"),
    "pagedmembers": ("to",),
    "send": ("to",),
    "update": ("to", "which"),
}
"""Where a call to Teams must name whom it answers: Teams is asked about them, or brings them what they asked for."""


class CanaryOrganisation(Organisation):
    """An organisation whose ids are known by their mark."""

    def fresh(self, beginning: str) -> str:
        """See Organisation."""
        return f"{beginning}{MARK}{next(self._numbers):06d}"


class Canary(Person):
    """The canary person, of whom a roster says a mail address and a login of their own."""

    def told(self) -> Json:
        """See Person."""
        return {**super().told(), "email": MAIL, "userPrincipalName": LOGIN}


@dataclass
class CanaryPerson(TeamsPerson):
    """The canary person at a client of their own, and the tokens that what they did came with."""

    tokens: list[str] = field(default_factory=list)

    async def hands(self, activity: Json, token: str | None = None) -> Answer:
        """See TeamsHands."""
        activity["entities"][0] |= {"platform": CLIENT}
        by = self.double.keys.token(str(activity.get("serviceUrl"))) if token is None else token
        self.tokens.append(by)
        return await super().hands(activity, by)


def canary(stage: TeamsStage) -> CanaryPerson:
    """The canary person at their client; they are in the team, and in a channel of their own of it."""
    space = stage.double.organisation
    if OBJECT not in space.people:
        space.people[OBJECT] = Canary(NAME, OBJECT, ACCOUNT, zone=ZONE, locale=LOCALE)
        space.installed.add(OBJECT)
        space.conversations[ROOM] = Conversation(ROOM, "channel", "Canaries", {OBJECT}, stage.team.id)
        stage.people[NAME] = CanaryPerson(stage.double, stage.front, space.people[OBJECT])
    person = stage.people[NAME]
    assert isinstance(person, CanaryPerson)
    return person


@dataclass
class Watch:
    """Everything in which a person or their words could turn up.

    Args:
        shown: what the process wrote to its own output and errors so far.
        receipts: those that were shown so far.
    """

    stage: TeamsStage
    folder: Path
    logged: StringIO
    shown: Callable[[], str]
    receipts: list[str] = field(default_factory=list)

    def traces_of_person(self) -> list[str]:
        """Where the canary person is found, but in the calls that must say to whom Teams brings something."""
        return [f"{needle} in {where}" for needle in self._of_person() for where in self._traces(needle)]

    def traces_of_words(self) -> list[str]:
        """Where the words are found, but in the release and in the author's own form and preview."""
        return [f"{WORDS} in {where}" for where in self._traces(WORDS)]

    def traces_of_receipts(self) -> list[str]:
        """Where a receipt is found, but in the dialog in which it is shown, at once or after a wait."""
        found = ((receipt, where) for receipt in self.receipts for where in self._traces(receipt))
        return [f"{receipt} in {where}" for receipt, where in found if where != "dialog"]

    def traces(self) -> list[str]:
        """Everything that is found and must not be."""
        return [*self.traces_of_person(), *self.traces_of_words(), *self.traces_of_receipts()]

    def released(self) -> int:
        """How many messages of the council's channel hold the words."""
        return sum(WORDS in written(each.content) for each in self._space.conversations[self.stage.council.id].messages)

    @property
    def _space(self) -> Organisation:
        return self.stage.double.organisation

    def _of_person(self) -> Iterator[str]:
        """Everything that leads to the canary person: what they are called, where they are, and what they did there."""
        person = canary(self.stage)
        yield from OF_PERSON
        yield person.direct.id
        for each in (*person.direct.messages, *self._space.conversations[ROOM].messages):
            yield each.id
        signatures = {token.rpartition(".")[2] for token in person.tokens}
        yield from (each for each in signatures if len(each) > len(MARK))

    def _traces(self, needle: str) -> Iterator[str]:
        yield from files_with(self.folder, needle)
        written_down = {"log": self.logged.getvalue(), "output": self.shown()}
        yield from (where for where, text in written_down.items() if is_in(text.encode(), needle))
        yield from (f"call {call.method}" for call in self._space.calls if self._is_told(call, needle))
        for answer in (answer for person in self.stage.people.values() for answer in person.answers):
            if is_in(written(shown_in(answer.body)).encode(), needle):
                yield "dialog" if "task" in answer.body else "answer"
        said = (each for each in self._said() if is_in(written(each).encode(), needle))
        yield from ("a message that stands" for _ in said)

    def _is_told(self, call: Call, needle: str) -> bool:
        return is_in(written(told(call, self.stage.council.id)).encode(), needle)

    def _said(self) -> Iterator[Json]:
        """What the bot said where it stands; the council's channel, in which the release is, apart."""
        for conversation in self._space.conversations.values():
            if conversation.id != self.stage.council.id:
                yield from (each.content for each in conversation.messages if each.by == BOT)


def told(call: Call, council: str) -> Json:
    """What a call tells beyond whom it is for: the release to the council may hold words."""
    args = {name: value for name, value in call.args.items() if name not in ADDRESSED.get(call.method, ())}
    body = args.get("body")
    if isinstance(body, dict):
        # Whom a new chat is with, and who alone sees a message.
        without = {"members", "recipient"} if call.method in ("create", "send", "update") else set()
        released = call.method in ("send", "update") and str(call.args["to"]).startswith(council)
        hidden = without | ({"attachments"} if released else set())
        args["body"] = {name: value for name, value in body.items() if name not in hidden}
    return args


def shown_in(answer: Json) -> Json:
    """What an answer tells, but for what stands in the inputs of a dialog, and is quoted above them where they are
    previewed; what its form carries is unpacked.
    """
    previewed = word(answer, "task", "value", "title") == "Before it is sent"
    return {name: _shown_in(value, previewed=previewed) for name, value in answer.items()}


def _shown_in(value: object, *, previewed: bool) -> object:
    match value:
        case list():
            return [_shown_in(each, previewed=previewed) for each in value]
        case {"type": str(kind), **inside} if kind.startswith("Input."):
            return {name: each for name, each in inside.items() if name != "value"}
        case {"shape": str(packed), **others}:
            shape = unpacked(packed)
            return {**others, "shape": [shape.title, shape.submit, *shape.body]}
        case {"type": "Container", "style": "emphasis"} if previewed:
            return {}
        case dict():
            return {name: _shown_in(each, previewed=previewed) for name, each in value.items()}
    return value
