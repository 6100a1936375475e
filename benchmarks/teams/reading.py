"""What a person reads and finds to press in what a bot sent."""

from collections.abc import Iterator
from typing import Any


def words_in(content: Any) -> Iterator[str]:
    """Every word that a person would read, in order."""
    match content:
        case str():
            yield content
        case list():
            for each in content:
                yield from words_in(each)
        case {"type": "RichTextBlock", "inlines": list(runs)}:
            yield "".join(each if isinstance(each, str) else str(each["text"]) for each in runs)
        case dict():
            for key in ("text", "label", "title", "value", "errorMessage"):
                if isinstance(content.get(key), str):
                    yield content[key]
            for key in ("content", "card", "body", "items", "columns", "facts", "selectAction", "actions"):
                yield from words_in(content.get(key))
        case _:
            pass


def objects_in(content: Any) -> Iterator[Any]:
    """Every object, however deep."""
    match content:
        case list():
            for each in content:
                yield from objects_in(each)
        case dict():
            yield content
            for each in content.values():
                yield from objects_in(each)
        case _:
            pass


def button(content: Any, title: str) -> Any:
    """A button by its title."""
    found = {str(each["title"]): each for each in reversed([*objects_in(content)]) if _is_action(each)}
    assert title in found, f"no button {title!r} among {[*reversed(found)]}"
    return found[title]


def _is_action(each: Any) -> bool:
    return str(each.get("type", "")).startswith("Action.") and "title" in each
