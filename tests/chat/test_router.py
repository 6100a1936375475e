"""The router: every word finds a door, sealed doors get words alone, and reprs tell nothing."""

import pytest

from bot.chat import desk
from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Button, Card, Text
from bot.chat.crowd import Crowd, Uses
from bot.chat.errors import StaleButton
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted, HomeOpened, Inbound
from bot.chat.forms import FormErrors, FormSpec, TextField, Values
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.plain import plain_card
from bot.chat.replies import Answer, Reply, Whisper
from bot.chat.router import Command, OnHome, Route, Router, on_button, on_form
from bot.chat.routes import inside
from bot.chat.sealed import HomePart, SealedCommand, SealedHome, sealed_button, sealed_form
from tests.fakes.timing import FakeClock

MIRA = Actor("terminal", "local", "mira")
DESK = Place("terminal", "desk")
PING = Action("room.ping/1", NoPayload)
HUSH = Action("room.hush/1", NoPayload)


def read(values: Values, hidden: str) -> str | FormErrors:
    return values["words"] + hidden


OPEN = FormSpec("room.open/1", "Open", (TextField("words", "Words", most=20),), "Send", read)
SEALED = FormSpec("room.sealed/1", "Sealed", (TextField("words", "Words", most=20),), "Send", read)


def says(text: str) -> Whisper:
    return Whisper(Card(text))


async def book(event: CommandUsed) -> Reply:
    return says(f"booked by {event.actor.user}")


async def ask(event: CommandUsed) -> Reply:
    return Answer(Card(f"asked: {event.text}"))


async def hush(text: str) -> Reply:
    return says(f"hushed: {text}")


async def pinged(event: ButtonPressed, _: NoPayload) -> Reply:
    return says(f"pinged by {event.actor.user}")


async def hush_pressed(_: NoPayload) -> Reply:
    return says("hushed")


async def opened(event: FormSubmitted, words: str) -> Reply:
    return says(f"{event.actor.user} wrote {words}")


async def sealed(words: str) -> Reply:
    return says(f"somebody wrote {words}")


async def home(actor: Actor) -> HomePart:
    return HomePart((Text(f"Hello {actor.user}"),), (Button("Ping", PING(NoPayload())),))


async def empty_home(_: Actor) -> HomePart:
    return HomePart(())


async def sealed_home() -> HomePart:
    return HomePart((Text("Hello whoever"),))


ROUTES: tuple[Route, ...] = (
    Command("ask", "ask something", ask, takes_text=True, otherwise=True),
    Command("book", "book something", book),
    SealedCommand("hush", "say something sealed", hush),
    on_button(PING, pinged),
    sealed_button(HUSH, hush_pressed),
    on_form(OPEN, opened),
    sealed_form(SEALED, sealed),
    OnHome(home),
    OnHome(empty_home),
    SealedHome(sealed_home),
)


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


@pytest.fixture
def router(crowd: Crowd) -> Router:
    return Router(ROUTES, crowd)


async def seen(router: Router, event: Inbound) -> str:
    reply = await router.handle(event)
    assert isinstance(reply, Whisper | Answer)
    return plain_card(reply.card)


def said(verb: str, text: str = "") -> CommandUsed:
    return CommandUsed(MIRA, DESK, verb, text)


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (said("book"), "booked by mira"),
        (said("BOOK"), "booked by mira"),
        (said("book", "recommendations on fairness?"), "asked: book recommendations on fairness?"),
        (said("ask", "what is fair?"), "asked: what is fair?"),
        (said("What", "is fair?"), "asked: What is fair?"),
        (said("nonsense"), "asked: nonsense"),
        (said("wh\u202eat", " is\x00 fair? "), "asked: what is fair?"),
        (said("hush", "my words"), "hushed: my words"),
        (ButtonPressed(MIRA, None, "room.ping/1", "{}"), "pinged by mira"),
        (ButtonPressed(MIRA, None, "room.hush/1", "{}"), "hushed"),
        (FormSubmitted(MIRA, "room.open/1", {"words": " hi\x07 "}, "!"), "mira wrote hi!"),
        (FormSubmitted(MIRA, "room.sealed/1", {"words": "hi"}, "!"), "somebody wrote hi!"),
    ],
)
async def test_every_event_finds_its_door(router: Router, event: Inbound, shown: str) -> None:
    assert await seen(router, event) == shown


async def test_help_lists_every_verb(router: Router) -> None:
    shown = await seen(router, said("help"))
    assert all(f"/rai {verb}" in shown for verb in ("ask", "book", "hush"))
    assert [(line.verb, line.sealed) for line in router.verbs()] == [
        ("ask", False),
        ("book", False),
        ("hush", True),
        ("help", False),
        ("desk", False),
        ("well", False),
    ]


async def test_help_with_words_is_a_question(router: Router) -> None:
    assert await seen(router, said("help", "me with bias")) == "asked: help me with bias"


@pytest.mark.parametrize("event", [HomeOpened(MIRA), said(""), said(" \u200b")])
async def test_home_is_put_together_from_what_the_rooms_offer(router: Router, event: Inbound) -> None:
    assert await seen(router, event) == "RAI office hours\n\nHello mira\n\n[Ping]\n\nHello whoever"


@pytest.mark.parametrize(
    "event",
    [
        ButtonPressed(MIRA, None, "room.ping/0", "{}"),
        ButtonPressed(MIRA, None, "room.ping/1", '{"old": 1}'),
        FormSubmitted(MIRA, "room.open/0", {}),
    ],
)
async def test_a_button_or_form_of_another_version_answers_kindly(router: Router, event: Inbound) -> None:
    with pytest.raises(StaleButton, match="another version"):
        await router.handle(event)


@pytest.mark.parametrize("name", ["room.open/1", "room.sealed/1"])
async def test_a_form_is_checked_without_doing_anything(router: Router, name: str) -> None:
    wrong, right = (FormSubmitted(MIRA, name, {"words": words}) for words in ("x" * 21, "hi"))
    errors = router.check(wrong)
    assert errors is not None
    assert list(errors.by_field) == ["words"]
    assert router.check(right) is None
    assert await router.handle(wrong) == errors


async def test_an_unknown_form_has_no_errors_to_tell(router: Router) -> None:
    assert router.check(FormSubmitted(MIRA, "room.gone/1", {})) is None


async def test_what_is_for_ones_own_organisation_says_so(crowd: Crowd) -> None:
    ask_form = FormSpec("room.confined/1", "Confined", (TextField("words", "Words"),), "Send", read)
    confined = inside(Command("cases", "list them", book, desk="Cases"), on_form(ask_form, opened), OnHome(home))
    router = Router((*ROUTES, *confined), crowd)
    within = (
        said("cases"),
        said("Hush:", "something"),
        ButtonPressed(MIRA, None, HUSH.name, "{}"),
        FormSubmitted(MIRA, ask_form.name, {}),
        FormSubmitted(MIRA, desk.FORM, {"what": "cases"}),
    )
    assert all(router.inside(event) for event in within)
    anywhere = (said("book"), said("why"), ButtonPressed(MIRA, None, PING.name, "{}"), HomeOpened(MIRA))
    assert not any(router.inside(event) for event in anywhere)
    assert [router.sealed(event) for event in within] == [False, True, True, False, False]


async def test_the_crowd_is_counted_once_each_and_forgotten(router: Router, crowd: Crowd) -> None:
    for name in ("mira", "tom", "mira"):
        await router.handle(CommandUsed(Actor("terminal", "local", name), DESK, "book"))
    assert crowd.size() == 2
    crowd.forget()
    assert crowd.size() == 0


def test_two_routes_of_one_name_are_a_defect() -> None:
    with pytest.raises(ValueError, match="two routes"):
        Router((*ROUTES, Command("book", "again", book)), Crowd())
    with pytest.raises(ValueError, match="two routes"):
        Router((*ROUTES, Command("help", "mine", book)), Crowd())


def test_somebody_must_take_what_no_verb_fits() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Router((Command("book", "book", book),), Crowd())


def test_no_repr_tells_a_person_a_place_or_a_word() -> None:
    actor, place = Actor("slack", "T-canary", "U-canary"), Place("slack", "C-canary")
    ref = MessageRef(place, "M-canary")
    events: tuple[object, ...] = (
        actor,
        place,
        ref,
        CommandUsed(actor, place, "canary", "canary"),
        ButtonPressed(actor, ref, "room.ping/1", "canary"),
        FormSubmitted(actor, "room.open/1", {"words": "canary"}, "canary"),
        HomeOpened(actor),
    )
    for event in events:
        assert "canary" not in repr(event)
        assert "canary" not in f"{event}"


def test_actors_and_places_come_back_from_their_addresses() -> None:
    actor, place = Actor("teams", "tenant", "29:abc"), Place("teams", "19:x@thread.tacv2")
    assert Actor.parse(actor.address) == actor
    assert Place.parse(place.key) == place
    for broken in ("", "teams", "teams:tenant", "::", "teams::u"):
        with pytest.raises(ValueError, match="platform:tenant:user"):
            Actor.parse(broken)
    for broken in ("", "slack", "slack:", ":x"):
        with pytest.raises(ValueError, match="platform:address"):
            Place.parse(broken)


async def test_one_use_too_many_gives_back_what_was_typed(crowd: Crowd) -> None:
    router = Router(ROUTES, crowd, Uses(FakeClock(), most=1))
    await router.handle(said("why", "is the sky blue"))
    reply = await router.handle(said("why", "is the sky blue"))
    assert isinstance(reply, Whisper)
    assert "why is the sky blue" in plain_card(reply.card)
    assert "still stands in front of you; I kept nothing of it" in plain_card(reply.card)


async def test_what_is_opened_or_pressed_is_no_use(crowd: Crowd) -> None:
    router = Router(ROUTES, crowd, Uses(FakeClock(), most=1))
    for _ in range(3):
        await router.handle(HomeOpened(MIRA))
        await router.handle(ButtonPressed(MIRA, None, PING.name, "{}"))
    assert await router.handle(said("book")) == says("booked by mira")
    reply = await router.handle(said("book"))
    assert isinstance(reply, Whisper)
    assert "go on tomorrow" in plain_card(reply.card)


async def test_one_form_too_many_stays_open(crowd: Crowd) -> None:
    router = Router(ROUTES, crowd, Uses(FakeClock(), most=0))
    reply = await router.handle(FormSubmitted(MIRA, "room.ask/1", {"words": "x"}))
    assert isinstance(reply, FormErrors)
    assert "go on tomorrow" in reply.by_field[""]


async def test_words_behind_a_sealed_command_are_never_too_many(crowd: Crowd) -> None:
    router = Router(ROUTES, crowd, Uses(FakeClock(), most=0))
    assert await router.handle(said("hush", "my secret")) == says("hushed: my secret")
