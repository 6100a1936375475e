"""The questions room's tests speak with a house whose library is their own."""

from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from tests.questions.library import save_all, small_shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten entries."""
    return save_all(tmp_path / "library")


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    """A shelf of them, which takes the built-in one's place in this folder's houses."""
    return small_shelf(folder)
