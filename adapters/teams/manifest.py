"""The app manifest and its package: what Teams is asked for, drawn from what the code hears."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from importlib.resources import files

from adapters.shapes import Json
from adapters.teams import names
from adapters.teams.commands import ALONE, EVERYWHERE, Offered
from bot import __version__

VERSION = "1.29"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"

SHORT = "Ask what a value means for your work, book an hour, speak without your name."
LONG = (
    "Ask in your own words what a value of responsible AI means for the thing on your desk, and get a short answer "
    "with its sources and a next step. Book an office hour with somebody who has been there. Say what is going wrong "
    "without your name: the bot keeps the words sealed, without your name, place or time, and a council answers you by "
    "receipt. No account is needed beside the one you have in Teams."
)

ICONS = ("color.png", "outline.png")
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""As far back as a zip file's clock goes: the same manifest is the same package, whenever it is packed."""


@dataclass(frozen=True)
class Addresses:
    """Where people read about the bot before they add it; Teams shows all three and demands https."""

    website: str
    privacy: str
    terms: str


def is_app_id(text: str) -> bool:
    """Whether this is written as Microsoft writes an application's id."""
    return re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text) is not None


def manifest(app_id: str, addresses: Addresses) -> Json:
    """The manifest in the shape of Microsoft's schema.

    It asks for no resource-specific consent: with it Teams would hand over messages that are not meant for the bot.

    Args:
        app_id: the bot's application id, which is the app's own too.
    """
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": __version__,
        "id": app_id,
        "developer": {
            "name": names.BOT,
            "websiteUrl": addresses.website,
            "privacyUrl": addresses.privacy,
            "termsOfUseUrl": addresses.terms,
        },
        "name": {"short": names.BOT, "full": "Responsible-AI Office Hours"},
        "description": {"short": SHORT, "full": LONG},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#2b2d6e",
        "bots": [_bot(app_id)],
        "composeExtensions": [_extensions(app_id)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "supportsChannelFeatures": "tier1",
    }


def package(app_id: str, addresses: Addresses) -> bytes:
    """The zip file that is uploaded: manifest and icons, the same bytes for the same manifest."""
    written = json.dumps(manifest(app_id, addresses), indent=2).encode()
    icons = {name: (files("adapters.teams") / "icons" / name).read_bytes() for name in ICONS}
    packed = io.BytesIO()
    # Stored as they are: how far a file can be compressed depends on the machine's zlib.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as into:
        for name, content in {"manifest.json": written, **icons}.items():
            into.writestr(_dateless(name), content)
    return packed.getvalue()


def _dateless(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _bot(app_id: str) -> Json:
    return {
        "botId": app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "supportsTargetedMessages": True,
        "commandLists": [
            {"scopes": ["personal"], "triggers": ["mention"], "commands": _commands(ALONE)},
            {"scopes": ["team", "groupChat"], "triggers": ["mention", "slash"], "commands": _commands(EVERYWHERE)},
        ],
    }


def _commands(offered: tuple[Offered, ...]) -> list[Json]:
    return [{"title": each.title, "description": each.description} for each in offered]


def _extensions(app_id: str) -> Json:
    """Actions that open a dialog at once; they have no parameters, so nothing is typed outside of it."""
    about = _action(names.ASK_ABOUT, "Ask about this message", "What responsible AI means for it", ["message"])
    desk = _action(names.DESK, "Open the RAI desk", "One form for everything", ["compose", "commandBox"])
    return {"botId": app_id, "commands": [about, {**desk, "triggers": ["slash"]}]}


def _action(command: str, title: str, description: str, where: list[str]) -> Json:
    told = {"id": command, "type": "action", "title": title, "description": description}
    return {**told, "context": where, "fetchTask": True}
