"""The page on Slack says what the code does: its scopes, its sentences, its settings."""

import re
from pathlib import Path

from adapters.slack.methods import whys

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "slack.md").read_text("utf-8")


def rows(heading: str) -> list[tuple[str, str]]:
    """The two columns of the table below a heading."""
    part = PAGE.split(f"## {heading}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    found = re.findall(r"^\| (.+?) \| (.+) \|$", part, re.MULTILINE)
    return [each for each in found[1:] if not each[0].startswith("---")]


def test_its_table_of_scopes_is_that_of_the_code() -> None:
    assert rows("What it may do, and why") == [(f"`{scope}`", "; ".join(reasons)) for scope, reasons in whys().items()]


def test_the_doctor_says_what_the_page_explains() -> None:
    said = " ".join((ROOT / "adapters" / "slack" / name).read_text("utf-8") for name in ("doctor.py", "troubles.py"))
    # A sentence may be broken over two lines, and hold what is filled in.
    code = re.sub(r'"\s*f?"', "", said)
    explained = [
        fragment for sentence, _ in rows("When something is wrong") for fragment in re.split("…| / ", sentence)
    ]
    lost = [each for each in (fragment.strip(" ,.") for fragment in explained) if each not in code and len(each) > 4]
    assert lost == []
    assert len(explained) > 10
