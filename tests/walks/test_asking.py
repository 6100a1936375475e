"""Asking: an answer, a choice, or an honest "I don't know" that ends with a human; and what becomes of it."""

from pathlib import Path

from tests.questions.library import TOPICS, save_all, small_shelf
from tests.walks.stage import Stage
from tests.walks.talk import KNOWN, UNKNOWN, asks_a_human, offers, place


async def test_a_question_is_answered_with_its_tension_a_step_and_a_source(stage: Stage) -> None:
    mira = stage.player("mira")
    seen = await mira.says(KNOWN)
    assert "The short words on Letting people appeal." in seen
    assert "Tension between Letting people appeal and speed." in seen
    assert f"Next step (5 minutes, anybody; {stage.called_by}role): Anybody may begin" in seen
    assert "A book on Letting people appeal" in seen
    assert "https://example.org/appeals" in seen
    assert "Nobody has checked this entry" in seen
    assert await place(stage) == await stage.team_sees() == await mira.news() == []


async def test_more_shows_what_the_short_answer_leaves_out(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(f"ask {KNOWN}")
    seen = await mira.presses("More")
    assert "It does not help with: Anything else than Letting people appeal." in seen
    assert "Lawyers read Letting people appeal." in seen
    assert await place(stage) == []


async def test_an_answer_that_is_not_for_somebody_is_followed_by_the_next_best(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN)
    seen = await mira.presses("Not for me")
    assert "Tension between" in seen
    assert "The short words on Letting people appeal." not in seen


async def test_a_question_that_fits_several_entries_is_answered_with_a_choice(stage: Stage, tmp_path: Path) -> None:
    stage.app.live.shelf = small_shelf(save_all(tmp_path / "unsure"), right=0.9999)
    mira = stage.player("mira")
    assert "Which of these do you mean?" in await mira.says(KNOWN)
    assert mira.buttons()[0] == "Letting people appeal"
    assert mira.buttons()[-1] == "None of these: ask a human"
    assert "The short words on Letting people appeal." in await mira.presses("Letting people appeal")
    assert await place(stage) == []


async def test_what_the_library_does_not_know_it_says_and_takes_back_what_it_noted(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    seen = await mira.says(UNKNOWN)
    assert "I don't know" in seen
    assert "Your question was noted without your name" in seen
    assert "Nothing of it is kept." in await mira.presses("Don't keep my question")
    assert "The backlog is empty" in await chair.says("backlog")
    assert await place(stage) == []


async def test_a_few_words_behind_an_answer_are_taken_to_be_about_it(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN)
    seen = await mira.says("why?")
    assert "I took this to be about what I answered last:" in seen
    assert "It does not help with: Anything else than Letting people appeal." in seen
    assert "I took this" not in await stage.player("guest").says("why?")


async def test_a_role_makes_the_step_fit_until_it_is_forgotten(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN)
    assert "(15 minutes, engineer): Makers measure Letting people appeal." in await mira.presses("Engineer")
    assert "(15 minutes, engineer)" in await mira.says(KNOWN)
    assert "Role: engineer" in await mira.says("role")
    assert "Nothing is kept of you." in await mira.presses("Forget it")
    assert "(5 minutes, anybody" in await mira.says(KNOWN)


async def test_a_role_can_be_chosen_in_a_form_and_the_answer_comes_again_for_it(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN)
    await mira.presses("Another role …")
    assert "Lawyers read Letting people appeal." in await mira.fills({"Your role": "legal"})
    assert "Role: legal" in await mira.says("role")


async def test_an_answer_is_rated_once(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN)
    mira.looks_away()
    assert "Noted, without your name." in await mira.presses("This helped")
    assert "You have told us about this answer already" in await mira.presses("This helped")
    assert await place(stage) == []


async def test_an_answer_that_did_not_help_reaches_the_backlog_and_nobody_elses_eyes(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    await mira.says(KNOWN)
    assert "together with your question" in await mira.presses("It did not")
    assert KNOWN in await chair.says("backlog")
    seen = await chair.presses(KNOWN)
    assert "Why: not helpful" in seen
    assert "mira" not in seen
    assert "Only members" in await mira.says("backlog")
    assert await place(stage) == []


async def test_a_question_goes_to_a_human_and_the_answer_comes_back(stage: Stage) -> None:
    mira, chair = await asks_a_human(stage), stage.player("chair")
    assert "Your question is with the council" in mira.sees()
    (posted,) = await place(stage)
    assert UNKNOWN in posted
    assert "mira" not in posted
    await chair.looks_at(UNKNOWN)
    assert "A question somebody has taken" in await chair.presses("I'll take it")
    await chair.looks_at(UNKNOWN)
    await chair.presses("Answer")
    assert "Those who asked are being told." in await chair.fills({"Your answer": "Ask the *office* team."})
    (told,) = await mira.news()
    assert "Your question has an answer" in told
    assert "Ask the *office* team." in told
    (posted,) = await place(stage)
    assert posted.startswith("Answered")


async def test_an_answer_with_a_source_helps_the_next_one_until_it_is_taken_back(stage: Stage) -> None:
    await asks_a_human(stage)
    chair, guest = stage.player("chair"), stage.player("guest")
    await chair.looks_at(UNKNOWN)
    await chair.presses("Answer")
    source = {"A source": "The manual, page 7", "Its address": "https://example.org/manual"}
    await chair.fills({"Your answer": "Open the flap and pull.", **source})
    seen = await guest.says(UNKNOWN)
    assert "A member of the council answered this on 2026-11-23; not validated yet." in seen
    assert "Open the flap and pull." in seen
    assert "mira" not in seen
    await chair.looks_at("Others who ask the same are shown this answer")
    await chair.presses("Take this answer back", agree=False)
    assert "Open the flap and pull." in await guest.says(UNKNOWN)
    await chair.looks_at("Others who ask the same are shown this answer")
    await chair.presses("Take this answer back")
    assert "It is shown to nobody any more, and the question waits for another one." in chair.asked
    assert "I don't know" in await guest.says(UNKNOWN)
    assert "A question somebody has taken" in (await place(stage))[0]


async def test_what_is_wrong_with_an_answer_is_told_and_what_was_typed_stays(stage: Stage) -> None:
    mira, chair = await asks_a_human(stage), stage.player("chair")
    await chair.looks_at(UNKNOWN)
    await chair.presses("Answer")
    await chair.fills({"Your answer": "Pull.", "A source": "The manual", "Its address": "http://example.org"})
    assert "from https:// on" in chair.problems()
    assert chair.form_open()
    assert await mira.news() == []
    assert "Sent" in await chair.fills({"Its address": "https://example.org/manual"})
    assert "Pull." in (await mira.news())[0]
    assert "The manual, https://example.org/manual" in (await place(stage))[0]


async def test_whoever_waits_for_a_noted_question_is_told_when_the_council_answers_it(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    await mira.says(UNKNOWN)
    assert "You will be told" in await mira.presses("Tell me when this is answered")
    await chair.says("backlog")
    group = chair.buttons()[0]
    await chair.presses(group)
    assert "The ticket is on its way" in await chair.presses("Make it a ticket")
    assert UNKNOWN in (await place(stage))[0]
    await chair.looks_at("A question for a human")
    await chair.presses("Answer")
    await chair.fills({"Your answer": "Ask the office team."})
    (told,) = await mira.news()
    assert "Ask the office team." in told


async def test_a_group_of_the_backlog_is_let_go_only_after_a_second_word(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    await mira.says(UNKNOWN)
    await chair.says("backlog")
    await chair.presses(chair.buttons()[0])
    await chair.presses("Close", agree=False)
    assert "Those who wait for the answer are not told." in chair.asked
    assert UNKNOWN in await chair.says("backlog")
    await chair.presses(chair.buttons()[0])
    assert "Deleted: 1 questions." in await chair.presses("Close")
    assert "The backlog is empty" in await chair.says("backlog")
    assert await mira.news() == await place(stage) == []


async def test_who_has_no_seat_answers_for_nobody(stage: Stage) -> None:
    await asks_a_human(stage)
    stage.seats("guest")
    guest = stage.player("guest")
    await guest.looks_at(UNKNOWN)
    guest.looks_away()
    assert "Only members of the council may answer for it." in await guest.presses("I'll take it")
    assert "Only members of the council may answer for it." in await guest.presses("Answer")
    (posted,) = await place(stage)
    assert posted.startswith("A question for a human")


async def test_of_two_members_who_take_a_question_the_first_has_it(stage: Stage) -> None:
    await asks_a_human(stage)
    chair, legal = stage.player("chair"), stage.player("legal")
    for member in (chair, legal):
        await member.looks_at(UNKNOWN)
        member.looks_away()
    await chair.presses("I'll take it")
    assert "Somebody has taken this question already." in await legal.presses("I'll take it")
    assert len(await place(stage)) == 1


async def test_of_two_answers_the_first_is_sent(stage: Stage) -> None:
    mira, members = await asks_a_human(stage), [stage.player("chair"), stage.player("legal")]
    for member in members:
        await member.looks_at(UNKNOWN)
        await member.presses("Answer")
    await members[0].fills({"Your answer": "One."})
    assert "Your answer was not sent." in await members[1].fills({"Your answer": "Two."})
    (told,) = await mira.news()
    assert "One." in told
    assert "Two." not in (await place(stage))[0]


async def test_a_question_for_a_human_that_is_left_goes_nowhere(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(UNKNOWN)
    assert UNKNOWN[:30] in await mira.presses("Ask a human")
    await mira.leaves()
    assert not mira.form_open()
    assert await place(stage) == await mira.news() == []


async def test_a_question_for_a_human_that_arrives_twice_is_asked_once(stage: Stage) -> None:
    mira = await asks_a_human(stage)
    if stage.delivers_again:
        assert "it is in good hands, and nothing was added" in await mira.sends_again()
    assert len(await place(stage)) == 1


async def test_what_sounds_like_a_concern_is_offered_the_safe_way_first(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    seen = await mira.says("my manager told us to hide the test results")
    assert "Is something going wrong?" in seen
    assert "I kept nothing of it. Where you wrote it in a chat, it still stands there" in seen
    assert "Raise a concern" in await mira.presses("Raise a concern")
    assert mira.form_open()
    assert "The backlog is empty" in await chair.says("backlog")
    assert await place(stage) == await stage.team_sees() == []


async def test_a_legal_verdict_is_refused_and_the_question_answered_all_the_same(stage: Stage) -> None:
    mira = stage.player("mira")
    seen = await mira.says(f"is it legal that customers cannot contest a decision, {TOPICS['appeals'][2]}")
    assert "ask your legal counsel" in seen
    assert "Letting people appeal" in seen


async def test_whatever_is_typed_becomes_a_question_and_never_silence(stage: Stage) -> None:
    mira = stage.player("mira")
    assert "What would you like to know?" in await mira.says("ask")
    for typed in ("book recommendations on parrots", "offer parrots to all", "xyzzy", "🙂🙂🙂", "これは何ですか"):
        assert "I don't know" in await mira.says(typed), typed
        assert not mira.form_open()
    assert await place(stage) == []


async def test_a_question_that_is_too_long_is_told_and_kept_nowhere(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    seen = await mira.says("fairness " * 200)
    assert "A question may have 800 characters; yours has 1,799. Nothing of it was kept." in seen
    assert "The backlog is empty" in await chair.says("backlog")


async def test_help_names_everything_that_can_be_said(stage: Stage) -> None:
    seen = await stage.player("mira").says("help")
    for verb in ("ask", "role", "backlog", "hours", "book", "offer", "concern", "receipt", "cases", "desk"):
        assert f"{stage.called_by}{verb}: " in seen
    assert await place(stage) == await stage.team_sees() == []


async def test_an_answer_is_whispered_and_shown_to_others_only_under_ones_own_name(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says(KNOWN, among_others=True)
    assert await stage.team_sees() == []
    if stage.has_team:
        await mira.presses("Share here")
        (shared,) = await stage.team_sees()
        assert "Shared by: mira" in shared
        assert "The short words on Letting people appeal." in shared
        assert KNOWN not in shared
    else:
        assert "Share here" not in mira.buttons()
    assert await place(stage) == []


async def test_who_gets_no_answer_is_shown_the_next_office_hour(stage: Stage) -> None:
    await offers(stage)
    mira = stage.player("mira")
    assert "Next office hour: Thu 26 Nov 2026, 14:00–14:30 UTC, host" in await mira.says(UNKNOWN)
    await mira.presses("Book an office hour")
    assert "Your office hour is booked" in await mira.fills({"When": "Thu 26 Nov 2026, 14:00–14:30 UTC, host"})
    assert "With: mira" in (await stage.player("host").news())[0]
