"""The rules that are compared, and the organisations they are compared in."""

from dataclasses import dataclass, replace
from typing import Literal

EVERY_DAY = "mon,tue,wed,thu,fri,sat,sun 10:00 Europe/Berlin"
TWICE = "tue,thu 10:00 Europe/Berlin"


@dataclass(frozen=True)
class Rule:
    """When concerns go, and what makes the crowd.

    Args:
        schedule: as RAI_RELEASE has it.
        crowd: whether a batch waits for enough people.
        pulse: how many of the people answer the weekly pulse, on average.
        pulse_share: how many of the concerns are raised in the pulse's own form.
        pulse_day: on which day the pulse is sent, at ten; 0 is Monday.
        fakes: how many accounts the adversary has, each of which uses the bot every day.
    """

    name: str
    schedule: str
    crowd: bool = True
    pulse: float = 0.0
    pulse_share: float = 0.0
    pulse_day: int = 0
    fakes: int = 0

    @property
    def least(self) -> int:
        """How many people a batch waits for, where a tenth of the members is less."""
        return 20 if self.crowd else 0


Drawn = Literal["by use", "evenly", "alike"]


@dataclass(frozen=True)
class Organisation:
    """Some people, and how they use the bot.

    Args:
        uses: of one person in a week, on average.
        concerns: of all of them in a month.
        author: whether those who use the bot more also raise more, or everybody is as likely to;
            ``alike``: everybody uses the bot as often, answers as often, and is as likely to.
        followed: how many concerns are followed by further messages.
    """

    people: int
    uses: float
    concerns: float
    author: Drawn
    followed: float = 0.0


AT_ONCE = Rule("at once", "at-once", crowd=False)
DAILY = Rule("daily", EVERY_DAY, crowd=False)
TWICE_A_WEEK = Rule("tue+thu, crowd", TWICE)
PULSE_40 = replace(TWICE_A_WEEK, name="pulse 40 %", pulse=0.4)
IN_PULSE_40 = replace(PULSE_40, name="pulse 40 %, raised in it", pulse_share=1.0)
TUESDAY_PULSE_40 = replace(IN_PULSE_40, name="pulse 40 % on Tuesday, raised in it", pulse_day=1)
PULSE_60 = replace(TWICE_A_WEEK, name="pulse 60 %", pulse=0.6)
IN_PULSE_60 = replace(PULSE_60, name="pulse 60 %, raised in it", pulse_share=1.0)

RULES = (AT_ONCE, DAILY, TWICE_A_WEEK, PULSE_40, IN_PULSE_40, TUESDAY_PULSE_40, PULSE_60, IN_PULSE_60)

WITH_TARGETS = (TWICE_A_WEEK, PULSE_40, IN_PULSE_40, TUESDAY_PULSE_40)

OWN_ACCOUNTS = tuple(replace(TWICE_A_WEEK, name=f"{fakes} own accounts", fakes=fakes) for fakes in (5, 10, 20))

ALIKE: tuple[Drawn, ...] = ("alike",)

DRAWN: tuple[Drawn, ...] = ("by use", "evenly")

USES = {50: 0.5, 200: 0.3, 1_000: 0.3}
"""How often one person uses the bot in a week, by the number of people."""

MIDDLE = 200
"""The organisation that the targets are of, and that is looked at in more ways."""
