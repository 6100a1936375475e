"""Forms as modals, both ways: drawn with their fields, read when they are sent, drawn again with what was typed."""

from collections.abc import Mapping

from adapters.passages import Passage, Run
from adapters.shapes import Json, inner, objects, word
from adapters.slack import names
from adapters.slack.body import drawn_body
from adapters.slack.render import LEFT_OUT, LONGEST_TITLE, drawn_header, drawn_title, fitted
from adapters.slack.rich import drawn
from adapters.slack.texts import plain_text
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from bot.chat.identity import Actor
from bot.chat.text import clean, shorten

LONGEST_INPUT = 3_000
FEW = 5
"""Options that stand as radio buttons; more of them go into a menu."""

_PROBLEM = "rai.problem"


def drawn_form(form: Form, problem: str = "") -> Json:
    """A form as a modal.

    Args:
        problem: what went wrong when it was sent before.
    """
    title = clean(form.title)
    head = drawn_header(title) if len(title) > LONGEST_TITLE else []
    intro = [*_problem(problem), *head, *drawn_body(form.intro)]
    blocks, _ = fitted(intro, [_input(field) for field in form.fields], LEFT_OUT)
    view: Json = {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": form.hidden,
        "title": drawn_title(title),
        "close": plain_text("Cancel", 24),
        "blocks": blocks,
    }
    if any(block["type"] == "input" for block in blocks):
        view["submit"] = plain_text(form.submit, 24)
    return view


def read_form(view: Mapping[str, object], team: str) -> tuple[str, dict[str, str], str]:
    """A sent modal: the form's name, its values by field, and what it hid. A field left empty is an empty text."""
    values = {
        field: _value(answer, team)
        for field, answers in inner(view, "state", "values").items()
        for answer in inner({"": answers}, "").values()
    }
    return word(view, "callback_id"), values, word(view, "private_metadata")


def refilled(view: Mapping[str, object], problem: str) -> Json:
    """A modal as it was sent, with what was typed still in it and the problem on top."""
    kept = [block for block in objects(view, "blocks") if block.get("block_id") != _PROBLEM]
    again = [_kept(block, view) if block.get("type") == "input" else block for block in kept]
    names_of = ("type", "callback_id", "private_metadata", "title", "submit", "close")
    return {**{name: view[name] for name in names_of if view.get(name)}, "blocks": [*_problem(problem), *again]}


def error_blocks(by_field: Mapping[str, str], view: Mapping[str, object]) -> dict[str, str]:
    """What is wrong, by the input's block; what belongs to no input of this modal is told at the first one."""
    inputs = [word(block, "block_id") for block in objects(view, "blocks") if block.get("type") == "input"]
    told: dict[str, str] = {}
    for field, problem in by_field.items():
        where = field if field in inputs else next(iter(inputs), field)
        told[where] = f"{told[where]} {problem}" if where in told else problem
    return {where: shorten(problem, 2_000) for where, problem in told.items()}


def _problem(sentence: str) -> list[Json]:
    words = clean(sentence)
    if not words:
        return []
    blocks = drawn([Passage("section", (Run("⚠ "), Run(words, frozenset({"bold"}))))])
    return [{**blocks[0], "block_id": _PROBLEM}]


def _input(field: Field) -> Json:
    if isinstance(field, ChoiceField) and not field.options:
        words = f"{clean(field.label)}: nothing to choose from."
        return {"type": "section", "text": plain_text(words, LONGEST_INPUT)}
    drawn_input: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(field.label, 2_000),
        "element": {**_element(field), "action_id": field.name},
        "optional": not field.required,
    }
    if clean(field.hint):
        drawn_input["hint"] = plain_text(field.hint, 2_000)
    return drawn_input


def _element(field: Field) -> Json:
    match field:
        case TextField(initial=initial, most=most, multiline=multiline):
            begun = {"initial_value": shorten(clean(initial), min(most, LONGEST_INPUT))} if clean(initial) else {}
            longest = min(most, LONGEST_INPUT)
            return {"type": "plain_text_input", "multiline": multiline, "max_length": longest, **begun}
        case ChoiceField(options=options, initial=initial):
            drawn_options = [_option(value, label) for value, label in options[:100]]
            begun_at = [each for each in drawn_options if each["value"] == initial]
            few = len(options) <= FEW and all(len(label) <= 60 for _, label in options)
            kind = "radio_buttons" if few else "static_select"
            return {"type": kind, "options": drawn_options, **({"initial_option": begun_at[0]} if begun_at else {})}
        case DateField(initial=initial):
            return {"type": "datepicker", **({"initial_date": initial} if initial else {})}
        case TimeField(initial=initial):
            return {"type": "timepicker", **({"initial_time": initial[:5]} if initial else {})}
        case PersonField(initial=initial):
            user = Actor.parse(initial).user if initial.startswith(f"{names.PLATFORM}:") else ""
            return {"type": "users_select", **({"initial_user": user} if user else {})}
        case ToggleField(label=label, initial=initial):
            option = _option("yes", label)
            return {"type": "checkboxes", "options": [option], **({"initial_options": [option]} if initial else {})}


def _option(value: str, label: str) -> Json:
    return {"text": plain_text(label, 75), "value": value[:150]}


def _value(answer: object, team: str) -> str:
    match word(answer, "type"):
        case "plain_text_input":
            return word(answer, "value")
        case "radio_buttons" | "static_select":
            return word(answer, "selected_option", "value")
        case "datepicker":
            return word(answer, "selected_date")
        case "timepicker":
            return word(answer, "selected_time")
        case "users_select":
            user = word(answer, "selected_user")
            return names.actor(team, user).address if user else ""
        case "checkboxes":
            return next((word(each, "value") for each in objects(answer, "selected_options")), "")
        case _:
            raise ValueError("an input of no kind that a form of ours has")


def _kept(block: Json, view: Mapping[str, object]) -> Json:
    """An input with what was typed into it."""
    name, element = word(block, "block_id"), inner(block, "element")
    answer = inner(view, "state", "values", name, word(element, "action_id"))
    initial = {
        "plain_text_input": ("initial_value", clean(word(answer, "value"))),
        "radio_buttons": ("initial_option", answer.get("selected_option")),
        "static_select": ("initial_option", answer.get("selected_option")),
        "datepicker": ("initial_date", answer.get("selected_date")),
        "timepicker": ("initial_time", answer.get("selected_time")),
        "users_select": ("initial_user", answer.get("selected_user")),
        "checkboxes": ("initial_options", answer.get("selected_options")),
    }.get(word(element, "type"))
    if initial is None:
        return block
    begun = {each: value for each, value in element.items() if each != initial[0]}
    return {**block, "element": {**begun, **({initial[0]: initial[1]} if initial[1] else {})}}
