"""What goes wrong on the way in: requests that are forged, old, cut off, too large, repeated, or given up."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from benchmarks.residue.at_slack import AtSlack, SlackAuthor
from benchmarks.residue.at_teams import AtTeams, TeamsAuthor
from benchmarks.residue.doors import Author, Change
from benchmarks.residue.fault import WEB, Fault, Sends
from bot.web import web
from tests.doubles.slack.fronts import PATH as SLACK_PATH
from tests.doubles.slack.fronts import signed, written
from tests.doubles.slack.workspace import SECRET
from tests.doubles.teams.fronts import PATH as TEAMS_PATH

HTTP = "ht"
FORM = "application/x-www-form-urlencoded"


def request_of(door: AtSlack | AtTeams, author: Author) -> tuple[str, bytes, dict[str, str]]:
    """The request of a right form: its path, its body and its headers."""
    if isinstance(door, AtSlack):
        assert isinstance(author, SlackAuthor)
        body, kind = written("interactive", door.payload(author))
        return SLACK_PATH, body, {"Content-Type": kind, **signed(body)}
    assert isinstance(author, TeamsAuthor)
    token = door.stage.double.keys.token(door.stage.double.service_url)
    return (
        TEAMS_PATH,
        json.dumps(door.activity(author)).encode(),
        {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
        },
    )


def with_body(change: Callable[[bytes], bytes], *, sign: bool = True) -> Sends:
    """Another body, signed as it is or as it was."""

    async def sends(door: Any, author: Any) -> str:
        path, body, headers = request_of(door, author)
        changed = change(body)
        if isinstance(door, AtSlack) and sign:
            headers |= signed(changed)
        return await _posted(door, author, path, changed, headers)

    return sends


async def _posted(door: AtSlack | AtTeams, author: Author, path: str, body: bytes, headers: dict[str, str]) -> str:
    client = door.stage.client if isinstance(door, AtSlack) else door.stage.front.client
    author.status = (await client.post(path, content=body, headers=headers)).status_code
    await door.quiet()
    return door.sees(author)


def with_token(slack: Callable[[bytes], dict[str, str]], **claims: object) -> Sends:
    """A signature, or a token, that is not right."""

    async def sends(door: Any, author: Any) -> str:
        path, body, headers = request_of(door, author)
        if isinstance(door, AtSlack):
            headers |= slack(body)
        else:
            told = {name: each(body) if callable(each) else each for name, each in claims.items()}
            headers["Authorization"] = f"Bearer {door.stage.double.keys.token(door.stage.double.service_url, **told)}"
        return await _posted(door, author, path, body, headers)

    return sends


async def unsigned(door: Any, author: Any) -> str:
    path, body, headers = request_of(door, author)
    kept = {"Content-Type": headers["Content-Type"]}
    return await _posted(door, author, path, body, kept)


async def hangs_up(door: Any, author: Any) -> str:
    """The connection ends in the middle of the body."""
    path, body, headers = request_of(door, author)
    parts: Iterator[dict[str, object]] = iter(
        [{"type": "http.request", "body": body[: len(body) * 2 // 3], "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> dict[str, object]:
        return next(parts, {"type": "http.disconnect"})

    async def send(message: MutableMapping[str, Any]) -> None:
        author.status = message.get("status", author.status)

    named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "scheme": "http", "headers": named, "client": ("127.0.0.1", 1),
        "server": ("house", 80),
    }  # fmt: skip
    author.status = 499
    try:
        await web(door.app, (door.stage.door,))(scope, receive, send)
    except Exception as error:
        author.raised = error  # what a server would be told, and log; looked at like everything else
        raise
    await door.quiet()
    return str(door.sees(author))


async def three_times(door: Any, author: Any) -> str:
    """The very same request comes three times, at once and again."""
    if door.letter == "s":
        payload = door.payload(author)
        await asyncio.gather(*(door.stage.front.send("interactive", payload) for _ in range(2)))
        await door.stage.front.send("interactive", payload)
        await door.quiet()
        return str(door.sees(author))
    path, body, headers = request_of(door, author)
    await asyncio.gather(*(_posted(door, author, path, body, headers) for _ in range(2)))
    return await _posted(door, author, path, body, headers)


async def sent_twice(door: Any, author: Any) -> str:
    """Sent once more from another device, on which the form is still open."""
    await door.sends(author)
    await author.client.submits_again()
    await door.quiet()
    return str(door.sees(author))


def changed(change: Callable[[Any], Change]) -> Sends:
    """A form with something wrong about it."""

    async def sends(door: Any, author: Any) -> str:
        return str(await door.sends_changed(author, change(author)))

    return sends


def _elsewhere(_body: bytes) -> str:
    return "https://smba.trafficmanager.net/emea/"


FAULTS = (
    Fault("a form is sent twice", WEB, sends=sent_twice),
    Fault("the same request comes three times", WEB, sends=three_times),
    Fault(
        "a signature or token of somebody else's",
        HTTP,
        sends=with_token(lambda body: signed(body, secret="another"), aud="another-bot"),
    ),
    Fault(
        "a signature or token of long ago",
        HTTP,
        sends=with_token(lambda body: signed(body, at=time.time() - 600), exp=int(time.time()) - 600),
    ),
    Fault(
        "a token for another service", "t", sends=with_token(lambda body: signed(body, SECRET), serviceurl=_elsewhere)
    ),
    Fault("no signature or token", HTTP, sends=unsigned),
    Fault(
        "a body that was changed after it was signed", HTTP, sends=with_body(lambda body: body + b"&x=y", sign=False)
    ),
    Fault("a body that is cut off", HTTP, sends=with_body(lambda body: body[: len(body) * 2 // 3])),
    Fault("a body that is no text", HTTP, sends=with_body(lambda body: body[:40] + b"\xff\xfe\x00" + body[40:])),
    Fault(
        "a body of two million bytes", HTTP, sends=with_body(lambda body: body * (2_000_000 // len(body) + 1)), most=5
    ),
    Fault("the client hangs up in the middle", HTTP, sends=hangs_up),
    Fault("a field is missing", WEB, sends=changed(lambda _: Change({"words": None}))),
    Fault("a field that nobody knows", WEB, sends=changed(lambda author: Change({"unknown": author.words}))),
    Fault("words that are too long", WEB, sends=changed(lambda author: Change({"words": author.words * 80}))),
    Fault("words in the place of a choice", WEB, sends=changed(lambda author: Change({"value": author.words}))),
    Fault(
        "words with signs that nobody types",
        WEB,
        sends=changed(lambda author: Change({"words": f"{author.words}\0\x1b[2J\ud7ff"})),
    ),
    Fault("hidden text that is broken", WEB, sends=changed(lambda author: Change(hidden="{"))),
    Fault("hidden text that holds the words", WEB, sends=changed(lambda author: Change(hidden=author.words))),
    Fault("a form of an older version", WEB, sends=changed(lambda _: Change(name="concerns.raise/1"))),
    Fault(
        "a form that nobody knows", WEB, sends=changed(lambda author: Change(name=f"concerns.{author.words[:16]}/9"))
    ),
)
