"""What Slack takes as blocks: each kind with its parts, where it may stand, and how much of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from tests.doubles.slack.limits_elements import IN_ACTIONS, IN_INPUT, element
from tests.doubles.slack.limits_rich import rich_text
from tests.doubles.slack.limits_texts import at, flag, plain, several, short, text_object, unescaped, unknown

Surface = Literal["message", "modal", "home"]
Check = Callable[[object, str], Iterator[str]]

MOST = {"message": 50, "modal": 100, "home": 100}


def blocks(found: object, path: str, surface: Surface) -> Iterator[str]:
    """Everything that Slack would refuse in a list of blocks."""
    if not isinstance(found, list) or not found:
        yield f"{path}: no blocks"
        return
    if len(found) > MOST[surface]:
        yield f"{path}: {len(found)} blocks, at most {MOST[surface]}"
    for number, block in enumerate(found):
        yield from _block(block, f"{path}[{number}]", surface)
    yield from _together(found, path)


def _block(block: object, path: str, surface: Surface) -> Iterator[str]:
    if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
        yield f"{path}: unknown block"
        return
    keys, surfaces, check = _BLOCKS[block["type"]]
    yield from unknown(block, path, keys | {"type", "block_id"})
    if surface not in surfaces:
        yield f"{path}: no {block['type']} in a {surface}"
    if "block_id" in block:
        yield from short(block["block_id"], f"{path}.block_id", 255)
    yield from check(block, path)


def _together(found: list[object], path: str) -> Iterator[str]:
    block_ids = [at(block, "block_id") for block in found if at(block, "block_id") is not None]
    action_ids = [each for block in found for each in _action_ids(block)]
    yield from (f"{path}: block_id used twice" for each in set(block_ids) if block_ids.count(each) > 1)
    yield from (f"{path}: action_id used twice" for each in set(action_ids) if action_ids.count(each) > 1)
    markdown = [str(at(block, "text")) for block in found if at(block, "type") == "markdown"]
    if sum(map(len, markdown)) > 12_000:
        yield f"{path}: more than 12000 characters of markdown in all"
    if sum(at(block, "type") == "table" for block in found) > 1:
        yield f"{path}: more than one table"


def _action_ids(block: object) -> list[str]:
    elements = [*several(at(block, "elements")), at(block, "element"), at(block, "accessory")]
    return [str(each["action_id"]) for each in elements if isinstance(each, dict) and "action_id" in each]


def _header(block: object, path: str) -> Iterator[str]:
    yield from plain(at(block, "text"), f"{path}.text", 150)


def _section(block: object, path: str) -> Iterator[str]:
    text, fields, accessory = at(block, "text"), at(block, "fields"), at(block, "accessory")
    if text is None and fields is None:
        yield f"{path}: needs text or fields"
    if text is not None:
        yield from text_object(text, f"{path}.text", 3_000)
    for number, field in enumerate(several(fields)):
        yield from text_object(field, f"{path}.fields[{number}]", 2_000)
    if fields is not None and not 1 <= len(several(fields)) <= 10:
        yield f"{path}.fields: 1 to 10"
    if at(accessory, "type") == "image":
        yield from _picture(accessory, f"{path}.accessory")
    elif accessory is not None:
        yield from element(accessory, f"{path}.accessory")


def _context(block: object, path: str) -> Iterator[str]:
    elements = several(at(block, "elements"))
    if not 1 <= len(elements) <= 10:
        yield f"{path}.elements: 1 to 10"
    for number, each in enumerate(elements):
        where = f"{path}.elements[{number}]"
        yield from _picture(each, where) if at(each, "type") == "image" else text_object(each, where, 3_000)


def _divider(_block: object, _path: str) -> Iterator[str]:
    return iter(())


def _image(block: object, path: str) -> Iterator[str]:
    yield from _picture(block, path)
    if at(block, "title") is not None:
        yield from plain(at(block, "title"), f"{path}.title", 2_000)


def _picture(found: object, path: str) -> Iterator[str]:
    yield from short(at(found, "alt_text"), f"{path}.alt_text", 2_000)
    yield from short(at(found, "image_url"), f"{path}.image_url", 3_000)
    if not str(at(found, "image_url")).startswith("https://"):
        yield f"{path}.image_url: no https"


def _actions(block: object, path: str) -> Iterator[str]:
    elements = several(at(block, "elements"))
    if not 1 <= len(elements) <= 25:
        yield f"{path}.elements: 1 to 25"
    for number, each in enumerate(elements):
        if at(each, "type") not in IN_ACTIONS:
            yield f"{path}.elements[{number}]: nothing to press"
        yield from element(each, f"{path}.elements[{number}]")


def _feedback(block: object, path: str) -> Iterator[str]:
    elements = several(at(block, "elements"))
    if not 1 <= len(elements) <= 5:
        yield f"{path}.elements: 1 to 5"
    for number, each in enumerate(elements):
        if at(each, "type") != "feedback_buttons":
            yield f"{path}.elements[{number}]: no feedback"
        yield from element(each, f"{path}.elements[{number}]")


def _input(block: object, path: str) -> Iterator[str]:
    yield from plain(at(block, "label"), f"{path}.label", 2_000)
    if at(block, "hint") is not None:
        yield from plain(at(block, "hint"), f"{path}.hint", 2_000)
    if at(at(block, "element"), "type") not in IN_INPUT:
        yield f"{path}.element: nothing to fill in"
    yield from element(at(block, "element"), f"{path}.element")
    for name in ("optional", "dispatch_action"):
        yield from flag(block, name, path)


def _markdown(block: object, path: str) -> Iterator[str]:
    yield from short(at(block, "text"), f"{path}.text", 12_000)
    yield from unescaped(str(at(block, "text")), f"{path}.text")


def _table(block: object, path: str) -> Iterator[str]:
    rows = several(at(block, "rows"))
    if not 1 <= len(rows) <= 100:
        yield f"{path}.rows: 1 to 100"
    for number, row in enumerate(rows):
        if not 1 <= len(several(row)) <= 20:
            yield f"{path}.rows[{number}]: 1 to 20 columns"
        for column, cell in enumerate(several(row)):
            yield from _cell(cell, f"{path}.rows[{number}][{column}]")


def _cell(cell: object, path: str) -> Iterator[str]:
    if at(cell, "type") == "rich_text":
        yield from rich_text(cell, path)
    elif at(cell, "type") == "raw_text":
        yield from short(at(cell, "text"), f"{path}.text", 3_000)
    else:
        yield f"{path}: unknown cell"


_ALL: set[Surface] = {"message", "modal", "home"}
_MESSAGE: set[Surface] = {"message"}

_BLOCKS: Mapping[object, tuple[set[str], set[Surface], Check]] = {
    "header": ({"text"}, _ALL, _header),
    "section": ({"text", "fields", "accessory", "expand"}, _ALL, _section),
    "context": ({"elements"}, _ALL, _context),
    "divider": (set(), _ALL, _divider),
    "image": ({"image_url", "alt_text", "title"}, _ALL, _image),
    "actions": ({"elements"}, _ALL, _actions),
    "input": ({"label", "hint", "element", "optional", "dispatch_action"}, {"modal", "home"}, _input),
    "rich_text": ({"elements"}, _ALL, rich_text),
    "context_actions": ({"elements"}, _MESSAGE, _feedback),
    "markdown": ({"text"}, _MESSAGE, _markdown),
    "table": ({"rows", "column_settings"}, _MESSAGE, _table),
}
