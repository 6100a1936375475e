"""How fast a bot may call Teams' connector: the documented limits, as windows that slide."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Windows = tuple[tuple[int, float], ...]

SENDING: Windows = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
MEMBERS: Windows = ((14, 1.0), (16, 2.0), (120, 30.0), (3_600, 3_600.0))
OVERALL: Windows = ((30, 1.0),)

KINDS: Mapping[str, tuple[str, Windows]] = MappingProxyType(
    {
        "send": ("sending", SENDING),
        "create": ("sending", SENDING),
        "member": ("members", MEMBERS),
        "members": ("members", MEMBERS),
        "pagedmembers": ("members", MEMBERS),
    }
)


@dataclass
class Throttle:
    """Counts calls by conversation, and over all.

    Args:
        clock: the seconds by which calls are counted.
        jitter: seconds by which two calls may arrive closer than they were sent.
        violations: what came too fast, a sentence each.
    """

    clock: Callable[[], float]
    jitter: float = 1e-6
    violations: list[str] = field(default_factory=list)
    _seen: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _closed: dict[str, float] = field(default_factory=dict)

    def wait(self, method: str, conversation: str) -> float:
        """Count a call; returns the seconds that it came too early, 0 where it did not."""
        now = self.clock()
        kind, windows = KINDS.get(method, (method, ()))
        gates = (("over all", OVERALL), (f"{kind} {conversation}", windows))
        return max(self._early(name, each, now) for name, each in gates)

    def close(self, method: str, conversation: str, seconds: float) -> None:
        """Take no such call any more for some seconds (Retry-After)."""
        kind = KINDS.get(method, (method, ()))[0]
        self._closed[f"{kind} {conversation}"] = self.clock() + seconds

    def _early(self, name: str, windows: Windows, now: float) -> float:
        if now < self._closed.get(name, now):
            self.violations.append(f"{name}: before Retry-After allowed it")
        seen = self._seen[name]
        seen.append(now)
        while seen and seen[0] <= now - max((length for _, length in windows), default=0.0):
            seen.popleft()
        early = 0.0
        for most, length in windows:
            inside = [each for each in seen if each > now - length + self.jitter]
            if len(inside) > most:
                self.violations.append(f"{name}: {len(inside)} calls in {length:g} s, at most {most}")
                early = max(early, inside[0] + length - now)
        return early
