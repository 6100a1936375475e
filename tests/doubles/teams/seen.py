"""What a Teams client shows of an Adaptive Card, in plain words, and what can be pressed and filled in there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.doubles.teams.shapes import Json

_UNKNOWN = "heading lheading code fence blockquote hr reference html_block html_inline autolink image backticks"
_READER = MarkdownIt("commonmark", {"html": False}).disable(_UNKNOWN.split())
"""The Markdown that text blocks know: bold, italic, lists and links."""

Shown = Mapping[str, bool]
"""What somebody has made appear or disappear, by its id."""


@dataclass(frozen=True)
class Control:
    """Something to press; ``confirm`` is the question that appears when it is pressed."""

    label: str
    action: Json
    confirm: str = ""


def seen_card(card: Json, shown: Shown | None = None) -> str:
    """Everything a card shows, a paragraph an element."""
    told = [*_several(card.get("body", []), shown or {}), _bar(card.get("actions", []))]
    return "\n\n".join(part for part in told if part)


def controls(card: Json, shown: Shown | None = None) -> list[Control]:
    """What can be pressed, in order."""
    inside = [*card.get("body", []), {"type": "ActionSet", "actions": card.get("actions", [])}]
    return [_control(card, each) for each in _actions(inside, shown or {})]


def answers_to(card: Json, toggle: Json) -> list[Control]:
    """What can be pressed in what a button has made appear."""
    ids = {each["elementId"] for each in toggle["targetElements"] if each.get("isVisible")}
    asking = [each for each in _elements(card) if each.get("id") in ids]
    return [_control(card, each) for each in _actions(asking, dict.fromkeys(ids, True))]


def inputs(card: Json) -> list[Json]:
    """What can be filled in, in order."""
    return [each for each in _elements(card) if each["type"].startswith("Input.")]


def label_of(field: Json) -> str:
    """What an input is called."""
    return str(field.get("label") or field.get("title", ""))


def errors_in(card: Json) -> dict[str, str]:
    """What stands in the colour of warnings: right below an input by its label, everything else by no label."""
    told: dict[str, str] = {}
    above: Json = {"type": ""}
    for each in _elements(card):
        if _warns(each):
            at = label_of(above) if above["type"].startswith("Input.") else ""
            told[at] = "\n".join(filter(None, (told.get(at, ""), _element(each, {}))))
        above = each
    return told


def plain(text: str) -> str:
    """The words of a text block, without its marks."""
    return "\n".join(_paragraphs(_READER.parse(text.replace("\r", "\n")))).strip()


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    sign = ""
    for token in tokens:
        if token.type == "list_item_open":
            sign = f"{token.info}. " if token.info else "• "
        if token.type == "inline":
            yield sign + "".join(_inline(token.children or []))
            sign = ""


def _inline(tokens: list[Token]) -> Iterator[str]:
    addresses: list[str] = []
    for token in tokens:
        match token.type:
            case "text":
                yield token.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "link_open":
                addresses.append(str(token.attrGet("href")))
            case "link_close":
                yield f" ({addresses.pop()})"


def _several(elements: list[Json], shown: Shown) -> list[str]:
    return [told for each in elements if _visible(each, shown) and (told := _element(each, shown))]


def _visible(element: Json, shown: Shown) -> bool:
    return shown.get(str(element.get("id")), bool(element.get("isVisible", True)))


def _element(element: Json, shown: Shown) -> str:
    match element["type"]:
        case "TextBlock":
            return plain(element["text"])
        case "RichTextBlock":
            return "".join(map(_run, element["inlines"]))
        case "FactSet":
            return "\n".join(f"{plain(each['title'])}: {plain(each['value'])}" for each in element["facts"])
        case "Image":
            return f"Picture: {element['altText']}"
        case "ActionSet":
            return _bar(element["actions"])
        case "Container":
            return "\n".join(_held(element, shown))
        case "ColumnSet":
            columns = [_several(each.get("items", []), shown) for each in element.get("columns", [])]
            return "  ".join("\n".join(each) for each in columns if each)
        case str(kind) if kind.startswith("Input."):
            return f"{label_of(element)}: {_begun(element)}".rstrip()
    return ""


def _held(container: Json, shown: Shown) -> list[str]:
    """What a container shows; where all of it is a button, its title first."""
    told = _several(container["items"], shown)
    title = str(container.get("selectAction", {}).get("title", ""))
    if not title:
        return told
    return [f"[{title}]", *(told[1:] if told[:1] == [title] else told)]


def _run(run: Json | str) -> str:
    if isinstance(run, str):
        return run
    action = run.get("selectAction", {})
    return f"{run['text']} ({action['url']})" if action.get("type") == "Action.OpenUrl" else str(run["text"])


def _bar(actions: list[Json]) -> str:
    return " ".join(f"[{each.get('title', '')}]" for each in actions)


def _begun(field: Json) -> str:
    value = str(field.get("value", ""))
    titles = {each["value"]: each["title"] for each in field.get("choices", [])}
    return str(titles.get(value, value))


def _actions(elements: list[Json], shown: Shown) -> Iterator[Json]:
    for element in elements:
        if not _visible(element, shown):
            continue
        if "selectAction" in element:
            yield element["selectAction"]
        yield from element.get("actions", [])
        yield from _actions(element.get("items", []) + element.get("columns", []), shown)


def _control(card: Json, action: Json) -> Control:
    asked = ""
    if action["type"] == "Action.ToggleVisibility":
        ids = {each["elementId"] for each in action["targetElements"] if each.get("isVisible")}
        asking = [each for each in _elements(card) if each.get("id") in ids]
        asked = "\n".join(told for each in asking for told in _words_in(each))
    return Control(str(action.get("title", "")), action, asked)


def _words_in(container: Json) -> list[str]:
    return [_element(each, {}) for each in container.get("items", []) if each["type"] != "ActionSet"]


def _elements(card: Json) -> Iterator[Json]:
    """Every element, in order, what holds others before them."""
    waiting = list(card.get("body", []))
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting = element.get("items", []) + element.get("columns", []) + waiting


def _warns(element: Json) -> bool:
    looks = [element, *(each for each in element.get("inlines", []) if isinstance(each, dict))]
    return element["type"] in ("TextBlock", "RichTextBlock") and any(each.get("color") == "attention" for each in looks)
