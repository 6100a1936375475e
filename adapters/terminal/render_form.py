"""Forms as a terminal draws them: one question after the other, each with what may be answered."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text as Words

from adapters.terminal.render import Beside, drawn_block, drawn_choices, drawn_frame, one_line, visible
from bot.chat.forms import ChoiceField, DateField, Field, Form, PersonField, TextField, TimeField, ToggleField
from bot.chat.text import shorten

KNOWN_LENGTH = 40
"""Characters of a default that are shown: enough to know it again."""


def drawn_form(form: Form, width: int) -> RenderableType:
    """The head of a form: what it is about, and how to leave it."""
    many = len(form.fields)
    asked = "Yes or no" if form.ready else "One question" if many == 1 else f"{many} questions"
    how = f"{asked}, then “{one_line(form.submit)}”."
    parts = [
        *(drawn_block(block) for block in form.intro),
        Words(f"{how} /cancel leaves and sends nothing.", "dim"),
    ]
    return drawn_frame(form.title, parts, width, style="magenta")


def drawn_field(field: Field, kept: str, position: str, width: int) -> RenderableType:
    """One question.

    Args:
        kept: the value that stands already.
        position: which question of how many; empty where it is the only one.
    """
    optional = "" if field.required or isinstance(field, ToggleField) else " (optional)"
    head = Words.assemble((f"{position}  " if position else "", "dim"), (one_line(field.label), "bold"), optional)
    lines = [Beside(Words(hint, style="dim")) for hint in _hints(field, kept)]
    options = [Words(one_line(label)) for _value, label in field.options] if isinstance(field, ChoiceField) else []
    return Group(Words(), head, *lines, *drawn_choices(options, width))


def drawn_fault(problem: str) -> RenderableType:
    """What is wrong with the answer just given."""
    return Words(f"  ! {one_line(problem)}", style="bold red")


def shown(field: Field, value: str) -> str:
    """A value in the words it was asked for."""
    match field:
        case ChoiceField(options=options):
            return one_line(dict(options).get(value, value))
        case ToggleField():
            return "yes" if value else "no"
        case PersonField():
            return one_line(value.rpartition(":")[2])
        case TextField() | DateField() | TimeField():
            return shorten(one_line(value), KNOWN_LENGTH)


def _hints(field: Field, kept: str) -> Iterator[str]:
    if field.hint:
        yield visible(field.hint)
    if how := _how(field):
        yield how
    if kept or isinstance(field, ToggleField):
        emptied = "; a single - empties it" if kept and not (field.required or isinstance(field, ToggleField)) else ""
        yield f"Enter keeps [{shown(field, kept)}]{emptied}."


def _how(field: Field) -> str:
    match field:
        case TextField(multiline=multiline):
            return "A line that ends in \\ goes on in the next one." if multiline else ""
        case ChoiceField(options=options):
            return "Its number or its words." if options else ""
        case DateField():
            return "A day, as 2026-11-22."
        case TimeField():
            return "A time, as 09:30."
        case PersonField():
            return "A name, as mira."
        case ToggleField():
            return "Yes or no."
