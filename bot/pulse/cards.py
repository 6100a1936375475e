"""What the room shows: the card that everybody gets, and how it stands with somebody; pure."""

from dataclasses import replace

from bot.chat import desk
from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Button, Card, Text

LEAVE = Action("pulse.leave/1", NoPayload)
COME_BACK = Action("pulse.come-back/1", NoPayload)

_LEAVE = Button("Do not ask me again", LEAVE(NoPayload()))
_COME_BACK = Button("Ask me again", COME_BACK(NoPayload()))

QUESTION_INSTEAD = "If that was a question, please write it behind `/rai ask`. This is how it stands with the card:"


def pulse_card() -> Card:
    """The same for everybody, letter by letter: nothing in it may tell one from another."""
    asked = "All is well, a question, or something that goes wrong: one form takes each of them."
    why = (
        "Everybody in a channel of yours gets this very card today, but for guests and for those who do not want it, "
        "and what opens is the same whatever you have to say. The more people open it, the less that tells about any "
        "of them: even with 'All is well' you make it safer for whoever needs it."
    )
    # One button: who watches must not see which of the three it was.
    open_form = replace(desk.button("Open the form", desk.WELL), style="primary")
    return Card("Anything on your mind?", (Text(asked), Text(why)), (open_form, _LEAVE))


def standing_card(when: str, *, asked: bool, notice: str = "") -> Card:
    """Whether somebody is asked, and the way to change it.

    Args:
        when: the time of the week; empty while the pulse is switched off.
        notice: a sentence of ours.
    """
    every = f"Once a week ({when}) everybody in one channel, but for guests, gets the same small card from me."
    off = "The weekly card is switched off here at the moment."
    stands = (
        "If you are in that channel, you get it too. One press, or `/rai pulse off`, and you do not get it until you "
        "ask for it again."
        if asked
        else "You do not get it until you ask for it again (`/rai pulse on`). Only this wish is kept. All else is as "
        "before."
    )
    words = (*((notice,) if notice else ()), every if when else off, stands)
    return Card("The weekly card", tuple(map(Text, words)), (_LEAVE if asked else _COME_BACK,))
