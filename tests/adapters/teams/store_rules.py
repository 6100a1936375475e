"""What the store and Teams refuse in an app's package, beyond what Microsoft's schema says of it."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from tests.adapters.teams.pictures import picture

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
SCOPES = {"personal", "team", "groupChat"}


def broken(package: bytes) -> list[str]:
    """Every rule that a package breaks, as sentences."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    app = json.loads(held["manifest.json"])
    return [*_told(app), *_bots(app), *_extensions(app), *_asked(app), *_files(app, held)]


def _told(app: Any) -> Iterator[str]:
    """What people are told before they add it."""
    name, about = app["name"], app["description"]
    yield from _length("the short name", name["short"], 30)
    yield from _length("the full name", name["full"], 100)
    yield from _length("the short description", about["short"], 80)
    yield from _length("the full description", about["full"], 4000)
    yield from _length("the developer's name", app["developer"]["name"], 32)
    if name["short"] == name["full"] or about["short"] in about["full"]:
        yield "what is long repeats what is short"
    for key, address in app["developer"].items():
        if key.endswith("Url") and not address.startswith("https://"):
            yield f"{key} is no https address"
    if not re.fullmatch(r"\d+\.\d+\.\d+", app["version"]):
        yield "the version is not of three numbers"
    if not all(GUID.fullmatch(each) for each in (app["id"], app["bots"][0]["botId"])):
        yield "an id is no GUID"


def _bots(app: Any) -> Iterator[str]:
    (bot,) = app["bots"]
    lists = bot["commandLists"]
    if len(lists) > 3:
        yield "more than three lists of commands"
    listed = [(scope, trigger) for each in lists for scope in each["scopes"] for trigger in each["triggers"]]
    if len(listed) != len(set(listed)):
        yield "two lists for one place"
    if ("personal", "slash") in listed:
        yield "a slash command in a chat with the bot alone, where Teams has none"
    if not set(bot["scopes"]) >= {scope for scope, _ in listed}:
        yield "commands where the bot is not"
    for commands in (each["commands"] for each in lists):
        yield from _commands(commands)


def _commands(commands: Any) -> Iterator[str]:
    titles = [each["title"] for each in commands]
    if len(commands) > 12 or len(titles) != len(set(titles)):
        yield "more than twelve commands in a list, or one twice"
    for each in commands:
        yield from _length(f"the command {each['title']}", each["title"], 128)
        yield from _length(f"the description of {each['title']}", each["description"], 128)


def _extensions(app: Any) -> Iterator[str]:
    (extension,) = app["composeExtensions"]
    commands = extension["commands"]
    if extension["botId"] != app["bots"][0]["botId"]:
        yield "the message extensions are another bot's"
    if len(commands) > 10 or len({each["id"] for each in commands}) != len(commands):
        yield "more than ten message extensions, or one twice"
    for each in commands:
        yield from _length(f"the title of {each['id']}", each["title"], 32)
        yield from _length(f"the description of {each['id']}", each["description"], 128)
        if each["type"] != "action" or not each["fetchTask"]:
            yield f"{each['id']} opens no dialog"
        if each.get("parameters"):
            yield f"{each['id']} takes words outside of its dialog"
        if "slash" in each.get("triggers", ()) and "compose" not in each["context"]:
            yield f"{each['id']} cannot stand behind a slash"


def _asked(app: Any) -> Iterator[str]:
    """Nothing more than the bot needs; above all nothing that hands over what is not meant for it."""
    if app.get("authorization") or app.get("webApplicationInfo"):
        yield "a resource-specific permission, or a sign-in"
    if not set(app.get("permissions", ())) <= {"identity", "messageTeamMembers"}:
        yield "a permission that no feature uses"
    if app.get("devicePermissions") or app.get("validDomains"):
        yield "a device, or a page of somebody's inside Teams"
    if any(app.get(each) for each in ("staticTabs", "configurableTabs", "connectors", "activities", "extensions")):
        yield "a surface that no feature uses"


def _files(app: Any, held: dict[str, bytes]) -> Iterator[str]:
    if set(held) != {"manifest.json", *app["icons"].values()}:
        yield "a file too many, or one too few"
    color, outline = (picture(held[app["icons"][each]]) for each in ("color", "outline"))
    if (color.width, color.height) != (192, 192) or not color.opaque:
        yield "the colour icon is not 192 pixels wide and high, or not on a ground of its own"
    if (outline.width, outline.height) != (32, 32) or outline.opaque:
        yield "the outline icon is not 32 pixels wide and high, or not transparent"
    if {each[:3] for each in outline.pixels if each[3:] != (0,)} != {(255, 255, 255)}:
        yield "the outline icon is not white alone"
    if sum(len(each) for each in held.values()) > 100_000:
        yield "the package is large"


def _length(what: str, text: str, most: int) -> Iterator[str]:
    if not 0 < len(text) <= most:
        yield f"{what} has {len(text)} characters; at most {most} are read"
