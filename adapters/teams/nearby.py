"""Whether a request began on this machine, by what its headers show: asked only while no token is."""

import httpx
from starlette.datastructures import Headers

from adapters.teams.endpoints import is_loopback

FROM_ELSEWHERE = ("origin", "forwarded", "via", "x-real-ip")
"""What a page in a browser cannot leave out, and what proxies add."""


def is_from_here(headers: Headers) -> bool:
    """Whether no page in a browser made it, and no proxy passed it on that says so. A page of anywhere can post to this
    machine, but not as JSON; and whoever has its own name point here is still called by that name.
    """
    if any(name in FROM_ELSEWHERE or name.startswith("x-forwarded") for name in headers):
        return False
    return headers.get("content-type", "").startswith("application/json") and _names_here(headers.get("host", ""))


def _names_here(host: str) -> bool:
    try:
        return is_loopback(httpx.URL(f"http://{host}").host)
    except httpx.InvalidURL:
        return False
