"""When the council's clocks begin: at the release, however late the council's place hears of it."""

from datetime import timedelta

from bot.concerns.model import About, Concern, FormMark, Words
from bot.store import outbox
from tests.council.houses import NOBODY_WROTE, told_all
from tests.walks.house import House

DAY = timedelta(days=1)


async def released(house: House, urgency: str = "soon") -> None:
    """A concern is released, and the house stops before it could say so."""
    concern = Concern(Words("It fails."), About(urgency=urgency))
    await house.app.concerns.raise_concern(concern, FormMark.new())
    await house.app.concerns.release()


async def test_the_clocks_of_a_case_begin_at_its_release_and_not_when_it_is_posted(house: House) -> None:
    for urgency in ("soon", "at once"):
        await released(house, urgency)
    await house.later(5 * DAY)
    for seen in house.council_place()[:2]:
        assert "Write by: 2026-11-30, 2 days left" in seen
        assert "Answer by: 2027-02-21, 85 days left" in seen
    assert len(told_all(house, NOBODY_WROTE)) == 0
    await house.later(timedelta(minutes=1))
    assert len(told_all(house, NOBODY_WROTE)) == 2


async def test_a_case_that_is_posted_late_is_drawn_once(house: House) -> None:
    await released(house)
    house.clock.move(5 * DAY)
    await house.app.courier.run()
    looked = house.app.council.reminders.look
    await looked()
    await looked()
    async with house.app.database.reading() as transaction:
        said = (await transaction.execute(outbox.table.select())).all()
    assert [row.topic for row in said] == ["council.remind"]
