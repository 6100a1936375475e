"""What the council is told of its duties, of what it has forgotten, and of its figures."""

from datetime import datetime

from bot.chat.cards import Card, Facts, Text
from bot.council.cards import open_button
from bot.council.clocks import Deadline, Duty, reads
from bot.council.figures import LEAST, Figures
from bot.council.model import OUTCOMES
from bot.council.reminders import Reminder

_OWED: dict[Duty, str] = {
    "acknowledge": "nobody has written to its author yet",
    "answer": "its author has no answer yet",
}

_TO_DO: dict[Duty, str] = {
    "acknowledge": "A first word is enough: that somebody has read it, and what happens next.",
    "answer": "The author is answered when the case is resolved, with what was done and why.",
}


def reminder_card(reminder: Reminder) -> Card:
    """A deadline of a case comes near, or has passed; seen by its owner alone or by the whole council."""
    case, deadline = reminder.case, reminder.deadline
    facts = (_by(deadline), reads(deadline, reminder.now)), ("Owner", case.owner or "nobody yet")
    words = f"{_whose(reminder)} {_TO_DO[deadline.duty]}"
    title = f"Case {case.code}: {_OWED[deadline.duty]}"
    return Card(title, (Facts(facts), Text(words)), (open_button(case),))


def _by(deadline: Deadline) -> str:
    return "Write by" if deadline.duty == "acknowledge" else "Answer by"


def _whose(reminder: Reminder) -> str:
    if reminder.to:
        return f"You own this case. From {reminder.deadline.at('second'):%Y-%m-%d} on the whole council is told."
    if reminder.deadline.late(reminder.now):
        return "What was promised to the author is overdue."
    return "Whoever can, please see to it."


def forgotten_card(at: datetime) -> Card:
    """What stands where a case stood that is forgotten."""
    words = "What its author and the council wrote, and what was done, is deleted for good. Nobody can bring it back."
    return Card(f"A case was forgotten on {at:%Y-%m-%d}", (Text(words),))


def figures_card(figures: Figures) -> Card:
    """How cases ended, as far as that may be shown."""
    names = dict(OUTCOMES)
    rows = [(names[outcome], f"{count} cases") for outcome, count in figures.outcomes.items()]
    if figures.rest is not None:
        rows.append(("Everything else together", f"{figures.rest} cases"))
    if figures.in_time:
        rows += [("Answered in time", f"{figures.in_time[0]} cases"), ("Answered late", f"{figures.in_time[1]} cases")]
    if figures.nearly_all_in_time:
        rows.append(("Answered late", f"fewer than {LEAST} cases"))
    rule = f"A figure is shown only where at least {LEAST} cases stand behind it, so that none leads to an author."
    return Card("How cases ended", (*((Facts(tuple(rows)),) if rows else ()), Text(rule)))
