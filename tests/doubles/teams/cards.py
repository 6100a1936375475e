"""What Teams accepts of an Adaptive Card 1.5, and what a person needs of it: a linter in code, and the schema."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tests.doubles.teams.elements import FLAGS, INSIDE, NEEDED, NUMBERS, PROPERTIES, TEXTS, VALUES
from tests.doubles.teams.schema import problems_of_shape
from tests.doubles.teams.shapes import Json

Surface = Literal["message", "dialog"]

LARGEST = 25_600
"""Bytes of a card: 28 KB is where Teams begins to refuse, and a message holds more than its card."""

MOST_ACTIONS = 6
MOST_READERS = 60

_COMPUTED = re.compile(r"\{\{(?:DATE|TIME)\(|\$\{")
_READ = frozenset({"text", "title", "value", "label", "fallbackText"})
_MENTION = re.compile(r"<at>.*?</at>")
_PICKER = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}


@dataclass(frozen=True)
class Node:
    """One element of a card, and where it stands."""

    kind: str
    at: str
    value: Json
    list_of: str = ""


def problems_of_card(card: object, surface: Surface = "message") -> list[str]:
    """What is wrong with a card that is to stand in a message or a dialog, a sentence each."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["card: no AdaptiveCard"]
    nodes = list(nodes_of(card))
    several = [_whole(card), _ids(nodes), _targets(nodes), _mentions(card, nodes)]
    each = [problem for node in nodes for problem in _node(node, surface)]
    by_schema = [f"schema: {problem}" for problem in problems_of_shape(card)]
    return [*(problem for found in several for problem in found), *each, *by_schema]


def size_of(card: object) -> int:
    """Bytes of a card as it is sent."""
    return len(json.dumps(card, ensure_ascii=False).encode(errors="surrogatepass"))


def nodes_of(card: Json) -> Iterator[Node]:
    """The card and every element and action inside it, in order."""
    yield from _nodes(card, "card", "AdaptiveCard", "")


def _nodes(value: Any, at: str, kind: str, list_of: str) -> Iterator[Node]:
    if not isinstance(value, dict):
        value = {"type": "TextRun", "text": value} if kind == "TextRun" else {}
    kind = str(value.get("type", kind))
    yield Node(kind, at, value, list_of)
    for name, inside in value.items():
        if name in ("selectAction", "inlineAction") or (name == "fallback" and isinstance(inside, dict)):
            yield from _nodes(inside, f"{at}.{name}", "", name)
        elif name == "columns" and isinstance(inside, list) and kind == "ColumnSet":
            yield from _several(inside, f"{at}.{name}", "Column", name)
        elif name in INSIDE and isinstance(inside, list):
            yield from _several(inside, f"{at}.{name}", INSIDE[name], name)


def _several(values: list[Any], at: str, kind: str, name: str) -> Iterator[Node]:
    for number, each in enumerate(values):
        yield from _nodes(each, f"{at}[{number}]", kind, name)


def _whole(card: Json) -> Iterator[str]:
    if card.get("version") != "1.5":
        yield "card.version: Teams draws 1.5 for bots"
    if not str(card.get("fallbackText", "")).strip():
        yield "card.fallbackText: missing, for who cannot see the card"
    if not card.get("body"):
        yield "card.body: nothing to see"
    if (size := size_of(card)) > LARGEST:
        yield f"card: {size} bytes, at most {LARGEST}"
    if len(card.get("refresh", {}).get("userIds", [])) > MOST_READERS:
        yield f"card.refresh: more than {MOST_READERS} people"
    teams = card.get("msteams", {})
    if not isinstance(teams, dict) or teams.keys() - {"width", "entities"} or teams.get("width", "Full") != "Full":
        yield "card.msteams: width Full and entities, nothing else"


def _ids(nodes: list[Node]) -> Iterator[str]:
    counts = Counter(node.value["id"] for node in nodes if isinstance(node.value.get("id"), str))
    yield from (f"card: more than one {name!r}" for name, count in counts.items() if count > 1)


def _targets(nodes: list[Node]) -> Iterator[str]:
    known = {node.value.get("id") for node in nodes if not node.kind.startswith("Action.")}
    for node in nodes:
        if node.kind == "TargetElement" and node.value.get("elementId") not in known:
            yield f"{node.at}: there is no {node.value.get('elementId')!r} to show"


def _mentions(card: Json, nodes: list[Node]) -> Iterator[str]:
    teams = card.get("msteams")
    known = {each.get("text") for each in teams.get("entities", [])} if isinstance(teams, dict) else set()
    for node in nodes:
        for name in ("text", "title", "value") if node.kind in ("TextBlock", "Fact") else ():
            for found in _MENTION.findall(str(node.value.get(name, ""))):
                if found not in known:
                    yield f"{node.at}.{name}: <at> without its entity"


def _node(node: Node, surface: Surface) -> Iterator[str]:
    if node.kind not in PROPERTIES:
        yield f"{node.at}: Teams knows no {node.kind!r}"
        return
    known = PROPERTIES[node.kind]
    yield from (f"{node.at}: a {node.kind} has no {name!r}" for name in sorted(node.value.keys() - known))
    missing = NEEDED.get(node.kind, frozenset()) - node.value.keys()
    yield from (f"{node.at}: a {node.kind} needs {name!r}" for name in sorted(missing))
    for name, value in node.value.items():
        yield from _property(node, name, value)
    if node.kind.startswith("Input."):
        yield from _input(node, surface)
    if node.kind.startswith("Action."):
        yield from _action(node, surface)
    yield from _bars(node)
    if node.kind == "Image" and not str(node.value.get("altText", "")).strip():
        yield f"{node.at}: an image without words for who cannot see it"


def _property(node: Node, name: str, value: object) -> Iterator[str]:
    allowed = VALUES.get(f"{node.kind}.{name}") or VALUES.get(name)
    if allowed and (not isinstance(value, str) or value.lower() not in {each.lower() for each in allowed}):
        yield f"{node.at}.{name}: {value!r} is none of {', '.join(sorted(allowed))}"
    if name in FLAGS and not isinstance(value, bool):
        yield f"{node.at}.{name}: neither true nor false"
    if name in NUMBERS and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        yield f"{node.at}.{name}: no number from one on"
    if name in TEXTS and not isinstance(value, str):
        yield f"{node.at}.{name}: no text"
    if isinstance(value, str) and name in _READ and _COMPUTED.search(value):
        yield f"{node.at}.{name}: a client would compute something in it"
    if name in ("url", "iconUrl") and not str(value).startswith("https://"):
        yield f"{node.at}.{name}: no https address"


def _input(node: Node, surface: Surface) -> Iterator[str]:
    if surface != "dialog":
        yield f"{node.at}: what is typed outside of a dialog is no secret"
    if not node.value.get("id"):
        yield f"{node.at}: an input without an id is not sent"
    label = node.value.get("label") or (node.value.get("title") if node.kind == "Input.Toggle" else "")
    if not str(label or "").strip():
        yield f"{node.at}: an input without a label"
    if node.value.get("isRequired") and not str(node.value.get("errorMessage", "")).strip():
        yield f"{node.at}: a required input that does not say so"
    if node.value.get("isRequired") and not node.value.get("label"):
        yield f"{node.at}: the mark of a required input stands at its label"
    if node.kind == "Input.ChoiceSet":
        yield from _choices(node)


def _choices(node: Node) -> Iterator[str]:
    values = [each.get("value") for each in node.value.get("choices", []) if isinstance(each, dict)]
    if "choices.data" in node.value:
        asked = node.value["choices.data"]
        if not isinstance(asked, dict) or {**asked, "dataset": str(asked.get("dataset")).partition("?")[0]} != _PICKER:
            yield f"{node.at}: choices.data looks up no people"
        return
    if not values:
        yield f"{node.at}: nothing to choose from"
    if len(values) != len(set(values)):
        yield f"{node.at}: two choices with one value"
    if node.value.get("value") and node.value["value"] not in values:
        yield f"{node.at}: begins with a choice that is not there"


def _action(node: Node, surface: Surface) -> Iterator[str]:
    if node.list_of != "fallback" and not str(node.value.get("title", "")).strip() and "inlines" not in node.at:
        yield f"{node.at}: an action without a title"
    if node.kind == "Action.Execute":
        yield from _execute(node, surface)
    data = node.value.get("data", {})
    teams = data.get("msteams") if isinstance(data, dict) else {}
    if node.kind == "Action.Submit" and teams is not None and teams != {"type": "task/fetch"}:
        yield f"{node.at}: data.msteams is for opening dialogs"
    if node.kind == "Action.Submit" and teams is not None and surface == "dialog":
        yield f"{node.at}: a dialog opens no dialog"


def _execute(node: Node, surface: Surface) -> Iterator[str]:
    if surface == "dialog":
        yield f"{node.at}: a dialog knows Action.Submit alone"
    fallback = node.value.get("fallback")
    if not isinstance(fallback, Mapping) or fallback.get("type") != "Action.Submit":
        yield f"{node.at}: Action.Execute without an Action.Submit for old clients"
    elif fallback.get("data") != node.value.get("data") or fallback.get("title") != node.value.get("title"):
        yield f"{node.at}: old clients would be shown or send something else"
    if not node.value.get("verb"):
        yield f"{node.at}: Action.Execute without a verb"


def _bars(node: Node) -> Iterator[str]:
    actions = node.value.get("actions", [])
    if len(actions) > MOST_ACTIONS:
        yield f"{node.at}.actions: {len(actions)} in one bar, at most {MOST_ACTIONS}"
    if node.kind == "ActionSet" and not actions:
        yield f"{node.at}.actions: none"
