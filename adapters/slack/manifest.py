"""The app manifest: what Slack is asked for, drawn from what the code calls and hears."""

from adapters.shapes import Json
from adapters.slack import names
from adapters.slack.methods import EVENTS, SCOPES
from adapters.slack.prompts import PROMPTS

ABOUT = "Responsible-AI office hours: ask what a value means for your work, book an hour, speak without your name."
LONG = (
    "Ask in your own words what a value of responsible AI means for the thing on your desk, and get a short answer "
    "with its sources and a next step. Book an office hour with somebody who has been there. Say what is going wrong "
    "without your name: the bot keeps the words sealed, without your name, place or time, and a council answers you by "
    "receipt."
)


def manifest(request_url: str = "") -> Json:
    """The manifest in the shape of Slack's schema, version 2.

    Args:
        request_url: where Slack posts to, ``https://…/slack/events``; without it the app is for Socket Mode.
    """
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "RAI Office Hours",
            "description": ABOUT,
            "long_description": LONG,
            "background_color": "#2b2d6e",
        },
        "features": _features(request_url),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": _settings(request_url),
    }


def _features(request_url: str) -> Json:
    command = {
        "command": names.COMMAND,
        "description": "Responsible-AI office hours",
        "usage_hint": "[question] or help",
        "should_escape": True,
    }
    return {
        "agent_view": {"agent_description": ABOUT, "suggested_prompts": [dict(each) for each in PROMPTS]},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "RAI Office Hours", "always_online": True},
        "shortcuts": [
            _shortcut("Open the RAI desk", "global", names.DESK, "One form for all"),
            _shortcut("Ask about this message", "message", names.ASK_ABOUT, "What responsible AI means for it"),
        ],
        "slash_commands": [{**command, **({"url": request_url} if request_url else {})}],
    }


def _shortcut(name: str, kind: str, callback: str, description: str) -> Json:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _settings(request_url: str) -> Json:
    where = {"request_url": request_url} if request_url else {}
    return {
        "event_subscriptions": {**where, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **where},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not request_url,
        "token_rotation_enabled": False,
    }
