"""Filling in a card: what a Teams client sends of its inputs, and what it refuses to send."""

from collections.abc import Mapping

from tests.doubles.teams.seen import inputs, label_of
from tests.doubles.teams.shapes import Json

People = Mapping[str, str]
"""The directory's ids by the names that a people picker finds."""


def values_of(card: Json, filled: Mapping[str, str], people: People) -> Json:
    """The values of a card's inputs after somebody filled in what they name by its label, and left the rest.

    Raises:
        AssertionError: there is no such field or choice, or Teams' own client would not send this.
    """
    labels = [label_of(each) for each in inputs(card)]
    unknown = set(filled) - set(labels)
    assert not unknown, f"no such fields: {unknown}; there are {labels}"
    values = {each["id"]: _value(each, filled.get(label_of(each)), people) for each in inputs(card)}
    chosen = {each["id"] for each in inputs(card) if each["type"] == "Input.ChoiceSet"}
    # Of a choice that nobody made, clients send nothing at all.
    return {name: value for name, value in values.items() if value or name not in chosen}


def _value(field: Json, given: str | None, people: People) -> str:
    begun, label = str(field.get("value", "")), label_of(field)
    value = begun if given is None else _typed(field, label, given, people)
    empty = field.get("valueOff", "false") if field["type"] == "Input.Toggle" else ""
    if field["type"] == "Input.Toggle" and value not in (field.get("valueOn", "true"), empty):
        value = str(empty)
    assert value != empty or not field.get("isRequired"), f"Teams sends no form while {label!r} is empty"
    return value


def _typed(field: Json, label: str, given: str, people: People) -> str:
    match field["type"]:
        case "Input.Text":
            most = field.get("maxLength")
            assert most is None or len(given) <= most, f"Teams takes no more letters in {label!r}"
            # A field of one line takes none of the ends of lines that are pasted into it.
            return given if field.get("isMultiline") else " ".join(given.splitlines())
        case "Input.Toggle":
            return str(field.get("valueOn", "true") if given else field.get("valueOff", "false"))
        case "Input.ChoiceSet":
            return _chosen(field, label, given, people)
    return given


def _chosen(field: Json, label: str, given: str, people: People) -> str:
    if not given:
        return ""
    if "choices.data" in field:
        assert given in people, f"nobody called {given!r} is found in {label!r}"
        return people[given]
    for each in field["choices"]:
        if given in (each["title"], each["value"]):
            return str(each["value"])
    raise AssertionError(f"{label!r} has no choice {given!r}; there are {[each['title'] for each in field['choices']]}")
