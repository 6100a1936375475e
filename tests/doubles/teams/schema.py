"""Microsoft's own schema of Adaptive Cards 1.5, with what Teams adds; it lies beside the checkout, or nowhere."""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

from tests.doubles.teams.elements import TEXTS
from tests.doubles.teams.shapes import Json

_PLACE = Path("shared") / "data" / "schemas" / "adaptive-card-1.5.json"
_TEAMS = {
    "type": "object",
    "properties": {"width": {"enum": ["Full"]}, "entities": {"type": "array", "items": {"type": "object"}}},
    "additionalProperties": False,
}
_PEOPLE = {
    "type": "object",
    "properties": {
        "type": {"enum": ["Data.Query"]},
        "dataset": {"type": "string", "pattern": r"^graph\.microsoft\.com/users(\?scope=currentContext)?$"},
    },
    "required": ["type", "dataset"],
    "additionalProperties": False,
}


def schema_path() -> Path | None:
    """Where the schema lies; None where it does not."""
    beside = (each / _PLACE for each in Path(__file__).resolve().parents)
    return next((each for each in beside if each.exists()), None)


def problems_by_schema(card: Json) -> list[str]:
    """What the schema says is wrong with a card; nothing where there is no schema."""
    validator = _validator()
    wrong = best_match(validator.iter_errors(card)) if validator else None
    return [f"{wrong.json_path}: {wrong.message[:300]}"] if wrong else []


def problems_of_shape(card: Json) -> list[str]:
    """The same, looked up once for all cards that differ in their words alone: asking the schema takes long."""
    return _problems_of_shape(json.dumps(_shape(card)))


@lru_cache(2_000)
def _problems_of_shape(shape: str) -> list[str]:
    return problems_by_schema(json.loads(shape))


def _shape(value: object, name: str = "") -> object:
    """A card with one letter in the place of each text, and once what stands in a list more than once."""
    if isinstance(value, dict):
        return {each: _shape(inside, each) for each, inside in value.items() if each != "data"}
    if isinstance(value, list):
        return list({json.dumps(shape): shape for each in value if (shape := _shape(each)) is not None}.values())
    return "x" if isinstance(value, str) and name in TEXTS else value


@cache
def _validator() -> Any:
    path = schema_path()
    if path is None:
        return None
    schema = json.loads(path.read_text("utf-8"))
    schema["definitions"]["AdaptiveCard"]["properties"]["msteams"] = _TEAMS
    schema["definitions"]["Input.ChoiceSet"]["properties"]["choices.data"] = _PEOPLE
    return Draft6Validator(schema)
