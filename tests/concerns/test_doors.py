"""The sealed doors, one by one: what each is called, what comes in through it, and what is shown behind it."""

from datetime import timedelta

import pytest

from bot.chat.actions import NoPayload
from bot.chat.cards import Card, Facts
from bot.chat.desk import MOST_WORDS
from bot.chat.errors import Conflict, StoreProblem
from bot.chat.forms import Form, FormErrors
from bot.chat.plain import plain_block, plain_card
from bot.chat.replies import OpenForm, Reply, Whisper
from bot.chat.sealed import SealedButton, SealedCommand, SealedForm, SealedHome, SealedRoute
from bot.concerns import cards
from bot.concerns.batch_store import BatchStore
from bot.concerns.forms import CUT
from bot.concerns.jobs import jobs
from bot.concerns.model import Guide
from bot.concerns.routes import EXAMPLE, routes
from bot.concerns.schedule import AtOnce
from tests.concerns.rooms import WEEKLY, Counted, Rooms

GUIDE = Guide(keep_days=90)

pytestmark = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)  # what is asked here is no database's

GONE = (
    "No concern has this receipt. Please look at the six words again, in their order. Or it was resolved, and has been "
    "deleted since."
)


@pytest.fixture
def doors(rooms: Rooms) -> tuple[SealedRoute, ...]:
    return routes(rooms.process(Counted()), GUIDE)


def command(doors: tuple[SealedRoute, ...], verb: str) -> SealedCommand:
    return next(each for each in doors if isinstance(each, SealedCommand) and each.verb == verb)


def form_door(doors: tuple[SealedRoute, ...], name: str) -> SealedForm:
    return next(each for each in doors if isinstance(each, SealedForm) and each.name == name)


def opened(reply: Reply) -> Form:
    assert isinstance(reply, OpenForm)
    return reply.form


def shown(reply: Reply) -> Card:
    assert isinstance(reply, Whisper)
    return reply.card


async def sent(doors: tuple[SealedRoute, ...], form: Form, **values: str) -> Reply:
    given = {each.name: each.initial for each in form.fields} | values
    assert form_door(doors, form.name).check(given, form.hidden) is None
    return await form_door(doors, form.name).submit(given, form.hidden)


async def raised(doors: tuple[SealedRoute, ...], **values: str) -> Card:
    preview = await sent(doors, opened(await command(doors, "concern").handle("")), **values)
    return shown(await sent(doors, opened(preview)))


def receipt_on(card: Card) -> str:
    return next(dict(block.rows)["Receipt"] for block in card.blocks if isinstance(block, Facts))


async def followed(doors: tuple[SealedRoute, ...], receipt: str, words: str = "") -> Reply:
    form = opened(await command(doors, "receipt").handle(receipt))
    assert {each.name: each.initial for each in form.fields} == {"receipt": receipt, "words": ""}
    return await sent(doors, form, words=words)


def test_the_doors_are_these(doors: tuple[SealedRoute, ...]) -> None:
    commands = [each for each in doors if isinstance(each, SealedCommand)]
    assert [(each.verb, each.summary, each.desk, each.longest, each.takes_text) for each in commands] == [
        ("concern", "say anonymously what is going wrong", "Raise a concern", 2_000, True),
        ("receipt", "read the answer to your concern, or add to it", "Use a receipt", 120, True),
        ("privacy", "what is kept of a concern, shown to you", "See what is kept of a concern", MOST_WORDS, False),
    ]
    assert [each.name for each in doors if isinstance(each, SealedButton)] == ["concerns.raise/1", "concerns.follow/1"]
    assert [(each.name, each.words) for each in doors if isinstance(each, SealedForm)] == [
        ("concerns.raise/2", "words"),
        ("concerns.follow/2", "words"),
    ]


async def test_a_rule_that_changes_after_the_preview_is_previewed_anew(rooms: Rooms) -> None:
    """Somebody looked at a concern that waits; meanwhile everything goes at once."""
    waiting, hurried = (routes(rooms.process(Counted(), rule), GUIDE) for rule in (WEEKLY, AtOnce()))
    preview = opened(await sent(waiting, opened(await command(waiting, "concern").handle("")), words="It fails."))
    again = opened(await sent(hurried, preview))
    assert await rooms.concern_ids() == []
    assert any("Here the time is known" in plain_block(block) for block in again.intro)
    await sent(hurried, again)
    assert len(await rooms.concern_ids()) == 1


async def test_words_that_fit_are_all_there_and_words_that_do_not_are_said_to_be_cut(
    doors: tuple[SealedRoute, ...],
) -> None:
    form = opened(await command(doors, "concern").handle("x" * 2_000))
    assert form.fields[-1].initial == "x" * 2_000
    assert CUT not in form.intro
    form = opened(await command(doors, "concern").handle("x" * 2_001))
    assert form.fields[-1].initial == "x" * 1_999 + "…"
    assert [plain_block(block) for block in form.intro][-1] == (
        "Only the first 2,000 characters fit here; what came behind them was not kept. Send the rest with the receipt "
        "that you get."
    )
    assert plain_block(form.intro[0]).startswith("The bot never stores who you are")
    form = opened(await command(doors, "receipt").handle("x" * 121))
    assert form.fields[0].initial == "x" * 119 + "…"


async def test_the_buttons_open_the_same_forms_empty(doors: tuple[SealedRoute, ...]) -> None:
    raise_it, follow = (each for each in doors if isinstance(each, SealedButton))
    forms = [opened(await each.press(cards.RAISE(NoPayload()).data)) for each in (raise_it, follow)]
    assert [each.name for each in forms] == ["concerns.raise/2", "concerns.follow/2"]
    assert [each.initial for form in forms for each in form.fields if each.name in ("words", "receipt")] == [""] * 3


async def test_the_bots_own_page_is_the_same_for_everybody(doors: tuple[SealedRoute, ...]) -> None:
    (home,) = (each for each in doors if isinstance(each, SealedHome))
    assert await home.draw() == cards.home_part()


async def test_a_receipt_tells_the_release_time_and_how_long_a_concern_is_kept(doors: tuple[SealedRoute, ...]) -> None:
    seen = plain_card(await raised(doors, words="It fails."))
    assert "on Tue 24 Nov 2026 at 10:00 UTC at the earliest" in seen
    assert "It is forgotten 90 days after it is resolved" in seen
    assert "It goes to the council at once." in plain_card(await raised(doors, words="Now.", urgency="at once"))


async def test_the_receipt_of_nobody_is_told_at_its_field(doors: tuple[SealedRoute, ...]) -> None:
    nobody = "abacus abdomen abdominal abide abiding ability"
    for words in ("", "More."):
        assert await followed(doors, nobody, words) == FormErrors({"receipt": GONE})


async def test_reading_and_adding_by_receipt(doors: tuple[SealedRoute, ...]) -> None:
    receipt = receipt_on(await raised(doors, words="It fails."))
    seen = plain_card(shown(await followed(doors, receipt)))
    assert "What you added is kept" not in seen
    assert "wait for the next release: 1." in seen
    preview = opened(await followed(doors, receipt, "More."))
    assert preview.ready
    assert "wait for the next release: 1." in plain_card(shown(await followed(doors, receipt)))
    seen = plain_card(shown(await sent(doors, preview)))
    assert (
        "What you added is kept. It goes to the council with the next release, on Tue 24 Nov 2026 at 10:00 UTC" in seen
    )
    assert "wait for the next release: 2." in seen
    with pytest.raises(Conflict) as caught:
        await sent(doors, preview)
    assert caught.value.message_for_person == (
        "This was sent before; what was sent first counts, and nothing was added."
    )


async def test_a_form_that_only_looks_again_adds_nothing(doors: tuple[SealedRoute, ...]) -> None:
    """A preview whose words were taken out again: what is left is a look."""
    receipt = receipt_on(await raised(doors, words="It fails."))
    preview = opened(await followed(doors, receipt, "More."))
    assert "wait for the next release: 1." in plain_card(shown(await sent(doors, preview, words="")))


async def test_the_same_concern_sent_twice_is_told_so(doors: tuple[SealedRoute, ...]) -> None:
    preview = opened(await sent(doors, opened(await command(doors, "concern").handle("")), words="It fails."))
    await sent(doors, preview)
    with pytest.raises(Conflict) as caught:
        await sent(doors, preview)
    assert caught.value.message_for_person == (
        "This concern was sent before, and is kept; nothing was added. If you did not see its six words, they cannot "
        "be shown any more: open the form anew, and say that it replaces an earlier one."
    )


async def test_a_date_that_cannot_be_read_costs_nobody_a_receipt(
    doors: tuple[SealedRoute, ...], rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(_: BatchStore) -> None:
        raise StoreProblem("Nothing of this was saved.")

    preview = opened(await sent(doors, opened(await command(doors, "concern").handle("")), words="It fails."))
    with monkeypatch.context() as trouble:
        trouble.setattr(BatchStore, "waiting_batch", busy)
        with pytest.raises(StoreProblem):
            await sent(doors, preview)
    assert await rooms.concern_ids() == []  # as was said
    receipt = receipt_on(shown(await sent(doors, preview)))
    addition = opened(await sent(doors, opened(await command(doors, "receipt").handle(receipt)), words="More."))
    with monkeypatch.context() as trouble:
        trouble.setattr(BatchStore, "waiting_batch", busy)
        with pytest.raises(StoreProblem):
            await sent(doors, addition)
    assert "What you added is kept." in plain_card(shown(await sent(doors, addition)))


async def test_what_is_wrong_is_told_before_anything_is_done(doors: tuple[SealedRoute, ...]) -> None:
    form = opened(await command(doors, "concern").handle(""))
    wrong = FormErrors({"words": "Please fill this in."})
    given = {each.name: each.initial for each in form.fields}
    door = form_door(doors, form.name)
    assert door.check(given, form.hidden) == wrong
    assert await door.submit(given, form.hidden) == wrong


async def test_privacy_shows_an_example_that_is_nobodys(doors: tuple[SealedRoute, ...]) -> None:
    card = shown(await command(doors, "privacy").handle("whatever was typed"))
    rows = [row for block in card.blocks if isinstance(block, Facts) for row in block.rows]
    seen = dict(rows)
    assert [name for name, _ in rows] == [
        "id", "lookup", "author_key", "batch",
        "id", "concern", "turn", "voice", "batch", "once", "for_council", "for_author",
    ]  # fmt: skip
    assert f"> {EXAMPLE}" in plain_card(card)
    assert seen["concern"] == rows[0][1]
    assert rows[3] == ("batch", "1")
    assert len(seen["concern"]) == len(seen["once"]) == 32
    assert len(seen["lookup"]) == 64
    assert seen["author_key"].endswith("(32 bytes)")
    assert (seen["batch"], seen["turn"], seen["voice"]) == ("1", "0", "author")
    assert seen["for_council"].endswith("(8,240 bytes)")
    assert seen["for_author"] == "empty"


async def test_the_release_looks_every_five_seconds(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    (job,) = jobs(concerns)
    assert (job.name, job.every, job.run) == ("concerns.release", timedelta(seconds=5), concerns.release)
