"""People who use an app in Slack: what they type, press and send, and what they then see."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.slack import payloads
from tests.doubles.slack.api import Api, Refusal
from tests.doubles.slack.fronts import Ack, Front
from tests.doubles.slack.seen import Control, Json, controls, inputs, state_of
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.surfaces import Surface
from tests.doubles.slack.workspace import User, Workspace


@dataclass
class SlackPerson:
    """Somebody at their Slack client.

    Args:
        team: the workspace that they use the app in, where it is not the one they look at.
        home: the workspace they look at, where it is not the double's first.
    """

    double: SlackDouble
    front: Front
    user: User
    team: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    sent: Json = field(default_factory=dict)
    picked: Surface | None = None
    looked: int = 0
    acks: list[Ack] = field(default_factory=list)
    home: Workspace | None = None

    @property
    def space(self) -> Workspace:
        """The workspace they look at."""
        return self.home or self.double.workspace

    @property
    def _sender(self) -> payloads.Sender:
        return payloads.Sender(self.space, self.user, self.team or self.space.team)

    async def command(self, text: str, channel: str = "") -> Ack:
        """Type ``/rai text`` in a channel, or in the direct messages."""
        where = channel or self.space.direct(self.user.id).id
        url = self.double.response_url(where, self.user.id, space=self.space)
        return await self._send("command", payloads.command(self._sender, text, where, url))

    async def mention(self, text: str, channel: str, thread: str = "") -> Ack:
        """Write ``@bot text`` in a channel."""
        words = f"<@{self.space.bot_user}> {text}"
        kept = self._writes(words, channel, thread)
        return await self.event({**kept, "type": "app_mention", "channel": channel, "team": self.user.team})

    async def direct_message(self, text: str) -> Ack:
        """Write to the bot alone."""
        channel = self.space.direct(self.user.id).id
        kept = self._writes(text, channel, "")
        return await self.event({**kept, "channel": channel, "channel_type": "im", "team": self.user.team})

    async def opens_home(self, tab: str = "home") -> Ack:
        """Open the bot's own page, or its messages."""
        channel = self.space.direct(self.user.id).id
        return await self.event({"type": "app_home_opened", "user": self.user.id, "channel": channel, "tab": tab})

    async def event(self, event: Json, event_id: str = "", retry: int = 0) -> Ack:
        """Cause an event; with ``retry``, one that Slack sends again."""
        payload = payloads.event(self._sender, event, event_id)
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self._send("event", payload, headers)

    async def shortcut(self, callback: str, channel: str = "", ts: str = "") -> Ack:
        """Choose the bot's shortcut from a menu; with a channel and message, the one for messages."""
        url = self.double.response_url(channel, self.user.id, space=self.space) if ts else ""
        payload = payloads.shortcut(self._sender, callback, channel, ts, url)
        return await self._send("interactive", payload)

    async def presses(self, label: str, *, agree: bool = True) -> Ack | None:
        """Press a button of what is in front of them; None where they do not agree to its question."""
        surface = self.surface()
        assert surface is not None, "nothing is in front of this person"
        control = self.control(surface, label)
        if control.confirm and not agree:
            return None
        self.picked = None
        return await self.press(surface, control)

    async def press(self, surface: Surface, control: Control) -> Ack:
        """Press a control, wherever it stood: a client may still show what is gone."""
        on = {"message": (str(surface.content.get("ts")), ""), "whisper": ("", str(surface.content.get("ts")))}
        url = ""
        if surface.kind in on:
            url = self.double.response_url(surface.channel, self.user.id, *on[surface.kind], space=self.space)
        payload = payloads.press(self._sender, surface, control.action(), url)
        return await self._send("interactive", payload)

    async def submits(self, filled: Mapping[str, str] | None = None) -> Ack:
        """Fill in the modal in front of them and send it."""
        view = self._modal()
        assert view is not None, "no form is open"
        # What was typed into a modal stays there as long as it is told what is wrong.
        self.typed = {**(self.typed if self.errors else {}), **(filled or {})}
        values = state_of(view["blocks"], self.typed)
        self.sent = {**view, "state": {"values": values}}
        return await self.sends(self.sent)

    async def submits_again(self) -> Ack:
        """Send the last modal once more, from another device on which it is still open."""
        assert self.sent, "no form was sent"
        self.space.modals.setdefault(self.user.id, []).append(self.sent)
        return await self.sends(self.sent)

    async def sends(self, view: Json) -> Ack:
        """Send a modal as it was filled in, whether it still stands in front of them or not."""
        ack = await self._send("interactive", payloads.submission(self._sender, view))
        self._apply(ack, view["hash"])
        return ack

    def closes(self) -> None:
        """Close the modal in front of them."""
        self.space.modals[self.user.id].pop()
        self.errors = {}

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

    def _apply(self, ack: Ack, sent: str) -> None:
        """What Slack's client does with the answer to a sent modal: nothing, where another stands there by now."""
        stack = self.space.modals[self.user.id]
        self.errors = {}
        if ack.status != 200 or not stack or stack[-1]["hash"] != sent:
            return
        match ack.body.get("response_action"):
            case "errors":
                blocks = {block["block_id"]: block["label"]["text"] for block in inputs(stack[-1]["blocks"])}
                unknown = set(ack.body["errors"]) - set(blocks)
                assert not unknown, f"errors at no input: {unknown}"
                self.errors = {blocks[name]: sentence for name, sentence in ack.body["errors"].items()}
            case "update":
                stack[-1] = self._updated(stack[-1], ack.body["view"])
            case None:
                stack.pop()
            case other:
                raise AssertionError(f"an answer that nobody expected: {other}")

    def _updated(self, before: Json, view: Json) -> Json:
        try:
            checked = Api(self.space).checked_view(view)
        except Refusal as refusal:
            raise AssertionError(f"Slack would refuse this modal: {refusal.answer}") from None
        return {**checked, **{name: before[name] for name in ("id", "root_view_id", "previous_view_id")}}

    def _writes(self, text: str, channel: str, thread: str) -> Json:
        under = {"thread_ts": thread} if thread else {}
        return self.space.keep(self.space.channels[channel], {"user": self.user.id, "text": text, **under})

    async def _send(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Ack:
        ack = await self.front.send(kind, payload, headers)  # type: ignore[arg-type]
        self.acks.append(ack)
        return ack
