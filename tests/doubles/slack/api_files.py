"""Slack's methods for files: an address to send one to, and the message that then holds it."""

from tests.doubles.slack.caller import Caller, Refusal
from tests.doubles.slack.seen import Json


def upload_url(caller: Caller, args: Json) -> Json:
    """files.getUploadURLExternal; the server adds the address."""
    made = caller.space.fresh("F")
    caller.space.uploads[made] = {"name": args["filename"], "length": int(args["length"]), "content": None}
    return {"file_id": made}


def complete(caller: Caller, args: Json) -> Json:
    """files.completeUploadExternal"""
    channel = caller.channel({"channel": args.get("channel_id", "")}, writing=True)
    thread = args.get("thread_ts", "")
    if thread and channel.message(thread) is None:
        raise Refusal("thread_not_found")
    for each in args["files"]:
        upload = caller.space.uploads.get(each["id"])
        if upload is None or upload["content"] is None or len(upload["content"]) != upload["length"]:
            raise Refusal("file_not_found")
        by = {"text": args.get("initial_comment", ""), "user": caller.token.user, "bot_id": caller.token.bot}
        under = {"thread_ts": thread} if thread else {}
        caller.space.keep(channel, {**by, "files": [upload["name"]], **under})
    return {"files": args["files"]}
