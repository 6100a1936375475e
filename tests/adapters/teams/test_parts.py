"""A card as messages: what fits into one, what goes on in the next, and what a dialog has no room for."""

from adapters.shapes import Json, objects, word
from adapters.teams.parts import CONTINUES, LARGEST, fitted, parts
from adapters.teams.render import drawn_card, size
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Card, Confirm, Divider, Quote, Text
from tests.adapters.teams.looking import actions, problems_of, seen

GO = Pressed("hours.book/1", "{}")
MORE = "The rest comes in our chat."
WORDS = " ".join(f"word{number}" for number in range(6_000))


def shown(card: Card) -> tuple[Json, ...]:
    drawn = parts(card)
    assert [problems_of(part, "message") for part in drawn] == [[]] * len(drawn)
    assert all(size(part) <= LARGEST for part in drawn)
    return drawn


def labels(card: Json) -> list[str]:
    return [word(each, "title") for each in actions(card)]


def test_a_card_that_fits_is_one_message() -> None:
    card = Card("Office hours", (Text("Free."),), (Button("Book", GO),))
    assert shown(card) == (drawn_card(card, "message"),)
    assert [word(each, "type") for each in objects(shown(Card("A", (), (Button("Book", GO),)))[0], "body")] == [
        "TextBlock",
        "ActionSet",
    ]


def test_a_long_card_goes_on_below_with_headline_and_buttons_first() -> None:
    first, *more = shown(Card("A long answer", (Quote(WORDS, by="The author"),), (Button("Claim", GO),)))
    assert seen(first).startswith("A long answer\nThe author\nword0 ")
    assert seen(first).endswith(f"\n{CONTINUES}")
    assert (labels(first), [labels(part) for part in more]) == (["Claim"], [[]] * len(more))
    said = " ".join(map(seen, (first, *more))).replace(CONTINUES, "").split()
    assert [word for word in said if word.startswith("word")] == WORDS.split()
    assert {part["fallbackText"] for part in more} == {"A long answer: continued"}


def test_many_blocks_go_on_too() -> None:
    first, *more = shown(Card("Much", (Text("One " * 50), Divider()) * 200))
    assert more
    assert sum(seen(part).count("One One") for part in (first, *more)) == 200 * 25


def test_a_title_too_long_for_one_card_goes_on_as_well() -> None:
    drawn = shown(Card("語" * 12_000, (Text("Yes."),)))
    assert sum(seen(part).count("語") for part in drawn) == 12_000


def test_a_title_of_many_bytes_leaves_room_for_buttons_and_their_questions() -> None:
    ask = Button("Go", Pressed("hours.book/1", "🙂" * 900), confirm=Confirm("🙂" * 300, "Yes"))
    title = "🙂" * 3_001
    first, *more = shown(Card(title, (Text("Words."),), (ask,)))
    assert seen(first).startswith("🙂" * 100)
    assert sum(seen(part).count("🙂") for part in (first, *more)) == 3_001
    assert [each for part in (first, *more) for each in labels(part)] == ["Go", "Yes", "Go back"]


def test_buttons_that_carry_more_than_one_card_go_on_below_and_keep_their_questions() -> None:
    ask = Confirm("Sure?", "Yes", "No")
    much = "語" * 1_800
    buttons = tuple(Button(f"B{number}", Pressed("room.open/1", f"{much}{number}"), confirm=ask) for number in range(6))
    drawn = shown(Card("Much", (), buttons))
    assert [label for part in drawn for label in labels(part) if label.startswith("B")] == [
        f"B{number}" for number in range(6)
    ]
    assert seen(drawn[0]) == f"Much\n{CONTINUES}"


def test_a_dialog_with_too_much_keeps_its_buttons_and_says_what_is_missing() -> None:
    card = fitted(Card("Much", (Quote(WORDS), Text("last")), (Button("Claim", GO),)), MORE)
    assert problems_of(card, "dialog") == []
    assert seen(card).startswith("word0 word1 ")
    assert seen(card).endswith(f"\n{MORE}")
    assert labels(card) == ["Claim"]
    fits = fitted(Card("Little", (Text("All."),), (Button("Claim", GO),)), MORE)
    assert seen(fits) == "All."


def test_a_dialog_with_no_room_but_for_its_buttons_shows_them() -> None:
    buttons = tuple(Button(f"B{number}", Pressed("room.open/1", "x" * 1_900 + str(number))) for number in range(12))
    card = fitted(Card("Much", (Quote("word " * 300),), buttons), MORE)
    assert (seen(card), len(labels(card))) == (MORE, 12)
