"""How long a question takes in the core: through the router of a whole house, and through one that knows nothing."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, Target
from benchmarks.house import house
from bot.chat.cards import Card, Text
from bot.chat.crowd import Crowd
from bot.chat.events import CommandUsed
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.replies import Reply, Whisper
from bot.chat.router import Command, Router
from bot.questions.shelf import Shelf

QUESTIONS = 2_000

NOTE = (
    f"Questions: {QUESTIONS:,} through the router of a whole house on SQLite, three in four as the library's entries "
    "phrase them, the rest off-topic. The floor is the same router with one command that returns a fixed card."
)

OFF_TOPIC = (
    "which biscuit goes best with black tea on a rainy Tuesday",
    "when does the number 12 bus leave from the harbour",
    "please translate the menu of the canteen into Portuguese",
    "my bicycle has a flat tyre and the pump is broken",
    "how many moons does Saturn have by now",
    "is the meeting room on the third floor free at noon",
    "what was the score of the match last night",
    "recommend a novel for a long train journey",
    "how do I get red wine out of a white tablecloth",
    "reset my password for the travel portal",
)


def questions(shelf: Shelf, count: int, seed: int = 1) -> list[str]:
    """That many questions: the entries' own phrasings, and one in four about something else."""
    draw = random.Random(seed)
    phrasings = [phrasing for entry in shelf.library.answerable.values() for phrasing in entry.phrasings]
    # A number behind each off-topic sentence: none is asked twice, so that nothing can be remembered.
    return [
        f"{draw.choice(OFF_TOPIC)} {number}" if number % 4 == 0 else draw.choice(phrasings) for number in range(count)
    ]


def asked(question: str) -> CommandUsed:
    """The event of somebody asking, as a platform's adapter makes it."""
    verb, _, text = question.partition(" ")
    return CommandUsed(Actor("terminal", "local", "you"), Place("terminal", "@you"), verb, text)


async def figures() -> Iterator[Figure]:
    """The median and the slowest hundredth."""
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder) / "var") as app:
            ours, floor = await _milliseconds(app.router, questions(app.shelf, QUESTIONS))
    fixed = "a fixed card"
    return iter(
        (
            Figure("question answered, p50", statistics.median(ours), "ms", statistics.median(floor), fixed),
            Figure("question answered, p99", _p99(ours), "ms", _p99(floor), fixed, Target("value", "<", 5)),
        )
    )


async def _milliseconds(router: Router, wanted: list[str]) -> tuple[list[float], list[float]]:
    nothing = _router_of_nothing()
    ours, floor = [], []
    for question in wanted:
        event = asked(question)
        floor.append(await _taken(nothing, event))
        ours.append(await _taken(router, event))
    return ours, floor


async def _taken(router: Router, event: CommandUsed) -> float:
    begun = time.perf_counter()
    await router.handle(event)
    return (time.perf_counter() - begun) * 1_000


def _router_of_nothing() -> Router:
    reply = Whisper(Card("Always the same", (Text("Nothing was looked up."),)))

    async def answer(_event: CommandUsed) -> Reply:
        return reply

    return Router((Command("ask", "a question", answer, takes_text=True, otherwise=True),), Crowd())


def _p99(measured: list[float]) -> float:
    return statistics.quantiles(measured, n=100)[98]
