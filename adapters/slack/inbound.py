"""What Slack tells, read as the house's events: pure, and careful with whatever comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from adapters.shapes import Json, inner, objects, word
from adapters.slack import names
from adapters.slack.controls import read_press
from adapters.slack.render_form import read_form
from bot.chat import router
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened, Inbound

Surface = Literal["command", "mention", "direct", "message", "modal", "home", "shortcut"]


@dataclass(frozen=True)
class Origin:
    """Where an event came from, and how it can be answered.

    Args:
        channel: the channel it happened in; empty where it was in none.
        thread: where an answer for everybody belongs.
        whisper_thread: where an answer for this person alone belongs; Slack shows a whisper in a thread only if the
            thread was there already.
        response_url: takes answers without a token, for half an hour.
        trigger: opens a modal, once, within three seconds.
        view: the modal or page that was acted on, as Slack sent it.
        message: the time stamp of the message that was pressed, where it is a kept one.
        shared: whether the modal was opened where another organisation reads.
    """

    team: str
    user: str
    surface: Surface
    channel: str = ""
    thread: str = ""
    whisper_thread: str = ""
    response_url: str = field(default="", repr=False)
    trigger: str = field(default="", repr=False)
    view: Json = field(default_factory=dict, repr=False)
    message: str = ""
    opens_form: bool = False
    shared: bool = False

    def __repr__(self) -> str:
        return f"Origin({self.surface})"


@dataclass(frozen=True)
class Arrived:
    """An event of the house, and where it came from."""

    event: Inbound
    origin: Origin


SHARED = "#shared"
"""Behind a modal's name where it was opened in a channel that another organisation reads."""


def command(payload: Mapping[str, object]) -> Arrived:
    """``/rai …``: alone it opens the desk."""
    team, user, channel = word(payload, "team_id"), word(payload, "user_id"), word(payload, "channel_id")
    origin = Origin(
        team,
        user,
        "command",
        channel,
        response_url=word(payload, "response_url"),
        trigger=word(payload, "trigger_id"),
    )
    verb, text = _split(plain(word(payload, "text")))
    if not verb:
        return Arrived(DeskOpened(names.actor(team, user)), origin)
    others = bool(channel) and not channel.startswith("D")
    return Arrived(CommandUsed(names.actor(team, user), names.place(channel), verb, text, others), origin)


def mention(payload: Mapping[str, object], bot: str) -> Arrived | None:
    """Somebody called the bot by its name in a channel; None for what other bots and edits cause."""
    event = inner(payload, "event")
    user, channel = word(event, "user"), word(event, "channel")
    if not user or not channel or event.get("bot_id") or event.get("edited"):
        return None
    thread, ts = word(event, "thread_ts"), word(event, "ts")
    origin = Origin(_team(payload), user, "mention", channel, thread or ts, thread)
    verb, text = _split(plain(word(event, "text").replace(f"<@{bot}>", " ")))
    where = names.place(channel, thread or ts)
    return Arrived(
        CommandUsed(names.actor(_home(event, payload), user), where, verb or router.HELP, text, True), origin
    )


def direct_message(payload: Mapping[str, object]) -> Arrived | None:
    """Somebody wrote to the bot alone; None for what is no new message of a person's."""
    event = inner(payload, "event")
    user, channel, subtype = word(event, "user"), word(event, "channel"), word(event, "subtype")
    if word(event, "channel_type") != "im" or not user or event.get("bot_id") or subtype not in ("", "file_share"):
        return None
    thread = word(event, "thread_ts")
    origin = Origin(_team(payload), user, "direct", channel, thread, thread)
    verb, text = _split(plain(word(event, "text")))
    who = names.actor(_home(event, payload), user)
    return Arrived(CommandUsed(who, names.place(channel, thread), verb or router.HELP, text), origin)


def home(payload: Mapping[str, object]) -> Arrived | None:
    """Somebody opened the bot's own page; None where it was its messages."""
    event = inner(payload, "event")
    team, user = _team(payload), word(event, "user")
    if word(event, "tab") != "home" or not user:
        return None
    return Arrived(HomeOpened(names.actor(team, user)), Origin(team, user, "home"))


def press(payload: Mapping[str, object]) -> Arrived | None:
    """Somebody pressed a button; None where it was none of ours, such as a choice inside a form."""
    try:
        pressed = read_press(next(objects(payload, "actions"), {}))
    except ValueError:
        return None
    team, user = word(payload, "team", "id"), word(payload, "user", "id")
    view, container = inner(payload, "view"), inner(payload, "container")
    channel, ts = word(payload, "channel", "id") or word(container, "channel_id"), word(container, "message_ts")
    kept = bool(ts) and not container.get("is_ephemeral")
    surface: Surface = "message" if not view else "home" if word(view, "type") == "home" else "modal"
    thread = pressed.thread or word(container, "thread_ts")
    origin = Origin(
        team,
        user,
        surface,
        channel,
        thread or (ts if kept else ""),
        word(container, "thread_ts"),
        word(payload, "response_url"),
        word(payload, "trigger_id"),
        view,
        ts if kept else "",
        pressed.opens_form,
        word(view, "callback_id").endswith(SHARED),
    )
    who = names.actor(word(payload, "user", "team_id") or team, user)
    if pressed.pressed.name == names.SAY:
        return Arrived(CommandUsed(who, names.place(channel, thread), pressed.pressed.data), origin)
    others = surface == "message" and not channel.startswith("D")
    on = names.message(channel, ts) if kept else None
    return Arrived(ButtonPressed(who, on, pressed.pressed.name, pressed.pressed.data, others), origin)


def submission(payload: Mapping[str, object]) -> Arrived:
    """Somebody sent a modal; raises ValueError where it cannot be read."""
    team, user = word(payload, "team", "id"), word(payload, "user", "id")
    view = inner(payload, "view")
    name, values, hidden = read_form(view, team)
    who = names.actor(word(payload, "user", "team_id") or team, user)
    shared = name.endswith(SHARED)
    origin = Origin(team, user, "modal", view=view, trigger=word(payload, "trigger_id"), shared=shared)
    return Arrived(FormSubmitted(who, name.removesuffix(SHARED), values, hidden), origin)


def shortcut(payload: Mapping[str, object]) -> Arrived:
    """Somebody chose the bot from a menu, for itself or for a message, whose words the desk then holds."""
    team, user = word(payload, "team", "id"), word(payload, "user", "id")
    who = names.actor(word(payload, "user", "team_id") or team, user)
    channel = word(payload, "channel", "id")
    url, trigger = word(payload, "response_url"), word(payload, "trigger_id")
    origin = Origin(team, user, "shortcut", channel, response_url=url, trigger=trigger)
    if word(payload, "callback_id") != names.ASK_ABOUT:
        return Arrived(DeskOpened(who), origin)
    return Arrived(DeskOpened(who, "ask", plain(word(payload, "message", "text"))), origin)


_ENTITY = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str) -> str:
    """Slack's message text in plain words: links and names by what they show (docs.slack.dev, formatting text)."""
    return unescape(_ENTITY.sub(_shown, text)).strip()


def _shown(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if label:
        return f"@{label}" if target.startswith("@") else label
    if target.startswith(("@", "#", "!subteam")):
        return ""
    return target.removeprefix("!")


def _split(text: str) -> tuple[str, str]:
    words = text.split(None, 1)
    return (words[0] if words else "", words[1] if len(words) > 1 else "")


def _team(payload: Mapping[str, object]) -> str:
    """The workspace that an event was told to the app through: in a shared channel it may have happened in another."""
    authorized = next(objects(payload, "authorizations"), {})
    return word(authorized, "team_id") or word(payload, "context_team_id") or word(payload, "team_id")


def _home(event: Json, payload: Mapping[str, object]) -> str:
    """The workspace somebody belongs to; an organisation of several is as good as one of them."""
    found = word(event, "user_team") or word(event, "team") or _team(payload)
    return _team(payload) if found == word(payload, "enterprise_id") else found
