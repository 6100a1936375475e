"""What Slack refuses, in words for a person, and what is remembered of it for the health check."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.slack import methods
from bot.chat.errors import Unreachable

BOT = "bot"
"""Where a trouble with the bot's own token is remembered."""

SCOPES = "scopes"
"""Where a missing scope is remembered."""

SILENCE = "silence"
"""Where it is remembered that Slack does not answer; every other trouble stands under its channel."""

_REINSTALL = "Install the app again and set SLACK_BOT_TOKEN to the new token"
_TOKEN_TROUBLES = {
    "invalid_auth": f"Slack does not know the bot's token. {_REINSTALL}.",
    "not_authed": "Slack was given no token. Set SLACK_BOT_TOKEN.",
    "token_revoked": f"The bot's token was revoked. {_REINSTALL}.",
    "token_expired": f"The bot's token has expired. {_REINSTALL}.",
    "account_inactive": f"The app was taken out of the workspace. {_REINSTALL}.",
    "not_allowed_token_type": "SLACK_BOT_TOKEN is no bot's token. Set it to the one that begins with xoxb-.",
    "team_access_not_granted": "The bot's token does not reach this workspace. Ask its administrators.",
    "org_login_required": "The workspace is moving to an organisation. Ask its administrators when that is done.",
    "ekm_access_denied": "The workspace's administrators have suspended posting. Ask them.",
    "accesslimited": "The workspace refuses calls from this machine's network. Ask its administrators.",
}
_SCOPE = (
    "The bot's token lacks a scope{}. Print `rai manifest slack`, put it into the app's settings, and install the app "
    "again."
)
_ARCHIVED = "The channel is archived. Unarchive it, or name another one in RAI_COUNCIL_PLACE."
_CHANNEL_TROUBLES = {
    "channel_not_found": "Slack knows no such channel, or the bot is not in it. See RAI_COUNCIL_PLACE, and write "
    "/invite @RAI Office Hours there.",
    "not_in_channel": "The bot is not in its channel. Write /invite @RAI Office Hours there.",
    "is_archived": _ARCHIVED,
    "is_inactive": _ARCHIVED,
    "restricted_action": "The workspace lets the bot write in this channel no more. Ask its administrators.",
    "restricted_action_read_only_channel": "The channel is read-only for the bot. Ask its administrators.",
    "restricted_action_thread_only_channel": "The channel takes threads only. Name another one in RAI_COUNCIL_PLACE.",
}
_MOMENTARY = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "ratelimited"}
)
_KNOWN_BY_POSTING_ALONE = frozenset(
    sentence for code, sentence in _CHANNEL_TROUBLES.items() if code.startswith("restricted_action")
)
_SILENT = "Slack does not answer. What is still to be said is kept, and tried again; see this machine's network."

SHARED = (
    "Another organisation reads this channel too (Slack Connect). What the council works on stays inside: nothing was "
    "posted. Name a channel of your own in RAI_COUNCIL_PLACE."
)


PUBLIC = (
    "The channel is public, so everybody in the workspace could read the council's cases: nothing was posted. Make it "
    "private, or name a private one in RAI_COUNCIL_PLACE."
)
DIRECT = (
    "This is no channel but direct messages. Make a private channel for the council, and name its id, which begins "
    "with C, in RAI_COUNCIL_PLACE."
)


class Refused(Unreachable):
    """Slack answered, and said no.

    Args:
        code: Slack's own word for it.
    """

    def __init__(self, code: str) -> None:
        told = (
            _SCOPE.format("") if code == "missing_scope" else _TOKEN_TROUBLES.get(code) or _CHANNEL_TROUBLES.get(code)
        )
        sentence = told or f"Slack took no message ({code}). What you wrote to the bot is kept where it said so."
        super().__init__(sentence, permanent=code not in _MOMENTARY)
        self.code = code


@dataclass
class Troubles:
    """What cannot work until a person mends it, by where it was met.

    Args:
        council: the council's channel; what other channels refuse concerns those who asked there alone.
    """

    council: str = ""
    found: dict[str, str] = field(default_factory=dict)
    _scopes_known: bool = False

    def met(self, code: str, channel: str) -> None:
        """Slack refused something."""
        if code in _TOKEN_TROUBLES:
            self.found[BOT] = _TOKEN_TROUBLES[code]
        elif code == "missing_scope" and not self._scopes_known:
            self.found[SCOPES] = _SCOPE.format("")
        elif code in _CHANNEL_TROUBLES and channel == self.council:
            self.found[channel] = _CHANNEL_TROUBLES[code]

    def seen(self, channel: str, sentence: str) -> None:
        """A channel is not as it must be; the council's is remembered."""
        if channel == self.council:
            self.found[channel] = sentence

    def heard(self, headers: Mapping[str, str]) -> None:
        """Slack answered, whatever it said; with each answer it tells what the token may do."""
        self.found.pop(SILENCE, None)
        if (told := headers.get("X-OAuth-Scopes")) is None:
            return
        self._scopes_known = True
        missing = lacking(told)
        if missing:
            self.found[SCOPES] = _SCOPE.format(f": {', '.join(missing)}")
        else:
            self.found.pop(SCOPES, None)

    def silent(self) -> None:
        """Slack did not answer when it was looked at."""
        self.found[SILENCE] = _SILENT

    def went_well(self, channel: str = "") -> None:
        """Slack took something, in the council's channel a message: what kept it from doing so is gone."""
        self.found.pop(channel, None)
        self.found.pop(BOT, None)

    def looks_well(self, channel: str) -> None:
        """A channel looks as if it took messages."""
        if self.found.get(channel) not in _KNOWN_BY_POSTING_ALONE:
            self.found.pop(channel, None)


def lacking(granted: str) -> list[str]:
    """The scopes that we need and a token has not, as Slack writes them in a header."""
    have = {each.strip() for each in granted.split(",")}
    return [scope for scope in methods.SCOPES if scope not in have]
