"""Where Microsoft is, and which service URLs may be called: our token goes to no other host."""

from dataclasses import dataclass
from ipaddress import ip_address

import httpx

SERVICE_HOSTS = ("smba.trafficmanager.net", "*.botframework.com", "smba.infra.gcc.teams.microsoft.com")
"""The connector's hosts: everybody's, the Bot Framework's own, and that of GCC (Microsoft's table
``TeamsServiceEndpoints``). GCC High and DoD have their own login and their own keys too, which this adapter does not
know: it would call there with a token that is none there.
"""

FILE_HOSTS = ("*.sharepoint.com",)
"""Where people's own files are (OneDrive for Business), in the same clouds."""


@dataclass(frozen=True)
class Endpoints:
    """Microsoft's addresses; tests put a double's in their place.

    Args:
        login: where bearer tokens come from.
        openid: the metadata of the keys that incoming tokens are signed with.
        service: the service URL as long as no conversation has named its own.
        service_hosts: hosts that may be called; ``*.`` stands for any name before the rest.
        open_to_loopback: whether this machine is a service URL too, for development.
    """

    login: str = "https://login.microsoftonline.com/"
    openid: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    service: str = "https://smba.trafficmanager.net/teams/"
    graph: str = "https://graph.microsoft.com/"
    service_hosts: tuple[str, ...] = SERVICE_HOSTS
    open_to_loopback: bool = False

    def takes_files(self, address: str) -> bool:
        """Whether an address is one of Microsoft's for somebody's own files."""
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, TypeError):
            return False
        if url.scheme == "http":
            return is_loopback(url.host) and self._is_open_to_loopback
        return url.scheme == "https" and any(_fits(url.host, host) for host in FILE_HOSTS)

    def takes(self, service_url: str) -> bool:
        """Whether a service URL may be called, and so be given our token; read as it would be called."""
        try:
            url = httpx.URL(service_url)
        except (httpx.InvalidURL, TypeError):
            return False
        if url.userinfo or url.query or url.fragment:
            return False
        if url.scheme == "http":
            return is_loopback(url.host) and self._is_open_to_loopback
        return url.scheme == "https" and url.port is None and any(_fits(url.host, host) for host in self.service_hosts)

    @property
    def _is_open_to_loopback(self) -> bool:
        return self.open_to_loopback or is_loopback(httpx.URL(self.service).host)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _fits(host: str, allowed: str) -> bool:
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
