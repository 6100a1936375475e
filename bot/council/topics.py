"""What the council says unasked: a case is new or has changed, and in its thread what was done and added."""

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.places import MessageRef
from bot.concerns.model import ConcernId, MessageId
from bot.concerns.release import ADDED, RELEASED
from bot.council import cards
from bot.council.model import Case
from bot.council.service import Council, Dossier
from bot.store.courier import Edit, Outgoing, Post, Topic
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
        case, words = await council.hear_again(MessageId(subject))
        return Post(_stands(case).thread, cards.added_card(case, words))

    return {
        RELEASED: Topic(new_case, note),
        ADDED: Topic(added),
        "council.case": Topic(changed, note),
        "council.act": Topic(done),
    }


def _stands(case: Case) -> MessageRef:
    if case.stands is None:
        # The courier tries again: a first post whose answer was lost may show an older state.
        raise Unreachable("The case is not posted yet.")
    return case.stands
