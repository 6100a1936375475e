"""What stands between a card's title and its buttons: words, facts, sources, and the buttons for one of them."""

from collections.abc import Sequence

from adapters.passages import Passage, Run, ours, theirs, web_address
from adapters.shapes import Json, objects
from adapters.slack.controls import beside, drawn_buttons
from adapters.slack.rich import LONGEST, drawn
from adapters.slack.texts import can_be_bold, labelled, mrkdwn, mrkdwn_safe, plain_text
from bot.chat.cards import Attachment, Block, Button, Buttons, Divider, Facts, Image, Quote, Source, Sources, Text
from bot.chat.text import clean, shorten

SHORT = 20
"""Characters on a button that stands at the right of something."""


def drawn_body(blocks: Sequence[Block], thread: str = "") -> list[Json]:
    """Blocks one under the other: neighbouring texts are paragraphs of one, and asides stand in one line."""
    shown: list[Json] = []
    texts: list[Passage] = []
    pressed = 0
    for block in blocks:
        passages = _passages(block)
        if passages is not None:
            texts += passages
            continue
        shown += drawn(texts)
        texts = []
        match block:
            case Buttons(buttons):
                shown = _with_buttons(shown, buttons, thread, pressed)
                pressed += len(buttons)
            case _:
                shown = joined(shown, _drawn_block(block))
    return [*shown, *drawn(texts)]


def _with_buttons(shown: list[Json], buttons: tuple[Button, ...], thread: str, first: int) -> list[Json]:
    """One button stands at the right of the facts it is for, more of them below."""
    above = shown[-1] if shown else {}
    if (
        len(buttons) == 1
        and not buttons[0].hint
        and len(buttons[0].label) <= SHORT
        and "fields" in above
        and "accessory" not in above
    ):
        return [*shown[:-1], beside(above, buttons[0], thread, first)]
    return [*shown, *drawn_buttons(buttons, thread, first)]


def joined(shown: list[Json], more: list[Json]) -> list[Json]:
    """Blocks below others; an aside below an aside joins its line."""
    if shown and more and _is_aside(shown[-1]) and _is_aside(more[0]):
        both = [*objects(shown[-1], "elements"), *objects(more[0], "elements")]
        return [*shown[:-1], *context(both), *more[1:]]
    return [*shown, *more]


def _is_aside(block: Json) -> bool:
    return block["type"] == "context" and all(each["type"] == "plain_text" for each in objects(block, "elements"))


def _passages(block: Block) -> list[Passage] | None:
    """A block's words where it is nothing but words, in the order in which they stand."""
    match block:
        case Text(markdown):
            passages = ours(markdown)
            return None if _are_aside(passages) else passages
        case Facts(rows, exact=True):
            return _exact(_clean(rows))
        case Facts(rows) if not _in_fields(_clean(rows)):
            return _listed(_clean(rows))
        case Quote(words, by):
            named = [Passage("section", (Run(clean(by), frozenset({"bold"})),))] if clean(by) else []
            return [*named, *theirs(words)]
        case _:
            return None


def _are_aside(passages: list[Passage]) -> bool:
    """Whether a text is one sentence in italics: what is said in passing stands small."""
    return len(passages) == 1 and all("italic" in run.styles and not run.link for run in passages[0].runs)


def _drawn_block(block: Block) -> list[Json]:
    """A block that is more than words; nothing where there is nothing to see."""
    match block:
        case Text(markdown):
            return context([plain_text("".join(run.text for each in ours(markdown) for run in each.runs), 2_000)])
        case Facts(rows):
            fields = [labelled(label, value) for label, value in _clean(rows)]
            return [{"type": "section", "fields": fields[at : at + 10]} for at in range(0, len(fields), 10)]
        case Sources(items, as_of):
            head = "Sources" if len(items) > 1 else "Source"
            return _sources(f"{head}, as of {as_of.isoformat()}" if as_of else head, items)
        case Divider():
            return [{"type": "divider"}]
        case Image(url, alt):
            if not url.startswith("https://") or not web_address(url):
                return context([plain_text(f"Picture: {clean(alt)}", 2_000)])
            return [{"type": "image", "image_url": url, "alt_text": shorten(clean(alt) or "A picture", 2_000)}]
        case Attachment(name=name):
            return context([plain_text(f"File: {clean(name)}", 300)])
        case Quote() | Buttons():
            return drawn_body([block])


def _clean(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    cleaned = ((clean(label), clean(value)) for label, value in rows)
    return [(label, value) for label, value in cleaned if label or value]


def _in_fields(rows: list[tuple[str, str]]) -> bool:
    """Whether facts stand side by side: short ones, with names. Numbers, dates and commands begin a list; so do facts
    of which some could be bold there and others, such as an address, not.
    """
    short = all(1 < len(label) <= 40 and label[0].isalpha() and 0 < len(value) <= 60 for label, value in rows)
    return len(rows) > 1 and short and len({can_be_bold(label, value) for label, value in rows}) == 1


def _listed(rows: list[tuple[str, str]]) -> list[Passage]:
    """Facts one under the other, in one paragraph."""
    runs: list[Run] = []
    for number, (label, value) in enumerate(rows):
        if number:
            runs.append(Run("\n"))
        if label:
            runs.append(Run(label, frozenset({"bold"})))
        if value:
            runs.append(Run(f"  {value}" if label else value))
    return [Passage("section", tuple(runs))] if runs else []


def _exact(rows: list[tuple[str, str]]) -> list[Passage]:
    """Facts that are copied: each value in a frame of its own, below its label."""
    labels = [[Passage("section", (Run(label, frozenset({"bold"})),))] if label else [] for label, _ in rows]
    values = [theirs(value, "preformatted") for _, value in rows]
    return [each for label, value in zip(labels, values, strict=True) for each in (*label, *value)]


def _sources(head: str, items: Sequence[Source]) -> list[Json]:
    """Sources, small: a line each where all can be links."""
    drawn_items = [_source(item, number) for number, item in enumerate(items, 1)]
    lines = "\n".join([head, *(str(each["text"]) for each in drawn_items)])
    if all(each["type"] == "mrkdwn" for each in drawn_items) and len(lines) <= LONGEST:
        return context([mrkdwn(lines)])
    return context([plain_text(head, 150), *drawn_items])


def _source(source: Source, number: int) -> Json:
    title, locator, url = clean(source.title), clean(source.locator), web_address(source.url)
    if url and mrkdwn_safe(title) and mrkdwn_safe(locator) and len(title) + len(locator) + len(url) < 2_000:
        address = url.replace("&", "&amp;")
        words = ", ".join(part for part in (f"<{address}|{title or 'Source'}>", locator) if part)
        return mrkdwn(f"{number} {words}")
    return plain_text(f"{number} " + ", ".join(part for part in (title, locator, source.url) if part), 2_000)


def context(elements: Sequence[Json]) -> list[Json]:
    """Small print."""
    return [{"type": "context", "elements": list(elements[at : at + 10])} for at in range(0, len(elements), 10)]
