"""The methods that the double knows: their scopes and arguments, from docs.slack.dev/reference/methods."""

from dataclasses import dataclass
from types import MappingProxyType

_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")


@dataclass(frozen=True)
class Known:
    """One method.

    Args:
        scopes: where several are named, the one for the kind of channel is needed.
        needs: arguments that must be there.
        takes: arguments that may be.
        json: whether it reads a body in JSON; what only reads takes a query or a form.
    """

    scopes: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    json: bool = True


def _known(scopes: tuple[str, ...] = (), needs: str = "", takes: str = "", *, json: bool = True) -> Known:
    return Known(scopes, frozenset(needs.split()), frozenset(takes.split()), json)


METHODS = MappingProxyType(
    {
        "auth.test": _known(),
        "chat.postMessage": _known(
            ("chat:write",),
            "channel",
            "text blocks thread_ts metadata mrkdwn unfurl_links unfurl_media reply_broadcast",
        ),
        "chat.postEphemeral": _known(("chat:write",), "channel user", "text blocks thread_ts"),
        "chat.update": _known(("chat:write",), "channel ts", "text blocks metadata"),
        "chat.delete": _known(("chat:write",), "channel ts"),
        "conversations.history": _known(
            _HISTORY, "channel", "limit oldest latest inclusive cursor include_all_metadata", json=False
        ),
        "conversations.replies": _known(
            _HISTORY, "channel ts", "limit oldest latest inclusive cursor include_all_metadata", json=False
        ),
        "conversations.info": _known(_READ, "channel", json=False),
        "conversations.members": _known(_READ, "channel", "limit cursor", json=False),
        "conversations.open": _known(("im:write",), "users"),
        "users.info": _known(("users:read",), "user", json=False),
        "users.list": _known(("users:read",), "", "limit cursor include_locale team_id", json=False),
        "views.open": _known((), "trigger_id view"),
        "views.push": _known((), "trigger_id view"),
        "views.update": _known((), "view_id view", "hash"),
        "views.publish": _known((), "user_id view", "hash"),
        "assistant.threads.setSuggestedPrompts": _known(("assistant:write",), "channel_id prompts", "thread_ts title"),
        "files.getUploadURLExternal": _known(("files:write",), "filename length", "alt_txt", json=False),
        "files.completeUploadExternal": _known(("files:write",), "files", "channel_id thread_ts initial_comment"),
        "apps.connections.open": _known(),
    }
)

SCOPES = MappingProxyType({name: method.scopes for name, method in METHODS.items()})
