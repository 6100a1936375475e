"""The people of one simulated organisation: when each uses the bot, answers the pulse, has something to raise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.guessing.adversary import Knowledge
from benchmarks.guessing.calendar import PULSE_MEAN, Calendar, Numbers
from benchmarks.guessing.rules import Organisation, Rule

Flags = NDArray[np.bool_]
People = NDArray[np.int64]

MONTH = 365.25 / 12 / 7
"""Weeks in a month."""

UNEVEN = 1.0
"""The shape of the gamma distribution of how often people use the bot: at 1 the busiest tenth has a third of all."""

STEADY = 4.0
"""The sum of the parameters of the beta distribution of how likely people answer: at 4 one in six answers less than
one pulse in six, where 40 % answer on average.
"""


@dataclass(frozen=True)
class Raising:
    """A concern before any rule: whose, when somebody has it on their mind, and whether words are added later."""

    author: int
    passed: float
    followed: bool


class Population:
    """What happens in an organisation whatever the rule: the same for every rule with the same seed."""

    def __init__(self, organisation: Organisation, calendar: Calendar, seed: int) -> None:
        self._size, self._calendar = organisation.people, calendar
        habits, using, raising, self._answering = np.random.SeedSequence(seed).spawn(4)
        self._alike = organisation.author == "alike"
        busy = np.ones(self._size) if self._alike else np.random.default_rng(habits).gamma(UNEVEN, size=self._size)
        share: Numbers = busy / busy.sum()
        self._uses: Numbers = share * self._size * organisation.uses
        self._chance = share if organisation.author == "by use" else np.full(self._size, 1 / self._size)
        self._used = _drawn(np.random.default_rng(using), organisation.uses * self._size * calendar.end, share)
        self.concerns = self._concerns(np.random.default_rng(raising), organisation)

    def pulse(self, rule: Rule) -> "Pulse":
        """Who answers which pulse."""
        return Pulse(rule, self._size, self._calendar, np.random.default_rng(self._answering), alike=self._alike)

    def accesses(self, rule: Rule, pulse: "Pulse") -> tuple[Numbers, People]:
        """Who uses the bot when, messages to the council aside; moments in seconds since 1970, in order."""
        uses, who = self._used
        answers, answering = pulse.given()
        days = self._calendar.mornings()
        fakes = np.repeat(np.arange(self._size, self._size + rule.fakes), len(days))
        at = np.concatenate(
            (self._calendar.seconds(np.concatenate((uses * self._calendar.end, answers))), np.tile(days, rule.fakes))
        )
        order = np.argsort(at, kind="stable")
        return at[order], np.concatenate((who, answering, fakes))[order]

    def known(self, rule: Rule, pulse: "Pulse") -> Knowledge:
        """What the adversary knows of everybody's habits; its own accounts are nobody's."""
        none = np.zeros(rule.fakes)
        return Knowledge(
            np.concatenate((self._chance, none)),
            np.concatenate((self._uses, none + 1)),
            np.concatenate((pulse.likely, none)),
            rule.pulse_share,
        )

    def _concerns(self, chance: np.random.Generator, organisation: Organisation) -> tuple[Raising, ...]:
        passed, who = _drawn(chance, organisation.concerns / MONTH * self._calendar.end, self._chance)
        followed = chance.random(len(who)) < organisation.followed
        return tuple(map(Raising, who.tolist(), (passed * self._calendar.end).tolist(), followed.tolist()))


class Pulse:
    """Who answers the weekly pulse when; each person as likely every week."""

    def __init__(
        self, rule: Rule, people: int, calendar: Calendar, chance: np.random.Generator, *, alike: bool
    ) -> None:
        shape = (len(calendar.pulses), people)
        mean = rule.pulse
        even = np.full(people, mean)
        self.likely: Numbers = even if alike or not mean else chance.beta(STEADY * mean, STEADY * (1 - mean), people)
        self._answered: Flags = chance.random(shape) < self.likely
        self._at: Numbers = calendar.pulses[:, None] + chance.exponential(PULSE_MEAN, shape)
        self._sent = calendar.pulses

    def given(self) -> tuple[Numbers, People]:
        """The answers: when, in office time, and whose."""
        return self._at[self._answered], np.nonzero(self._answered)[1]

    def next(self, person: int, after: float) -> tuple[float, bool]:
        """When this person has the next pulse's form in hand, in office time, and whether that is an answer anyway."""
        week = int(np.searchsorted(self._sent, after))
        if week == len(self._sent):
            return float("inf"), False
        return float(self._at[week, person]), bool(self._answered[week, person])


def _drawn(chance: np.random.Generator, expected: float, shares: Numbers) -> tuple[Numbers, People]:
    """Events at moments between 0 and 1, in order, each of somebody."""
    number = chance.poisson(expected)
    return np.sort(chance.random(number)), chance.choice(len(shares), number, p=shares)
