"""What the council is asked when it writes to an author or resolves a case."""

from dataclasses import dataclass

from bot.chat.actions import Codec, Mark
from bot.chat.forms import ChoiceField, Form, FormErrors, FormSpec, TextField, ToggleField, Values
from bot.concerns.model import LONGEST_WORDS, ConcernId, FormMark, Words
from bot.council.charter_parts import KEEP_LEAST, KEEP_MOST
from bot.council.model import OUTCOMES
from bot.council.service import Message

KEPT = (30, 90, 180, 365)
"""Days that a member can choose from, beside what the charter says."""


@dataclass(frozen=True)
class Hidden:
    """What the council's forms carry: their case, and a mark that makes sending twice harmless."""

    case: Mark
    mark: Mark


@dataclass(frozen=True)
class Replied:
    """What the reply form means."""

    concern: ConcernId
    message: Message


@dataclass(frozen=True)
class Resolved:
    """What the closing form means; the case is forgotten after ``keep`` days."""

    concern: ConcernId
    message: Message
    outcome: str
    keep: int


_HIDDEN = Codec(Hidden)


def _read_reply(values: Values, hidden: str) -> Replied | FormErrors:
    carried = _HIDDEN.read(hidden)
    return Replied(ConcernId(carried.case), _message(values, carried))


def _read_resolve(values: Values, hidden: str) -> Resolved | FormErrors:
    carried = _HIDDEN.read(hidden)
    if not (values["keep"].isdecimal() and KEEP_LEAST <= int(values["keep"]) <= KEEP_MOST):
        return FormErrors({"keep": "Please choose one of the options."})
    return Resolved(ConcernId(carried.case), _message(values, carried), values["outcome"], int(values["keep"]))


def _message(values: Values, carried: Hidden) -> Message:
    return Message(Words(values["words"]), FormMark(carried.mark), for_all=values["board"] == "yes")


BOARD = ToggleField(
    "board",
    "Fit for everybody: also put it on the answers board",
    hint=(
        "Everybody in the organisation can read it there, under the case's code name. "
        "Write it so that somebody who does not know the concern understands it, and nobody can see from it who raised "
        "it. Never write there what only the author can know."
    ),
)

REPLY_FORM = FormSpec(
    name="council.reply/2",
    title="Write to the author",
    fields=(
        TextField(
            "words",
            "Your message",
            hint="Only the holder of the receipt and the council can read it. Never ask who they are.",
            most=LONGEST_WORDS,
            multiline=True,
        ),
        BOARD,
    ),
    submit="Send",
    read=_read_reply,
)

RESOLVE_FORM = FormSpec(
    name="council.resolve/2",
    title="Resolve the case",
    fields=(
        ChoiceField("outcome", "How does it end?", OUTCOMES),
        TextField(
            "words", "What do you tell the author?", hint="What was done, and why.", most=LONGEST_WORDS, multiline=True
        ),
        BOARD,
        ChoiceField(
            "keep", "How long is it kept?", hint="Then the case and all that was said in it are deleted for good."
        ),
    ),
    submit="Resolve",
    read=_read_resolve,
)


def reply_form(concern: ConcernId) -> Form:
    """The form to write to an author."""
    return REPLY_FORM.form(hidden=_HIDDEN.write(Hidden(concern.value, FormMark.new().value)))


def resolve_form(concern: ConcernId, keep: int) -> Form:
    """The form to end a case; ``keep`` is how many days the charter keeps it."""
    told = {days: f"{days} days" for days in KEPT} | {keep: f"{keep} days, as the charter says"}
    kept = tuple((str(days), said) for days, said in sorted(told.items()))
    hidden = _HIDDEN.write(Hidden(concern.value, FormMark.new().value))
    return RESOLVE_FORM.form(hidden=hidden, initial={"keep": str(keep)}, options={"keep": kept})
