"""What was found, as tables in Markdown."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.guessing.cells import Findings, Share, best, right, share_of, spread
from benchmarks.guessing.rules import DRAWN, MIDDLE, OWN_ACCOUNTS, RULES, TWICE_A_WEEK, USES, WITH_TARGETS, Rule
from benchmarks.guessing.trial import Guessed, Outcome

Row = tuple[str, ...]

_RIGHT = ("right %, authors by use", "right %, authors evenly")

LEGEND = f"""\
Each share with its 95 % interval. *Right*: of the attack that does best; *counting*: of the one that takes each access
in the window as equally likely, whichever way authors are drawn is worse. *By use*: who uses the bot more raises more;
*evenly*: everybody is as likely. *No clock*: the same adversary without any times, by use / evenly. *May be it*: people
who used the bot in the time in which the concern may have come, 5th percentile / median; *on the card*: the number that
the council is told. *Days waited*: median / 95th percentile / longest. *Small*: went at the limit with too few.
The other tables are of {MIDDLE} people; *alike* are people of whom each uses the bot and answers the pulse as often."""


def tables(found: Findings) -> str:
    """All tables, each with its heading."""
    parts = {
        "Single concerns": _table(_SINGLE, (_single(found, *each) for each in _played(found))),
        "Where all people are alike": _table(
            ("rule", "right %", "may be it", "on the card"), (_alike(found, rule) for rule in WITH_TARGETS)
        ),
        "Messages that belong together": _table(
            ("rule", "messages", "talks", *_RIGHT, "may be it"),
            (row for rule in RULES for row in _talks(found, rule)),
        ),
        "With a copy of the database from every midnight": _table(
            ("rule", *_RIGHT, "may be it"),
            (_copies(found, rule) for rule in RULES if found.of(MIDDLE, rule)),
        ),
        "With accounts of the adversary's own, used every day": _table(
            ("accounts", *_RIGHT, "may be it", "on the card", "small"),
            (_accounts(found, rule) for rule in (TWICE_A_WEEK, *OWN_ACCOUNTS) if found.of(MIDDLE, rule)),
        ),
    }
    return "\n\n".join((LEGEND, *(f"**{heading}**\n\n{each}" for heading, each in parts.items())))


_SINGLE = (
    *("people", "rule", "concerns", "right %, counting", *_RIGHT, "no clock %"),
    *("may be it", "on the card", "days waited", "small"),
)


def _played(found: Findings) -> Iterator[tuple[int, Rule]]:
    return ((people, rule) for people in USES for rule in RULES if found.of(people, rule))


def _single(found: Findings, people: int, rule: Rule) -> Row:
    outcomes = found.of(people, rule)
    blind = (share_of(each.blind for each in found.of(people, rule, drawn)) for drawn in DRAWN)
    return (
        *(str(people), rule.name, str(len(outcomes)), str(counting(found, people, rule))),
        *map(str, found.both(people, rule, alone)),
        " / ".join(f"{100 * each.value:.1f}" for each in blind),
        *_crowds(outcomes),
        spread((each.waited for each in outcomes), (50, 95, 100), digits=1),
        _small(outcomes),
    )


def _talks(found: Findings, rule: Rule) -> Iterator[Row]:
    talks = [each for each in found.of(MIDDLE, rule) if each.linked]
    for number in range(1 + len(talks[0].linked) if talks else 0):
        seen = _first_messages(number)
        people = spread((guessed.people for each in talks if (guessed := seen(each))), (5, 50))
        yield rule.name, str(number + 1), str(len(talks)), *map(str, found.both(MIDDLE, rule, seen)), people


def _copies(found: Findings, rule: Rule) -> Row:
    people = spread((each.by_day.people for each in found.of(MIDDLE, rule)), (5, 50))
    return rule.name, *map(str, found.both(MIDDLE, rule, lambda each: each.by_day)), people


def _alike(found: Findings, rule: Rule) -> Row:
    outcomes = found.of(MIDDLE, rule, "alike")
    return rule.name, str(best(list(map(alone, outcomes)))), *_crowds(outcomes)


def _accounts(found: Findings, rule: Rule) -> Row:
    outcomes = found.of(MIDDLE, rule)
    return str(rule.fakes), *map(str, found.both(MIDDLE, rule, alone)), *_crowds(outcomes), _small(outcomes)


def alone(outcome: Outcome) -> Guessed:
    """What came of the attacks on a concern by itself."""
    return outcome.alone


def counting(found: Findings, people: int, rule: Rule) -> Share:
    """How often the attack that only counts was right, whichever way authors are drawn is worse."""
    shares = [right(list(map(alone, found.of(people, rule, drawn))), "count") for drawn in DRAWN]
    return max(shares, key=lambda each: each.value)


def _first_messages(further: int) -> Callable[[Outcome], Guessed | None]:
    return lambda each: (each.alone, *each.linked)[further] if each.linked else None


def _crowds(outcomes: Sequence[Outcome]) -> tuple[str, str]:
    card = (each.card for each in outcomes if each.card is not None)
    return spread((each.alone.people for each in outcomes), (5, 50)), spread(card, (5, 50))


def _small(outcomes: Sequence[Outcome]) -> str:
    return f"{100 * share_of(each.small for each in outcomes).value:.1f} %"


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
