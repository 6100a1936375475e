"""Cut an entry's file into YAML fields and body, and remember on which line each field stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.problems import BrokenEntry, Problem, Where

_FILE = re.compile(r"---[ \t]*\n(?P<front>.*?)^---[ \t]*$\n?(?P<body>.*)", re.DOTALL | re.MULTILINE)

_DEEPEST = 8
"""Levels of lists and groups; the deepest that an entry has is three."""

_NOT_WRITTEN = ("body", "topic")
"""Fields of an entry that come from the rest of the file and from its folder."""


@dataclass(frozen=True)
class FrontMatter:
    """What a file holds, not yet checked.

    Args:
        fields: the values as YAML reads them; days stay text.
        body: what follows the front matter, without the blank lines around it.
        body_line: where the body begins.
    """

    fields: dict[str, object]
    body: str
    body_line: int
    root: yaml.MappingNode

    def line_of(self, where: Where) -> int:
        """The line of a field, or of what should hold it if it is missing; 1 if that is the file itself."""
        if where == ("body",):
            return self.body_line
        node: yaml.Node | None = self.root
        line = 1
        for step in where:
            key, node = _child(node, step)
            if key is None:
                break
            line = _line(key)
        return line


def read(path: Path, text: str) -> FrontMatter:
    """Cut a file's text.

    Raises:
        BrokenEntry: the front matter is missing, is cut off, is not YAML, or sets a field twice.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if (parts := _FILE.fullmatch(text)) is None:
        raise BrokenEntry((_unfinished(path, text),))
    root, values = _load(path, parts["front"])
    if not isinstance(root, yaml.MappingNode) or not isinstance(values, dict):
        mend = 'Write one field on each line, such as "id: fairness".'
        raise BrokenEntry((Problem(path, 2, "The front matter is not a list of fields.", mend),))
    if misplaced := tuple(_misplaced(path, root)):
        raise BrokenEntry(misplaced)
    fields = {str(name): value for name, value in values.items()}
    return FrontMatter(fields, parts["body"].strip(), text[: parts.start("body")].count("\n") + 1, root)


def _unfinished(path: Path, text: str) -> Problem:
    """Why a file cannot be cut."""
    if not text.strip():
        return Problem(path, 1, "The file is empty.", "Write the entry, or delete the file.")
    if not re.match(r"---[ \t]*\n", text):
        return Problem(path, 1, "The file has no front matter.", 'Begin it with a line of three dashes: "---".')
    mend = 'Close it with a line of three dashes, "---"; perhaps the file was only saved in part.'
    return Problem(path, text.count("\n") + 1, "The front matter has no end.", mend)


class _Loader(yaml.CSafeLoader):
    """Leaves days as text: PyYAML fails on the thirteenth month without saying where."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _load(path: Path, front: str) -> tuple[yaml.Node | None, object]:
    """The tree with its line numbers, and the values."""
    try:
        _refuse_tricks(path, front)
        return yaml.compose(front, Loader=_Loader), yaml.load(front, Loader=_Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        mend = "Look at this line and the one above: indentation, colons, quotes; a text with a colon needs quotes."
        problem = Problem(path, mark.line + 2 if mark else 1, f"The front matter is not YAML: {reason}.", mend)
        raise BrokenEntry((problem,)) from error


def _refuse_tricks(path: Path, front: str) -> None:
    """Stop at what no entry needs and the next steps would not survive.

    The C parser overflows the stack on thousands of nested brackets; a few lines of aliases can stand for gigabytes.
    """
    depth = 0
    for event in yaml.parse(front, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            what = "The front matter nests too deeply, or uses an alias (*name)."
            mend = "Write each value where it belongs, as knowledge/README.md shows."
            raise BrokenEntry((Problem(path, _line(event), what, mend),))


def _misplaced(path: Path, root: yaml.MappingNode) -> Iterator[Problem]:
    """Fields that stand twice, of which YAML would silently take the last, and those that nobody writes."""
    seen: set[str] = set()
    for key, _ in root.value:
        name = str(key.value)
        if name in seen:
            yield Problem(path, _line(key), f'"{name}" stands twice.', "Keep one of the two.")
        if name in _NOT_WRITTEN:
            yield Problem(path, _line(key), f'"{name}" is not a field of the front matter.', "Take it out.")
        seen.add(name)


def _line(node: yaml.Node | yaml.Event) -> int:
    """The file's line of a node: YAML counts from 0, and the dashes take one."""
    return node.start_mark.line + 2 if node.start_mark else 1


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The node that names the child, and the child; None and None if there is no such child."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None
