"""People who use the house through its one way in, and write down what they do and what they are shown."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from benchmarks.kill.ledger import Entry, Ledger, What
from bot.app import App
from bot.chat.cards import Card, Facts
from bot.chat.errors import Conflict
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted, Inbound
from bot.chat.forms import ChoiceField, Form
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.replies import OpenForm, Reply, Whisper
from bot.chat.timing import Clock
from bot.concerns.receipt import Receipt

MARK = "Kestrel"
"""Every text that is looked for later begins with it."""

URGENCY = "urgency"
"""The field that says whether a concern may wait."""

MOST_STEPS = 4
"""How often a form may come back before something must be wrong with it."""


@dataclass(frozen=True)
class Sending:
    """A form that is filled in.

    Args:
        kind: ``concern``, ``addition`` or ``reply``.
        words: what is looked for later.
        to: the words of the concern that it belongs to, where it is none itself.
    """

    kind: str
    words: str
    to: str
    person: str
    form: str
    values: Mapping[str, str]
    hidden: str

    @classmethod
    def of(cls, entry: Entry) -> "Sending":
        """What a line of the ledger says was sent."""
        given = dict(entry.details)
        return cls(words=entry.about, values=json.loads(given.pop("values")), **given)

    @property
    def details(self) -> dict[str, str]:
        """Everything but the words, as a line of the ledger keeps it."""
        kept = {name: str(value) for name, value in vars(self).items() if name not in ("words", "values")}
        return kept | {"values": json.dumps(dict(self.values))}


class People:
    """Everybody who uses a house.

    Args:
        phase: called with what the program is at.
    """

    def __init__(self, app: App, clock: Clock, ledger: Ledger, phase: Callable[[str], None]) -> None:
        self._app = app
        self._clock = clock
        self._ledger = ledger
        self._phase = phase

    async def say_that_all_is_well(self, person: str) -> None:
        """One more in the crowd."""
        await self._does(_says(person, "well"))

    async def raise_concern(self, person: str, words: str, *, urgent: bool = False) -> None:
        """Open the form, fill it in, and send it until a receipt is shown."""
        form = _form(await self._does(_says(person, "concern")))
        self._write("opened", words, {"kind": "concern"})
        self._phase("a form is open")
        filled = _filled(form, "concern", words, "", person)
        await self.send(replace(filled, values={**filled.values, **_urgency(form)}) if urgent else filled)

    async def add(self, person: str, words: str, to: str, receipt: str) -> None:
        """Add words to a concern by its receipt."""
        form = _form(await self._does(_says(person, "receipt")))
        self._phase("a form is open")
        await self.send(_filled(form, "addition", words, to, person, receipt))

    async def read(self, person: str, receipt: str) -> None:
        """Look at a concern by its receipt."""
        form = _form(await self._does(_says(person, "receipt")))
        values = _filled(form, "reading", "", "", person, receipt).values
        await self._does(FormSubmitted(_actor(person), form.name, values, form.hidden))

    async def work_on(self, case: Card, ref: MessageRef, words: str, to: str) -> None:
        """As the chair: claim a case that nobody has, write to the author of one's own."""
        pressed = {each.action.name.partition("/")[0]: each.action for each in case.every_button}
        action = pressed.get("council.claim") or pressed.get("council.reply")
        if action is None:
            return
        try:
            reply = await self._does(ButtonPressed(_actor("chair"), ref, action.name, action.data))
        except Conflict:  # the card is older than what was done
            return
        if isinstance(reply, OpenForm):
            await self.send(_filled(reply.form, "reply", words, to, "chair"))

    async def send(self, sending: Sending) -> None:
        """Send a form, again for as long as it comes back with a preview, until something is shown."""
        for _ in range(MOST_STEPS):
            self._write("sent", sending.words, sending.details)
            self._phase("a form is on its way")
            try:
                reply = await self._does(
                    FormSubmitted(_actor(sending.person), sending.form, sending.values, sending.hidden)
                )
            except Conflict:  # it had arrived before, and its answer was lost
                self._told(sending, "")
                return
            if isinstance(reply, Whisper):
                self._told(sending, _receipt(reply.card))
                return
            form = _form(reply)
            sending = replace(sending, values=_values(form, sending.words, ""), hidden=form.hidden)
        raise RuntimeError(f"the form {sending.form} never ends")

    def _told(self, sending: Sending, receipt: str) -> None:
        self._write("told", sending.words, {"kind": sending.kind, "to": sending.to, "receipt": receipt})
        self._phase("the receipt is shown" if sending.kind == "concern" else "the answer is shown")

    async def _does(self, event: Inbound) -> Reply:
        self._write("person", event.actor.user)
        return await self._app.router.handle(event)

    def _write(self, what: What, about: str, details: Mapping[str, str] | None = None) -> None:
        self._ledger.write(Entry(what, self._clock.now(), about, details or {}))


def _says(person: str, verb: str) -> CommandUsed:
    return CommandUsed(_actor(person), Place("terminal", "desk"), verb)


def _actor(person: str) -> Actor:
    return Actor("terminal", "local", person)


def _form(reply: Reply) -> Form:
    if not isinstance(reply, OpenForm):
        raise RuntimeError(f"a form was to come back, and what came is a {type(reply).__name__}")
    return reply.form


def _filled(form: Form, kind: str, words: str, to: str, person: str, receipt: str = "") -> Sending:
    return Sending(kind, words, to, person, form.name, _values(form, words, receipt), form.hidden)


def _values(form: Form, words: str, receipt: str) -> dict[str, str]:
    """What stands in the form, and where nothing does: the words, the receipt, the first choice there is."""
    given = {"words": words, "receipt": receipt}
    return {each.name: each.initial or given.get(each.name) or _any(each) for each in form.fields}


def _any(field: object) -> str:
    match field:
        case ChoiceField(required=True, options=((value, _), *_)):
            return value
        case _:
            return ""


def _urgency(form: Form) -> dict[str, str]:
    """The last choice there is: at once."""
    return {
        each.name: each.options[-1][0] for each in form.fields if isinstance(each, ChoiceField) and each.name == URGENCY
    }


def _receipt(card: Card) -> str:
    shown = (value for block in card.blocks if isinstance(block, Facts) for _, value in block.rows)
    return next((value for value in shown if Receipt.parse(value)), "")
