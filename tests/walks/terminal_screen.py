"""What is on a terminal's screen: cards in their frames, the numbers below them, and the question that is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.walks.stage import in_words

_NUMBER = re.compile(r"\[(\d+)\] (.+?)(?= {3,}\[\d+\] |$)")
_HEAD = re.compile(r"(?:\d+/\d+  )?(.*?)(?: \(optional\))?")
_FAULT = re.compile(r"^  ! (.+(?:\n(?!  ! ).+)*)", re.MULTILINE)
_FORM = "/cancel leaves and sends nothing."
_AGAIN = "Send the same answers again?"


@dataclass
class Drawn:
    """A card in its frame, or a few lines outside of any; ``note`` says who sees it."""

    framed: bool = False
    title: str = ""
    note: str = ""
    lines: list[str] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)

    def shown(self) -> str:
        """Everything it says, its buttons last."""
        labels = " ".join(f"[{label}]" for label in self.choices.values())
        return in_words("\n".join((self.title, *self.lines, labels)))


def drawings(output: str) -> list[Drawn]:
    """What was drawn, the oldest first."""
    return list(_drawings(output.splitlines()))


def _drawings(lines: list[str]) -> Iterator[Drawn]:
    drawn, inside = Drawn(), False
    for line in lines:
        if line.startswith("╭") or (drawn.framed and not inside and not _goes_on(line, drawn)):
            yield drawn
            drawn = Drawn()
        if line.startswith("╭"):
            drawn, inside = Drawn(framed=True, title=line.strip("╭─╮ ")), True
        elif line.startswith("╰"):
            drawn.note, inside = line.strip("╰─╯ "), False
        elif inside:
            drawn.lines.append(line[2:-2].strip("─").rstrip())
            if _goes_on(line[2:-2], drawn):
                _outside(line[2:-2].rstrip(), drawn)
        else:
            _outside(line, drawn)
    yield drawn


def _goes_on(line: str, drawn: Drawn) -> bool:
    """Whether a line outside of the frame belongs to it: its buttons."""
    return bool(_NUMBER.match(line.strip())) or (bool(drawn.choices) and line.startswith("      "))


def _outside(line: str, drawn: Drawn) -> None:
    if found := _NUMBER.findall(line.strip()):
        drawn.choices |= {number: _label(label) for number, label in found}
    elif line.startswith("      ") and drawn.choices:
        last = list(drawn.choices)[-1]
        drawn.choices[last] = _label(f"{drawn.choices[last]} {line.strip()}")
    else:
        drawn.lines.append(line)


def _label(label: str) -> str:
    # What to know of a thing to choose stands behind its name, two spaces away.
    return label.strip().partition("  ")[0].removesuffix(" (!)")


def question(output: str) -> str | None:
    """The label of the form's field that is asked last; None where only an answer was found wrong."""
    *before, last = f"\n{output}".rsplit("\n\n", 1)
    head = _HEAD.fullmatch(last.lstrip("\n").partition("\n")[0])
    return head[1] if before and head else None


def faults(output: str) -> list[str]:
    """What a form says is wrong."""
    return [in_words(found) for found in _FAULT.findall(output)]


def opens_form(output: str) -> bool:
    """Whether the head of a form was drawn."""
    return _FORM in in_words(output.replace("│", " "))


def asks_to_send_again(output: str) -> bool:
    """Whether a form could not be handed over, and may be once more."""
    return _AGAIN in output
