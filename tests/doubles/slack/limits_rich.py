"""What Slack takes as rich text: words and links, in paragraphs, quotes, lists and code."""

import re
from collections.abc import Iterator

from tests.doubles.slack.limits_texts import at, several, short, unknown, words

_STYLES = {"bold", "italic", "code", "strike"}


def rich_text(block: object, path: str) -> Iterator[str]:
    """A rich_text block."""
    elements = several(at(block, "elements"))
    if not elements:
        yield f"{path}.elements: empty"
    if words(block) > 3_000:
        yield f"{path}: {words(block)} characters, at most 3000"
    for number, element in enumerate(elements):
        yield from _part(element, f"{path}.elements[{number}]")


def _part(element: object, path: str) -> Iterator[str]:
    kind, inside = at(element, "type"), several(at(element, "elements"))
    known = {"type", "elements", "border"}
    if kind == "rich_text_list":
        known |= {"style", "indent", "offset"}
        yield from _list(element, path)
        yield from (problem for n, each in enumerate(inside) for problem in _part(each, f"{path}.elements[{n}]"))
    elif kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        yield from (problem for n, each in enumerate(inside) for problem in _run(each, f"{path}.elements[{n}]"))
    else:
        yield f"{path}: unknown rich text"
    yield from unknown(element if isinstance(element, dict) else {}, path, known)
    if not inside:
        yield f"{path}.elements: empty"


def _list(element: object, path: str) -> Iterator[str]:
    if at(element, "style") not in ("bullet", "ordered"):
        yield f"{path}.style: bullet or ordered"
    for name, most in (("indent", 8), ("offset", 10_000_000_000)):
        number = at(element, name)
        if number is not None and not (isinstance(number, int) and 0 <= number <= most):
            yield f"{path}.{name}: 0 to {most}"
    if any(at(each, "type") != "rich_text_section" for each in several(at(element, "elements"))):
        yield f"{path}.elements: sections only"


def _run(run: object, path: str) -> Iterator[str]:
    kind = at(run, "type")
    if not isinstance(run, dict) or kind not in ("text", "link"):
        yield f"{path}: may ping, or is unknown"
        return
    yield from unknown(run, path, {"type", "text", "style"} | ({"url"} if kind == "link" else set()))
    yield from short(run.get("text"), f"{path}.text", 3_000)
    style = run.get("style")
    if style is not None and (not isinstance(style, dict) or not style or style.keys() - _STYLES):
        yield f"{path}.style: unknown"
    if kind == "link" and not re.match(r"https?://", str(run.get("url"))):
        yield f"{path}.url: no address of the web"
