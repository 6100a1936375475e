"""What stands in front of a person: a dialog or a message."""

from dataclasses import dataclass, field
from typing import Literal

from tests.doubles.teams.seen import Control, controls, plain, seen_card
from tests.doubles.teams.shapes import CONSENT, FILE, Json


@dataclass(frozen=True)
class Surface:
    """Something in front of a person.

    Args:
        card: the card as this person sees it; empty where there is none.
        content: the activity, or what the dialog was opened with.
        shown: what they have made appear or disappear, by its id.
    """

    kind: Literal["dialog", "message"]
    card: Json
    content: Json
    conversation: str = ""
    message: str = ""
    shown: dict[str, bool] = field(default_factory=dict)

    def seen(self) -> str:
        """What it says; a dialog's title first."""
        title = [str(self.content["title"])] if self.content.get("title") else []
        return "\n\n".join(filter(None, [*title, seen_card(self.card, self.shown) if self.card else self._words()]))

    def controls(self) -> list[Control]:
        """What can be pressed."""
        return controls(self.card, self.shown)

    def _words(self) -> str:
        files = [_file(each) for each in self.content.get("attachments") or []]
        return "\n".join(filter(None, [plain(str(self.content.get("text") or "")), *files]))


def _file(attachment: Json) -> str:
    match attachment.get("contentType"):
        case str(kind) if kind == CONSENT:
            return f"File: {attachment['name']}\n{attachment['content']['description']}\n[Accept] [Decline]"
        case str(kind) if kind == FILE:
            return f"File: {attachment['name']}"
    return ""
