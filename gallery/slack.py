"""Scenes as the frames that the page for Slack shows: drawn by the adapter itself, block for block."""

from adapters.shapes import Json
from adapters.slack.parts import parts
from adapters.slack.render import drawn_home, drawn_view
from adapters.slack.render_form import drawn_form
from bot.chat.cards import Attachment, Card
from bot.chat.forms import Form
from tests.showcase.scenes import Scene

APP = "RAI Office Hours"
TIME = "10:24 AM"


def frame(scene: Scene) -> Json:
    """What the page needs to show a scene."""
    return {"name": scene.name, "app": APP, "time": TIME, **_shown(scene.shown, scene.where)}


def _shown(shown: Card | Form, where: str) -> Json:
    match shown, where:
        case Form() as form, _:
            return {"where": "modal", "view": drawn_form(form)}
        case Card() as card, "modal":
            return {"where": where, "view": drawn_view(card)}
        case Card() as card, "home":
            return {"where": where, "view": drawn_home(card)}
        case Card() as card, _:
            files = [each.name for each in card.blocks if isinstance(each, Attachment)]
            return {"where": where, "messages": [part.blocks for part in parts(card)], "files": files}
