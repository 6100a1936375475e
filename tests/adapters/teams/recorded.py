"""Activities of each kind that Teams sends, after Microsoft's documentation, with invented ids."""

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parents[2] / "payloads" / "teams"


def recorded(name: str) -> dict[str, Any]:
    """An activity as it was recorded."""
    activity: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return activity


def names() -> list[str]:
    """Every kind that was recorded."""
    return sorted(each.stem for each in RECORDED.glob("*.json"))
