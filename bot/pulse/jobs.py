"""What time sets off: looking whether this week's round is due."""

from datetime import timedelta

from bot.chat.timing import Job
from bot.pulse.service import Pulse


def jobs(pulse: Pulse) -> tuple[Job, ...]:
    """The round, while the pulse is switched on."""
    return (Job("pulse.round", timedelta(minutes=5), pulse.begin),) if pulse.plan else ()
