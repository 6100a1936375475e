"""What Slack takes as elements: buttons, menus, and what can be filled in."""

import json
import re
from collections.abc import Iterator, Mapping

from tests.doubles.slack.limits_texts import at, flag, plain, several, short, unknown

_FORMS = {
    "initial_date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "initial_time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "initial_user": re.compile(r"[UW][A-Z0-9]+"),
}

_KEYS: dict[object, set[str]] = {
    "button": {"text", "value", "style", "confirm", "accessibility_label"},
    "overflow": {"options", "confirm"},
    "plain_text_input": {"multiline", "max_length", "min_length", "initial_value", "placeholder"},
    "static_select": {"options", "initial_option", "placeholder", "confirm"},
    "radio_buttons": {"options", "initial_option", "confirm"},
    "checkboxes": {"options", "initial_options", "confirm"},
    "datepicker": {"initial_date", "placeholder", "confirm"},
    "timepicker": {"initial_time", "placeholder", "confirm"},
    "users_select": {"initial_user", "placeholder", "confirm"},
    "feedback_buttons": {"positive_button", "negative_button"},
}

_OPTIONS = {"overflow": (2, 5), "static_select": (1, 100), "radio_buttons": (1, 10), "checkboxes": (1, 10)}

IN_ACTIONS = {"button", "overflow", "static_select", "radio_buttons", "checkboxes", "datepicker", "timepicker"}
IN_INPUT = set(_KEYS) - {"button", "overflow", "feedback_buttons"}


def element(found: object, path: str) -> Iterator[str]:
    """Anything that can be pressed or filled in."""
    kind = at(found, "type")
    if not isinstance(found, dict) or kind not in _KEYS:
        yield f"{path}: unknown element"
        return
    keys = _KEYS[kind] | {"type", "action_id"}
    yield from unknown(found, path, keys)
    yield from short(found.get("action_id"), f"{path}.action_id", 255)
    if kind == "button":
        yield from _button(found, path)
    if "options" in keys:
        yield from _options(found, path)
    if kind == "plain_text_input":
        yield from _text_input(found, path)
    if kind == "feedback_buttons":
        yield from _feedback(found, path)
    yield from _begun(found, path)
    yield from _confirm(found, path)


def _begun(found: Mapping[str, object], path: str) -> Iterator[str]:
    if "placeholder" in found:
        yield from plain(found["placeholder"], f"{path}.placeholder", 150)
    for name, form in _FORMS.items():
        if name in found and not form.fullmatch(str(found[name])):
            yield f"{path}.{name}: {name.removeprefix('initial_')} in no form that Slack reads"


def _button(found: Mapping[str, object], path: str) -> Iterator[str]:
    yield from plain(found.get("text"), f"{path}.text", 75)
    if "value" in found:
        yield from short(found["value"], f"{path}.value", 2_000)
    if found.get("style", "primary") not in ("primary", "danger"):
        yield f"{path}.style: primary or danger"
    if "accessibility_label" in found:
        yield from short(found["accessibility_label"], f"{path}.accessibility_label", 75)


def _confirm(found: Mapping[str, object], path: str) -> Iterator[str]:
    if "confirm" not in found:
        return
    confirm = found["confirm"]
    yield from unknown(
        confirm if isinstance(confirm, dict) else {}, f"{path}.confirm", {"title", "text", "confirm", "deny", "style"}
    )
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from plain(at(confirm, name), f"{path}.confirm.{name}", most)


def _options(found: Mapping[str, object], path: str) -> Iterator[str]:
    options = several(found.get("options"))
    least, most = _OPTIONS[str(found["type"])]
    if not least <= len(options) <= most:
        yield f"{path}.options: {least} to {most}"
    for number, each in enumerate(options):
        yield from _option(each, f"{path}.options[{number}]")
    values = [json.dumps(at(each, "value")) for each in options]
    if len(set(values)) < len(values):
        yield f"{path}.options: a value used twice"
    chosen = [found["initial_option"]] if "initial_option" in found else several(found.get("initial_options"))
    yield from (f"{path}.initial_option: none of the options" for each in chosen if each not in options)
    if "initial_options" in found and not chosen:
        yield f"{path}.initial_options: empty"


def _option(option: object, path: str) -> Iterator[str]:
    if not isinstance(option, dict) or option.keys() - {"text", "value", "description"}:
        yield f"{path}: unknown"
        return
    yield from plain(option.get("text"), f"{path}.text", 75)
    yield from short(option.get("value"), f"{path}.value", 150)
    if "description" in option:
        yield from plain(option["description"], f"{path}.description", 75)


def _text_input(found: Mapping[str, object], path: str) -> Iterator[str]:
    most, least = found.get("max_length", 3_000), found.get("min_length", 0)
    yield from flag(found, "multiline", path)
    if not isinstance(most, int) or not 1 <= most <= 3_000:
        yield f"{path}.max_length: 1 to 3000"
    elif not isinstance(least, int) or not 0 <= least <= most:
        yield f"{path}.min_length: 0 to {most}"
    elif "initial_value" in found:
        yield from short(found["initial_value"], f"{path}.initial_value", most)


def _feedback(found: Mapping[str, object], path: str) -> Iterator[str]:
    for name in ("positive_button", "negative_button"):
        button = found.get(name)
        yield from plain(at(button, "text"), f"{path}.{name}.text", 75)
        yield from short(at(button, "value"), f"{path}.{name}.value", 2_000)
