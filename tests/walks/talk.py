"""Short ways through scenes that many walks begin with."""

import re
from collections.abc import Mapping

from tests.questions.library import TOPICS
from tests.walks.stage import CROWD, Player, Stage

KNOWN = TOPICS["appeals"][1]
UNKNOWN = "how do I change the toner of the printer on the third floor"
WORDS = "The new scoring model was shipped although its bias test failed."

WHAT, YOUR_WORDS = "What would you like to do?", "Your words"
WRONG, VALUE = "What is going wrong?", "Which value does it touch?"
STAGE, AFFECTED, SURE = "At which stage?", "Who is affected?", "How sure are you?"
URGENCY, AT_ONCE = "How urgent is it?", "at once, which may give me away"
PREVIEW = "This is what the council will see of you, and nothing else."
RECEIPT, MORE = "Your receipt", "Anything to add?"
MESSAGE = "Your message"
ENDS, TOLD = "How does it end?", "What do you tell the author?"

THURSDAY = {
    "Every": "Thursday",
    "From": "15:00",
    "Until": "16:00",
    "Time zone": "Europe/Berlin",
    "What can people ask you about?": "Scoring models.",
}
FIRST, SECOND = "Thu 26 Nov 2026, 14:00–14:30 UTC", "Thu 26 Nov 2026, 14:30–15:00 UTC"


async def place(stage: Stage) -> list[str]:
    """What stands where the council meets, as a member sees it who does nothing else."""
    return await stage.player("support").council_sees()


async def cases(stage: Stage) -> list[str]:
    """The cases in the council's place: one message each, and not what is said about them."""
    return [each for each in await place(stage) if "State:" in each]


async def raises(author: Player, words: str = WORDS, value: str = "fairness") -> str:
    """Somebody raises a concern; returns the receipt they are shown."""
    await author.says("concern")
    return receipt_in(await sends(author, {WRONG: words, VALUE: value}))


async def sends(author: Player, answers: Mapping[str, str] | None = None) -> str:
    """Fill in the open form of the safe space and, once its preview was read, send it as it stands."""
    seen = await author.fills(answers)
    return await author.fills() if PREVIEW in seen else seen


def receipt_in(seen: str) -> str:
    """The six words on what an author sees."""
    found = re.search(r"Receipt:? (\S+(?: \S+){5}) Write these", seen)
    assert found, f"no receipt in {seen!r}"
    return found[1]


async def uses(author: Player, receipt: str, words: str = "") -> str:
    """An author comes back with the receipt, maybe with something to add; returns what they read."""
    await author.says("receipt")
    return await sends(author, {RECEIPT: receipt, **({MORE: words} if words else {})})


async def a_crowd(stage: Stage) -> None:
    """As many people use the bot as a release waits for."""
    for number in range(CROWD):
        await stage.player(f"person-{number}").says("help")


async def owned(stage: Stage, words: str = WORDS) -> tuple[str, Player]:
    """A case that the chair has claimed, and looks at; returns the author's receipt and the chair."""
    receipt, chair = await raises(stage.player("ann"), words), stage.player("chair")
    await chair.looks_at(words)
    await chair.presses("Claim")
    await chair.looks_at("State:")
    return receipt, chair


async def offers(stage: Stage, **changed: str) -> Player:
    """The host offers an hour every Thursday."""
    host = stage.player("host")
    await host.says("offer")
    await host.fills(THURSDAY | changed)
    return host


async def books(guest: Player, when: str = FIRST, about: str = "") -> str:
    """Somebody books the hour with the host; returns what they then see."""
    await guest.says("book")
    return await guest.fills({"When": f"{when}, host", "What would you like to talk about?": about})


async def asks_a_human(stage: Stage, question: str = UNKNOWN) -> Player:
    """Somebody asks what the library does not know, and has it sent to a human without being noted besides."""
    mira = stage.player("mira")
    await mira.says(question)
    await mira.presses("Don't keep my question")
    await mira.says(question)
    await mira.presses("Ask a human")
    await mira.fills()
    return mira
