"""Slack's methods for messages: posted, whispered, edited, taken away, read again."""

from collections.abc import Callable, Mapping

from tests.doubles.slack.caller import Caller, Refusal
from tests.doubles.slack.limits import problems_of_edit, problems_of_message
from tests.doubles.slack.sdk_opinion import sdk_problems
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import Channel, Workspace

Limits = Callable[[Mapping[str, object]], list[str]]

_ERRORS = {
    "msg_too_long": "msg_too_long",
    "msg_blocks_too_long": "msg_blocks_too_long",
    "metadata": "invalid_metadata_format",
}
"""Slack's words for problems that begin so; the others are ``invalid_blocks``."""


def checked(space: Workspace, args: Json, limits: Limits = problems_of_message) -> Json:
    """A message's content; what a stricter Slack would refuse is remembered."""
    problems = [*limits(args), *sdk_problems(args.get("blocks"))]
    space.complaints += problems
    if not args.get("text") and not args.get("blocks"):
        raise Refusal("no_text")
    for beginning, error in _ERRORS.items():
        if any(each.startswith(beginning) for each in problems):
            raise Refusal(error)
    if problems:
        raise Refusal("invalid_blocks", response_metadata={"messages": problems})
    return {name: args[name] for name in ("text", "blocks", "metadata") if name in args}


def post(caller: Caller, args: Json) -> Json:
    """chat.postMessage"""
    channel = caller.channel(args, writing=True)
    thread = args.get("thread_ts")
    root = channel.message(thread) if thread else None
    if thread and (root is None or root.get("thread_ts", thread) != thread):
        raise Refusal("thread_not_found")
    by = {"user": caller.token.user, "bot_id": caller.token.bot, "app_id": caller.token.app}
    under = {"thread_ts": thread} if thread else {}
    kept = caller.space.keep(channel, {**checked(caller.space, args), **by, **under})
    return {"channel": channel.id, "ts": kept["ts"], "message": kept}


def whisper(caller: Caller, args: Json) -> Json:
    """chat.postEphemeral: in a thread it is shown only where somebody has answered already."""
    channel = caller.channel(args, writing=True)
    user, thread = args["user"], args.get("thread_ts", "")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    content = {**checked(caller.space, args), "thread_ts": thread}
    shown = not thread or channel.is_alive(thread)
    return {"message_ts": caller.space.whisper(channel.id, user, content, shown=shown)}


def update(caller: Caller, args: Json) -> Json:
    """chat.update: what is not given stays as it was."""
    channel, message = _own(caller, args, "cant_update_message")
    message.update(checked(caller.space, args, problems_of_edit), edited={"user": caller.token.user})
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"]}


def delete(caller: Caller, args: Json) -> Json:
    """chat.delete"""
    channel, message = _own(caller, args, "cant_delete_message")
    channel.messages.remove(message)
    return {"channel": channel.id, "ts": message["ts"]}


def _own(caller: Caller, args: Json, otherwise: str) -> tuple[Channel, Json]:
    channel = caller.channel(args, writing=True)
    message = channel.message(args["ts"])
    if message is None:
        raise Refusal("message_not_found")
    if message.get("bot_id") != caller.token.bot:
        raise Refusal(otherwise)
    return channel, message


def history(caller: Caller, args: Json) -> Json:
    """conversations.history: a channel without its threads, the newest first; a whisper was never in it."""
    channel = caller.channel(args, writing=False)
    roots = [each for each in channel.messages if each.get("thread_ts", each["ts"]) == each["ts"]]
    return _page(list(reversed(roots)), args)


def replies(caller: Caller, args: Json) -> Json:
    """conversations.replies: a thread from its first message on."""
    channel = caller.channel(args, writing=False)
    if channel.message(args["ts"]) is None:
        raise Refusal("thread_not_found")
    return _page([each for each in channel.messages if args["ts"] in (each["ts"], each.get("thread_ts"))], args)


def _page(messages: list[Json], args: Json) -> Json:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    between = [each for each in messages if oldest < float(each["ts"]) < latest]
    start, limit = (
        _number(args.get("cursor") or 0, "invalid_cursor"),
        _number(args.get("limit") or 100, "invalid_limit"),
    )
    if not 1 <= limit <= 999:
        raise Refusal("invalid_limit")
    shown = between[start : start + limit]
    if str(args.get("include_all_metadata", "")).lower() != "true":
        shown = [{name: value for name, value in each.items() if name != "metadata"} for each in shown]
    more = start + limit < len(between)
    cursor = {"response_metadata": {"next_cursor": str(start + limit)}} if more else {}
    return {"messages": shown, "has_more": more, **cursor}


def _number(value: object, error: str) -> int:
    if not str(value).isdigit():
        raise Refusal(error)
    return int(str(value))
