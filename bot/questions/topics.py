"""What the questions room says unasked: tickets and their answers, and the week's old entries."""

from bot.chat.errors import Unreachable
from bot.questions import backlog_cards, tickets_cards
from bot.questions.service import STALE, Questions
from bot.questions.tickets_service import ANSWERED, ASKED, CHANGED, Tickets
from bot.store.courier import Edit, Outgoing, Post, Tell, Topic


def topics(questions: Questions, tickets: Tickets) -> dict[str, Topic]:
    """The outbox topics whose words this room finds."""

    async def asked(subject: str) -> Outgoing:
        return Post(tickets.place, tickets_cards.ticket_card(await tickets.read(subject), live=tickets.live))

    async def changed(subject: str) -> Outgoing:
        answer = await tickets.read(subject)
        if answer.ticket.stands is None:
            # The courier tries again: a first post whose answer was lost may show an older state.
            raise Unreachable("The question is not posted yet.")
        return Edit(answer.ticket.stands, tickets_cards.ticket_card(answer, live=tickets.live))

    async def answered(subject: str) -> Outgoing | None:
        news = await tickets.news(subject)
        return Tell(news[0], tickets_cards.told_card(news[1])) if news else None

    async def stale(_week: str) -> Outgoing | None:
        old = questions.old_entries()
        return Post(tickets.place, backlog_cards.stale_card(old, questions.today())) if old else None

    return {
        ASKED: Topic(asked, tickets.stands),
        CHANGED: Topic(changed, tickets.stands),
        ANSWERED: Topic(answered, tickets.told),
        STALE: Topic(stale),
    }
