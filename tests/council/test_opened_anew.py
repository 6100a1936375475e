"""What an author adds opens a resolved case anew once, however often it takes to say so in the case's thread."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.places import MessageRef, Place
from bot.questions.shelf import Shelf
from tests.council.houses import opened, owned, resolves
from tests.fakes.ports import FakeMessenger
from tests.fakes.timing import FakeClock
from tests.walks.house import House, Person

DAY = timedelta(days=1)
NOTE = "the author added something"


class WithoutThreads(FakeMessenger):
    """A platform on which nothing can be said under a message, as where that was deleted."""

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        if place.thread:
            raise Unreachable("This message is gone.", permanent=True)
        return await super().post(place, card, key)


async def adds(house: House, receipt: str) -> None:
    """The author of a case writes again."""
    author = house.person("somebody")
    await author.says("receipt")
    await author.sends(receipt=receipt, words="It is not done.")


async def resolves_from_the_list(member: Person) -> None:
    """The owner ends the case, wherever its own message is."""
    await member.says("cases")
    await member.presses(member.labels()[0])
    await member.presses("Resolve")
    await member.fills(outcome="explained", words="It is done now.", keep="30")


async def done(house: House) -> list[str]:
    """What was done with all cases, in order."""
    async with house.app.database.reading() as transaction:
        return list(await transaction.scalars(text("SELECT what FROM council_act ORDER BY at, id")))


async def test_one_message_opens_a_case_once_however_long_the_platform_is_away(house: House) -> None:
    receipt, chair = await owned(house)
    await house.later(timedelta(minutes=1))
    await resolves(chair)
    house.messenger.failures = [Unreachable("The platform is away.")] * 8
    await house.later(timedelta(minutes=1))
    await adds(house, receipt)
    await house.later(timedelta(minutes=1))
    await resolves_from_the_list(chair)
    for _ in range(6):
        await house.later(timedelta(minutes=20))
    assert await done(house) == ["claimed", "resolved", "reopened", "resolved"]
    assert "State: resolved" in house.council_place()[0]
    assert sum(NOTE in seen for seen in house.council_threads()) == 1


async def test_a_case_under_which_nothing_can_be_said_is_forgotten_on_its_date(
    tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf
) -> None:
    async with opened(empty_url, tmp_path, shelf, clock, WithoutThreads()) as house:
        receipt, chair = await owned(house)
        await adds(house, receipt)
        await resolves_from_the_list(chair)
        await house.later(29 * DAY)
        assert "State: resolved" in house.council_place()[0]
        await house.later(DAY)
        assert house.council_place()[0].startswith("A case was forgotten on ")
        assert await house.app.outbox.stuck() == 0
