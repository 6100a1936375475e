"""A look at everything of Teams that can be looked at: credentials, clock, keys, the council's channel and seats."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import httpx

from adapters.shapes import Json, objects, word
from adapters.teams.directory import belongs_elsewhere, is_outsider
from adapters.teams.organisation import Organisation
from bot.chat.errors import HouseError, Unreachable
from bot.chat.health import Finding
from bot.chat.identity import Actor

MOST_SKEW = 60
"""Seconds that this machine's clock may be off; tokens that are five minutes away are refused."""

SOON = timedelta(days=30)
"""A secret that ends this soon is told as a problem: whoever makes a new one may need an administrator."""

TIMEOUT = 10.0

CHANNEL = "msteams"
GRAPH = "https://graph.microsoft.com/.default"

CERTIFICATES = "Certificates & secrets of the app registration"


async def examine(organisation: Organisation, seats: Iterable[Actor]) -> tuple[Finding, ...]:
    """Look at an organisation.

    Args:
        seats: the council's members in Teams.
    """
    door = tuple(_door(organisation))
    if organisation.keys.secret is None:
        return door
    try:
        await organisation.credentials.header()
    except HouseError as error:
        return (*door, _bad("Teams credentials", error.message_for_person))
    members = await _members(organisation)
    return (
        *door,
        Finding("Teams credentials", well=True, sentence="open Teams' service"),
        await _secret(organisation),
        *await _clock_and_keys(organisation),
        *_council(organisation, members),
        *_seats(organisation, tuple(seats), members),
    )


def _door(organisation: Organisation) -> Iterator[Finding]:
    if organisation.keys.unchecked:
        told = "TEAMS_DEV_NO_AUTH is set: whoever is on this machine can speak as anybody."
        yield _bad("Teams door", f"{told} Take it out before people rely on it.")


async def _secret(organisation: Organisation) -> Finding:
    """When the secret ends, where Microsoft tells; Graph tells an app that only with a permission it need not have."""
    name, untold = "Teams secret", f"Microsoft does not tell this app when it ends: see {CERTIFICATES}"
    try:
        ends = _end(await _registration(organisation), _given(organisation))
    except (httpx.HTTPError, ValueError):
        ends = None
    if ends is None:
        return Finding(name, well=True, sentence=untold)
    told = f"ends on {ends:%Y-%m-%d}"
    if ends - datetime.now(UTC) < SOON:
        return _bad(name, f"It {told}: make a new one in {CERTIFICATES}, and set TEAMS_APP_SECRET to its value.")
    return Finding(name, well=True, sentence=told)


async def _registration(organisation: Organisation) -> object:
    """What Microsoft tells of the app's own registration."""
    keys, client, endpoints = organisation.keys, organisation.client, organisation.endpoints
    asked = {"grant_type": "client_credentials", "client_id": keys.app_id, "client_secret": _given(organisation)}
    login = f"{endpoints.login}{quote(keys.tenant, safe='')}/oauth2/v2.0/token"
    given = await client.post(login, data={**asked, "scope": GRAPH}, timeout=TIMEOUT)
    address = f"{endpoints.graph}v1.0/applications(appId='{quote(keys.app_id, safe='')}')?$select=passwordCredentials"
    header = {"Authorization": f"Bearer {word(given.raise_for_status().json(), 'access_token')}"}
    return (await client.get(address, headers=header, timeout=TIMEOUT)).raise_for_status().json()


def _given(organisation: Organisation) -> str:
    return organisation.keys.secret.get_secret_value() if organisation.keys.secret else ""


def _end(registration: object, secret: str) -> datetime | None:
    """When the secret ends: the last end of those that begin as it does, which is all that Microsoft keeps of one."""
    ends = [
        datetime.fromisoformat(word(each, "endDateTime")).astimezone(UTC)
        for each in objects(registration, "passwordCredentials")
        if secret.startswith(word(each, "hint")) and word(each, "endDateTime")
    ]
    return max(ends, default=None)


async def _clock_and_keys(organisation: Organisation) -> tuple[Finding, ...]:
    try:
        metadata = await _read(organisation, organisation.endpoints.openid)
        keys = [*objects((await _read(organisation, word(metadata.json(), "jwks_uri"))).json(), "keys")]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        told = f"Microsoft's signing keys could not be read ({type(error).__name__}), so every request is refused."
        return (_bad("Teams keys", f"{told} Let this machine reach login.botframework.com."),)
    return _clock(metadata.headers.get("Date", "")), _keys(keys)


async def _read(organisation: Organisation, address: str) -> httpx.Response:
    return (await organisation.client.get(address, timeout=TIMEOUT)).raise_for_status()


def _clock(date: str) -> Finding:
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return Finding("Teams clock", well=True, sentence="Microsoft told no time")
    off = abs((datetime.now(UTC) - theirs).total_seconds())
    if off > MOST_SKEW:
        return _bad("Teams clock", f"This machine's clock is {off:.0f} seconds off: set it, or requests are refused.")
    return Finding("Teams clock", well=True, sentence="agrees with Microsoft's")


def _keys(found: list[Json]) -> Finding:
    ours = [each for each in found if CHANNEL in str(each.get("endorsements"))]
    if not ours:
        return _bad("Teams keys", "Microsoft names no key for Teams at the moment, so every request is refused.")
    return Finding("Teams keys", well=True, sentence=f"{len(ours)} of Microsoft's sign for Teams")


async def _members(organisation: Organisation) -> list[Json] | Unreachable:
    """Who is in the council's channel, or why that cannot be read; nobody where the council meets elsewhere."""
    council = organisation.troubles.council
    if not council:
        return []
    service = organisation.services.of(organisation.keys.tenant)
    try:
        return [each async for each in organisation.connector.members(service, council)]
    except Unreachable as error:
        return error


def _council(organisation: Organisation, members: list[Json] | Unreachable) -> Iterator[Finding]:
    name, council, tenant = "Teams council channel", organisation.troubles.council, organisation.keys.tenant
    if isinstance(members, Unreachable):
        yield _bad(name, organisation.troubles.found.get(council, members.message_for_person))
    elif council:
        elsewhere = sum(belongs_elsewhere(each, tenant) for each in members)
        guests = sum(is_outsider(each, tenant) for each in members) - elsewhere
        counted = {"of another organisation, so nothing is posted": elsewhere, "guests": guests}
        wrong = ", ".join(f"{count} are {words}" for words, count in counted.items() if count)
        if wrong:
            yield _bad(name, f"Of {len(members)} members, {wrong}: take them out, or name another channel.")
        else:
            yield Finding(name, well=True, sentence=f"{len(members)} members, all of this organisation")


def _seats(
    organisation: Organisation, seats: tuple[Actor, ...], members: list[Json] | Unreachable
) -> Iterator[Finding]:
    """Whether whoever has a seat belongs here; the sentences count, and name nobody."""
    if not seats:
        return
    tenant = organisation.keys.tenant
    there = set() if isinstance(members, Unreachable) else {word(each, "aadObjectId").lower() for each in members}
    here = [seat for seat in seats if seat.tenant.lower() == tenant]
    absent = sum(seat.user.lower() not in there for seat in here) if there else 0
    counted = {
        "are written with capital letters, which their ids do not have": sum(_has_capitals(seat) for seat in seats),
        f"have another tenant's id than TEAMS_TENANT_ID, which is {tenant}": len(seats) - len(here),
        "are not in the council's channel, or have another object id": absent,
    }
    wrong = ", ".join(f"{count} {words}" for words, count in counted.items() if count)
    if wrong:
        yield _bad("Teams seats", f"Of {len(seats)} members, {wrong}: see RAI_COUNCIL_FILE.")
    else:
        yield Finding("Teams seats", well=True, sentence=f"{len(seats)} members, all of this organisation")


def _has_capitals(seat: Actor) -> bool:
    return seat.address != seat.address.lower()


def _bad(name: str, sentence: str) -> Finding:
    return Finding(name, well=False, sentence=sentence)
