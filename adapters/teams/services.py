"""Where Teams' service for an organisation is: its address changes at times, and a restart must not forget it."""

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass
class Services:
    """The latest address by organisation: all that is kept of where somebody spoke, and nothing of who did.

    Args:
        otherwise: the address where none was heard yet.
        file: where they are kept; None forgets them at the end of the process.
    """

    otherwise: str
    file: Path | None = None
    _known: dict[str, str] = field(default_factory=dict, repr=False)
    _kept: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        try:
            kept = json.loads(self.file.read_text("utf-8")) if self.file else {}
            self._known = {str(tenant): str(address) for tenant, address in kept.items()}
        except (OSError, ValueError, AttributeError):
            self._known = {}
        self._kept = dict(self._known)

    def of(self, tenant: str) -> str:
        """The address, which ends with a slash."""
        return self._known.get(tenant) or next(iter(self._known.values()), self.otherwise)

    def heard(self, tenant: str, address: str) -> None:
        """An activity that was found to be Teams' own named this address. Only the first one is written down at once:
        the file's own time would tell when somebody spoke.
        """
        is_first = tenant not in self._known
        self._known[tenant] = f"{address.rstrip('/')}/"
        if is_first:
            self.keep()

    def keep(self) -> None:
        """Write down what changed since that was done."""
        if self.file is None or self._known == self._kept:
            return
        fresh = self.file.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(self._known), "utf-8")
            fresh.replace(self.file)
            self._kept = dict(self._known)
        except OSError as error:
            log.warning("the address of Teams' service could not be kept: %s", type(error).__name__)
