"""Fills in whatever form the bot draws, by what the form itself says, until a receipt is shown."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import inputs as slack_inputs
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.seen import inputs as teams_inputs
from tests.doubles.teams.seen import label_of

LONGER, PATIENCE = "longer than usual", 120
MOST = 6
"""Sendings after which no receipt is expected any more."""


class NoReceipt(Exception):
    """The form was sent again and again, and no receipt came; its text is what is seen instead."""


@dataclass(frozen=True)
class Field:
    """A field as it is drawn.

    Args:
        begun: what stands in it already.
        choices: what can be chosen; empty where it takes words.
    """

    label: str
    required: bool
    begun: str
    choices: tuple[str, ...]
    long: bool

    def answer(self, words: str) -> str | None:
        """What a person puts here: their words where there is room for them, and no more than what must be said."""
        if self.begun:
            return None
        if self.choices:
            return self.choices[0] if self.required else None
        return words if self.long else "not known" if self.required else None


def in_slack(person: SlackPerson) -> list[Field]:
    """The fields of the modal in front of somebody."""
    surface = person.surface()
    return [_of_slack(each) for each in slack_inputs(surface.blocks if surface else [])]


def _of_slack(block: dict[str, object]) -> Field:
    element, label = block["element"], block["label"]
    assert isinstance(element, dict)
    assert isinstance(label, dict)
    begun = element.get("initial_value") or element.get("initial_option") or element.get("initial_options")
    choices = tuple(each["text"]["text"] for each in element.get("options", ()))
    long = bool(element.get("multiline"))
    return Field(label["text"], not block.get("optional"), str(begun or ""), choices, long)


def in_teams(person: TeamsPerson) -> list[Field]:
    """The fields of the dialog in front of somebody."""
    dialog = person.dialog()
    return [
        Field(
            label_of(each),
            bool(each.get("isRequired")),
            str(each.get("value", "")),
            tuple(choice["title"] for choice in each.get("choices", ())),
            bool(each.get("isMultiline")),
        )
        for each in teams_inputs(dialog["card"] if dialog else {})
    ]


async def sent(
    fields: Callable[[], list[Field]],
    submit: Callable[[dict[str, str]], Awaitable[object]],
    sees: Callable[[], str],
    words: str,
    waits: Callable[[], Awaitable[object]] | None = None,
) -> str:
    """Fill in and send until nothing is left to fill in; returns what then is seen.

    Args:
        waits: waits where it takes longer, and then looks again.

    Raises:
        NoReceipt: there is no end to it, or the end shows no receipt.
    """
    for _ in range(MOST):
        drawn = fields()
        if not drawn:
            break
        answers = {each.label: answer for each in drawn if (answer := each.answer(words)) is not None}
        await submit(answers)
        async with asyncio.timeout(PATIENCE):
            while waits and LONGER in sees():
                await waits()
    if fields() or "receipt" not in sees().lower():
        raise NoReceipt(sees())
    return sees()
