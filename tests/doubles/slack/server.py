"""Slack as a server on the loopback: its API, response URLs, uploads and Socket Mode, with faults to order."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from time import time
from typing import Literal

from aiohttp import WSMsgType, web
from aiohttp.typedefs import Middleware

from tests.doubles.slack.api import Api, Refusal
from tests.doubles.slack.responses import answer_to
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import Call, Workspace


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with a call.

    Args:
        kind: ``limited`` (429), ``refused``, ``broken`` (500), ``hung`` (nothing is answered), ``lost`` (done, and then
            nothing is answered).
        seconds: of Retry-After.
    """

    kind: Literal["limited", "refused", "broken", "hung", "lost"]
    error: str = "internal_error"
    seconds: float = 1


Faults = Callable[[str, Json], Fault | None]


@dataclass
class SlackDouble:
    """A running Slack.

    Args:
        others: more workspaces; a token says which one is meant.
        faults: asked before each call what goes wrong with it.
        violations: calls that came before Retry-After allowed them.
        clock_off: seconds that Slack's clock is ahead.
        dead_addresses: how many of the next addresses for sockets open none.
        middlewares: what stands before all of it.
    """

    workspace: Workspace = field(default_factory=Workspace)
    others: tuple[Workspace, ...] = ()
    faults: Faults = lambda _method, _args: None
    violations: list[str] = field(default_factory=list)
    clock_off: float = 0.0
    dead_addresses: int = 0
    middlewares: tuple[Middleware, ...] = ()
    port: int = 0
    _closed: dict[str, float] = field(default_factory=dict)
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _acks: dict[str, "asyncio.Future[Json]"] = field(default_factory=dict)
    _connected: asyncio.Event = field(default_factory=asyncio.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["SlackDouble"]:
        """The server from start to end."""
        application = web.Application(client_max_size=10_000_000, middlewares=self.middlewares)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_post("/response/{url}", self._response)
        application.router.add_post("/upload/{file}", self._upload)
        application.router.add_get("/socket", self._socket)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            self._over.set()
            for socket in self._sockets:
                await socket.close()
            await runner.cleanup()

    @property
    def api_url(self) -> str:
        """What the SDK is pointed at."""
        return f"http://127.0.0.1:{self.port}/api/"

    def response_url(
        self, channel: str, user: str, on: str = "", whisper: str = "", space: Workspace | None = None
    ) -> str:
        """A new address for answers."""
        return f"http://127.0.0.1:{self.port}/response/{(space or self.workspace).url(channel, user, on, whisper)}"

    async def connected(self) -> None:
        """Wait until an app has opened a socket."""
        await asyncio.wait_for(self._connected.wait(), 10)

    async def next_call(self) -> None:
        """Wait until the app has called once more."""
        await self._called.wait()

    async def send(self, kind: str, payload: Json) -> Json:
        """Send an envelope through the socket; returns the app's acknowledgement."""
        envelope = self.workspace.fresh("envelope")
        self._acks[envelope] = asyncio.get_running_loop().create_future()
        told = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        await self._sockets[-1].send_str(json.dumps(told))
        return await asyncio.wait_for(self._acks[envelope], 10)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _arguments(request)
        # In the query a token would stand in logs: Slack takes none from there.
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
        args.pop("token", None)
        space = next((each for each in (self.workspace, *self.others) if token in each.tokens), self.workspace)
        fault = self.faults(method, args)
        self._look_for_violation(method, args, fault)
        if fault and fault.kind != "lost":
            return await self._fails(method, args, fault)
        answer = self._answered(space, method, token, args, as_json=request.content_type == "application/json")
        space.calls.append(Call(method, args, "" if answer["ok"] else answer["error"]))
        self._turn()
        if fault:
            return _cut_off(request)
        scopes = space.tokens[token].scopes if token in space.tokens else ()
        headers = {"X-OAuth-Scopes": ",".join(sorted(scopes)), "Date": formatdate(time() + self.clock_off, usegmt=True)}
        return web.json_response(answer, headers=headers)

    def _answered(self, space: Workspace, method: str, token: str, args: Json, *, as_json: bool) -> Json:
        try:
            answer = Api(space).call(method, token, args, as_json=as_json)
        except Refusal as refusal:
            return refusal.answer
        if method == "apps.connections.open":
            answer["url"] = f"ws://127.0.0.1:{self.port}/{'nowhere' if self.dead_addresses else 'socket'}"
            self.dead_addresses = max(self.dead_addresses - 1, 0)
        if method == "files.getUploadURLExternal":
            answer["upload_url"] = f"http://127.0.0.1:{self.port}/upload/{answer['file_id']}"
        return answer

    def _turn(self) -> None:
        called, self._called = self._called, asyncio.Event()
        called.set()

    def _look_for_violation(self, method: str, args: Json, fault: Fault | None) -> None:
        gate = f"{method} {args.get('channel', '')}" if method == "chat.postMessage" else method
        now = self.workspace.clock()
        if now < self._closed.get(gate, now):
            self.violations.append(gate)
        if fault and fault.kind == "limited":
            self._closed[gate] = now + fault.seconds

    async def _fails(self, method: str, args: Json, fault: Fault) -> web.StreamResponse:
        self.workspace.calls.append(Call(method, args, fault.kind))
        match fault.kind:
            case "limited":
                headers = {"Retry-After": f"{fault.seconds:g}"}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            case "refused":
                return web.json_response({"ok": False, "error": fault.error})
            case "broken":
                return web.Response(status=500, text="<html>Oh no</html>")
            case _:
                await self._over.wait()
                return web.Response(status=504)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        name, body = request.match_info["url"], await request.json()
        space = next((each for each in (self.workspace, *self.others) if name in each.urls), self.workspace)
        if (fault := self.faults("response_url", body)) and fault.kind != "lost":
            return await self._fails("response_url", body, fault)
        space.calls.append(Call("response_url", body))
        error, status = answer_to(space, name, body)
        self._turn()
        return web.json_response({"ok": False, "error": error}, status=status) if error else web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        for space in (self.workspace, *self.others):
            if upload := space.uploads.get(request.match_info["file"]):
                upload["content"] = await request.read()
                return web.Response(text="OK")
        return web.Response(status=404)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1}))
        self._sockets.append(socket)
        self._connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                told = json.loads(message.data)
                waiting = self._acks.pop(told.get("envelope_id", ""), None)
                if waiting and not waiting.done():
                    waiting.set_result(told.get("payload") or {})
        return socket


async def _arguments(request: web.Request) -> Json:
    """The arguments, wherever they stand: in the query, a form or JSON."""
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post() if request.body_exists else {}
    query = {name: value for name, value in request.query.items() if name != "token"}
    return {name: _unpacked(str(value)) for name, value in {**query, **form}.items()}


def _unpacked(value: str) -> object:
    if value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def _cut_off(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word."""
    if request.transport:
        request.transport.close()
    return web.Response()
