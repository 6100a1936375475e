"""What the council sees and is asked."""

from dataclasses import dataclass
from datetime import timedelta

from bot.chat.actions import Action, Codec, Mark, NoPayload
from bot.chat.cards import Block, Button, Buttons, Card, Confirm, Facts, Quote, Text
from bot.chat.forms import ChoiceField, Form, FormErrors, FormSpec, TextField, Values
from bot.chat.sealed import HomePart
from bot.concerns.forms import about_rows
from bot.concerns.model import LONGEST_WORDS, ConcernId, FormMark, Spoken, Words
from bot.council.charter import Charter, Deadlines
from bot.council.model import OUTCOMES, Act, Case
from bot.council.service import Dossier


@dataclass(frozen=True)
class OnCase:
    """The case a button belongs to."""

    case: Mark


@dataclass(frozen=True)
class Hidden:
    """What the council's forms carry: their case, and a mark that makes sending twice harmless."""

    case: Mark
    mark: Mark


@dataclass(frozen=True)
class Replied:
    """What the reply form means."""

    concern: ConcernId
    mark: FormMark
    words: Words


@dataclass(frozen=True)
class Resolved:
    """What the closing form means."""

    concern: ConcernId
    mark: FormMark
    words: Words
    outcome: str


LIST = Action("council.list/1", NoPayload)
SHOW = Action("council.show/1", OnCase)
CLAIM = Action("council.claim/1", OnCase)
HAND_BACK = Action("council.hand-back/1", OnCase)
REPLY = Action("council.reply/1", OnCase)
RESOLVE = Action("council.resolve/1", OnCase)

_HIDDEN = Codec(Hidden)


def _read_reply(values: Values, hidden: str) -> Replied | FormErrors:
    carried = _HIDDEN.read(hidden)
    return Replied(ConcernId(carried.case), FormMark(carried.mark), Words(values["words"]))


def _read_resolve(values: Values, hidden: str) -> Resolved | FormErrors:
    carried = _HIDDEN.read(hidden)
    return Resolved(ConcernId(carried.case), FormMark(carried.mark), Words(values["words"]), values["outcome"])


REPLY_FORM = FormSpec(
    name="council.reply/1",
    title="Write to the author",
    fields=(
        TextField(
            "words",
            "Your message",
            hint="Only the holder of the receipt and the council can read it. Never ask who they are.",
            most=LONGEST_WORDS,
            multiline=True,
        ),
    ),
    submit="Send",
    read=_read_reply,
)

RESOLVE_FORM = FormSpec(
    name="council.resolve/1",
    title="Resolve the case",
    fields=(
        ChoiceField("outcome", "How does it end?", OUTCOMES),
        TextField(
            "words", "What do you tell the author?", hint="What was done, and why.", most=LONGEST_WORDS, multiline=True
        ),
    ),
    submit="Resolve",
    read=_read_resolve,
)


def reply_form(concern: ConcernId) -> Form:
    """The form to write to an author."""
    return REPLY_FORM.form(hidden=_HIDDEN.write(Hidden(concern.value, FormMark.new().value)))


def resolve_form(concern: ConcernId) -> Form:
    """The form to end a case."""
    return RESOLVE_FORM.form(hidden=_HIDDEN.write(Hidden(concern.value, FormMark.new().value)))


def case_card(dossier: Dossier, charter: Charter) -> Card:
    """A case with its conversation, what was done, and what can be done next."""
    case = dossier.case
    first, *rest = dossier.concern.conversation
    blocks: tuple[Block, ...] = (
        Facts(_facts(dossier, charter.deadlines)),
        _quote(first),
        *(_quote(each) for each in rest),
        *((Facts(_history(dossier)),) if dossier.acts else ()),
    )
    buttons = _buttons(case, vacant=case.owner not in {seat.title for seat in charter.seats})
    return Card(f"Case {case.code}", blocks, buttons, fallback=f"Case {case.code} is {case.state}.")


def _facts(dossier: Dossier, deadlines: Deadlines) -> tuple[tuple[str, str], ...]:
    case, concern = dossier.case, dossier.concern
    acknowledge_by = case.opened_at + timedelta(days=deadlines.acknowledge)
    answer_by = case.opened_at + timedelta(days=deadlines.answer)
    return (
        ("State", case.state if case.outcome is None else f"{case.state}: {dict(OUTCOMES)[case.outcome].lower()}"),
        ("Owner", case.owner or "nobody yet"),
        *about_rows(concern.about),
        *(
            (("Crowd", f"at least {concern.people} people used the bot before this release"),)
            if concern.people is not None
            else ()
        ),
        *((("Write by", f"{acknowledge_by:%Y-%m-%d}"),) if case.answered_at is None else ()),
        *((("Answer by", f"{answer_by:%Y-%m-%d}"),) if case.state != "resolved" else ()),
    )


def _history(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    return tuple((f"{act.at:%Y-%m-%d}", f"{act.seat} {_PAST[act.what]}") for act in dossier.acts)


_PAST = {
    "claimed": "claimed it",
    "handed back": "handed it back",
    "replied": "wrote to the author",
    "resolved": "resolved it",
    "reopened": "wrote again, which opened it anew",
}


def _quote(spoken: Spoken) -> Quote:
    return Quote(spoken.words.text, by="The author" if spoken.voice == "author" else "The council")


def _buttons(case: Case, *, vacant: bool) -> tuple[Button, ...]:
    on = OnCase(case.id.value)
    match case.state:
        case "open" | "claimed" if vacant:
            return (Button("Claim", CLAIM(on), style="primary"),)
        case "open" | "claimed":
            return (
                Button("Write to the author", REPLY(on), style="primary", opens_form=True),
                Button("Resolve", RESOLVE(on), opens_form=True),
                Button("Hand back", HAND_BACK(on), confirm=Confirm("Free this case for another member?", "Hand back")),
            )
        case "resolved":
            return ()


def act_card(case: Case, act: Act) -> Card:
    """What was done with a case, in one line."""
    return Card(f"Case {case.code}: {act.seat} {_PAST[act.what]}")


def added_card(case: Case, words: Words) -> Card:
    """The author of a case has written again."""
    show = Button("Open the case", SHOW(OnCase(case.id.value)))
    return Card(f"Case {case.code}: the author added something", (Quote(words.text, by="The author"),), (show,))


def sent_card() -> Card:
    """A message to an author is on its way."""
    return Card("Sent", (Text("The author can read it with their receipt."),))


def resolved_card() -> Card:
    """A case has its outcome."""
    return Card("Resolved", (Text("The author can read the outcome with their receipt."),))


def home_part(charter: Charter, count: int) -> HomePart:
    """The room's share of a member's page: how many cases still need somebody."""
    words = Text(f"**{charter.name}**: {count} open cases.")
    return HomePart((words,), (Button("Open cases", LIST(NoPayload())),))


def cases_card(cases: tuple[Case, ...], count: int) -> Card:
    """The cases that still need somebody."""
    if not cases:
        return Card("No open cases", (Text("Every case has its outcome."),))
    more = (Text(f"{count - len(cases)} more wait behind these."),) if count > len(cases) else ()
    return Card("Open cases, the oldest first", (Buttons(tuple(_listed(each) for each in cases)), *more))


def _listed(case: Case) -> Button:
    hint = f"{case.state}, owner: {case.owner or 'nobody yet'}"
    return Button(case.code, SHOW(OnCase(case.id.value)), hint=hint)
