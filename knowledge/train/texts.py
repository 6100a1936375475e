"""Put together what is learnt from: gathered sentences, fragments of them, made-up questions, our entries."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.train.gather import Banned, sentences
from knowledge.train.questions import questions
from knowledge.train.sources import OFTEN
from knowledge.words import normalise

SEED = 20261122
MADE_UP = 60_000
FRAGMENTS = 60_000
PASSAGES = 20_000
WORDS = 24_000
DROPPED_SHARE = 0.25
OWN_COPIES = 4
"""How often our entries' texts are met for each time that any other text is."""


@dataclass(frozen=True)
class Texts:
    """What is learnt from.

    Args:
        copies: how often each text is met in one round.
        kinds: how many texts there are of each kind.
    """

    texts: tuple[str, ...]
    copies: tuple[int, ...]
    kinds: dict[str, int]


def training_texts(gathered: Path, entries: Path, development: Path | None) -> Texts:
    """All texts, each once, in an order that depends on the inputs alone.

    Args:
        gathered: the file that ``gather`` wrote.
        entries: the folder of our own entries.
        development: the sets whose texts are left out.
    """
    chance = random.Random(SEED)  # noqa: S311 - a sample is no secret
    lines = [line.partition("\t") for line in gathered.read_text(encoding="utf-8").split("\n") if line]
    found = [text for _, _, text in lines]
    prose = [text for name, _, text in lines if name != "wordnet-base"]
    own = list(dict.fromkeys(own_texts(entries)))
    groups = {
        "own": own,
        "own fragments": [part for text in own for part in _fragments(text, 2, chance)],
        "gathered": found,
        "made up": questions(SEED, MADE_UP),
        "fragments": [part for text in chance.sample(prose, FRAGMENTS) for part in _fragments(text, 1, chance)],
        "passages": _passages(prose, chance),
        "words": _commonest([*own, *prose]),
    }
    banned = Banned(development)
    kept: dict[str, int] = {}
    kinds = {}
    for kind, texts in groups.items():
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        usable = new if kind == "gathered" else [text for text in new if not banned.has(normalise(text))]
        kept |= dict.fromkeys(usable, OWN_COPIES if kind.startswith("own") else 1)
        if kind == "gathered":
            kept |= {text: 2 for name, _, text in lines if name in OFTEN and kept.get(text) == 1}
        kinds[kind] = len(usable)
    return Texts(tuple(kept), tuple(kept.values()), kinds)


def own_texts(folder: Path) -> Iterator[str]:
    """Titles, phrasings and sentences of the entries; a file that is no entry yet is passed over."""
    for path in sorted(folder.glob("**/*.md")):
        _, _, rest = path.read_text(encoding="utf-8").partition("---\n")
        head, _, body = rest.partition("\n---\n")
        try:
            fields = yaml.safe_load(head)
        except yaml.YAMLError:
            continue
        if isinstance(fields, dict):
            yield from _field_texts(fields)
            for block in re.split(r"\n\s*\n|\n[-*] |\n\d+\. ", body):
                yield from _clean(block)


def _field_texts(fields: dict[str, object]) -> Iterator[str]:
    for name in ("title", "short", "escalate_when", "not_for"):
        yield from _clean(str(fields.get(name, "")))
    for name, part in (("phrasings", ""), ("next_steps", "text"), ("tensions", "between"), ("tensions", "bears")):
        held = fields.get(name)
        for one in held if isinstance(held, list) else ():
            yield from _clean(str(one.get(part, "") if isinstance(one, dict) else one))


def _clean(text: str) -> list[str]:
    return [part for part in sentences(text.replace("\n", " ")) if normalise(part)]


def _fragments(text: str, count: int, chance: random.Random) -> Iterator[str]:
    """Spans of three to eight words, or the text with a few words left out."""
    words = text.split(" ")
    for _ in range(count if len(words) > 4 else 0):
        if len(words) < 9 or chance.random() < DROPPED_SHARE:
            kept = [word for word in words if chance.random() > 0.25]
            yield " ".join(kept or words[:3])
        else:
            length = chance.randint(3, 8)
            start = chance.randrange(len(words) - length + 1)
            yield " ".join(words[start : start + length])


def _passages(prose: Sequence[str], chance: random.Random) -> list[str]:
    """Neighbouring sentences of one source, joined, as pieces of longer texts are met."""
    starts = chance.sample(range(len(prose) - 2), PASSAGES)
    return [" ".join(" ".join(prose[start : start + 2]).split(" ")[:60]) for start in starts]


def _commonest(texts: Sequence[str]) -> list[str]:
    """The commonest words, each as a text of its own."""
    counts = Counter(word for text in texts for word in set(normalise(text)))
    return sorted(sorted(counts), key=lambda word: -counts[word])[:WORDS]
