"""The doctor: looks at everything that can be looked at, and says what to do about what is wrong."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from importlib import metadata

from bot import hygiene
from bot.app import App
from bot.chat.errors import HouseError
from bot.chat.health import Finding, Look
from bot.store import migrate


async def examine(app: App, today: date, looks: Iterable[Look] = ()) -> tuple[Finding, ...]:
    """Look at the database, its migrations, the vault, the outbox, the time zones, the library, the council, this
    process and the platforms, each of which ``looks`` at itself.
    """
    database = await _told("database", app, _database)
    # Without its tables nothing can be said of what they hold.
    held = (await _told("vault key", app, _vault), await _told("outbox", app, _outbox)) if database.well else ()
    return (
        database,
        *held,
        time_zones(metadata.version("tzdata"), today),
        _library(app),
        _council(app),
        _doors(app),
        *hygiene.findings(),
        _freed(app),
        *[finding for look in looks for finding in await look()],
    )


async def problems(app: App) -> list[str]:
    """What keeps this process from working, as sentences; a stuck message does not, and a restart would not help it."""
    database = await _told("database", app, _database)
    return [] if database.well else [database.sentence]


async def _told(name: str, app: App, look: Callable[[App], Awaitable[tuple[bool, str]]]) -> Finding:
    try:
        well, sentence = await look(app)
    except HouseError as error:
        return Finding(name, well=False, sentence=error.message_for_person)
    return Finding(name, well, sentence)


async def _database(app: App) -> tuple[bool, str]:
    revision = await migrate.current(app.database)
    kind = app.database.url.get_backend_name()
    if revision == migrate.newest():
        return True, f"{kind}, tables at revision {revision}"
    return False, f"{kind}, tables at revision {revision or 'none'}: run `rai db upgrade`."


async def _vault(app: App) -> tuple[bool, str]:
    await app.concerns.check_vault()
    return True, "fits this database; keep a copy apart from the database's backups"


async def _outbox(app: App) -> tuple[bool, str]:
    stuck = await app.outbox.stuck()
    if stuck:
        return False, f"{stuck} messages are stuck and tried again every hour: the log names their topics."
    return True, "nothing is stuck"


def time_zones(version: str, today: date) -> Finding:
    """Whether the time zone data (PyPI's tzdata, ``YEAR.RELEASE``) is recent: governments decide at short notice."""
    year = int(version.split(".", maxsplit=1)[0])
    months = (today.year - year) * 12 + today.month
    if months <= 18:
        return Finding("time zones", well=True, sentence=f"tzdata {version}")
    return Finding(
        "time zones",
        well=False,
        sentence=f"tzdata {version} is old; hours may be wrong. Run `pip install --upgrade tzdata`.",
    )


def _library(app: App) -> Finding:
    library = app.shelf.library
    if library.problems:
        sentence = f"{len(library.problems)} problems in entries, which are left out: run `rai kb check`."
        return Finding("library", well=False, sentence=sentence)
    return Finding("library", well=True, sentence=f"{len(library.entries)} entries, version {library.version}")


def _council(app: App) -> Finding:
    charter, place = app.council.charter, app.council.place
    seats = f"{len(charter.seats)} seats in {len(charter.groups)} groups"
    if any(member.startswith(f"{place.platform}:") for seat in charter.seats for member in seat.members):
        return Finding("council", well=True, sentence=f"{seats}; cases go to {place.key}")
    sentence = f"cases go to {place.key}, but no seat has a member on {place.platform}: see RAI_COUNCIL_FILE."
    return Finding("council", well=False, sentence=sentence)


def _doors(app: App) -> Finding:
    settings = app.settings
    served = [name for name, is_set in (("Slack", settings.slack_bot_token), ("Teams", settings.teams)) if is_set]
    told = f", {' and '.join(served)} (`rai serve`)" if served else ""
    return Finding("doors", well=True, sentence=f"the terminal (`rai chat`){told}")


def _freed(app: App) -> Finding:
    if not hygiene.can_overwrite():
        sentence = "what `rai serve` frees of its memory is not overwritten: that takes Linux with glibc"
    elif app.settings.overwrite_freed:
        sentence = "`rai serve` overwrites what it frees"
    else:
        sentence = "`rai serve` leaves what it frees as it is (RAI_OVERWRITE_FREED)"
    return Finding("freed memory", well=True, sentence=sentence)
