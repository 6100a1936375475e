"""What calls and answers tell, beyond whom they are for and what an author gets back in their own form."""

import json
import re
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from adapters.teams.shape import unpacked
from benchmarks.residue.evidence import Piece
from tests.adapters.looking import written
from tests.adapters.slack.canary import ADDRESSED
from tests.doubles.overheard import Heard
from tests.doubles.slack.seen import Json
from tests.walks.slack_player import COUNCIL

_WHOM = re.compile(r"(?<=/conversations/)[^/?]+|(?<=/members/)[^/?]+|(?<=/activities/)[^/?]+|(?<=/response/)[^/?]+")
"""Whom a call is for, in its address."""

_DRAWN = ("text", "initial_value", "altText", "fallbackText")


def pieces_of(heard: Heard, council: str, platform: str) -> list[Piece]:
    """The address of a request, its headers and its body."""
    address = heard.target.encode() + b"\n" + unquote_to_bytes(heard.target)
    bare = _WHOM.sub("", heard.target)
    for name in ADDRESSED.get(urlsplit(bare).path.rpartition("/")[2], ()):
        bare = re.sub(rf"(?<=[?&]{name}=)[^&]*", "", bare)
    unaddressed = bare.encode() + b"\n" + unquote_to_bytes(bare)
    told = told_slack if platform == "slack" else told_teams
    return [
        Piece("address of a call", address, lambda: (address, unaddressed)),
        Piece("header of a call", heard.headers),
        Piece("body of a call", heard.body, lambda: told(heard, council)),
    ]


def arguments(heard: Heard) -> Json:
    """What was asked, wherever it stands."""
    query = dict(parse_qsl(urlsplit(heard.target).query, keep_blank_values=True))
    if heard.is_json:
        given = json.loads(heard.body or b"{}")
        return {**query, **given} if isinstance(given, dict) else {"given": given}
    form = dict(parse_qsl(heard.body.decode(errors="surrogateescape"), keep_blank_values=True))
    return {name: _read(value) for name, value in {**query, **form}.items()}


def _read(value: str) -> object:
    try:
        return json.loads(value) if value[:1] in "[{" and value else value
    except ValueError:
        return value


def told_slack(heard: Heard, _council: str) -> tuple[bytes, bytes]:
    """What a call to Slack tells: words may stand in the release, and drawn in their author's own form."""
    method = urlsplit(heard.target).path.rpartition("/")[2]
    if method not in ADDRESSED and method != "chat.update":
        return heard.body, heard.body
    args = arguments(heard)
    nameless = {name: value for name, value in args.items() if name not in ADDRESSED.get(method, ())}
    wordless = args
    if method in ("chat.postMessage", "chat.update") and args.get("channel") == COUNCIL:
        wordless = {name: value for name, value in args.items() if name not in ("text", "blocks")}
    if method in ("views.open", "views.update"):
        wordless = {**args, "view": undrawn(args.get("view"))}
    return _bytes(wordless), _bytes(nameless)


def told_teams(heard: Heard, council: str) -> tuple[bytes, bytes]:
    """The same of a call to Teams."""
    if "/conversations" not in heard.target:
        return heard.body, heard.body
    args = arguments(heard)
    nameless = {name: value for name, value in args.items() if name not in ("members", "recipient")}
    released = f"/conversations/{council}" in unquote_to_bytes(heard.target).decode(errors="replace")
    wordless = {name: value for name, value in args.items() if not released or name != "attachments"}
    return _bytes(wordless), _bytes(nameless)


def answer_of(content: bytes) -> Piece:
    """What the house answered a platform: the author's own form gives back what they typed, where it is drawn."""
    return Piece("answer to the platform", content, lambda: _told_answer(content))


def _told_answer(content: bytes) -> tuple[bytes, bytes]:
    try:
        answer = json.loads(content)
    except ValueError:
        return content, content
    if not isinstance(answer, dict):
        return content, content
    shown = {**answer, "view": undrawn(answer["view"])} if "view" in answer else answer
    card = shown.get("task", {}).get("value") if isinstance(shown.get("task"), dict) else None
    if isinstance(card, dict) and "card" in card:
        shown = {**shown, "task": {**shown["task"], "value": {**card, "card": undrawn(card["card"])}}}
    return _bytes(shown), _bytes(opened(answer))


def _bytes(value: object) -> bytes:
    return written(value).encode("utf-8", "surrogateescape")


def undrawn(part: object) -> object:
    """A form without what is drawn of it: its marks, names and what it carries along are left, unpacked."""
    match part:
        case list():
            return [undrawn(each) for each in part]
        case dict():
            carried = {"data", "private_metadata", "callback_id"}
            kept = {name: each for name, each in part.items() if not _is_drawn(name, part)}
            return {name: opened(each) if name in carried else undrawn(each) for name, each in kept.items()}
    return part


def _is_drawn(name: str, part: Json) -> bool:
    """Whether this is shown, and not carried along: a button's value goes to the house, an input's to its author."""
    is_shown = str(part.get("type")).startswith("Input.") or ("title" in part and "type" not in part)
    return isinstance(part[name], str) and (name in _DRAWN or (name == "value" and is_shown))


def opened(part: object) -> object:
    """What is carried along, with what is packed in it."""
    match part:
        case list():
            return [opened(each) for each in part]
        case {"shape": str(packed), **others}:
            shape = unpacked(packed)
            return {**others, "shape": [shape.title, shape.submit, *shape.body]}
        case dict():
            return {name: opened(each) for name, each in part.items()}
    return part
