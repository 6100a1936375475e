"""What Slack asked for is obeyed over a restart too."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack import names
from adapters.slack.pauses import Pauses
from adapters.slack.workspace import Workspace
from bot.chat.errors import Busy
from tests.adapters.slack.post_office import COUNCIL, MIRA, NOW, SHORT, PostOffice, post_office
from tests.doubles.slack.server import Fault
from tests.fakes.timing import FakeClock

KEY = "0" * 32


def started(office: PostOffice, clock: FakeClock, file: Path) -> Workspace:
    """A new process on the same data."""
    return Workspace.of(office.workspace.keys, names.place(COUNCIL.address), clock, office.seconds, file)


async def test_who_starts_anew_leaves_slack_alone_as_long_as_it_asked(tmp_path: Path) -> None:
    async with post_office() as office:
        clock, file = FakeClock(NOW), tmp_path / "slack-pauses.json"
        office.faults["chat.postMessage"] = [Fault("limited", seconds=30)]
        with pytest.raises(Busy):
            await started(office, clock, file).messenger.post(COUNCIL, SHORT, KEY)
        office.seconds.now += 29
        clock.move(timedelta(seconds=29))
        anew = started(office, clock, file)
        with pytest.raises(Busy) as raised:
            await anew.messenger.post(COUNCIL, SHORT, KEY)
        assert raised.value.wait == timedelta(seconds=1)
        office.seconds.now += 1
        await anew.messenger.post(COUNCIL, SHORT, KEY)
        assert len(office.seen()) == 1


async def test_what_is_kept_names_no_channel_and_nobody(tmp_path: Path) -> None:
    async with post_office() as office:
        clock, file = FakeClock(NOW), tmp_path / "slack-pauses.json"
        office.faults["chat.postMessage"] = [Fault("limited", seconds=30)]
        with pytest.raises(Busy):
            await started(office, clock, file).messenger.tell(MIRA, SHORT, KEY)
        assert file.read_text("utf-8") == '{"chat.postMessage": "2025-11-24T17:00:30+00:00"}'


def test_a_pause_that_is_over_is_forgotten_and_a_longer_one_counts(tmp_path: Path) -> None:
    clock = FakeClock(NOW)
    pauses = Pauses(clock, tmp_path / "slack-pauses.json")
    pauses.keep("chat.update", timedelta(seconds=10))
    pauses.keep("users.info", timedelta(seconds=60))
    pauses.keep("users.info", timedelta(seconds=20))
    clock.move(timedelta(seconds=30))
    assert pauses.left() == {"users.info": timedelta(seconds=30)}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"chat.update": 1}', '{"chat.update": "soon"}', "\xff"])
def test_a_file_that_cannot_be_read_is_no_pause(tmp_path: Path, content: str) -> None:
    file = tmp_path / "slack-pauses.json"
    file.write_bytes(content.encode("latin-1"))
    assert Pauses(FakeClock(NOW), file).left() == {}


def test_a_file_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    pauses = Pauses(FakeClock(NOW), tmp_path / "nowhere" / "slack-pauses.json")
    pauses.keep("chat.update", timedelta(seconds=10))
    assert replace(pauses, file=None).left() == {}
