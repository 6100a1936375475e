"""The search over a thousand, ten thousand and a hundred thousand entries: build time, latency, memory."""

import json
import random
import re
import subprocess
import sys
import time

import numpy as np

from benchmarks.process import ROOT, machine
from benchmarks.retrieval.measure import peak_megabytes
from knowledge.index import Document
from knowledge.library import BUILT_IN, load
from knowledge.search import Index

QUESTIONS = 200
_SEED = 20261122


def main() -> None:
    """``scale.py [COUNT ...]``: each count in a process of its own."""
    print(f"{machine()}\n\n{'entries':>10}{'build s':>10}{'p50 ms':>10}{'p99 ms':>10}{'MB':>10}")
    for count in sys.argv[1:] or ("1000", "10000", "100000"):
        command = [sys.executable, "-m", "benchmarks.retrieval.scale", "--one", count]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        row = json.loads(done.stdout)
        print(f"{int(count):>10,}{row['build']:>10.1f}{row['p50']:>10.2f}{row['p99']:>10.2f}{row['rss']:>10.0f}")
    print(
        "\nEach made-up entry has a title, five questions and some 200 words, drawn from the sentences of the built-in "
        "library, two words of each replaced, some by words that only a few entries have."
    )


def one(count: int) -> None:
    """Build a library of that size, ask it, and print what it took."""
    make = _Maker()
    documents = [make.document(number) for number in range(count)]
    before, begun = peak_megabytes(), time.perf_counter()
    index = Index(documents)
    build, times = time.perf_counter() - begun, []
    for _ in range(QUESTIONS):
        question = make.noisy(make.chance.choice(make.chance.choice(documents).questions))
        begun = time.perf_counter()
        index.find(question)
        times.append((time.perf_counter() - begun) * 1_000)
    p50, p99 = np.quantile(times, [0.5, 0.99])
    print(json.dumps({"build": build, "p50": p50, "p99": p99, "rss": peak_megabytes() - before}))


class _Maker:
    """Makes up entries, the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(_SEED)
        texts = " ".join(f"{entry.short} {entry.body}" for entry in load(BUILT_IN).entries.values())
        self._sentences = [each for each in re.split(r"[.\n?:]", texts) if 5 <= len(each.split()) <= 25]
        self._words = sorted(set(re.findall(r"[a-z]{4,}", texts.lower())))

    def noisy(self, sentence: str) -> str:
        """The sentence with two words replaced, each second one by a rare word."""
        words = sentence.split()
        for _ in range(2):
            rare = (
                f"{self.chance.choice(self._words)}{self.chance.choice('bcdfgklmnprst')}{self.chance.randrange(3_000)}"
            )
            words[self.chance.randrange(len(words))] = self.chance.choice((self.chance.choice(self._words), rare))
        return " ".join(words)

    def document(self, number: int) -> Document:
        """A made-up entry."""
        title, *questions = (self.noisy(self.chance.choice(self._sentences)) for _ in range(6))
        body = ". ".join(self.noisy(self.chance.choice(self._sentences)) for _ in range(14))
        return Document(f"made-up-{number:06}", title[:80], (body,), tuple(questions))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main()
