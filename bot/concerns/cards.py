"""What the safe space shows."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Button, Card, Facts, Quote, Text
from bot.chat.sealed import HomePart
from bot.concerns.model import Going, Thread
from bot.concerns.receipt import Kept

RAISE = Action("concerns.raise/1", NoPayload)
FOLLOW = Action("concerns.follow/1", NoPayload)


def home_part() -> HomePart:
    """The room's share of the bot's own page, the same for everybody."""
    words = Text("**Something is going wrong?** Say it without your name; the council answers.")
    raise_it = Button("Raise a concern", RAISE(NoPayload()), opens_form=True)
    return HomePart((words,), (raise_it, Button("Use a receipt", FOLLOW(NoPayload()), opens_form=True)))


def receipt_card(kept: Kept, going: Going | None, keep_days: int) -> Card:
    """The only time the receipt is shown."""
    return Card(
        title="Your concern is kept",
        blocks=(
            Facts((("Receipt", kept.receipt.text),), exact=True),
            Text(
                "Write these six words down, away from this chat. They are the only way to read what the council "
                "writes to you and to add something. Nobody can give them to you again, because nothing is kept of who "
                "you are."
            ),
            Text(
                f"{_goes(going)} It is forgotten {keep_days} days after it is resolved, unless the council says "
                "otherwise."
            ),
            Text(
                f"Note **{kept.code}** too: the council calls your concern so. Only the council sees it; if it puts an "
                "answer on the answers board for everybody, you find it there by that name, without the six words."
            ),
        ),
        fallback="Your concern is kept. Write the receipt down.",
    )


def thread_card(thread: Thread, added: bool, going: Going | None) -> Card:
    """What the holder of a receipt reads."""
    waiting = thread.waiting if going else 0
    blocks = (
        *((Text(f"What you added is kept. {_goes(going)}"),) if added else ()),
        *((Text(f"Messages of yours that wait for the next release: {waiting}."),) if waiting else ()),
        Text(_state(thread) if thread.released or added else f"{_state(thread)} {_goes(going)}"),
        *(Quote(words.text, by="The council") for words in thread.replies),
    )
    write = Button("Write back" if thread.replies else "Add something", FOLLOW(NoPayload()), opens_form=True)
    return Card(f"Your concern, {thread.code}", blocks, (write,))


Row: TypeAlias = Mapping[str, object]


def privacy_card(said: str, of_author: Row, of_words: Row) -> Card:
    """The very rows that a concern becomes: one for the receipt's holder, one for what was written."""
    return Card(
        "What a concern becomes",
        (
            Text(
                "**No name, no place, no time**; only of a concern that goes at once its batch keeps when that was. "
                "If somebody raised this concern just now:"
            ),
            Quote(said),
            Text(
                "these two rows are all that the database would keep of it until its release; the council's case comes "
                "after that. They were made for you the way every concern's rows are, and thrown away. The first leads "
                "the holder of the receipt to the answers:"
            ),
            Facts(_shown(of_author), exact=True),
            Text("The second holds what was written:"),
            Facts(_shown(of_words), exact=True),
            Text(
                "The ids are random. `lookup` and `author_key` come from the six words of the receipt, which are not "
                "kept. `batch` says with which release it goes (always 1 here, or you could count the others), `turn` "
                "that it comes first. `once` tells the same form sent twice. `for_council` is what was written, filled "
                "up to one size and sealed; the key lies outside the database. `for_author` is for what the council "
                "writes."
            ),
            Text(
                "What no row holds may still be known elsewhere: your chat platform and your employer may see that you "
                "used the bot. The page on anonymity in the bot's documentation (docs/anonymity.md) tells more, with "
                "figures."
            ),
        ),
    )


def _shown(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((column, _value(value)) for column, value in row.items())


def _value(value: object) -> str:
    if isinstance(value, bytes):
        return f"{value[:12].hex()}… ({len(value):,} bytes)"
    return "empty" if value is None else str(value)


def _goes(going: Going | None) -> str:
    if going is None:
        return "It goes to the council at once."
    latest = _when(going.latest)
    if going.earliest == going.latest:
        return f"It goes to the council {latest}."
    return (
        f"It goes to the council with the next release, {_when(going.earliest)} at the earliest, if enough "
        f"people have used me by then for you to hide among, and {latest} in any case."
    )


def _when(moment: datetime) -> str:
    # Nobody's own clock: the room does not know where its author lives.
    return f"on {moment:%a %d %b %Y at %H:%M} {moment.tzinfo}"


def _state(thread: Thread) -> str:
    if not thread.released:
        return "The council has not been given your concern yet."
    if not thread.replies:
        return "The council has your concern and has not written to you yet."
    return "The council has your concern. This is what it wrote:"
