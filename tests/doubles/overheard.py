"""Everything that is sent to a double, as it came over the wire, and answers that no platform should give."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

Weather: TypeAlias = Callable[[web.Request, bytes], Awaitable[web.StreamResponse] | None]
"""What is answered in the place of the platform; None where the platform answers."""


def fair(_request: web.Request, _body: bytes) -> None:
    """The platform answers everything."""


@dataclass(frozen=True)
class Heard:
    """A request as it came: its address, its headers, its body."""

    target: str
    headers: bytes
    body: bytes
    is_json: bool


@dataclass
class Overheard:
    """Listens before a double understands anything; to be given to it as a middleware.

    Args:
        weather: asked before the double is.
    """

    requests: list[Heard] = field(default_factory=list)
    weather: Weather = fair

    def middleware(self) -> Middleware:
        """What a double takes."""

        @web.middleware
        async def listen(request: web.Request, handler: Handler) -> web.StreamResponse:
            body = await request.read()
            headers = b"\n".join(b": ".join(each) for each in request.raw_headers)
            self.requests.append(Heard(request.raw_path, headers, body, "json" in request.content_type))
            answer = self.weather(request, body)
            return await (handler(request) if answer is None else answer)

        return listen
