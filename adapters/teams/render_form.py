"""Forms as cards in a dialog, both ways: drawn with their fields, read when sent, drawn again with what was typed."""

from collections.abc import Iterator, Mapping, Sequence

from adapters.shapes import Json, inner, objects, word
from adapters.teams.body import drawn_body
from adapters.teams.controls import is_name
from adapters.teams.parts import LARGEST
from adapters.teams.render import LONGEST_TITLE, adaptive, cut_to, size
from adapters.teams.shape import Shape, packed, unpacked
from adapters.teams.texts import SMALL, escaped, guarded, heading, is_plain, literal, literals, plain
from adapters.teams.wording import worded_form
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from bot.chat.identity import Actor
from bot.chat.text import clean, shorten

LEFT_OUT = "More than fits into this window is left out here. Ask me in our chat to see all of it."
STANDS_BELOW = "More than fits into this window is left out here. All of it stands in the fields below."

FEW = 5
"""Options that stand one under the other; more of them go into a menu."""

MOST_OPTIONS = 100
ROOM_ABOVE, ROOM_FOR_OPTIONS = 8_000, 12_000
"""Bytes of what stands above the fields, and of what one menu offers."""

YES, NO = "yes", "no"
"""What a box sends: phones send "false" for one whose own word for that is empty."""

PEOPLE: Json = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
"""The organisation's directory, in which Teams itself looks people up."""

_ALERT: Json = {"color": "attention", "weight": "bolder"}


def drawn_form(form: Form, problem: str = "") -> Json:
    """A form as a dialog's card.

    Args:
        problem: what went wrong when it was sent before.
    """
    form = worded_form(form)
    title, submit = clean(form.title), clean(form.submit)
    head = heading(title) if len(title) > LONGEST_TITLE else []
    above, fields = [*head, *drawn_body(form.intro, "dialog")], [*map(_field, form.fields)]
    begun = {field.name: _initial(field) for field in form.fields}

    def shown(drawn: list[Json], carried: list[Json]) -> Json:
        whole = Shape(title, submit, drawn), packed(Shape(title, submit, carried))
        return _shown(*whole, form.name, form.hidden, begun, {"": problem})

    if form.ready:
        # What stands above was made of what was typed: it is not carried along, where it would be wrong once that was
        # changed, and may fill the window.
        room = LARGEST - size(shown(fields, fields))
        return shown([*cut_to(room, above, STANDS_BELOW), *fields], fields)
    whole = [*cut_to(ROOM_ABOVE, above, LEFT_OUT), *fields]
    return shown(whole, whole)


def read_form(data: Mapping[str, object], tenant: str) -> tuple[str, dict[str, str], str]:
    """A sent form: its name, its values by field, and what it hid. A field left empty is an empty text.

    Raises ValueError where it is no form of ours, or anything in it is no text.
    """
    name, hidden, shape = _carried(data)
    inputs = unpacked(shape).inputs
    typed = {field: _read(data, field, drawn_input) for field, drawn_input in inputs.items()}
    people = {field for field, drawn_input in inputs.items() if "choices.data" in drawn_input}
    return name, {field: _person(tenant, text) if field in people else text for field, text in typed.items()}, hidden


def refilled(data: Mapping[str, object], errors: Mapping[str, str], *, stale: bool = False) -> Json:
    """The form as it was sent, with what was typed still in it and each error below its input; raises as reading does.

    Args:
        errors: sentences by field; those of no field that is there stand on top.
        stale: whether nobody can read what it carried along, which is not handed back then.
    """
    name, hidden, packed_shape = _carried(data)
    shape = unpacked(packed_shape)
    typed = {field: clean(_read(data, field, drawn_input)) for field, drawn_input in shape.inputs.items()}
    return _shown(shape, packed_shape, name, "" if stale else hidden, typed, errors)


def title_of(data: Mapping[str, object]) -> str:
    """The title of a sent form, for its dialog; raises ValueError where it is no form of ours."""
    return unpacked(_carried(data)[2]).title


def _carried(data: Mapping[str, object]) -> tuple[str, str, str]:
    rai = inner(data, "rai")
    name, hidden, shape = rai.get("form"), rai.get("hidden", ""), rai.get("shape")
    if not (isinstance(name, str) and isinstance(hidden, str) and isinstance(shape, str) and is_name(name)):
        raise ValueError("a submission of no form of ours")
    return name, hidden, shape


def _read(data: Mapping[str, object], field: str, drawn_input: Json) -> str:
    typed = _typed(data, field)
    return typed if drawn_input["type"] != "Input.Toggle" or typed == YES else ""


def _typed(data: Mapping[str, object], field: str) -> str:
    found = data.get(field)
    if found is not None and not isinstance(found, str):
        raise ValueError("a value that is no text")
    return found or ""


def _person(tenant: str, user: str) -> str:
    return Actor("teams", tenant, user).address if user else ""


def _shown(
    shape: Shape, packed_shape: str, name: str, hidden: str, values: Mapping[str, str], errors: Mapping[str, str]
) -> Json:
    """The shape with values in its inputs, and what is wrong with them."""
    fields = shape.inputs
    above = [sentence for field, sentence in errors.items() if field not in fields and clean(sentence)]
    body = [*map(_problem, above), *(_filled(element, values, errors) for element in shape.body)]
    if fields:
        carried = {"rai": {"form": name, "hidden": hidden, "shape": packed_shape}}
        send = {"type": "Action.Submit", "title": plain(shape.submit, 40), "style": "positive", "data": carried}
        body.append({"type": "ActionSet", "actions": [send]})
    labels = "\n".join([shape.title, *(word(each, "label") or word(each, "title") for each in fields.values())])
    return adaptive(body, escaped(labels, 1_000))


def _problem(sentence: str) -> Json:
    return {"type": "Container", "style": "attention", "items": [literal(shorten(clean(sentence), 1_000), _ALERT)]}


def _filled(element: Json, values: Mapping[str, str], errors: Mapping[str, str]) -> Json:
    if element.get("type") != "Container":
        return element
    items = [each for item in objects(element, "items") for each in _with_value(item, values, errors)]
    return {**element, "items": items}


def _with_value(item: Json, values: Mapping[str, str], errors: Mapping[str, str]) -> Iterator[Json]:
    """An element; where it is an input, with what was typed into it and what is wrong with that."""
    if not word(item, "type").startswith("Input."):
        yield item
        return
    name = word(item, "id")
    yield {**item, "value": guarded(values[name])} if values.get(name) else item
    if clean(errors.get(name, "")):
        yield literal(shorten(clean(errors[name]), 1_000), _ALERT, spacing="small")


def _field(field: Field) -> Json:
    """A field: its input with its label, and what to know of it below."""
    label = clean(field.label) or "…"
    if isinstance(field, ChoiceField) and not field.options:
        return literal(f"{shorten(label, 500)}: nothing to choose from.", SMALL)
    hint = literals(shorten(clean(field.hint), 1_000), SMALL) if clean(field.hint) else []
    below = [{**each, "spacing": "small"} for each in hint]
    return {"type": "Container", "spacing": "medium", "items": [{**_input(field, label), "id": field.name}, *below]}


def _input(field: Field, label: str) -> Json:
    named: Json = {"label": plain(label, 500)}
    if field.required:
        named |= {"isRequired": True, "errorMessage": _missing(field)}
    match field:
        case TextField(most=most, multiline=multiline):
            return {"type": "Input.Text", **named, "maxLength": most, "isMultiline": multiline}
        case ChoiceField(options=options):
            return {"type": "Input.ChoiceSet", **named, **_choices(options)}
        case DateField():
            return {"type": "Input.Date", **named}
        case TimeField():
            return {"type": "Input.Time", **named}
        case PersonField():
            looked_up: Json = {"choices": [], "choices.data": PEOPLE, "placeholder": "Search for a person"}
            return {"type": "Input.ChoiceSet", **named, **looked_up}
        case ToggleField():
            # A box that must be ticked needs the mark of its label; and a box's own title is read as Markdown.
            own = not field.required and is_plain(label) and len(label) <= 500
            titled = {"title": label} if own else {**named, "title": "Yes"}
            return {"type": "Input.Toggle", **titled, "valueOn": YES, "valueOff": NO, "wrap": True}


def _missing(field: Field) -> str:
    match field:
        case ChoiceField():
            return "Please choose one of the options."
        case DateField():
            return "Please choose a day."
        case TimeField():
            return "Please choose a time."
        case PersonField():
            return "Please choose a person."
        case ToggleField():
            return "Please tick the box."
        case TextField():
            return "Please fill this in."


def _choices(options: tuple[tuple[str, str], ...]) -> Json:
    """Options one under the other where they are few, short and no marks; else in a menu, which draws letters."""
    few = len(options) <= FEW and all(is_plain(clean(label)) and len(label) <= 60 for _, label in options)
    look: Json = {"style": "expanded"} if few else {"style": "compact", "placeholder": "Choose one"}
    return {**look, "wrap": True, "choices": _fitting_options(options[:MOST_OPTIONS])}


def _fitting_options(options: tuple[tuple[str, str], ...]) -> Sequence[Mapping[str, str]]:
    """Options with titles as long as there is room for."""
    shorter = [
        [{"title": plain(label, most), "value": value} for value, label in options] for most in (100, 50, 25, 12)
    ]
    return next((each for each in shorter if size(each) <= ROOM_FOR_OPTIONS), shorter[-1])


def _initial(field: Field) -> str:
    match field:
        case TextField(initial=initial, most=most):
            return shorten(clean(initial), most)
        case TimeField(initial=initial):
            return initial[:5]
        case PersonField(initial=initial):
            return Actor.parse(initial).user if initial.startswith("teams:") else ""
        case ChoiceField(options=options, initial=initial):
            return initial if initial in dict(options[:MOST_OPTIONS]) else ""
        case DateField(initial=initial) | ToggleField(initial=initial):
            return initial
