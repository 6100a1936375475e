"""The gallery has two pictures and an alternative text for every scene, and the page in docs shows what is there."""

import json
import re
from pathlib import Path

import pytest

from gallery import slack
from gallery.index import index
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


def test_the_page_shows_every_scene_by_room_and_says_what_it_is() -> None:
    page = index(scenes(), "slack")
    assert re.findall(r"^## (\w+)", page, re.MULTILINE) == ["Chat", "Questions", "Hours", "Concerns", "Council"]
    for scene in scenes():
        assert f'srcset="slack/{scene.name}-dark.png"><img src="slack/{scene.name}-light.png"' in page
    said = re.findall(r'alt="([^"]*)"', page)
    assert all(len(alt) > 20 for alt in said)
    assert len(said) == len(scenes())


def test_the_page_that_is_kept_shows_the_pictures_that_are_kept() -> None:
    page = (PLACE / "README.md").read_text("utf-8")
    named = set(re.findall(r'"(slack/[^"]+\.png)"', page))
    assert named == {str(path.relative_to(PLACE)) for path in PLACE.glob("slack/*.png")}
