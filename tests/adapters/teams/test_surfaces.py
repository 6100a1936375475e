"""Where an answer appears in Teams: welcome, help, messages for one person alone; never lost, never silence."""

import asyncio

import pytest

from tests.adapters.teams.recorded import done, on_stage
from tests.doubles.teams import payloads
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.shapes import Json
from tests.walks.teams_stage import TeamsStage

QUESTION = "can a risk score be calibrated and have equal false positive rates"
HELP, HOME = "What I can do", "RAI office hours"


def helps(seen: list[str]) -> int:
    return sum(HELP in each for each in seen)


async def test_who_installs_the_bot_is_welcomed_once_though_teams_tells_twice(stage: TeamsStage) -> None:
    you = stage.person("you")
    await you.installs()
    await stage.settle()
    assert len(you.sees_new()) == 1
    await you.uninstalls()
    await you.installs()
    await stage.settle()
    assert you.sees_new() == []


async def test_a_new_version_of_the_app_greets_nobody(stage: TeamsStage) -> None:
    assert (await stage.front.send(on_stage("installation_upgraded", stage))).status == 200
    await stage.settle()
    assert done(stage) == []


async def test_in_a_team_only_who_added_the_bot_is_told_what_it_can_do_and_there(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    space = stage.double.organisation
    team = space.team("Fresh", you.person, mira.person, installed=False)
    await you.installs(team)
    await stage.settle()
    assert helps(you.sees_in(team.id)) == 1
    assert you.sees_all_in(you.direct.id) == []
    assert mira.sees_new() == []
    assert [call.error for call in space.calls if call.error] == []


async def test_a_team_is_welcomed_once_though_teams_tells_it_of_two_of_its_channels(stage: TeamsStage) -> None:
    added = on_stage("members_added_the_bot_to_a_team", stage)
    plans = stage.double.organisation.channel("Plans", stage.team)
    chosen = {**added, "conversation": added["conversation"] | {"id": plans.id}}
    for each in (added, chosen):
        await stage.front.send(each)
        await stage.settle()
    assert helps(stage.person("mira").sees_new()) == 1


async def test_who_joins_a_team_later_is_not_welcomed(stage: TeamsStage) -> None:
    await stage.front.send(on_stage("members_added_somebody", stage))
    await stage.settle()
    assert done(stage) == []


@pytest.mark.parametrize("words", ["help", "HELP", "/rai help", "rai help", "/help", "  help  "])
async def test_help_comes_in_the_own_chat_however_it_is_typed(stage: TeamsStage, words: str) -> None:
    you = stage.person("you")
    await you.message(words)
    await stage.settle()
    assert helps(you.sees_new()) == 1


async def test_help_comes_everywhere_and_in_a_channel_to_who_asked_alone(stage: TeamsStage) -> None:
    you, mira, space = stage.person("you"), stage.person("mira"), stage.double.organisation
    group = space.group("Plans", you.person, mira.person)
    root = mira.writes("What about age?", stage.team.id)
    await you.mention("help", stage.team.id)
    await you.mention("help", stage.team.id, root.id)
    await you.mention("help", group.id)
    await you.targeted("help", stage.team.id)
    await you.targeted("help", group.id)
    await stage.settle()
    assert helps(you.sees_new()) == 5
    assert helps(you.sees_in(stage.team.id, root.id)) == 1
    assert helps(mira.sees_new()) == 0
    assert space.complaints == []


async def test_an_empty_mention_is_answered_with_what_the_bot_can_do(stage: TeamsStage) -> None:
    you = stage.person("you")
    await you.mention("", stage.team.id)
    await stage.settle()
    assert helps(you.sees_new()) == 1


async def test_a_message_of_an_attachment_alone_is_answered(stage: TeamsStage) -> None:
    you = stage.person("you")
    file = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "plan.docx", "content": {}}
    await you.hands(payloads.message(you.sender, you.writes("", you.direct.id)) | {"attachments": [file]})
    await stage.settle()
    assert HOME in "\n".join(you.sees_new())
    activity = payloads.message(you.sender, you.writes("", you.direct.id)) | {"attachments": [file]}
    del activity["text"]
    await you.hands(activity)
    await stage.settle()
    assert HOME in "\n".join(you.sees_new())


async def test_a_question_in_a_channel_is_answered_to_who_asked_and_shared_in_its_thread(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    await you.mention(QUESTION, stage.team.id)
    await stage.settle()
    root = stage.double.organisation.conversations[stage.team.id].messages[0]
    assert not any("alibrat" in each for each in mira.sees_in(stage.team.id, root.id))
    (share,) = [label for label in you.labels() if "hare" in label]
    await you.presses(share)
    await stage.settle()
    assert any("alibrat" in each for each in mira.sees_in(stage.team.id, root.id))


async def test_what_was_asked_of_the_bot_alone_is_answered_to_its_author_alone(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    await you.targeted(QUESTION, stage.team.id)
    await stage.settle()
    assert any("alibrat" in each for each in you.sees_all_in(stage.team.id))
    assert mira.sees_new() == []


@pytest.mark.parametrize("refusal", [(400, "BadRequest"), (403, "Forbidden"), (404, "NotFound")])
async def test_where_there_are_no_messages_for_one_person_they_come_in_their_chat_and_teams_is_not_asked_again(
    stage: TeamsStage, refusal: tuple[int, str]
) -> None:
    space, you = stage.double.organisation, stage.person("you")
    space.supports_targeted, space.untargeted = False, refusal
    for _ in range(3):
        await you.mention("help", stage.team.id)
        await stage.settle()
    assert helps(you.sees_all_in(you.direct.id)) == 3
    assert helps(you.sees_all_in(stage.team.id)) == 0
    refused = [call for call in space.calls if call.error]
    assert len(refused) == 1


async def test_who_cannot_be_written_to_alone_is_told_so_where_they_asked(stage: TeamsStage) -> None:
    space, you = stage.double.organisation, stage.person("you")
    space.supports_targeted = False
    stage.double.faults = lambda method, _: (
        Fault("refused", "ForbiddenOperationException", 403) if method == "create" else None
    )
    root = stage.person("mira").writes("What about age?", stage.team.id)
    asked = you.writes(f"{payloads.MENTION} help", stage.team.id, root.id)
    await you.hands(payloads.message(you.sender, asked, mentions=True) | {"replyToId": root.id})
    await stage.settle()
    told = you.sees_in(stage.team.id, root.id)[-1]
    assert "I cannot write to you alone" in told
    assert HELP not in told


async def test_what_nobody_saw_somebody_ask_is_answered_before_nobody(stage: TeamsStage) -> None:
    space, you = stage.double.organisation, stage.person("you")
    space.supports_targeted = False
    stage.double.faults = lambda method, _: (
        Fault("refused", "ForbiddenOperationException", 403) if method == "create" else None
    )
    await you.targeted("help", stage.team.id)
    await stage.settle()
    assert you.sees_new() == []


async def test_somebody_who_blocked_the_bot_is_no_defect_and_can_come_back(
    stage: TeamsStage, caplog: pytest.LogCaptureFixture
) -> None:
    space, you = stage.double.organisation, stage.person("you")
    space.blocked.add(you.person.aad)
    await you.message("help")
    await stage.settle()
    assert you.sees_new() == []
    assert "a reply in a chat did not arrive: MessageWritesBlocked" in caplog.messages
    assert (stage.door.problems(), stage.door.warnings()) == ([], [])
    space.blocked.clear()
    await you.message("help")
    await stage.settle()
    assert helps(you.sees_new()) == 1


async def test_while_an_answer_takes_long_the_bot_is_seen_typing_where_that_can_be_seen(hasty: TeamsStage) -> None:
    you, space = hasty.person("you"), hasty.double.organisation
    group = space.group("Plans", you.person)
    hasty.double.faults = lambda method, _: Fault("hung") if method in ("member", "pagedmembers") else None
    await you.message("help")
    await you.mention("help", group.id)
    await you.mention("help", hasty.team.id)
    await you.targeted("help", group.id)
    await hasty.settle()
    assert sorted(space.typing) == sorted([you.direct.id, group.id])
    assert helps(you.sees_new()) == 4


async def test_no_answer_waits_for_the_sign_that_it_is_on_its_way(hasty: TeamsStage) -> None:
    you = hasty.person("you")
    hasty.double.faults = lambda method, args: (
        Fault("hung") if method == "member" or (args.get("body") or {}).get("type") == "typing" else None
    )
    await you.message("help")
    async with asyncio.timeout(3):
        await hasty.settle()
    assert helps(you.sees_new()) == 1


async def test_an_answer_that_comes_at_once_shows_nobody_typing(stage: TeamsStage) -> None:
    await stage.person("you").message("help")
    await stage.settle()
    assert stage.double.organisation.typing == []


async def test_a_message_in_html_is_asked_about_in_plain_words(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    kept = mira.writes("a & b", stage.team.id)
    told: Json = {"commandId": "rai-ask-about", "commandContext": "message"}
    html = (
        "<div><p>Is this <b>fair</b>&nbsp;&amp; &lt;safe&gt;?</p><ul><li>one</li><li>two</li></ul>"
        '<at id="0">RAI</at><attachment id="1"></attachment><script>alert(1)</script></div>'
    )
    told |= {"messagePayload": {"body": {"contentType": "html", "content": html}}}
    answer = await you.hands(payloads.extension(you.sender, "composeExtension/fetchTask", kept, told))
    shown = str(answer.body)
    assert "Is this fair & <safe>?" in shown
    assert "<b>" not in shown
    assert answer.status == 200


async def test_on_an_old_client_that_knows_no_execute_a_button_works_all_the_same(stage: TeamsStage) -> None:
    you = stage.player("you")
    you.person.executes = False
    await you.says(QUESTION)
    assert "Thank you" in await you.presses("This helped")
    assert stage.double.organisation.complaints == []
