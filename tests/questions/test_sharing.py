"""An answer is whispered first; whoever it was whispered to may show it to the others under their own name."""

from bot.chat.events import CommandUsed
from bot.chat.places import Place
from bot.chat.replies import Answer, Whisper
from tests.questions.library import TOPICS
from tests.walks.house import House

KNOWN = TOPICS["appeals"][1]


async def test_an_answer_asked_for_among_others_is_whispered_and_can_be_shared(house: House) -> None:
    person = house.person("mira")
    asked = CommandUsed(person.actor, Place("terminal", "team"), "", KNOWN, others_read=True)
    assert isinstance(await house.app.router.handle(asked), Whisper)
    await person.says(KNOWN, others_read=True)
    shared = await person.presses("Share here")
    assert "Shared by: mira" in shared
    assert "Anybody may begin" in shared
    assert "asked" not in shared.casefold()


async def test_what_is_shared_is_seen_by_everybody_and_tells_no_role(house: House) -> None:
    person = house.person("mira")
    await person.says("role engineer")
    await person.says(KNOWN, others_read=True)
    assert person.card is not None
    share = next(button for button in person.card.every_button if button.label == "Share here")
    assert KNOWN not in share.action.data
    shared = await person.presses("Share here")
    assert "engineer" not in shared
    assert "This helped" in person.labels()


async def test_the_reply_to_sharing_is_for_everybody(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN, others_read=True)
    assert isinstance(await person.reply_to("Share here"), Answer)


async def test_where_nobody_else_reads_there_is_nothing_to_share(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    assert "Share here" not in person.labels()


async def test_it_can_still_be_shared_after_another_answer_and_another_role(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN, others_read=True)
    await person.presses("Engineer")
    assert "Share here" in person.labels()


async def test_a_follow_up_belongs_to_its_thread(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN, thread="1")
    in_thread = await person.says("why?", thread="1")
    await person.says(KNOWN, thread="1")
    elsewhere = await person.says("why?", thread="2")
    assert in_thread != elsewhere
