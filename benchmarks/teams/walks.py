"""The beginning of every walk, through Microsoft's Agents Playground; each returns what was shown at its end."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from adapters.shapes import word
from adapters.teams import names
from benchmarks.teams.client import Playground, Shown
from benchmarks.teams.reading import button, objects_in, words_in

QUESTION = "Can a risk score be calibrated and have equal false positive rates?"
WORDS = "The new scoring model was shipped although its bias test failed."
THURSDAY = {"weekday": "3", "from": "15:00", "until": "16:00", "zone": "Europe/Berlin", "about": "Scoring models."}
NOTHING_SENT: dict[str, str] = {}


@dataclass(frozen=True)
class Dialog:
    """What stands in the window that an invoke opened."""

    task: Any

    @property
    def words(self) -> str:
        """All its words, a line each."""
        return "\n".join([str(self.task["title"]), *words_in(self.task["card"])])


def _dialog(answer: Any) -> Dialog:
    assert word(answer, "task", "type") == "continue", f"no dialog: {answer}"
    return Dialog(answer["task"]["value"])


async def _opens(teams: Playground, message: Shown, title: str, who: Any = None) -> Dialog:
    """Press a button that opens a dialog."""
    action = button(message.content, title)
    assert action["data"]["msteams"] == {"type": "task/fetch"}, f"{title!r} opens no dialog"
    value = {"data": action["data"], "context": {"theme": "default"}}
    return _dialog(await teams.invokes("task/fetch", value, who, message.where, message.id))


async def _sends(teams: Playground, dialog: Dialog, title: str, typed: dict[str, str], who: Any = None) -> Dialog:
    """Fill in what is named, leave the rest as it stands, and send."""
    inputs = (each for each in objects_in(dialog.task) if str(each.get("type", "")).startswith("Input."))
    standing = {each["id"]: each.get("value", "") for each in inputs}
    value = {"data": {**button(dialog.task, title)["data"], **standing, **typed}, "context": {"theme": "default"}}
    return _dialog(await teams.invokes("task/submit", value, who))


def _holds(seen: str, *wanted: str) -> str:
    missing = [each for each in wanted if each not in seen]
    assert not missing, f"{missing} not in {seen!r}"
    return seen


async def welcome(teams: Playground) -> str:
    """Whoever adds the bot is welcomed once, however often Teams says so."""
    await teams.installs()
    await teams.installs()
    seen = await teams.sees("RAI office hours", teams.played.chat)
    await teams.says("help")
    await teams.sees("What I can do", teams.played.chat)
    here = [each for each in teams.shown if each.where == teams.played.chat]
    assert len(here) == 2, f"{len(here)} messages where a welcome and a help were due"
    return seen.words


async def help_everywhere(teams: Playground) -> str:
    """Help names what can be said, also to who only calls the bot's name in a channel."""
    await teams.says("", teams.played.channel)
    return _holds((await teams.sees("What I can do", teams.played.channel)).words, "\nhours\n", "\nask\n")


async def home(teams: Playground) -> str:
    """The bot's own page is a card."""
    await teams.says("home")
    return (await teams.sees("Ask a question", teams.played.chat)).words


async def asks(teams: Playground) -> str:
    """A question in the chat is answered with its sources."""
    await teams.says(QUESTION)
    return _holds((await teams.sees("More", teams.played.chat)).words, "More")


async def presses(teams: Playground) -> str:
    """A button on the answer does what it says; the Playground itself sends the press."""
    message = await teams.sees("More", teams.played.chat)
    answer = await teams.executes(button(message.content, "More"), message)
    assert answer["value"] == "I have answered.", answer
    return (await teams.sees("The result in plain words", teams.played.chat)).words


async def asks_in_a_channel(teams: Playground) -> str:
    """Who asks by a mention is answered; a Teams that has them shows this to the asker alone."""
    await teams.says(QUESTION, teams.played.channel)
    return (await teams.sees("More", teams.played.channel)).words


async def asks_in_a_group(teams: Playground) -> str:
    """The same in a group chat."""
    await teams.says(QUESTION, teams.played.group)
    return (await teams.sees("More", teams.played.group)).words


async def commands_behind_a_slash(teams: Playground) -> str:
    """A message that only the bot sees is answered to its author alone."""
    bot = {**teams.played.config["bot"], "isTargeted": True}
    await teams.does({"type": "message", "text": "hours", "recipient": bot}, where=teams.played.group)
    return (await teams.sees("Free next", teams.played.group)).words


async def offers_and_books(teams: Playground) -> str:
    """An hour is offered in one dialog and booked in another; the calendar file is offered, and the host is told."""
    host = teams.played.person("The host")
    await teams.calls("offer", host, teams.played.group)
    form = await _opens(teams, await teams.sees("Offer office hours", teams.played.group), "Open the form", host)
    wrong = await _sends(teams, form, "Offer", {**THURSDAY, "zone": "Berlin"}, host)
    _holds(wrong.words, "I don't know the time zone 'Berlin'", "Scoring models.")
    await _sends(teams, wrong, "Offer", THURSDAY, host)
    await teams.says("book")
    booking = await _opens(teams, await teams.sees("Book an office hour", teams.played.chat), "Open the form")
    slot = next(each for each in objects_in(booking.task) if each.get("id") == "slot")
    booked = await _sends(teams, booking, "Book", {"slot": slot["choices"][0]["value"], "about": "A model."})
    await teams.until(
        lambda: any("Somebody booked your office hour" in each for each in teams.taken), "the host's news"
    )
    return booked.words


async def concern(teams: Playground) -> str:
    """A concern is raised from the desk, in dialogs alone; its receipt is shown there and in no chat."""
    await teams.says("desk")
    desk = await _opens(teams, await teams.sees("This needs a form", teams.played.chat), "Open the form")
    form = await _sends(teams, desk, "Go on", {"what": "concern"})
    empty = await _sends(teams, form, "Go on", NOTHING_SENT)
    _holds(empty.words, "What is going wrong?")
    filled = {"words": WORDS, "value": "fairness", "urgency": "soon"}
    preview = await _sends(teams, empty, "Go on", filled)
    _holds(preview.words, "This is what the council will see", WORDS)
    kept = await _sends(teams, preview, "Send to the council", filled)
    receipt = receipt_in(kept.words)
    assert all(receipt not in each.words for each in teams.shown), "a receipt stands in a chat"
    return _holds(kept.words, "Your concern is kept")


async def case(teams: Playground) -> str:
    """The case stands in the council's channel without its author; who has a seat claims it, in place."""
    message = await teams.sees(WORDS, teams.played.council)
    _holds(message.words, "State", "open")
    assert "Mira" not in message.words, "the author's name"
    action = button(message.content, "Claim")
    value = {"action": {key: action[key] for key in ("type", "verb", "data")}, "trigger": "manual"}
    chair = teams.played.person("The chair")
    await teams.invokes("adaptiveCard/action", value, chair, message.where, message.id)
    await teams.until(lambda: "claimed" in message.words and message.edits > 0, "the claimed case")
    await teams.until(lambda: sum(each.where == message.where for each in teams.shown) > 1, "an event in its thread")
    return message.words


async def case_without_a_seat(teams: Playground) -> str:
    """Who has no seat changes nothing, and is told so."""
    message = await teams.sees(WORDS, teams.played.council)
    return _holds((await _opens(teams, message, "Write to the author")).words, "members")


async def typed_concern(teams: Playground) -> str:
    """Words typed for the safe space go no further; the way to the desk is shown, which leads everywhere."""
    await teams.says(f"concern {WORDS}")
    message = await teams.sees("What you wrote stands in this chat", teams.played.chat)
    desk = await _opens(teams, message, "Open the form")
    assert WORDS not in desk.words, "the words were taken along"
    return desk.words


async def receipt(teams: Playground) -> str:
    """A receipt that is none is told at its field, and what was typed stays."""
    await teams.says("receipt")
    desk = await _opens(teams, (await teams.sees("Open the form", teams.played.chat)), "Open the form")
    form = await _sends(teams, desk, "Go on", {"what": "receipt"})
    wrong = await _sends(teams, form, "Go on", {"receipt": "three words only"})
    return _holds(wrong.words, "A receipt is six words", "three words only")


async def desk_from_the_message_box(teams: Playground) -> str:
    """The message extension opens the desk at once."""
    return _holds(_dialog(await teams.extends(names.DESK)).words, "What would you like to do?")


async def about_a_message(teams: Playground) -> str:
    """*Ask about this message* opens the desk with its words."""
    payload = {"messagePayload": {"id": "1", "body": {"contentType": "html", "content": f"<p>{QUESTION}</p>"}}}
    return _holds(_dialog(await teams.extends(names.ASK_ABOUT, payload)).words, QUESTION)


async def stale(teams: Playground) -> str:
    """A button that no room knows any more is answered with a sentence."""
    old = {"data": {"rai": {"press": "hours.gone/1", "data": "{}"}}, "context": {"theme": "default"}}
    return _dialog(await teams.invokes("task/fetch", old)).words


async def unheard_of(teams: Playground) -> str:
    """What Teams tells and nobody asked for is taken without a word."""
    before = len(teams.shown)
    await teams.does({"type": "messageReaction", "reactionsAdded": [{"type": "like"}]})
    await teams.does({"type": "event", "name": "application/vnd.microsoft.readReceipt", "value": {}})
    assert len(teams.shown) == before
    return "nothing"


def receipt_in(words: str) -> str:
    """The six words on what an author sees."""
    found = re.search(r"\b([a-z-]+(?: [a-z-]+){5})\b\n", f"{words}\n")
    assert found, f"no receipt in {words!r}"
    return found[1]


Walk = Callable[[Playground], Awaitable[str]]

WALKS: tuple[Walk, ...] = (
    welcome, help_everywhere, home, asks, presses, asks_in_a_channel, asks_in_a_group, commands_behind_a_slash,
    offers_and_books, concern, case, case_without_a_seat, typed_concern, receipt, desk_from_the_message_box,
    about_a_message, stale, unheard_of,
)  # fmt: skip
