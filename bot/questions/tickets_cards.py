"""How a question goes to a human, what the council sees of it, and how the answer comes back."""

from dataclasses import dataclass, field

from bot.chat.actions import Action, Codec, Mark, new_mark
from bot.chat.cards import Button, Card, Confirm, Facts, Quote, Text
from bot.chat.forms import Form, FormErrors, FormSpec, TextField, Values
from bot.questions.cards import source_line
from bot.questions.model import LONGEST_QUESTION, Draft
from bot.questions.tickets_service import Answer, Reply


@dataclass(frozen=True)
class OnTicket:
    """The ticket a button or form belongs to."""

    ticket: Mark


@dataclass(frozen=True)
class ToHuman:
    """What the form for a human means."""

    ticket: str
    question: str = field(repr=False)


@dataclass(frozen=True)
class FromHuman:
    """What the answering form means."""

    ticket: str
    reply: Reply


TAKE = Action("questions.take/1", OnTicket)
ANSWER = Action("questions.answer/1", OnTicket)
TAKE_BACK = Action("questions.take-back/1", OnTicket)

_HIDDEN = Codec(OnTicket)


def _read_to_human(values: Values, hidden: str) -> ToHuman | FormErrors:
    return ToHuman(_HIDDEN.read(hidden).ticket, values["question"])


def _read_from_human(values: Values, hidden: str) -> FromHuman | FormErrors:
    url, title = values["source_url"], values["source_title"]
    if url and not url.startswith("https://"):
        return FormErrors({"source_url": "Please write the whole address, from https:// on."})
    if url and (any(sign.isspace() for sign in url) or "." not in url):
        return FormErrors({"source_url": "This is no address: it has a space, or no dot."})
    if url and not title:
        return FormErrors({"source_title": "Please say what stands at that address."})
    reply = Reply(values["answer"], title, url, values["tension"], values["step"])
    return FromHuman(_HIDDEN.read(hidden).ticket, reply)


HUMAN_FORM = FormSpec(
    name="questions.human/1",
    title="Ask a human",
    intro=(
        Text(
            "Your question goes to the council's members without your name. You are told when one has answered. "
            "The question and its answer may help others later. If something is going wrong, use `/rai concern`: "
            "there nobody can find out who you are."
        ),
    ),
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
    name="questions.answer/2",
    title="Answer the question",
    intro=(Text("With a source, others who ask the same can be shown your answer too. Your name is not in it."),),
    fields=(
        TextField("answer", "Your answer", hint="The heart of it in about 60 words.", most=2_000, multiline=True),
        TextField("source_title", "A source", hint="Its title, with section or page.", required=False, most=200),
        TextField("source_url", "Its address", hint="From https:// on.", required=False, most=500),
        TextField("tension", "A tension it touches", hint="What pulls against it?", required=False, most=300),
        TextField("step", "One next step", hint="Of 15 minutes or less.", required=False, most=300),
    ),
    submit="Answer",
    read=_read_from_human,
)


def human_form(question: str) -> Form:
    """The form to ask a human, with the question as it was typed."""
    return HUMAN_FORM.form(hidden=_HIDDEN.write(OnTicket(new_mark())), initial={"question": question})


def answer_form(ticket: str) -> Form:
    """The form to answer a ticket."""
    return ANSWER_FORM.form(hidden=_HIDDEN.write(OnTicket(ticket)))


def ticket_card(answer: Answer, *, live: bool) -> Card:
    """A question for a human, where those who may answer see it.

    Args:
        live: whether answers with a source are shown to everybody.
    """
    ticket, on = answer.ticket, OnTicket(answer.ticket.id)
    title = {"open": "A question for a human", "taken": "A question somebody has taken", "answered": "Answered"}
    take = (Button("I'll take it", TAKE(on)),) if ticket.state == "open" else ()
    write = (Button("Answer", ANSWER(on), style="primary", opens_form=True),) if ticket.state != "answered" else ()
    question = Quote(ticket.question, by="Somebody asks")
    given = _given(ticket.answer, answer.draft, "The answer") if ticket.answer is not None else ()
    kept = _kept(answer.draft, live) if answer.draft else ()
    back = (_take_back(on),) if answer.draft else ()
    return Card(title[ticket.state], (question, *given, *kept), (*write, *take, *back))


def asked_card() -> Card:
    """A question is on its way to a human."""
    return Card("Your question is with the council", (Text("The bot tells you when it is answered."),))


def answered_card() -> Card:
    """A member's answer is on its way."""
    return Card("Sent", (Text("Those who asked are being told."),))


def told_card(answer: Answer) -> Card:
    """The answer, as those who waited get it."""
    given = _given(answer.ticket.answer or "", answer.draft, "A member of the council answers")
    return Card("Your question has an answer", (Quote(answer.ticket.question, by="You asked"), *given))


def _given(words: str, draft: Draft | None, by: str) -> tuple[Quote | Facts, ...]:
    rows = (("Tension", draft.tension), ("Next step", draft.step), ("Source", source_line(draft))) if draft else ()
    facts = tuple((label, text) for label, text in rows if text)
    return (Quote(words, by=by), *((Facts(facts),) if facts else ()))


def _kept(draft: Draft, live: bool) -> tuple[Text, ...]:
    if live and draft.is_sourced:
        return (Text("Others who ask the same are shown this answer, marked as not validated."),)
    return (Text("Kept as a draft: `rai kb drafts export` writes it out as an entry."),)


def _take_back(on: OnTicket) -> Button:
    question = "Take the answer back? It is shown to nobody any more, and the question waits for another one."
    return Button("Take this answer back", TAKE_BACK(on), "danger", confirm=Confirm(question, "Take it back"))
