"""Who calls Slack, and what every method looks at first."""

from dataclasses import dataclass

from tests.doubles.slack.methods import METHODS
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import Channel, Token, Workspace

_WORDS = ("channel", "channel_id", "user", "users", "user_id", "ts", "thread_ts", "trigger_id", "view_id", "text")


class Refusal(Exception):
    """Slack's own word for why not."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


@dataclass(frozen=True)
class Caller:
    """An app's token in a workspace."""

    space: Workspace
    token: Token

    def channel(self, args: Json, *, writing: bool) -> Channel:
        """The channel that is meant, where this app may read or write; a private one is unknown to outsiders."""
        channel = self.space.channels.get(args.get("channel", ""))
        member = channel is not None and self.token.user in channel.members
        if channel is None or ((channel.is_private or channel.partner) and not member):
            raise Refusal("channel_not_found")
        if not member:
            raise Refusal("not_in_channel")
        if writing and channel.is_archived:
            raise Refusal("is_archived")
        return channel

    def check(self, method: str, args: Json) -> None:
        """Whether the arguments are those of the method, and the token has its scope."""
        known = METHODS[method]
        unexpected, missing = set(args) - known.needs - known.takes, known.needs - set(args)
        if unexpected or missing:
            self.space.complaints.append(f"{method}: unexpected {sorted(unexpected)}, missing {sorted(missing)}")
            told = [*(f"unexpected: {name}" for name in unexpected), *(f"missing: {name}" for name in missing)]
            raise Refusal("invalid_arguments", response_metadata={"messages": told})
        if wrong := [name for name in _WORDS if not isinstance(args.get(name, ""), str)]:
            self.space.complaints.append(f"{method}: no text in {wrong}")
            raise Refusal("invalid_arguments", response_metadata={"messages": [f"no text: {name}" for name in wrong]})
        lacking = set(_needed(self.space, known.scopes, args)) - self.token.scopes
        if lacking:
            provided = ",".join(sorted(self.token.scopes))
            raise Refusal("missing_scope", needed=",".join(sorted(lacking)), provided=provided)


def _needed(space: Workspace, scopes: tuple[str, ...], args: Json) -> tuple[str, ...]:
    if len(scopes) < 2:
        return scopes
    name = str(args.get("channel", ""))
    channel = space.channels.get(name)
    private = channel is not None and channel.is_private
    kind = "im" if name.startswith("D") else "groups" if private else "channels"
    return tuple(scope for scope in scopes if scope.partition(":")[0] == kind)
