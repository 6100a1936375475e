"""A small house with a door of every kind, and a terminal in front of it."""

import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rich.console import Console

from adapters.terminal.app import Terminal
from adapters.terminal.board import Board
from adapters.terminal.lines import Lines, ScriptLines
from adapters.terminal.messenger import TerminalMessenger
from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Attachment, Button, Card, Confirm, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.crowd import Crowd
from bot.chat.errors import Conflict, StoreProblem
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.forms import (
    ChoiceField,
    DateField,
    FormErrors,
    FormSpec,
    PersonField,
    TextField,
    TimeField,
    ToggleField,
    Values,
)
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.replies import Answer, OpenForm, Redraw, Reply, Whisper
from bot.chat.router import Command, Router, on_button, on_form
from bot.chat.sealed import HomePart, SealedCommand, SealedHome, sealed_form

COUNCIL = Place("terminal", "council")


@dataclass(frozen=True)
class Case:
    number: int


CLAIM = Action("house.claim/1", Case)
DELETE = Action("house.delete/1", NoPayload)
ORDER = Action("house.order/1", NoPayload)
STALE = Action("house.stale/9", NoPayload)


def _order(values: Values, _hidden: str) -> dict[str, str] | FormErrors:
    if values["topic"] == "privacy" and not values["reason"]:
        return FormErrors({"reason": "Privacy needs a reason."})
    return dict(values)


FORM = FormSpec(
    "house.order/1",
    "Order an hour",
    (
        TextField("topic", "Topic", hint="One word.", initial="fairness", most=20),
        TextField("reason", "Reason", required=False, multiline=True),
        ChoiceField("length", "Length", (("30", "Half an hour"), ("60", "An hour"))),
        DateField("day", "Day", initial="2026-11-23"),
        TimeField("time", "Time"),
        PersonField("guest", "Guest", required=False),
        ToggleField("remind", "Remind me"),
    ),
    "Book it",
    _order,
    intro=(Text("An hour with **somebody** who knows."),),
)

CONCERN = FormSpec(
    "house.concern/1",
    "Say it",
    (TextField("words", "What goes wrong?", multiline=True),),
    "Send",
    lambda values, _hidden: values["words"],
)


def everything(name: str) -> Card:
    """A card with a block and a button of every kind."""
    return Card(
        "Is our hiring model fair?",
        (
            Text("It *depends*. Two things:\n\n- the **base rates**\n- [who decides](https://example.org/who)"),
            Facts((("Owner", name), ("A rather long label for a short value", "yes"), ("Receipt", "calm-otter-seven"))),
            Quote("[bold]They[/bold] said\n**no** to `me`, @channel", by="Mira"),
            Divider(),
            Image("https://example.org/a.png", "Two bars, one higher"),
            Sources(
                (Source("NIST AI RMF", "https://www.nist.gov/itl/ai-risk-management-framework", "section 3.7"),),
                as_of=date(2026, 11, 1),
            ),
            Attachment("hour.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ),
        (
            Button("Claim", CLAIM(Case(7)), "primary"),
            Button("Order", ORDER(NoPayload()), opens_form=True),
            Button("Delete", DELETE(NoPayload()), "danger", confirm=Confirm("Delete it for good?", "Delete")),
        ),
    )


@dataclass
class House:
    """What happened in the house, and how its doors behave.

    Args:
        due: cards that the next settling brings to the council's place.
        busy: how many forms are turned away because the store is busy.
        defects: how many concerns are kept and then fail.
    """

    board: Board
    orders: list[Values] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    pressed_on: list[MessageRef | None] = field(default_factory=list)
    due: list[Card] = field(default_factory=list)
    settled: int = 0
    busy: int = 0
    defects: int = 0

    def router(self) -> Router:
        return Router(
            (
                Command("ask", "ask anything", self.ask, takes_text=True, otherwise=True),
                Command("whisper", "hear something alone", self.whisper),
                Command("order", "order an hour", self.open_order),
                SealedCommand("concern", "say what goes wrong", self.open_concern),
                Command("conflict", "be too late", self.conflict),
                Command("crash", "find a defect", self.crash),
                Command("refuse", "be told what is wrong", self.refuse),
                on_button(CLAIM, self.claim),
                on_button(DELETE, self.delete),
                on_button(ORDER, self.press_order),
                on_form(FORM, self.ordered),
                sealed_form(CONCERN, self.concerned),
                SealedHome(self.home),
            ),
            Crowd(),
        )

    async def ask(self, event: CommandUsed) -> Reply:
        stale = Button("Old", STALE(NoPayload()))
        return Answer(Card("Answer", (Quote(event.text),), (*everything(event.actor.user).buttons, stale)))

    async def whisper(self, event: CommandUsed) -> Reply:
        return Whisper(everything(event.actor.user))

    async def open_order(self, _event: CommandUsed) -> Reply:
        return OpenForm(FORM.form())

    async def open_concern(self, words: str) -> Reply:
        return OpenForm(CONCERN.form(initial={"words": words}))

    async def conflict(self, _event: CommandUsed) -> Reply:
        raise Conflict("Somebody was faster. Nothing was booked. Please choose another hour.")

    async def crash(self, event: CommandUsed) -> Reply:
        raise ZeroDivisionError(f"{event.actor.address} {event.text}")

    async def refuse(self, _event: CommandUsed) -> Reply:
        return FormErrors({"topic": "That is no topic."})

    async def claim(self, event: ButtonPressed, payload: Case) -> Reply:
        self.pressed_on.append(event.on)
        return Redraw(Card(f"Case {payload.number}", (Facts((("Owner", event.actor.user),)),)))

    async def delete(self, event: ButtonPressed, _payload: NoPayload) -> Reply:
        self.pressed_on.append(event.on)
        return Answer(Card("Deleted"))

    async def press_order(self, _event: ButtonPressed, _payload: NoPayload) -> Reply:
        return OpenForm(FORM.form())

    async def ordered(self, _event: FormSubmitted, values: Values) -> Reply:
        if values["topic"] == "taken":
            return FormErrors({"topic": "That one is taken.", "": "The calendar changed meanwhile."})
        if values["topic"] == "anything":
            return FormErrors({"": "Something in here does not fit."})
        if values["topic"] == "gone":
            raise Conflict("Somebody was faster. Nothing was booked. Please choose another hour.")
        self.orders.append(values)
        return Whisper(Card("Booked", (Facts(tuple(values.items())),)))

    async def concerned(self, words: str) -> Reply:
        if self.busy:
            self.busy -= 1
            raise StoreProblem("The database is busy. Your words are still here. Please send them again.")
        self.concerns.append(words)
        if self.defects:
            self.defects -= 1
            raise ZeroDivisionError(words)
        self.due.append(Card("Concern", (Quote(words),), (Button("Claim", CLAIM(Case(1))),)))
        return Whisper(Card("Thank you", (Facts((("Receipt", "calm-otter-seven"),)),)))

    async def home(self) -> HomePart:
        return HomePart((Text("Welcome."),), (Button("Order", ORDER(NoPayload())),))

    async def settle(self) -> None:
        self.settled += 1
        while self.due:
            card = self.due.pop(0)
            await TerminalMessenger(self.board).post(COUNCIL, card, f"{card.title}-{self.settled}")


def flowing(screen: str) -> str:
    """What is on the screen as running words, without frames and line breaks."""
    return " ".join(screen.replace("│", " ").split())


def places_of(actor: Actor) -> tuple[Place, ...]:
    """The chair and mira sit in the council."""
    return (COUNCIL,) if actor.user in ("chair", "mira") else ()


def terminal(
    house: House, console: Console, lines: Lines, folder: Path, people: tuple[str, ...] = ("chair", "mira")
) -> Terminal:
    """A terminal in front of the house."""
    return Terminal(
        house.router(), house.board, house.settle, places_of, people, console, lines, folder, ("Just a trial.",)
    )


@dataclass
class Session:
    """Runs scripts in front of one house, and reads what was on the screen."""

    folder: Path
    width: int = 80
    people: tuple[str, ...] = ("chair", "mira")
    status: int = -1

    def __post_init__(self) -> None:
        self.house = House(Board(self.folder / "data"))

    async def play(self, script: str) -> str:
        screen = io.StringIO()
        console = Console(file=screen, width=self.width)
        front = terminal(self.house, console, ScriptLines(script, console), self.folder / "files", self.people)
        self.status = await front.run()
        return screen.getvalue()
