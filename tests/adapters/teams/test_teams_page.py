"""The page on Teams says what the code does: what the manifest asks for, and the sentences of the doctor."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx

from adapters.teams.endpoints import FILE_HOSTS, Endpoints
from adapters.teams.manifest import Addresses, manifest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "teams.md").read_text("utf-8")
APP = "11111111-2222-3333-4444-555555555555"


def rows(heading: str) -> list[tuple[str, str]]:
    """The two columns of the table below a heading."""
    part = PAGE.split(f"## {heading}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    found = re.findall(r"^\| (.+?) \| (.+) \|$", part, re.MULTILINE)
    return [each for each in found[1:] if not each[0].startswith("---")]


def asked_for() -> set[str]:
    """What the manifest asks for, by the names it has there."""
    app: Any = manifest(APP, Addresses("https://a", "https://b", "https://c"))
    (bot,), (extension,) = app["bots"], app["composeExtensions"]
    switches = {name for each in (app, bot) for name, value in each.items() if name.startswith("supports") and value}
    return {*bot["scopes"], *app["permissions"], *(each["id"] for each in extension["commands"]), *switches}


def test_its_table_is_what_the_manifest_asks_for() -> None:
    told = {name for what, _ in rows("What it may do") for name in re.findall("`(.+?)`", what)}
    assert told == asked_for()


def test_the_doctor_says_what_the_page_explains() -> None:
    said = " ".join((ROOT / "adapters" / "teams" / name).read_text("utf-8") for name in ("doctor.py", "troubles.py"))
    # A sentence may be broken over two lines, and hold what is filled in.
    code = re.sub(r'"\s*f?"', "", said)
    explained = [
        fragment for sentence, _ in rows("When something is wrong") for fragment in re.split("…| / ", sentence)
    ]
    lost = [each for each in (fragment.strip(" ,.") for fragment in explained) if each not in code and len(each) > 4]
    assert lost == []
    assert len(explained) > 20


def test_every_address_that_must_be_reached_is_named() -> None:
    step = PAGE.split("**3. ", maxsplit=1)[1].split("**4. ", maxsplit=1)[0]
    addresses = [each.default for each in fields(Endpoints) if str(each.default).startswith("https://")]
    hosts = {*(httpx.URL(str(each)).host for each in addresses), *FILE_HOSTS}
    assert len(hosts) > 4
    assert {each for each in hosts if f"`{each}`" not in step} == set()
