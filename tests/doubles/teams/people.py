"""People who use an app in Teams: what they type, where they install it, and which files they take."""

from dataclasses import dataclass, field

from tests.doubles.teams import payloads
from tests.doubles.teams.fronts import Answer
from tests.doubles.teams.hands import TeamsHands
from tests.doubles.teams.organisation import Message, Team
from tests.doubles.teams.shapes import CONSENT, Json


@dataclass
class TeamsPerson(TeamsHands):
    """Somebody at their Teams client, and what they do there.

    Args:
        installs_first: whether their first message installs the app for them.
        uploads: the files that they accepted, by their names.
    """

    installs_first: bool = False
    uploads: dict[str, str] = field(default_factory=dict)

    async def message(self, text: str, conversation: str = "") -> Answer | None:
        """Write to the bot alone; elsewhere it is told of nothing that does not mention it."""
        if self.installs_first and self.person.aad not in self.space.installed:
            await self.installs()
        kept = self.writes(text, conversation or self.direct.id)
        return None if conversation else await self.hands(payloads.message(self.sender, kept))

    async def mention(self, text: str, conversation: str, thread: str = "") -> Answer:
        """Write ``@bot text`` in a channel or a group chat."""
        kept = self.writes(f"{payloads.MENTION} {text}", conversation, thread)
        return await self.hands(payloads.message(self.sender, kept, mentions=True))

    async def targeted(self, text: str, conversation: str, thread: str = "") -> Answer:
        """Write something in a channel or a group chat that only the bot and they themselves see."""
        kept = self.writes(text, conversation, thread, only=self.person.aad)
        return await self.hands(payloads.message(self.sender, kept, targeted=True))

    def writes(self, text: str, conversation: str, thread: str = "", only: str = "") -> Message:
        """Write a message, whether the bot is told of it or not."""
        content = {"type": "message", "text": text}
        kept = Message(self.space.stamp(), conversation, self.person.aad, content, thread, only)
        return self.space.keep(kept)

    async def installs(self, team: Team | None = None) -> tuple[Answer, ...]:
        """Install the app for themselves, or in a team."""
        self.space.installed.add(team.id if team else self.person.aad)
        return await self._installation(team, comes=True)

    async def uninstalls(self, team: Team | None = None) -> tuple[Answer, ...]:
        """Take the app away from themselves, or from a team."""
        self.space.installed.discard(team.id if team else self.person.aad)
        return await self._installation(team, comes=False)

    async def accepts_file(self) -> Answer:
        """Accept the file that was offered last."""
        on, offer = self._offer()
        name = offer["name"]
        self.uploads[name] = unique = self.space.fresh("file-")
        self.space.uploads[unique] = b""
        upload = {
            "contentUrl": f"https://double.sharepoint.example/{unique}/{name}",
            "name": name,
            "uploadUrl": f"{self.double.base_url}/upload/{unique}",
            "uniqueId": unique,
            "fileType": name.rpartition(".")[2],
        }
        context = offer["content"]["acceptContext"]
        return await self.hands(payloads.file_consent(self.sender, on, "accept", context, upload))

    async def declines_file(self) -> Answer:
        """Decline the file that was offered last."""
        on, offer = self._offer()
        context = offer["content"]["declineContext"]
        return await self.hands(payloads.file_consent(self.sender, on, "decline", context))

    def received(self, name: str) -> bytes:
        """What was uploaded of a file that they accepted."""
        return self.space.uploads[self.uploads[name]]

    def _offer(self) -> tuple[Message, Json]:
        kept = ((each, part) for each in self.direct.messages for part in each.content.get("attachments") or [])
        offers = [(each, part) for each, part in kept if part.get("contentType") == CONSENT]
        assert offers, "no file was offered"
        return offers[-1]

    async def _installation(self, team: Team | None, *, comes: bool) -> tuple[Answer, ...]:
        where = self.space.conversations[team.id] if team else self.direct
        return tuple([await self.hands(each) for each in payloads.installation(self.sender, where, comes=comes)])
