"""Whatever people write or press: nobody is pinged, nothing of theirs is dropped unsaid, and each gets a sentence."""

import pytest

from bot.concerns.model import LONGEST_WORDS
from tests.adapters.previews import looks_over
from tests.walks.slack_player import COUNCIL, TEAM_CHANNEL
from tests.walks.slack_stage import SlackStage
from tests.walks.talk import MESSAGE, owned, raises, uses

QUESTION = "can a risk score be calibrated and have equal false positive rates"
CONCERN = "The age of applicants is weighed twice."

NASTY = (
    "<!channel> <!here> <@UMIRA> <#CTEAM> <!subteam^S1|all> <https://evil.example|click> &lt;b&gt; & < > "
    "*bold* _slanted_ ~struck~ `code` [a](https://b.example) :tada: @here @channel https://c.example "
    "> quoted\n- item\n```fence```\u202e\u200bturned"
)
"""What Slack would read as a ping, a link or a format, were it drawn as anything but words."""

KEPT = (
    "<!channel>",
    "<@UMIRA>",
    "<https://evil.example|click>",
    "&lt;b&gt;",
    "*bold*",
    "[a](https://b.example)",
    ":tada:",
)


def council_sees(stage: SlackStage) -> list[str]:
    """What stands in the council's channel, to the letter."""
    return stage.person("chair").sees_in(COUNCIL)


async def test_a_concern_pings_nobody_and_stands_before_the_council_as_it_was_written(stage: SlackStage) -> None:
    you = stage.player("you")
    assert await raises(you, NASTY)
    (case,) = council_sees(stage)
    assert [each for each in KEPT if each not in case] == []
    assert stage.double.workspace.complaints == []


async def test_what_the_council_writes_and_the_author_adds_pings_nobody_either(stage: SlackStage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Write to the author")
    await chair.fills({MESSAGE: NASTY})
    ann = stage.player("ann")
    await ann.leaves()
    seen = await uses(ann, receipt, NASTY)
    assert "<!channel>" in seen
    assert any("<!channel>" in each for each in stage.person("chair").sees_all_in(COUNCIL))
    assert stage.double.workspace.complaints == []


@pytest.mark.parametrize("escaped", [False, True])
async def test_a_question_pings_nobody_whichever_way_it_comes(stage: SlackStage, escaped: bool) -> None:
    words = f"{QUESTION} {NASTY}"
    if escaped:
        words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    you = stage.person("you")
    await you.command(words)
    await stage.settle()
    assert you.sees()
    await you.mention(words, TEAM_CHANNEL)
    await stage.settle()
    await you.direct_message(words)
    await stage.settle()
    kept = you.space.keep(you.space.channels[TEAM_CHANNEL], {"user": "UMIRA", "text": words})
    await you.shortcut("rai-ask-about", TEAM_CHANNEL, kept["ts"])
    await stage.settle()
    await you.submits()
    await stage.settle()
    assert stage.double.workspace.complaints == []


@pytest.mark.parametrize("many", [801, 3_000, 10_000])
async def test_a_question_that_is_too_long_is_told_so_and_nothing_was_kept(stage: SlackStage, many: int) -> None:
    you = stage.player("you")
    assert "Nothing of it was kept" in await you.says("word " * (many // 5) + "?")
    await you.person.direct_message("word " * (many // 5) + "?")
    await stage.settle()
    assert "Nothing of it was kept" in (await you.news())[-1]


async def test_a_concern_that_is_too_long_to_type_is_not_cut_without_a_word(stage: SlackStage) -> None:
    you = stage.player("you")
    long = " ".join(f"word{number}" for number in range(2_000))[:10_000]
    seen = await you.says(f"concern {long}")
    assert "Only the first 2,000 characters fit here" in seen
    assert "word250" in seen


async def test_a_case_of_the_most_that_a_form_takes_is_whole_before_the_council(stage: SlackStage) -> None:
    you = stage.player("you")
    long = " ".join(f"w{number}" for number in range(1_000))[:LONGEST_WORDS]
    assert await raises(you, long.strip())
    assert long.strip() in council_sees(stage)[0]


async def test_who_has_no_seat_changes_nothing_with_a_councils_button(stage: SlackStage) -> None:
    you = stage.player("you")
    await raises(you, CONCERN)
    stage.double.workspace.channels[COUNCIL].members.add("UMIRA")
    mira = stage.player("mira")
    before = council_sees(stage)
    await mira.looks_at("weighed twice")
    assert "Only members of the RAI council may do this. Nothing was changed." in await mira.presses("Claim")
    assert council_sees(stage) == before
    assert "Claim" in before[0]


async def test_two_members_who_claim_at_once_are_told_who_was_faster(stage: SlackStage) -> None:
    await raises(stage.player("you"), CONCERN)
    chair, legal = stage.player("chair"), stage.player("legal")
    await chair.looks_at("weighed twice")
    await legal.looks_at("weighed twice")
    surface = legal.person.picked
    assert surface is not None
    claim = legal.person.control(surface, "Claim")
    await chair.presses("Claim")
    await legal.person.press(surface, claim)
    await stage.settle()
    assert "Sorry" in legal.person.whispers()[-1]
    assert len(council_sees(stage)) == 1


async def test_a_form_that_was_closed_half_way_leaves_nothing(stage: SlackStage) -> None:
    you = stage.player("you")
    await you.says("concern")
    await you.leaves()
    await stage.settle()
    assert council_sees(stage) == []
    assert not you.form_open()
    assert await raises(you, CONCERN)


async def test_a_form_that_is_sent_after_its_modal_was_closed_is_kept(stage: SlackStage) -> None:
    you = stage.player("you")
    await you.says("concern")
    await looks_over(you.person, stage, CONCERN)
    filled = you.person.filled({})
    await you.leaves()
    ack = await you.person.sends(filled)
    await stage.settle()
    assert ack.body["response_action"] == "update"
    assert len(council_sees(stage)) == 1


async def test_a_field_that_is_wrong_says_so_in_the_form_and_keeps_what_was_typed(stage: SlackStage) -> None:
    you = stage.player("you")
    await you.says("receipt")
    await you.fills({"Your receipt": "<!channel> one two"})
    assert you.form_open()
    assert you.problems()
    assert stage.double.workspace.complaints == []


async def test_an_answer_that_was_shared_shows_who_shared_it_and_pings_nobody(stage: SlackStage) -> None:
    you = stage.person("you")
    you.user.name = "<!channel> *you*"
    await you.command(QUESTION, TEAM_CHANNEL)
    await stage.settle()
    shares = [label for label in you.labels() if "hare" in label]
    assert shares
    await you.presses(shares[0])
    await stage.settle()
    assert any("alibrat" in each for each in you.sees_in(TEAM_CHANNEL))
    assert stage.double.workspace.complaints == []
