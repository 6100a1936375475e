"""The safe space's doors, all of them sealed."""

from dataclasses import replace

from bot.chat.actions import NoPayload
from bot.chat.errors import NotFound
from bot.chat.forms import FormErrors
from bot.chat.replies import OpenForm, Reply, Whisper
from bot.chat.sealed import HomePart, SealedCommand, SealedHome, SealedRoute, sealed_button, sealed_form
from bot.chat.text import shorten
from bot.concerns import cards, forms
from bot.concerns.forms import LONGEST_RECEIPT, Followed, Raised
from bot.concerns.model import LONGEST_WORDS, Concern, Guide, Words
from bot.concerns.service import Concerns

EXAMPLE = "The new scoring model was shipped although its bias test failed."


class _Doors:
    """What happens when somebody comes through one of the sealed doors."""

    def __init__(self, concerns: Concerns, guide: Guide) -> None:
        self._concerns = concerns
        self._guide = guide
        self.raise_form = forms.raise_form(guide)

    async def open_raise(self, text: str) -> Reply:
        form = forms.fresh(self.raise_form, {"words": shorten(text, LONGEST_WORDS)})
        return OpenForm(replace(form, intro=(*form.intro, forms.CUT)) if len(text) > LONGEST_WORDS else form)

    async def open_follow(self, text: str) -> Reply:
        return OpenForm(forms.fresh(forms.FOLLOW_FORM, {"receipt": shorten(text, LONGEST_RECEIPT)}))

    async def raised(self, form: Raised) -> Reply:
        # Before anything is kept: if this fails, what is said of it is true, and no receipt is lost.
        when = await self._concerns.next_release()
        if not form.sent.stands(all_at_once=when is None):
            return OpenForm(forms.raise_preview(self.raise_form, form, all_at_once=when is None))
        kept = await self._concerns.raise_concern(form.concern, form.sent.mark)
        return Whisper(cards.receipt_card(kept, None if form.concern.about.urgent else when, self._guide.keep_days))

    async def followed(self, form: Followed) -> Reply:
        when = await self._concerns.next_release()
        seen = form.sent.stands(all_at_once=when is None)
        try:
            if form.words and seen:
                thread = await self._concerns.add(form.receipt, form.words, form.sent.mark)
            else:
                thread = await self._concerns.follow(form.receipt)
        except NotFound as error:
            return FormErrors({"receipt": error.message_for_person})
        if form.words and not seen:
            return OpenForm(forms.follow_preview(form.sent, form.words, all_at_once=when is None))
        return Whisper(cards.thread_card(thread, form.words is not None, when))

    async def privacy(self, _: str) -> Reply:
        rows = await self._concerns.example(Concern(Words(EXAMPLE)))
        return Whisper(cards.privacy_card(EXAMPLE, *rows))

    async def press_raise(self, _: NoPayload) -> Reply:
        return await self.open_raise("")

    async def press_follow(self, _: NoPayload) -> Reply:
        return await self.open_follow("")

    async def home(self) -> HomePart:
        return cards.home_part()


def routes(concerns: Concerns, guide: Guide) -> tuple[SealedRoute, ...]:
    """Raise a concern; come back with a receipt; see what a concern becomes."""
    doors = _Doors(concerns, guide)
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
        SealedCommand(
            "privacy",
            "what is kept of a concern, shown to you",
            doors.privacy,
            "See what is kept of a concern",
            takes_text=False,
        ),
        sealed_button(cards.RAISE, doors.press_raise),
        sealed_button(cards.FOLLOW, doors.press_follow),
        sealed_form(doors.raise_form, doors.raised, words="words"),
        sealed_form(forms.FOLLOW_FORM, doors.followed, words="words"),
        SealedHome(doors.home),
    )
