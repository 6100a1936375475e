"""Invokes: what Teams waits for an answer to, while somebody looks at a dialog or at the button they pressed."""

import asyncio
import logging
from functools import partial

from adapters.rooms import Outcome, problem_card
from adapters.shapes import Json, inner, word
from adapters.teams import inbound, tasks
from adapters.teams.bot_framework import Answer
from adapters.teams.controls import for_one
from adapters.teams.conversation import Conversation
from adapters.teams.inbound import Arrived, Waited
from adapters.teams.late import Late
from adapters.teams.messenger import CARD
from adapters.teams.parts import parts
from adapters.teams.repeats import Repeats
from adapters.work import Work
from bot.chat.errors import HouseError, StaleButton
from bot.chat.forms import FormErrors
from bot.chat.replies import Redraw

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds before an invoke is told that it takes longer; Teams gives up on some at five (see docs/teams.md)."""

READING = 600.0
"""Seconds that the next window of a long card is kept while somebody reads the one before it."""

PRESSED, MOMENT, AGAIN = "I have answered.", "One moment …", "That arrived already."
NOT_DONE = "That did not work. My message says why."
STALE = StaleButton().message_for_person
TOO_LATE = (
    "What was to be shown here is not kept any more. What you sent was done, unless something was wrong with it. "
    "Please call me again to see how things stand. If it was a concern, it may be kept without a receipt: raise it "
    "again and say so."
)


class Invokes:
    """Answers invokes.

    Args:
        patience: see PATIENCE.
    """

    def __init__(self, conversation: Conversation, work: Work, patience: float) -> None:
        self._conversation = conversation
        self._work = work
        self._patience = patience
        self._late = Late()
        self._repeats = Repeats()

    async def answer(self, activity: Json) -> Answer:
        """Answer an invoke; Teams' second try gets the same answer, which the first may have lost."""
        if not word(activity, "id"):
            return await self._answered(activity)
        key = f"{inbound.event(activity)} {word(activity, 'name')} {inbound.person(activity).address}"
        return await self._repeats.answer(key, lambda: self._answered(activity))

    async def _answered(self, activity: Json) -> Answer:
        match word(activity, "name"):
            case "task/fetch" | "task/submit" | "composeExtension/submitAction":
                return await self._asked_in_dialog(activity)
            case "composeExtension/fetchTask":
                return await self._in_dialog(activity, inbound.extension(activity))
            case "adaptiveCard/action":
                return await self._pressed(activity)
            case "fileConsent/invoke":
                # Where it is uploaded to takes it once.
                self._work.begin(self._conversation.once(activity, partial(self._conversation.upload, activity)))
                return Answer(200, {})
            case _:
                return Answer(501, {})

    async def _asked_in_dialog(self, activity: Json) -> Answer:
        try:
            asked = inbound.dialog(activity)
        except ValueError:
            return Answer(200, tasks.shown_card(problem_card(STALE)))
        match asked:
            case Waited(token):
                if fetched := self._late.fetch(token):
                    return await self._in_time(fetched)
                return Answer(200, tasks.shown_card(problem_card(TOO_LATE)))
            case Arrived():
                return await self._in_dialog(activity, asked)

    async def _in_dialog(self, activity: Json, arrived: Arrived) -> Answer:
        self._conversation.lives_by(arrived, inbound.zone(activity))
        return await self._in_time(asyncio.create_task(self._in_words(arrived)))

    async def _in_words(self, arrived: Arrived) -> Answer:
        """What a dialog shows, or what went wrong with it."""
        try:
            return Answer(200, await self._conversation.in_dialog(arrived, self._keep))
        except ValueError:
            return Answer(200, tasks.shown_card(problem_card(STALE)))
        except Exception as error:
            log.error("a dialog could not be shown: %s", type(error).__name__)
            return Answer(200, tasks.shown_card(problem_card(self._conversation.rooms.apology(arrived.event))))

    def _keep(self, shown: Json) -> str:
        """Keep what a dialog shows next while somebody reads what stands before it."""
        return self._late.keep(asyncio.create_task(_ready(Answer(200, shown))), READING)

    async def _in_time(self, showing: "asyncio.Task[Answer]") -> Answer:
        """What a dialog shows, or that it takes longer."""
        await asyncio.wait({showing}, timeout=self._patience)
        if showing.done():
            return showing.result()
        self._work.begin(_settled(showing))
        return Answer(200, tasks.waiting(self._late.keep(showing)))

    async def _pressed(self, activity: Json) -> Answer:
        """Answer a press on a message: what it now looks like, or a few words beside what is said elsewhere."""
        try:
            arrived = inbound.press(activity, inner(activity, "value", "action", "data"))
        except ValueError:
            return _told(STALE)
        self._conversation.lives_by(arrived, inbound.zone(activity))
        handling = asyncio.create_task(self._outcome_once(activity, arrived))
        await asyncio.wait({handling}, timeout=self._patience)
        self._work.begin(self._conversation.give_when_done(handling, arrived))
        if not handling.done():
            return _told(MOMENT)
        match handling.result():
            case None:
                return _told(AGAIN)
            case Redraw(card):
                shown = for_one(parts(card)[0]) if arrived.origin.alone else parts(card)[0]
                return Answer(200, {"statusCode": 200, "type": CARD, "value": shown})
            case HouseError() | FormErrors():
                # Why stands in a message of its own, which stays: a few words beside it are soon gone.
                return _told(NOT_DONE)
            case _:
                return _told(PRESSED)

    async def _outcome_once(self, activity: Json, arrived: Arrived) -> Outcome | None:
        """What the house answers to a press; None where that came before."""
        try:
            if not await self._conversation.is_first(activity):
                return None
        except HouseError as error:
            return error
        return await self._conversation.outcome(arrived)


async def _ready(answer: Answer) -> Answer:
    return answer


async def _settled(showing: "asyncio.Task[Answer]") -> None:
    """Wait for it: the door does not close on what somebody waits for."""
    await asyncio.wait({showing})


def _told(words: str) -> Answer:
    """A few words for whoever pressed."""
    return Answer(200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words})
