"""What stands on somebody's screen in Teams: dialogs and messages, and what can be pressed there."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.teams.filling import values_of
from tests.doubles.teams.fronts import HttpFront
from tests.doubles.teams.organisation import BOT, Conversation, Message, Organisation, Person
from tests.doubles.teams.seen import Control, errors_in, inputs, label_of
from tests.doubles.teams.server import TeamsDouble
from tests.doubles.teams.shapes import CONSENT, Json, card_of
from tests.doubles.teams.surfaces import Surface


@dataclass
class TeamsScreen:
    """Somebody's Teams client.

    Args:
        picked: the message that they look at, where it is not the newest thing.
        toast: what Teams told them in passing after the last press.
    """

    double: TeamsDouble
    front: HttpFront
    person: Person
    picked: Surface | None = None
    looked: int = 0
    toast: str = ""
    _toggled: dict[str, dict[str, bool]] = field(default_factory=dict)

    @property
    def space(self) -> Organisation:
        """The organisation that they look at."""
        return self.double.organisation

    @property
    def direct(self) -> Conversation:
        """Their chat with the bot."""
        return self.space.direct(self.person)

    def surface(self) -> Surface | None:
        """What is in front of them: a dialog, else what they picked, else the newest thing."""
        if dialog := self.dialog():
            return self.dialog_surface(dialog)
        if self.picked:
            return self.picked
        everything = reversed(self.space.surfaces.get(self.person.aad, []))
        return next((found for each in everything if (found := self._found(each))), None)

    def front_surface(self) -> Surface:
        """What is in front of them, where there is anything."""
        surface = self.surface()
        assert surface is not None, "nothing is in front of this person"
        return surface

    def dialog(self) -> Json | None:
        """The dialog in front of them."""
        return self.space.dialogs.get(self.person.aad)

    def dialog_surface(self, dialog: Json) -> Surface:
        """A dialog in front of them."""
        return Surface("dialog", dialog["card"], dialog, shown=dialog["shown"])

    def again(self, surface: Surface) -> Surface:
        """A message as it looks now."""
        return self._found(surface.message) or surface

    def sees(self) -> str:
        """What is in front of them, in words."""
        surface = self.surface()
        return surface.seen() if surface else ""

    def sees_new(self) -> list[str]:
        """What appeared in front of them since they looked last."""
        everything = self.space.surfaces.get(self.person.aad, [])
        appeared = dict.fromkeys(everything[self.looked :])
        self.looked = len(everything)
        return [found.seen() for each in appeared if (found := self._found(each))]

    async def appears(self, words: str) -> None:
        """Wait until words are in front of them."""
        async with asyncio.timeout(5):
            while words not in self.sees():
                await self.double.next_call()

    def question(self, label: str) -> str:
        """What is asked before this button of what is in front of them is pressed; empty where nothing is."""
        return self.control(self.front_surface(), label).confirm

    def labels(self) -> list[str]:
        """The buttons in front of them."""
        surface = self.surface()
        return [each.label for each in surface.controls()] if surface else []

    @property
    def errors(self) -> dict[str, str]:
        """What the open dialog says is wrong, by label; what concerns no field, by no label."""
        dialog = self.dialog()
        return errors_in(dialog["card"]) if dialog else {}

    def fields(self) -> list[str]:
        """The labels of the fields in the dialog in front of them."""
        dialog = self.dialog()
        return [label_of(each) for each in inputs(dialog["card"])] if dialog else []

    def form_open(self) -> bool:
        """Whether something in front of them can be filled in and sent."""
        return bool(self.fields())

    def choices(self, label: str) -> list[str]:
        """What can be chosen in a field of the open dialog."""
        dialog = self.dialog()
        assert dialog is not None, "no form is open"
        (field_there,) = [each for each in inputs(dialog["card"]) if label_of(each) == label]
        return [each["title"] for each in field_there["choices"]]

    def sees_in(self, conversation: str, thread: str | None = None) -> list[str]:
        """What they see in a conversation beside its threads, or below one message of it."""
        shown = self._shown(conversation)
        return [self._surface(each).seen() for each in shown if each.thread == (thread or "")]

    def sees_all_in(self, conversation: str) -> list[str]:
        """Everything that they see in a conversation, its threads included."""
        return [self._surface(each).seen() for each in self._shown(conversation)]

    def looks_at(self, conversation: str, containing: str) -> str:
        """Pick the newest message of a conversation that contains the words, to press its buttons."""
        fitting = [each for each in map(self._surface, self._shown(conversation)) if containing in each.seen()]
        assert fitting, f"no message contains {containing!r}"
        self.picked = fitting[-1]
        return self.picked.seen()

    def offered(self) -> list[str]:
        """The names of the files that the bot offers in their chat."""
        attachments = (part for each in self.direct.messages for part in each.content.get("attachments") or [])
        return [part["name"] for part in attachments if part.get("contentType") == CONSENT]

    def control(self, surface: Surface, label: str) -> Control:
        """What can be pressed on a surface under this label."""
        found = [each for each in surface.controls() if each.label == label]
        assert found, f"there is no button {label!r}, only {[each.label for each in surface.controls()]}"
        return found[0]

    def toggle(self, surface: Surface, action: Json) -> None:
        """Let parts of what is in front of them appear or disappear."""
        for each in action["targetElements"]:
            surface.shown[each["elementId"]] = each["isVisible"]

    def filled(self, filled: Mapping[str, str]) -> Json:
        """The values of the open dialog, filled in like this."""
        dialog = self.dialog()
        assert dialog is not None, "no form is open"
        return values_of(dialog["card"], filled, {each.name: each.aad for each in self.space.people.values()})

    def _shown(self, conversation: str) -> list[Message]:
        return list(self.space.shown(self.space.conversations[conversation], self.person.aad))

    def _found(self, which: str) -> Surface | None:
        message = self.space.message(which)
        if message is None or message.by != BOT or message not in self._shown(message.conversation):
            return None
        return self._surface(message)

    def _surface(self, message: Message) -> Surface:
        card = message.views.get(self.person.aad) or card_of(message.content)
        # What was made to appear is hidden again in a card that was drawn anew.
        shown = self._toggled.setdefault(f"{message.id} {message.edits} {message.redrawn}", {})
        return Surface("message", card, message.content, message.conversation, message.id, shown)
