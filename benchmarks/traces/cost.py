"""What overwriting freed memory costs: the same questions to two servers at the same time of day, in turns."""

import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.traces.servers import ours
from benchmarks.traces.slack import Slack, behind_slack

TURNS = 10


@dataclass
class Cost:
    """What a server took for its questions, and the memory that it holds in the end."""

    name: str
    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def rate(self) -> float:
        """Questions answered a second."""
        return len(self.taken) / self.seconds

    @property
    def p50(self) -> float:
        """Milliseconds until a question was acknowledged, in the middle."""
        return statistics.median(self.taken) * 1_000

    @property
    def p99(self) -> float:
        """The same for the slowest hundredth."""
        return statistics.quantiles(self.taken, n=100)[98] * 1_000


async def costs(asked: list[str]) -> tuple[Cost, ...]:
    """With freed memory left as it is, and overwritten. In turns: whatever else the machine does hits both."""
    measured = Cost("freed memory left as it is"), Cost("overwritten")
    async with AsyncExitStack() as stack:
        behind: list[Slack] = []
        for number, switch in enumerate(("0", "1")):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = ours(measured[number].name, RAI_OVERWRITE_FREED=switch)
            behind.append(await stack.enter_async_context(behind_slack(server, "HTTP", folder)))
            await behind[-1].questions(asked[:100])
        size = max(len(asked) // TURNS, 1)
        for begun in range(0, len(asked), size):
            for one, cost in zip(behind, measured, strict=True):
                since = time.perf_counter()
                cost.taken += await one.questions(asked[begun : begun + size])
                cost.seconds += time.perf_counter() - since
        for one, cost in zip(behind, measured, strict=True):
            cost.megabytes = one.running.megabytes()
    return measured
