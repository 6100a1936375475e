"""What the council tells everybody who raises a concern."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OutsideChannel:
    """Where else one may turn: a name, and an address as people read it."""

    name: str
    address: str


@dataclass(frozen=True)
class Guide:
    """What a concern can touch, where else one may turn, and how many days a resolved case is kept."""

    systems: tuple[str, ...]
    outside: tuple[OutsideChannel, ...]
    keep_days: int
