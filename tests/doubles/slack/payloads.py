"""What Slack sends an app, as docs.slack.dev shows it: commands, events, presses, shortcuts, sent modals."""

from dataclasses import dataclass

from tests.doubles.slack.seen import Json
from tests.doubles.slack.surfaces import Surface
from tests.doubles.slack.workspace import APP, User, Workspace


@dataclass(frozen=True)
class Sender:
    """Who does something.

    Args:
        team: the workspace in which they do it.
    """

    space: Workspace
    user: User
    team: str


def command(sender: Sender, text: str, channel: str, url: str) -> Json:
    """A slash command."""
    return {
        "command": "/rai",
        "text": text,
        "user_id": sender.user.id,
        "user_name": sender.user.name,
        "team_id": sender.team,
        "team_domain": "double",
        "channel_id": channel,
        "channel_name": "directmessage" if channel.startswith("D") else "somewhere",
        "response_url": url,
        "trigger_id": sender.space.trigger(sender.user.id),
        "api_app_id": APP,
        "is_enterprise_install": "false",
    }


def event(sender: Sender, told: Json, event_id: str = "") -> Json:
    """An event of somebody's, as the app is told of it through the workspace that installed it."""
    channel = sender.space.channels.get(str(told.get("channel", "")))
    return {
        "type": "event_callback",
        # Where it happened: in a shared channel, somebody's own workspace.
        "team_id": sender.user.team if sender.user.team != sender.space.team else sender.team,
        "context_team_id": sender.team,
        "api_app_id": APP,
        "event": told,
        "event_id": event_id or sender.space.fresh("Ev"),
        "event_time": int(sender.space.clock.wall()),
        "authorizations": [{"team_id": sender.team, "user_id": sender.space.bot_user, "is_bot": True}],
        "is_ext_shared_channel": channel is not None and channel.is_shared,
    }


def press(sender: Sender, surface: Surface, action: Json, url: str) -> Json:
    """A press of something on a surface."""
    told: Json = {
        "type": "block_actions",
        **_who(sender),
        "actions": [action],
        "trigger_id": sender.space.trigger(sender.user.id),
    }
    if surface.kind in ("modal", "home"):
        view = surface.content
        return {**told, "view": view, "container": {"type": "view", "view_id": view["id"]}}
    ts, whisper = surface.content["ts"], surface.kind == "whisper"
    thread = {"thread_ts": surface.content["thread_ts"]} if surface.content.get("thread_ts") else {}
    where = {"message_ts": ts, "channel_id": surface.channel, "is_ephemeral": whisper, **thread}
    kept = {} if whisper else {"message": surface.content}
    channel = {"id": surface.channel, "name": "x"}
    return {**told, "container": {"type": "message", **where}, "channel": channel, "response_url": url, **kept}


def shortcut(sender: Sender, callback: str, channel: str, ts: str, url: str) -> Json:
    """A shortcut; with a message, the one for messages."""
    told = {**_who(sender), "callback_id": callback, "trigger_id": sender.space.trigger(sender.user.id)}
    if not ts:
        return {"type": "shortcut", **told}
    on = {
        "channel": {"id": channel, "name": "x"},
        "message_ts": ts,
        "message": sender.space.channels[channel].message(ts),
    }
    return {"type": "message_action", **told, **on, "response_url": url}


def submission(sender: Sender, view: Json) -> Json:
    """A modal as it was sent."""
    return {"type": "view_submission", **_who(sender), "trigger_id": sender.space.trigger(sender.user.id), "view": view}


def _who(sender: Sender) -> Json:
    told = {"id": sender.user.id, "name": sender.user.name, "username": sender.user.name, "team_id": sender.user.team}
    team = {"id": sender.team, "domain": "double"}
    return {"user": told, "team": team, "api_app_id": APP, "enterprise": None, "is_enterprise_install": False}
