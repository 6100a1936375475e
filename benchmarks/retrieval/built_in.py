"""The built-in library on questions that its writers never saw, by role, and on near ones that it does not answer."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import ROOT, machine
from knowledge import model, static
from knowledge.library import BUILT_IN, load
from knowledge.search import RIGHT, Found, Index

QUESTIONS = ROOT / "tests" / "knowledge" / "questions"
_HEAD = ("role", "questions", "acc@1", "hit@3", "right", "wrong", "choice", "with it", "refused")


@dataclass(frozen=True)
class Asked:
    """One question of the set, and what it found.

    Args:
        gold: the ids that answer it; none where nothing does.
    """

    role: str
    gold: frozenset[str]
    found: Found

    def among(self, places: int) -> bool:
        """Whether a right entry is among the first ones."""
        return bool(self.gold & {match.entry_id for match in self.found.ranked[:places]})


def main() -> None:
    """Print the table; shares are percent of the row's questions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval.built_in", description=__doc__)
    parser.add_argument("--model", type=Path, help="the folder of the installed model, for the full tier")
    parser.add_argument("--right", type=float, default=RIGHT, help="the operating point, as RAI_ANSWER_RIGHT")
    given = parser.parse_args()
    embedder = model.read(given.model) if given.model else static.table()
    index = Index(load(BUILT_IN), embedder, given.right)
    asked, near = (list(_asked(index, name)) for name in ("asked.jsonl", "near.jsonl"))
    print(f"{machine()}\n{embedder.name if embedder else ''}, operating point {given.right:.0%}\n")
    print("".join(cell.rjust(18 if place == 0 else 10) for place, cell in enumerate(_HEAD)))
    for role in sorted({each.role for each in asked}):
        print(_row(role, [each for each in asked if each.role == role]))
    print(_row("all", asked))
    print(_row("near, no answer", near))
    wrong = sum(each.found.outcome == "answer" and not each.among(1) for each in (*asked, *near))
    print(f"\n{wrong} of {len(asked) + len(near)} questions got a wrong answer outright.")


def _asked(index: Index, name: str) -> Iterable[Asked]:
    for line in map(json.loads, (QUESTIONS / name).read_text("utf-8").splitlines()):
        gold = line["gold"] or ()
        yield Asked(line["role"], frozenset((gold,) if isinstance(gold, str) else gold), index.find(line["text"]))


def _row(name: str, asked: list[Asked]) -> str:
    outcome = {kind: [each for each in asked if each.found.outcome == kind] for kind in ("answer", "choose", "refuse")}
    counts = (
        sum(each.among(1) for each in asked),
        sum(each.among(3) for each in asked),
        sum(each.among(1) for each in outcome["answer"]),
        sum(not each.among(1) for each in outcome["answer"]),
        len(outcome["choose"]),
        sum(each.among(3) for each in outcome["choose"]),
        len(outcome["refuse"]),
    )
    shares = "".join(f"{100 * count / len(asked):.1f}".rjust(10) for count in counts)
    return f"{name.rjust(18)}{len(asked):>10}{shares}"


if __name__ == "__main__":
    main()
