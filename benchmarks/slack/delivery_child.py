"""A house that posts its council's cases to Slack in fast time, until nothing is left to say or somebody kills it."""

import asyncio
import logging
import secrets
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey
from pydantic import SecretStr

from adapters.slack.workspace import Keys as SlackKeys
from adapters.slack.workspace import Workspace
from benchmarks.fast_time import FastLoop, FastTime
from bot.app import App, Ports, build
from bot.concerns.model import Concern, FormMark, Words
from bot.concerns.receipt import Keys
from bot.concerns.schedule import AtOnce
from bot.settings import read
from tests.doubles.slack.workspace import BOT_TOKEN, SECRET
from tests.questions.library import save_all, small_shelf

COUNCIL = "CCOUNCIL"
READY = "ready"
"""What the child prints when it begins to post."""

WRITTEN_AT_ONCE = 20


@dataclass(frozen=True)
class Job:
    """What a child is to do.

    Args:
        raised: how many concerns to raise, and then to end; 0 to post what is due.
        scale: see FastTime.
    """

    folder: Path
    api_url: str
    raised: int
    scale: float
    begun: float

    def words(self) -> list[str]:
        """The job as a command line's words."""
        return [str(self.folder), self.api_url, str(self.raised), str(self.scale), str(self.begun)]

    @classmethod
    def read(cls, folder: str, api_url: str, raised: str, scale: str, begun: str) -> "Job":
        """The job from a command line's words."""
        return cls(Path(folder), api_url, int(raised), float(scale), float(begun))


def words(number: int) -> str:
    """What a concern says, unlike any other."""
    return f"Concern number {number:05d}: it scores people, and nobody can object."


def left(folder: Path) -> int:
    """How many messages are still to be said."""
    with closing(sqlite3.connect(folder / "rai.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])


async def main(job: Job, seconds: FastTime) -> None:
    """Do the job; without an error, all of it is done."""
    settings = read(RAI_DATA_DIR=str(job.folder), RAI_COUNCIL_PLACE=f"slack:{COUNCIL}")
    keys = SlackKeys(SecretStr(BOT_TOKEN), SecretStr(SECRET), None, job.api_url)
    workspace = Workspace.of(keys, settings.council_place, seconds, seconds, job.folder / "slack-pauses.json")
    shelf = small_shelf(save_all(job.folder.parent / "library"))
    ports = Ports(workspace.messenger, workspace.directory, seconds)
    app = build(settings, ports, schedule=AtOnce(), shelf=shelf)
    await app.start()
    print(READY, flush=True)
    if job.raised:
        await _raise(app, job.raised)
    else:
        while left(job.folder):
            await app.courier.run()
            await asyncio.sleep(1)
    await app.stop()


async def _raise(app: App, count: int) -> None:
    numbers = iter(range(count))

    async def some() -> None:
        for number in numbers:
            keys = Keys(secrets.token_hex(32), PrivateKey.generate())
            await app.concerns.take_in(Concern(Words(words(number))), FormMark.new(), keys)

    await asyncio.gather(*(some() for _ in range(WRITTEN_AT_ONCE)))
    await app.concerns.release()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    _job = Job.read(*sys.argv[1:])
    _seconds = FastTime(_job.scale, _job.begun)
    # Concerns are raised in the machine's own time: that is not what is measured.
    with asyncio.Runner(loop_factory=None if _job.raised else lambda: FastLoop(_seconds)) as runner:
        runner.run(main(_job, _seconds))
