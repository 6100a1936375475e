"""What the council says unasked: a case is new or has changed, what was done and added, and what is owed."""

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.places import MessageRef
from bot.concerns.model import ConcernId, MessageId
from bot.concerns.release import ADDED, RELEASED
from bot.council import cards, duties_cards
from bot.council.duties_store import FORGOTTEN
from bot.council.model import Case
from bot.council.reminders import COUNCIL, OWNER
from bot.council.service import Council, Dossier
from bot.council.store import HEARD
from bot.store.courier import Edit, Outgoing, Post, Tell, Topic
from bot.store.db import Transaction


def topics(council: Council) -> dict[str, Topic]:
    """The outbox topics whose words the council finds."""

    def draw(dossier: Dossier) -> Card:
        return cards.case_card(dossier, council.charter)

    async def new_case(subject: str) -> Outgoing:
        return Post(council.place, draw(await council.take_in(ConcernId(subject))))

    async def note(transaction: Transaction, subject: str, ref: MessageRef) -> None:
        await council.stands(transaction, ConcernId(subject), ref)

    async def changed(subject: str) -> Outgoing:
        dossier = await council.dossier(ConcernId(subject))
        return Edit(_stands(dossier.case), draw(dossier))

    async def done(subject: str) -> Outgoing:
        case, act = await council.act(subject)
        return Post(_stands(case).thread, cards.act_card(case, act))

    async def added(subject: str) -> Outgoing:
        case = await council.hear_again(MessageId(subject))
        return Post(_stands(case).thread, cards.added_card(case))

    async def heard(subject: str) -> Outgoing | None:
        case = await council.heard(subject)
        return Post(_stands(case).thread, cards.added_card(case)) if case else None

    return {
        RELEASED: Topic(new_case, note),
        ADDED: Topic(added),
        HEARD: Topic(heard),
        "council.case": Topic(changed, note),
        "council.act": Topic(done),
        **_duties(council),
    }


def _duties(council: Council) -> dict[str, Topic]:
    """What is owed, and what was forgotten."""

    async def remind(subject: str) -> Outgoing | None:
        reminder = await council.reminders.of(subject)
        if reminder is None:
            return None
        card = duties_cards.reminder_card(reminder)
        # In the place itself: of what stands in a thread only those are notified who have written there.
        return Tell(reminder.to, card) if reminder.to else Post(council.place, card)

    async def forgotten(subject: str) -> Outgoing | None:
        shown = await council.retention.place(subject)
        return Edit(shown[0], duties_cards.forgotten_card(shown[1])) if shown else None

    return {
        OWNER: Topic(remind),
        COUNCIL: Topic(remind),
        FORGOTTEN: Topic(forgotten, council.retention.told),
    }


def _stands(case: Case) -> MessageRef:
    if case.stands is None:
        # The courier tries again: a first post whose answer was lost may show an older state.
        raise Unreachable("The case is not posted yet.")
    return case.stands
