"""The whole house on fake ports, and people who speak with it: what they say, press and fill in, and what they see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app import App
from bot.chat.cards import Button, Card
from bot.chat.errors import HouseError
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted, Inbound
from bot.chat.forms import ChoiceField, Form, FormErrors
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.plain import plain_block, plain_card
from bot.chat.replies import Answer, OpenForm, Redraw, Reply, Whisper
from tests.fakes.ports import FakeMessenger, corner
from tests.fakes.timing import FakeClock


@dataclass
class House:
    """A house whose platform, clock and people are in the test's hands."""

    app: App
    messenger: FakeMessenger
    clock: FakeClock

    def person(self, name: str) -> "Person":
        """Somebody at a terminal; ``chair``, ``engineer`` and the sample's other titles have a seat."""
        return Person(self, Actor("terminal", "local", name))

    async def later(self, by: timedelta) -> None:
        """Let time pass, and what is due happen."""
        self.clock.move(by)
        await self.app.settle()

    def council_place(self) -> list[str]:
        """What stands where cases are posted, the oldest first."""
        return [plain_card(card) for card in self.messenger.seen(self.app.council.place)]

    def council_threads(self) -> list[str]:
        """What stands in the cases' threads, the oldest first."""
        return [plain_card(card) for _, card in self.messenger.threads(self.app.council.place)]


@dataclass
class Person:
    """Somebody who speaks with the bot and looks at what it shows."""

    house: House
    actor: Actor
    card: Card | None = None
    form: Form | None = None
    errors: dict[str, str] = field(default_factory=dict)
    on: MessageRef | None = None
    others_read: bool = False

    async def says(self, line: str, place: str = "desk", *, others_read: bool = False, thread: str = "") -> str:
        """Write to the bot; returns what is seen."""
        verb, _, text = line.partition(" ")
        self.others_read = others_read
        return await self._does(CommandUsed(self.actor, Place("terminal", place, thread), verb, text, others_read))

    async def says_only(self, line: str) -> str:
        """Write to the bot while nothing that is due can happen."""
        verb, _, text = line.partition(" ")
        return self._sees(
            await self.house.app.router.handle(CommandUsed(self.actor, Place("terminal", "desk"), verb, text))
        )

    def labels(self) -> list[str]:
        """The buttons of the card that was seen last."""
        return [button.label for button in self.card.every_button] if self.card else []

    def carried(self) -> str:
        """Everything that the buttons of the card that was seen last would carry, and the platform would keep."""
        return " ".join(button.action.data for button in self.card.every_button) if self.card else ""

    async def presses(self, label: str) -> str:
        """Press a button of the card that was seen last."""
        button, self.form = self._button(label), None
        pressed = button.action
        seen = await self._does(ButtonPressed(self.actor, self.on, pressed.name, pressed.data, self.others_read))
        # Teams must know while drawing: a button that did not say so may never open a form.
        assert button.opens_form or self.form is None, f"{label!r} opens a form and does not say so"
        return seen

    async def reply_to(self, label: str) -> Reply:
        """What the house answers to a button of the card that was seen last, undrawn."""
        pressed = self._button(label).action
        event = ButtonPressed(self.actor, self.on, pressed.name, pressed.data, self.others_read)
        return await self.house.app.router.handle(event)

    async def fills(self, **values: str) -> str:
        """Fill in the open form; what is not named keeps its initial value."""
        assert self.form is not None, "no form is open"
        given = {each.name: each.initial for each in self.form.fields} | values
        return await self._does(FormSubmitted(self.actor, self.form.name, given, self.form.hidden))

    async def sends(self, **values: str) -> str:
        """Fill in the open form, and send it again as it stands where it comes back as a preview."""
        seen = await self.fills(**values)
        return await self.fills() if self.form and self.form.ready else seen

    def option(self, name: str, number: int = 0) -> str:
        """The value of one option of the open form's choice."""
        assert self.form is not None, "no form is open"
        choices = {each.name: each.options for each in self.form.fields if isinstance(each, ChoiceField)}
        return choices[name][number][0]

    def looks(self, where: Place | None = None, which: Callable[[str], bool] = lambda _: True) -> str:
        """Look at the newest message in a place, or in one's own corner, that fits; its buttons can then be pressed."""
        wanted = corner(where or self.actor)
        fitting = [
            (ref, card)
            for ref, card in self.house.messenger.messages.items()
            if ref.place == wanted and which(plain_card(card))
        ]
        self.on, self.card = fitting[-1]
        return plain_card(self.card)

    def looks_into_threads(self) -> str:
        """Look at the newest message in the threads of the council's place."""
        self.on, self.card = None, self.house.messenger.threads(self.house.app.council.place)[-1][1]
        return plain_card(self.card)

    def corner(self) -> list[str]:
        """What the bot has told this person unasked, the oldest first."""
        return [plain_card(card) for card in self.house.messenger.seen(self.actor)]

    async def _does(self, event: Inbound) -> str:
        try:
            reply = await self.house.app.router.handle(event)
        except HouseError as error:
            return error.message_for_person
        finally:
            await self.house.app.settle()
        return self._sees(reply)

    def _sees(self, reply: Reply) -> str:
        match reply:
            case Whisper(card) | Answer(card):
                self.card, self.on, self.form = card, None, None
                return plain_card(card)
            case Redraw(card):
                if self.on:
                    self.house.messenger.messages[self.on] = card
                self.card = card
                return plain_card(card)
            case OpenForm(form):
                self.form = form
                intro = (plain_block(block) for block in form.intro)
                return "\n".join([form.title, *intro, *(each.label for each in form.fields)])
            case FormErrors(by_field):
                self.errors = dict(by_field)
                return "\n".join(f"{name}: {problem}" for name, problem in by_field.items())

    def _button(self, label: str) -> Button:
        assert self.card is not None, "no card was seen"
        labels = self.labels()
        assert label in labels, f"there is no button {label!r}, only {labels}"
        return self.card.every_button[labels.index(label)]
