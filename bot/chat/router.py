"""The one way in: finds the room's door for an event, cleans the words, counts the crowd, returns the reply."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.chat import desk
from bot.chat.crowd import Crowd, Uses
from bot.chat.desk import Chosen, Opened, desk_form
from bot.chat.errors import StaleButton
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened, Inbound
from bot.chat.forms import FormErrors
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.ports import Hints
from bot.chat.replies import OpenForm, Reply, Whisper
from bot.chat.routes import Command, OnButton, OnForm, OnHome, Route, choices, is_inside, is_sealed, on_button, on_form
from bot.chat.sealed import SealedButton, SealedCommand, SealedForm, SealedHome
from bot.chat.text import bare_verb, clean, shorten
from bot.chat.welcome import VerbLine, help_card, home_card

__all__ = ["Command", "OnButton", "OnForm", "OnHome", "Route", "Router", "on_button", "on_form"]

HELP = "help"


class Router:
    """Every door of every room.

    Args:
        routes: what the rooms offer; names and verbs are unique, and one command takes what no verb fits.
        uses: how often one person may use the bot on one day.
        hints: what is pointed out on a form that a sealed form is answered with.

    Raises:
        ValueError: two routes share a name or verb, or no command takes what is left.
    """

    def __init__(
        self, routes: Iterable[Route], crowd: Crowd, uses: Uses | None = None, hints: Hints | None = None
    ) -> None:
        self._crowd = crowd
        self._uses = uses
        self._hints = hints
        self._commands: dict[str, Command | SealedCommand] = {}
        self._buttons: dict[str, OnButton | SealedButton] = {}
        self._forms: dict[str, OnForm | SealedForm] = {}
        self._homes: list[OnHome | SealedHome] = []
        self._sealed_rooms: set[str] = set()
        for route in routes:
            self._add(route)
        leftovers = [each for each in self._commands.values() if isinstance(each, Command) and each.otherwise]
        self._open_the_desk()
        if len(leftovers) != 1:
            raise ValueError("exactly one command takes what no verb fits")
        self._otherwise = leftovers[0]

    def _open_the_desk(self) -> None:
        self._add(Command(HELP, "this list", self._help))
        self._add(Command(desk.DESK, "one form for everything", self._desk))
        self._add(Command(desk.WELL, "say that all is well", self._well, desk="All is well"))
        self._desk_form = desk_form(choices(self._commands.values()))
        self._add(on_button(desk.OPEN, self._desk_pressed))
        self._add(on_form(self._desk_form, self._desk_sent))

    def _add(self, route: Route) -> None:
        match route:
            case Command() | SealedCommand():
                _put(self._commands, route.verb, route)
            case OnButton() | SealedButton():
                _put(self._buttons, route.name, route)
            case OnForm() | SealedForm():
                _put(self._forms, route.name, route)
                if isinstance(route, SealedForm):
                    self._sealed_rooms.add(route.name.partition(".")[0])
            case OnHome() | SealedHome():
                self._homes.append(route)

    def verbs(self) -> tuple[VerbLine, ...]:
        """What can be said, for help and completion, in the rooms' order."""
        return tuple(
            VerbLine(each.verb, each.summary, sealed=isinstance(each, SealedCommand))
            for each in self._commands.values()
        )

    def sealed(self, event: Inbound) -> bool:
        """Whether this goes to a room that may not know who speaks; from a form of another version too."""
        route = self._route(event)
        match event:
            case ButtonPressed(name=name) | FormSubmitted(name=name) if route is None:
                return name.partition(".")[0] in self._sealed_rooms
            case _:
                return is_sealed(route)

    def inside(self, event: Inbound) -> bool:
        """Whether this is for people of one's own organisation alone, in places that nobody else reads."""
        return is_inside(self._route(event))

    def _route(self, event: Inbound) -> Route | None:
        match event:
            case CommandUsed(verb=verb, text=text):
                return self._command_for(verb, text)
            case ButtonPressed(name=name):
                return self._buttons.get(name)
            case FormSubmitted(name=self._desk_form.name, values=values):
                return self._commands.get(values.get("what", ""))
            case FormSubmitted(name=name):
                return self._forms.get(name)
            case HomeOpened() | DeskOpened():
                return None

    def check(self, event: FormSubmitted) -> FormErrors | None:
        """What is wrong with a form, without doing anything: quick enough for a platform that waits."""
        event = _cleaned(event)
        match self._forms.get(event.name):
            case SealedForm() as form:
                return form.check(event.values, event.hidden)
            case OnForm() as form:
                return form.check(event)
            case None:
                return None

    async def handle(self, event: Inbound, *, of_the_house: bool = True) -> Reply:
        """Do what was asked. Raises HouseError with words for the person, or whatever a defect raises.

        Args:
            of_the_house: whether they could raise a concern, too: who could not does not make the crowd larger.
        """
        if of_the_house:
            self._crowd.saw(event.actor)
            if self._hints:
                self._hints.meet(event.actor)
        if self._is_one_too_many(event) and (enough := self._enough(event)):
            return enough
        match event:
            case CommandUsed():
                return await self._command(event)
            case ButtonPressed():
                return await self._button(event)
            case FormSubmitted():
                return await self._form(_cleaned(event))
            case HomeOpened():
                return await self._home(event.actor)
            case DeskOpened():
                return self._opened(event.verb, clean(event.words))

    def _is_one_too_many(self, event: Inbound) -> bool:
        """Whether somebody has said or sent more today than one person may; to open and to press counts for nothing."""
        if self._uses is None or not isinstance(event, CommandUsed | FormSubmitted):
            return False
        return not self._uses.one_more(event.actor)

    def _enough(self, event: Inbound) -> Reply | None:
        """The answer to one use too many; what was typed goes back to where it was typed. What only opens a form is
        never too much: the words behind a sealed command would be lost.
        """
        match event:
            case FormSubmitted():
                return FormErrors({"": desk.ENOUGH})
            case CommandUsed(verb=verb, text=text) if not self.sealed(event):
                return Whisper(desk.enough_card(f"{verb} {text}".strip()))
            case _:
                return None

    async def _command(self, event: CommandUsed) -> Reply:
        event = replace(event, verb=clean(event.verb), text=clean(event.text))
        if not event.verb and not event.text:
            return await self._home(event.actor)
        match self._command_for(event.verb, event.text):
            case SealedCommand() as command:
                return await command.handle(event.text)
            case Command() as command:
                return await command.handle(event)
            case None:
                words = f"{event.verb} {event.text}".strip()
                return await self._otherwise.handle(replace(event, verb=self._otherwise.verb, text=words))

    def _command_for(self, verb: str, text: str) -> Command | SealedCommand | None:
        """The command of this verb; none where words follow that it does not take."""
        command = self._commands.get(bare_verb(verb))
        return command if command and (command.takes_text or not clean(text)) else None

    async def _button(self, event: ButtonPressed) -> Reply:
        match self._buttons.get(event.name):
            case SealedButton() as button:
                return await button.press(event.data)
            case OnButton() as button:
                return await button.press(event)
            case None:
                raise StaleButton

    async def _form(self, event: FormSubmitted) -> Reply:
        match self._forms.get(event.name):
            case SealedForm() as form:
                reply = await form.submit(event.values, event.hidden)
                return await self._pointed_out(reply, event.actor, event.values.get(form.words, ""))
            case OnForm() as form:
                return await form.submit(event)
            case None:
                raise StaleButton

    async def _pointed_out(self, reply: Reply, actor: Actor, words: str) -> Reply:
        """A preview with what may tell who wrote it: looked for out here, where people are known, and told to them
        alone.
        """
        if not (self._hints and words and isinstance(reply, OpenForm)):
            return reply
        hints = await self._hints.hints(actor, words)
        return OpenForm(replace(reply.form, intro=(*hints, *reply.form.intro)))

    async def _help(self, _: CommandUsed) -> Reply:
        return Whisper(help_card(self.verbs()))

    async def _desk(self, _: CommandUsed) -> Reply:
        return self._opened()

    async def _desk_pressed(self, _: ButtonPressed, opened: Opened) -> Reply:
        return self._opened(opened.verb)

    def _opened(self, verb: str = "", words: str = "") -> Reply:
        chosen = {"what": verb} if verb else {}
        return OpenForm(self._desk_form.form(initial=chosen | {"words": shorten(words, desk.MOST_WORDS)}))

    async def _desk_sent(self, event: FormSubmitted, chosen: Chosen) -> Reply:
        place = Place(event.actor.platform, desk.DESK)
        return await self._command(CommandUsed(event.actor, place, chosen.verb, chosen.words))

    async def _well(self, _: CommandUsed) -> Reply:
        return Whisper(desk.well_card())

    async def _home(self, actor: Actor) -> Reply:
        parts = [await home.draw(actor) if isinstance(home, OnHome) else await home.draw() for home in self._homes]
        return Whisper(home_card(parts))


_Named = TypeVar("_Named")


def _put(shelf: dict[str, _Named], name: str, route: _Named) -> None:
    if name in shelf:
        raise ValueError(f"two routes are called {name}")
    shelf[name] = route


def _cleaned(event: FormSubmitted) -> FormSubmitted:
    return replace(event, values={name: clean(value) for name, value in event.values.items()})
