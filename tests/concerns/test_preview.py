"""Before it is sent: an author sees exactly what the council will see, and what may tell who they are."""

from dataclasses import dataclass, replace

from sqlalchemy import text

from bot.chat.cards import Block, Card, Facts, Text
from bot.chat.crowd import Crowd
from bot.chat.events import CommandUsed
from bot.chat.forms import Form, FormErrors
from bot.chat.identity import Actor
from bot.chat.plain import plain_block
from bot.chat.ports import Hints
from bot.chat.replies import Reply, Whisper
from bot.chat.router import Command, Router
from bot.chat.sealed import SealedForm
from bot.concerns.forms import about_rows, raise_form
from bot.concerns.model import About, Guide, OutsideChannel
from bot.concerns.routes import routes
from tests.concerns.test_walk import WORDS, receipt_of
from tests.walks.house import House

CHOSEN = {"value": "privacy", "stage": "launch", "affected": "customers", "urgency": "soon", "sure": "seen it"}


def shown(form: Form) -> str:
    return "\n".join(plain_block(block) for block in form.intro)


async def test_what_was_previewed_is_what_the_council_reads(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    seen = await author.fills(words=WORDS, **CHOSEN)
    assert "This is what the council will see" in seen
    assert house.council_place() == []
    await author.fills()
    (case,) = house.council_place()
    assert WORDS in seen
    assert WORDS in case
    for label, said in about_rows(About(**CHOSEN)):
        assert f"{label}: {said}" in seen
        assert f"{label}: {said}" in case


async def test_where_everything_goes_at_once_the_preview_says_what_that_risks(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    assert "Here the time is known" in await author.fills(words=WORDS, urgency="soon")
    await author.fills()
    await author.says(f"receipt {receipt_of(author)}")
    assert "Here the time is known" in await author.fills(words="More.")


async def test_what_is_changed_in_the_preview_is_previewed_again(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    await author.fills(words="It was me who saw it.", value="safety")
    seen = await author.fills(words="Somebody saw it.")
    assert "Somebody saw it." in seen
    assert "It was me" not in seen
    assert house.council_place() == []
    await author.fills()
    (case,) = house.council_place()
    assert "Somebody saw it." in case


async def test_one_choice_that_is_changed_is_previewed_again_too(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    await author.fills(words=WORDS, value="safety")
    await author.fills(value="privacy")
    assert house.council_place() == []
    assert "Your concern is kept" in await author.fills()


async def test_what_is_left_out_has_no_row(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    seen = await author.fills(words=WORDS)
    assert "Stage:" not in seen
    assert "How sure:" not in seen


async def test_what_is_added_later_is_previewed_and_told_what_it_risks(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    await author.sends(words=WORDS)
    receipt = receipt_of(author)
    await author.says("receipt")
    seen = await author.fills(receipt=receipt, words="And one more thing.")
    assert "And one more thing." in seen
    assert "Every message makes it a little easier to guess" in seen
    assert "And one more thing." not in f"{house.council_place()} {house.council_threads()}"
    assert "What you added is kept" in await author.fills()


async def test_a_form_that_lost_its_preview_on_the_way_is_previewed_and_not_sent(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    await author.fills(words=WORDS)
    assert author.form is not None
    author.form = replace(author.form, hidden=author.form.hidden.replace('"seen":"', '"seen":"0'))
    await author.fills()
    assert author.form.ready
    assert house.council_place() == []


async def test_a_draft_of_another_version_is_told_kindly(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    assert author.form is not None
    author.form = replace(author.form, hidden="of another version")
    assert "from another version" in await author.fills(words=WORDS)


GUIDE = Guide(("Support triage", "Hiring"), (OutsideChannel("Ombudsperson", "https://ombuds.example"),), 90)


def form_of(guide: Guide) -> Form:
    return raise_form(guide).form()


def test_the_form_says_what_is_never_stored_what_others_see_and_where_an_outside_channel_is() -> None:
    said = next(block for block in form_of(GUIDE).intro if isinstance(block, Text)).markdown
    assert said.count(". ") == 2  # three sentences
    for part in ("never stores who you are", "your employer may still see", "Outside channels are listed below"):
        assert part in said
    assert Facts((("Ombudsperson", "https://ombuds.example"),)) in form_of(GUIDE).intro
    assert "has listed no outside channel" in shown(form_of(Guide()))


def test_the_systems_are_the_ones_the_council_keeps() -> None:
    assert [each.name for each in form_of(GUIDE).fields][:2] == ["system", "value"]
    assert next(each.name for each in form_of(Guide()).fields) == "value"
    sent = {"words": "x", "value": "safety", "urgency": "soon", "system": "Payroll"}
    assert raise_form(GUIDE).understand(sent) == FormErrors({"system": "Please choose one of the options."})


async def test_privacy_shows_the_very_rows_a_concern_becomes(house: House) -> None:
    author = house.person("somebody")
    seen = await author.says("privacy")
    await author.says("concern")
    await author.sends(words=WORDS)
    async with house.app.database.reading() as transaction:
        concern = (await transaction.execute(text("SELECT * FROM concerns_concern"))).mappings().one()
        message = (await transaction.execute(text("SELECT * FROM concerns_message"))).mappings().one()
    for column, value in (*concern.items(), *message.items()):
        assert f"{column}: " in seen
        if isinstance(value, bytes):
            assert f"({len(value):,} bytes)" in seen
    assert "8,240 bytes" in seen
    assert WORDS not in str(dict(message))


async def test_privacy_keeps_nothing(house: House) -> None:
    await house.person("somebody").says("privacy")
    async with house.app.database.reading() as transaction:
        for table in ("concerns_concern", "concerns_message", "concerns_batch"):
            assert await transaction.scalar(text(f"SELECT count(*) FROM {table}")) == 0


async def told(_: CommandUsed) -> Reply:
    return Whisper(Card("Told"))


@dataclass(frozen=True)
class Pointer:
    """Points at everything, and keeps what it looked at."""

    found: dict[str, str]

    def meet(self, actor: Actor) -> None: ...

    async def hints(self, actor: Actor, text: str) -> tuple[Block, ...]:
        self.found[actor.user] = text
        return (Text("Look at this again."),)


def with_hints(house: House, hints: Hints) -> House:
    """The house with somebody else who points out what may tell who wrote."""
    doors = (*routes(house.app.concerns, Guide()), Command("ask", "ask", told, otherwise=True))
    return replace(house, app=replace(house.app, router=Router(doors, Crowd(), hints=hints)))


async def test_what_may_tell_who_wrote_is_pointed_out_on_the_preview_and_handed_on_to_nobody(house: House) -> None:
    found: dict[str, str] = {}

    house = with_hints(house, Pointer(found))
    author = house.person("somebody")
    await author.says("concern")
    seen = await author.fills(words="Ask Mira.")
    assert "Look at this again." in seen
    assert found == {"somebody": "Ask Mira."}
    await author.fills()
    assert "Look at this again." not in house.council_place()[0]


def test_every_sealed_form_names_the_words_that_are_looked_at(house: House) -> None:
    sealed = [route for route in routes(house.app.concerns, Guide()) if isinstance(route, SealedForm)]
    assert [route.words for route in sealed] == ["words", "words"]


async def test_an_address_and_the_authors_own_name_are_pointed_out(house: House) -> None:
    author = house.person("marisol")
    await author.says("concern")
    seen = await author.fills(words="Write to marisol@work.example, Marisol knows it.")
    assert "marisol@work.example" in seen
    for found in ("mail", "your own"):
        assert found in seen.lower()
