"""What a dialog is told to show next (Teams calls a dialog a task)."""

from collections.abc import Callable, Mapping

from adapters.shapes import Json
from adapters.teams.parts import fitted, pages
from adapters.teams.render import drawn_dialog, waiting_card, with_next
from adapters.teams.render_form import drawn_form, refilled, title_of
from bot.chat.cards import Card
from bot.chat.forms import Form

MORE_IN_CHAT = "All that this window has no room for comes in our own chat."
ONE_MOMENT = "One moment …"


def shown_card(card: Card) -> Json:
    """A card, and below it where the rest of it is."""
    return _continued(card.title, fitted(card, MORE_IN_CHAT))


def shown_pages(card: Card, keep: Callable[[Json], str]) -> Json:
    """A card whole, in as many windows as it needs: of the safe space's, nothing goes to any chat.

    Args:
        keep: keeps a window until it is asked for, and returns the token by which that is done.
    """
    *earlier, last = pages(card)
    shown = _continued(card.title, last)
    for page in reversed(earlier):
        shown = _continued(card.title, with_next(page, {"rai": {"wait": keep(shown)}}))
    return shown


def shown_form(form: Form) -> Json:
    """A form to fill in."""
    return _continued(form.title, drawn_form(form))


def shown_again(data: Json, errors: Mapping[str, str], *, stale: bool) -> Json:
    """A form that was sent, with what was typed and what is wrong; raises ValueError where it is none of ours."""
    return _continued(title_of(data), refilled(data, errors, stale=stale))


def waiting(token: str) -> Json:
    """That it takes longer, with a button to look again."""
    return _continued(ONE_MOMENT, waiting_card({"rai": {"wait": token}}))


def _continued(title: str, card: Json) -> Json:
    return {"task": {"type": "continue", "value": drawn_dialog(title, card)}}
