"""An answer goes to the service that its question came from; the file of services tells nobody when somebody spoke."""

import itertools
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from adapters.teams import inbound
from adapters.teams.inbound import Origin
from adapters.teams.services import Services
from adapters.teams.surfaces import Surfaces
from bot.chat.cards import Card, Text
from bot.questions.shelf import Shelf
from tests.adapters.teams.recorded import done
from tests.adapters.teams.test_repeats import stalled
from tests.doubles.teams import payloads
from tests.doubles.teams.organisation import TENANT
from tests.walks.teams_stage import TeamsStage, teams_stage

ELSEWHERE = "http://127.0.0.1:9/teams/"
"""Where nobody listens."""

CARD = Card("Kept", (Text("As it is now."),))
ONE, TWO = "https://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net/amer/"

Showing = Callable[[Surfaces, Origin], Coroutine[Any, Any, None]]


async def test_who_asked_is_answered_where_they_asked_though_somebody_spoke_elsewhere_since(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    await you.message("help")
    await stage.settle()
    you.sees_new()
    async with stalled(stage):
        await you.message("hours")
        await mira.hands(mira.sender.activity("typing", mira.direct) | {"serviceUrl": ELSEWHERE})
    await stage.settle()
    assert "Office hours" in "\n".join(you.sees_new())


@pytest.mark.parametrize(
    "show",
    [
        lambda surfaces, origin: surfaces.whisper(CARD, origin),
        lambda surfaces, origin: surfaces.answer(CARD, origin),
        lambda surfaces, origin: surfaces.redraw(CARD, origin),
        lambda surfaces, origin: surfaces.typing(origin),
    ],
    ids=["whisper", "answer", "redraw", "typing"],
)
@pytest.mark.parametrize("among_others", [True, False])
async def test_everything_that_is_shown_is_shown_there(stage: TeamsStage, show: Showing, among_others: bool) -> None:
    you = stage.person("you")
    group = stage.double.organisation.group("Plans", you.person, stage.person("mira").person)
    await (you.mention("hours", group.id) if among_others else you.message("hours"))
    await stage.settle()
    (on,) = [each for each in (group if among_others else you.direct).messages if each.by != you.person.aad]
    (offer,) = [each for each in you.front_surface().controls() if each.label == "Offer"]
    pressed = payloads.pressed_submit(you.sender, on, {"rai": offer.action["data"]["rai"]})
    arrived = inbound.message(pressed)
    assert arrived is not None
    stage.organisation.services.heard(TENANT, ELSEWHERE)
    before = done(stage)
    await show(Surfaces(stage.organisation.answers), arrived.origin)
    assert len(done(stage)) == len(before) + 1


def test_the_file_is_written_once_though_two_addresses_take_turns_and_holds_the_last_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "teams-service.json"
    services = Services("https://default.example/", file)
    services.heard("t", ONE)
    first = written(file)
    for address in (TWO, ONE, TWO):
        services.heard("t", address)
        assert (services.of("t"), written(file)) == (address, first)
    services.keep()
    assert Services("https://default.example/", file).of("t") == TWO


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "teams-service.json"
    Services("https://default.example/", file).keep()
    assert not file.exists()
    Services("https://default.example/", file).heard("t", ONE)
    first = written(file)
    again = Services("https://default.example/", file)
    again.heard("t", TWO)
    again.heard("t", ONE)
    again.keep()
    assert written(file) == first


def written(file: Path) -> tuple[str, int, int]:
    """What stands in a file, which one it is and when it was written."""
    told = file.stat()
    return file.read_text("utf-8"), told.st_ino, told.st_mtime_ns


async def test_a_house_that_stops_keeps_where_it_was_last_spoken_to(home: Path, shelf: Shelf) -> None:
    file = home / "var" / "teams-service.json"
    async with teams_stage(home, shelf, seconds=itertools.count(step=2).__next__) as stage:
        you = stage.person("you")
        await you.message("help")
        await stage.settle()
        first = written(file)
        await you.hands(you.sender.activity("typing", you.direct) | {"serviceUrl": ELSEWHERE})
        assert written(file) == first
    assert Services("", file).of(TENANT) == ELSEWHERE
