"""Words as Slack's rich text: ours formatted from CommonMark, a person's own as they are, with nothing that pings."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from adapters.passages import Passage, Run, cut
from adapters.shapes import Json

LONGEST = 2_900
"""Characters in one block, a little under Slack's 3,000."""

PARAGRAPH = "\n\n"
"""What Slack draws as the room between two paragraphs; between two blocks it leaves none."""

_SHOWN = ("text", "alt_text", "fields", "elements", "accessory", "options", "confirm", "deny", "title")


def drawn(passages: Iterable[Passage]) -> list[Json]:
    """Rich text blocks of at most 2,900 characters each; long passages are cut at a word and go on in the next."""
    blocks: list[Json] = []
    held: list[Passage] = []
    for passage in (piece for each in passages for piece in cut(each, LONGEST)):
        if held and sum(each.length + len(PARAGRAPH) for each in held) + passage.length > LONGEST:
            blocks.append(_block(held))
            held = []
        held.append(passage)
    return [*blocks, _block(held)] if held else blocks


def length(drawn: object) -> int:
    """Characters that Slack counts in what was drawn."""
    if isinstance(drawn, str):
        return len(drawn)
    if isinstance(drawn, dict):
        drawn = [each for name, each in drawn.items() if name in _SHOWN]
    return sum(length(each) for each in drawn) if isinstance(drawn, list) else 0


def _block(passages: list[Passage]) -> Json:
    return {"type": "rich_text", "elements": list(_elements(passages))}


def _elements(passages: list[Passage]) -> Iterator[Json]:
    before = ""
    for (kind, ordered, indent), group in groupby(passages, key=lambda each: (each.kind, each.ordered, each.indent)):
        held = list(group)
        match kind:
            case "list":
                yield _list(held, ordered, indent)
            case "section":
                # Below a list or a quote, room begins with an empty line.
                elements = [*([_element(Run("\n"))] if before else []), *_paragraphs(held)]
                yield {"type": "rich_text_section", "elements": elements}
            case _:
                for each in held:
                    yield {"type": f"rich_text_{kind}", "elements": [_element(run) for run in each.runs]}
        before = kind


def _list(items: list[Passage], ordered: bool, indent: int) -> Json:
    first = items[0].number
    offset = {"offset": first - 1} if ordered and first > 1 else {}
    style = "ordered" if ordered else "bullet"
    elements = [{"type": "rich_text_section", "elements": [_element(run) for run in each.runs]} for each in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, **offset, "elements": elements}


def _paragraphs(passages: list[Passage]) -> Iterator[Json]:
    """Paragraphs with room between them; below a heading there is none."""
    parted = ""
    for passage in passages:
        if parted:
            yield _element(Run(parted))
        yield from (_element(run) for run in passage.runs)
        parted = "\n" if all("bold" in run.styles for run in passage.runs) else PARAGRAPH


def _element(run: Run) -> Json:
    style = {"style": dict.fromkeys(sorted(run.styles), True)} if run.styles else {}
    if run.link:
        return {"type": "link", "url": run.link, "text": run.text, **style}
    return {"type": "text", "text": run.text, **style}
