"""What every card and form of the house has in common in Teams: one headline, one loud button, calm all around."""

import pytest

from adapters.shapes import Json, objects, word
from adapters.teams.parts import fitted, parts
from adapters.teams.render import drawn_dialog
from adapters.teams.render_form import drawn_form
from bot.chat.cards import Card
from bot.chat.forms import Form
from tests.adapters.teams.looking import actions, elements, inputs, seen
from tests.showcase.scenes import Scene, scene, scenes

CARDS = [each for each in scenes() if isinstance(each.shown, Card)]
FORMS = [each for each in scenes() if isinstance(each.shown, Form)]


def drawn(of: Scene | str) -> Json:
    shown = scene(of) if isinstance(of, str) else of.shown
    return parts(shown)[0] if isinstance(shown, Card) else drawn_form(shown)


def is_headline(element: Json) -> bool:
    runs = list(objects(element, "inlines")) or [element]
    return any(run.get("size") == "large" for run in runs)


@pytest.mark.parametrize("of", CARDS, ids=lambda of: of.name)
def test_a_card_has_one_headline_at_most_and_it_stands_first(of: Scene) -> None:
    headlines = [is_headline(each) for each in objects(drawn(of), "body")]
    assert True not in headlines[1:]


@pytest.mark.parametrize("of", scenes(), ids=lambda of: of.name)
def test_one_button_at_most_is_loud(of: Scene) -> None:
    shown = [*objects(drawn(of), "body")]
    loud = [
        each
        for each in actions({"body": [it for it in shown if "isVisible" not in it]})
        if each.get("style") == "positive"
    ]
    assert len(loud) <= 1


@pytest.mark.parametrize("of", CARDS, ids=lambda of: of.name)
def test_what_is_hidden_is_shown_by_a_button_and_hidden_again_by_another(of: Scene) -> None:
    card = drawn(of)
    hidden = {word(each, "id") for each in objects(card, "body") if each.get("isVisible") is False}
    toggles = [target for each in actions(card) for target in objects(each, "targetElements")]
    assert {(word(each, "elementId"), each["isVisible"]) for each in toggles} == {
        (name, visible) for name in hidden for visible in (True, False)
    }


@pytest.mark.parametrize("of", FORMS, ids=lambda of: of.name)
def test_every_field_of_a_form_is_there_with_its_label(of: Scene) -> None:
    assert isinstance(of.shown, Form)
    labels = [word(each, "label") or word(each, "title") for each in inputs(drawn(of))]
    assert labels == [field.label for field in of.shown.fields]


@pytest.mark.parametrize("of", scenes(), ids=lambda of: of.name)
def test_a_dialog_of_it_has_a_title_that_its_frame_has_room_for(of: Scene) -> None:
    card = fitted(of.shown, "More.") if isinstance(of.shown, Card) else drawn_form(of.shown)
    assert 0 < len(word(drawn_dialog(of.shown.title, card), "title")) <= 60


def test_an_answer_reads_as_it_was_written() -> None:
    lines = seen(drawn("questions.answer")).splitlines()
    assert lines[0] == "Proxies: find the columns that stand in for a protected trait"
    assert lines[2].startswith("Tension between a useful signal and a hidden trait.")
    assert lines[-9:-6] == [
        "1 ",
        "Fairlearn: Frequently asked questions",
        ", Why not just ignore the sensitive features?",
    ]


def test_what_is_to_be_kept_can_be_copied() -> None:
    runs = [each for each in elements(drawn("concerns.receipt")) if each.get("fontType") == "monospace"]
    assert [word(run, "text") for run in runs] == ["walnut gravity tulip harbor cinema quilt"]
