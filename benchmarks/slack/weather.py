"""What goes wrong between a house and Slack: by chance, but each time alike for a seed."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.slack.server import Fault

CHANCES: Mapping[str, float] = {"limited": 0.03, "broken": 0.03, "refused": 0.01, "hung": 0.02, "lost": 0.05}
"""How often each happens to a call."""

LONGEST = 20
"""Seconds of Retry-After, at most."""


@dataclass
class Weather:
    """Chooses a fault for each call of the double, and counts them."""

    seed: int
    fair: bool = False
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def __call__(self, _method: str, _args: Mapping[str, object]) -> Fault | None:
        chance = self._random.random()
        for kind, share in CHANCES.items() if not self.fair else ():
            if chance < share:
                self.met[kind] += 1
                return Fault(kind, seconds=self._random.randint(1, LONGEST))  # type: ignore[arg-type]
            chance -= share
        return None
