"""What takes longer than Teams waits: kept for a short while in memory, until the dialog that waits asks for it."""

import asyncio
import secrets

from adapters.teams.bot_framework import Answer

MOST, KEPT = 500, 120.0
"""How many answers wait at once to be fetched, and for how many seconds: a receipt among them is in memory alone."""


class Late:
    """Answers under way or done, each by a random token that only the dialog that waits for it knows.

    Args:
        kept: see KEPT; for tests.
    """

    def __init__(self, kept: float = KEPT) -> None:
        self._kept = kept
        self._answers: dict[str, asyncio.Task[Answer]] = {}

    def keep(self, answer: asyncio.Task[Answer], seconds: float | None = None) -> str:
        """Keep an answer; returns the token by which it is fetched.

        Args:
            seconds: for how long, where not for as long as usual.
        """
        token = secrets.token_urlsafe(16)
        if len(self._answers) >= MOST:
            del self._answers[next(iter(self._answers))]
        self._answers[token] = answer
        # By a timer of its own: on a quiet day nobody would come by after whom it could be thrown away.
        asyncio.get_running_loop().call_later(
            self._kept if seconds is None else seconds, self._answers.pop, token, None
        )
        return token

    def fetch(self, token: str) -> asyncio.Task[Answer] | None:
        """An answer, which is then not kept any more; None where there is none or it is too old."""
        return self._answers.pop(token, None)
