"""The page that shows all pictures, by room."""

from collections.abc import Iterable
from itertools import groupby

from bot.chat.cards import Card
from bot.chat.plain import plain_block
from bot.chat.text import shorten
from tests.showcase.scenes import Scene

HEAD = """# What people see

Every card and form of every room, drawn by the adapter itself and shown by a renderer of Block Kit, not by Slack: small
things differ. `make gallery` draws them anew ([how](../../gallery/README.md)).
"""
WHERE = {
    "message": "a message for everybody",
    "whisper": "a message only one person sees",
    "thread": "a reply in a thread",
    "direct": "a direct message",
    "modal": "a window",
    "home": "the app's own page",
}
WIDTHS = {"modal": 544}
"""How wide a picture stands on the page, as wide as Slack shows it."""


def index(scenes: Iterable[Scene], platform: str) -> str:
    """The page in Markdown; GitHub and others pick the picture that fits the reader's theme."""
    shares = [HEAD]
    for room, of_room in groupby(scenes, key=lambda each: each.name.partition(".")[0]):
        shares.append(f"## {room.capitalize()}\n")
        shares += [_entry(scene, platform) for scene in of_room]
    return "\n".join(shares)


def _entry(scene: Scene, platform: str) -> str:
    base, what = f"{platform}/{scene.name}", scene.name.partition(".")[2].replace("-", " ")
    return (
        f"**{what.capitalize()}**\n\n"
        f'<picture><source media="(prefers-color-scheme: dark)" srcset="{base}-dark.png">'
        f'<img src="{base}-light.png" width="{WIDTHS.get(scene.where, 680)}" alt="{_alt(scene)}"></picture>\n'
    )


def _alt(scene: Scene) -> str:
    blocks = scene.shown.blocks if isinstance(scene.shown, Card) else scene.shown.intro
    first = next(filter(None, map(plain_block, blocks)), "")
    words = f"{scene.shown.title}, {WHERE[scene.where]}. {first}"
    return shorten(" ".join(words.split()), 200).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
