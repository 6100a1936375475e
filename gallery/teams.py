"""Scenes as the frames that the page for Teams shows: drawn by the adapter itself, element for element."""

from adapters.shapes import Json
from adapters.teams.parts import fitted, parts
from adapters.teams.render import drawn_dialog
from adapters.teams.render_form import drawn_form
from bot.chat.cards import Attachment, Card
from bot.chat.forms import Form
from tests.showcase.scenes import Scene

APP = "RAI Office Hours"
TIME = "10:24 AM"
MORE = "All that this window has no room for comes in our chat."


def frame(scene: Scene) -> Json:
    """What the page needs to show a scene."""
    return {"name": scene.name, "app": APP, "time": TIME, **_shown(scene.shown, scene.where)}


def _shown(shown: Card | Form, where: str) -> Json:
    match shown, where:
        case Form() as form, _:
            return {"where": "modal", "dialog": drawn_dialog(form.title, drawn_form(form))}
        case Card() as card, "modal":
            return {"where": where, "dialog": drawn_dialog(card.title, fitted(card, MORE))}
        case Card() as card, _:
            files = [each.name for each in card.blocks if isinstance(each, Attachment)]
            return {"where": where, "cards": list(parts(card)), "files": files}
