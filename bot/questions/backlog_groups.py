"""Which unanswered questions ask the same; pure.

Questions are grouped by the stems they share, and not by the entry that comes nearest: the library just did not know
them, so its nearest entry says little, and one entry would gather all that is near nothing. Nor are they compared by
vectors: a member who reads a group should see at once why its questions are in it, and stems can be seen.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.questions.model import Gap
from knowledge.words import Stems, question_words

ALIKE = 0.5
"""The share of the shorter question's stems that the other one must have too; below two words all of them."""

_STEMS = Stems(())


@dataclass(frozen=True)
class Group:
    """Questions that ask the same, the one with the commonest words first. There is at least one."""

    gaps: tuple[Gap, ...]

    @property
    def wording(self) -> str:
        """The question that speaks for all of them."""
        return self.gaps[0].question

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day one of them was asked."""
        days = [gap.day for gap in self.gaps]
        return min(days), max(days)


def groups(gaps: Iterable[Gap]) -> tuple[Group, ...]:
    """All questions in groups, the largest first; the same questions always make the same groups."""
    stems = {gap: frozenset(_STEMS.of(question_words(gap.question))) for gap in gaps}
    common = Counter(stem for own in stems.values() for stem in own)
    # The question made of the commonest words leads: the odd ones find their way to it, not it to them.
    ordered = sorted(stems, key=lambda gap: (-_weight(stems[gap], common), gap.question, gap.id))
    gathered: list[list[Gap]] = []
    for gap in ordered:
        home = next((group for group in gathered if _alike(stems[group[0]], stems[gap])), None)
        if home is None:
            gathered.append([gap])
        else:
            home.append(gap)
    made = (Group(tuple(group)) for group in gathered)
    return tuple(sorted(made, key=lambda group: (-len(group.gaps), group.wording, group.gaps[0].id)))


def group_of(gaps: Iterable[Gap], name: str) -> Group | None:
    """The group that a question is in."""
    return next((group for group in groups(gaps) if any(gap.id == name for gap in group.gaps)), None)


def _weight(stems: frozenset[str], common: Counter[str]) -> float:
    return sum(common[stem] for stem in stems) / len(stems) if stems else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared, shorter = len(one & other), min(len(one), len(other))
    return one == other or (shorter > 0 and shared >= min(2, shorter) and shared / shorter > ALIKE)
