"""Answering, never being asked again, and the way back."""

from sqlalchemy import select

from bot.store.db import metadata
from tests.pulse.channel import A_WEEK, WEDNESDAY, Channel
from tests.pulse.conftest import Opens


async def everything(channel: Channel) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    async with channel.house.app.database.reading() as transaction:
        return {
            table.name: sorted(map(tuple, (await transaction.execute(select(table))).all()), key=str)
            for table in metadata.sorted_tables
        }


async def test_the_card_opens_the_desk_and_an_answer_is_kept_nowhere(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    await channel.asks()
    before = await everything(channel)
    assert "even with 'All is well'" in mira.looks()
    assert mira.labels() == ["Open the form", "Do not ask me again"]
    seen = await mira.presses("Open the form")
    assert "What would you like to do?" in seen
    assert "Good to hear. Nothing was kept." in await mira.fills()
    assert await everything(channel) == before


async def test_the_form_is_the_one_that_everybody_opens_elsewhere(opens: Opens) -> None:
    channel = await opens()
    mira, ann = channel.holds("mira", "ann")
    await channel.asks()
    mira.looks()
    await mira.presses("Open the form")
    await ann.says("desk")
    assert mira.form is not None
    assert ann.form is not None
    assert (mira.form.name, mira.form.title) == (ann.form.name, ann.form.title)
    assert [each.label for each in mira.form.fields] == [each.label for each in ann.form.fields]


async def test_a_concern_begins_on_the_card(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    await channel.asks()
    mira.looks()
    await mira.presses("Open the form")
    assert "Raise a concern" in await mira.fills(what="concern", words="The numbers are made up.")


async def test_one_press_and_nobody_is_asked_until_they_ask_for_it(opens: Opens) -> None:
    channel = await opens()
    mira, ann = channel.holds("mira", "ann")
    await channel.asks()
    mira.looks()
    seen = await mira.presses("Do not ask me again")
    assert "You do not get it until you ask for it again (/rai pulse on). Only this wish is kept." in seen
    assert mira.labels() == ["Ask me again"]
    assert "until you ask for it again" in mira.corner()[0], "the card shows what was done"
    for week in range(1, 4):
        await channel.asks(WEDNESDAY + week * A_WEEK)
    assert (len(mira.corner()), len(ann.corner())) == (1, 4)


async def test_pressing_twice_is_pressing_once(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    await channel.asks()
    mira.looks()
    reply = await mira.reply_to("Do not ask me again")
    assert reply == await mira.reply_to("Do not ask me again")
    await mira.presses("Do not ask me again")
    await mira.presses("Ask me again")
    await channel.asks(WEDNESDAY + A_WEEK)
    assert len(mira.corner()) == 2


async def test_whoever_leaves_while_a_round_is_on_its_way_is_not_asked_in_it(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(6)
    await channel.at(WEDNESDAY)
    for person in people:
        await person.says_only("pulse off")
    await channel.house.later(A_WEEK / 100)
    assert sum(len(person.corner()) for person in people) == 1


async def test_the_verb_says_how_it_stands_and_changes_it(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    assert "Once a week (wed 10:00 Europe/Berlin)" in await mira.says("pulse")
    assert mira.labels() == ["Do not ask me again"]
    assert "You do not get it until you ask for it again" in await mira.says("pulse OFF")
    await channel.asks()
    assert mira.corner() == []
    assert "If you are in that channel, you get it too." in await mira.says("pulse on")
    assert "you get it too" in await mira.says("pulse")
    await channel.asks(WEDNESDAY + A_WEEK)
    assert len(mira.corner()) == 1


async def test_a_question_that_begins_with_the_verb_is_told_its_way(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    seen = await mira.says("pulse oximeters fail on dark skin, is that unfair?")
    assert "If that was a question, please write it behind /rai ask." in seen
    assert "you get it too" in seen


async def test_help_names_the_verb_while_the_pulse_is_switched_on(opens: Opens) -> None:
    on, off = await opens(), await opens(None)
    assert "/rai pulse" in await on.house.person("mira").says("help")
    assert "/rai pulse" not in await off.house.person("mira").says("help")


async def test_an_old_card_is_left_for_good_while_the_pulse_is_switched_off(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    await channel.asks()
    off = await opens(None)
    again = off.house.person("mira")
    again.looks()
    assert "switched off here at the moment" in await again.presses("Do not ask me again")
    await channel.asks(WEDNESDAY + A_WEEK)
    assert len(mira.corner()) == 1
