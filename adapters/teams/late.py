"""What takes longer than Teams waits: kept for a short while in memory, until the dialog that waits asks for it."""

import asyncio
import secrets

from cachetools import TTLCache

from adapters.shapes import Json

MOST, KEPT = 500, 120
"""How many answers wait at once to be fetched, and for how many seconds: a receipt among them is in memory alone."""


class Late:
    """Answers under way or done, each by a random token that only the dialog that waits for it knows."""

    def __init__(self) -> None:
        self._answers: TTLCache[str, asyncio.Task[Json]] = TTLCache(MOST, KEPT)

    def keep(self, answer: "asyncio.Task[Json]") -> str:
        """Keep an answer; returns the token by which it is fetched."""
        token = secrets.token_urlsafe(16)
        self._answers.expire()
        self._answers[token] = answer
        return token

    def fetch(self, token: str) -> "asyncio.Task[Json] | None":
        """An answer, which is then not kept any more; None where there is none or it is too old."""
        self._answers.expire()
        return self._answers.pop(token, None)
