"""The shape of an entry's front matter as a JSON Schema, for editors and for other people's checks."""

import json
from pathlib import Path
from typing import Any

from knowledge.entry import Entry

PUBLISHED = Path(__file__).with_name("entry.schema.json")
"""The copy that is published with the library; a test keeps it the same as what ``schema`` gives."""

_FROM_THE_FILE = ("body", "topic")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the front matter; ``rai kb check`` knows more rules than it can say."""
    made = Entry.model_json_schema()
    for name in _FROM_THE_FILE:
        del made["properties"][name]
        made["required"].remove(name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Front matter of an entry of the RAI Office Hours library",
    }


def text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
