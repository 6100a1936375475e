"""JSON as the double of Teams passes it around; it is read by hand, and by nobody else."""

from typing import Any

Json = dict[str, Any]
"""One JSON object, as it is sent or came."""

CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
FILE = "application/vnd.microsoft.teams.card.file.info"


def card_of(activity: Json) -> Json:
    """The first Adaptive Card of an activity; empty where it has none."""
    cards = (each["content"] for each in activity.get("attachments") or [] if each.get("contentType") == CARD)
    return dict(next(cards, {}))


def with_card(card: Json, words: str = "A card") -> Json:
    """A message that holds one card; ``words`` are the line for notifications."""
    return {"type": "message", "summary": words, "attachments": [{"contentType": CARD, "content": card}]}
