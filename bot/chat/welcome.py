"""The bot's own page and its help, put together from what the rooms offer."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.chat.cards import Block, Buttons, Card, Divider, Facts, Text
from bot.chat.sealed import HomePart


@dataclass(frozen=True)
class VerbLine:
    """One thing that can be said, and what it does; words behind a ``sealed`` verb may stand in no history."""

    verb: str
    summary: str
    sealed: bool = False


def help_card(verbs: Iterable[VerbLine]) -> Card:
    """What can be said, a line each."""
    return Card(
        title="What I can do",
        blocks=(
            Text("Ask anything about responsible AI in your own words, or begin with one of these:"),
            Facts(tuple((f"/rai {each.verb}", each.summary) for each in verbs)),
        ),
    )


def home_card(parts: Iterable[HomePart]) -> Card:
    """The rooms' shares, one under the other; a room that has nothing for this person leaves no gap."""
    shares = (_share(part) for part in parts if part.blocks or part.buttons)
    blocks = tuple(block for share in shares for block in (*share, Divider()))[:-1]
    return Card("RAI office hours", blocks)


def _share(part: HomePart) -> tuple[Block, ...]:
    return (*part.blocks, Buttons(part.buttons)) if part.buttons else part.blocks
