"""Teams' own clock: it runs by itself, and a test can move it on."""

from tests.doubles.slack.clock import BEGINS, Seconds
from tests.doubles.slack.clock import SlackClock as TeamsClock

__all__ = ["BEGINS", "Seconds", "TeamsClock"]
