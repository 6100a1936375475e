"""What goes wrong between the house and Teams, at random, and where it can have left a message that nobody knows of."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.teams.faults import Fault

CHANCES: Mapping[str, float] = {
    "limited": 0.01, "precondition": 0.01, "broken": 0.01, "kept": 0.008, "lost": 0.008, "hung": 0.004,
}  # fmt: skip
"""How often each happens to a call: five in a hundred go wrong. ``kept`` is 502 for what was done all the same."""


@dataclass
class Weather:
    """Chooses a fault for each call, and notes in which chats an answer was lost after the message was stored."""

    seed: int
    met: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def __call__(self, method: str, args: Mapping[str, object]) -> Fault | None:
        if method not in ("send", "create", "member"):
            return None
        chance = self._random.random()
        for kind, share in CHANCES.items():
            if chance < share:
                self.met[kind] += 1
                if kind in ("kept", "lost") and method == "send":
                    self.stored[str(args.get("to"))] += 1
                return self._fault(kind)
            chance -= share
        return None

    def _fault(self, kind: str) -> Fault:
        match kind:
            case "kept":
                return Fault("broken", status=self._random.choice((502, 504)), kept=True)
            case "limited":
                return Fault("limited", seconds=self._random.choice((0, 1, 5, 20)))
            case "broken" | "precondition" | "lost" | "hung":
                return Fault(kind)
            case other:
                raise ValueError(other)
