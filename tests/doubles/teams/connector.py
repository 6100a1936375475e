"""What Teams' connector does with a bot's calls: each with Teams' own refusals."""

from dataclasses import dataclass

from tests.doubles.teams.limits import problems_of_activity, size_of
from tests.doubles.teams.organisation import APP_ID, BOT, Conversation, Message, Organisation, Person
from tests.doubles.teams.shapes import Json

LARGEST = 100 * 1_024
"""Bytes of a message in UTF-16."""

_FEWEST, _MOST = 50, 500


class Refusal(Exception):
    """Teams says no.

    Args:
        code: Teams' word for why not.
    """

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message or code

    @property
    def answer(self) -> Json:
        """How Teams says it."""
        return {"error": {"code": self.code, "message": self.message}}


@dataclass(frozen=True)
class Address:
    """A conversation as it stands in an address: ``19:…@thread.tacv2;messageid=…``."""

    conversation: str
    thread: str

    @classmethod
    def parse(cls, address: str) -> "Address":
        """Read one."""
        conversation, _, thread = address.partition(";messageid=")
        return cls(conversation, thread)


@dataclass(frozen=True)
class Connector:
    """The connector's methods, on an organisation's state."""

    organisation: Organisation

    def create(self, body: Json) -> Json:
        """POST v3/conversations: the chat with one person, or a new thread of a channel."""
        if body.get("bot", {}).get("id") not in (BOT, APP_ID):
            raise Refusal(400, "BadSyntax", "Incorrect conversation creation parameters: bot")
        tenant = body.get("tenantId") or body.get("channelData", {}).get("tenant", {}).get("id")
        if tenant != self.organisation.tenant:
            raise Refusal(403, "Forbidden", "The bot is not in this tenant.")
        if channel := body.get("channelData", {}).get("channel", {}).get("id"):
            kept = self.send(Address(channel, ""), body.get("activity") or {}, targeted=False)
            return {"id": f"{channel};messageid={kept['id']}", "activityId": kept["id"]}
        members = body.get("members") or []
        if len(members) != 1 or body.get("isGroup"):
            raise Refusal(400, "BadSyntax", "A bot can begin a chat with one person, not with a group.")
        person = self._person(str(members[0].get("id")))
        if not self.organisation.reaches(person):
            raise Refusal(403, "ForbiddenOperationException", "The app is not installed for this person.")
        return {"id": self.organisation.direct(person).id}

    def send(self, to: Address, activity: Json, *, targeted: bool, reply_to: str = "") -> Json:
        """POST …/activities: keep a message, for everybody there or one person alone."""
        conversation = self._writable(to)
        self._check(conversation, activity, targeted=targeted)
        if activity["type"] == "typing":
            self.organisation.typing.append(conversation.id)
            return {"id": self.organisation.stamp()}
        only = self._recipient(conversation, activity).aad if targeted else ""
        thread = self._thread(conversation, to.thread or reply_to)
        content = {name: value for name, value in activity.items() if name != "recipient"}
        ids = []
        for part in _parts(content):
            message = Message(self.organisation.stamp(), conversation.id, BOT, part, thread, only)
            ids.append(self.organisation.keep(message).id)
        # Of what it had to split, Teams tells no id.
        return {"id": ids[0]} if len(ids) == 1 else {}

    def update(self, at: Address, which: str, activity: Json, *, targeted: bool) -> Json:
        """PUT …/activities/{id}: everybody sees the new content, whatever was shown to them alone before."""
        conversation = self._writable(at)
        message = self._own(conversation, which, targeted=targeted)
        self._check(conversation, activity, targeted=targeted)
        message.content = {name: value for name, value in activity.items() if name != "recipient"}
        message.edits += 1
        message.views.clear()
        return {"id": which}

    def delete(self, at: Address, which: str, *, targeted: bool) -> Json:
        """DELETE …/activities/{id}."""
        conversation = self._writable(at)
        conversation.messages.remove(self._own(conversation, which, targeted=targeted))
        return {}

    def member(self, at: Address, who: str) -> Json:
        """GET …/members/{id}."""
        conversation, person = self._readable(at), self.organisation.find(who)
        if person is None or person.aad not in conversation.members:
            raise Refusal(404, "MemberNotFoundInConversation", "Member not found in conversation.")
        return person.told()

    def roster(self, at: Address) -> list[Json]:
        """Everybody in a conversation, the bot left out."""
        members = self._readable(at).members
        return [each.told() for each in self.organisation.people.values() if each.aad in members]

    def page(self, at: Address, query: Json) -> Json:
        """GET …/pagedmembers: Teams takes no page below 50 or over 500, whatever was asked for."""
        everybody, token = self.roster(at), str(query.get("continuationToken") or "page-0")
        asked, start = str(query.get("pageSize") or _FEWEST), token.removeprefix("page-")
        if not asked.isdigit() or not start.isdigit():
            raise Refusal(400, "BadSyntax", "Invalid page size or continuation token")
        first, size = int(start), min(max(int(asked), _FEWEST), _MOST)
        more = {"continuationToken": f"page-{first + size}"} if first + size < len(everybody) else {}
        return {"members": everybody[first : first + size], **more}

    def team(self, which: str) -> Json:
        """GET v3/teams/{id}."""
        team = self.organisation.teams.get(which)
        if team is None or which not in self.organisation.installed:
            raise Refusal(404, "NotFound", "The team was not found.")
        counts = {"channelCount": len(team.channels), "memberCount": len(team.members)}
        return {"id": team.id, "name": team.name, "aadGroupId": team.group, **counts}

    def channels(self, which: str) -> Json:
        """GET v3/teams/{id}/conversations; the first channel has no name here."""
        self.team(which)
        listed = [self.organisation.conversations[each] for each in self.organisation.teams[which].channels]
        names = ({"id": each.id, "name": None if each.id == which else each.name} for each in listed)
        return {"conversations": list(names)}

    def _readable(self, at: Address) -> Conversation:
        conversation = self.organisation.conversations.get(at.conversation)
        if conversation is None:
            raise Refusal(404, "ConversationNotFound", "Conversation not found.")
        if self.organisation.disabled:
            raise Refusal(403, "BotDisabledByAdmin", "The bot is disabled by the tenant's administrator.")
        installed = conversation.scope in self.organisation.installed
        if not installed and (conversation.kind != "personal" or not self._reached(conversation)):
            raise Refusal(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
        return conversation

    def _reached(self, conversation: Conversation) -> bool:
        return self.organisation.reaches(self.organisation.people[conversation.scope])

    def _writable(self, at: Address) -> Conversation:
        conversation = self._readable(at)
        if conversation.kind == "personal" and conversation.scope in self.organisation.blocked:
            raise Refusal(403, "MessageWritesBlocked", "Message writes are blocked by this person.")
        return conversation

    def _person(self, who: str) -> Person:
        person = self.organisation.find(who)
        if person is None:
            raise Refusal(400, "BadArgument", "Invalid user identity in provided tenant")
        return person

    def _recipient(self, conversation: Conversation, activity: Json) -> Person:
        if conversation.kind == "personal":
            raise Refusal(400, "BadArgument", "Targeted messages are not supported in personal chats.")
        if not self.organisation.supports_targeted:
            raise Refusal(*self.organisation.untargeted, "Targeted messages are not supported.")
        person = self._person(str(activity.get("recipient", {}).get("id")))
        if person.aad not in conversation.members:
            raise Refusal(404, "MemberNotFoundInConversation", "Member not found in conversation.")
        return person

    def _check(self, conversation: Conversation, activity: Json, *, targeted: bool) -> None:
        if size_of(activity) > LARGEST:
            raise Refusal(413, "MessageSizeTooBig", "Message size too large.")
        if activity.get("type") not in ("message", "typing"):
            raise Refusal(400, "BadArgument", "Unknown activity type")
        if activity["type"] == "message" and not (activity.get("text") or activity.get("attachments")):
            raise Refusal(400, "BadSyntax", "Activity resulted into multiple skype activities")
        self.organisation.complaints += problems_of_activity(activity, conversation.kind, targeted=targeted)

    def _thread(self, conversation: Conversation, under: str) -> str:
        if conversation.kind != "channel" or not under:
            return ""
        root = conversation.message(under)
        if root is None:
            raise Refusal(404, "ConversationNotFound", "Conversation not found.")
        return root.thread or root.id

    def _own(self, conversation: Conversation, which: str, *, targeted: bool) -> Message:
        message = conversation.message(which)
        if message is None or bool(message.only) != targeted:
            raise Refusal(404, "ActivityNotFoundInConversation", "Activity not found.")
        if message.by != BOT:
            raise Refusal(403, "Forbidden", "The bot may change its own messages only.")
        return message


def _parts(content: Json) -> list[Json]:
    """What Teams makes of a message: text and cards in one are shown as two."""
    if not (content.get("text") and content.get("attachments")):
        return [content]
    words = {name: value for name, value in content.items() if name != "attachments"}
    return [words, {name: value for name, value in content.items() if name != "text"}]
