"""Rounds of killed sessions, each on a fresh data folder, with an audit at the end of each."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kill.program.audit import Violation, audit
from benchmarks.kill.program.child import Run, run
from benchmarks.kill.program.session import Session, session
from benchmarks.kill.program.transcript import Acknowledged
from bot.questions.shelf import Shelf

ROUND = 10
"""Kills on one data folder; the first of them falls on a folder that does not exist yet."""

BEYOND = 1.1
"""The latest moment of a kill, as a multiple of the usual run: some runs end before they are killed."""


@dataclass
class Tally:
    """What happened in all rounds.

    Args:
        starting: kills that fell before the first line was shown: imports, keys, migration.
        finished: runs that ended by themselves before they were to be killed.
        left_over: files that a killed start left behind, by the beginning of their names.
    """

    kills: int = 0
    starting: int = 0
    finished: int = 0
    rounds: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    left_over: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    def count(self, kind: str) -> int:
        """How many violations of a kind there are."""
        return sum(each.kind == kind for each in self.violations)


class Rounds:
    """Kills until there were enough kills.

    Args:
        usual: seconds that a session takes when nobody kills it, to begin with.
        after_kill: called with the number of kills so far.
    """

    def __init__(self, seed: int, usual: float, shelf: Shelf, after_kill: Callable[[int], None]):
        self._random = random.Random(seed)
        self._usual = usual
        self._shelf = shelf
        self._after_kill = after_kill
        self._sessions = 0
        self.tally = Tally()

    async def run(self, kills: int) -> Tally:
        """All rounds."""
        for left in range(kills, 0, -ROUND):
            await self._round(min(left, ROUND))
        return self.tally

    async def _round(self, kills: int) -> None:
        above, known = Path(tempfile.mkdtemp(prefix="rai-kill-")), len(self.tally.violations)
        folder, told = above / "var", Acknowledged()
        played = list(self._killed(folder, kills, told))
        self._note(folder, told, await audit(folder, told, played, self._shelf))
        if len(self.tally.violations) == known:  # else it is kept, to be looked at
            shutil.rmtree(above)

    def _killed(self, folder: Path, kills: int, told: Acknowledged) -> Iterator[Session]:
        wanted = self.tally.kills + kills
        while self.tally.kills < wanted:
            yield self._play(folder, self._random.uniform(0, BEYOND * self._usual), told)

    def _play(self, folder: Path, moment: float | None, told: Acknowledged) -> Session:
        self._sessions += 1
        played = session(self._sessions, self._shelf)
        ended = run(folder, played.script, moment)
        told.read(ended.transcript)
        self._judge(played, ended, moment, folder)
        return played

    def _judge(self, played: Session, ended: Run, moment: float | None, folder: Path) -> None:
        if ended.status is None:
            self.tally.kills += 1
            self.tally.starting += not ended.transcript
            self._after_kill(self.tally.kills)
            return
        self.tally.finished += 1
        if moment is not None:
            self._usual = (self._usual + ended.seconds) / 2  # the machine has become quicker since
        if ended.status:
            last_line = ended.transcript.rstrip().rpartition("\n")[2]
            self.tally.violations.append(
                Violation("broken", f"session {played.number} ended with {ended.status}: {last_line!r} ({folder})")
            )

    def _note(self, folder: Path, told: Acknowledged, found: tuple[Violation, ...]) -> None:
        self.tally.rounds += 1
        self.tally.acknowledged += Counter(told.counts())
        self.tally.violations += (Violation(each.kind, f"{each.about} ({folder})") for each in found)
        self.tally.left_over += Counter(file.name.rpartition(".")[0] for file in _drafts(folder))


def _drafts(folder: Path) -> Iterator[Path]:
    yield from folder.glob(".terminal.*")
    yield from (file for file in folder.glob("vault.*") if file.name != "vault.key")
