"""What the questions room says unasked: somebody asks, a ticket has changed, the answer is there."""

from bot.chat.errors import Unreachable
from bot.questions import cards
from bot.questions.service import ANSWERED, ASKED, CHANGED, Questions
from bot.store.courier import Edit, Outgoing, Post, Tell, Topic


def topics(questions: Questions) -> dict[str, Topic]:
    """The outbox topics whose words this room finds."""

    async def asked(subject: str) -> Outgoing:
        return Post(questions.place, cards.ticket_card(await questions.ticket(subject)))

    async def changed(subject: str) -> Outgoing:
        ticket = await questions.ticket(subject)
        if ticket.stands is None:
            # The courier tries again: a first post whose answer was lost may show an older state.
            raise Unreachable("The question is not posted yet.")
        return Edit(ticket.stands, cards.ticket_card(ticket))

    async def answered(subject: str) -> Outgoing | None:
        ticket = await questions.ticket(subject)
        return Tell(ticket.asker, cards.told_card(ticket)) if ticket.asker else None

    return {
        ASKED: Topic(asked, questions.stands),
        CHANGED: Topic(changed),
        ANSWERED: Topic(answered, questions.told),
    }
