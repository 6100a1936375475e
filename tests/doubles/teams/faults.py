"""What can go wrong with a call to Teams, to order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.doubles.teams.shapes import Json


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with a call.

    Args:
        kind: ``limited`` (429), ``precondition`` (412), ``refused`` (``code`` with ``status``), ``broken`` (``status``
            and no JSON), ``hung`` (nothing is answered), ``lost`` (done, and then nothing is answered).
        seconds: of Retry-After; 0 for none.
        kept: whether the call was done before it was called broken.
    """

    kind: Literal["limited", "precondition", "refused", "broken", "hung", "lost"]
    code: str = "InternalError"
    status: int = 502
    seconds: float = 0
    kept: bool = False


Faults = Callable[[str, Json], Fault | None]
