"""What somebody waits for: it comes through what passes soon, and never twice; what cannot come is said to be so."""

from collections.abc import AsyncIterator

import pytest

from adapters.teams.calls import PATIENCE
from adapters.teams.inbound import Origin
from adapters.teams.surfaces import Surfaces
from adapters.teams.troubles import Refused
from bot.chat.cards import Card
from bot.chat.errors import Busy
from tests.adapters.teams.post_office import MIRA, SHORT, PostOffice, long, post_office, told
from tests.doubles.teams.faults import Fault

PASSES = (
    Fault("limited"),
    Fault("limited", seconds=20),
    Fault("precondition"),
    Fault("broken", status=502),
    Fault("broken", status=503),
    Fault("broken", status=504),
)
STAYS = (Fault("lost"), Fault("broken", status=500, kept=True), Fault("hung"))
"""After these it may stand there, and whoever asked looks at it: to say it once more would be twice."""


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        opened.organisation.client.timeout = 0.3
        yield opened


def asked(office: PostOffice, *, alone: bool, message: str = "") -> Origin:
    """Mira asked in her own chat, or in the channel."""
    mira = office.client("mira")
    return Origin(
        tenant=MIRA.tenant,
        user=MIRA.user,
        surface="chat" if alone else "channel",
        account=mira.person.id,
        conversation=mira.direct.id if alone else office.team.id,
        personal=alone,
        message=message,
    )


@pytest.mark.parametrize("fault", PASSES)
@pytest.mark.parametrize("alone", [True, False])
async def test_what_passes_soon_is_waited_for_and_the_answer_stands_once(
    office: PostOffice, fault: Fault, *, alone: bool
) -> None:
    office.faults["send"] = [fault]
    await Surfaces(office.answers).answer(SHORT, asked(office, alone=alone))
    assert [len(office.told()), len(office.seen())] == [alone, not alone]
    assert office.seconds.now - 1_000 >= fault.seconds


@pytest.mark.parametrize("fault", PASSES)
@pytest.mark.parametrize("part", range(3))
async def test_a_long_answer_comes_whole_and_once(office: PostOffice, fault: Fault, part: int) -> None:
    office.faults["send"] = [*[None] * part, fault]
    await Surfaces(office.answers).whisper(long("word"), asked(office, alone=True))
    assert told("word", office.told()) == [1] * 30


@pytest.mark.parametrize("fault", PASSES)
async def test_what_was_pressed_is_redrawn_through_what_passes_soon(office: PostOffice, fault: Fault) -> None:
    surfaces = Surfaces(office.answers)
    await surfaces.answer(SHORT, asked(office, alone=True))
    office.faults["update"] = [fault]
    (message,) = office.client("mira").direct.messages
    await surfaces.redraw(Card("It is done"), asked(office, alone=True, message=message.id))
    assert office.told() == ["It is done"]


@pytest.mark.parametrize("fault", STAYS)
async def test_what_may_not_stand_there_is_said_once_more_rather_than_never(office: PostOffice, fault: Fault) -> None:
    office.faults["send"] = [fault]
    await Surfaces(office.answers).answer(SHORT, asked(office, alone=True))
    assert office.calls("send") == 2
    assert len(office.told()) == (1 if fault.kind == "hung" else 2)


async def test_nobody_waits_longer_than_half_a_minute(office: PostOffice) -> None:
    office.faults["send"] = [Fault("limited", seconds=PATIENCE + 1)]
    with pytest.raises(Busy):
        await Surfaces(office.answers).answer(SHORT, asked(office, alone=False))
    assert (office.calls("send"), office.seconds.now) == (1, 1_000)


async def test_to_who_blocked_the_bot_nothing_is_said_and_it_is_said_why(office: PostOffice) -> None:
    office.double.organisation.blocked.add(MIRA.user)
    with pytest.raises(Refused, match="This person takes no messages from the bot") as raised:
        await Surfaces(office.answers).whisper(SHORT, asked(office, alone=True))
    assert (raised.value.permanent, office.calls("send")) == (True, 1)


async def test_where_the_bot_was_taken_out_it_is_answered_alone(office: PostOffice) -> None:
    office.double.organisation.installed.discard(office.team.id)
    with pytest.raises(Refused, match="not in this conversation|not in the council's team"):
        await Surfaces(office.answers).answer(SHORT, asked(office, alone=False))
    await Surfaces(office.answers).whisper(SHORT, asked(office, alone=False))
    assert (len(office.told()), office.seen()) == (1, [])
