"""What the bot asks: forms of fields, what is wrong with a value, and what a whole form means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Generic, TypeAlias, TypeVar

from bot.chat.cards import Block


@dataclass(frozen=True)
class TextField:
    """Words; at most ``most`` characters after cleaning."""

    name: str
    label: str
    hint: str = ""
    initial: str = field(default="", repr=False)
    required: bool = True
    most: int = 2_000
    multiline: bool = False


@dataclass(frozen=True)
class ChoiceField:
    """One of a few: ``options`` as (value, label); a spec leaves them empty where only the moment of drawing knows."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    initial: str = ""
    required: bool = True


@dataclass(frozen=True)
class DateField:
    """A day, as ``2026-11-22``."""

    name: str
    label: str
    hint: str = ""
    initial: str = ""
    required: bool = True


@dataclass(frozen=True)
class TimeField:
    """A time of day, as ``09:30``."""

    name: str
    label: str
    hint: str = ""
    initial: str = ""
    required: bool = True


@dataclass(frozen=True)
class PersonField:
    """A person of the same platform, as ``platform:tenant:user``."""

    name: str
    label: str
    hint: str = ""
    initial: str = field(default="", repr=False)
    required: bool = True


@dataclass(frozen=True)
class ToggleField:
    """A box to tick: ``yes``, or empty."""

    name: str
    label: str
    hint: str = ""
    initial: str = ""
    required: bool = False


Field: TypeAlias = TextField | ChoiceField | DateField | TimeField | PersonField | ToggleField
Values: TypeAlias = Mapping[str, str]
Options: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Form:
    """A form as it is drawn; ``hidden`` comes back with the values as it is.

    Args:
        intro: what to know before filling it in, above the fields.
        ready: whether it is filled in already, so that sending it as it stands is what comes next.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    submit: str
    hidden: str = field(default="", repr=False)
    intro: tuple[Block, ...] = ()
    ready: bool = False


@dataclass(frozen=True)
class FormErrors:
    """What is wrong with a form, by the field's name; the person's input is kept."""

    by_field: Mapping[str, str]


Result = TypeVar("Result")


@dataclass(frozen=True)
class FormSpec(Generic[Result]):
    """A form's whole meaning: how it is drawn, and what its values are once they are right.

    Args:
        name: ``room.verb/version``.
        read: pure and quick; gets values that already fit their fields, and ``hidden``.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    submit: str
    read: Callable[[Values, str], Result | FormErrors]
    intro: tuple[Block, ...] = ()

    def form(self, hidden: str = "", initial: Values | None = None, options: Options | None = None) -> Form:
        """The form to open, with ``initial`` values and ``options`` of choices by field name, where there are any."""
        fields = tuple(_drawn(each, initial or {}, options or {}) for each in self.fields)
        return Form(self.name, self.title, fields, self.submit, hidden, self.intro)

    def understand(self, values: Values, hidden: str = "") -> Result | FormErrors:
        """The form's meaning, or what is wrong with it, each at its field."""
        complete = {each.name: values.get(each.name, "") for each in self.fields}
        wrong = {each.name: problem_with(each, complete[each.name]) for each in self.fields}
        told = {name: problem for name, problem in wrong.items() if problem}
        return FormErrors(told) if told else self.read(complete, hidden)


def _drawn(field: Field, initial: Values, options: Options) -> Field:
    field = replace(field, initial=initial.get(field.name, field.initial))
    return (
        replace(field, options=options[field.name])
        if isinstance(field, ChoiceField) and field.name in options
        else field
    )


def problem_with(field: Field, value: str) -> str:
    """What is wrong with a value by its field's kind alone, as a sentence; empty where nothing is."""
    if not value:
        return "Please fill this in." if field.required else ""
    match field:
        case TextField(most=most):
            return "" if len(value) <= most else f"At most {most:,} characters, please; this has {len(value):,}."
        case ChoiceField(options=options):
            return "" if not options or value in dict(options) else "Please choose one of the options."
        case DateField():
            return _unless(date.fromisoformat, value, "Please write the day as 2026-11-22.")
        case TimeField():
            return _unless(time.fromisoformat, value, "Please write the time as 09:30.")
        case PersonField():
            return "" if value.count(":") >= 2 else "Please choose a person."
        case ToggleField():
            return "" if value == "yes" else "Please tick the box or leave it."


def _unless(parse: Callable[[str], object], value: str, problem: str) -> str:
    try:
        parse(value)
    except ValueError:
        return problem
    return ""
