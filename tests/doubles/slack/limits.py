"""What Slack takes: its documented limits on messages, views and blocks, and stricter where a doubt is left."""

import json
from collections.abc import Iterator, Mapping

from tests.doubles.slack.limits_blocks import Surface, blocks
from tests.doubles.slack.limits_texts import at, flag, plain, several, unescaped, unknown, words

LONGEST_TEXT = 40_000
LONGEST_EDIT = 4_000
"""Of chat.update: its page says characters; GitLab found bytes of the escaped text (gitlab-org/gitlab!258898)."""

MOST_IN_BLOCKS = 9_500
"""No page says it: 9,597 characters were taken and 11,341 refused (slackapi/bolt-js#2867)."""

LONGEST_METADATA = 500
"""Ours: what every app of a workspace can read is a key and a number."""

_VIEW_KEYS = {
    "modal": {"type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "notify_on_close"},
    "home": {"type", "blocks", "private_metadata", "callback_id"},
}


def problems_of_message(args: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in a message's arguments, a sentence each."""
    return list(_message(args))


def problems_of_edit(args: Mapping[str, object]) -> list[str]:
    """What Slack would refuse where a message is to look different."""
    size = len(str(args.get("text", "")).encode(errors="replace"))
    too_long = [f"msg_too_long: an edit's text of {size} bytes, at most {LONGEST_EDIT}"] if size > LONGEST_EDIT else []
    return [*too_long, *problems_of_message(args)]


def problems_of_view(view: object) -> list[str]:
    """What Slack would refuse in a view."""
    return list(_view(view))


def problems_of_blocks(found: object, surface: Surface) -> list[str]:
    """What Slack would refuse in blocks on a surface."""
    return list(blocks(found, "blocks", surface))


def _message(args: Mapping[str, object]) -> Iterator[str]:
    text = args.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "text: screen readers need it"
    elif len(text) > LONGEST_TEXT:
        yield f"msg_too_long: a text of {len(text)} characters, at most {LONGEST_TEXT}"
    else:
        yield from unescaped(text, "text")
    if "blocks" in args:
        yield from blocks(args["blocks"], "blocks", "message")
        if (letters := words(args["blocks"])) > MOST_IN_BLOCKS:
            yield f"msg_blocks_too_long: {letters} characters in all, at most {MOST_IN_BLOCKS}"
    if "metadata" in args:
        yield from _metadata(args["metadata"])


def _metadata(metadata: object) -> Iterator[str]:
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        yield "metadata: needs event_type and event_payload, nothing else"
        return
    payload = metadata["event_payload"]
    if not isinstance(payload, dict):
        yield "metadata.event_payload: no object"
    elif any(not isinstance(each, str | int | bool) for each in payload.values()):
        yield "metadata.event_payload: a value that is neither text, number nor flag"
    elif len(json.dumps(payload)) > LONGEST_METADATA or any(" " in str(each) for each in payload.values()):
        yield "metadata.event_payload: every app can read it, and it may hold words"


def _view(view: object) -> Iterator[str]:
    if not isinstance(view, dict) or view.get("type") not in _VIEW_KEYS:
        yield "view.type: modal or home"
        return
    kind = view["type"]
    yield from unknown(view, "view", _VIEW_KEYS[kind])
    if kind == "modal" and "title" not in view:
        yield "view.title: missing"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from plain(view[name], f"view.{name}", 24)
    for name, most in (("private_metadata", 3_000), ("callback_id", 255)):
        if not isinstance(view.get(name, ""), str):
            yield f"view.{name}: no text"
        elif len(view.get(name, "")) > most:
            yield f"view.{name}: more than {most} characters"
    yield from flag(view, "notify_on_close", "view")
    if len(json.dumps(view).encode()) > 250_000:
        yield "view: more than 250 KB"
    yield from blocks(view.get("blocks"), "view.blocks", kind)
    yield from _sending(view)


def _sending(view: Mapping[str, object]) -> Iterator[str]:
    has_input = any(at(block, "type") == "input" for block in several(view.get("blocks")))
    if has_input and "submit" not in view:
        yield "view.submit: missing beside an input"
    if not has_input and "submit" in view:
        yield "view.submit: nothing to send"
