"""What the questions room shows and asks."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from bot.chat.actions import Action, Codec, Mark, new_mark
from bot.chat.cards import Block, Button, Card, Facts, Quote, Source, Sources, Text
from bot.chat.forms import Form, FormErrors, FormSpec, TextField, Values
from bot.questions.model import LONGEST_QUESTION, Answered, Choose, Finding, Ticket, Unknown, Verdict
from knowledge.entry import Entry


@dataclass(frozen=True)
class Asked:
    """The question a button carries on to a human."""

    question: str


@dataclass(frozen=True)
class OnEntry:
    """The entry a button opens."""

    entry: str


@dataclass(frozen=True)
class Rated:
    """A verdict on one answer; ``answer`` is a random id, so that it counts once."""

    answer: Mark
    entry: str
    library: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    verdict: Verdict


@dataclass(frozen=True)
class OnTicket:
    """The ticket a button or form belongs to."""

    ticket: Mark


@dataclass(frozen=True)
class ToHuman:
    """What the form for a human means."""

    ticket: str
    question: str


@dataclass(frozen=True)
class FromHuman:
    """What the answering form means."""

    ticket: str
    answer: str


SHOW = Action("questions.show/1", OnEntry)
MORE = Action("questions.more/1", OnEntry)
RATE = Action("questions.rate/1", Rated)
HUMAN = Action("questions.human/1", Asked)
TAKE = Action("questions.take/1", OnTicket)
ANSWER = Action("questions.answer/1", OnTicket)

_HIDDEN = Codec(OnTicket)


def _read_to_human(values: Values, hidden: str) -> ToHuman | FormErrors:
    return ToHuman(_HIDDEN.read(hidden).ticket, values["question"])


def _read_from_human(values: Values, hidden: str) -> FromHuman | FormErrors:
    return FromHuman(_HIDDEN.read(hidden).ticket, values["answer"])


HUMAN_FORM = FormSpec(
    name="questions.human/1",
    title="Ask a human",
    intro=(Text("Your question goes to the council's members without your name. You are told when one has answered."),),
    fields=(
        TextField(
            "question",
            "Your question",
            hint="A sentence on what you are working on helps.",
            most=LONGEST_QUESTION,
            multiline=True,
        ),
    ),
    submit="Ask",
    read=_read_to_human,
)

ANSWER_FORM = FormSpec(
    name="questions.answer/1",
    title="Answer the question",
    fields=(TextField("answer", "Your answer", hint="With a source, if you can.", most=2_000, multiline=True),),
    submit="Answer",
    read=_read_from_human,
)


def human_form(question: str) -> Form:
    """The form to ask a human, with the question as it was typed."""
    return HUMAN_FORM.form(hidden=_HIDDEN.write(OnTicket(new_mark())), initial={"question": question})


def answer_form(ticket: str) -> Form:
    """The form to answer a ticket."""
    return ANSWER_FORM.form(hidden=_HIDDEN.write(OnTicket(ticket)))


def finding_card(finding: Finding, question: str, library: str, out_of_date: bool) -> Card:
    """What the library knows about a question."""
    match finding:
        case Answered(entry):
            return answer_card(entry, library, out_of_date)
        case Choose(entries):
            return choice_card(entries, question)
        case Unknown(nearest):
            return unknown_card(nearest, question)


def answer_card(entry: Entry, library: str, out_of_date: bool) -> Card:
    """An answer: short, with its tension, a step of at most 15 minutes, and its sources."""
    step = entry.next_step
    blocks: tuple[Block, ...] = (
        Text(entry.short),
        Text(f"**The tension** is between {entry.tension.between}. {entry.tension.bears}"),
        Text(f"**Next step** ({step.minutes} minutes, {step.who}): {step.text}"),
        sources(entry),
        *caveats(entry, out_of_date),
    )
    answer = new_mark()
    buttons = (
        Button("More", MORE(OnEntry(entry.id))),
        Button("This helped", RATE(Rated(answer, entry.id, library, "helpful"))),
        Button("It did not", RATE(Rated(answer, entry.id, library, "not helpful"))),
        Button("Wrong or out of date", RATE(Rated(answer, entry.id, library, "wrong or stale"))),
    )
    return Card(entry.title, blocks, buttons, fallback=entry.short)


def caveats(entry: Entry, out_of_date: bool) -> tuple[Text, ...]:
    """What the reader should know about how far the entry can be trusted."""
    return (
        *(
            (Text("*Nobody has checked this entry against its sources a second time yet.*"),)
            if entry.state != "validated"
            else ()
        ),
        *((Text("*This entry should have been looked at again by now; check its sources.*"),) if out_of_date else ()),
        *((Text("*This is not legal advice.*"),) if entry.kind == "regulation" else ()),
    )


def sources(entry: Entry) -> Sources:
    """Where an entry's claims come from."""
    return Sources(tuple(Source(each.title, each.url, each.locator) for each in entry.sources), entry.as_of)


def more_card(entry: Entry) -> Card:
    """The rest of an entry."""
    about = (("It does not help with", entry.not_for), ("Ask for help when", entry.escalate_when))
    return Card(entry.title, (Text(entry.body), Facts(about), sources(entry)), fallback=entry.short)


def choice_card(entries: tuple[Entry, ...], question: str) -> Card:
    """At most three entries to choose from."""
    rows = tuple((str(number), entry.title) for number, entry in enumerate(entries, 1))
    buttons = tuple(Button(entry.title, SHOW(OnEntry(entry.id))) for entry in entries)
    return Card(
        "Which of these do you mean?", (Facts(rows),), (*buttons, _human("None of these: ask a human", question))
    )


def unknown_card(nearest: tuple[Entry, ...], question: str) -> Card:
    """The library does not know, and says so."""
    words = "The library has no answer to this that I could stand behind."
    near = (Text("The nearest it has:"),) if nearest else ()
    buttons = tuple(Button(entry.title, SHOW(OnEntry(entry.id))) for entry in nearest)
    return Card("I don't know", (Text(words), *near), (*buttons, _human("Ask a human", question)))


def too_long_card(length: int) -> Card:
    """The question is too long to be one."""
    words = (
        f"A question may have {LONGEST_QUESTION:,} characters; yours has {length:,}. Nothing of it was kept. "
        "Please ask the heart of it, or bring the whole to an office hour (`/rai book`)."
    )
    return Card("That is too long for me", (Text(words),))


def empty_card() -> Card:
    """A question without words."""
    return Card("What would you like to know?", (Text("Write your question behind `/rai`, or `/rai help`."),))


def _human(label: str, question: str) -> Button:
    return Button(label, HUMAN(Asked(question)), opens_form=True)


def ticket_card(ticket: Ticket) -> Card:
    """A question for a human, where those who may answer see it."""
    on = OnTicket(ticket.id)
    take = (Button("I'll take it", TAKE(on)),) if ticket.state == "open" else ()
    answer = (Button("Answer", ANSWER(on), style="primary", opens_form=True),) if ticket.state != "answered" else ()
    given = (Quote(ticket.answer, by="The answer"),) if ticket.answer is not None else ()
    title = {"open": "A question for a human", "taken": "A question somebody has taken", "answered": "Answered"}
    return Card(title[ticket.state], (Quote(ticket.question, by="Somebody asks"), *given), (*take, *answer))


def told_card(ticket: Ticket) -> Card:
    """The answer, as the asker gets it."""
    answer = Quote(ticket.answer or "", by="A member of the council answers")
    return Card("Your question has an answer", (Quote(ticket.question, by="You asked"), answer))
