"""Microsoft's own schema of Adaptive Cards 1.5, with what Teams adds; it lies beside the checkout, or nowhere."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

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


@cache
def _validator() -> Any:
    path = schema_path()
    if path is None:
        return None
    schema = json.loads(path.read_text("utf-8"))
    schema["definitions"]["AdaptiveCard"]["properties"]["msteams"] = _TEAMS
    schema["definitions"]["Input.ChoiceSet"]["properties"]["choices.data"] = _PEOPLE
    return Draft6Validator(schema)
