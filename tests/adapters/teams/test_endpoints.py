"""Whom our token may be shown to: Microsoft, and this machine where that stands in for it."""

from dataclasses import replace

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.endpoints import Endpoints, is_loopback

REAL = Endpoints()
DOUBLE = replace(REAL, service="http://127.0.0.1:8080/teams/")


@pytest.mark.parametrize(
    "service_url",
    [
        "https://smba.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net/emea/00000000-0000-0000-0000-000000000001/",
        "https://SMBA.TrafficManager.net/teams",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
        "https://webchat.botframework.com/",
    ],
)
def test_microsofts_own_addresses_are_taken(service_url: str) -> None:
    assert REAL.takes(service_url)


@pytest.mark.parametrize(
    "service_url",
    [
        "",
        "teams",
        "http://smba.trafficmanager.net/teams/",
        "ftp://smba.trafficmanager.net/teams/",
        "//smba.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/smba.trafficmanager.net/",
        "https://evil.example/?https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net\\@evil.example/",
        "https://somebody:secret@smba.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net:8443/teams/",
        "https://smba.trafficmanager.net./teams/",
        "https://smba.trafficmanager.net/teams/?to=elsewhere",
        "https://evilbotframework.com/",
        "https://botframework.com/",
        "https://smba.trafficmanager.net\n/",
        "https://smba.infra.gov.teams.microsoft.us/teams",
        "https://smba.infra.dod.teams.microsoft.us/teams",
        "https://127.0.0.1/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/",
    ],
)
def test_others_are_not(service_url: str) -> None:
    assert not REAL.takes(service_url)


@pytest.mark.parametrize("endpoints", [DOUBLE, replace(REAL, open_to_loopback=True)], ids=["double", "development"])
def test_this_machine_is_taken_where_it_stands_in_for_microsoft(endpoints: Endpoints) -> None:
    assert endpoints.takes("http://127.0.0.1:56150/_connector/")
    assert endpoints.takes("http://localhost:56150/")
    assert endpoints.takes("http://[::1]:56150/")
    assert endpoints.takes("https://smba.trafficmanager.net/teams/")
    assert not endpoints.takes("http://127.0.0.1.evil.example/")
    assert not endpoints.takes("http://192.0.2.1/")


@settings(max_examples=50)
@given(st.text(max_size=30), st.text(max_size=10), st.sampled_from(["http", "https"]))
def test_whatever_is_added_to_an_address_our_token_goes_to_microsoft_alone(
    after: str, before: str, scheme: str
) -> None:
    service_url = f"{scheme}://{before}smba.trafficmanager.net{after}"
    if REAL.takes(service_url):
        called = httpx.URL(service_url)
        assert (called.scheme, called.host) == ("https", "smba.trafficmanager.net")


def test_peoples_files_go_where_their_own_files_are() -> None:
    assert REAL.takes_files("https://contoso-my.sharepoint.com/personal/mira/_api/v2.0/drive/upload?token=x")
    assert DOUBLE.takes_files("http://127.0.0.1:8080/upload/1")
    for elsewhere in (
        "https://evil.example/",
        "https://contoso-my.sharepoint.us/personal/mira/_api/v2.0/drive/upload?token=x",
        "https://contoso-my.sharepoint-mil.us/personal/mira/_api/v2.0/drive/upload?token=x",
        "http://contoso-my.sharepoint.com/",
        "http://127.0.0.1/",
        "",
        "https://[",
    ):
        assert not REAL.takes_files(elsewhere)


def test_which_hosts_are_this_machine() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "127.1.2.3")] == [True] * 4
    assert [is_loopback(host) for host in ("", "192.0.2.1", "localhost.evil.example", "127.0.0.1.nip.io")] == [
        False
    ] * 4
