"""What a typed line means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.inbound import (
    Become,
    Help,
    Keep,
    Meaning,
    Nothing,
    Press,
    Quit,
    Say,
    Slashed,
    Unclear,
    said_verb,
    understand,
)
from adapters.terminal.names import corner, person
from bot.chat.events import CommandUsed, HomeOpened

MIRA = person("mira")


def said(verb: str, text: str = "") -> Say:
    return Say(CommandUsed(MIRA, corner(MIRA), verb, text))


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("", Nothing()),
        ("  \t", Nothing()),
        ("7", Press(7)),
        (" 12 ", Press(12)),
        ("7 days", said("7", "days")),
        ("book", said("book")),
        ("  What is   fair, really? ", said("What", "is   fair, really?")),
        ("/rai What is fair?", said("What", "is fair?")),
        ("/RAI book", said("book")),
        ("/rai", Say(HomeOpened(MIRA))),
        ("/rai   ", Say(HomeOpened(MIRA))),
        ("rai", Say(HomeOpened(MIRA))),
        ("RAI", Say(HomeOpened(MIRA))),
        ("/as chair", Become("chair")),
        ("/as Chair", Become("chair")),
        ("/keep RECEIPT Receipt", Keep("RECEIPT", "Receipt")),
        ("/keep RECEIPT  Your receipt ", Keep("RECEIPT", "Your receipt")),
        ("/help", Help()),
        ("/quit", Quit()),
        ("/exit", Quit()),
        ("# no comment", said("#", "no comment")),
    ],
)
def test_a_line_means(line: str, meaning: Meaning) -> None:
    assert understand(line, MIRA) == meaning


@pytest.mark.parametrize(
    "line",
    ["/as", "/as -x", "/as " + "x" * 32, "/as a b", "/keep", "/keep X", "/keep 1 X", "/cancel"],
)
def test_a_slash_word_that_means_nothing_is_answered_with_one_sentence(line: str) -> None:
    meaning = understand(line, MIRA)
    assert isinstance(meaning, Unclear)
    assert meaning.sentence


@pytest.mark.parametrize(
    ("line", "verb"), [("/foo", "foo"), ("/Concern: it is wrong", "concern"), ("/", ""), ("/ as", "")]
)
def test_a_slash_word_that_the_terminal_does_not_know_may_be_the_bots(line: str, verb: str) -> None:
    assert understand(line, MIRA) == Slashed(verb)


@given(st.text())
def test_every_line_means_something(line: str) -> None:
    understand(line, MIRA)


@pytest.mark.parametrize(
    ("line", "verb"),
    [("concern words", "concern"), ("/rai Concern words", "concern"), ("/rai", ""), ("", ""), ("/as me", "/as")],
)
def test_the_verb_of_a_line(line: str, verb: str) -> None:
    assert said_verb(line) == verb
