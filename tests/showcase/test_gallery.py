"""The gallery has two pictures and an alternative text for every scene, and the page in docs shows what is there."""

import json
import re
from pathlib import Path

import pytest

from adapters.shapes import objects, word
from gallery import slack, teams
from gallery.index import PAGES, index
from tests.showcase.scene import Scene
from tests.showcase.scenes import scenes

PLACE = Path(__file__).parents[2] / "docs" / "gallery"


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_a_scene_becomes_a_frame_with_something_in_it(scene: Scene) -> None:
    frame = slack.frame(scene)
    shown = frame.get("view", {"blocks": frame.get("messages")})
    assert isinstance(shown, dict)
    assert shown["blocks"]
    assert json.loads(json.dumps(frame)) == frame


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_a_scene_becomes_cards_in_a_message_or_a_dialog_of_teams(scene: Scene) -> None:
    frame = teams.frame(scene)
    cards = [
        word(frame, "dialog", "card", "content", "type"),
        *(word(each, "type") for each in objects(frame, "cards")),
    ]
    assert set(cards) - {""} == {"AdaptiveCard"}
    assert ("dialog" in frame) == (scene.where == "modal")
    assert json.loads(json.dumps(frame)) == frame


@pytest.mark.parametrize("platform", ["slack", "teams"])
def test_the_page_shows_every_scene_by_room_and_says_what_it_is(platform: str) -> None:
    page = index(scenes(), platform)
    rooms = ["Chat", "Questions", "Hours", "Concerns", "Pulse", "Council"]
    assert re.findall(r"^## (\w+)", page, re.MULTILINE) == rooms
    for scene in scenes():
        assert f'srcset="{platform}/{scene.name}-dark.png"><img src="{platform}/{scene.name}-light.png"' in page
    said = re.findall(r'alt="([^"]*)"', page)
    assert all(len(alt) > 20 for alt in said)
    assert len(said) == len(scenes())


@pytest.mark.parametrize("platform", ["slack", "teams"])
def test_the_page_that_is_kept_shows_the_pictures_that_are_kept(platform: str) -> None:
    page = (PLACE / PAGES[platform]).read_text("utf-8")
    assert page == index(scenes(), platform)
    named = set(re.findall(rf'"({platform}/[^"]+\.png)"', page))
    assert named == {str(path.relative_to(PLACE)) for path in PLACE.glob(f"{platform}/*.png")}


def test_no_picture_of_teams_is_so_large_that_a_page_of_them_is_slow() -> None:
    assert [path.name for path in PLACE.glob("teams/*.png") if path.stat().st_size > 300_000] == []
