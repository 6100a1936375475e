"""A file in Teams: offered in somebody's own chat, and uploaded where they accept it, to Microsoft's places alone."""

import pytest

from adapters.teams.body import IN_OUR_CHAT, TOO_LARGE
from adapters.teams.files import LARGEST, consents
from adapters.teams.inbound import Origin
from adapters.teams.surfaces import Surfaces
from bot.chat.cards import Attachment, Card
from tests.adapters.teams.post_office import KEY, MIRA, post_office
from tests.doubles.teams import payloads
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.people import TeamsPerson
from tests.walks.talk import books, offers
from tests.walks.teams_stage import TeamsStage


async def with_a_file(stage: TeamsStage) -> TeamsPerson:
    """Somebody who booked an hour, and is offered its calendar file."""
    await offers(stage)
    you = stage.player("you")
    assert "The file comes in our chat." in await books(you)
    assert you.person.offered() == ["office-hour.ics"]
    you.person.sees_new()
    you.person.closes()
    return you.person


async def test_a_file_that_is_accepted_is_among_the_persons_own(stage: TeamsStage) -> None:
    you = await with_a_file(stage)
    assert (await you.accepts_file()).status == 200
    await stage.settle()
    assert you.received("office-hour.ics").startswith(b"BEGIN:VCALENDAR")
    assert you.sees_new() == ["File: office-hour.ics"]


async def test_a_file_that_is_declined_is_left_alone(stage: TeamsStage) -> None:
    you = await with_a_file(stage)
    before = len(stage.double.organisation.calls)
    assert (await you.declines_file()).status == 200
    await stage.settle()
    assert stage.double.organisation.calls[before:] == []


@pytest.mark.parametrize("fault", [Fault("broken"), Fault("refused", "itemNotFound", 404), Fault("lost")])
async def test_a_file_that_could_not_be_uploaded_is_told_so(stage: TeamsStage, fault: Fault) -> None:
    you = await with_a_file(stage)
    stage.double.faults = lambda method, _: fault if method == "upload" else None
    await you.accepts_file()
    await stage.settle()
    assert "The file could not be put among yours. Please ask for it once more." in "\n".join(you.sees_new())


async def test_of_a_file_that_was_uploaded_and_could_not_be_shown_nothing_wrong_is_said(stage: TeamsStage) -> None:
    you = await with_a_file(stage)
    faults = [Fault("lost")]
    stage.double.faults = lambda method, _: faults.pop() if method == "send" and faults else None
    await you.accepts_file()
    await stage.settle()
    assert you.received("office-hour.ics")
    assert "could not be put" not in "\n".join(you.sees_new())


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/upload",
        "https://sharepoint.com.evil.example/x",
        "http://contoso.sharepoint.com/x",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "",
        "https://",
    ],
)
async def test_a_file_goes_to_no_place_that_is_not_microsofts(
    stage: TeamsStage, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    you = await with_a_file(stage)
    offer = you.direct.messages[-1]
    (attachment,) = offer.content["attachments"]
    upload = {"uploadUrl": address, "contentUrl": address, "name": "x.ics", "uniqueId": "1", "fileType": "ics"}
    context = attachment["content"]["acceptContext"]
    answer = await you.hands(payloads.file_consent(you.sender, offer, "accept", context, upload))
    await stage.settle()
    assert answer.status == 200
    assert "The file could not be put among yours" in "\n".join(you.sees_new())
    # Whoever tries to reach such a place meets another error.
    assert "a file that was accepted did not arrive: ValueError" in caplog.messages


@pytest.mark.parametrize("name", ["plain.txt", "ü.txt", "lines.txt"])
async def test_what_an_offer_can_carry_is_offered_and_what_is_larger_is_said_to_be(name: str) -> None:
    letter = {"plain.txt": "x", "ü.txt": "ü", "lines.txt": "\n"}[name]
    content = letter * (LARGEST // len(letter.encode()))
    files = [Card("A file", (Attachment(name, "text/plain", each),)) for each in (content, content + letter)]
    async with post_office() as office:
        for number, card in enumerate(files):
            await office.messenger.tell(MIRA, card, KEY + str(number))
            assert await office.messenger.find(MIRA, KEY + str(number))
        await Surfaces(office.answers).hand_over(files[1], Origin(MIRA.tenant, MIRA.user, "chat"))
        offered, said = office.client("mira").offered(), office.told()
    assert offered == [name]
    assert [each.splitlines()[-1] for each in said if "A file\n" in each] == [IN_OUR_CHAT, TOO_LARGE]


def test_half_a_letter_in_a_file_is_sent_as_a_question_mark_and_counted_as_one() -> None:
    (offer,) = consents(Card("Booked", (Attachment("a.ics", "text/calendar", "x\ud800"),)))
    content = offer["attachments"][0]["content"]  # type: ignore[index]
    assert (content["sizeInBytes"], content["acceptContext"]["rai"]["content"]) == (2, "x?")
