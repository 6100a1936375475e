"""What a person sees of blocks, in plain words, and what they can press and fill in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

Json = dict[str, Any]
"""JSON as the double passes it around; it is read by hand here, and by nobody else."""


@dataclass(frozen=True)
class Control:
    """Something to press: ``value`` is what Slack would send, ``confirm`` the question it would ask first."""

    label: str
    block_id: str
    element: Json
    option: Json | None = None

    @property
    def confirm(self) -> str:
        """The question asked before."""
        return str(self.element.get("confirm", {}).get("text", {}).get("text", ""))

    def action(self) -> Json:
        """What Slack sends of a press."""
        kind = self.element["type"]
        told = {"type": kind, "action_id": self.element["action_id"], "block_id": self.block_id, "action_ts": "1.0"}
        if self.option is not None:
            return {**told, "selected_option": self.option}
        text, value = self.element["text"], self.element.get("value")
        return {**told, "text": text, **({"value": value} if value is not None else {})}


def seen_blocks(blocks: list[Json]) -> str:
    """Everything the blocks show, a paragraph a block, the buttons in brackets at the end."""
    told = [part for part in (_block(block) for block in blocks) if part]
    buttons = " ".join(f"[{control.label}]" for control in controls(blocks))
    return "\n\n".join([*told, buttons] if buttons else told)


def controls(blocks: list[Json]) -> list[Control]:
    """What can be pressed, in order."""
    return list(_controls(blocks))


def _controls(blocks: list[Json]) -> Iterator[Control]:
    for block in blocks:
        if "accessory" in block:
            yield Control(_name(block), block["block_id"], block["accessory"])
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["type"] == "overflow":
                for option in element["options"]:
                    yield Control(option["text"]["text"], block["block_id"], element, option)
            else:
                yield Control(element["text"]["text"], block["block_id"], element)


def _name(section: Json) -> str:
    """What somebody would call the button at the right of a section: what the line says, else its label."""
    label = str(section["accessory"]["text"]["text"])
    return _text(section["text"]).partition("\n")[0] if "text" in section else label


def inputs(blocks: list[Json]) -> list[Json]:
    """The blocks that can be filled in, in order."""
    return [block for block in blocks if block["type"] == "input"]


def state_of(blocks: list[Json], filled: Mapping[str, str]) -> Json:
    """Slack's ``view.state.values`` after somebody has filled in what they name by its label, and left the rest.

    Raises:
        AssertionError: there is no such field or choice, or Slack's own client would not send this.
    """
    labels = {block["label"]["text"] for block in inputs(blocks)}
    assert set(filled) <= labels, f"no such fields: {set(filled) - labels}; there are {labels}"
    return {
        block["block_id"]: {block["element"]["action_id"]: _state(block, filled.get(block["label"]["text"]))}
        for block in inputs(blocks)
    }


def _state(block: Json, given: str | None) -> Json:
    element, label = block["element"], block["label"]["text"]
    state = _filled(element, label, given)
    empty = not any(value for name, value in state.items() if name != "type")
    assert block.get("optional") or not empty, f"Slack sends no form while {label!r} is empty"
    return state


def _filled(element: Json, label: str, given: str | None) -> Json:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            value = element.get("initial_value") if given is None else given or None
            assert len(value or "") <= element.get("max_length", 3_000), f"Slack takes no more letters in {label!r}"
            return {"type": kind, "value": value}
        case "radio_buttons" | "static_select":
            return {"type": kind, "selected_option": _chosen(element, label, given)}
        case "checkboxes":
            ticked = element.get("initial_options", []) if given is None else element["options"] if given else []
            return {"type": kind, "selected_options": ticked}
        case "datepicker" | "timepicker":
            name = kind.removesuffix("picker")
            return {
                "type": kind,
                f"selected_{name}": element.get(f"initial_{name}") if given is None else given or None,
            }
        case "users_select":
            return {"type": kind, "selected_user": element.get("initial_user") if given is None else given or None}
    raise AssertionError(f"nobody can fill in a {kind}")


def _chosen(element: Json, label: str, given: str | None) -> Json | None:
    if given is None or given == "":
        return element.get("initial_option") if given is None else None
    for option in element["options"]:
        if given in (option["text"]["text"], option["value"]):
            return dict(option)
    choices = [option["text"]["text"] for option in element["options"]]
    raise AssertionError(f"{label!r} has no choice {given!r}; there are {choices}")


def _block(block: Json) -> str:
    match block["type"]:
        case "header":
            return str(block["text"]["text"])
        case "section":
            fields = [_fact(field) for field in block.get("fields", [])]
            return "\n".join([*([_text(block["text"])] if "text" in block else []), *fields])
        case "context":
            return "\n".join(_text(element) for element in block["elements"])
        case "rich_text":
            return "\n".join(_rich(element) for element in block["elements"])
        case "image":
            return f"Picture: {block['alt_text']}"
        case "input":
            return _input(block)
    return ""


def _input(block: Json) -> str:
    hint = f" ({block['hint']['text']})" if "hint" in block else ""
    element = block["element"]
    begun = element.get("initial_value") or element.get("initial_option", {}).get("text", {}).get("text", "")
    return f"{block['label']['text']}:{hint} {begun}".rstrip()


def _fact(field: Json) -> str:
    return _text(field).replace("\n", ": ", 1)


def _text(text: Json) -> str:
    if text["type"] != "mrkdwn":
        return str(text["text"])
    linked = re.sub(r"<([^|>]+)\|([^>]+)>", r"\2 (\1)", text["text"])
    return unescape(re.sub(r"\*([^*]+)\*", r"\1", linked))


def _rich(element: Json) -> str:
    match element["type"]:
        case "rich_text_list":
            return "\n".join(f"• {_rich(each)}" for each in element["elements"])
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _runs(element).splitlines())
    return _runs(element)


def _runs(element: Json) -> str:
    shown = (f"{run['text']} ({run['url']})" if run["type"] == "link" else run["text"] for run in element["elements"])
    return "".join(shown)
