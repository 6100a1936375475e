"""The council's doors; each checks that the person has a seat."""

from bot.chat.actions import NoPayload
from bot.chat.cards import Card
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.identity import Actor
from bot.chat.replies import OpenForm, Redraw, Reply, Whisper
from bot.chat.routes import Command, OnHome, Route, inside, on_button, on_form
from bot.chat.sealed import HomePart
from bot.concerns.model import ConcernId
from bot.council import board_routes, cards, duties_cards, forms
from bot.council.cards import BehindCases, OnCase
from bot.council.forms import Replied, Resolved
from bot.council.service import Council, Dossier


class _Doors:
    """What happens when somebody comes through one of the council's doors."""

    def __init__(self, council: Council) -> None:
        self._council = council

    def draw(self, dossier: Dossier) -> Card:
        return cards.case_card(dossier, self._council.charter)

    async def list_cases(self, actor: Actor, skip: int = 0) -> Reply:
        return Whisper(cards.cases_card(await self._council.list.page(actor, skip)))

    async def on_command(self, event: CommandUsed) -> Reply:
        return await self.list_cases(event.actor)

    async def on_list(self, event: ButtonPressed, _: NoPayload) -> Reply:
        return await self.list_cases(event.actor)

    async def on_more(self, event: ButtonPressed, behind: BehindCases) -> Reply:
        return await self.list_cases(event.actor, behind.skip)

    async def on_show(self, event: ButtonPressed, on: OnCase) -> Reply:
        return Whisper(self.draw(await self._council.show(event.actor, ConcernId(on.case))))

    async def on_claim(self, event: ButtonPressed, on: OnCase) -> Reply:
        await self._council.claim(event.actor, ConcernId(on.case))
        return Redraw(self.draw(await self._council.show(event.actor, ConcernId(on.case))))

    async def on_hand_back(self, event: ButtonPressed, on: OnCase) -> Reply:
        await self._council.hand_back(event.actor, ConcernId(on.case))
        return Redraw(self.draw(await self._council.show(event.actor, ConcernId(on.case))))

    async def on_reply(self, event: ButtonPressed, on: OnCase) -> Reply:
        await self._council.check_owner(event.actor, ConcernId(on.case))
        return OpenForm(forms.reply_form(ConcernId(on.case)))

    async def on_resolve(self, event: ButtonPressed, on: OnCase) -> Reply:
        await self._council.check_owner(event.actor, ConcernId(on.case))
        return OpenForm(forms.resolve_form(ConcernId(on.case), self._council.charter.concerns.keep))

    async def replied(self, event: FormSubmitted, form: Replied) -> Reply:
        await self._council.reply(event.actor, form.concern, form.message)
        return Whisper(cards.sent_card())

    async def resolved(self, event: FormSubmitted, form: Resolved) -> Reply:
        await self._council.resolve(event.actor, form.concern, form.outcome, form.message, form.keep)
        return Whisper(cards.resolved_card())

    async def on_figures(self, event: ButtonPressed, _: NoPayload) -> Reply:
        return Whisper(duties_cards.figures_card(await self._council.figures(event.actor)))

    async def home(self, actor: Actor) -> HomePart:
        if not self._council.sits(actor):
            return HomePart(())
        return cards.home_part(self._council.charter, await self._council.count_unresolved())


def routes(council: Council) -> tuple[Route, ...]:
    """List and show cases; claim, hand back, write to the author, resolve; figures; the answers board."""
    doors = _Doors(council)
    return inside(
        Command("cases", "for council members: the cases that need somebody", doors.on_command),
        on_button(cards.LIST, doors.on_list),
        on_button(cards.MORE, doors.on_more),
        on_button(cards.SHOW, doors.on_show),
        on_button(cards.CLAIM, doors.on_claim),
        on_button(cards.HAND_BACK, doors.on_hand_back),
        on_button(cards.REPLY, doors.on_reply),
        on_button(cards.RESOLVE, doors.on_resolve),
        on_button(cards.FIGURES, doors.on_figures),
        on_form(forms.REPLY_FORM, doors.replied),
        on_form(forms.RESOLVE_FORM, doors.resolved),
        OnHome(doors.home),
        *board_routes.routes(council),
    )
