"""Microsoft's Agents Playground as a client that a script can hold: what it shows, and what is said and pressed in it.

Its ways in are not documented: they are what its own page calls, in the version that is named in ``children.py``.
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import yaml

from benchmarks.teams.reading import words_in

CONFIG = Path(__file__).parent / ".m365agentsplayground.yml"

PATIENCE = 20.0
"""Seconds that something may take to be shown."""


@dataclass(frozen=True)
class Played:
    """Who and what the Playground plays."""

    config: Any = field(default_factory=lambda: yaml.safe_load(CONFIG.read_text("utf-8")))

    @property
    def tenant(self) -> str:
        return str(self.config["tenantId"])

    @property
    def mira(self) -> Any:
        """Whose window it is."""
        return self.config["currentUser"]

    def person(self, name: str) -> Any:
        """Somebody else."""
        return next(each for each in self.config["users"] if each["name"] == name)

    @property
    def chat(self) -> str:
        return str(self.config["personalChat"]["id"])

    @property
    def group(self) -> str:
        return str(self.config["groupChat"]["id"])

    @property
    def channel(self) -> str:
        return str(self.config["team"]["id"])

    @property
    def council(self) -> str:
        return str(self.config["team"]["channels"][0]["id"])


@dataclass
class Shown:
    """A message of the bot's, as it stands now.

    Args:
        where: its conversation, with the thread.
    """

    where: str
    id: str
    content: Any
    edits: int = 0

    @property
    def words(self) -> str:
        """All its words, a line each."""
        return "\n".join(words_in(self.content))


@dataclass
class Playground:
    """A running Playground, watched from its beginning.

    Args:
        shown: every message of the bot's, the oldest first.
        answers: what it answered to invokes, by their activities' ids.
        taken: the words of all that it took of the bot, in Mira's window or in somebody else's, which it does not show.
        refused: what the Playground did not take of the bot.
        since: how much was shown when somebody last wrote.
    """

    base: str
    http: aiohttp.ClientSession
    played: Played = field(default_factory=Played)
    shown: list[Shown] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    since: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(int(time.time() * 1_000)))

    async def installs(self) -> None:
        """Add the bot to Mira's chats, as the page does whenever it is opened."""
        await self._post(f"/_debug/conversation/{quote(self.played.chat, safe='')}/installation", {})

    async def says(self, text: str, where: str = "") -> None:
        """Write as Mira; a name is called where others read, since nothing else reaches the bot there."""
        where, bot = where or self.played.chat, self.played.config["bot"]
        named = f"<at>{bot['name']}</at>"
        called: Any = {"text": text} if where == self.played.chat else {
            "text": f"{named} {text}", "mentions": [{"mentioned": {"id": bot["id"]}, "text": named}],
        }  # fmt: skip
        said = {"from": {"id": self.played.mira["id"]}, "textFormat": "plain", **called}
        self.since = len(self.shown)
        await self._post(f"/_conversation/v1/conversations/{quote(where, safe='')}/messages", said)

    async def calls(self, text: str, who: Any, where: str) -> None:
        """Write as somebody else, calling the bot by its name."""
        bot = self.played.config["bot"]
        named = f"<at>{bot['name']}</at>"
        called = [{"type": "mention", "mentioned": {"id": bot["id"], "name": bot["name"]}, "text": named}]
        await self.does({"type": "message", "text": f"{named} {text}", "entities": called}, who, where)

    async def does(self, activity: Any, who: Any = None, where: str = "") -> str:
        """Let Teams tell the bot anything at all; returns the activity's id."""
        begun = await self._get(f"/_internal/v1/customActivities/template?conversationId={quote(self.played.chat)}")
        who, where, name = who or self.played.mira, where or self.played.chat, str(next(self._ids))
        kind = "personal" if where == self.played.chat else "groupChat" if where == self.played.group else "channel"
        self.since = len(self.shown) if activity["type"] == "message" else self.since
        told = {
            **begun,
            "id": name,
            "from": {"id": who["id"], "aadObjectId": who["aadObjectId"], "name": who["name"]},
            "conversation": {"id": where, "conversationType": kind, "tenantId": self.played.tenant},
            "channelData": {"tenant": {"id": self.played.tenant}},
        }
        await self._post("/_internal/v1/customActivities", {**told, **activity})
        return name

    async def invokes(self, name: str, value: Any, who: Any = None, where: str = "", on: str = "") -> Any:
        """Let Teams ask the bot; returns what it answered."""
        asked = {"type": "invoke", "name": name, "value": value, **({"replyToId": on} if on else {})}
        done = await self.does(asked, who, where)
        await self.until(lambda: done in self.answers, f"an answer to {name}")
        return self.answers[done]

    async def executes(self, action: Any, message: Shown) -> Any:
        """Press an Action.Execute as Mira, by the Playground's own way; returns what the bot answered."""
        pressed = {key: action[key] for key in ("type", "verb", "data")}
        return await self._post("/_conversation/v1/invoke", {
            "name": "adaptiveCard/action", "conversation": {"id": message.where}, "replyToId": message.id,
            "from": {"id": self.played.mira["id"]}, "value": {"action": pressed, "trigger": "manual"},
        })  # fmt: skip

    async def extends(self, command: str, value: Any = None) -> Any:
        """Choose a message extension as Mira; returns what the bot answered."""
        where = "message" if value else "compose"
        asked = {"commandId": command, "commandContext": where, "context": {"theme": "default"}, **(value or {})}
        return await self._post("/_conversation/v1/invoke", {
            "name": "composeExtension/fetchTask", "conversation": {"id": self.played.chat},
            "from": {"id": self.played.mira["id"]}, "value": asked,
        })  # fmt: skip

    async def sees(self, words: str, where: str = "") -> Shown:
        """The newest message with these words since somebody wrote, in a conversation or in any thread of it."""

        def fitting() -> list[Shown]:
            shown = self.shown[self.since :]
            return [each for each in shown if words in each.words and each.where.startswith(where)]

        await self.until(lambda: bool(fitting()), f"{words!r} in {where or 'any conversation'}")
        return fitting()[-1]

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so; AssertionError after PATIENCE."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"the Playground did not show {what}") from None

    async def watches(self, stream: str, takes: Callable[[Any], None]) -> None:
        """Read a stream of the Playground's for ever; both begin with all that was."""
        async with self.http.ws_connect(f"{self.base}{stream}", max_msg_size=0) as socket:
            async for message in socket:
                takes(json.loads(message.data))
                self._changed.set()

    def takes_message(self, told: Any) -> None:
        """Something was shown, or changed."""
        where, message = told.get("actionConversationId", ""), told.get("message") or {}
        if message.get("from", {}).get("id") != self.played.config["bot"]["id"]:
            return
        content = [message.get("text", ""), message.get("attachments", [])]
        for each in self.shown:
            if each.id == message["messageId"]:
                each.content, each.edits = content, each.edits + 1
                return
        root = message.get("postConversationId") or where
        self.shown.append(Shown(root, message["messageId"], content))

    def takes_log(self, told: Any) -> None:
        """The bot answered something, or was refused something."""
        entry = told.get("log") or {}
        answered = entry.get("response") or {}
        if entry.get("activityName") == "invoke":
            self.answers[entry["messageId"]] = answered.get("body")
        status = answered.get("statusCode") or 200
        if entry.get("activityName") == "message" and status == 201:
            self.taken.append("\n".join(words_in(entry["request"]["body"].get("attachments"))))
        if status >= 400:
            self.refused.append(f"{entry.get('activityName')}: {status}")

    async def _post(self, path: str, body: Any) -> Any:
        async with self.http.post(f"{self.base}{path}", json=body) as answer:
            text = await answer.text()
            assert answer.status == 200, f"the Playground refused {path}: {answer.status} {text[:200]}"
            return json.loads(text) if text else None

    async def _get(self, path: str) -> Any:
        async with self.http.get(f"{self.base}{path}") as answer:
            return json.loads(await answer.text())


@asynccontextmanager
async def playground(base: str) -> AsyncIterator[Playground]:
    """A Playground that runs at an address, watched."""
    async with aiohttp.ClientSession() as http:
        opened = Playground(base, http)
        watching = [
            asyncio.create_task(opened.watches("/_ws_conversation/v1/conversations/stream", opened.takes_message)),
            asyncio.create_task(opened.watches("/_ws/log/stream", opened.takes_log)),
        ]
        try:
            yield opened
        finally:
            for each in watching:
                each.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
