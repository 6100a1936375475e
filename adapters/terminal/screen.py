"""What stands on the screen: the cards shown last, and which number presses which button."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.terminal.attachments import save
from adapters.terminal.desk import Desk
from adapters.terminal.render import drawn_card, drawn_problem
from bot.chat.cards import Attachment, Button, Card, Facts
from bot.chat.errors import StoreProblem
from bot.chat.places import MessageRef


@dataclass(frozen=True)
class Choice:
    """A numbered button, and the kept message it stands on."""

    button: Button
    on: MessageRef | None


class Screen:
    """Shows cards on pages: what is shown after one line of the person. Numbers run on over a page."""

    def __init__(self, desk: Desk, files_folder: Path) -> None:
        self._desk = desk
        self._files_folder = files_folder
        self._cards: list[Card] = []
        self._choices: list[Choice] = []
        self._cards_are_old = self._choices_are_old = False

    def begin(self) -> None:
        """Begin a page; cards and buttons of the last one stay within reach until this one has some."""
        self._cards_are_old = self._choices_are_old = True

    def go_on(self) -> None:
        """Nothing may take a number away from under the person's fingers: what comes now joins the page."""
        self._cards_are_old = self._choices_are_old = False

    def forget(self) -> None:
        """Somebody else sits here now, and another person's cards and buttons are not theirs."""
        self._cards, self._choices = [], []

    def show(self, card: Card, on: MessageRef | None, note: str = "") -> None:
        """Draw a card, number its buttons, write its files."""
        self._turn_page(card)
        self._desk.show(drawn_card(card, self._desk.width, len(self._choices) + 1, note))
        self._cards.append(card)
        self._choices += [Choice(button, on) for button in card.every_button]
        for block in card.blocks:
            if isinstance(block, Attachment):
                self._save(block)

    def choice(self, number: int) -> Choice | None:
        """The button under this number."""
        return self._choices[number - 1] if 1 <= number <= len(self._choices) else None

    def value_of(self, label: str) -> str | None:
        """What stands beside a label, on the newest card of the page that has it."""
        newest_first = (row for card in reversed(self._cards) for row in _rows(card))
        return next((value for name, value in newest_first if name.casefold() == label.casefold()), None)

    def _turn_page(self, card: Card) -> None:
        if self._cards_are_old:
            self._cards, self._cards_are_old = [], False
        if card.every_button and self._choices_are_old:
            self._choices, self._choices_are_old = [], False

    def _save(self, attachment: Attachment) -> None:
        try:
            self._desk.say_unbroken(f"Saved: {save(self._files_folder, attachment)}")
        except StoreProblem as problem:  # the message itself was shown and stays
            self._desk.show(drawn_problem(problem.message_for_person, self._desk.width))


def _rows(card: Card) -> Iterator[tuple[str, str]]:
    for block in card.blocks:
        if isinstance(block, Facts):
            yield from block.rows
