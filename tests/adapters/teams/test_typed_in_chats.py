"""What somebody types for the safe space in a chat of Teams' stands there by their own hand, and goes nowhere else."""

from pathlib import Path

from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from adapters.teams.app import TeamsApp
from bot.chat.events import CommandUsed, Inbound
from bot.chat.replies import Reply
from bot.chat.router import Router
from tests.adapters.looking import files_with, written
from tests.doubles.teams.fronts import HttpFront
from tests.walks.teams_stage import TeamsStage

WHAT, TYPED = "What would you like to do?", "typed words 41fe that my team ships it anyway"


async def test_what_was_typed_in_a_chat_goes_nowhere(stage: TeamsStage, home: Path) -> None:
    you = stage.person("you")
    for line in (f"concern {TYPED}", f"receipt {TYPED}"):
        await you.message(line)
        await stage.settle()
        await you.presses("Open the form")
        assert TYPED not in written(you.answers[-1].body)
        await you.submits({WHAT: "Raise a concern"})
        assert TYPED not in written(you.answers[-1].body)
        you.closes()
    assert list(files_with(home, TYPED)) == []
    assert [call for call in stage.double.organisation.calls if TYPED in written(call.args)] == []


class Noting(Router):
    """The router, with a note of everything that reaches it."""

    def __init__(self, router: Router) -> None:
        vars(self).update(vars(router))
        self.heard: list[Inbound] = []

    async def handle(self, event: Inbound, *, of_the_house: bool = True) -> Reply:
        self.heard.append(event)
        return await super().handle(event, of_the_house=of_the_house)


async def test_what_was_typed_in_a_chat_reaches_no_room(stage: TeamsStage) -> None:
    router, you = Noting(stage.app.router), stage.person("you")
    stage.door = TeamsApp(stage.organisation, router, stage.app.arrivals)
    app = ASGITransport(app=Starlette(routes=list(stage.door.routes())))
    async with AsyncClient(transport=app, base_url="http://house") as client:
        you.front = HttpFront(client, stage.double)
        for line in (f"concern {TYPED}", f"Concern: {TYPED}", f"/rai receipt {TYPED}", f"/rai /concern {TYPED}"):
            await you.message(line)
        await stage.settle()
    events = [each for each in router.heard if isinstance(each, CommandUsed)]
    assert len(events) == 4
    assert {each.text for each in events} == {""}
