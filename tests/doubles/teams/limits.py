"""What Teams shows wrongly or not at all of a message: sentences about activities that it takes all the same."""

import json
import re
from collections.abc import Iterator

from tests.doubles.teams.cards import problems_of_card
from tests.doubles.teams.shapes import CARD, CONSENT, FILE, Json

_MENTION = re.compile(r"<at>.*?</at>")
_KEYS = {
    "type", "text", "textFormat", "summary", "attachments", "attachmentLayout", "entities", "channelData", "recipient",
    "from", "conversation", "replyToId", "id", "importance", "locale", "suggestedActions", "inputHint",
}  # fmt: skip


def size_of(activity: Json) -> int:
    """How large Teams counts an activity: its JSON in UTF-16."""
    return len(json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le", "surrogatepass"))


def problems_of_activity(activity: Json, kind: str, *, targeted: bool = False) -> list[str]:
    """What is wrong with an activity that goes to a conversation of this kind, a sentence each."""
    return list(_activity(activity, kind, targeted=targeted))


def _activity(activity: Json, kind: str, *, targeted: bool) -> Iterator[str]:
    yield from (f"activity: Teams knows no {each!r}" for each in sorted(activity.keys() - _KEYS))
    if targeted and kind == "personal":
        yield "activity: a targeted message in a chat of two"
    if activity.get("type") != "message":
        return
    attachments = activity.get("attachments") or []
    if activity.get("text") and attachments:
        yield "activity: text and attachment in one are split, and no id is told"
    if attachments and not str(activity.get("summary", "")).strip():
        yield "activity: without a summary its notification says nothing"
    yield from _mentions(activity)
    for each in attachments:
        yield from _attachment(each, kind)


def _mentions(activity: Json) -> Iterator[str]:
    known = {str(each.get("text")) for each in activity.get("entities") or [] if each.get("type") == "mention"}
    for found in _MENTION.findall(str(activity.get("text", ""))):
        if found not in known:
            yield "activity.text: <at> without its entity mentions nobody"


def _attachment(attachment: Json, kind: str) -> Iterator[str]:
    content = attachment.get("content")
    match attachment.get("contentType"):
        case str(each) if each == CARD:
            yield from problems_of_card(content, "message")
        case str(each) if each == CONSENT:
            yield from _consent(attachment, kind)
        case str(each) if each == FILE:
            if not {"contentUrl", "name"} <= attachment.keys() or set(content or {}) != {"uniqueId", "fileType"}:
                yield "attachment: a file needs contentUrl, name, content.uniqueId and content.fileType"
        case other:
            yield f"attachment: of a kind that nobody expected: {other!r}"


def _consent(attachment: Json, kind: str) -> Iterator[str]:
    content = attachment.get("content") or {}
    if kind != "personal":
        yield "attachment: a file can be handed over in a chat of two only"
    if not attachment.get("name") or not content.get("description"):
        yield "attachment: a file needs its name and a description"
    if not isinstance(content.get("sizeInBytes"), int):
        yield "attachment: a file needs its size"
    if not {"acceptContext", "declineContext"} <= content.keys():
        yield "attachment: a file needs acceptContext and declineContext"
