"""The desk: one form from which everything begins, so that who opens it shows an observer nothing but that."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.chat.actions import Action
from bot.chat.cards import Button, Card, Quote, Text
from bot.chat.forms import ChoiceField, FormErrors, FormSpec, TextField, Values

DESK = "desk"
FORM = "desk.send/1"
WELL = "well"

MOST_WORDS = 3_000
"""As many as one input of Slack takes."""


@dataclass(frozen=True)
class Opened:
    """What the button to the desk has chosen already: a verb, or nothing."""

    verb: str = ""


OPEN = Action("desk.open/1", Opened)


@dataclass(frozen=True)
class Choice:
    """One thing to do from the desk.

    Args:
        takes_words: whether it has a use for words; ``needs_words`` whether it begins with none.
        longest: how many characters of them it takes.
    """

    verb: str
    label: str
    takes_words: bool = False
    needs_words: bool = False
    longest: int = MOST_WORDS


@dataclass(frozen=True)
class Chosen:
    """What the desk's form means."""

    verb: str
    words: str = field(repr=False)


def button(label: str, verb: str = "") -> Button:
    """A button that opens the desk, with this verb chosen."""
    return Button(label, OPEN(Opened(verb)), opens_form=True)


def desk_form(choices: Iterable[Choice]) -> FormSpec[Chosen]:
    """The desk's one form; the first choice is the one chosen at first."""
    known = {each.verb: each for each in choices}

    def read(values: Values, _hidden: str) -> Chosen | FormErrors:
        choice, words = known[values["what"]], values["words"]
        if choice.needs_words and not words:
            return FormErrors({"words": "Please write your question here."})
        if len(words) > choice.longest:
            told = f"{choice.label}: at most {choice.longest:,} characters, please; this has {len(words):,}."
            return FormErrors({"words": told})
        if words and not choice.takes_words:
            takes = " / ".join(each.label for each in known.values() if each.takes_words)
            return FormErrors({"words": f"These words would be lost. Take them away, or choose: {takes}."})
        return Chosen(choice.verb, words)

    options = tuple((each.verb, each.label) for each in known.values())
    what = ChoiceField("what", "What would you like to do?", options, initial=options[0][0])
    words = TextField(
        "words",
        "Your words",
        hint="A question, or a concern; with a receipt, its six words. No channel shows them.",
        required=False,
        most=MOST_WORDS,
        multiline=True,
    )
    return FormSpec(FORM, "RAI office hours", (what, words), "Go on", read)


ENOUGH = (
    "You have used me very often today, so this was not done. What you wrote still stands in front of you; I kept "
    "nothing of it. Please go on tomorrow, or use an outside channel if it cannot wait."
)


def enough_card(typed: str) -> Card:
    """The answer to one use too many; what was typed is not lost."""
    return Card("Enough for today", (Text(ENOUGH), Quote(typed)))


def well_card() -> Card:
    """The answer to who says that all is well: sending it is what makes the desk's other uses look like any other."""
    words = "Good to hear. Nothing was kept. Whoever opens the desk on a quiet day makes it safer for who needs it."
    return Card("Thank you", (Text(words),))
