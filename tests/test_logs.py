"""The log: where it goes, and which libraries may not speak in it."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot.logs import TALKATIVE, UNTIMELY, hush

WRITE = """
import logging, sys
from pathlib import Path
from bot import logs

logs.to_file(Path(sys.argv[1])) if len(sys.argv) > 1 else logs.to_stderr()
logging.getLogger("bot.test").info("a name and a count: %d", 3)
logging.getLogger("sqlalchemy.engine.Engine").info("canary")
logging.getLogger("aiosqlite").debug("canary")
"""


def test_the_log_is_a_file_of_its_owner(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", WRITE, str(tmp_path / "logs")], check=True, timeout=60)
    written = (tmp_path / "logs" / "rai.log").read_text()
    assert "INFO bot.test: a name and a count: 3" in written
    assert "canary" not in written
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700


def test_a_server_logs_where_its_keeper_reads() -> None:
    ran = subprocess.run([sys.executable, "-c", WRITE], check=True, timeout=60, capture_output=True, text=True)
    assert "a name and a count: 3" in ran.stderr
    assert "canary" not in ran.stderr


@pytest.mark.parametrize("name", TALKATIVE)
def test_what_logs_values_is_hushed_whatever_the_root_says(name: str) -> None:
    logging.getLogger(name).setLevel(logging.DEBUG)
    hush()
    assert not logging.getLogger(f"{name}.anything").isEnabledFor(logging.INFO)


@pytest.mark.parametrize("name", UNTIMELY)
def test_what_tells_of_moments_is_hushed_further(name: str) -> None:
    logging.getLogger(name).setLevel(logging.DEBUG)
    hush()
    assert not logging.getLogger(f"{name}.anything").isEnabledFor(logging.WARNING)
    assert logging.getLogger(f"{name}.anything").isEnabledFor(logging.ERROR)


def test_drawing_a_text_leaves_no_line_even_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("markdown_it").setLevel(logging.NOTSET)
    hush()
    caplog.set_level(logging.DEBUG)
    MarkdownIt().render("A *text*.")
    assert caplog.records == []


def test_a_job_that_is_skipped_leaves_no_line(caplog: pytest.LogCaptureFixture) -> None:
    scheduler = logging.getLogger("apscheduler.scheduler")
    hush()
    caplog.set_level(logging.DEBUG)
    scheduler.warning("Execution of job skipped: maximum number of running instances reached")
    assert caplog.records == []
