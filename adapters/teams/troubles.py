"""What Microsoft refuses, in words for a person, and what is remembered of it for the health check."""

from dataclasses import dataclass, field
from types import MappingProxyType

from bot.chat.errors import Unreachable

BOT = "bot"
"""Where a trouble with the bot itself is remembered."""

CREDENTIALS = "credentials"
"""Where a trouble with its id and secret is remembered; also the code where Teams takes a token that it should."""

SILENCE = "silence"
"""Where it is remembered that Microsoft does not answer; every other trouble stands under its conversation."""

_UNREGISTERED = (
    "Teams does not take the bot's token. See that TEAMS_APP_ID is the bot's own, and that its Azure Bot has Microsoft "
    "Teams among its channels."
)
_TENANT = "Microsoft knows no such organisation. Set TEAMS_TENANT_ID to its tenant id (Microsoft Entra, Overview)."
_CREDENTIAL_TROUBLES = MappingProxyType(
    {
        CREDENTIALS: _UNREGISTERED,
        "BotNotRegistered": _UNREGISTERED,
        "AADSTS700016": "Microsoft knows no such app in this organisation. See TEAMS_APP_ID and TEAMS_TENANT_ID.",
        "AADSTS7000112": "The app is switched off in Microsoft Entra. Ask the organisation's administrators.",
        "AADSTS7000215": "The app's secret is wrong. Set TEAMS_APP_SECRET to the secret's value, which is not its id.",
        "AADSTS7000222": "The app's secret has expired. Make a new one in Microsoft Entra (Certificates & secrets) and "
        "set TEAMS_APP_SECRET to its value.",
        "AADSTS90002": _TENANT,
        "AADSTS900021": _TENANT,
        "AADSTS900023": _TENANT,
    }
)
_BOT_TROUBLES = MappingProxyType(
    {
        "BotDisabledByAdmin": "An administrator has blocked the bot, for everybody or for some. Ask them to allow it "
        "in the Teams admin center (Teams apps).",
        "InvalidBotApiHost": "The organisation is in Microsoft's GCC cloud, and was called at everybody's address. "
        "Write to the bot once from there: it then takes the right one.",
    }
)
_GONE = "Teams knows no such channel. Set RAI_COUNCIL_PLACE to one that is still there."
_COUNCIL_TROUBLES = MappingProxyType(
    {
        "BotNotInConversationRoster": "The bot is not in the council's team any more. Add the app to that team again.",
        "ConversationNotFound": _GONE,
        "NotEnoughPermissions": "The bot may not write in this channel. Allow it in the channel's settings, or name "
        "another one in RAI_COUNCIL_PLACE.",
        "ConversationBlockedByUser": "The channel's settings keep the bot from writing. Allow it there, or name "
        "another one in RAI_COUNCIL_PLACE.",
        "MessageWritesBlocked": "The channel takes no messages from the bot. See its settings, or name another one in "
        "RAI_COUNCIL_PLACE.",
    }
)
_BLOCKED = "This person takes no messages from the bot. Once they write to it, it can answer again."
_ELSEWHERE = MappingProxyType(
    {
        "BotNotInConversationRoster": "The bot is not in this conversation. Add the app to it, and try again.",
        "ConversationBlockedByUser": _BLOCKED,
        "ForbiddenOperationException": "This person has not installed the app, so the bot cannot write to them.",
        "MessageSizeTooBig": "The message is too long for Teams. Please shorten it.",
        "MessageWritesBlocked": _BLOCKED,
    }
)
_MOMENTARY = frozenset({408, 425})
_SILENT = "Microsoft does not answer. What is still to be said is kept, and tried again; see this machine's network."

SHARED = (
    "People of another organisation can read this channel too. What the council works on stays inside: nothing was "
    "posted. Take them out, or name a channel of your own in RAI_COUNCIL_PLACE."
)


class Refused(Unreachable):
    """Microsoft answered, and said no.

    Args:
        code: Microsoft's own word for it, or ``AADSTS`` and its number.
        status: the answer's status.
    """

    def __init__(self, code: str, status: int) -> None:
        told = _CREDENTIAL_TROUBLES.get(code) or _BOT_TROUBLES.get(code) or _ELSEWHERE.get(code)
        sentence = told or f"Teams took no message ({code}). What you wrote to the bot is kept where it said so."
        super().__init__(sentence, permanent=status not in _MOMENTARY)
        self.code, self.status = code, status


class Unsent(Unreachable):
    """No connection came about: nothing was sent."""

    def __init__(self, error: str) -> None:
        super().__init__(f"Microsoft could not be reached ({error}). Nothing was sent; please try again in a moment.")


class Unsure(Unreachable):
    """It was sent, and may have arrived: something broke before Teams said whether.

    Args:
        status: what Teams answered; None where nothing came.
    """

    def __init__(self, error: str, status: int | None = None) -> None:
        super().__init__(f"Teams did not answer ({error}). Please see whether it arrived before you try again.")
        self.status = status


@dataclass
class Troubles:
    """What cannot work until a person mends it, by where it was met.

    Args:
        council: the council's conversation; what others refuse concerns those who asked there alone.
    """

    council: str = ""
    found: dict[str, str] = field(default_factory=dict)

    def met(self, code: str, conversation: str = "") -> None:
        """Microsoft refused something."""
        if code in _CREDENTIAL_TROUBLES:
            self.found[CREDENTIALS] = _CREDENTIAL_TROUBLES[code]
        elif code in _BOT_TROUBLES:
            self.found[BOT] = _BOT_TROUBLES[code]
        elif code in _COUNCIL_TROUBLES:
            self.seen(conversation, _COUNCIL_TROUBLES[code])

    def seen(self, conversation: str, sentence: str) -> None:
        """A conversation is not as it must be; the council's is remembered."""
        if self.council and conversation == self.council:
            self.found[conversation] = sentence

    def heard(self) -> None:
        """Microsoft answered, whatever it said."""
        self.found.pop(SILENCE, None)

    def silent(self) -> None:
        """Microsoft did not answer."""
        self.found[SILENCE] = _SILENT

    def logged_in(self) -> None:
        """Microsoft gave a token: what it had against the secret is gone, but not what Teams has against the bot."""
        if self.found.get(CREDENTIALS) != _UNREGISTERED:
            self.found.pop(CREDENTIALS, None)

    def looks_well(self, conversation: str) -> None:
        """The members of a conversation can be read: the bot is in it, and it takes what it is not known to refuse."""
        if self.found.get(conversation) in (SHARED, _COUNCIL_TROUBLES["BotNotInConversationRoster"], _GONE):
            self.found.pop(conversation, None)

    def went_well(self, conversation: str = "") -> None:
        """Teams took something, in the council's conversation a message: what kept it from doing so is gone."""
        for where in (conversation, BOT, CREDENTIALS):
            self.found.pop(where, None)
