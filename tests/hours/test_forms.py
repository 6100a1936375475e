"""The forms: what their values mean, and what is said where they mean nothing."""

import pytest

from bot.chat.forms import FormErrors
from bot.hours.forms import BOOK_FORM, OFFER_FORM
from bot.hours.model import BookingRequest, OfferRequest
from tests.hours.talk import FIRST, OFFER, THURSDAY

ID = "d" * 32
CHOSEN = f"{OFFER.id}@{int(FIRST.timestamp())}"


def test_an_offer_is_understood() -> None:
    read = OFFER_FORM.understand(THURSDAY | {"zone": "europe/berlin"}, ID)
    assert isinstance(read, OfferRequest)
    assert vars(read) == {name: value for name, value in vars(OFFER).items() if name != "host"} | {"id": ID}


def test_a_choice_is_understood() -> None:
    read = BOOK_FORM.understand({"slot": CHOSEN, "about": "Bias"}, ID)
    assert read == BookingRequest(ID, OFFER.id, FIRST, "Bias")


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"zone": "Mars/Base"}, "zone", "I don't know the time zone 'Mars/Base'. Write it like Europe/Berlin or"),
        ({"zone": "../../etc/passwd"}, "zone", "I don't know the time zone"),
        ({"until": "14:00"}, "until", "later than the start"),
        ({"until": "15:00"}, "until", "later than the start"),
        ({"until": "15:25"}, "until", "25 minutes, too few for a slot of 30"),
        ({"from": "15:03"}, "from", "five-minute mark"),
        ({"until": "15:59"}, "until", "five-minute mark"),
        ({"from": "15:00:30"}, "from", "five-minute mark"),
        ({"from": "15:00+02:00"}, "from", "five-minute mark"),
        ({"from": "half past"}, "from", "09:30"),
        ({"weekday": "7"}, "weekday", "one of the options"),
        ({"minutes": "5"}, "minutes", "one of the options"),
        ({"remind": "-1"}, "remind", "one of the options"),
        ({"about": "x" * 301}, "about", "At most 300"),
    ],
)
def test_a_wrong_offer_is_told_at_its_field(values: dict[str, str], field: str, words: str) -> None:
    read = OFFER_FORM.understand(THURSDAY | values, ID)
    assert isinstance(read, FormErrors)
    assert set(read.by_field) == {field}
    assert words in read.by_field[field]


def test_all_that_is_wrong_is_told_at_once() -> None:
    read = OFFER_FORM.understand(THURSDAY | {"from": "15:01", "until": "14:00", "zone": "Mars"}, ID)
    assert isinstance(read, FormErrors)
    assert set(read.by_field) == {"from", "until", "zone"}


@pytest.mark.parametrize(
    ("slot", "about", "hidden", "field"),
    [
        ("", "", ID, "slot"),
        ("nonsense", "", ID, "slot"),
        (f"{OFFER.id}@99999999999999999", "", ID, "slot"),
        (f"{OFFER.id}@١٢٣", "", ID, "slot"),
        (CHOSEN, "x" * 301, ID, "about"),
        (CHOSEN, "", "", "slot"),
        (CHOSEN, "", "d" * 31 + "\n", "slot"),
    ],
)
def test_a_wrong_booking_is_told_at_its_field(slot: str, about: str, hidden: str, field: str) -> None:
    read = BOOK_FORM.understand({"slot": slot, "about": about}, hidden)
    assert isinstance(read, FormErrors)
    assert set(read.by_field) == {field}


def test_an_offer_form_of_another_version_is_refused() -> None:
    read = OFFER_FORM.understand(THURSDAY, "")
    assert isinstance(read, FormErrors)
    assert "open it again" in read.by_field["weekday"]
