"""What people do beside sending the form: words typed in a chat, doors that are closed to them, wrong receipts."""

from typing import Any

from benchmarks.residue.at_slack import AtSlack, SlackAuthor
from benchmarks.residue.at_teams import AtTeams, TeamsAuthor
from benchmarks.residue.at_terminal import AtTerminal, TerminalAuthor
from benchmarks.residue.doors import WRONG
from benchmarks.residue.fault import EVERY, SLACK, WEB, Fault
from tests.adapters.slack.canary import ROOM as SLACK_ROOM
from tests.adapters.teams.canary import ROOM as TEAMS_ROOM
from tests.adapters.teams.ways import TYPED, WHAT
from tests.doubles.teams.organisation import OTHER_TENANT

MORE, RECEIPT = "Anything to add?", "Your receipt"
NO_SUCH = "abacus abdomen abdominal abide abiding ability"


async def mentions(door: Any, author: Any) -> str:
    """``concern <words>`` behind a mention, where others read along."""
    await author.client.mention(f"concern {author.words}", SLACK_ROOM if door.letter in "hs" else TEAMS_ROOM)
    await door.quiet()
    return str(door.sees(author))


async def writes(door: Any, author: Any) -> str:
    """The same to the bot alone."""
    said = author.client.direct_message if door.letter in "hs" else author.client.message
    await said(f"concern {author.words}")
    await door.quiet()
    return str(door.sees(author))


async def targets(door: AtTeams, author: TeamsAuthor) -> str:
    """The same as a message that only they see."""
    await author.client.targeted(f"/rai concern: {author.words}", TEAMS_ROOM)
    await door.quiet()
    return door.sees(author)


async def as_guest(door: Any, author: Any) -> str:
    """Somebody is a guest by now, of whom the house asks anew."""
    fresh = door.arrives()
    fresh.words = author.words
    if door.letter in "hs":
        fresh.client.user.is_guest = True
        await fresh.client.command(f"concern {author.words}")
    else:
        fresh.client.person.role = "guest"
        await fresh.client.extension("rai-desk", conversation=TEAMS_ROOM)
        await fresh.client.submits({WHAT: "Raise a concern", TYPED: author.words})
    await door.quiet()
    return str(door.sees(fresh))


async def of_elsewhere(door: Any, author: Any) -> str:
    """Somebody of another organisation, who is here as a guest of a shared channel."""
    fresh = door.arrives()
    fresh.words = author.words
    if door.letter in "hs":
        fresh.client.user.team = "T2"
        await fresh.client.mention(f"concern {author.words}", SLACK_ROOM)
    else:
        fresh.client.person.tenant = OTHER_TENANT
        await fresh.client.mention(f"concern {author.words}", TEAMS_ROOM)
    await door.quiet()
    return str(door.sees(fresh))


async def in_shared_channel(door: AtSlack, author: SlackAuthor) -> str:
    """A channel that another organisation reads too."""
    space = door.stage.double.workspace
    shared = space.channels.get("CSHARED") or space.channel("shared", is_shared=True)
    shared.members.add(author.client.user.id)
    author.client.closes()
    await author.client.command(f"concern {author.words}", shared.id)
    await door.quiet()
    return door.sees(author)


async def with_wrong_receipt(door: Any, author: Any) -> str:
    """The words in the receipt's place, and then a receipt of nobody's."""
    if isinstance(door, AtTerminal):
        return await _at_terminal(author)
    if isinstance(door, AtSlack):
        author.client.closes()
        await author.client.command(f"receipt {author.words[:100]}")
    else:
        await author.client.extension("rai-desk", conversation=TEAMS_ROOM)
        await author.client.submits({WHAT: "Use a receipt", TYPED: author.words[:100]})
    await door.quiet()
    for receipt in (author.words[:60], NO_SUCH):
        await author.client.submits({RECEIPT: receipt, MORE: author.words})
        await door.quiet()
    return str(door.sees(author))


async def _at_terminal(author: TerminalAuthor) -> str:
    await author.client.says("receipt")
    await author.client.fills({RECEIPT: author.words[:60], MORE: author.words})
    return await author.client.fills({RECEIPT: NO_SUCH}) + author.client.problems()


async def leaves(_door: AtTerminal, author: TerminalAuthor) -> str:
    """/cancel in the middle of the form."""
    await author.client.leaves()
    return author.client.sees()


async def input_ends(_door: AtTerminal, author: TerminalAuthor) -> str:
    """The input ends in the middle of the form."""
    ended = await author.client.goes()
    return "Nothing was sent" if ended else author.client.sees()


async def too_long(_door: AtTerminal, author: TerminalAuthor) -> str:
    await author.client.fills({WRONG: author.words.replace("\n", " ") * 80})
    return author.client.problems() + author.client.sees()


FAULTS = (
    Fault("`concern` and words behind a mention", WEB, sends=mentions),
    Fault("`concern` and words in a chat with the bot", WEB, sends=writes),
    Fault("`concern` and words in a message for one person", "t", sends=targets),
    Fault("somebody is a guest", WEB, sends=as_guest),
    Fault("somebody of another organisation", WEB, sends=of_elsewhere),
    Fault("a channel that another organisation reads", SLACK, sends=in_shared_channel),
    Fault("words in the place of a receipt, and a wrong receipt", EVERY, sends=with_wrong_receipt),
    Fault("somebody leaves the form", "m", sends=leaves),
    Fault("the input ends in the middle of the form", "m", sends=input_ends),
    Fault("words at the terminal that are too long", "m", sends=too_long),
)
