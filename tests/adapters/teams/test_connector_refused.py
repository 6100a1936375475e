"""What Teams refuses, and what it takes only later: told in words for a person, with nothing of what was sent."""

import pytest

from adapters.shapes import Json
from adapters.teams.troubles import BOT, Refused
from bot.chat.errors import Busy
from tests.adapters.teams.exchange import COUNCIL, Exchange, refuses, says, waited

PEOPLE: list[Json] = [{"id": "29:mira", "aadObjectId": "mira", "name": "Mira"}, {"id": "29:tom", "name": "Tom"}]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "BadSyntax"),
        (403, "MessageWritesBlocked"),
        (403, "BotDisabledByAdmin"),
        (403, "BotNotInConversationRoster"),
        (404, "ConversationNotFound"),
        (404, "ActivityNotFoundInConversation"),
        (413, "MessageSizeTooBig"),
    ],
)
async def test_what_teams_refuses_for_good_is_tried_no_more(teams: Exchange, status: int, code: str) -> None:
    teams.answers = [refuses(status, code)]
    with pytest.raises(Refused) as raised:
        await teams.answers_somebody()
    assert (raised.value.code, raised.value.status, raised.value.permanent) == (code, status, True)
    assert "names somebody" not in str(raised.value)
    assert len(teams.came) == 1


@pytest.mark.parametrize(
    "said",
    [None, [], {"error": "Mira is not here"}, {"error": {"code": "x" * 61}}, {"error": {"code": 7}}, {"error": None}],
)
async def test_a_refusal_in_other_words_carries_none_of_them(teams: Exchange, said: object) -> None:
    teams.answers = [says(403, said)]
    with pytest.raises(Refused) as raised:
        await teams.posts()
    assert raised.value.code == "unknown"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked."\r\n}', "MessageWritesBlocked"),
        ('{"subCode": "Mira is not here"}', "unknown"),
        ("[", "unknown"),
    ],
)
async def test_a_code_inside_of_a_message_is_read_as_microsoft_writes_it(
    teams: Exchange, message: str, code: str
) -> None:
    teams.answers = [says(403, {"errorCode": 209, "message": message})]
    with pytest.raises(Refused) as raised:
        await teams.posts()
    assert raised.value.code == code
    assert bool(teams.troubles.found) == (code != "unknown")


async def test_a_code_that_stands_alone_is_read(teams: Exchange) -> None:
    teams.answers = [says(403, {"error": "BotNotInConversationRoster"})]
    with pytest.raises(Refused, match="The bot is not in this conversation"):
        await teams.posts()


async def test_a_bot_that_was_taken_out_of_the_councils_team_is_in_the_health_check_until_it_is_back(
    teams: Exchange,
) -> None:
    teams.answers = [refuses(403, "BotNotInConversationRoster")]
    with pytest.raises(Refused):
        await teams.posts(f"{COUNCIL};messageid=17")
    assert "not in the council's team any more" in teams.troubles.found[COUNCIL]
    teams.answers = [says(200, PEOPLE[0])]
    await teams.connector.member(teams.url, COUNCIL, "mira")
    assert COUNCIL in teams.troubles.found, "to read there is no sign that it takes messages"
    await teams.posts()
    assert not teams.troubles.found


async def test_a_targeted_message_that_is_refused_says_nothing_of_the_channel(teams: Exchange) -> None:
    teams.answers = [refuses(404, "BotNotInConversationRoster"), refuses(403, "BotDisabledByAdmin")]
    with pytest.raises(Refused):
        await teams.connector.send(teams.url, COUNCIL, {"type": "message"}, targeted=True)
    assert not teams.troubles.found
    with pytest.raises(Refused):
        await teams.connector.send(teams.url, COUNCIL, {"type": "message"}, targeted=True)
    assert BOT in teams.troubles.found


async def test_the_eighth_message_of_a_second_is_not_sent_and_told_when(teams: Exchange) -> None:
    for _ in range(7):
        await teams.posts(f"{COUNCIL};messageid=17")
    with pytest.raises(Busy) as raised:
        await teams.posts()
    assert raised.value.wait == waited(1.101)
    assert len(teams.came) == 7
    await teams.posts("19:other@thread.tacv2")


async def test_retry_after_is_obeyed(teams: Exchange) -> None:
    teams.answers = [says(429, Retry_After="30")]
    with pytest.raises(Busy) as raised:
        await teams.posts()
    assert raised.value.wait == waited(30)
    teams.seconds.now += 29
    with pytest.raises(Busy):
        await teams.posts()
    assert len(teams.came) == 1
    teams.seconds.now += 1
    await teams.posts()


@pytest.mark.parametrize("answer", [says(429), says(429, Retry_After="Sat, 28 Nov 2026 10:00:00 GMT"), says(412)])
async def test_where_teams_names_no_time_each_pause_is_longer(teams: Exchange, answer: object) -> None:
    told = []
    for _ in range(4):
        teams.answers = [answer]  # type: ignore[list-item]
        with pytest.raises(Busy) as raised:
            await teams.posts()
        told.append(raised.value.wait)
        teams.seconds.now += told[-1].total_seconds()
    assert told == [waited(2), waited(4), waited(8), waited(16)]
    await teams.posts()
    teams.answers = [answer]  # type: ignore[list-item]
    with pytest.raises(Busy) as raised:
        await teams.posts()
    assert raised.value.wait == waited(2)
