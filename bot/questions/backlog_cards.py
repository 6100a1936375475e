"""What the council sees of questions that nobody answered, and of entries that want another look."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from bot.chat.actions import Action, Mark, NoPayload
from bot.chat.cards import Block, Button, Buttons, Card, Confirm, Facts, Quote, Text
from bot.chat.text import shorten
from bot.questions.backlog_groups import Group
from knowledge.entry import Entry

LISTED = 5
"""Groups in one list: Teams draws at most six buttons."""

EXAMPLES = 5
LONGEST_LABEL = 60
MOST_ENTRIES = 30


@dataclass(frozen=True)
class OnGroup:
    """A group, by one of its questions, and how many it had when it was drawn."""

    gap: Mark
    count: Annotated[int, Field(ge=1)]


LIST = Action("questions.backlog/1", NoPayload)
OPEN = Action("questions.group/1", OnGroup)
TICKET = Action("questions.group-ticket/1", OnGroup)
CLOSE = Action("questions.group-close/1", OnGroup)


def backlog_card(groups: tuple[Group, ...], notice: str = "") -> Card:
    """The largest groups, each with a button that opens it."""
    told = (Text(notice),) if notice else ()
    if not groups:
        return Card(
            "The backlog is empty",
            (
                *told,
                Text("Every question had an answer that nobody minded."),
            ),
        )
    shown = groups[:LISTED]
    more = (Text(f"{len(groups) - LISTED} more wait behind these."),) if len(groups) > LISTED else ()
    listed = Buttons(tuple(Button(_line(group.wording), OPEN(_on(group)), hint=_count(group)) for group in shown))
    return Card("Questions without a good answer", (*told, listed, *more))


def group_card(group: Group) -> Card:
    """One group: how often, when, why, some of its wordings, and what can be done."""
    why = ", ".join(sorted({gap.why for gap in group.gaps}))
    entries = ", ".join(sorted({gap.entry for gap in group.gaps if gap.entry}))
    facts = (("Asked", _count(group)), ("Why", why), ("Answered by", entries))
    wordings = tuple(dict.fromkeys(gap.question for gap in group.gaps))
    blocks: tuple[Block, ...] = (
        Facts(tuple((label, words) for label, words in facts if words)),
        *(Quote(words) for words in wordings[:EXAMPLES]),
    )
    close = Confirm("Delete these questions? Those who wait for the answer are not told.", "Delete them")
    buttons = (
        Button("Make it a ticket", TICKET(_on(group)), "primary"),
        Button("Close", CLOSE(_on(group)), "danger", confirm=close),
        Button("Back to the backlog", LIST(NoPayload())),
    )
    return Card("Questions that ask the same", blocks, buttons)


def stale_card(entries: tuple[Entry, ...], today: date) -> Card:
    """The entries to look at again, with the role that owns each."""
    ordered = sorted(entries, key=lambda entry: (entry.verified_until or today, entry.id))
    rows = tuple((entry.title, _due(entry, today)) for entry in ordered[:MOST_ENTRIES])
    more = len(ordered) - MOST_ENTRIES
    rest = (Text(f"{more} more: `rai kb stale` lists them all."),) if more > 0 else ()
    return Card("Entries to look at again", (Facts(rows), *rest), fallback=f"{len(ordered)} entries to look at again")


def _due(entry: Entry, today: date) -> str:
    state = "out of date since" if entry.stale(today) else "due by"
    return f"{state} {entry.verified_until}, {entry.verified_by}"


def _on(group: Group) -> OnGroup:
    return OnGroup(group.gaps[0].id, len(group.gaps))


def _line(words: str) -> str:
    return shorten(" ".join(words.split()), LONGEST_LABEL)


def _count(group: Group) -> str:
    times = len(group.gaps)
    return f"{times} times, {_days(group)}" if times > 1 else f"once, {_days(group)}"


def _days(group: Group) -> str:
    first, last = group.days
    return f"{first}" if first == last else f"{first} to {last}"
