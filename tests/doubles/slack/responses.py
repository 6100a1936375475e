"""Slack's response addresses: five answers within half an hour, without a token, to one person or to all who read."""

from dataclasses import replace

from tests.doubles.slack.limits import problems_of_edit, problems_of_message
from tests.doubles.slack.sdk_opinion import sdk_problems
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import BOT_ID, Channel, ResponseUrl, Workspace

USES, LIVES = 5, 1_800.0
_KNOWN = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}


def answer_to(space: Workspace, name: str, body: Json) -> tuple[str, int]:
    """Take an answer; returns Slack's word for why not, and the status with it."""
    url = space.urls.get(name)
    if url is None or space.clock() - url.made_at > LIVES:
        return "expired_url", 404
    url.uses += 1
    if url.uses > USES:
        return "used_url", 404
    if body.get("delete_original"):
        _delete(space, url)
        return "", 200
    limits = problems_of_edit if body.get("replace_original") else problems_of_message
    problems = [*limits(body), *sdk_problems(body.get("blocks"))]
    problems += [f"{each}: unexpected" for each in sorted(body.keys() - _KNOWN)]
    space.complaints += problems
    if problems:
        return "invalid_blocks", 400
    _show(space, url, space.channels[url.channel], body)
    return "", 200


def _delete(space: Workspace, url: ResponseUrl) -> None:
    channel = space.channels[url.channel]
    channel.messages = [each for each in channel.messages if each["ts"] != url.on or not url.on]
    space.whispers = [each for each in space.whispers if each.message["ts"] != url.whisper]


def _show(space: Workspace, url: ResponseUrl, channel: Channel, body: Json) -> None:
    content, thread = {"text": body["text"], "blocks": body.get("blocks", [])}, body.get("thread_ts", "")
    if body.get("replace_original"):
        if kept := channel.message(url.on) if url.on else None:
            kept.update(content)
        space.whispers = [
            replace(each, message={**each.message, **content}) if each.message["ts"] == url.whisper else each
            for each in space.whispers
        ]
    elif body.get("response_type") == "in_channel":
        under = {"thread_ts": thread} if thread else {}
        space.keep(channel, {**content, "user": space.bot_user, "bot_id": BOT_ID, **under})
    else:
        shown = not thread or channel.is_alive(thread)
        space.whisper(url.channel, url.user, {**content, "thread_ts": thread}, shown=shown)
