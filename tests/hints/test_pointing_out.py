"""What might identify an author is pointed out, and what does not is left in peace."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.cards import Card, Facts, Text
from bot.chat.plain import plain_card
from bot.hints.known_names import Names
from bot.hints.pointing_out import LABELS, MOST_LISTED, Hint, hint_blocks, point_out

PEOPLE = (
    "Mira Okafor", "Will Grant", "May Rose", "Mark Price", "Hope Law", "José García López", "Nguyễn Văn An",
    "Björn Müller", "Jean-Luc O'Brien", "Khadija al-Rashid", "Claude Bert", "王小明", "田中 太郎", "Дмитрий Соловьёв",
    "प्रिया शर्मा", "Li Wei", "Tove Lindqvist (she/her)", "Okonkwo, Ngozi | Data Science", "Prince",
)  # fmt: skip
NAMES = Names.of(PEOPLE)
OWN = ("Will Haddad", "nhaddad42")


def pointed(text: str) -> list[tuple[str, str]]:
    return [(hint.kind, hint.found) for hint in point_out(text, NAMES, OWN)]


@pytest.mark.parametrize(
    ("kind", "found", "text"),
    [
        ("mail", "ann.li@acme.example", "Write to ann.li@acme.example."),
        ("mail", "ann (at) acme (dot) example", "It went to ann (at) acme (dot) example last week."),
        ("mail", "ann at acme dot com", "Ask ann at acme dot com"),
        ("phone", "+49 30 89999999", "Call +49 30 89999999 now"),
        ("phone", "(212) 899-9999", "Call (212) 899-9999."),
        ("phone", "030 89999999", "or 030 89999999"),
        ("phone", "+34 699 123 456", "or +34 699 123 456"),
        ("mention", "@mira", "as @mira knows"),
        ("mention", "<@U0ABCDEF>", "as <@U0ABCDEF> knows"),
        ("mention", "<@U0ABCDEF|mira>", "as <@U0ABCDEF|mira> knows"),
        ("mention", "<at>Ann Li</at>", "as <at>Ann Li</at> knows"),
        ("mention", "#ml-scorer", "it was in #ml-scorer"),
        ("handle", "annli42", "my github is annli42"),
        ("handle", "annli", "her handle is annli"),
        ("link", "https://acme.example/wiki?id=3", "See (https://acme.example/wiki?id=3)."),
        ("link", "wiki.acme.corp", "It is on wiki.acme.corp."),
        ("link", "/home/ann/train.py", "in /home/ann/train.py"),
        ("network", "10.20.30.40", "from 10.20.30.40 at night"),
        ("network", "2001:db8::7:1", "from 2001:db8::7:1: at night"),
        ("network", "af:08:0e:1c:7c:4b", "card af:08:0e:1c:7c:4b"),
        ("iban", "DE89 3704 0044 0532 0130 00", "to DE89 3704 0044 0532 0130 00 AND more"),
        ("number", "48213", "staff number 48213"),
        ("number", "INC0012345", "see INC0012345"),
        ("number", "RISK-318", "see RISK-318"),
        ("number", "#4821", "see #4821"),
        ("number", "4899 9999 9999 9999", "card 4899 9999 9999 9999"),
        ("phrase", "As I said in", "As I said in the review, it fails."),
        ("phrase", "as I’ve told", "It fails, as I’ve told them."),
        ("phrase", "my team", "Here my team was not asked."),
        ("phrase", "since I joined", "It fails since I joined."),
        ("phrase", "as the only", "I know this as the only nurse."),
        ("phrase", "in my report", "It stands in my report of May."),
    ],
)
def test_details_are_found_by_their_shape(kind: str, found: str, text: str) -> None:
    assert (kind, found) in pointed(text)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ("Mira Okafor", "Then Mira Okafor left."),
        ("Okafor", "Then Okafor left."),
        ("Mira", "It was Mira's idea."),
        ("mira okafor", "ask mira okafor"),
        ("OKAFOR, MIRA", "see OKAFOR, MIRA"),
        ("Mira N. Okafor", "see Mira N. Okafor"),
        ("mira.okafor", "see mira.okafor"),
        ("jose garcia", "see jose garcia"),
        ("García López", "see García López"),
        ("Nguyen Van An", "see Nguyen Van An"),
        ("Bjoern Mueller", "see Bjoern Mueller"),
        ("Muller", "see Muller"),
        ("Jean-Luc", "see Jean-Luc"),
        ("O’Brien", "O’Brien’s model"),
        ("al-Rashid", "see al-Rashid"),
        ("王小明", "我和王小明說過"),
        ("田中太郎", "田中太郎さん"),
        ("Соловьев", "see Соловьев"),
        ("प्रिया शर्मा", "see प्रिया शर्मा"),
        ("Li Wei", "see Li Wei"),
        ("Wei Li", "see Wei Li"),
        ("Ngozi Okonkwo", "see Ngozi Okonkwo"),
        ("Tove", "see Tove"),
        ("Will Grant", "Will Grant decided."),
        ("Rose, May", "see Rose, May"),
        ("Will", "We asked Will about it."),
        ("Grant", "It went to Grant on Tuesday."),
        ("Hope", "Hope said that it is fine."),
        ("Claude", "Mr. Claude knows."),
    ],
)
def test_colleagues_are_found_however_they_are_written(found: str, text: str) -> None:
    assert ("name", found) in [*pointed(text), *(("name", each) for kind, each in pointed(text) if kind == "own")]


@pytest.mark.parametrize(
    "text",
    [
        "Will anybody mark this? It may grant hope; prices rose by law.",
        "In May 2025 the Grant Agreement and the Price Index were changed. Hope remains.",
        "Mark every image. Grant nothing. May we stop?",
        "The Law of May 2024 and the Mark Scheme will help, and so will Article 9(1).",
        "GPT-4, Claude and BERT reach 0.85, 12.5 % and 1,200,000 rows under ISO/IEC 42001:2023 and EU 2019/1937.",
        "On 2026-11-28, 28.11.2026 and 11/28/2026, from 10:30 to 11:45, version 3.10.12 ran 250000 times.",
        "The prince of models is AI; li and wei are syllables.",
        "The user is not told, the account is blocked, and Slack: it is down.",
        "A hit@10 of 0.9, see CVE-2024-3094, COVID-19, GPT-4, SHA-256 and arXiv 2307.10221.",
        "People pay the Price, each Mark has its Hope, and a Rose is no Law.",
        "It was written by Claude in May, and then Claude refused.",
        "The hope law and the mark price are low.",
        "Data Science is not to blame, she said, and neither is her model.",
    ],
)
def test_clean_sentences_are_left_in_peace(text: str) -> None:
    assert pointed(text) == []


def test_the_authors_own_names_need_less() -> None:
    assert ("own", "Haddad") in pointed("ask haddad".title())
    assert ("own", "haddad") in pointed("ask haddad")
    assert ("own", "NHADDAD42") in pointed("see NHADDAD42")
    assert ("own", "Will") in pointed("The filter fails.\nThanks,\nWill")
    assert pointed("The filter will fail. Will it?") == []
    assert point_out("It is April who knows.", Names.of(()), ("April Haddad",)) == (Hint("own", "April"),)


def test_what_belongs_together_is_told_once_and_in_order() -> None:
    text = "Mira asked mira.okafor@acme.example; Mira and ann@acme.example know."
    assert pointed(text) == [("name", "Mira"), ("mail", "mira.okafor@acme.example"), ("mail", "ann@acme.example")]


def test_letters_that_are_put_together_in_another_way_are_the_same_letters() -> None:
    apart = unicodedata.normalize("NFD", "see José García, İbrahim and García’s model")
    assert [unicodedata.normalize("NFC", found) for _, found in pointed(apart)] == ["José García", "García"]


def test_ten_thousand_names_are_ready_in_a_moment_and_cost_no_time() -> None:
    many = Names.of([f"Given{number:05d}x Family{number % 700:03d}x" for number in range(10_000)])
    text = ("The model refuses people who were born abroad, and 1 in 3 appeals is lost. " * 30)[:2_000]
    point_out(text, many, OWN)
    begun = time.thread_time()
    for _ in range(20):
        point_out(text, many, OWN)
    assert (time.thread_time() - begun) / 20 < 0.015  # three times what is promised: this machine may be busy


SIGNS = st.sampled_from([*"@.- 10aA/:#<>(+é王\n'’", "at", "dot", "My ", "as I "])
PIECES = st.sampled_from(
    [*PEOPLE, "my team", "DE89 3704", "+49 30 ", "http://", "10.0.", "ID 4", "İ", "ß", "\u0301", "\ud800"]
)


@given(st.one_of(st.text(), st.lists(st.one_of(SIGNS, PIECES), max_size=60).map("".join)))
@example("İ as I said İ at a dot b my team")
@example("\ud800@\ud800.com")
def test_any_text_is_taken_and_hints_are_pieces_of_it(text: str) -> None:
    hints = point_out(text, NAMES, OWN)
    assert all(hint.found and hint.found in text and hint.kind in LABELS for hint in hints)
    assert bool(hint_blocks(hints)) == bool(hints)


@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=30), max_size=3), st.text(max_size=200))
def test_any_names_are_taken(names: list[str], own: list[str], text: str) -> None:
    hints = point_out(" ".join([text, *names, *own]), Names.of(names), own)
    assert all(hint.found for hint in hints)


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a@", "1 ", "1-", "a.", "a ", "0123456789 ", "+49 30 123456 ", "::", "a:", "my ", "DE12", "<@", "<at>"),
        *("DE89 3704 0044 0532 0130 01 ", "http://", "a_", "-", "(at)", " at ", "a at ", "1.", "1,", "1,000", "f0"),
        *("as i ", "@a", "é", "Mira ", "王小", "2024-", "id 1", "account number ", "#a", "(1", "a at a dot ", "'a"),
        *("slack as ", "/home/", "\\\\a\\", "Will ", "\u0301"),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    begun = time.thread_time()
    point_out(text, NAMES, OWN)
    assert time.thread_time() - begun < 1.0


def test_no_repr_shows_what_was_found() -> None:
    (hint,) = point_out("Mira Okafor", NAMES, ())
    assert "Mira" not in repr(hint)
    assert "Mira" not in repr(NAMES)


def test_the_hints_say_what_why_and_that_it_may_be_sent_all_the_same() -> None:
    told = plain_card(Card("", hint_blocks(point_out("Mira has *ann@acme.example*, see [x](y).", NAMES, OWN))))
    assert "might tell the council who you are" in told
    assert "Names of colleagues: “Mira”" in told
    assert "Mail addresses: “*ann@acme.example”" in told or "Mail addresses: “ann@acme.example”" in told
    assert "Change the words below, or send them as they are" in told


def test_what_was_found_is_drawn_plain() -> None:
    text, facts = hint_blocks([Hint("link", "https://x.example/*b*")])
    assert isinstance(text, Text)
    assert "x.example" not in text.markdown
    assert isinstance(facts, Facts)


def test_a_long_list_is_cut_and_says_so() -> None:
    blocks = hint_blocks([Hint("mail", f"{'long' * 40}{number}@acme.example") for number in range(MOST_LISTED + 3)])
    told = plain_card(Card("", blocks))
    assert told.count("“") == MOST_LISTED
    assert "There are 3 more." in told
    assert len(told) < 1_500


def test_where_nothing_was_found_nothing_is_said() -> None:
    assert hint_blocks(()) == ()
