"""How somebody says what they do, sees what is kept of it, and takes it back."""

from dataclasses import dataclass, field
from typing import get_args

from bot.chat.actions import Action, Codec, NoPayload
from bot.chat.cards import Button, Card, Facts, Text
from bot.chat.forms import ChoiceField, Form, FormErrors, FormSpec, Values
from bot.questions.model import Reader, role_of, stage_of
from bot.questions.presses import Shown, fitting
from knowledge.entry import Role, Stage

COMMON: tuple[Role, ...] = ("engineer", "product manager", "designer")
"""The roles on the short row, one of each circle; the form has all of them."""


@dataclass(frozen=True)
class Chosen:
    """A role, and the answer that is to be shown again for it."""

    role: str
    entry: str
    question: str = field(default="", repr=False)
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReaderSays:
    """What the form means; ``shown`` is the answer to be shown again, if it was opened from one."""

    reader: Reader
    shown: Shown | None


CHOOSE = Action("questions.role/1", Chosen)
OTHER = Action("questions.other-role/1", Shown)
OPEN = Action("questions.say-role/1", NoPayload)
FORGET = Action("questions.forget-role/1", NoPayload)

_HIDDEN = Codec(Shown)


def _read(values: Values, hidden: str) -> ReaderSays | FormErrors:
    reader = Reader(role_of(values["role"]), stage_of(values["stage"]))
    return ReaderSays(reader, _HIDDEN.read(hidden) if hidden else None)


FORM = FormSpec(
    name="questions.role/1",
    title="What do you do?",
    intro=(Text("Answers then show the step for your role first. Your role and stage are kept, and nothing else."),),
    fields=(
        ChoiceField(
            "role",
            "Your role",
            tuple((role, "several, or none of these" if role == "everyone" else role) for role in get_args(Role)),
            initial="everyone",
        ),
        ChoiceField(
            "stage",
            "Where your work stands",
            tuple((stage, stage) for stage in get_args(Stage)),
            hint="Leave it out if it varies.",
            required=False,
        ),
    ),
    submit="Keep",
    read=_read,
)


def form(reader: Reader, shown: Shown | None = None) -> Form:
    """The form with what is kept now."""
    initial = {"role": reader.role or "everyone", "stage": reader.stage or ""}
    return FORM.form(hidden=_HIDDEN.write(shown) if shown else "", initial=initial)


def role_buttons(shown: Shown) -> tuple[Button, ...]:
    """The question what somebody does, as a short row."""
    rest = (shown.entry, shown.seen)

    def press(role: Role) -> Button:
        action = fitting(shown.question, lambda words: CHOOSE(Chosen(role, rest[0], words, rest[1])))
        return Button(role.capitalize(), action)

    other = fitting(shown.question, lambda words: OTHER(Shown(rest[0], words, rest[1])))
    return (*(press(role) for role in COMMON), Button("Another role …", other, opens_form=True))


def reader_card(reader: Reader, notice: str = "") -> Card:
    """What is kept of somebody, and how to change it."""
    change = Button("Change" if reader.role else "Say my role", OPEN(NoPayload()), "primary", opens_form=True)
    told = (Text(notice),) if notice else ()
    if reader.role is None:
        words = "Nothing is kept of you. With a role, answers show the step that fits it."
        return Card("Your role", (*told, Text(words)), (change,))
    role = "several, or none in particular" if reader.role == "everyone" else reader.role
    facts = Facts((("Role", role), ("Stage", reader.stage or "not said")))
    return Card("Your role", (*told, facts), (change, Button("Forget it", FORGET(NoPayload()), "danger")))
