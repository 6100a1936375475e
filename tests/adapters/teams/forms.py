"""Forms to look at, drawn without anything that Teams or the schema would find wrong."""

from adapters.shapes import Json
from adapters.teams.render_form import drawn_form
from bot.chat.forms import Field, Form
from tests.adapters.teams.looking import problems_of

FEW = (("a", "First"), ("b", "Second"))
MANY = tuple((str(number), f"Hour {number}") for number in range(6))


def card_of(*fields: Field, title: str = "A form") -> Json:
    """The card of a form with these fields."""
    card = drawn_form(Form("hours.book/1", title, fields, "Send", "hidden"))
    assert problems_of(card, "dialog") == []
    return card
