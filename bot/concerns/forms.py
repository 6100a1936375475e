"""What the safe space asks: each form comes back once as a preview, so that nothing is sent that was not looked at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nacl.encoding import RawEncoder
from nacl.hash import blake2b

from bot.chat.actions import Codec, Mark
from bot.chat.cards import Block, Facts, Quote, Text
from bot.chat.forms import ChoiceField, Form, FormErrors, FormSpec, TextField, Values
from bot.concerns.model import (
    AFFECTED,
    LONGEST_WORDS,
    STAGES,
    SURE,
    URGENCIES,
    VALUES,
    About,
    Concern,
    FormMark,
    Guide,
    Words,
)
from bot.concerns.receipt import Receipt

LONGEST_RECEIPT = 120
"""Characters that six words of the list may take, with room for how they are written down."""


@dataclass(frozen=True)
class Draft:
    """What a form carries: its mark, the print of what was previewed, which is empty before the first preview, and
    whether that preview said that everything goes at once.
    """

    mark: Mark
    seen: str = ""
    all_at_once: bool = False


_DRAFT = Codec(Draft)


@dataclass(frozen=True)
class Sent:
    """What every form of the room means beside its own fields.

    Args:
        values: as they were filled in, to fill in the preview with.
        seen: whether they are the ones that were previewed, and all_at_once: what that preview said of when they go.
    """

    mark: FormMark
    values: Mapping[str, str] = field(repr=False)
    seen: bool
    all_at_once: bool = False

    def stands(self, *, all_at_once: bool) -> bool:
        """Whether the author has seen what becomes of it, by the rule that holds now."""
        return self.seen and self.all_at_once == all_at_once


@dataclass(frozen=True)
class Raised:
    """What the concern's form means."""

    concern: Concern
    sent: Sent


@dataclass(frozen=True)
class Followed:
    """What the receipt's form means; ``words`` where the author adds something."""

    receipt: Receipt
    words: Words | None
    sent: Sent


def _print(values: Values) -> str:
    whole = json.dumps(dict(values), sort_keys=True).encode()
    return blake2b(whole, digest_size=16, encoder=RawEncoder).hex()


def _sent(values: Values, hidden: str) -> Sent:
    draft = _DRAFT.read(hidden)
    return Sent(FormMark(draft.mark), values, draft.seen == _print(values), draft.all_at_once)


def _read_raised(values: Values, hidden: str) -> Raised | FormErrors:
    about = About(**{name: "" if said == NOT_SAID else said for name, said in values.items() if name != "words"})
    return Raised(Concern(Words(values["words"]), about), _sent(values, hidden))


def _read_followed(values: Values, hidden: str) -> Followed | FormErrors:
    try:
        receipt = Receipt.parse(values["receipt"])
    except ValueError as error:
        return FormErrors({"receipt": str(error)})
    if receipt.stands_in(values["words"]):
        return FormErrors({"words": "Your receipt stands in these words, and the council would hold it. Take it out."})
    return Followed(receipt, Words(values["words"]) if values["words"] else None, _sent(values, hidden))


NOT_SAID = "rather not say"
"""What stands first where nothing has to be chosen: in a chat a choice cannot be taken back otherwise."""


def _choice(name: str, label: str, options: tuple[str, ...], initial: str = NOT_SAID) -> ChoiceField:
    listed = options if initial in options else (initial, *options)
    chosen_from = tuple((each, each) for each in listed)
    return ChoiceField(name, label, chosen_from, initial=initial, required=initial != NOT_SAID)


_URGENCY = ChoiceField(
    "urgency",
    "How urgent is it?",
    tuple((each, "at once, which may give me away" if each == URGENCIES[-1] else each) for each in URGENCIES),
    initial=URGENCIES[0],
    hint="The council sees it. Only “at once” does not wait for the next release.",
)

_WORDS = TextField(
    "words",
    "What is going wrong?",
    hint="What you saw, whom it affects, what you fear.",
    most=LONGEST_WORDS,
    multiline=True,
)


def raise_form(guide: Guide) -> FormSpec[Raised]:
    """The concern's form: what can be chosen first, then words."""
    system = (_choice("system", "Which system or team?", guide.systems),) if guide.systems else ()
    fields = (
        *system,
        _choice("value", "Which value does it touch?", VALUES, "not sure"),
        _choice("stage", "At which stage?", STAGES),
        _choice("affected", "Who is affected?", AFFECTED),
        _URGENCY,
        _choice("sure", "How sure are you?", SURE),
        _WORDS,
    )
    return FormSpec("concerns.raise/2", "Raise a concern", fields, "Go on", _read_raised, _promise(guide))


def _promise(guide: Guide) -> tuple[Block, ...]:
    elsewhere = "Outside channels are listed below." if guide.outside else "Your council has listed no outside channel."
    words = Text(
        "**The bot never stores who you are, where or when you write**; only of “at once” it keeps the time. Your chat "
        "platform and your employer may still see that you used the bot, and what passes through their systems. "
        f"{elsewhere}"
    )
    rows = (("It goes to", guide.council), *((each.name, each.address) for each in guide.outside))
    told = tuple((label, value) for label, value in rows if value)
    return (words, Facts(told)) if told else (words,)


CUT = Text(
    f"**Only the first {LONGEST_WORDS:,} characters fit here**; what came behind them was not kept. "
    "Send the rest with the receipt that you get."
)

FOLLOW_FORM = FormSpec(
    name="concerns.follow/2",
    title="Use a receipt",
    fields=(
        TextField("receipt", "Your receipt", hint="The six words.", most=LONGEST_RECEIPT),
        TextField(
            "words",
            "Anything to add?",
            hint="Leave it empty to read what the council wrote.",
            required=False,
            most=LONGEST_WORDS,
            multiline=True,
        ),
    ),
    submit="Go on",
    read=_read_followed,
)


def fresh(spec: FormSpec[Raised] | FormSpec[Followed], initial: Values) -> Form:
    """A form that was not looked at yet."""
    return spec.form(_DRAFT.write(Draft(FormMark.new().value)), initial)


def raise_preview(spec: FormSpec[Raised], raised: Raised, *, all_at_once: bool = False) -> Form:
    """The same form, filled, under what the council will see of it.

    Args:
        all_at_once: whether everything goes to the council at once, whatever its author chooses.
    """
    about = raised.concern.about
    risk = (_TRIED_OUT,) if all_at_once else (_URGENT,) if about.urgent else ()
    return _preview(spec, raised.sent, (*concern_blocks(about, raised.concern.words), *risk), all_at_once)


def follow_preview(sent: Sent, words: Words, *, all_at_once: bool = False) -> Form:
    """The same form, filled, under what the council will see of it."""
    risk = _TRIED_OUT if all_at_once else _WAITS
    return _preview(FOLLOW_FORM, sent, (Quote(words.text, by="The author"), risk, _NARROWS), all_at_once)


def _preview(
    spec: FormSpec[Raised] | FormSpec[Followed], sent: Sent, shown: tuple[Block, ...], all_at_once: bool
) -> Form:
    form = spec.form(_DRAFT.write(Draft(sent.mark.value, _print(sent.values), all_at_once)), sent.values)
    return replace(
        form, title="Before it is sent", submit="Send to the council", intro=(_SEES, *shown, _STYLE), ready=True
    )


def concern_blocks(about: About, words: Words) -> tuple[Block, ...]:
    """A concern as its author previews it, and as the council reads it."""
    return (Facts(about_rows(about)), Quote(words.text, by="The author"))


def about_rows(about: About) -> tuple[tuple[str, str], ...]:
    """What a concern is about; what its author would rather not say has no row."""
    rows = (
        ("System or team", about.system),
        ("Value", about.value),
        ("Stage", about.stage),
        ("Affected", about.affected),
        ("Urgency", about.urgency),
        ("How sure", about.sure),
    )
    return tuple((label, said) for label, said in rows if said)


_SEES = Text("**This is what the council will see of you**, and nothing else. You can still change it.")

_STYLE = Text("How you write can give you away too: leave out names, teams and turns of phrase that only you use.")

_URGENT = Text(
    "**At once means that the time is known.** It does not wait for others to hide among: whoever can see who used the "
    "bot just now will very likely know that it was you. Choose “soon” to go with the next release."
)

_TRIED_OUT = Text(
    "**Here the time is known.** I am set to hand everything to the council at once, which is for trying me out: "
    "whoever can see who used the bot just now will very likely know that it was you."
)

_WAITS = Text(
    "It goes with the next release. If it cannot wait, raise a new concern “at once”, and name this one in it by its "
    "code name."
)

_NARROWS = Text(
    "Every message makes it a little easier to guess who wrote all of them: add only what is needed. What the council "
    "wants everybody to read stands on the answers board too."
)
