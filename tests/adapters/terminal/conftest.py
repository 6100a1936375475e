"""What the terminal's tests may ask for."""

from pathlib import Path

import pytest

from tests.adapters.terminal.house import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A house, and a terminal to play scripts at."""
    return Session(tmp_path)
