"""What Teams sends an app, as its documentation shows it: messages, invokes, what happened to a team or a person."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from tests.doubles.teams.organisation import BOT, Conversation, Message, Organisation, Person
from tests.doubles.teams.shapes import Json

BOT_NAME = "RAI"
MENTION = f"<at>{BOT_NAME}</at>"


@dataclass(frozen=True)
class Sender:
    """Who does something, and where the connector stands."""

    organisation: Organisation
    person: Person
    service: str

    def activity(self, kind: str, conversation: Conversation, thread: str = "", **told: object) -> Json:
        """An activity of theirs."""
        who, org = self.person, self.organisation
        here = datetime.fromtimestamp(org.clock.wall(), UTC).astimezone(ZoneInfo(who.zone))
        below = f";messageid={thread}" if thread and conversation.kind == "channel" else ""
        where = {"id": conversation.id + below, "conversationType": conversation.kind, "tenantId": org.tenant}
        device = {"locale": who.locale, "country": "US", "platform": "Web", "timezone": who.zone}
        foreign = {"tenantId": who.tenant} if who.tenant != org.tenant else {}
        return {
            "type": kind,
            "id": org.fresh("f:"),
            "timestamp": here.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "localTimestamp": here.isoformat(),
            "localTimezone": who.zone,
            "serviceUrl": self.service,
            "channelId": "msteams",
            "from": {"id": who.id, "name": who.name, "aadObjectId": who.aad, **foreign},
            "conversation": where if conversation.kind == "personal" else {**where, "isGroup": True},
            "recipient": {"id": BOT, "name": BOT_NAME},
            "entities": [{"type": "clientInfo", **device}],
            "locale": who.locale,
            "channelData": {**_place(org, conversation), "tenant": {"id": org.tenant}},
            **told,
        }


def message(sender: Sender, kept: Message, *, mentions: bool = False, targeted: bool = False) -> Json:
    """Something that somebody wrote."""
    conversation, text = sender.organisation.conversations[kept.conversation], str(kept.content["text"])
    html = {"contentType": "text/html", "content": f"<p>{text if mentions else escape(text)}</p>"}
    told = sender.activity("message", conversation, kept.thread or kept.id, text=text, textFormat="plain")
    told |= {"id": kept.id, "attachments": [html]}
    if targeted:
        told["recipient"]["isTargeted"] = True
    if mentions:
        who = {"id": BOT, "name": BOT_NAME}
        told["entities"].append({"type": "mention", "mentioned": who, "text": MENTION})
    return told


def pressed_submit(sender: Sender, on: Message, data: object) -> Json:
    """A press of Action.Submit on a message: a message of its own kind that nobody sees."""
    return {**_on(sender, on, "message"), "value": data}


def executed(sender: Sender, on: Message, action: Json) -> Json:
    """A press of Action.Execute on a message."""
    value = {"action": action, "trigger": "manual"}
    return {**_on(sender, on, "invoke"), "name": "adaptiveCard/action", "value": value}


def fetched(sender: Sender, on: Message, data: Json) -> Json:
    """A press of what opens a dialog."""
    return {**_on(sender, on, "invoke"), "name": "task/fetch", "value": _task(data)}


def submitted(sender: Sender, on: Message, data: Json) -> Json:
    """What was sent from a dialog that had been opened from a message."""
    return {**_at(sender, on, "invoke"), "name": "task/submit", "value": _task(data)}


def extension(sender: Sender, name: str, on: Message, value: Json) -> Json:
    """An action of the message extension: ``composeExtension/fetchTask`` or ``composeExtension/submitAction``."""
    return {**_at(sender, on, "invoke"), "name": name, "value": {**_theme(), **value}}


def message_payload(author: str, kept: Message) -> Json:
    """A message as an extension is told of it: its words as HTML, a card as a hint that there is one."""
    text = kept.content.get("text")
    html = f"<p>{escape(str(text))}</p>" if text else '<attachment id="1"></attachment>'
    user = {"userIdentityType": "aadUser", "id": kept.by, "displayName": author}
    told = {"id": kept.id, "replyToId": kept.thread or None, "from": {"user": user, "application": None}}
    return {**told, "messageType": "message", "body": {"contentType": "html", "content": html}, "attachments": []}


def file_consent(sender: Sender, on: Message, action: str, context: object, upload: Json | None = None) -> Json:
    """What somebody says to a file that the bot offers."""
    value = {"type": "fileUpload", "action": action, "context": context, **({"uploadInfo": upload} if upload else {})}
    return {**_on(sender, on, "invoke"), "name": "fileConsent/invoke", "value": value}


def installation(sender: Sender, conversation: Conversation, *, comes: bool) -> tuple[Json, Json]:
    """What an app is told where it is installed or taken away: Teams says it in two ways."""
    members = "membersAdded" if comes else "membersRemoved"
    updated = {**sender.activity("conversationUpdate", conversation), members: [{"id": BOT}]}
    event = "teamMemberAdded" if comes else "teamMemberRemoved"
    if conversation.kind == "channel":
        updated["channelData"]["eventType"] = event
    installed = sender.activity("installationUpdate", conversation, action="add" if comes else "remove")
    installed["channelData"]["settings"] = {"selectedChannel": {"id": conversation.id}}
    return updated, installed


def _on(sender: Sender, on: Message, kind: str) -> Json:
    return {**_at(sender, on, kind), "replyToId": on.id}


def _at(sender: Sender, on: Message, kind: str) -> Json:
    return sender.activity(kind, sender.organisation.conversations[on.conversation], on.thread or on.id)


def _theme() -> Json:
    return {"context": {"theme": "default"}}


def _task(data: Json) -> Json:
    return {"data": data, **_theme()}


def _place(organisation: Organisation, conversation: Conversation) -> Json:
    team = organisation.team_of(conversation)
    if team is None:
        return {}
    ids = {"teamsChannelId": conversation.id, "teamsTeamId": team.id}
    return {**ids, "channel": {"id": conversation.id}, "team": {"id": team.id}}
