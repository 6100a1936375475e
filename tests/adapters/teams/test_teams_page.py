"""The page on Teams says what the code does: what the manifest asks for, and the sentences of the doctor."""

import re
from pathlib import Path
from typing import Any

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


def test_the_addresses_that_must_be_reached_are_named() -> None:
    used = (ROOT / "adapters" / "teams" / "endpoints.py").read_text("utf-8")
    hosts = ("login.microsoftonline.com", "login.botframework.com", "smba.trafficmanager.net")
    assert [each for each in hosts if f"`{each}`" not in PAGE or each not in used] == []
