"""The showcase leaves nothing out: whoever adds a card, a form or a verb adds its scene."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType

import bot
from bot.app import Ports, build
from bot.chat.cards import Card
from bot.chat.events import DeskOpened
from bot.chat.forms import Form, FormSpec
from bot.chat.replies import OpenForm
from bot.concerns.forms import raise_form
from bot.concerns.model import Guide
from bot.council.charter_parts import AboutConcerns, Outside
from bot.questions.shelf import Shelf
from bot.settings import read
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock
from tests.showcase.chat import CHOICES, VERBS
from tests.showcase.concerns import GUIDE
from tests.showcase.hours import GUEST
from tests.showcase.scene import Pen
from tests.showcase.scenes import scene, scenes

BOT = Path(bot.__file__).parent
DRAWN = frozenset({"Card", "HomePart", "Form"})


def test_every_function_that_draws_has_its_scene() -> None:
    """Cards made in the middle of a door have none, and are found here too: cards belong where cards are drawn."""
    drawing = {name for file in BOT.rglob("*.py") for name in drawing_functions(file.read_text("utf-8"), file)}
    assert len(drawing) > 30, "the search for functions that draw finds too few to be right"
    assert drawing - called_by_scenes() == set()


def test_every_form_has_its_scene() -> None:
    modules = (importlib.import_module(name) for name in module_names())
    found = {each.name for module in modules for each in vars(module).values() if isinstance(each, FormSpec)}
    specs = found | {raise_form(Guide()).name}  # its choices are the council's, so that no module holds it
    assert len(specs) > 8, "the search for forms finds too few to be right"
    assert specs - {each.shown.name for each in scenes() if isinstance(each.shown, Form)} == set()


def test_scenes_have_names_of_their_own_and_stand_where_they_can() -> None:
    every = scenes()
    assert len({each.name for each in every}) == len(every)
    assert all(each.where == "modal" for each in every if isinstance(each.shown, Form))
    secret = [each for each in every if each.name.startswith("concerns.")]
    assert {each.where for each in secret} == {"modal"}, "a receipt and its answers stand in no history"


def test_the_guide_that_is_shown_is_one_that_a_council_can_write() -> None:
    assert AboutConcerns(systems=GUIDE.systems, keep=GUIDE.keep_days).systems == GUIDE.systems
    for each in GUIDE.outside:
        assert Outside(name=each.name, address=each.address).address == each.address


def test_help_and_desk_show_what_this_house_offers(tmp_path: Path, shelf: Shelf) -> None:
    ports = Ports(FakeMessenger(), FakeDirectory(), FakeClock())
    router = build(read(RAI_DATA_DIR=str(tmp_path)), ports, shelf=shelf).router
    assert router.verbs() == VERBS


async def test_the_desk_offers_what_this_house_does(tmp_path: Path, shelf: Shelf) -> None:
    ports = Ports(FakeMessenger(), FakeDirectory(), FakeClock())
    opened = await build(read(RAI_DATA_DIR=str(tmp_path)), ports, shelf=shelf).router.handle(DeskOpened(GUEST))
    assert isinstance(opened, OpenForm)
    assert opened.form == scene("chat.desk"), f"the scene's choices are {CHOICES}"


def test_the_pen_writes_what_people_type_and_nothing_else() -> None:
    plain, other = scenes(), scenes(Pen(lambda _example: "zebra"))
    assert [each.name for each in plain] == [each.name for each in other]
    pairs = zip(plain, other, strict=True)
    changed = {one.name for one, two in pairs if without_marks(one.shown) != without_marks(two.shown)}
    assert {"concerns.raise", "council.case", "hours.booked", "questions.ticket", "questions.shared"} <= changed
    assert changed.isdisjoint({"chat.help", "concerns.receipt", "questions.more", "council.cases"})


def without_marks(shown: Card | Form) -> tuple[object, ...]:
    """What is seen of it: buttons and hidden texts carry fresh random ids."""
    if isinstance(shown, Card):
        return (shown.title, shown.blocks, tuple(button.label for button in shown.buttons))
    return (shown.title, shown.intro, shown.fields)


def drawing_functions(source: str, file: Path) -> Iterator[str]:
    """The functions of a file that make a card, and the public ones that return what is drawn."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        makes = any(isinstance(each, ast.Call) and ast.unparse(each.func) == "Card" for each in ast.walk(node))
        returns = node.returns is not None and ast.unparse(node.returns) in DRAWN
        public = node in tree.body and not node.name.startswith("_")
        if makes or (returns and public):
            yield f"{file.relative_to(BOT)}:{node.name}"


def called_by_scenes() -> set[str]:
    """The functions of the bot that run while the scenes are made."""
    called: set[CodeType] = set()

    def note(frame: FrameType, _event: str, _: object) -> None:
        called.add(frame.f_code)

    scenes()  # so that the library is open before each call is looked at
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        scenes()
    finally:
        sys.setprofile(before)
    ran = ((Path(code.co_filename), code.co_name) for code in called)
    return {f"{file.relative_to(BOT)}:{name}" for file, name in ran if file.is_relative_to(BOT)}


def module_names() -> Iterator[str]:
    for file in BOT.rglob("*.py"):
        if file.name not in ("__init__.py", "__main__.py"):
            yield ".".join(("bot", *file.relative_to(BOT).with_suffix("").parts))
