"""Teams as a server on the loopback: its connector, login, Graph, keys and uploads, with faults to order."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Middleware

from tests.doubles.teams.connector import Address, Connector, Refusal
from tests.doubles.teams.faults import Fault, Faults
from tests.doubles.teams.keys import Keys
from tests.doubles.teams.login import CONNECTOR, GRAPH, logged_in, opens, registration
from tests.doubles.teams.organisation import Call, Organisation
from tests.doubles.teams.shapes import Json
from tests.doubles.teams.throttle import Throttle


@dataclass
class TeamsDouble:
    """A running Teams.

    Args:
        faults: asked before each call what goes wrong with it.
        seconds: the clock by which calls are counted, where it is not the organisation's.
        middlewares: what stands before all of it.
    """

    organisation: Organisation = field(default_factory=Organisation)
    keys: Keys = field(default_factory=Keys)
    faults: Faults = lambda _method, _args: None
    seconds: Callable[[], float] | None = None
    middlewares: tuple[Middleware, ...] = ()
    port: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.throttle = Throttle(lambda: (self.seconds or self.organisation.clock)())

    @asynccontextmanager
    async def running(self) -> AsyncIterator["TeamsDouble"]:
        """The server from start to end."""
        runner = web.AppRunner(self._application(), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            self._over.set()
            await runner.cleanup()

    @property
    def violations(self) -> list[str]:
        """What came too fast, a sentence each."""
        return self.throttle.violations

    @property
    def base_url(self) -> str:
        """Where everything stands."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def service_url(self) -> str:
        """The connector, as it stands in every activity."""
        return f"{self.base_url}/teams/"

    @property
    def login_url(self) -> str:
        """Microsoft's login."""
        return f"{self.base_url}/login/"

    @property
    def graph_url(self) -> str:
        """Microsoft's Graph."""
        return f"{self.base_url}/graph/"

    @property
    def openid_url(self) -> str:
        """The OpenID document of those who sign activities."""
        return f"{self.base_url}/openid/.well-known/openidconfiguration"

    async def next_call(self) -> None:
        """Wait until the app has called once more."""
        await self._called.wait()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=10_000_000, middlewares=self.middlewares)
        add, talk = application.router.add_route, "/teams/v3/conversations"
        add("POST", talk, self._route("create"))
        add("POST", f"{talk}/{{to}}/activities", self._route("send"))
        add("POST", f"{talk}/{{to}}/activities/{{which}}", self._route("send"))
        add("PUT", f"{talk}/{{to}}/activities/{{which}}", self._route("update"))
        add("DELETE", f"{talk}/{{to}}/activities/{{which}}", self._route("delete"))
        add("GET", f"{talk}/{{to}}/members", self._route("members"))
        add("GET", f"{talk}/{{to}}/members/{{which}}", self._route("member"))
        add("GET", f"{talk}/{{to}}/pagedmembers", self._route("pagedmembers"))
        add("GET", "/teams/v3/teams/{which}", self._route("team"))
        add("GET", "/teams/v3/teams/{which}/conversations", self._route("channels"))
        add("POST", "/login/{to}/oauth2/v2.0/token", self._route("login"))
        add("GET", "/graph/v1.0/{which}", self._route("graph"))
        add("GET", "/openid/.well-known/openidconfiguration", self._route("openid"))
        add("GET", "/openid/keys", self._route("keys"))
        add("PUT", "/upload/{which}", self._route("upload"))
        return application

    def _route(self, method: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await self._answer(method, request)

        return answer

    async def _answer(self, method: str, request: web.Request) -> web.StreamResponse:
        args = await _arguments(request)
        try:
            self._look_for_haste(method, args)
        except Refusal as refusal:
            return self._told(method, args, refusal)
        fault = self.faults(method, args)
        if fault and fault.kind != "lost" and not fault.kept:
            return await self._fails(method, args, fault)
        try:
            status, answer = await self._done(method, args, request)
        except Refusal as refusal:
            return self._told(method, args, refusal)
        if fault and fault.kept:
            return await self._fails(method, args, fault)
        error = "" if status < 300 else json.dumps(answer)
        self._record(method, args, error)
        return _cut_off(request) if fault else web.json_response(answer, status=status)

    def _look_for_haste(self, method: str, args: Json) -> None:
        """Refuse what comes faster than Teams takes it."""
        if method in ("login", "graph", "openid", "keys", "upload"):
            return
        if self.throttle.wait(method, Address.parse(str(args.get("to") or _members(args))).conversation) > 0:
            raise Refusal(429, "TooManyRequests", "API calls quota exceeded")

    async def _done(self, method: str, args: Json, request: web.Request) -> tuple[int, Json]:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        match method:
            case "openid" | "keys":
                self.keys.fetched[method] += 1
                document = self.keys.document(f"{self.base_url}/openid") if method == "openid" else self.keys.key_set()
                return 200, document
            case "login":
                return logged_in(self.organisation, args["to"], args["body"])
            case "graph":
                return self._graph(token, args)
            case "upload":
                return self._upload(args, request)
        if not opens(self.organisation, token, CONNECTOR):
            raise Refusal(401, "Unauthorized", "Authorization has been denied for this request.")
        return self._connected(method, args)

    def _connected(self, method: str, args: Json) -> tuple[int, Json]:
        connector, at = Connector(self.organisation), Address.parse(args.get("to", ""))
        which, body = args.get("which", ""), args.get("body") or {}
        targeted = str(args["query"].get("isTargetedActivity", "")).lower() == "true"
        match method:
            case "create":
                return 201, connector.create(body)
            case "send":
                return 201, connector.send(at, body, targeted=targeted, reply_to=which)
            case "update":
                return 200, connector.update(at, which, body, targeted=targeted)
            case "delete":
                return 200, connector.delete(at, which, targeted=targeted)
            case "member":
                return 200, connector.member(at, which)
            case "members":
                return 200, connector.roster(at)  # type: ignore[return-value]
            case "pagedmembers":
                return 200, connector.page(at, args["query"])
            case "team":
                return 200, connector.team(which)
        return 200, connector.channels(which)

    def _graph(self, token: str, args: Json) -> tuple[int, Json]:
        if not opens(self.organisation, token, GRAPH):
            raise Refusal(401, "InvalidAuthenticationToken", "Access token is empty or of another audience.")
        asked = re.fullmatch(r"applications\(appId='([^']+)'\)", args["which"])
        if asked is None:
            raise Refusal(400, "BadRequest", "Resource not found for the segment.")
        return registration(self.organisation, asked[1])

    def _upload(self, args: Json, request: web.Request) -> tuple[int, Json]:
        content = args.pop("content")
        length, told = len(content), request.headers.get("Content-Range", "")
        if args["which"] not in self.organisation.uploads:
            raise Refusal(404, "itemNotFound", "The upload session was not found")
        if told != f"bytes 0-{length - 1}/{length}":
            raise Refusal(400, "invalidRequest", "Invalid Content-Range header value")
        self.organisation.uploads[args["which"]] = content
        return 201, {"id": args["which"], "size": length}

    async def _fails(self, method: str, args: Json, fault: Fault) -> web.StreamResponse:
        where = Address.parse(str(args.get("to") or _members(args))).conversation
        match fault.kind:
            case "limited":
                self.throttle.close(method, where, fault.seconds)
                refusal = Refusal(429, "TooManyRequests", "API calls quota exceeded")
                return self._told(method, args, refusal, fault.seconds)
            case "precondition":
                return self._told(method, args, Refusal(412, "PreconditionFailed", "Precondition failed, retry."))
            case "refused":
                return self._told(method, args, Refusal(fault.status, fault.code))
            case "broken":
                self._record(method, args, "broken")
                return web.Response(status=fault.status, text="<html>Oh no</html>", content_type="text/html")
            case _:
                self._record(method, args, fault.kind)
                await self._over.wait()
                return web.Response(status=504)

    def _told(self, method: str, args: Json, refusal: Refusal, after: float = 0) -> web.StreamResponse:
        self._record(method, args, refusal.code)
        headers = {"Retry-After": f"{after:g}"} if after else {}
        return web.json_response(refusal.answer, status=refusal.status, headers=headers)

    def _record(self, method: str, args: Json, error: str) -> None:
        self.organisation.calls.append(Call(method, args, error))
        called, self._called = self._called, asyncio.Event()
        called.set()


async def _arguments(request: web.Request) -> Json:
    """What was asked: ``to`` and ``which`` of the address, the query, and the body."""
    args: Json = {**request.match_info, "query": dict(request.query)}
    if request.method == "PUT" and request.path.startswith("/upload/"):
        return {**args, "content": await request.read()}
    if request.content_type == "application/json" and request.body_exists:
        return {**args, "body": await request.json()}
    return {**args, "body": dict(await request.post())} if request.body_exists else args


def _members(args: Json) -> str:
    """Whom a new conversation is for."""
    return str(((args.get("body") or {}).get("members") or [{}])[0].get("id", ""))


def _cut_off(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word."""
    if request.transport:
        request.transport.close()
    return web.Response()
