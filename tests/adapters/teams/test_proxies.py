"""The way out where an organisation lets nothing out but by a proxy, which the environment names."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from adapters.teams.lines import client
from adapters.teams.troubles import Unsent
from tests.adapters.teams.exchange import COUNCIL, exchange

NOWHERE = "https://127.0.0.1:1/"
"""An address without anybody, for what must not go by the proxy."""

CALLED = "https://smba.trafficmanager.net/teams/"


@dataclass
class Proxy:
    """A proxy that notes what it is asked for, and lets nobody through."""

    url: str = ""
    asked: list[str] = field(default_factory=list)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.asked += [line for line in head.splitlines() if line.startswith(("CONNECT", "Proxy-Authorization"))]
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Proxy]:
    proxy = Proxy()
    async with await asyncio.start_server(proxy.take, "127.0.0.1", 0) as server:
        proxy.url = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield proxy


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    async with listening() as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names none, whatever this machine's does."""
    for scheme in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme.upper()}_PROXY", raising=False)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("written", ["http://{}", "http://{}/", "{}"])
async def test_microsoft_is_called_by_the_proxy_that_the_environment_names(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch, name: str, written: str
) -> None:
    monkeypatch.setenv(name, written.format(proxy.url))
    async with client() as http:
        with pytest.raises(httpx.ProxyError):
            await http.get(CALLED)
    assert proxy.asked == ["CONNECT smba.trafficmanager.net:443 HTTP/1.1"]


async def test_a_proxy_that_asks_who_comes_is_told(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://rai:canary@{proxy.url}")
    async with client() as http:
        with pytest.raises(httpx.ProxyError):
            await http.get(CALLED)
    assert proxy.asked[1:] == ["Proxy-Authorization: Basic cmFpOmNhbmFyeQ=="]


@pytest.mark.parametrize("spared", ["*", "127.0.0.1", "example.org, 127.0.0.1"])
async def test_what_needs_no_proxy_is_called_directly(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch, spared: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.url}")
    monkeypatch.setenv("NO_PROXY", spared)
    async with client() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(NOWHERE)
    assert proxy.asked == []


async def test_what_stays_on_this_machine_goes_by_no_proxy(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{proxy.url}")
    async with exchange() as teams:
        assert await teams.posts()
    assert proxy.asked == []


async def test_what_a_proxy_does_not_let_through_was_surely_not_sent(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.url}")
    async with exchange() as teams:
        with pytest.raises(Unsent, match="Nothing was sent"):
            await teams.connector.send(CALLED, COUNCIL, {"type": "message"})


async def test_a_proxy_of_another_kind_is_told_and_not_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://rai:canary@127.0.0.1:1")
    with caplog.at_level(logging.WARNING):
        async with client() as http:
            with pytest.raises(httpx.ConnectError):
                await http.get(NOWHERE)
    assert [each.getMessage() for each in caplog.records] == [
        "the environment names a proxy that is none for HTTP: Microsoft is called directly"
    ]
