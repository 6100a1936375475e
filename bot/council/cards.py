"""What the council sees of cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from bot.chat.actions import Action, Mark, NoPayload
from bot.chat.cards import Block, Button, Buttons, Card, Confirm, Facts, Quote, Text
from bot.chat.sealed import HomePart
from bot.concerns.forms import about_rows
from bot.concerns.model import Released, Spoken
from bot.council.charter import Charter, Deadlines
from bot.council.clocks import deadlines, reads
from bot.council.listing import Listed, Listing
from bot.council.model import OUTCOMES, Act, Case
from bot.council.service import Dossier


@dataclass(frozen=True)
class OnCase:
    """The case a button belongs to."""

    case: Mark


@dataclass(frozen=True)
class BehindCases:
    """How many cases of the list come before what a button shows."""

    skip: Annotated[int, Field(ge=0, le=10**6)]


LIST = Action("council.list/1", NoPayload)
MORE = Action("council.list-more/1", BehindCases)
SHOW = Action("council.show/1", OnCase)
CLAIM = Action("council.claim/1", OnCase)
HAND_BACK = Action("council.hand-back/1", OnCase)
REPLY = Action("council.reply/1", OnCase)
RESOLVE = Action("council.resolve/1", OnCase)
FIGURES = Action("council.figures/1", NoPayload)


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


def _facts(dossier: Dossier, promised: Deadlines) -> tuple[tuple[str, str], ...]:
    case, concern = dossier.case, dossier.concern
    acknowledge, answer = deadlines(case, promised)
    return (
        ("State", case.state if case.outcome is None else f"{case.state}: {dict(OUTCOMES)[case.outcome].lower()}"),
        ("Owner", case.owner or "nobody yet"),
        *(about_rows(concern.about) if concern.about else ()),
        *_crowd(concern),
        ("Write by", reads(acknowledge, dossier.now)),
        ("Answer by", reads(answer, dossier.now)),
        *((("Answers on the board", str(dossier.on_board)),) if dossier.on_board else ()),
        *((("Forgotten on", f"{case.forget_at:%Y-%m-%d}"),) if case.forget_at else ()),
    )


def _crowd(concern: Released) -> tuple[tuple[str, str], ...]:
    if concern.about and concern.about.urgent:
        return (("Crowd", "none, it went at once"),)
    if concern.people is None or not concern.about:
        return ()
    return (("Crowd", f"at least {_people(concern.people)} used the bot before this release"),)


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


def added_card(case: Case) -> Card:
    """The author of a case has written again; the words stand in the case's own message alone, and go with it."""
    words = Text("It stands in the case, which is up to date.")
    return Card(f"Case {case.code}: the author added something", (words,), (open_button(case),))


def open_button(case: Case) -> Button:
    """Opens a case from what is said about it."""
    return Button("Open the case", SHOW(OnCase(case.id.value)))


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


def cases_card(listing: Listing) -> Card:
    """Some of the cases that still need somebody, and the way to the others and to the figures of those that ended."""
    figures = Button("Figures", FIGURES(NoPayload()))
    if not listing.cases:
        return Card("No open cases", (Text("No case needs anybody now."),), (figures,))
    rows = Buttons(tuple(_listed(each, listing.now) for each in listing.cases))
    more = (Button("More cases", MORE(BehindCases(listing.behind))),) if listing.count > listing.behind else ()
    return Card("Open cases, the most urgent first", (Text(_which(listing)), rows), (*more, figures))


def _which(listing: Listing) -> str:
    first, last, count = listing.skipped + 1, listing.behind, listing.count
    which = f"Cases {first} to {last} of {count}." if first < last else f"Case {first} of {count}."
    return f"{which} First comes what goes at once, then what has the fewest days left."


def _listed(listed: Listed, now: datetime) -> Button:
    case, about = listed.case, listed.about
    by = "write by" if listed.owed.duty == "acknowledge" else "answer by"
    hint = (
        *((about.urgency,) if about and about.urgent else ()),
        *((about.system,) if about and about.system else ()),
        f"owner: {case.owner or 'nobody yet'}",
        f"{by} {reads(listed.owed, now)}",
    )
    return Button(case.code, SHOW(OnCase(case.id.value)), hint=", ".join(hint))


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
