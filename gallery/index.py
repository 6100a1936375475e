"""The page that shows all pictures, by room."""

from collections.abc import Iterable
from itertools import groupby

from bot.chat.cards import Card
from bot.chat.plain import plain_block
from bot.chat.text import shorten
from tests.showcase.scenes import Scene

PAGES = {"slack": "README.md", "teams": "teams.md"}
HEADS = {
    "slack": """# What people see

Every card and form of every room, drawn by the adapter itself and shown by a renderer of Block Kit, not by Slack: small
things differ. `make gallery` draws them anew ([how](../../gallery/README.md)). Teams has [a page of its own](teams.md).
""",
    "teams": """# What people see in Teams

Every card and form of every room, drawn by the adapter itself and shown by Microsoft's renderer of Adaptive Cards, not
by Teams: small things differ. Each stands here as wide as a phone, a chat and a large window. `make gallery` draws them
anew ([how](../../gallery/README.md)). In Slack they look [like this](README.md).
""",
}
WHERE = {
    "message": "a message for everybody",
    "whisper": "a message only one person sees",
    "thread": "a reply in a thread",
    "direct": "a direct message",
    "modal": "a window",
    "home": "the app's own page",
}
WIDTHS = {"slack": {"modal": 544, "": 680}, "teams": {"": 848}}
"""How wide a picture stands on the page, as wide as the platform shows it."""


def index(scenes: Iterable[Scene], platform: str) -> str:
    """The page in Markdown; GitHub and others pick the picture that fits the reader's theme."""
    shares = [HEADS[platform]]
    for room, of_room in groupby(scenes, key=lambda each: each.name.partition(".")[0]):
        shares.append(f"## {room.capitalize()}\n")
        shares += [_entry(scene, platform) for scene in of_room]
    return "\n".join(shares)


def _entry(scene: Scene, platform: str) -> str:
    width = WIDTHS[platform].get(scene.where, WIDTHS[platform][""])
    base, what = f"{platform}/{scene.name}", scene.name.partition(".")[2].replace("-", " ")
    return (
        f"**{what.capitalize()}**\n\n"
        f'<picture><source media="(prefers-color-scheme: dark)" srcset="{base}-dark.png">'
        f'<img src="{base}-light.png" width="{width}" alt="{_alt(scene)}"></picture>\n'
    )


def _alt(scene: Scene) -> str:
    blocks = scene.shown.blocks if isinstance(scene.shown, Card) else scene.shown.intro
    first = next(filter(None, map(plain_block, blocks)), "")
    words = f"{scene.shown.title}, {WHERE[scene.where]}. {first}"
    return shorten(" ".join(words.split()), 200).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
