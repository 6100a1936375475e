"""How long Slack asked to be left alone, kept in a file: who starts anew in that time would else ask too early."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.chat.timing import Clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pauses:
    """By method alone: a channel's id could carry a person.

    Args:
        file: where they are kept; None forgets them at the end of the process.
    """

    clock: Clock
    file: Path | None = None

    def keep(self, method: str, wait: timedelta) -> None:
        """Slack asked to leave a method alone for so long."""
        if self.file is None:
            return
        now = self.clock.now()
        until = {each: now + left for each, left in self.left().items()}
        until[method] = max(until.get(method, now), now + wait)
        fresh = self.file.with_suffix(".new")
        try:
            fresh.write_text(json.dumps({each: moment.isoformat() for each, moment in until.items()}), "utf-8")
            fresh.replace(self.file)
        except OSError as error:
            log.warning("a pause that Slack asked for could not be kept: %s", type(error).__name__)

    def left(self) -> dict[str, timedelta]:
        """How long each method is still to be left alone; nothing where the file cannot be read."""
        try:
            kept = json.loads(self.file.read_text("utf-8")) if self.file else {}
            until = {str(method): datetime.fromisoformat(moment) for method, moment in kept.items()}
            now = self.clock.now()
            return {method: moment - now for method, moment in until.items() if moment > now}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
