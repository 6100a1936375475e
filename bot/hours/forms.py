"""The room's forms and what their values mean; pure."""

import re
from datetime import UTC, datetime, time

from bot.chat.forms import ChoiceField, FormErrors, FormSpec, TextField, TimeField, Values
from bot.chat.text import shorten
from bot.hours.model import DAYS, BookingRequest, OfferRequest, Slot, known_zone

MOST_CHOICES = 24
"""How many free slots a form lists."""

_ID = re.compile("[0-9a-f]{32}")
_CHOICE = re.compile("([0-9a-f]{32})@([0-9]{1,11})")
_OLD_FORM = "This form is from another version of the bot. Nothing was done. Please open it again."


def choice(slot: Slot) -> str:
    """The value of a slot among a form's choices: the offer's id and the start as seconds since 1970."""
    return f"{slot.offer.id}@{int(slot.starts_at.timestamp())}"


def read_booking(values: Values, hidden: str) -> BookingRequest | FormErrors:
    """Which slot is wanted; ``hidden`` is the id that the booking will have."""
    chosen = _CHOICE.fullmatch(values["slot"])
    if chosen is None:
        return FormErrors({"slot": "Please choose one of the free times."})
    if not _ID.fullmatch(hidden):
        return FormErrors({"slot": _OLD_FORM})
    return BookingRequest(hidden, chosen[1], datetime.fromtimestamp(int(chosen[2]), UTC), values["about"])


def read_offer(values: Values, hidden: str) -> OfferRequest | FormErrors:
    """What is offered; ``hidden`` is the id that the offer will have."""
    opens, closes = time.fromisoformat(values["from"]), time.fromisoformat(values["until"])
    minutes, zone = int(values["minutes"]), known_zone(values["zone"])
    wrong = {
        "weekday": "" if _ID.fullmatch(hidden) else _OLD_FORM,
        "from": _off_grid(opens),
        "until": _off_grid(closes) or _too_short(opens, closes, minutes),
        "zone": "" if zone else _unknown(values["zone"]),
    }
    told = {name: problem for name, problem in wrong.items() if problem}
    if told or zone is None:
        return FormErrors(told)
    remind = int(values["remind"])
    return OfferRequest(hidden, int(values["weekday"]), opens, closes, minutes, zone, remind, values["about"])


def _off_grid(at: time) -> str:
    # A time may be written with seconds or with an offset of its own; both would be lost without a word.
    on_grid = at.minute % 5 == 0 and at.replace(hour=0, minute=0) == time(0)
    return "" if on_grid else "Please write a time on a five-minute mark, like 09:30 or 09:35."


def _too_short(opens: time, closes: time, minutes: int) -> str:
    window = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    if window <= 0:
        return "Please choose an end that is later than the start. A window cannot go past midnight; offer two instead."
    if window < minutes:
        return f"From start to end there are {window} minutes, too few for a slot of {minutes}."
    return ""


def _unknown(zone: str) -> str:
    return f"I don't know the time zone '{shorten(zone, 40)}'. Write it like Europe/Berlin or America/New_York."


BOOK_FORM: FormSpec[BookingRequest] = FormSpec(
    name="hours.book/1",
    title="Book an office hour",
    fields=(
        ChoiceField("slot", "When"),
        TextField("about", "What would you like to talk about?", required=False, most=300, multiline=True),
    ),
    submit="Book",
    read=read_booking,
)

OFFER_FORM: FormSpec[OfferRequest] = FormSpec(
    name="hours.offer/1",
    title="Offer office hours",
    fields=(
        ChoiceField("weekday", "Every", tuple((str(number), day) for number, day in enumerate(DAYS))),
        TimeField("from", "From", hint="By the clock of the time zone below."),
        TimeField("until", "Until"),
        ChoiceField(
            "minutes",
            "Length of a slot",
            (("15", "15 minutes"), ("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour")),
            initial="30",
        ),
        TextField("zone", "Time zone", hint="Like Europe/Berlin or America/New_York.", most=64),
        ChoiceField(
            "remind",
            "Remind both sides before",
            (("15", "15 minutes before"), ("60", "1 hour before"), ("1440", "1 day before")),
            initial="60",
        ),
        TextField("about", "What can people ask you about?", required=False, most=300, multiline=True),
    ),
    submit="Offer",
    read=read_offer,
)
