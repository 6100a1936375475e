"""What Slack refuses, in words for a person, and what is remembered of it for the health check."""

from dataclasses import dataclass, field

from bot.chat.errors import Unreachable

BOT = "bot"
"""Where a trouble with the bot's own token is remembered."""

SCOPES = "scopes"
"""Where a missing scope is remembered; every other trouble stands under its channel."""

_REINSTALL = "Install the app again and set SLACK_BOT_TOKEN to the new token"
_TOKEN_TROUBLES = {
    "invalid_auth": f"Slack does not know the bot's token. {_REINSTALL}.",
    "not_authed": "Slack was given no token. Set SLACK_BOT_TOKEN.",
    "token_revoked": f"The bot's token was revoked. {_REINSTALL}.",
    "token_expired": f"The bot's token has expired. {_REINSTALL}.",
    "account_inactive": f"The app was taken out of the workspace. {_REINSTALL}.",
}
_SCOPE = (
    "The bot's token lacks a scope. Print `rai manifest slack`, put it into the app's settings, and install the app "
    "again."
)
_CHANNEL_TROUBLES = {
    "channel_not_found": "Slack knows no such channel, or the bot is not in it: see RAI_COUNCIL_PLACE, and invite it.",
    "not_in_channel": "The bot is not in its channel. Write /invite @RAI Office Hours there.",
    "is_archived": "The channel is archived. Unarchive it, or name another one in RAI_COUNCIL_PLACE.",
    "restricted_action": "The workspace lets the bot write in this channel no more. Ask its administrators.",
    "restricted_action_read_only_channel": "The channel is read-only for the bot. Ask its administrators.",
    "restricted_action_thread_only_channel": "The channel takes threads only. Name another one in RAI_COUNCIL_PLACE.",
}
_MOMENTARY = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "ratelimited"}
)

SHARED = (
    "Another organisation reads this channel too (Slack Connect). What the council works on stays inside: nothing was "
    "posted. Name a channel of your own in RAI_COUNCIL_PLACE."
)


class Refused(Unreachable):
    """Slack answered, and said no.

    Args:
        code: Slack's own word for it.
    """

    def __init__(self, code: str) -> None:
        told = _SCOPE if code == "missing_scope" else _TOKEN_TROUBLES.get(code) or _CHANNEL_TROUBLES.get(code)
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

    def met(self, code: str, channel: str) -> None:
        """Slack refused something."""
        if code in _TOKEN_TROUBLES:
            self.found[BOT] = _TOKEN_TROUBLES[code]
        elif code == "missing_scope":
            self.found[SCOPES] = _SCOPE
        elif code in _CHANNEL_TROUBLES and channel == self.council:
            self.found[channel] = _CHANNEL_TROUBLES[code]

    def went_well(self, channel: str) -> None:
        """Slack took something: what kept it from doing so is gone."""
        self.found.pop(channel, None)
        self.found.pop(BOT, None)
