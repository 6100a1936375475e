"""What Teams accepts of an Adaptive Card."""

from tests.doubles.teams.shapes import Json


def problems_of_card(card: Json | None, surface: str) -> list[str]:
    """What is wrong with a card, a sentence each."""
    return [] if card and surface else ["card: none"]
