"""The command line of the mutants: ``python -m benchmarks.mutants``; status 1 where too few of them are noticed."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.process import machine

AT_LEAST = 0.85
"""The share of mutants that tests must notice, of those that mypy lets pass."""

MUTATED = ("bot/concerns/*.py", "bot/chat/crowd.py", "bot/chat/sealed.py")
"""What a concern passes behind the hallway."""

COPIED = ("bot", "adapters", "knowledge", "migrations", "tests", "benchmarks", "pyproject.toml", "README.md", "LICENSE")

TESTS = (
    "tests/chat/test_crowd.py",
    "tests/concerns/test_known_answers.py",
    "tests/concerns/test_batches.py",
    "tests/concerns/test_batch_rows.py",
    "tests/concerns/test_doors.py",
    "tests/concerns/test_forms_word_for_word.py",
    "tests/concerns/test_cards_word_for_word.py",
    "tests/concerns/test_schedule.py",
    "tests/concerns/test_sealing.py",
    "tests/concerns/test_talking.py",
)
"""The room by itself: with a whole house around it each mutant takes a minute."""

NOTICED = frozenset({"killed", "timeout", "segfault"})
TYPED = "caught by type check"

_RESULT = re.compile(r"^\s*(?P<name>\S+__mutmut_\d+): (?P<status>.+)$", re.MULTILINE)


def main() -> None:
    """Mutate a copy of the house, run the tests on each mutant, and print what was noticed by whom."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=main.__doc__)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    processes: int = parser.parse_args().processes
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        house = Path(place)
        copy(house)
        _mutmut(house, "run", "--max-children", str(processes))
        results = _mutmut(house, "results", "--all", "true")
    found = {each["name"]: each["status"] for each in _RESULT.finditer(results)}
    if not found:
        sys.exit("mutmut made no mutants.")
    print(f"{machine()} {time.monotonic() - begun:.0f} s.\n\n" + "\n".join(_told(found)))
    sys.exit(0 if score(found) >= AT_LEAST else 1)


def copy(house: Path) -> None:
    """Lay out a house that mutmut may change, with mutmut's settings in it."""
    for name in COPIED:
        if Path(name).is_dir():
            shutil.copytree(name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(name, house / name)
    settings = {
        "source_paths": ["bot"],
        "only_mutate": list(MUTATED),
        "also_copy": ["adapters", "knowledge", "migrations", "benchmarks"],
        # One process for each mutant: a database server and further processes do not survive being forked.
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not postgres"],
        "pytest_add_cli_args_test_selection": list(TESTS),
        "type_check_command": [sys.executable, "-m", "benchmarks.mutants.types", "mypy", *_checked()],
        "timeout_multiplier": 4.0,
        "timeout_constant": 4.0,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    with (house / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(("", "[tool.mutmut]", *lines, "")))


def score(found: Mapping[str, str]) -> float:
    """The share that tests notice, of the mutants that mypy lets pass.

    Args:
        found: mutmut's word for each mutant, by its name.
    """
    statuses = Counter(found.values())
    return sum(statuses[each] for each in NOTICED) / (statuses.total() - statuses[TYPED])


def _checked() -> Iterator[str]:
    return (each.removesuffix("/*.py") for each in MUTATED)


def _mutmut(house: Path, *words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    ran = subprocess.run(command, cwd=house, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if ran.returncode:
        sys.exit(
            f"{ran.stdout[-4_000:]}\nmutmut ended with {ran.returncode}; is it installed? pip install -e '.[bench]'"
        )
    return ran.stdout


def _told(found: Mapping[str, str]) -> Iterator[str]:
    yield f"{'module':34}{'mutants':>9}{'types':>9}{'tests':>9}{'left':>9}"
    modules = sorted({_module(name) for name in found})
    for module in (*modules, ""):
        yield _row(module or "all", Counter(found[name] for name in found if module in ("", _module(name))))
    yield f"\nOf those that the types let pass, the tests notice {100 * score(found):.1f} %. Left:"
    yield from (f"  {name}: {status}" for name, status in found.items() if status not in {*NOTICED, TYPED})


def _row(title: str, statuses: Counter[str]) -> str:
    noticed = sum(statuses[each] for each in NOTICED)
    left = statuses.total() - statuses[TYPED] - noticed
    return f"{title:34}{statuses.total():>9}{statuses[TYPED]:>9}{noticed:>9}{left:>9}"


def _module(name: str) -> str:
    return name.rpartition(".")[0]


if __name__ == "__main__":
    main()
