"""What goes wrong between a house and Slack: by chance, but each time alike for a seed."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.doubles.slack.server import Fault

CHANCES: Mapping[str, float] = {"limited": 0.03, "broken": 0.03, "refused": 0.01, "hung": 0.02, "lost": 0.05}
"""How often each happens to a call."""

WAITS = (1, 2, 5, 10, 20, 120)
"""Seconds of Retry-After: the longest is longer than a house takes to start anew."""


@dataclass(frozen=True)
class Early:
    """A call that came before Retry-After allowed it.

    Args:
        life: how many houses had begun when it came, and when Slack had asked for the pause.
        after: seconds since Slack asked.
        before: seconds until it would have been allowed.
    """

    gate: str
    life: tuple[int, int]
    after: float
    before: float


@dataclass
class Weather:
    """Chooses a fault for each call of the double, counts them, and sees whether Retry-After is obeyed.

    Args:
        seconds: Slack's clock.
        lives: how many houses have begun to post so far.
    """

    seed: int
    seconds: Callable[[], float]
    lives: int = 0
    met: Counter[str] = field(default_factory=Counter)
    early: list[Early] = field(default_factory=list)
    _asked: dict[str, tuple[float, float, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def __call__(self, method: str, args: Mapping[str, object]) -> Fault | None:
        gate = f"{method} {args.get('channel', '')}" if method == "chat.postMessage" else method
        self._look(gate)
        fault = self._chosen()
        if fault and fault.kind == "limited":
            self._asked[gate] = (self.seconds(), fault.seconds, self.lives)
        return fault

    def _chosen(self) -> Fault | None:
        chance = self._random.random()
        for kind, share in CHANCES.items():
            if chance < share:
                self.met[kind] += 1
                return Fault(kind, seconds=self._random.choice(WAITS))  # type: ignore[arg-type]
            chance -= share
        return None

    def _look(self, gate: str) -> None:
        asked, wait, life = self._asked.get(gate, (float("-inf"), 0.0, 0))
        after = self.seconds() - asked
        if after < wait:
            self.early.append(Early(gate, (self.lives, life), after, wait - after))
