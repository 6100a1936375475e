"""What time sets off in the questions room: reading changed files, forgetting old questions, listing old entries."""

from datetime import timedelta

from bot.chat.timing import Job
from bot.questions.live import LiveShelf
from bot.questions.service import Questions


def jobs(questions: Questions, live: LiveShelf) -> tuple[Job, ...]:
    """A look at the library's files and the members' answers, the backlog's end, and the week's list."""
    return (
        Job("questions.library", timedelta(seconds=5), live.refresh),
        Job("questions.forget", timedelta(hours=1), questions.forget_old),
        Job("questions.stale", timedelta(hours=1), questions.list_old_entries),
    )
