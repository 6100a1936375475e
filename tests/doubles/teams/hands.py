"""What people press in Teams and fill in, and what their client makes of the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.teams import payloads
from tests.doubles.teams.cards import problems_of_card
from tests.doubles.teams.fronts import Answer
from tests.doubles.teams.organisation import Message
from tests.doubles.teams.screens import TeamsScreen
from tests.doubles.teams.seen import Control, answers_to
from tests.doubles.teams.shapes import CARD, Json
from tests.doubles.teams.surfaces import Surface

NOT_REACHED = "Unable to reach app. Please try again."
_SPOKEN = "application/vnd.microsoft.activity.message"
_SIZES = ("small", "medium", "large")


@dataclass
class TeamsHands(TeamsScreen):
    """Somebody's hands at their Teams client.

    Args:
        executes: whether their client is new enough to know Action.Execute.
        patience: seconds that Teams waits for an invoke's answer before it says that the app cannot be reached.
        sent: the dialog that they sent last, with what they sent.
    """

    executes: bool = True
    patience: float = 5.0
    sent: Json = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    @property
    def sender(self) -> payloads.Sender:
        """What their activities begin with."""
        return payloads.Sender(self.space, self.person, self.double.service_url)

    async def presses(self, label: str, *, agree: bool = True) -> Answer | None:
        """Press a button of what is in front of them; None where they do not agree to its question."""
        surface = self.front_surface()
        control = self.control(surface, label)
        self.picked = None
        if control.action["type"] != "Action.ToggleVisibility":
            return await self.press(surface, control)
        self.toggle(surface, control.action)
        return await self._answers(surface, answers_to(surface.card, control.action), agree=agree)

    async def press(self, surface: Surface, control: Control) -> Answer | None:
        """Press a control, wherever it stood: a client may still show what is gone."""
        self.toast, action = "", control.action
        if action["type"] == "Action.Execute" and not self.executes:
            action = action["fallback"]
        if action["type"] == "Action.OpenUrl":
            return None
        if surface.kind == "dialog":
            values = {} if action.get("associatedInputs") == "none" else self.filled({})
            return await self.sends({**surface.content, "data": {**action["data"], **values}})
        on = self._stood(surface)
        if action["type"] == "Action.Execute":
            return await self._executes(on, action)
        if action["data"].get("msteams"):
            return await self._opens(payloads.fetched(self.sender, on, action["data"]), on)
        return await self.hands(payloads.pressed_submit(self.sender, on, action["data"]))

    async def extension(self, command: str, message: str = "", conversation: str = "") -> Answer:
        """Choose an action of the message extension: on a message, or beside what they write."""
        kept = self.space.message(message)
        on = kept or Message("", conversation or self.direct.id, self.person.aad, {})
        told: Json = {"commandId": command, "commandContext": "message" if kept else "compose"}
        if kept:
            known = self.space.people.get(kept.by)
            told["messagePayload"] = payloads.message_payload(known.name if known else payloads.BOT_NAME, kept)
        return await self._opens(payloads.extension(self.sender, "composeExtension/fetchTask", on, told), on, told)

    async def submits(self, filled: Mapping[str, str] | None = None) -> Answer:
        """Fill in the dialog in front of them and send it."""
        dialog = self.dialog()
        assert dialog is not None, "no form is open"
        buttons = [each.action for each in self.dialog_surface(dialog).controls()]
        sending = [each for each in buttons if each["type"] == "Action.Submit"]
        assert sending, "there is nothing to send it with"
        self.sent = {**dialog, "data": {**sending[0]["data"], **self.filled(filled or {})}}
        return await self.sends(self.sent)

    async def submits_again(self) -> Answer:
        """Send the last dialog once more, from another device on which it is still open."""
        assert self.sent, "no form was sent"
        self.space.dialogs[self.person.aad] = self.sent
        return await self.sends(self.sent)

    async def sends(self, dialog: Json) -> Answer:
        """Send a dialog as it was filled in, whether it still stands in front of them or not."""
        self.toast, on = "", dialog["on"]
        if told := dialog["extension"]:
            value = {**told, "data": dialog["data"]}
            activity = payloads.extension(self.sender, "composeExtension/submitAction", on, value)
        else:
            activity = payloads.submitted(self.sender, on, dialog["data"])
        answer = await self.hands(activity)
        self._apply(answer, on, told)
        return answer

    def closes(self) -> None:
        """Close the dialog in front of them."""
        self.space.dialogs.pop(self.person.aad)

    async def hands(self, activity: Json, token: str | None = None) -> Answer:
        """Let Teams hand an activity over; the same one again is a repeated delivery."""
        answer = await self.front.send(activity, token)
        self.answers.append(answer)
        if activity["type"] == "invoke" and answer.seconds > self.patience:
            self.space.complaints.append(f"{activity['name']}: answered after {self.patience:g} s")
        return answer

    async def _answers(self, surface: Surface, offered: list[Control], *, agree: bool) -> Answer | None:
        """Answer the question that a button has made appear."""
        back = next((each for each in offered if each.action["type"] == "Action.ToggleVisibility"), None)
        if agree and (yes := next((each for each in offered if each is not back), None)):
            return await self.press(surface, yes)
        if back:
            self.toggle(surface, back.action)
        return None

    async def _executes(self, on: Message, action: Json) -> Answer:
        told: Json = {name: action[name] for name in ("type", "id", "title", "verb", "data") if name in action}
        answer = await self.hands(payloads.executed(self.sender, on, told))
        body = answer.body
        match (answer.status, body.get("statusCode"), body.get("type")):
            case (200, 200, kind) if kind == CARD:
                self.space.complaints += problems_of_card(body["value"], "message")
                on.redraw(self.person.aad, body["value"])
            case (200, 200, kind) if kind == _SPOKEN:
                self.toast = str(body["value"])
            case _:
                self._fails(answer, "adaptiveCard/action")
        return answer

    async def _opens(self, activity: Json, on: Message, extension: Json | None = None) -> Answer:
        answer = await self.hands(activity)
        if answer.status == 200 and not answer.body.get("task"):
            self.space.complaints.append(f"{activity['name']}: opens nothing")
        self._apply(answer, on, extension or {})
        return answer

    def _apply(self, answer: Answer, on: Message, extension: Json) -> None:
        """What Teams' client does with the answer to a dialog: another one in its place, words, or none."""
        task = answer.body.get("task") or {}
        opened = {"on": on, "extension": extension, "shown": {}}
        match (answer.status, task.get("type")):
            case (200, "continue"):
                self.space.dialogs[self.person.aad] = {**opened, **self._continued(task["value"])}
            case (200, "message"):
                self.space.dialogs[self.person.aad] = {**opened, "title": "", "card": {}, "text": task["value"]}
            case (200, None):
                self.space.dialogs.pop(self.person.aad, None)
            case _:
                self._fails(answer, "dialog")

    def _continued(self, value: Json) -> Json:
        card = value.get("card", {}).get("content")
        problems = problems_of_card(card, "dialog")
        if not str(value.get("title", "")).strip():
            problems.append("dialog: no title")
        for side in ("width", "height"):
            if not isinstance(value.get(side), int) and value.get(side) not in _SIZES:
                problems.append(f"dialog.{side}: neither a number nor small, medium or large")
        if value.get("card", {}).get("contentType") != CARD:
            problems.append("dialog: no card")
        self.space.complaints += problems
        return {"title": value.get("title", ""), "card": card}

    def _fails(self, answer: Answer, name: str) -> None:
        """What a client shows where it was told of an error, or nothing that it understands."""
        self.toast = NOT_REACHED
        if answer.status == 200:
            self.space.complaints.append(f"{name}: an answer that no client understands")

    def _stood(self, surface: Surface) -> Message:
        """The message that was pressed; where it is gone, as it was."""
        gone = Message(surface.message, surface.conversation, "", surface.content)
        return self.space.message(surface.message) or gone
