"""What Slack takes: its documented limits on messages, views and blocks, and stricter where a doubt is left."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

Surface = Literal["message", "modal", "home"]
Check = Callable[[object, str], Iterator[str]]

_MAY_PING = re.compile(r"<[!@#]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")


def problems_of_message(args: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in a message's arguments, a sentence each."""
    return list(_message(args))


def problems_of_view(view: object) -> list[str]:
    """What Slack would refuse in a view."""
    return list(_view(view))


def problems_of_blocks(blocks: object, surface: Surface) -> list[str]:
    """What Slack would refuse in blocks on a surface."""
    return list(_blocks(blocks, "blocks", surface))


def _message(args: Mapping[str, object]) -> Iterator[str]:
    text = args.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "text: screen readers need it"
    elif len(text) > 40_000:
        yield f"text: {len(text)} characters, at most 40000"
    elif _MAY_PING.search(text):
        yield "text: may ping"
    if "blocks" in args:
        yield from _blocks(args["blocks"], "blocks", "message")
        if _words(args["blocks"]) > 12_000:
            yield f"blocks: {_words(args['blocks'])} characters in all, at most 12000"
    if "metadata" in args:
        yield from _metadata(args["metadata"])


def _metadata(metadata: object) -> Iterator[str]:
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        yield "metadata: needs event_type and event_payload, nothing else"
    elif not isinstance(metadata["event_payload"], dict):
        yield "metadata.event_payload: no object"


_VIEW_KEYS = {
    "modal": {"type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "notify_on_close"},
    "home": {"type", "blocks", "private_metadata", "callback_id"},
}


def _view(view: object) -> Iterator[str]:
    if not isinstance(view, dict) or view.get("type") not in _VIEW_KEYS:
        yield "view.type: modal or home"
        return
    kind = view["type"]
    yield from (f"view.{key}: unknown" for key in view.keys() - _VIEW_KEYS[kind])
    if kind == "modal" and "title" not in view:
        yield "view.title: missing"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _plain(view[name], f"view.{name}", 24)
    for name, most in (("private_metadata", 3_000), ("callback_id", 255)):
        if len(str(view.get(name, ""))) > most:
            yield f"view.{name}: more than {most} characters"
    if len(json.dumps(view)) > 250_000:
        yield "view: more than 250 KB"
    yield from _blocks(view.get("blocks"), "view.blocks", kind)
    has_input = any(block.get("type") == "input" for block in view.get("blocks") or [] if isinstance(block, dict))
    if has_input and "submit" not in view:
        yield "view.submit: missing beside an input"
    if not has_input and "submit" in view:
        yield "view.submit: nothing to send"


def _blocks(blocks: object, path: str, surface: Surface) -> Iterator[str]:
    if not isinstance(blocks, list) or not blocks:
        yield f"{path}: no blocks"
        return
    most = 50 if surface == "message" else 100
    if len(blocks) > most:
        yield f"{path}: {len(blocks)} blocks, at most {most}"
    block_ids, action_ids = [], []
    for number, block in enumerate(blocks):
        where = f"{path}[{number}]"
        if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
            yield f"{where}: unknown block"
            continue
        kind = block["type"]
        keys, check = _BLOCKS[kind]
        yield from (f"{where}.{key}: unknown" for key in block.keys() - keys - {"type", "block_id"})
        if kind == "input" and surface == "message":
            yield f"{where}: no input in a message"
        if "block_id" in block:
            block_ids.append(block["block_id"])
            yield from _short(block["block_id"], f"{where}.block_id", 255)
        action_ids += _action_ids(block)
        yield from check(block, where)
    yield from (f"{path}: block_id used twice" for each in set(block_ids) if block_ids.count(each) > 1)
    yield from (f"{path}: action_id used twice" for each in set(action_ids) if action_ids.count(each) > 1)


def _action_ids(block: Mapping[str, object]) -> list[str]:
    elements = block.get("elements") if block["type"] == "actions" else [block.get("element"), block.get("accessory")]
    found = elements if isinstance(elements, list) else []
    return [str(each["action_id"]) for each in found if isinstance(each, dict) and "action_id" in each]


def _words(blocks: object) -> int:
    """Characters of every text in blocks."""
    if isinstance(blocks, list):
        return sum(_words(each) for each in blocks)
    if isinstance(blocks, dict):
        return sum(
            len(each) if name in ("text", "alt_text") and isinstance(each, str) else _words(each)
            for name, each in blocks.items()
        )
    return 0


def _short(value: object, path: str, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not value:
        yield f"{path}: empty"
    elif len(value) > most:
        yield f"{path}: {len(value)} characters, at most {most}"
    elif _CONTROL.search(value):
        yield f"{path}: a control character or half a letter"


def _plain(text: object, path: str, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text" or text.keys() - {"type", "text", "emoji"}:
        yield f"{path}: no plain_text"
        return
    if text.get("emoji") is not False:
        yield f"{path}: emoji may be drawn"
    yield from _short(text.get("text"), f"{path}.text", most)


def _text(text: object, path: str, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{path}: no text"
        return
    if text["type"] == "plain_text":
        yield from _plain(text, path, most)
        return
    yield from (f"{path}.{key}: unknown" for key in text.keys() - {"type", "text", "verbatim"})
    yield from _short(text.get("text"), f"{path}.text", most)
    if _MAY_PING.search(str(text.get("text"))):
        yield f"{path}: may ping"
    if not text.get("verbatim"):
        yield f"{path}: Slack would look for links and names in it"


def _header(block: object, path: str) -> Iterator[str]:
    yield from _plain(_at(block, "text"), f"{path}.text", 150)


def _section(block: object, path: str) -> Iterator[str]:
    text, fields = _at(block, "text"), _at(block, "fields")
    if text is None and fields is None:
        yield f"{path}: needs text or fields"
    if text is not None:
        yield from _text(text, f"{path}.text", 3_000)
    for number, field in enumerate(_several(fields)):
        yield from _text(field, f"{path}.fields[{number}]", 2_000)
    if fields is not None and not 1 <= len(_several(fields)) <= 10:
        yield f"{path}.fields: 1 to 10"


def _context(block: object, path: str) -> Iterator[str]:
    elements = _several(_at(block, "elements"))
    if not 1 <= len(elements) <= 10:
        yield f"{path}.elements: 1 to 10"
    for number, element in enumerate(elements):
        yield from _text(element, f"{path}.elements[{number}]", 3_000)


def _divider(_block: object, _path: str) -> Iterator[str]:
    return iter(())


def _image(block: object, path: str) -> Iterator[str]:
    yield from _short(_at(block, "alt_text"), f"{path}.alt_text", 2_000)
    yield from _short(_at(block, "image_url"), f"{path}.image_url", 3_000)
    if not str(_at(block, "image_url")).startswith("https://"):
        yield f"{path}.image_url: no https"


def _actions(block: object, path: str) -> Iterator[str]:
    elements = _several(_at(block, "elements"))
    if not 1 <= len(elements) <= 25:
        yield f"{path}.elements: 1 to 25"
    for number, element in enumerate(elements):
        if _at(element, "type") not in ("button", "overflow"):
            yield f"{path}.elements[{number}]: no button or menu"
        yield from _element(element, f"{path}.elements[{number}]")


def _input(block: object, path: str) -> Iterator[str]:
    yield from _plain(_at(block, "label"), f"{path}.label", 2_000)
    if _at(block, "hint") is not None:
        yield from _plain(_at(block, "hint"), f"{path}.hint", 2_000)
    if _at(_at(block, "element"), "type") in ("button", "overflow"):
        yield f"{path}.element: nothing to fill in"
    yield from _element(_at(block, "element"), f"{path}.element")


def _rich_text(block: object, path: str) -> Iterator[str]:
    elements = _several(_at(block, "elements"))
    if not elements:
        yield f"{path}.elements: empty"
    if _words(block) > 3_000:
        yield f"{path}: {_words(block)} characters, at most 3000"
    for number, element in enumerate(elements):
        yield from _rich(element, f"{path}.elements[{number}]")


def _rich(element: object, path: str) -> Iterator[str]:
    kind, inside = _at(element, "type"), _several(_at(element, "elements"))
    if kind == "rich_text_list":
        if _at(element, "style") not in ("bullet", "ordered"):
            yield f"{path}.style: bullet or ordered"
        yield from (problem for n, each in enumerate(inside) for problem in _rich(each, f"{path}.elements[{n}]"))
    elif kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        yield from (problem for n, each in enumerate(inside) for problem in _run(each, f"{path}.elements[{n}]"))
    else:
        yield f"{path}: unknown rich text"
    if not inside:
        yield f"{path}.elements: empty"


def _run(run: object, path: str) -> Iterator[str]:
    kind = _at(run, "type")
    if kind not in ("text", "link"):
        yield f"{path}: may ping, or is unknown"
        return
    allowed = {"type", "text", "style"} | ({"url"} if kind == "link" else set())
    yield from (f"{path}.{key}: unknown" for key in (run.keys() if isinstance(run, dict) else set()) - allowed)
    yield from _short(_at(run, "text"), f"{path}.text", 3_000)
    style = _at(run, "style")
    if style is not None and (not isinstance(style, dict) or style.keys() - {"bold", "italic", "code", "strike"}):
        yield f"{path}.style: unknown"
    if kind == "link" and not re.match(r"https?://", str(_at(run, "url"))):
        yield f"{path}.url: no address of the web"


def _element(element: object, path: str) -> Iterator[str]:
    kind = _at(element, "type")
    if not isinstance(element, dict) or kind not in _ELEMENTS:
        yield f"{path}: unknown element"
        return
    keys = _ELEMENTS[kind] | {"type", "action_id"}
    yield from (f"{path}.{key}: unknown" for key in element.keys() - keys)
    yield from _short(element.get("action_id"), f"{path}.action_id", 255)
    if kind == "button":
        yield from _button(element, path)
    if "options" in keys:
        yield from _options(element, path)
    if kind == "plain_text_input":
        yield from _text_input(element, path)
    for name, form in (("initial_date", _DATE), ("initial_time", _TIME)):
        if name in element and not form.fullmatch(str(element[name])):
            yield f"{path}.{name}: {name.removeprefix('initial_')} in no form that Slack reads"


def _button(element: Mapping[str, object], path: str) -> Iterator[str]:
    yield from _plain(element.get("text"), f"{path}.text", 75)
    if "value" in element:
        yield from _short(element["value"], f"{path}.value", 2_000)
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"{path}.style: primary or danger"
    if "accessibility_label" in element:
        yield from _short(element["accessibility_label"], f"{path}.accessibility_label", 75)
    confirm = element.get("confirm")
    if confirm is not None:
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _plain(_at(confirm, name), f"{path}.confirm.{name}", most)


def _options(element: Mapping[str, object], path: str) -> Iterator[str]:
    options = _several(element.get("options"))
    least, most = {"overflow": (2, 5), "static_select": (1, 100)}.get(str(element["type"]), (1, 10))
    if not least <= len(options) <= most:
        yield f"{path}.options: {least} to {most}"
    for number, option in enumerate(options):
        if not isinstance(option, dict) or option.keys() - {"text", "value", "description"}:
            yield f"{path}.options[{number}]: unknown"
            continue
        yield from _plain(option.get("text"), f"{path}.options[{number}].text", 75)
        yield from _short(option.get("value"), f"{path}.options[{number}].value", 150)
    values = [json.dumps(_at(each, "value")) for each in options]
    if len(set(values)) < len(values):
        yield f"{path}.options: a value used twice"
    chosen = [element["initial_option"]] if "initial_option" in element else _several(element.get("initial_options"))
    yield from (f"{path}.initial_option: none of the options" for each in chosen if each not in options)


def _text_input(element: Mapping[str, object], path: str) -> Iterator[str]:
    most = element.get("max_length", 3_000)
    if not isinstance(most, int) or not 1 <= most <= 3_000:
        yield f"{path}.max_length: 1 to 3000"
    elif "initial_value" in element:
        yield from _short(element["initial_value"], f"{path}.initial_value", most)


def _at(payload: object, name: str) -> object:
    return payload.get(name) if isinstance(payload, dict) else None


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else []


_ELEMENTS: dict[object, set[str]] = {
    "button": {"text", "value", "style", "confirm", "accessibility_label"},
    "overflow": {"options", "confirm"},
    "plain_text_input": {"multiline", "max_length", "min_length", "initial_value", "placeholder"},
    "static_select": {"options", "initial_option", "placeholder"},
    "radio_buttons": {"options", "initial_option"},
    "checkboxes": {"options", "initial_options"},
    "datepicker": {"initial_date", "placeholder"},
    "timepicker": {"initial_time", "placeholder"},
    "users_select": {"initial_user", "placeholder"},
}

_BLOCKS: dict[object, tuple[set[str], Check]] = {
    "header": ({"text"}, _header),
    "section": ({"text", "fields", "accessory"}, _section),
    "context": ({"elements"}, _context),
    "divider": (set(), _divider),
    "image": ({"image_url", "alt_text", "title"}, _image),
    "actions": ({"elements"}, _actions),
    "input": ({"label", "hint", "element", "optional", "dispatch_action"}, _input),
    "rich_text": ({"elements"}, _rich_text),
}
