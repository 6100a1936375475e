"""Looks at drawn cards: whether Teams takes them, what they say in order, how a person's words stand there."""

import json
import re
from collections.abc import Iterator, Mapping

from adapters.passages import ours
from adapters.shapes import Json, inner, objects, word
from adapters.teams.render import size
from bot.chat.plain import plain_markdown
from tests.doubles.teams.cards import Surface, problems_of_card
from tests.doubles.teams.schema import problems_by_schema

_MARKDOWN = re.compile(r"[*_`\[\]<>\\~#|]|&#?\w+;|^\s*([-+=:]|\d+[.)](\s|$))", re.MULTILINE)
"""What a client that reads Markdown could take for a mark."""

_COMPUTED = re.compile(r"\{\{|\$\{|</?at\b", re.IGNORECASE)

READ_AS_MARKDOWN = frozenset({"TextBlock.text", "Fact.title", "Fact.value", "OpenChoice.title", "Input.Toggle.title"})
"""What the official renderer reads as Markdown. Our error messages of required fields are fixed sentences."""

LETTERS = re.compile(
    r"TextRun\.text|Image\.altText|AdaptiveCard\.fallbackText|Choice\.title|Input\.\w+\.(label|value)"
    r"|Action\.\w+\.(title|tooltip)"
)
"""Where a text is drawn as its letters."""

LOOKS = {"type", "text", "weight", "size", "isSubtle", "fontType", "color"}
"""What a run of a person's words may have: no link, no strike, no highlight."""


MOST_BY_SCHEMA = 4_000
"""Bytes of a card that the schema looks at: it takes a third of a second for a large one, which is built of no more."""


def problems_of(card: Json, surface: Surface) -> list[str]:
    """What Teams, the schema and whoever cannot see the card would find wrong with it."""
    problems = problems_of_card(card, surface)
    return problems if size(card) > MOST_BY_SCHEMA else [*problems, *problems_by_schema(card)]


def elements(card: object) -> Iterator[Json]:
    """Everything that is drawn at first, in order, without what is pressed."""
    for name in ("body", "items", "columns", "inlines"):
        for each in objects(card, name):
            if each.get("type") != "ActionSet" and each.get("isVisible") is not False:
                yield each
                yield from elements(each)


def seen(card: object) -> str:
    """What somebody reads on a card, a line an element."""
    return "\n".join(filter(None, map(_seen, elements(card))))


def _seen(element: Json) -> str:
    match element.get("type"):
        case "TextBlock":
            return re.sub(r" \(https?:[^\s]*\)", "", plain_markdown(word(element, "text").replace("\r", "\n")))
        case "TextRun":
            return word(element, "text")
        case "FactSet":
            return "\n".join(f"{word(fact, 'title')}\n{word(fact, 'value')}" for fact in objects(element, "facts"))
        case "Image":
            return word(element, "altText")
        case _:
            choices = [word(each, "title") for each in objects(element, "choices")]
            return "\n".join([word(element, "label"), word(element, "title"), word(element, "value"), *choices]).strip()


def actions(card: object) -> Iterator[Json]:
    """What can be pressed, in order, with the buttons of questions that are asked first."""
    for element in [*objects(card, "body"), *objects(card, "items")]:
        yield from [inner(element, "selectAction")] if "selectAction" in element else []
        yield from objects(element, "actions")
        yield from actions({"items": list(objects(element, "items"))})


def sent(card: Json, filled: Mapping[str, str]) -> Json:
    """What Teams sends when somebody fills a form in, by the names of its fields, and presses its button."""
    (send,) = actions(card)
    begun = {word(each, "id"): word(each, "value") for each in inputs(card)}
    assert set(filled) <= set(begun), f"no such fields: {set(filled) - set(begun)}"
    return json.loads(json.dumps({**inner(send, "data"), **begun, **filled}))  # type: ignore[no-any-return]


def inputs(card: object) -> list[Json]:
    """The inputs of a card, in order."""
    return [each for each in elements(card) if word(each, "type").startswith("Input.")]


def escapes(card: Json, words: str) -> list[str]:
    """Where words of people, known by ``words``, stand as more than letters, and where anything would be computed."""
    found = [problem for text in _texts(card, "AdaptiveCard") for problem in _escapes(*text, words)]
    links = [run for passage in ours(word(card, "fallbackText")) for run in passage.runs if run.link]
    return [*found, *(f"fallbackText links {run.text[:60]!r}" for run in links if words in run.text)]


def _texts(drawn: Json, kind: str) -> Iterator[tuple[str, str, Json]]:
    """Every text that is drawn, with the name of its place and what it stands in; data goes back to us undrawn."""
    for name, value in drawn.items():
        if isinstance(value, str) and name != "type":
            yield f"{kind}.{name}", value, drawn
        elif name != "data":
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    yield from _texts(each, word(each, "type") or _kind(name, drawn))


def _kind(name: str, drawn: Json) -> str:
    """What something is that bears no name of its kind."""
    is_open = drawn.get("style") == "expanded"
    return {"facts": "Fact", "choices": "OpenChoice" if is_open else "Choice"}.get(name, name)


def _escapes(place: str, text: str, drawn: Json, words: str) -> Iterator[str]:
    if _COMPUTED.search(text):
        yield f"{place} would compute something: {text[:60]!r}"
    if words not in text:
        return
    if place in READ_AS_MARKDOWN:
        if _MARKDOWN.search(text) or "\n" in text:
            yield f"{place} is read as Markdown: {text[:60]!r}"
    elif not LETTERS.fullmatch(place):
        yield f"{place} shows a person's words"
    if place == "TextRun.text" and drawn.keys() - LOOKS:
        yield f"{place} has {sorted(drawn.keys() - LOOKS)}"
