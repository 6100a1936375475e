"""What this adapter calls and hears, each with its scopes: the manifest asks for these and no other."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["write", "read"]


@dataclass(frozen=True)
class Method:
    """One method of Slack's Web API (docs.slack.dev/reference/methods).

    Args:
        scopes: what the bot's token needs for it.
        kind: ``read`` takes its arguments in the query; ``write`` takes JSON.
        why: the feature that needs it.
        repeatable: whether it shows the same however often it is called; else a lost answer leaves in doubt what to do.
    """

    scopes: tuple[str, ...]
    kind: Kind
    why: str
    repeatable: bool = False


@dataclass(frozen=True)
class Heard:
    """Something that Slack tells the bot of.

    Args:
        scopes: what the bot's token needs to be told.
        why: the feature that needs it.
    """

    scopes: tuple[str, ...]
    why: str


HISTORIES = ("groups:history", "im:history")
"""Not ``channels:history``: the council's channel must be private, so the bot can read in no public one."""

METHODS = MappingProxyType(
    {
        "auth.test": Method((), "read", "whose bot this is, for the health check"),
        "chat.postMessage": Method(("chat:write",), "write", "cases, answers in threads, what people are told"),
        "chat.postEphemeral": Method(("chat:write",), "write", "whispers to a mention"),
        "chat.update": Method(("chat:write",), "write", "a case is one message, edited in place"),
        "chat.delete": Method(("chat:write",), "write", "a message that arrived in part is taken away and sent anew"),
        "conversations.history": Method(HISTORIES, "read", "whether a message arrived whose answer was lost"),
        "conversations.replies": Method(HISTORIES, "read", "the parts of a long message, in its thread"),
        "conversations.info": Method(
            ("channels:read", "groups:read"), "read", "whether another organisation, or everybody, reads a channel"
        ),
        "conversations.members": Method(
            ("channels:read", "groups:read"), "read", "whom the weekly pulse asks, where it is switched on"
        ),
        "conversations.open": Method(("im:write",), "write", "telling somebody something in private"),
        "users.info": Method(("users:read",), "read", "names, time zones, and who is a guest"),
        "users.list": Method(
            ("users:read",), "read", "whom a concern names, told to its author; whom the weekly pulse leaves out"
        ),
        "views.open": Method((), "write", "forms"),
        "views.update": Method((), "write", "forms that took longer, and answers in them", repeatable=True),
        "views.publish": Method((), "write", "the bot's own page", repeatable=True),
        "assistant.threads.setSuggestedPrompts": Method(
            ("assistant:write",), "write", "suggested questions in the message tab"
        ),
        "files.getUploadURLExternal": Method(("files:write",), "read", "calendar files"),
        "files.completeUploadExternal": Method(("files:write",), "write", "calendar files"),
    }
)
"""Every method that is called; ``SlackWeb`` calls no other."""

EVENTS = MappingProxyType(
    {
        "app_home_opened": Heard((), "the bot's own page, and suggested questions"),
        "app_mention": Heard(("app_mentions:read",), "questions in a channel, answered in the thread"),
        "app_uninstalled": Heard((), "the health check says that the bot was taken out"),
        "message.im": Heard(("im:history",), "questions in direct messages"),
        "tokens_revoked": Heard((), "the health check says that the token opens nothing any more"),
    }
)
"""Every event that is subscribed to."""

COMMANDS = Heard(("commands",), "`/rai` and the two shortcuts")


def whys() -> dict[str, tuple[str, ...]]:
    """What each scope is needed for, by scope."""
    needs: tuple[Method | Heard, ...] = (*METHODS.values(), *EVENTS.values(), COMMANDS)
    every = sorted({scope for need in needs for scope in need.scopes})
    return {scope: tuple(dict.fromkeys(need.why for need in needs if scope in need.scopes)) for scope in every}


SCOPES = tuple(whys())
"""What the bot's token needs."""
