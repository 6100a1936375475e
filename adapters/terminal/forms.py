"""A form asked question by question, each answer checked at once."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from adapters.terminal.desk import Desk
from adapters.terminal.inbound import Become, Help, Quit, understand
from adapters.terminal.lines import Left
from adapters.terminal.names import is_name, person
from adapters.terminal.render_form import drawn_fault, drawn_field, drawn_form
from bot.chat.events import FormSubmitted
from bot.chat.forms import (
    ChoiceField,
    DateField,
    Field,
    Form,
    FormErrors,
    PersonField,
    TextField,
    TimeField,
    ToggleField,
    problem_with,
)
from bot.chat.identity import Actor
from bot.chat.replies import Reply
from bot.chat.text import clean


@dataclass(frozen=True)
class Wrong:
    """An answer that cannot stand; the sentence says why."""

    sentence: str = field(repr=False)


async def fill_in(form: Form, actor: Actor, desk: Desk, send: Callable[[FormSubmitted], Awaitable[Reply]]) -> Reply:
    """Ask a whole form and send it; where it comes back with errors, ask those questions again and keep the rest.

    Raises:
        Left: the person left; nothing was sent.
    """
    desk.show(drawn_form(form, desk.width))
    values = {each.name: each.initial for each in form.fields}
    faults: Mapping[str, str] = {}
    asked = () if form.ready and await _stands(desk) else form.fields
    while True:
        for each in asked:
            values[each.name] = await _asked(each, values[each.name], form, desk, faults.get(each.name, ""))
        reply = await send(FormSubmitted(actor, form.name, dict(values), form.hidden))
        if not isinstance(reply, FormErrors):
            return reply
        faults = reply.by_field
        asked = _at_fault(form, faults)
        for sentence in (faults[name] for name in faults if name not in values):
            desk.show(drawn_fault(sentence))


async def _stands(desk: Desk) -> bool:
    """Whether a form that is filled in already is to be sent as it stands."""
    as_it_stands = ToggleField("stands", "Send it as it stands?", "No asks every question again.")
    alone = Form("", "", (as_it_stands,), "")
    return bool(await _asked(as_it_stands, "", alone, desk, ""))


def read_answer(asked: Field, words: str, kept: str) -> str | Wrong:
    """The value that an answer stands for; an empty one keeps what is there."""
    words = clean(words)
    value: str | Wrong = kept
    if words == "-" and kept and not asked.required:
        value = ""
    elif words:
        value = _value(asked, words)
    if isinstance(value, Wrong):
        return value
    problem = problem_with(asked, value)
    return Wrong(problem) if problem else value


def _at_fault(form: Form, faults: Mapping[str, str]) -> tuple[Field, ...]:
    # A fault of no field in particular: any of them may be the one to change.
    return tuple(each for each in form.fields if each.name in faults) or form.fields


async def _asked(asked: Field, kept: str, form: Form, desk: Desk, fault: str) -> str:
    many = len(form.fields)
    position = f"{form.fields.index(asked) + 1}/{many}" if many > 1 else ""
    desk.show(drawn_field(asked, kept, position, desk.width))
    while True:
        if fault:
            desk.show(drawn_fault(fault))
        match await _answer(asked, kept, desk):
            case Wrong(sentence):
                fault = sentence
            case value:
                return value


async def _answer(asked: Field, kept: str, desk: Desk) -> str | Wrong:
    goes_on = isinstance(asked, TextField) and asked.multiline
    words = ""
    while True:
        line = await desk.answer()
        match understand(line, person("nobody")):
            case Become() | Help() | Quit():
                return Wrong("This is an answer to a form. /cancel leaves it first; then nothing is sent.")
        if line.strip().lower() == "/cancel":
            raise Left
        if not (goes_on and line.endswith("\\")):
            return read_answer(asked, words + line, kept)
        words += line.removesuffix("\\") + "\n"


def _value(asked: Field, words: str) -> str | Wrong:
    match asked:
        case TextField(multiline=multiline):
            return words if multiline else " ".join(words.splitlines())
        case ChoiceField(options=options):
            return _chosen(options, words)
        case DateField():
            return _read(words, lambda: date.fromisoformat(words).isoformat())
        case TimeField():
            # "9:30" is how people write it; the standard wants two digits.
            padded = re.sub(r"^(\d)(?=[:.]\d\d$)", r"0\1", words).replace(".", ":")
            return _read(words, lambda: time.fromisoformat(padded).strftime("%H:%M"))
        case PersonField():
            name = words.lower().removeprefix("@")
            return person(name).address if is_name(name) else Wrong("Please write a person's name, for example: mira")
        case ToggleField():
            return _ticked(words)


def _chosen(options: Iterable[tuple[str, str]], words: str) -> str:
    """The value by its number, itself or its label; else the words as they are, which fit no option."""
    offered = tuple(options)
    if words.isdecimal() and 1 <= int(words) <= len(offered):
        return offered[int(words) - 1][0]
    meant = (value for value, label in offered if words.casefold() in (value.casefold(), clean(label).casefold()))
    return next(meant, words)


def _read(words: str, parse: Callable[[], str]) -> str:
    try:
        return parse()
    except ValueError:
        return words  # the field itself says what it wants


def _ticked(words: str) -> str | Wrong:
    match words.casefold():
        case "yes" | "y":
            return "yes"
        case "no" | "n":
            return ""
        case _:
            return Wrong("Please answer yes or no.")
