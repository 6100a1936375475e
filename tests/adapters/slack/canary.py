"""A canary person in Slack, the ways by which they raise a concern, and a watch on everything they could turn up in."""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from adapters.slack import names
from tests.adapters.looking import files_with, is_in, written
from tests.adapters.previews import looks_over
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import BOT_USER, Call, User, Workspace
from tests.walks.slack_player import COUNCIL
from tests.walks.slack_stage import SlackStage

PERSON, NAME, ROOM = "UCANARY7F3A91", "Canary Name 9d21", "CCANARYROOM"
MARK = "CANARY5B"
"""Stands in every id that Slack makes up on the way: triggers, views, response addresses, events."""

OF_PERSON = (PERSON, NAME, ROOM, MARK)
WORDS = "canary words 5c2e88 about the launch"

ADDRESSED = {
    "users.info": ("user",),
    "conversations.info": ("channel",),
    "views.open": ("trigger_id",),
    "views.update": ("view_id",),
    "views.publish": ("user_id",),
    "chat.postEphemeral": ("channel", "user"),
    "chat.postMessage": ("channel",),
}
"""Where a call to Slack must name whom it answers: Slack is asked about them, or brings them what they asked for."""


class CanarySpace(Workspace):
    """A workspace whose ids are all known by their mark."""

    def fresh(self, letter: str) -> str:
        return f"{letter}{MARK}{next(self._numbers):06d}"


def canary(stage: SlackStage) -> SlackPerson:
    """The canary person at their Slack client; their channel is in the workspace too."""
    space = stage.double.workspace
    user = space.users.setdefault(PERSON, User(PERSON, NAME))
    if ROOM not in space.channels:
        space.channel(ROOM.removeprefix("C"), PERSON)
    return stage.people.setdefault(PERSON, SlackPerson(stage.double, stage.front, user))


@dataclass
class Watch:
    """Everything in which a person or their words could turn up.

    Args:
        receipts: those that were shown so far.
    """

    stage: SlackStage
    folder: Path
    logged: StringIO
    receipts: list[str] = field(default_factory=list)

    def traces_of_person(self) -> list[str]:
        """Where the canary person is found, but in the calls that must say to whom Slack brings something."""
        return [f"{needle} in {where}" for needle in OF_PERSON for where in self._traces(needle)]

    def traces_of_words(self) -> list[str]:
        """Where the words are found, but in the release and in the author's own form."""
        return [f"{WORDS} in {where}" for where in self._traces(WORDS)]

    def traces_of_receipts(self) -> list[str]:
        """Where a receipt is found, but in the modal in which it is shown, at once or after a wait."""
        found = ((receipt, where) for receipt in self.receipts for where in self._traces(receipt))
        return [f"{receipt} in {where}" for receipt, where in found if where not in ("call views.update", "answer")]

    def traces(self) -> list[str]:
        """Everything that is found and must not be."""
        return [*self.traces_of_person(), *self.traces_of_words(), *self.traces_of_receipts()]

    def released(self) -> int:
        """How many messages of the council's channel hold the words."""
        return sum(WORDS in written(each) for each in self._space.channels[COUNCIL].messages)

    @property
    def _space(self) -> Workspace:
        return self.stage.double.workspace

    def _traces(self, needle: str) -> Iterator[str]:
        yield from files_with(self.folder, needle)
        if is_in(self.logged.getvalue().encode(), needle):
            yield "log"
        yield from (f"call {call.method}" for call in self._space.calls if needle in written(told(call)))
        answers = (ack.body for person in self.stage.people.values() for ack in person.acks)
        yield from ("answer" for answer in answers if needle in written(acknowledged(answer)))
        yield from ("a message that stands" for each in self._said() if needle in written(content_of(each)))

    def _said(self) -> Iterator[Json]:
        """What the bot said where it stands; the council's channel, in which the release is, apart."""
        channels = (channel for channel in self._space.channels.values() if channel.id != COUNCIL)
        return (each for channel in channels for each in channel.messages if each.get("user") == BOT_USER)


def acknowledged(answer: Json) -> Json:
    """What an acknowledgement tells, without what stands in the inputs of the modal that it shows."""
    return {**answer, "view": without_inputs(answer["view"])} if "view" in answer else answer


def content_of(message: Json) -> Json:
    """What a message holds, but for where it stands and what Slack counts it by."""
    return {name: value for name, value in message.items() if name not in ("ts", "thread_ts", "channel")}


def told(call: Call) -> Json:
    """What a call tells beyond whom it is for: the release to the council may hold words, and so may the inputs of a
    form, in which somebody gets back what they typed themselves.
    """
    args = {name: value for name, value in call.args.items() if name not in ADDRESSED.get(call.method, ())}
    if call.method in ("chat.postMessage", "chat.update") and call.args.get("channel") == COUNCIL:
        args = {name: value for name, value in args.items() if name not in ("text", "blocks")}
    if call.method in ("views.open", "views.update"):
        args["view"] = without_inputs(args["view"])
    return args


def without_inputs(view: Json) -> Json:
    """A modal without what stands in its inputs, and above them where they are previewed."""
    previewed = view["title"]["text"] == "Before it is sent"
    kept = [
        {**block, "element": {**block["element"], "initial_value": ""}} if block["type"] == "input" else block
        for block in view["blocks"]
        if not (previewed and block["type"] == "rich_text")
    ]
    return {**view, "blocks": kept}


Way = Callable[[SlackPerson, SlackStage], Awaitable[None]]
"""Leads to a concern's open form, with the words in it."""


async def by_desk(person: SlackPerson, stage: SlackStage) -> None:
    await person.command("")
    await at_desk(person, stage)


async def by_shortcut(person: SlackPerson, stage: SlackStage) -> None:
    await person.shortcut(names.DESK)
    await at_desk(person, stage)


async def at_desk(person: SlackPerson, stage: SlackStage) -> None:
    await stage.settle()
    await person.submits({"What would you like to do?": "Raise a concern", "Your words": WORDS})


async def by_command(person: SlackPerson, stage: SlackStage) -> None:
    await person.command(f"concern {WORDS}", ROOM)
    await stage.settle()


async def by_home(person: SlackPerson, stage: SlackStage) -> None:
    await person.opens_home()
    await stage.settle()
    await person.presses("Raise a concern")
    await stage.settle()


async def by_direct_message(person: SlackPerson, stage: SlackStage) -> None:
    await person.direct_message(f"concern {WORDS}")
    await stage.settle()
    await person.presses("Open the form")
    await at_desk(person, stage)


async def by_mention(person: SlackPerson, stage: SlackStage) -> None:
    await person.mention(f"concern {WORDS}", ROOM)
    await stage.settle()
    await person.presses("Open the form")
    await at_desk(person, stage)


WAYS: tuple[Way, ...] = (by_desk, by_shortcut, by_command, by_home, by_direct_message, by_mention)


async def sends(person: SlackPerson, stage: SlackStage, watch: Watch) -> str:
    """Fill in the open form of a concern, send it, and close what then stands there; returns the receipt."""
    await looks_over(person, stage, WORDS)
    await person.submits()
    await stage.settle()
    receipt = receipt_in(person.sees())
    watch.receipts.append(receipt)
    person.closes()
    return receipt


def receipt_in(seen: str) -> str:
    """The six words that are shown."""
    found = re.search(r"Receipt\s+([a-z-]+( [a-z-]+){5})\n", seen)
    assert found, f"no receipt is shown, but: {seen}"
    return found[1]


async def follows(person: SlackPerson, stage: SlackStage, receipt: str) -> str:
    """Come back with a receipt and add the words; returns what is seen."""
    await person.command(f"receipt {receipt}", ROOM)
    await stage.settle()
    await looks_over(person, stage, WORDS, "Anything to add?")
    await person.submits()
    await stage.settle()
    seen = person.sees()
    person.closes()
    return seen
