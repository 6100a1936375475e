"""The calendar file: any booking parses back as what it is, under one UID."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.chat.text import clean
from bot.hours.calendar import calendar_text
from bot.hours.model import Booking
from tests.hours.talk import BEN, BOOKING, MIRA

words = st.text(max_size=300).map(clean)
seconds = st.integers(1_600_000_000, 2_200_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
bookings = st.builds(
    lambda about, starts_at, stamped_at, state, sequence: replace(
        BOOKING,
        about=about,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        stamped_at=stamped_at,
        state=state,
        sequence=sequence,
    ),
    words,
    seconds,
    seconds,
    st.sampled_from(("booked", "cancelled")),
    st.integers(0, 99),
)


@given(bookings, words, words)
@settings(deadline=None, max_examples=80)
def test_the_file_says_what_the_booking_says(booking: Booking, mira: str, ben: str) -> None:
    text = calendar_text(booking, {MIRA: mira, BEN: ben})
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    booked = booking.state == "booked"
    assert calendar["METHOD"] == ("PUBLISH" if booked else "CANCEL")
    assert event["STATUS"] == ("CONFIRMED" if booked else "CANCELLED")
    assert event["UID"] == f"{booking.id}@rai-office-hours"
    assert event["SEQUENCE"] == booking.sequence
    assert event.decoded("DTSTAMP") == booking.stamped_at
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (booking.starts_at, booking.ends_at)
    assert str(event["DESCRIPTION"]) == booking.about
    assert str(event["SUMMARY"]) == f"RAI office hour: {mira} and {ben}"
    assert text == calendar_text(booking, {MIRA: mira, BEN: ben})


def test_instants_are_written_in_utc_and_lines_as_the_standard_wants_them() -> None:
    lines = calendar_text(BOOKING, {MIRA: "mira", BEN: "ben"}).split("\r\n")
    assert "DTSTART:20261126T140000Z" in lines
    assert "DTEND:20261126T143000Z" in lines
    assert all(len(line.encode()) <= 75 for line in lines)  # RFC 5545, 3.1
    assert {"PRODID", "VERSION", "METHOD", "ORGANIZER"} <= {line.partition(":")[0] for line in lines}
