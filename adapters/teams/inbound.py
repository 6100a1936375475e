"""What Teams tells, read as the house's events: pure, and careful with whatever comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from adapters.shapes import Json, inner, objects, word
from adapters.teams import names
from adapters.teams.controls import is_for_one, read_press
from adapters.teams.render_form import read_form
from bot.chat import router
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened, Inbound
from bot.chat.identity import Actor
from bot.chat.text import bare_verb

Surface = Literal["chat", "channel", "dialog"]


@dataclass(frozen=True)
class Origin:
    """Where an event came from, and how it can be answered.

    Args:
        account: the person as Teams names them to this bot, for messages that they alone see.
        conversation: where it happened, with the thread; empty where it was nowhere.
        personal: whether that is the person's own chat with the bot.
        targeted: whether what was said there is seen by nobody else.
        message: the message whose button was pressed, where it is a kept one.
        alone: whether that message is seen by nobody else.
        service: the address of Teams' service that told of it, which takes the answer too.
        data: what a sent form carried.
    """

    tenant: str
    user: str
    surface: Surface
    account: str = ""
    conversation: str = ""
    personal: bool = False
    targeted: bool = False
    message: str = ""
    alone: bool = False
    service: str = ""
    data: Json = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"Origin({self.surface})"

    @property
    def others_read(self) -> bool:
        """Whether others read what is said there."""
        return bool(self.conversation) and not self.personal and not self.targeted


@dataclass(frozen=True)
class Arrived:
    """An event of the house, and where it came from."""

    event: Inbound
    origin: Origin


@dataclass(frozen=True)
class Waited:
    """Somebody looks again for what took too long; ``token`` says for which."""

    token: str = field(repr=False)


def message(activity: Mapping[str, object]) -> Arrived | None:
    """Somebody wrote to the bot, or pressed a button on a client that knows no better; None where no person did."""
    if not word(activity, "from", "id") or word(activity, "from", "role") == "bot":
        return None
    origin = origin_of(activity, "chat")
    if inner(activity, "value", "rai"):
        return press(activity, inner(activity, "value"))
    verb, text = _split(plain(_without_own_name(activity)))
    who, where = names.actor(origin.tenant, origin.user), names.place(origin.conversation)
    if (bare_verb(verb) == names.HOME and not text) or (not verb and origin.personal):
        return Arrived(HomeOpened(who), origin)
    return Arrived(CommandUsed(who, where, verb or router.HELP, text, origin.others_read), origin)


def press(activity: Mapping[str, object], data: Json, surface: Surface = "chat") -> Arrived:
    """Somebody pressed a button that carries this; raises ValueError where it was none of ours."""
    pressed = read_press(data)
    origin = replace(origin_of(activity, surface), alone=is_for_one(data))
    who = names.actor(origin.tenant, origin.user)
    if pressed.name == names.SAY:
        return Arrived(CommandUsed(who, names.place(origin.conversation), pressed.data), origin)
    on = names.message(origin.conversation, origin.message) if origin.message else None
    return Arrived(ButtonPressed(who, on, pressed.name, pressed.data, origin.others_read), origin)


def submission(activity: Mapping[str, object], data: Json) -> Arrived:
    """Somebody sent a form, which reaches the bot alone; raises ValueError where it cannot be read."""
    origin = origin_of(activity, "dialog", data)
    name, values, hidden = read_form(data, origin.tenant)
    return Arrived(FormSubmitted(names.actor(origin.tenant, origin.user), name, values, hidden), origin)


def dialog(activity: Mapping[str, object]) -> Arrived | Waited:
    """What a dialog asks for: a form sent, a button pressed, or the rest of what took too long.

    Raises:
        ValueError: it is none of ours.
    """
    data = inner(activity, "value", "data")
    if token := word(data, "rai", "wait"):
        return Waited(token)
    if word(data, "rai", "form"):
        return submission(activity, data)
    return press(activity, data, "dialog")


def extension(activity: Mapping[str, object]) -> Arrived:
    """Somebody chose the bot from a menu, for itself or for a message, whose words the desk then holds."""
    origin = origin_of(activity, "dialog")
    who = names.actor(origin.tenant, origin.user)
    if word(activity, "value", "commandId") != names.ASK_ABOUT:
        return Arrived(DeskOpened(who), origin)
    words = _from_html(word(activity, "value", "messagePayload", "body", "content"))
    return Arrived(DeskOpened(who, "ask", words), origin)


def installed(activity: Mapping[str, object]) -> Arrived | None:
    """Somebody put the bot somewhere, to themselves, a chat or a team; None where something else changed."""
    came = [word(each, "id") for each in objects(activity, "membersAdded")]
    # A new version of the app is no reason to greet everybody once more: that says "add-upgrade".
    if word(activity, "action") != "add" and word(activity, "recipient", "id") not in came:
        return None
    origin = origin_of(activity, "chat")
    who = names.actor(origin.tenant, origin.user)
    if origin.personal:
        return Arrived(HomeOpened(who), origin)
    where = names.place(origin.conversation)
    return Arrived(CommandUsed(who, where, router.HELP, "", others_read=True), origin)


def event(activity: Mapping[str, object]) -> str:
    """What happened, by Teams' own names for it: a message's id is one among those of its conversation alone."""
    return f"teams {word(activity, 'conversation', 'id')} {word(activity, 'id')}"


def tenant(activity: Mapping[str, object]) -> str:
    """The organisation that an activity says it happened in, in small letters, as the settings hold it."""
    return (word(activity, "channelData", "tenant", "id") or word(activity, "conversation", "tenantId")).lower()


def is_shared(activity: Mapping[str, object]) -> bool:
    """Whether an activity happened in a channel that Teams calls shared."""
    return word(activity, "channelData", "channel", "type") == "shared"


def person(activity: Mapping[str, object]) -> Actor:
    """Who caused an activity."""
    # A seat must not hang on how an id is written; that of an account, though, means something else in capitals.
    user = word(activity, "from", "aadObjectId").lower() or word(activity, "from", "id")
    return names.actor(word(activity, "from", "tenantId").lower() or tenant(activity), user)


def zone(activity: Mapping[str, object]) -> str:
    """The time zone of the client that sent an activity, by its IANA name; empty where it does not say."""
    known = (word(each, "timezone") for each in objects(activity, "entities") if each.get("type") == "clientInfo")
    return word(activity, "localTimezone") or next(filter(None, known), "")


_NAMED = re.compile(r"</?at(?:\s[^>]*)?>")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
# Phones begin with a capital, and what stands behind "Rai concern" must not miss its sealed door.
_COMMAND = re.compile(r"^/?rai(?![\w'’-]|\.\w)[\s:,.!]*/?|^/", re.IGNORECASE)


def plain(text: str) -> str:
    """A message's text in plain words, without the name of the command in front of it."""
    words = _NAMED.sub("", text).replace("&nbsp;", " ").replace("\xa0", " ").strip()
    return _COMMAND.sub("", words, count=1).strip()


def _from_html(text: str) -> str:
    return unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ").strip()


def _without_own_name(activity: Mapping[str, object]) -> str:
    """What was written, without the bot's own name by which it was called."""
    text, bot = word(activity, "text"), word(activity, "recipient", "id")
    marked = word(activity, "textFormat") in ("xml", "html")
    for each in objects(activity, "entities"):
        if each.get("type") == "mention" and word(each, "mentioned", "id") == bot and word(each, "text"):
            text = text.replace(word(each, "text"), " ")
    return _from_html(text) if marked else text


def _split(text: str) -> tuple[str, str]:
    words = text.split(None, 1)
    return (words[0] if words else "", words[1] if len(words) > 1 else "")


def origin_of(activity: Mapping[str, object], surface: Surface, data: Json | None = None) -> Origin:
    """Where an activity came from.

    Args:
        surface: what it happened in.
        data: what a sent form carried.
    """
    who, kind = person(activity), word(activity, "conversation", "conversationType")
    conversation, is_message = word(activity, "conversation", "id"), word(activity, "type") == "message"
    # What somebody wrote in a thread is a reply too, and what they press in a dialog may name the message behind it.
    pressed = word(activity, "name") in ("adaptiveCard/action", "task/fetch") or (is_message and activity.get("value"))
    if kind == "channel" and surface == "chat":
        surface = "channel"
        if is_message and not names.place(conversation).thread:
            # A post that begins a thread: what answers it belongs below it.
            conversation = names.conversation(names.message(conversation, word(activity, "id")).thread)
    return Origin(
        tenant=who.tenant,
        user=who.user,
        surface=surface,
        account=word(activity, "from", "id"),
        conversation=conversation,
        personal=kind == "personal" or (not kind and not inner(activity, "conversation").get("isGroup")),
        targeted=inner(activity, "recipient").get("isTargeted") is True,
        message=word(activity, "replyToId") if pressed else "",
        service=word(activity, "serviceUrl"),
        data=data or {},
    )
