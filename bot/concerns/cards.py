"""What the safe space shows and asks."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Button, Card, Facts, Quote, Text
from bot.chat.forms import ChoiceField, FormErrors, FormSpec, TextField, Values
from bot.chat.sealed import HomePart
from bot.concerns.model import LONGEST_WORDS, VALUES, Concern, FormMark, Thread, Words
from bot.concerns.receipt import Receipt

RAISE = Action("concerns.raise/1", NoPayload)
FOLLOW = Action("concerns.follow/1", NoPayload)

LONGEST_RECEIPT = 120
"""Characters that six words of the list may take, with room for how they are written down."""


@dataclass(frozen=True)
class Raised:
    """What the concern's form means."""

    concern: Concern
    mark: FormMark


@dataclass(frozen=True)
class Followed:
    """What the receipt's form means; ``words`` where the author adds something."""

    receipt: Receipt
    words: Words | None
    mark: FormMark


def _read_raised(values: Values, hidden: str) -> Raised | FormErrors:
    return Raised(Concern(Words(values["words"]), values["value"]), FormMark.parse(hidden))


def _read_followed(values: Values, hidden: str) -> Followed | FormErrors:
    receipt = Receipt.parse(values["receipt"])
    if receipt is None:
        return FormErrors({"receipt": "A receipt is six words, as they were shown. Please look at them again."})
    return Followed(receipt, Words(values["words"]) if values["words"] else None, FormMark.parse(hidden))


PROMISE = Text(
    "The bot keeps your words sealed, without your name, place or time, and cannot find out who you are. "
    "Your chat platform and your employer may still see that you used the bot, and what passes through their systems. "
    "How you write can give you away too: leave out names, teams and turns of phrase that only you use."
)

CUT = Text(
    f"**Only the first {LONGEST_WORDS:,} characters fit here**; what came behind them was not kept. "
    "Send the rest with the receipt that you get."
)

RAISE_FORM = FormSpec(
    name="concerns.raise/1",
    title="Raise a concern",
    intro=(PROMISE,),
    fields=(
        TextField(
            "words",
            "What is going wrong?",
            hint="What you saw, whom it affects, what you fear.",
            most=LONGEST_WORDS,
            multiline=True,
        ),
        ChoiceField("value", "Which value does it touch?", tuple((each, each) for each in VALUES), initial="not sure"),
    ),
    submit="Send to the council",
    read=_read_raised,
)

FOLLOW_FORM = FormSpec(
    name="concerns.follow/1",
    title="Use a receipt",
    fields=(
        TextField("receipt", "Your receipt", hint="The six words.", most=LONGEST_RECEIPT),
        TextField(
            "words",
            "Anything to add?",
            hint="Leave it empty to read what the council wrote.",
            required=False,
            most=LONGEST_WORDS,
            multiline=True,
        ),
    ),
    submit="Go on",
    read=_read_followed,
)


def home_part() -> HomePart:
    """The room's share of the bot's own page, the same for everybody."""
    words = Text("**Something is going wrong?** Say it without your name; the council answers.")
    raise_it = Button("Raise a concern", RAISE(NoPayload()), opens_form=True)
    return HomePart((words,), (raise_it, Button("Use a receipt", FOLLOW(NoPayload()), opens_form=True)))


def receipt_card(receipt: Receipt, next_release: datetime | None) -> Card:
    """The only time the receipt is shown."""
    return Card(
        title="Your concern is kept",
        blocks=(
            Facts((("Receipt", receipt.text),), exact=True),
            Text(
                "Write these six words down, away from this chat. They are the only way to read the council's answer "
                "and to add something. Nobody can give them to you again, because nobody knows who you are."
            ),
            Text(_goes(next_release)),
        ),
        fallback="Your concern is kept. Write the receipt down.",
    )


def thread_card(thread: Thread, added: bool, next_release: datetime | None) -> Card:
    """What the holder of a receipt reads."""
    blocks = (
        *((Text(f"What you added is kept. {_goes(next_release)}"),) if added else ()),
        *((Text(f"Messages of yours that wait for the next release: {thread.waiting}."),) if thread.waiting else ()),
        Text(_state(thread)),
        *(Quote(words.text, by="The council") for words in thread.replies),
    )
    return Card("Your concern", blocks, (Button("Write back", FOLLOW(NoPayload()), opens_form=True),))


def _goes(next_release: datetime | None) -> str:
    if next_release is None:
        return "It goes to the council at once."
    return (
        f"It goes to the council together with others, on {next_release:%Y-%m-%d at %H:%M} UTC at the earliest "
        "and within six days at the latest, so that the time does not give anybody away."
    )


def _state(thread: Thread) -> str:
    if not thread.released:
        return "The council has not been given your concern yet; it waits for the next release."
    if not thread.replies:
        return "The council has your concern and has not written to you yet."
    return "The council has your concern. This is what it wrote:"
