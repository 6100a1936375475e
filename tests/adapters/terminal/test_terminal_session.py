"""Sessions at the terminal, as conversations."""

import io
import logging
from pathlib import Path

import pytest
from rich.console import Console

from adapters.terminal.app import OUR_FAULT
from adapters.terminal.lines import ScriptLines
from bot.chat.cards import Card
from bot.chat.places import Place
from tests.adapters.terminal.house import COUNCIL, Session, everything, flowing, terminal


async def test_a_session_begins_with_who_is_here_and_what_to_know(session: Session) -> None:
    assert (await session.play("")).splitlines() == [
        "RAI office hours, in this terminal",
        "Ask in your own words. /help shows what else there is, /quit leaves.",
        "· Just a trial.",
    ]
    assert session.status == 0


async def test_a_question_is_answered_with_or_without_slash(session: Session) -> None:
    for line in ("what is fair?", "/rai what is fair?"):
        screen = await session.play(line)
        assert f"you> {line}\n╭─ Answer ─" in screen
        assert "│ what is fair?" in screen
        assert "─ for you ─╯" in screen


async def test_a_whisper_is_seen_by_this_person_alone(session: Session) -> None:
    assert "─ only you see this ─╯" in await session.play("whisper")


@pytest.mark.parametrize("line", ["/rai", "rai"])
async def test_the_bot_called_without_a_word_shows_its_own_page(session: Session, line: str) -> None:
    assert "Welcome." in await session.play(line)


async def test_help_shows_verbs_commands_and_names(session: Session) -> None:
    screen = await session.play("/help")
    for words in ("/rai whisper   hear something alone", "/keep NAME LABEL", "Names to try with /as: chair, mira."):
        assert flowing(words) in flowing(screen)
    session.people = ()
    assert "Any name goes with /as." in flowing(await session.play("/help"))
    assert "What I can do" in await session.play("help")


async def test_leaving_ends_the_session(session: Session) -> None:
    screen = await session.play("/quit\nwhisper")
    assert screen.endswith("you> /quit\n")
    assert session.status == 0


async def test_what_is_not_known_is_said_in_one_sentence(session: Session) -> None:
    screen = await session.play("/foo\n9")
    assert "That command is not known here." in screen
    assert "goes without a slash here: write" not in screen
    assert "There is no button 9 on the screen. Nothing was pressed." in screen


async def test_what_the_bot_knows_is_named_where_a_slash_stands_before_it(session: Session) -> None:
    for line in ("/concern", "/Concern it is wrong"):
        screen = await session.play(line)
        assert "What the bot can do goes without a slash here: write concern\n" in screen
        assert "not known" not in screen
    assert session.house.concerns == []


async def test_comments_and_empty_lines_of_a_script_do_nothing(session: Session) -> None:
    screen = await session.play("# Mira looks around\n\nwhisper\n   \n")
    assert "# Mira looks around\nyou> whisper\n" in screen
    assert session.house.settled == 1


async def test_every_event_is_settled_and_nothing_else_is(session: Session) -> None:
    await session.play("whisper\n1\nconflict\ncrash\n/help\n/as chair\n77")
    assert session.house.settled == 4


async def test_a_button_redraws_the_kept_message_it_stands_on(session: Session) -> None:
    screen = await session.play("question\n1")
    assert "╭─ Case 7" in screen
    (ref,) = session.house.pressed_on
    assert ref is not None
    assert ref.place == Place("terminal", "@you")
    assert [kept.card.title for kept in session.house.board.unread("somebody", (ref.place,))] == ["Case 7"]


async def test_a_button_of_a_whisper_stands_on_no_message(session: Session) -> None:
    screen = await session.play("whisper\n1")
    assert "╭─ Case 7" in screen
    assert session.house.pressed_on == [None]


async def test_old_buttons_work_until_there_are_new_ones(session: Session) -> None:
    await session.play("whisper\n1\n1")
    assert len(session.house.pressed_on) == 2


async def test_a_button_that_cannot_be_undone_asks_first(session: Session) -> None:
    screen = await session.play("whisper\n3\nperhaps\n\n3\nno\n3\nGo back\n3\n/cancel")
    assert "Delete it for good?\n  [1] Delete   [2] Go back\n  > perhaps\nPlease answer yes or no.\n" in screen
    assert screen.count("Nothing was changed.") == 4
    assert session.house.pressed_on == []
    assert "│ Deleted" in await session.play("whisper\n3\nyes")
    await session.play("question\n3\ndelete")
    assert len(session.house.pressed_on) == 2


async def test_a_question_left_at_the_end_of_input_presses_nothing(session: Session) -> None:
    await session.play("whisper\n3")
    assert (session.status, session.house.pressed_on) == (0, [])


async def test_an_old_button_answers_kindly(session: Session) -> None:
    assert "This button is from another version of the bot" in await session.play("question\n4")
    assert session.status == 0


async def test_a_house_error_is_told_in_its_own_words(session: Session) -> None:
    screen = await session.play("conflict")
    assert "╭─ Sorry" in screen
    assert "Somebody was faster. Nothing was booked. Please choose another hour." in screen
    assert session.status == 0


async def test_a_defect_is_told_in_words_and_logged_by_its_class_alone(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="adapters")
    screen = await session.play("/as canary\ncrash\nwhisper")
    assert OUR_FAULT in flowing(screen)
    assert "╭─ Is our hiring model fair?" in screen  # the session goes on
    assert session.status == 1
    ours = [record for record in caplog.records if record.name.startswith("adapters")]
    assert [record.getMessage() for record in ours] == ["the terminal met ZeroDivisionError"]
    assert [record.exc_info for record in ours] == [None]


async def test_errors_of_a_form_where_none_was_open_are_told(session: Session) -> None:
    assert "That is no topic." in await session.play("refuse")


async def test_another_person_sees_the_messages_of_their_places_once(session: Session) -> None:
    session.house.board.post(COUNCIL, Card("Case one"), "key")
    session.house.board.post(Place("terminal", "@chair"), Card("Psst"), "another key")
    screen = await session.play("/as nobody\n/as chair\n/as mira\n/as chair")
    assert "You are now nobody.\nnobody> " in screen
    assert "You are now chair, and sit in council.\n╭─" in screen
    assert screen.count("│ Case one") == 2  # once to the chair, once to mira
    assert screen.count("│ Psst") == 1
    assert "─ council ─╯" in screen
    assert "│ Case one" not in await session.play("/as chair")


async def test_unread_messages_are_shown_at_the_start(session: Session) -> None:
    session.house.board.post(Place("terminal", "@you"), Card("Psst"), "key")
    assert "│ Psst" in await session.play("")


async def test_numbers_run_on_over_cards_shown_together(session: Session) -> None:
    session.house.board.post(COUNCIL, everything("one"), "key one")
    session.house.board.post(COUNCIL, everything("two"), "key two")
    screen = await session.play("/as chair\n4\n/as mira")
    assert "[1] Claim   [2] Order   [3] Delete (!)" in screen
    assert "[4] Claim   [5] Order   [6] Delete (!)" in screen
    (ref,) = session.house.pressed_on
    assert ref == session.house.board.find(COUNCIL, "key two")
    # Mira sees the second message as it looks now, and the chair's own change is no news to the chair.
    assert screen.count("╭─ Case 7") == 2


async def test_another_persons_buttons_cannot_be_pressed(session: Session) -> None:
    assert "There is no button 1 on the screen." in await session.play("whisper\n/as chair\n1")


async def test_a_value_is_kept_and_stands_for_itself_in_later_lines_and_answers(session: Session) -> None:
    screen = await session.play("whisper\n/keep CODE receipt\nsay $CODE and $OTHER and $CODES\nconcern\n<$CODE>\n")
    assert "Kept: $CODE stands for it from now on." in screen
    assert "│ say calm-otter-seven and $OTHER and $CODES" in screen
    assert session.house.concerns == ["<calm-otter-seven>"]


async def test_a_label_that_is_not_there_keeps_nothing(session: Session) -> None:
    screen = await session.play("question\n/keep CODE Receipt")
    assert "Nothing on the last card is called Receipt. Nothing was kept." in screen


async def test_a_transcript_is_the_same_each_time(tmp_path: Path) -> None:
    script = "whisper\n1\nquestion\nconcern\nwords\n/as chair\n1\n/help"
    first = await Session(tmp_path / "one").play(script)
    second = await Session(tmp_path / "two").play(script)
    assert first == second.replace(str(tmp_path / "two"), str(tmp_path / "one"))


async def test_escapes_of_a_script_stay_out_of_its_transcript(session: Session) -> None:
    assert "\x1b" not in await session.play("say \x1b[31mred\n# \x1b[2J\n/as \x1b[2J")


async def test_a_terminal_without_colours_gets_none(session: Session, tmp_path: Path) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, color_system="truecolor", no_color=True, width=80)
    front = terminal(session.house, console, ScriptLines("whisper", console), tmp_path / "files")
    assert await front.run() == 0
    assert "\x1b" not in screen.getvalue()
