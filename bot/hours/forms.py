"""The room's forms and what their values mean; pure."""

import re
from datetime import UTC, datetime, time

from bot.chat.actions import is_mark
from bot.chat.forms import ChoiceField, FormErrors, FormSpec, TextField, TimeField, Values
from bot.chat.text import shorten
from bot.hours.model import DAYS, BookingRequest, OfferRequest, Slot, known_zone

_CHOICE = re.compile("([0-9a-f]{32})@([0-9]{1,11})")
_OLD_FORM = "This form is from another version of the bot. Nothing was done. Please open it again."
_UNKNOWN_ZONE = "I don't know the time zone '{}'. Write it like Europe/Berlin or America/New_York."

_WEEKDAYS = tuple((str(number), day) for number, day in enumerate(DAYS))
_LENGTHS = (("15", "15 minutes"), ("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour"))
_REMINDERS = (("15", "15 minutes before"), ("60", "1 hour before"), ("1440", "1 day before"))


def choice(slot: Slot) -> str:
    """A slot's value among a form's choices: the offer's id and the start as seconds since 1970."""
    return f"{slot.offer.id}@{int(slot.starts_at.timestamp())}"


def _read_booking(values: Values, hidden: str) -> BookingRequest | FormErrors:
    chosen = _CHOICE.fullmatch(values["slot"])
    if chosen is None:
        return FormErrors({"slot": "Please choose one of the free times."})
    if not is_mark(hidden):
        return FormErrors({"slot": _OLD_FORM})
    return BookingRequest(hidden, chosen[1], datetime.fromtimestamp(int(chosen[2]), UTC), values["about"])


def _read_offer(values: Values, hidden: str) -> OfferRequest | FormErrors:
    opens, closes = time.fromisoformat(values["from"]), time.fromisoformat(values["until"])
    weekday, minutes, remind_minutes = int(values["weekday"]), int(values["minutes"]), int(values["remind"])
    zone = known_zone(values["zone"])
    wrong = {
        "weekday": "" if is_mark(hidden) else _OLD_FORM,
        "from": _off_grid(opens),
        "until": _off_grid(closes) or _too_short(opens, closes, minutes),
        "zone": "" if zone else _UNKNOWN_ZONE.format(shorten(values["zone"], 40)),
    }
    told = {name: problem for name, problem in wrong.items() if problem}
    if told or zone is None:
        return FormErrors(told)
    return OfferRequest(hidden, weekday, opens, closes, minutes, zone, remind_minutes, values["about"])


def _off_grid(at: time) -> str:
    # ISO 8601 allows seconds and an offset of its own; dropping them would change what was meant.
    on_grid = at.minute % 5 == 0 and at == time(at.hour, at.minute)
    return "" if on_grid else "Please write a time on a five-minute mark, like 09:30 or 09:35."


def _too_short(opens: time, closes: time, minutes: int) -> str:
    window = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    if window <= 0:
        return "Please choose an end later than the start; past midnight, offer two windows."
    return "" if window >= minutes else f"These are {window} minutes, too few for a slot of {minutes}."


BOOK_FORM: FormSpec[BookingRequest] = FormSpec(
    name="hours.book/1",
    title="Book an office hour",
    fields=(
        ChoiceField("slot", "When"),
        TextField("about", "What would you like to talk about?", required=False, most=300, multiline=True),
    ),
    submit="Book",
    read=_read_booking,
)
"""The slots to choose from are known when it is drawn; ``hidden`` is the id that the booking will have."""

OFFER_FORM: FormSpec[OfferRequest] = FormSpec(
    name="hours.offer/1",
    title="Offer office hours",
    fields=(
        ChoiceField("weekday", "Every", _WEEKDAYS),
        TimeField("from", "From", hint="By the clock of the time zone below."),
        TimeField("until", "Until"),
        ChoiceField("minutes", "Length of a slot", _LENGTHS, initial="30"),
        TextField("zone", "Time zone", hint="Like Europe/Berlin or America/New_York.", most=64),
        ChoiceField("remind", "Remind both sides before", _REMINDERS, initial="60"),
        TextField("about", "What can people ask you about?", required=False, most=300, multiline=True),
    ),
    submit="Offer",
    read=_read_offer,
)
"""``hidden`` is the id that the offer will have."""
