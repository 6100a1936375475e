"""What everybody sees of the answers board."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field

from bot.chat.actions import Action, Mark, NoPayload
from bot.chat.cards import Block, Button, Buttons, Card, Confirm, Quote, Text
from bot.chat.sealed import HomePart
from bot.council.board import Answer, Page


@dataclass(frozen=True)
class OnAnswer:
    """The answer a button belongs to."""

    answer: Mark


@dataclass(frozen=True)
class Behind:
    """Where the older answers begin: behind this one, which was put on the board in that millisecond since 1970."""

    answer: Mark
    at: Annotated[int, Field(ge=0, le=10**14)]

    @property
    def instant(self) -> datetime:
        """When that was."""
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=self.at)


BOARD = Action("council.board/1", NoPayload)
OLDER = Action("council.board-older/1", Behind)
TAKE_OFF = Action("council.board-off/1", OnAnswer)


def home_part() -> HomePart:
    """The board's share of everybody's page."""
    words = Text("**The answers board**: what the council has answered, for everybody to read.")
    return HomePart((words,), (Button("Read the answers board", BOARD(NoPayload())),))


def board_card(page: Page, *, member: bool, notice: str = "") -> Card:
    """Some answers, the newest first; who has a seat can take each off again."""
    told = (Text(notice),) if notice else ()
    blocks = tuple(block for answer in page.answers for block in _answer(answer, member=member))
    return Card("The answers board", (*told, *(blocks or _nothing(page)), *_closed(page)), _older(page))


def _nothing(page: Page) -> tuple[Block, ...]:
    if page.closed:
        return ()
    return (Text("There is nothing here yet." if not page.older else "What stood here was taken off."), _WHAT_FOR)


_WHAT_FOR = Text(
    "Here stands what the council has answered and everybody may know, each under the code name of its concern. "
    "Whoever raised one knows its name, and reads the rest by receipt."
)


def _closed(page: Page) -> tuple[Block, ...]:
    return (Text(f"Answers that nobody can open any more: {page.closed}."),) if page.closed else ()


def _answer(answer: Answer, *, member: bool) -> tuple[Block, ...]:
    quote = Quote(answer.words.text, by=f"The council, on {answer.code}")
    return (quote, Buttons((_take_off(answer),))) if member else (quote,)


def _take_off(answer: Answer) -> Button:
    question = "Take this answer off the board? Whoever raised the concern can still read it by receipt."
    return Button("Take it off", TAKE_OFF(OnAnswer(answer.id)), confirm=Confirm(question, "Take it off"))


def _older(page: Page) -> tuple[Button, ...]:
    if page.older is None:
        return ()
    at, name = page.older
    return (Button("Older answers", OLDER(Behind(name, round(at.timestamp() * 1000)))),)
