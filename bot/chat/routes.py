"""What a room offers the router: verbs, buttons, forms, and its share of the bot's own page."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from bot.chat.actions import Action
from bot.chat.desk import MOST_WORDS, Choice
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.forms import FormErrors, FormSpec
from bot.chat.identity import Actor
from bot.chat.replies import Reply
from bot.chat.sealed import HomePart, SealedButton, SealedCommand, SealedForm, SealedRoute

Payload = TypeVar("Payload")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Command:
    """A verb.

    Args:
        takes_text: whether words may follow. A verb that takes none, followed by words, is read as a question:
            "book recommendations on fairness?" is not a booking.
        otherwise: whether this command gets everything that no verb fits.
        desk: what it is called at the desk; empty where it does not begin there.
        longest: how many characters may follow, as the desk tells before anything is lost.
        inside: whether it is for people of one's own organisation, in places that nobody else reads.
    """

    verb: str
    summary: str
    handle: Callable[[CommandUsed], Awaitable[Reply]]
    takes_text: bool = False
    otherwise: bool = False
    desk: str = ""
    longest: int = MOST_WORDS
    inside: bool = False


@dataclass(frozen=True)
class OnButton:
    """A button's door; made by ``on_button``."""

    name: str
    press: Callable[[ButtonPressed], Awaitable[Reply]]
    inside: bool = False


@dataclass(frozen=True)
class OnForm:
    """A form's door; made by ``on_form``."""

    name: str
    check: Callable[[FormSubmitted], FormErrors | None]
    submit: Callable[[FormSubmitted], Awaitable[Reply]]
    inside: bool = False


@dataclass(frozen=True)
class OnHome:
    """A room's share of the bot's own page, for this person."""

    draw: Callable[[Actor], Awaitable[HomePart]]


Route: TypeAlias = Command | OnButton | OnForm | OnHome | SealedRoute


def on_button(action: Action[Payload], handle: Callable[[ButtonPressed, Payload], Awaitable[Reply]]) -> OnButton:
    """The route of an action."""

    async def press(event: ButtonPressed) -> Reply:
        return await handle(event, action.read(event.data))

    return OnButton(action.name, press)


def on_form(spec: FormSpec[Result], handle: Callable[[FormSubmitted, Result], Awaitable[Reply]]) -> OnForm:
    """The route of a form."""

    def check(event: FormSubmitted) -> FormErrors | None:
        understood = spec.understand(event.values, event.hidden)
        return understood if isinstance(understood, FormErrors) else None

    async def submit(event: FormSubmitted) -> Reply:
        understood = spec.understand(event.values, event.hidden)
        return understood if isinstance(understood, FormErrors) else await handle(event, understood)

    return OnForm(spec.name, check, submit)


def inside(*routes: Route) -> tuple[Route, ...]:
    """The same routes, for people of one's own organisation alone, in places that nobody else reads."""
    return tuple(
        replace(each, inside=True) if isinstance(each, Command | OnButton | OnForm) else each for each in routes
    )


def is_sealed(route: object) -> bool:
    """Whether a route may not know who speaks."""
    return isinstance(route, SealedCommand | SealedButton | SealedForm)


def is_inside(route: object) -> bool:
    """Whether a route is for people of one's own organisation alone; a sealed one always is."""
    return is_sealed(route) or (isinstance(route, Command | OnButton | OnForm) and route.inside)


def choices(commands: Iterable[Command | SealedCommand]) -> Iterator[Choice]:
    """What the desk offers of them."""
    for each in commands:
        match each:
            case SealedCommand(verb=verb, desk=label, takes_text=takes, longest=longest) if label:
                yield Choice(verb, label, takes, longest=longest)
            case Command(verb=verb, desk=label, takes_text=takes, otherwise=needs, longest=longest) if label:
                yield Choice(verb, label, takes, needs, longest)
