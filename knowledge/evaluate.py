"""Measure the search on a corpus with questions of which the right answers are known."""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge import measures
from knowledge.index import Document
from knowledge.measures import Truths
from knowledge.search import MOST_RANKED, RIGHT, Found, Index
from knowledge.space import Embedder
from knowledge.vectors import Floats

TYPO_SEED = 20261122
"""Fixed, so that two runs, or two versions of the search, meet the same typos."""

_TYPO_SHARE = 0.2
_SHORTEST_MISTYPED = 4


class BadCorpus(Exception):
    """The folder cannot be evaluated; the text is one sentence for whoever called."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _CorpusLine(_Line):
    id: str
    title: str
    body: str = ""
    questions: tuple[str, ...] = ()


class Query(_Line):
    """A question and the ids that answer it; None where nothing does."""

    text: str
    gold: str | tuple[str, ...] | None
    kind: str = ""

    @property
    def right(self) -> tuple[str, ...]:
        """The ids that answer it; none where nothing does."""
        return (self.gold,) if isinstance(self.gold, str) else self.gold or ()


@dataclass(frozen=True)
class Own:
    """What the search's own thresholds decide.

    Args:
        answered: the share of answerable questions that got one answer, outright.
        answered_right: the share of answerable questions that got one answer, and the right one.
        refused_unanswerable: the share of unanswerable questions that got neither an answer nor a choice.
    """

    answered: float
    answered_right: float
    refused_unanswerable: float


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one search."""

    p50: float
    p99: float


@dataclass(frozen=True)
class Report:
    """What was measured; shares are fractions from 0 to 1. ``dataclasses.asdict`` gives the contract's JSON.

    Args:
        hit_at_3: the share of answerable questions with a right entry among the first three.
        typo_accuracy_at_1: ``accuracy_at_1`` with about one word in five mistyped, at least one in each question.
        auroc: how often an answerable question is surer than an unanswerable one.
        accuracy_at_90_refusal: answered rightly, at the threshold that refuses 90 % of the unanswerable questions.
        refusal_at_95_coverage: unanswerable ones refused, at the threshold that lets 95 % of the answerable through.
        build_s: seconds to build the index, the calibration included.
        rss_mb: the most memory that this process has held so far, Python and numpy included, in megabytes.
    """

    accuracy_at_1: float
    hit_at_3: float
    mrr_at_10: float
    ndcg_at_10: float
    typo_accuracy_at_1: float
    auroc: float
    accuracy_at_90_refusal: float
    refusal_at_95_coverage: float
    own: Own
    latency_ms: Latency
    build_s: float
    rss_mb: float


@dataclass(frozen=True)
class Evaluation:
    """What was measured, and what each question found, in the order of the questions."""

    report: Report
    predictions: tuple[tuple[str, Found], ...]

    def lines(self) -> Iterator[str]:
        """The predictions as lines of JSON: text, ranked ids with scores, confidence, outcome."""
        for text, found in self.predictions:
            ranked = [{"id": match.entry_id, "score": round(match.score, 6)} for match in found.ranked]
            line = {"text": text, "ranked": ranked, "confidence": round(found.confidence, 6), "outcome": found.outcome}
            yield json.dumps(line, ensure_ascii=False)


def evaluate(folder: Path, embedder: Embedder | None = None, right: float = RIGHT) -> Evaluation:
    """Index ``corpus.jsonl`` and ask it every question of ``queries.jsonl``.

    Args:
        embedder: the tier that is measured; the shipped table unless another is given.
        right: the operating point, as for ``Index``.

    Raises:
        BadCorpus: a file is missing or malformed, or there are not both answerable and unanswerable questions.
    """
    documents, queries = read(folder)
    started = time.perf_counter()
    index = Index(documents, embedder, right)
    build_seconds = time.perf_counter() - started
    return _measure(index, queries, build_seconds)


def read(folder: Path) -> tuple[tuple[Document, ...], tuple[Query, ...]]:
    """The documents of ``corpus.jsonl`` and the questions of ``queries.jsonl``.

    Raises:
        BadCorpus: a file is missing or malformed, or there are not both answerable and unanswerable questions.
    """
    documents = tuple(_document(line) for line in _read(folder / "corpus.jsonl", _CorpusLine))
    queries = _read(folder / "queries.jsonl", Query)
    if len({document.id for document in documents}) < len(documents):
        raise BadCorpus(f"{folder / 'corpus.jsonl'} has an id twice.")
    if len({bool(query.right) for query in queries}) < 2:
        raise BadCorpus(f"{folder / 'queries.jsonl'} needs questions with a right answer and questions without one.")
    return documents, queries


LineT = TypeVar("LineT", bound=_Line)


def _read(path: Path, kind: type[LineT]) -> tuple[LineT, ...]:
    """Every line of a file that is not blank.

    Raises:
        BadCorpus: with the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCorpus(f"{path} cannot be read: {error}.") from error
    read: list[LineT] = []
    for number, line in enumerate(lines, start=1):
        try:
            read += [kind.model_validate_json(line)] if line.strip() else []
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(map(str, first["loc"])) or "the line"
            raise BadCorpus(f"{path}, line {number}: {field}: {first['msg']}.") from error
    return tuple(read)


def _document(line: _CorpusLine) -> Document:
    return Document(line.id, line.title, (line.body,), line.questions)


def _measure(index: Index, queries: Sequence[Query], build_seconds: float) -> Evaluation:
    everything, milliseconds = _ask_all(index, [query.text for query in queries])
    answerable = [query for query in queries if query.right]
    found = [one for query, one in zip(queries, everything, strict=True) if query.right]
    lost = [one for query, one in zip(queries, everything, strict=True) if not query.right]
    chance = random.Random(TYPO_SEED)  # noqa: S311 - typos are no secret
    mistyped, _ = _ask_all(index, [mistype(query.text, chance) for query in answerable])
    relevant = _relevant(answerable, found)
    sure, unsure = _confidences(found), _confidences(lost)
    first = relevant[:, 0]
    wanted = np.array([len(set(query.right)) for query in answerable])
    report = Report(
        accuracy_at_1=float(first.mean()),
        hit_at_3=float(relevant[:, :3].any(axis=1).mean()),
        mrr_at_10=float(measures.reciprocal_ranks(relevant).mean()),
        ndcg_at_10=float(measures.discounted_gains(relevant, wanted).mean()),
        typo_accuracy_at_1=float(_relevant(answerable, mistyped)[:, 0].mean()),
        auroc=measures.separation(sure, unsure),
        accuracy_at_90_refusal=measures.accuracy_at_refusal(sure, first, unsure, 0.9),
        refusal_at_95_coverage=measures.refusal_at_coverage(sure, unsure, 0.95),
        own=_own(found, first, lost),
        latency_ms=Latency(*(float(value) for value in np.quantile(milliseconds, [0.5, 0.99]))),
        build_s=build_seconds,
        rss_mb=_peak_megabytes(),
    )
    return Evaluation(report, tuple((query.text, one) for query, one in zip(queries, everything, strict=True)))


def _ask_all(index: Index, texts: Sequence[str]) -> tuple[list[Found], Floats]:
    """What each question finds, and the milliseconds it took."""
    found, times = [], []
    for text in texts:
        started = time.perf_counter()
        found.append(index.find(text))
        times.append((time.perf_counter() - started) * 1000)
    return found, np.array(times)


def _relevant(queries: Sequence[Query], found: Sequence[Found]) -> Truths:
    """Whether each place of each ranking is right, shape (questions, 10)."""
    relevant = np.zeros((len(queries), MOST_RANKED), np.bool_)
    for row, (query, one) in enumerate(zip(queries, found, strict=True)):
        for place, match in enumerate(one.ranked):
            relevant[row, place] = match.entry_id in query.right
    return relevant


def _confidences(found: Sequence[Found]) -> Floats:
    return np.array([one.confidence for one in found])


def _own(found: Sequence[Found], right: Truths, lost: Sequence[Found]) -> Own:
    answered = np.array([one.outcome == "answer" for one in found])
    refused = np.array([one.outcome == "refuse" for one in lost])
    return Own(float(answered.mean()), float((answered & right).mean()), float(refused.mean()))


def mistype(text: str, chance: random.Random) -> str:
    """The text with about one in five of its longer words mistyped, and at least one if there is one.

    A letter is lost, doubled, changed, or swapped with the next; never the first one, as people see that one.
    """
    words = text.split(" ")
    longer = [place for place, word in enumerate(words) if len(word) >= _SHORTEST_MISTYPED]
    if not longer:
        return text
    for place in chance.sample(longer, max(1, round(len(longer) * _TYPO_SHARE))):
        words[place] = _slip(words[place], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    """One slip of the finger in a word of at least four letters."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    slips = (
        after,
        letter * 2 + after,
        chance.choice("abcdefghijklmnopqrstuvwxyz") + after,
        after[0] + letter + after[1:],
    )
    return before + chance.choice(slips)


def _peak_megabytes() -> float:
    """getrusage(2) counts kibibytes on Linux and bytes on macOS."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
