"""What time sets off in the safe space: looking whether the waiting batch may go."""

from datetime import timedelta

from bot.chat.timing import Job
from bot.concerns.service import Concerns


def jobs(concerns: Concerns) -> tuple[Job, ...]:
    """The release."""
    return (Job("concerns.release", timedelta(seconds=5), concerns.release),)
