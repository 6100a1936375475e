"""What an asker sees: answers, choices, and an honest "I don't know"."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.chat import desk
from bot.chat.actions import Pressed, new_mark
from bot.chat.cards import Block, Button, Buttons, Card, Facts, Quote, Source, Sources, Text
from bot.chat.sealed import HomePart
from bot.questions.gaps_cards import gap_buttons, human_button
from bot.questions.model import (
    LONGEST_QUESTION,
    NOBODY_KNOWN,
    Answered,
    Choose,
    Draft,
    Finding,
    Item,
    Reader,
    Unknown,
    Verdict,
)
from bot.questions.presses import (
    MORE,
    NEXT,
    RATE,
    SHARE,
    SHOW,
    OnEntry,
    Rated,
    Shown,
    fitting,
)
from knowledge.entry import Entry

ASK = "ask"

HELPED: tuple[tuple[str, Verdict], ...] = (
    ("This helped", "helpful"),
    ("It did not", "not helpful"),
    ("Wrong or out of date", "wrong or stale"),
)


@dataclass(frozen=True)
class Asking:
    """Who asks what, as far as a card shows it.

    Args:
        question: what the card's buttons carry on; empty where the words must not travel.
        library: the version of the library that answers.
        is_old: whether the answer should have been looked at again by now.
        seen: the answers shown before this one.
        role_buttons: makes the buttons that ask for a role; None where nobody is asked.
        may_share: whether others read where it was asked, so that the answer can be shown to them.
    """

    question: str = field(repr=False)
    library: str
    reader: Reader = NOBODY_KNOWN
    is_old: bool = False
    seen: tuple[str, ...] = ()
    role_buttons: Callable[[Shown], tuple[Button, ...]] | None = None
    may_share: bool = False

    def shown(self, item: Item) -> Shown:
        """What an answer's buttons carry on."""
        return Shown(item.id, self.question, self.seen)


def finding_card(finding: Finding, asking: Asking) -> Card:
    """What the library knows about a question."""
    match finding:
        case Answered(entry):
            return answer_card(entry, asking)
        case Choose(entries):
            return choice_card(entries, asking)
        case Unknown(nearest):
            return unknown_card(nearest, asking)


def answer_card(item: Item, asking: Asking) -> Card:
    """An answer: short, with its tension, a step of at most 15 minutes for this reader, and its sources."""
    if isinstance(item, Draft):
        return _draft_card(item, asking)
    step, tension = item.next_step(asking.reader.step_role), item.tensions[0]
    blocks: tuple[Block, ...] = (
        Text(item.short),
        Text(f"**Tension** between {tension.between}. {tension.bears}"),
        Text(f"**Next step** ({step.minutes} minutes, {_for(asking.reader)}): {step.text}"),
        sources(item),
        *caveats(item, asking.is_old),
        Buttons((Button("More", MORE(OnEntry(item.id))), *_not_for_me(item, asking), *_share(item, asking))),
        *_roles(item, asking),
    )
    return Card(item.title, blocks, _verdicts(item, asking), fallback=item.short)


def _roles(item: Entry, asking: Asking) -> tuple[Block, ...]:
    if asking.role_buttons is None:
        return ()
    return (Text("What do you do? Then the step fits you."), Buttons(asking.role_buttons(asking.shown(item))))


def shared_card(item: Item, asking: Asking, by: str) -> Card:
    """An answer that somebody shows to others: who shows it, and never who asked."""
    card = answer_card(item, asking)
    return replace(card, blocks=(Facts((("Shared by", by),)), *card.blocks))


def _share(item: Item, asking: Asking) -> tuple[Button, ...]:
    return (Button("Share here", SHARE(OnEntry(item.id))),) if asking.may_share else ()


def _for(reader: Reader) -> str:
    # Every word counts: with the longest entry an answer has just about 120.
    if reader.role is None:
        return "anybody; `/rai role`"
    return "anybody" if reader.role == "everyone" else reader.role


def _draft_card(draft: Draft, asking: Asking) -> Card:
    day = f"{draft.answered_on:%Y-%m-%d}"
    given = (("Tension", draft.tension), ("Next step", draft.step), ("Source", source_line(draft)))
    blocks: tuple[Block, ...] = (
        Quote(draft.title, by="Somebody asked"),
        Quote(draft.answer, by="A member of the council"),
        Facts(tuple((label, words) for label, words in given if words)),
        Text(f"*A member of the council answered this on {day}; not validated yet.*"),
    )
    ways = (*_not_for_me(draft, asking), *_share(draft, asking))
    last = (Buttons(ways),) if ways else ()
    return Card("An answer from the council", (*blocks, *last), _verdicts(draft, asking))


def source_line(draft: Draft) -> str:
    """A member's source, drawn plain: what they typed may be no link of ours."""
    return ", ".join(part for part in (draft.source_title, draft.source_url) if part)


def _not_for_me(item: Item, asking: Asking) -> tuple[Button, ...]:
    if not asking.question:
        return ()
    try:
        return (Button("Not for me", NEXT(asking.shown(item))),)
    except ValueError:
        # A long question and many answers fill a button; then a human is the better way on.
        return (human_button("Ask a human", asking.question),)


def _verdicts(item: Item, asking: Asking) -> tuple[Button, ...]:
    answer = new_mark()

    def press(verdict: Verdict) -> Pressed:
        question = "" if verdict == "helpful" else asking.question
        return fitting(question, lambda words: RATE(Rated(answer, item.id, asking.library, verdict, words)))

    return tuple(Button(label, press(verdict)) for label, verdict in HELPED)


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
    """The rest of an entry: everything that its answer leaves out."""
    steps = "\n".join(f"- {', '.join(step.who)} ({step.minutes} minutes): {step.text}" for step in entry.next_steps)
    tensions = "\n".join(f"- Between {each.between}: {each.bears}" for each in entry.tensions)
    about = (("It does not help with", entry.not_for), ("Ask for help when", entry.escalate_when))
    blocks = (Text(entry.body), Text(f"**Steps**\n\n{steps}"), Text(f"**Tensions**\n\n{tensions}"), Facts(about))
    return Card(entry.title, (*blocks, sources(entry)), fallback=entry.short)


def choice_card(items: tuple[Item, ...], asking: Asking) -> Card:
    """At most three entries to choose from."""
    human = human_button("None of these: ask a human", asking.question)
    return Card("Which of these do you mean?", (Buttons(_topics(items, asking)),), (human,))


def unknown_card(
    nearest: tuple[Item, ...], asking: Asking, hour: HomePart | None = None, gap: str | None = None
) -> Card:
    """The library does not know, and says so.

    Args:
        hour: the next office hour, with its button, where there is one.
        gap: the id under which the question was noted, if it was.
    """
    words = "The library has no answer to this that I could stand behind."
    noted = (Text("Your question was noted without your name, so that somebody can write the answer."),) if gap else ()
    near = (Text("The nearest it has:"), Buttons(_topics(nearest, asking))) if nearest else ()
    blocks = (Text(words), *noted, *near, *(hour.blocks if hour else ()))
    human = replace(human_button("Ask a human", asking.question), style="primary")
    ways = (human, *(hour.buttons if hour else ()), *(gap_buttons(gap) if gap else ()))
    return Card("I don't know", blocks, ways)


def _gist(item: Item) -> str:
    return "answered by a member of the council" if isinstance(item, Draft) else item.values[0]


def _topics(items: tuple[Item, ...], asking: Asking) -> tuple[Button, ...]:
    def press(item: Item) -> Pressed:
        return fitting(asking.question, lambda words: SHOW(Shown(item.id, words, asking.seen)))

    return tuple(Button(item.title, press(item), hint=_gist(item)) for item in items)


def too_long_card(length: int) -> Card:
    """The question is too long to be one."""
    words = (
        f"A question may have {LONGEST_QUESTION:,} characters; yours has {length:,}. Nothing of it was kept. "
        "Please ask the heart of it, or bring the whole to an office hour (`/rai book`)."
    )
    return Card("That is too long for me", (Text(words),))


def empty_card() -> Card:
    """A question without words."""
    return Card(
        "What would you like to know?",
        (Text("Write your question behind `/rai ask`. `/rai help` says what else there is."),),
    )


def home_part() -> HomePart:
    """The room's share of the bot's own page."""
    words = "**Ask** what a value means for the thing on your desk, in your own words."
    return HomePart((Text(words),), (replace(desk.button("Ask a question", ASK), style="primary"),))
