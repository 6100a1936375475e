"""What of the safe space is too long for one dialog: it goes on in the next one, to its end, and in no chat."""

import json

from tests.walks.talk import MESSAGE, RECEIPT, owned
from tests.walks.teams_player import TeamsPlayer
from tests.walks.teams_stage import TeamsStage

READ_ON = "Read on"
REPLIES = tuple(f"Answer number {number}: " + "我们正在查看。" * 270 for number in range(6))


async def a_long_thread(stage: TeamsStage) -> TeamsPlayer:
    """An author reads what a council wrote that had much to say; the first window is in front of them."""
    receipt, chair = await owned(stage)
    for reply in REPLIES:
        await chair.looks_at("State:")
        await chair.presses("Write to the author")
        await chair.fills({MESSAGE: reply})
    ann = stage.player("ann")
    await ann.says("receipt")
    await ann.fills({RECEIPT: receipt})
    return ann


async def test_an_author_reads_everything_the_council_wrote(stage: TeamsStage) -> None:
    ann = await a_long_thread(stage)
    windows = [ann.sees()]
    while READ_ON in ann.buttons():
        assert "Write back" not in ann.buttons()
        windows.append(await ann.presses(READ_ON))
    assert len(windows) > 1
    seen = " ".join(windows)
    assert [reply.partition(":")[0] in seen for reply in REPLIES] == [True] * len(REPLIES)
    assert "Write back" in ann.buttons()
    assert await ann.news() == []
    assert "Answer number" not in json.dumps([each.content for each in ann.person.direct.messages])
    assert stage.double.organisation.complaints == []


async def test_a_window_that_was_left_alone_is_not_kept(stage: TeamsStage) -> None:
    ann = await a_long_thread(stage)
    stage.door._invokes._late._answers.clear()  # as the timer does
    assert "is not kept any more" in await ann.presses(READ_ON)


async def test_the_next_window_is_shown_to_whoever_reads_on_once(stage: TeamsStage) -> None:
    ann = await a_long_thread(stage)
    dialog = ann.person.dialog()
    assert dialog is not None
    await ann.presses(READ_ON)
    carried = ann.person.control(ann.person.dialog_surface(dialog), READ_ON).action["data"]
    answer = await ann.person.sends({**dialog, "data": carried})
    assert "is not kept any more" in json.dumps(answer.body)
