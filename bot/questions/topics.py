"""What the questions room says unasked: somebody asks, a ticket has changed, the answer is there."""

from bot.questions import cards
from bot.questions.service import ANSWERED, ASKED, CHANGED, Questions
from bot.store.courier import Edit, Outgoing, Post, Tell, Topic


def topics(questions: Questions) -> dict[str, Topic]:
    """The outbox topics whose words this room finds."""

    async def asked(subject: str) -> Outgoing:
        return Post(questions.place, cards.ticket_card(await questions.ticket(subject)))

    async def changed(subject: str) -> Outgoing | None:
        ticket = await questions.ticket(subject)
        # Where it stands nowhere yet, the post that is still to come will show this state.
        return Edit(ticket.stands, cards.ticket_card(ticket)) if ticket.stands else None

    async def answered(subject: str) -> Outgoing | None:
        ticket = await questions.ticket(subject)
        return Tell(ticket.asker, cards.told_card(ticket)) if ticket.asker else None

    return {
        ASKED: Topic(asked, questions.stands),
        CHANGED: Topic(changed),
        ANSWERED: Topic(answered, questions.told),
    }
