"""What stands on somebody's screen in Slack: modals, pages, messages, whispers, and what can be pressed there."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.slack.fronts import Front
from tests.doubles.slack.seen import Control, Json, controls, inputs, state_of
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.surfaces import Surface
from tests.doubles.slack.workspace import User, Workspace


@dataclass
class SlackScreen:
    """Somebody's Slack client.

    Args:
        team: the workspace that they use the app in, where it is not the one they look at.
        errors: what the modal in front of them was told is wrong, by label.
        picked: the message that they look at, where it is not the newest thing.
        home: the workspace they look at, where it is not the double's first.
    """

    double: SlackDouble
    front: Front
    user: User
    team: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    picked: Surface | None = None
    looked: int = 0
    home: Workspace | None = None

    @property
    def space(self) -> Workspace:
        """The workspace they look at."""
        return self.home or self.double.workspace

    def question(self, label: str) -> str:
        """What Slack asks before this button of what is in front of them is pressed; empty where it asks nothing."""
        surface = self.surface()
        assert surface is not None, "nothing is in front of this person"
        return self.control(surface, label).confirm

    def surface(self) -> Surface | None:
        """What is in front of them: a modal, else what they picked, else the newest thing."""
        if view := self._modal():
            return Surface("modal", view)
        if self.picked:
            return self.picked
        for kind, which in reversed(self.space.surfaces.get(self.user.id, [])):
            if found := self._found(kind, which):
                return found
        return None

    def sees_new(self) -> list[str]:
        """What appeared in front of them since they looked last."""
        everything = self.space.surfaces.get(self.user.id, [])
        appeared = dict.fromkeys(everything[self.looked :])
        self.looked = len(everything)
        return [found.shown() for each in appeared if (found := self._found(*each))]

    def modal_open(self) -> bool:
        """Whether a modal is in front of them."""
        return self._modal() is not None

    def again(self, surface: Surface) -> Surface:
        """A message or whisper as it looks now."""
        which = str(surface.content["ts"])
        return (
            self._found(surface.kind, which if surface.kind == "whisper" else f"{surface.channel} {which}") or surface
        )

    def sees(self) -> str:
        """What is in front of them, in words."""
        surface = self.surface()
        return surface.shown() if surface else ""

    async def appears(self, words: str) -> None:
        """Wait until words are in front of them."""
        async with asyncio.timeout(5):
            while words not in self.sees():
                await self.double.next_call()

    def labels(self) -> list[str]:
        """The buttons in front of them."""
        surface = self.surface()
        return [each.label for each in controls(surface.blocks)] if surface else []

    def choices(self, label: str) -> list[str]:
        """What can be chosen in a field of the open form."""
        view = self._modal()
        assert view is not None, "no form is open"
        (block,) = [block for block in inputs(view["blocks"]) if block["label"]["text"] == label]
        return [option["text"]["text"] for option in block["element"]["options"]]

    def files(self) -> list[str]:
        """The names of the files in their direct messages."""
        kept = self.space.direct(self.user.id).messages
        return [name for message in kept for name in message.get("files", [])]

    def page(self) -> str:
        """The bot's own page as it stands for them."""
        return Surface("home", self.space.homes[self.user.id]).shown()

    def fields(self) -> list[str]:
        """The labels of the fields in the modal in front of them."""
        view = self._modal()
        return [block["label"]["text"] for block in inputs(view["blocks"])] if view else []

    def filled(self, answers: Mapping[str, str]) -> Json:
        """What Slack would send of the modal in front of them, filled in like this."""
        view = self._modal()
        assert view is not None, "no form is open"
        return {**view, "state": {"values": state_of(view["blocks"], answers)}}

    def form_open(self) -> bool:
        """Whether something in front of them can be filled in and sent."""
        view = self._modal()
        return view is not None and bool(inputs(view["blocks"]))

    def sees_in(self, channel: str, thread: str | None = None) -> list[str]:
        """The messages of a channel, or of a thread in it, that everybody sees there."""
        kept = self.space.channels[channel].messages
        if thread is None:
            return [self._message(each) for each in kept if each.get("thread_ts", each["ts"]) == each["ts"]]
        return [self._message(each) for each in kept if each.get("thread_ts") == thread and each["ts"] != thread]

    def sees_all_in(self, channel: str) -> list[str]:
        """Every message of a channel that they are in, its threads included."""
        known = self.space.channels[channel]
        return [self._message(each) for each in known.messages] if self.user.id in known.members else []

    def looks_at(self, channel: str, containing: str) -> str:
        """Pick the newest message of a channel that contains the words, to press its buttons."""
        fitting = [each for each in self.space.channels[channel].messages if containing in self._message(each)]
        assert fitting, f"no message in {channel} contains {containing!r}"
        self.picked = Surface("message", fitting[-1], channel)
        return self.picked.shown()

    def whispers(self) -> list[str]:
        """What only they saw, the oldest first."""
        mine = [each for each in self.space.whispers if each.user == self.user.id and each.shown]
        return [Surface("whisper", each.message).shown() for each in mine]

    def _message(self, message: Json) -> str:
        return Surface("message", message).shown()

    def _found(self, kind: str, which: str) -> Surface | None:
        match kind:
            case "home":
                return Surface("home", self.space.homes[which])
            case "whisper":
                mine = [each for each in self.space.whispers if each.message["ts"] == which]
                return Surface("whisper", mine[0].message, mine[0].channel) if mine else None
            case _:
                channel, ts = which.split(" ")
                kept = self.space.channels[channel].message(ts)
                return Surface("message", kept, channel) if kept and kept.get("user") == self.space.bot_user else None

    def _modal(self) -> Json | None:
        stack = self.space.modals.get(self.user.id, [])
        return stack[-1] if stack else None

    def control(self, surface: Surface, label: str) -> Control:
        """What can be pressed on a surface under this label."""
        found = [each for each in controls(surface.blocks) if each.label == label]
        assert found, f"there is no button {label!r}, only {[each.label for each in controls(surface.blocks)]}"
        return found[0]
