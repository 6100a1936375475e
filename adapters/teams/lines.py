"""The connections to Microsoft: one client, whose connections stay open between calls."""

import logging
import ssl
from urllib.request import getproxies, proxy_bypass

import httpx

log = logging.getLogger(__name__)

TIMEOUT = 8
"""Seconds for one call: less than half of what a message on its way may take in all."""

POOLS, CONNECTIONS_EACH = 16, 4
"""httpx looks at every connection of a pool for each other one, with each call: with 64 in one pool, that takes ten
times as long as the call itself.
"""

CONNECTIONS = POOLS * CONNECTIONS_EACH
"""At most so many calls are on their way at once."""


class Pools(httpx.AsyncBaseTransport):
    """Several small pools; a call goes to the one with the least to do.

    Args:
        proxy: the address of the proxy that they go by; None for none.
    """

    def __init__(self, certificates: ssl.SSLContext, proxy: str | None = None) -> None:
        limits = httpx.Limits(max_connections=CONNECTIONS_EACH, max_keepalive_connections=CONNECTIONS_EACH)
        self._pools = [httpx.AsyncHTTPTransport(verify=certificates, limits=limits, proxy=proxy) for _ in range(POOLS)]
        self._busy = [0] * POOLS

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request through one of them."""
        number = min(range(POOLS), key=self._busy.__getitem__)
        self._busy[number] += 1
        try:
            return await self._pools[number].handle_async_request(request)
        finally:
            self._busy[number] -= 1

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            await pool.aclose()


class Ways(httpx.AsyncBaseTransport):
    """By the proxy that the environment names, or directly where it names none for an address. What is not encrypted
    stays on this machine, and goes by no proxy.
    """

    def __init__(self, proxy: str | None) -> None:
        certificates = httpx.create_ssl_context()
        self._directly = Pools(certificates)
        self._by_proxy = Pools(certificates, proxy) if proxy else None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on its way."""
        if self._by_proxy and request.url.scheme == "https" and not proxy_bypass(request.url.host):
            return await self._by_proxy.handle_async_request(request)
        return await self._directly.handle_async_request(request)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._directly.aclose()
        if self._by_proxy:
            await self._by_proxy.aclose()


def client() -> httpx.AsyncClient:
    """The one client of all calls; it tries nothing twice by itself."""
    return httpx.AsyncClient(timeout=TIMEOUT, transport=Ways(_proxy()))


def _proxy() -> str | None:
    """The proxy for what is encrypted, as the environment or the machine's own settings name it."""
    named = getproxies()
    proxy = named.get("https") or named.get("all")
    if not proxy:
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if proxy.lower().startswith(("http://", "https://")):
        return proxy
    log.warning("the environment names a proxy that is none for HTTP: Microsoft is called directly")
    return None
