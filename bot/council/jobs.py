"""What time sets off in the council: its clocks, and the end of what it keeps."""

from datetime import timedelta

from bot.chat.timing import Job
from bot.council.service import Council


def jobs(council: Council) -> tuple[Job, ...]:
    """A look at the deadlines of all cases, and at those whose time to be forgotten has come."""
    return (
        Job("council.clocks", timedelta(minutes=1), council.reminders.look),
        Job("council.forget", timedelta(minutes=1), council.retention.forget_due),
    )
