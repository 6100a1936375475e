"""Dialogs at the double's clients: opened, filled in, sent, sent again, told what is wrong with them, and closed."""

import pytest

from tests.doubles.faces import adaptive, bar, box, choices, execute, field, letters, opener, submit
from tests.doubles.office import Office
from tests.doubles.standin import StandIn, dialog
from tests.doubles.teams.shapes import Json

REQUIRED: Json = {"isRequired": True, "errorMessage": "Please fill this in."}
PEOPLE: Json = {"choices": [], "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}}


async def test_a_dialog_is_opened_filled_in_and_closed(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    sent = await office.shows(adaptive(bar(opener("Answer", case="7"))))
    inputs = (
        field(name="words", label="Your words", isMultiline=True, **REQUIRED),
        field("ChoiceSet", "value", "Value", choices=choices("a", "b")),
        field("ChoiceSet", "left", "Left", choices=choices("a", "b")),
        field("ChoiceSet", "who", "Who", **PEOPLE),
        field("Toggle", "sure", "Sure", title="Yes", valueOn="yes", valueOff=""),
    )
    bot.answers["task/fetch"] = dialog(adaptive(*inputs, bar(submit("Send", form="f"))))
    await mira.presses("Answer")
    assert bot.heard[0]["value"] == {
        "data": {"msteams": {"type": "task/fetch"}, "case": "7"},
        "context": {"theme": "default"},
    }
    assert mira.sees().startswith("A form\n\nYour words:")
    assert mira.fields() == ["Your words", "Value", "Left", "Who", "Sure"]
    assert mira.choices("Value") == ["A", "B"]
    await mira.submits({"Your words": "It broke.", "Value": "B", "Who": "ann", "Sure": "yes"})
    heard = bot.heard[1]
    typed = {"words": "It broke.", "value": "b", "who": office.ann.aad, "sure": "yes"}
    assert (heard["name"], heard["value"]["data"]) == ("task/submit", {"form": "f", **typed})
    assert heard["conversation"]["id"] == f"{office.team.id};messageid={sent}"
    assert mira.dialog() is None
    assert not mira.form_open()
    assert office.space.complaints == []


@pytest.mark.parametrize(
    ("filled", "problem"),
    [
        ({}, "'Name' is empty"),
        ({"Name": "x" * 11}, "no more letters in 'Name'"),
        ({"Name": "x", "Value": "C"}, "no choice 'C'"),
        ({"Name": "x", "Who": "nobody"}, "nobody called 'nobody'"),
        ({"Shoe size": "42"}, "no such fields"),
    ],
)
async def test_a_client_sends_nothing_that_it_would_refuse(
    office: Office, bot: StandIn, filled: dict[str, str], problem: str
) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(bar(opener("Answer"))))
    inputs = (
        field(maxLength=10, **REQUIRED),
        field("ChoiceSet", "v", "Value", choices=choices("a", "b")),
        field("ChoiceSet", "who", "Who", **PEOPLE),
    )
    bot.answers["task/fetch"] = dialog(adaptive(*inputs, bar(submit("Send"))))
    await mira.presses("Answer")
    with pytest.raises(AssertionError, match=problem):
        await mira.submits(filled)
    assert len(bot.heard) == 1


async def test_what_is_wrong_with_a_form_stands_below_its_field_and_the_rest_is_kept(
    office: Office, bot: StandIn
) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(bar(opener("Answer"))))
    bot.answers["task/fetch"] = dialog(adaptive(field(), field(name="b", label="Other"), bar(submit("Send"))))
    await mira.presses("Answer")
    assert mira.errors == {}
    wrong = adaptive(
        letters("Nothing was kept.", color="attention"),
        box(field(value="x"), letters("Too short.", color="attention"), letters("A hint.")),
        field(name="b", label="Other"),
        bar(submit("Send")),
    )
    bot.answers["task/submit"] = dialog(wrong)
    await mira.submits({"Name": "x"})
    assert mira.errors == {"": "Nothing was kept.", "Name": "Too short."}
    bot.answers["task/submit"] = {"task": {"type": "message", "value": "Thank you."}}
    await mira.submits()
    assert bot.heard[-1]["value"]["data"]["name"] == "x"
    assert (mira.sees(), mira.form_open()) == ("Thank you.", False)
    mira.closes()
    assert mira.dialog() is None


async def test_a_dialog_can_be_sent_twice_and_fail(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(bar(opener("Answer"))))
    bot.answers["task/fetch"] = dialog(adaptive(field(), bar(submit("Send"))))
    await mira.presses("Answer")
    await mira.submits({"Name": "x"})
    assert mira.dialog() is None
    bot.status = 500
    await mira.submits_again()
    first, second = bot.heard[1:]
    assert first["value"] == second["value"]
    assert first["id"] != second["id"]
    assert (mira.toast, mira.form_open()) == ("Unable to reach app. Please try again.", True)


async def test_a_button_in_a_dialog_sends_what_was_filled_in_unless_it_says_otherwise(
    office: Office, bot: StandIn
) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(bar(opener("Answer"))))
    back = {**submit("Back", go="back"), "associatedInputs": "none"}
    bot.answers["task/fetch"] = bot.answers["task/submit"] = dialog(
        adaptive(field(**REQUIRED), bar(submit("Send"), back))
    )
    await mira.presses("Answer")
    with pytest.raises(AssertionError, match="'Name' is empty"):
        await mira.presses("Send")
    await mira.presses("Back")
    assert bot.heard[-1]["value"]["data"] == {"go": "back"}


async def test_a_dialog_that_is_wrong_is_complained_of(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    await office.shows(adaptive(bar(opener("Answer"))))
    await mira.presses("Answer")
    assert office.space.complaints == ["task/fetch: opens nothing"]
    bot.answers["task/fetch"] = dialog(adaptive(bar(execute("x"))), title="")
    await mira.presses("Answer")
    assert len(office.space.complaints) == 3


async def test_an_answer_that_comes_too_late_is_complained_of(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    mira.patience = 0.0
    bot.answers["composeExtension/fetchTask"] = dialog(adaptive(letters()))
    await mira.message("No hurry here.")
    assert office.space.complaints == []
    await mira.extension("desk")
    assert office.space.complaints == ["composeExtension/fetchTask: answered after 0 s"]


async def test_the_extension_is_told_of_a_message_and_its_dialog_answers_to_it(office: Office, bot: StandIn) -> None:
    mira = bot.at_client(office.mira)
    kept = bot.at_client(office.ann).writes("Is 1 < 2 fair?", office.team.id)
    bot.answers["composeExtension/fetchTask"] = dialog(adaptive(field(), bar(submit("Send"))))
    await mira.extension("askAbout", kept.id)
    told = bot.heard[0]["value"]
    assert (told["commandId"], told["commandContext"]) == ("askAbout", "message")
    assert told["messagePayload"]["body"] == {"contentType": "html", "content": "<p>Is 1 &lt; 2 fair?</p>"}
    assert told["messagePayload"]["from"]["user"]["id"] == office.ann.aad
    await mira.submits({"Name": "x"})
    assert bot.heard[1]["name"] == "composeExtension/submitAction"
    assert bot.heard[1]["value"]["data"] == {"name": "x"}
    assert bot.heard[1]["value"]["commandId"] == "askAbout"
    await mira.extension("desk")
    assert bot.heard[2]["value"]["commandContext"] == "compose"
    assert "messagePayload" not in bot.heard[2]["value"]
