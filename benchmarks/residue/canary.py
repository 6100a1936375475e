"""What canary people are called and write, so that every trace of any of them is known by a few marks."""

import secrets
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tests.adapters.looking import forms
from tests.adapters.slack import canary as slack
from tests.adapters.teams import canary as teams

What: TypeAlias = Literal["person", "words"]

TOKEN, PHRASE = "canaryword5c2e88", 'wörd "5c2e88"'
NAME = "Canarynäme"
SLACK_ID = "UCANARYP"
OBJECT, ACCOUNT, DIRECT = "ca9a7f00-5b5b-4c4c-8d8d-", "1canaryAccount7f3a91", "1canaryDirect7f3a91"
AT_TERMINAL = "canaryperson7f3a91"

OF_SLACK = (NAME, SLACK_ID, slack.ROOM, slack.MARK)
OF_TEAMS = (
    NAME, OBJECT, ACCOUNT, DIRECT, teams.ROOM, teams.MAIL, teams.LOGIN, teams.ZONE, teams.LOCALE, teams.CLIENT,
    teams.MARK,
)  # fmt: skip
OF_TERMINAL = (AT_TERMINAL,)


def new_words() -> str:
    """Words of a concern, like no other's; the mark stands at both ends, should they be cut."""
    return f"{TOKEN} {PHRASE} & <b>{secrets.token_hex(8)}</b> about the launch\nand what came of it, {TOKEN}"


@dataclass(frozen=True)
class Marks:
    """What a person and their words are known by, in every form that it may be written in.

    Args:
        by: the marks of each.
    """

    by: dict[What, tuple[str, ...]]
    _forms: list[tuple[What, str, bytes]] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        for what, marks in self.by.items():
            for mark in marks:
                self._forms.extend((what, name, form) for name, form in forms(mark).items())

    @classmethod
    def of(cls, person: tuple[str, ...]) -> "Marks":
        """The marks of the people of one platform, and of words."""
        return cls({"person": person, "words": (TOKEN, PHRASE)})

    def found_in(self, content: bytes, what: tuple[What, ...] = ("person", "words")) -> set[tuple[What, str]]:
        """Who or what stands among these bytes, and in which form."""
        return {(each, name) for each, name, form in self._forms if each in what and form in content}

    def forms_of(self, what: What) -> list[tuple[str, bytes]]:
        """Every form of every mark."""
        return [(name, form) for each, name, form in self._forms if each == what]
