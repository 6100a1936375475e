"""People who use an app in Slack: what they type, press and send."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.slack import payloads
from tests.doubles.slack.api import Api, Refusal
from tests.doubles.slack.fronts import Ack
from tests.doubles.slack.screens import SlackScreen
from tests.doubles.slack.seen import Control, Json, inputs, state_of
from tests.doubles.slack.surfaces import Surface


@dataclass
class SlackPerson(SlackScreen):
    """Somebody at their Slack client, and what they do there.

    Args:
        typed: what they have typed into the modal in front of them.
        sent: the modal that they sent last.
    """

    typed: dict[str, str] = field(default_factory=dict)
    sent: Json = field(default_factory=dict)
    acks: list[Ack] = field(default_factory=list)

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
