"""The parts of council.toml that older files do not have: what concerns touch, where else to turn, the pulse."""

import json
import re
from collections import Counter
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from bot.chat.places import Place
from bot.concerns.model import LONGEST_SYSTEM
from bot.pulse.model import PulsePlan, parse

KEEP_LEAST, KEEP_MOST, KEEP_USUAL = 30, 1_095, 180
"""Days that a resolved case is kept: a month at least, so that its author can read the outcome; three years at most."""

MOST_SYSTEMS = 20

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]

_ADDRESSES = re.compile(r"https?://\S+\.\S+|[^\s@:/]+@[^\s@]+\.[^\s@]+|\+?[0-9][0-9 ()/.-]{3,}[0-9]")


class Frozen(BaseModel):
    """A part of the file: it takes no word that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AboutConcerns(Frozen):
    """What a concern can touch, and for how many days a case is kept once it is resolved."""

    systems: tuple[Short, ...] = Field(default=(), max_length=MOST_SYSTEMS)
    keep: int = Field(default=KEEP_USUAL, ge=KEEP_LEAST, le=KEEP_MOST)

    @field_validator("systems")
    @classmethod
    def _each_once(cls, systems: tuple[str, ...]) -> tuple[str, ...]:
        counted = Counter(system.casefold() for system in systems)
        twice = dict.fromkeys(system for system in systems if counted[system.casefold()] > 1)
        if twice:
            raise ValueError(f"each system stands in the list once, and not {', '.join(map(repr, twice))}")
        # A concern is sealed in one size, which is counted in bytes of JSON.
        long = [each for each in systems if len(json.dumps(each, ensure_ascii=False).encode()) - 2 > LONGEST_SYSTEM]
        if long:
            raise ValueError(
                f"a system's name has at most {LONGEST_SYSTEM} bytes, of which quotation marks, backslashes and most "
                f"letters beyond A to Z take two: {', '.join(map(repr, long))}"
            )
        return systems


class Outside(Frozen):
    """A channel outside the council, such as an ombudsperson or an authority's page."""

    name: Short
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

    @field_validator("address")
    @classmethod
    def _can_be_used(cls, address: str) -> str:
        if not _ADDRESSES.fullmatch(address):
            raise ValueError("write a web address (https://…), a mail address or a phone number, and nothing else")
        return address


class PulseTime(Frozen):
    """Where and when the pulse asks."""

    place: str = ""
    when: str = ""

    @field_validator("place")
    @classmethod
    def _is_a_place(cls, place: str) -> str:
        if place:
            Place.parse(place)
        return place

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if bool(self.place) != bool(self.when):
            raise ValueError("the pulse needs a place and a time: write both, or take [pulse] away")
        if self.when:
            parse(self.place, self.when)
        return self

    @property
    def plan(self) -> PulsePlan | None:
        """As the pulse's room goes by it; None where nobody is asked."""
        return parse(self.place, self.when) if self.when else None
