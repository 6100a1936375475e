"""The doors to the answers board: everybody of the organisation may read it, and members may take something off."""

from bot.chat.actions import NoPayload
from bot.chat.events import ButtonPressed, CommandUsed
from bot.chat.identity import Actor
from bot.chat.replies import Redraw, Reply, Whisper
from bot.chat.routes import Command, OnHome, Route, inside, on_button
from bot.chat.sealed import HomePart
from bot.council import board_cards
from bot.council.board_cards import Behind, OnAnswer
from bot.council.service import Council


class _Doors:
    def __init__(self, council: Council) -> None:
        self._council = council

    async def on_board(self, event: CommandUsed | ButtonPressed, _: NoPayload | None = None) -> Reply:
        page = await self._council.board.page()
        return Whisper(board_cards.board_card(page, member=self._council.sits(event.actor)))

    async def on_older(self, event: ButtonPressed, behind: Behind) -> Reply:
        page = await self._council.board.page((behind.instant, behind.answer))
        return Whisper(board_cards.board_card(page, member=self._council.sits(event.actor)))

    async def on_take_off(self, event: ButtonPressed, on: OnAnswer) -> Reply:
        await self._council.board.take_off(event.actor, on.answer)
        page = await self._council.board.page()
        return Redraw(board_cards.board_card(page, member=True, notice="It is off the board."))

    async def home(self, _: Actor) -> HomePart:
        return board_cards.home_part()


def routes(council: Council) -> tuple[Route, ...]:
    """Read the board, page by page; take an answer off."""
    doors = _Doors(council)
    return inside(
        Command("board", "what the council has answered, for everybody", doors.on_board, desk="Read the answers board"),
        on_button(board_cards.BOARD, doors.on_board),
        on_button(board_cards.OLDER, doors.on_older),
        on_button(board_cards.TAKE_OFF, doors.on_take_off),
        OnHome(doors.home),
    )
