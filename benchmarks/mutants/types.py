"""Lets mypy judge the mutants, and tells mutmut of those alone that would not have been committed."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CODES = (
    "arg-type",
    "assignment",
    "attr-defined",
    "call-arg",
    "call-overload",
    "index",
    "operator",
    "return-value",
    "type-var",
    "union-attr",
)
"""Errors that a mutant is to blame for. Others, such as a needless ignore, come from how mutmut writes its copies."""


def main() -> None:
    """Print mypy's errors in mutants, as JSON, one in a line; ``argv`` holds the paths to check.

    mutmut finds out by the word ``mypy`` among the arguments how to read this.
    """
    paths = [word for word in sys.argv[1:] if word != "mypy"]
    command = [sys.executable, "-m", "mypy", "--output", "json", "--no-warn-unused-ignores", *paths]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if not checked.stdout.strip() and checked.returncode:
        sys.exit(checked.stderr)
    mutants: dict[str, frozenset[int]] = {}
    for line in checked.stdout.splitlines():
        error = json.loads(line)
        if error["code"] not in CODES:
            continue
        file = error["file"]
        if file not in mutants:
            mutants[file] = frozenset(_lines_of_mutants(Path(file)))
        if error["line"] in mutants[file]:
            print(line)


def _lines_of_mutants(file: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_mutant(node.name) and node.end_lineno:
            yield from range(node.lineno, node.end_lineno + 1)


def _is_mutant(name: str) -> bool:
    return "__mutmut_" in name and not name.endswith("_orig")


if __name__ == "__main__":
    main()
