"""The errors a person may read, as a tree.

HouseError
├── NotAllowed        this person may not do this
├── NotFound          what was named is not here (any more)
├── Conflict          somebody was faster, or it was done already
├── StaleButton       the button or form is from another version of the bot
├── Unreachable       a message could not be delivered (now, or ever)
│   └── Busy          the platform asks for patience; nothing was sent
└── StoreProblem      the database cannot be used
"""

from datetime import timedelta


class HouseError(Exception):
    """Something went wrong that a person should be told.

    Args:
        message_for_person: a sentence or two: what happened, what was kept, what to do next. Never holds what somebody
            wrote, nor who they are.
        permanent: whether trying the same again is pointless.
    """

    permanent_by_nature = True

    def __init__(self, message_for_person: str, *, permanent: bool | None = None) -> None:
        super().__init__(message_for_person)
        self.message_for_person = message_for_person
        self.permanent = self.permanent_by_nature if permanent is None else permanent


class NotAllowed(HouseError):
    """This person may not do this."""


class NotFound(HouseError):
    """What was named is not here, or not any more."""


class Conflict(HouseError):
    """Somebody was faster, or it was done already."""


class StaleButton(HouseError):
    """The button or form comes from another version of the bot, or its data cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "This button is from another version of the bot and does nothing any more. Nothing was changed. "
            "Please call the bot again and use the fresh one."
        )


class Unreachable(HouseError):
    """A message could not be delivered: now (not permanent), or ever (permanent)."""

    permanent_by_nature = False


class Busy(Unreachable):
    """The platform takes no more for now; nothing was sent.

    Args:
        wait: how long to leave it alone.
    """

    def __init__(self, wait: timedelta) -> None:
        super().__init__("The platform takes no more messages for the moment. Nothing was lost; please try again soon.")
        self.wait = wait


class StoreProblem(HouseError):
    """The database cannot be used."""

    permanent_by_nature = False
