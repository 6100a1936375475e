"""Adaptive Cards for the tests of the double: what a bot of Teams draws, as short as it goes."""

from typing import Any

from tests.doubles.teams.shapes import Json


def adaptive(*body: Json, **more: Any) -> Json:
    """A card."""
    return {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "A card", "body": list(body), **more}


def words(text: str = "Hello", **more: Any) -> Json:
    """Words with marks."""
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def letters(text: str = "Hello", **look: Any) -> Json:
    """Words in which nothing is a mark."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}


def bar(*actions: Json) -> Json:
    """A row of buttons."""
    return {"type": "ActionSet", "actions": list(actions)}


def submit(title: str, **data: Any) -> Json:
    """A button that sends what was filled in."""
    return {"type": "Action.Submit", "title": title, "data": data}


def opener(title: str, **data: Any) -> Json:
    """A button that opens a dialog."""
    return submit(title, msteams={"type": "task/fetch"}, **data)


def execute(title: str, verb: str = "do", **data: Any) -> Json:
    """A button on a message."""
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data, "fallback": submit(title, **data)}


def toggle(title: str, target: str, visible: bool) -> Json:
    """A button that shows or hides something."""
    targets = [{"type": "TargetElement", "elementId": target, "isVisible": visible}]
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": targets}


def box(*items: Json, **more: Any) -> Json:
    """Something set apart."""
    return {"type": "Container", "items": list(items), **more}


def field(kind: str = "Text", name: str = "name", label: str = "Name", **more: Any) -> Json:
    """Something to fill in."""
    return {"type": f"Input.{kind}", "id": name, "label": label, **more}


def choices(*values: str) -> list[Json]:
    """What can be chosen: each is called like its value in capitals."""
    return [{"title": value.upper(), "value": value} for value in values]
