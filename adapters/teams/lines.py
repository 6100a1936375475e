"""The connections to Microsoft: one client, whose connections stay open between calls."""

import httpx

TIMEOUT = 8
"""Seconds for one call: less than half of what a message on its way may take in all."""

POOLS, CONNECTIONS_EACH = 16, 4
"""httpx looks at every connection of a pool for each other one, with each call: with 64 in one pool, that takes ten
times as long as the call itself.
"""

CONNECTIONS = POOLS * CONNECTIONS_EACH
"""At most so many calls are on their way at once."""


class Pools(httpx.AsyncBaseTransport):
    """Several small pools; a call goes to the one with the least to do."""

    def __init__(self) -> None:
        certificates = httpx.create_ssl_context()
        limits = httpx.Limits(max_connections=CONNECTIONS_EACH, max_keepalive_connections=CONNECTIONS_EACH)
        self._pools = [httpx.AsyncHTTPTransport(verify=certificates, limits=limits) for _ in range(POOLS)]
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


def client() -> httpx.AsyncClient:
    """The one client of all calls; it tries nothing twice by itself."""
    return httpx.AsyncClient(timeout=TIMEOUT, transport=Pools())
