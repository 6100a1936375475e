"""Make questions and requests as people send them to support bots, from word lists of our own."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

_LISTS = Path(__file__).with_name("questions.toml")
_DEED_SHARE = 0.45
_OPENED_SHARE = 0.08


def questions(seed: int, count: int) -> list[str]:
    """So many different questions, always the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - word play is no secret
    made: dict[str, None] = {}
    stream = _stream(chance)
    while len(made) < count:
        made.setdefault(next(stream))
    return list(made)


def _stream(chance: random.Random) -> Iterator[str]:
    """Templates filled with two things, or two deeds, of one field."""
    lists = tomllib.loads(_LISTS.read_text(encoding="utf-8"))
    fields = {kind: [_parts(words) for words in lists[kind].values()] for kind in ("things", "deeds")}
    templates = {kind: text.strip().split("\n") for kind, text in lists["templates"].items()}
    while True:
        kind = "deeds" if chance.random() < _DEED_SHARE else "things"
        field = chance.choice(fields[kind])
        one, two = chance.choice(field), chance.choice(field)
        text = chance.choice(templates[kind]).format(t=one, u=two, d=one, e=two)
        if chance.random() < _OPENED_SHARE:
            text = f"{chance.choice(templates['openings'])} {text}"
        yield text[:1].upper() + text[1:] if chance.random() < 0.5 else text


def _parts(words: str) -> list[str]:
    return [" ".join(part.split()) for part in words.split(",")]
