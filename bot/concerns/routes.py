"""The safe space's doors, all of them sealed."""

from dataclasses import replace

from bot.chat.actions import NoPayload
from bot.chat.errors import NotFound
from bot.chat.forms import FormErrors
from bot.chat.replies import OpenForm, Reply, Whisper
from bot.chat.sealed import HomePart, SealedCommand, SealedHome, SealedRoute, sealed_button, sealed_form
from bot.chat.text import shorten
from bot.concerns import cards
from bot.concerns.cards import LONGEST_RECEIPT, Followed, Raised
from bot.concerns.model import LONGEST_WORDS, FormMark
from bot.concerns.service import Concerns


class _Doors:
    """What happens when somebody comes through one of the sealed doors."""

    def __init__(self, concerns: Concerns) -> None:
        self._concerns = concerns

    async def open_raise(self, text: str) -> Reply:
        words = {"words": shorten(text, LONGEST_WORDS)}
        form = cards.RAISE_FORM.form(hidden=FormMark.new().value, initial=words)
        return OpenForm(replace(form, intro=(*form.intro, cards.CUT)) if len(text) > LONGEST_WORDS else form)

    async def open_follow(self, text: str) -> Reply:
        receipt = {"receipt": shorten(text, LONGEST_RECEIPT)}
        return OpenForm(cards.FOLLOW_FORM.form(hidden=FormMark.new().value, initial=receipt))

    async def raised(self, form: Raised) -> Reply:
        receipt = await self._concerns.raise_concern(form.concern, form.mark)
        return Whisper(cards.receipt_card(receipt, await self._concerns.next_release()))

    async def followed(self, form: Followed) -> Reply:
        try:
            if form.words:
                thread = await self._concerns.add(form.receipt, form.words, form.mark)
            else:
                thread = await self._concerns.follow(form.receipt)
        except NotFound as error:
            return FormErrors({"receipt": error.message_for_person})
        return Whisper(cards.thread_card(thread, form.words is not None, await self._concerns.next_release()))

    async def press_raise(self, _: NoPayload) -> Reply:
        return await self.open_raise("")

    async def press_follow(self, _: NoPayload) -> Reply:
        return await self.open_follow("")

    async def home(self) -> HomePart:
        return cards.home_part()


def routes(concerns: Concerns) -> tuple[SealedRoute, ...]:
    """Raise a concern; come back with a receipt."""
    doors = _Doors(concerns)
    return (
        SealedCommand(
            "concern", "say anonymously what is going wrong", doors.open_raise, "Raise a concern", longest=LONGEST_WORDS
        ),
        SealedCommand(
            "receipt",
            "read the answer to your concern, or add to it",
            doors.open_follow,
            "Use a receipt",
            longest=LONGEST_RECEIPT,
        ),
        sealed_button(cards.RAISE, doors.press_raise),
        sealed_button(cards.FOLLOW, doors.press_follow),
        sealed_form(cards.RAISE_FORM, doors.raised),
        sealed_form(cards.FOLLOW_FORM, doors.followed),
        SealedHome(doors.home),
    )
