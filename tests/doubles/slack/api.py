"""What Slack does when a method is called: each with Slack's own refusals."""

from collections.abc import Callable
from typing import ClassVar

from tests.doubles.slack.limits import problems_of_message, problems_of_view
from tests.doubles.slack.methods import ARGUMENTS, SCOPES
from tests.doubles.slack.sdk_opinion import sdk_problems
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import APP, BOT_ID, BOT_USER, TEAM, Channel, Workspace

TRIGGER_LIVES = 3.0


class Refusal(Exception):
    """Slack's own word for why not."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


class Api:
    """The methods, on a workspace's state."""

    def __init__(self, workspace: Workspace) -> None:
        self._space = workspace

    def call(self, method: str, token: str, args: Json) -> Json:
        """What a method answers; raises Refusal."""
        known = self._space.tokens.get(token)
        if method not in SCOPES:
            raise Refusal("unknown_method")
        if known is None:
            raise Refusal("invalid_auth")
        if known.error:
            raise Refusal(known.error)
        if (known.kind == "app") != (method == "apps.connections.open"):
            raise Refusal("not_allowed_token_type")
        if unknown := set(args) - ARGUMENTS[method]:
            self._space.complaints.append(f"{method}: unexpected argument {sorted(unknown)}")
            raise Refusal("invalid_arguments")
        self._check_scope(method, known.scopes, args)
        return {"ok": True, **self._METHODS[method](self, args)}

    def _check_scope(self, method: str, scopes: set[str], args: Json) -> None:
        needed = SCOPES[method]
        if len(needed) > 1:
            channel = self._space.channels.get(args.get("channel", ""))
            kind = "im" if channel and channel.partner else "groups" if channel and channel.is_private else "channels"
            needed = tuple(scope for scope in needed if scope.startswith(kind)) or needed[:1]
        if missing := set(needed) - scopes:
            raise Refusal("missing_scope", needed=",".join(missing), provided=",".join(sorted(scopes)))

    def _channel(self, args: Json, *, writing: bool) -> Channel:
        channel = self._space.channels.get(args.get("channel", ""))
        if channel is None or (channel.is_private and BOT_USER not in channel.members):
            raise Refusal("channel_not_found")
        if BOT_USER not in channel.members:
            raise Refusal("not_in_channel")
        if writing and channel.is_archived:
            raise Refusal("is_archived")
        return channel

    def _checked(self, args: Json) -> Json:
        """A message's content; what a stricter Slack would refuse is remembered."""
        problems = [*problems_of_message(args), *sdk_problems(args.get("blocks"))]
        self._space.complaints += problems
        if problems:
            raise Refusal("invalid_blocks", response_metadata={"messages": problems})
        return {name: args[name] for name in ("text", "blocks", "metadata") if name in args}

    def _test(self, _: Json) -> Json:
        who = {"user_id": BOT_USER, "bot_id": BOT_ID, "user": "rai", "app_id": APP}
        return {"url": "https://double.slack.com/", "team": "Double", "team_id": TEAM, **who}

    def _post(self, args: Json) -> Json:
        channel = self._channel(args, writing=True)
        thread = args.get("thread_ts")
        root = channel.message(thread) if thread else None
        if thread and (root is None or root.get("thread_ts", thread) != thread):
            raise Refusal("thread_not_found")
        by = {"user": BOT_USER, "bot_id": BOT_ID, "app_id": APP}
        kept = self._space.keep(channel, {**self._checked(args), **by, **({"thread_ts": thread} if thread else {})})
        return {"channel": channel.id, "ts": kept["ts"], "message": kept}

    def _whisper(self, args: Json) -> Json:
        channel = self._channel(args, writing=True)
        user, thread = args.get("user", ""), args.get("thread_ts", "")
        if user not in channel.members:
            raise Refusal("user_not_in_channel")
        alive = not thread or any(each.get("thread_ts") == thread for each in channel.messages)
        content = {**self._checked(args), "thread_ts": thread}
        return {"message_ts": self._space.whisper(channel.id, user, content, shown=alive)}

    def _own(self, args: Json) -> tuple[Channel, Json]:
        channel = self._channel(args, writing=True)
        message = channel.message(args.get("ts", ""))
        if message is None:
            raise Refusal("message_not_found")
        if message.get("bot_id") != BOT_ID:
            raise Refusal("cant_update_message")
        return channel, message

    def _update(self, args: Json) -> Json:
        channel, message = self._own(args)
        message.update(self._checked(args), edited={"user": BOT_USER})
        return {"channel": channel.id, "ts": message["ts"], "text": message["text"]}

    def _delete(self, args: Json) -> Json:
        channel, message = self._own(args)
        channel.messages.remove(message)
        return {"channel": channel.id, "ts": message["ts"]}

    def _history(self, args: Json) -> Json:
        channel = self._channel(args, writing=False)
        roots = [each for each in channel.messages if each.get("thread_ts", each["ts"]) == each["ts"]]
        after = [each for each in roots if float(each["ts"]) > float(args.get("oldest") or 0)]
        return _page(list(reversed(after)), args)

    def _replies(self, args: Json) -> Json:
        channel = self._channel(args, writing=False)
        if channel.message(args.get("ts", "")) is None:
            raise Refusal("thread_not_found")
        return _page([each for each in channel.messages if args["ts"] in (each["ts"], each.get("thread_ts"))], args)

    def _info(self, args: Json) -> Json:
        channel = self._space.channels.get(args.get("channel", ""))
        member = channel is not None and BOT_USER in channel.members
        if channel is None or (channel.is_private and not member):
            raise Refusal("channel_not_found")
        told = {"id": channel.id, "is_private": channel.is_private, "is_archived": channel.is_archived}
        return {
            "channel": {**told, "is_member": member, "is_ext_shared": channel.is_shared, "is_im": bool(channel.partner)}
        }

    def _open_direct(self, args: Json) -> Json:
        if args.get("users") not in self._space.users:
            raise Refusal("user_not_found")
        return {"channel": {"id": self._space.direct(args["users"]).id}}

    def _user(self, args: Json) -> Json:
        user = self._space.users.get(args.get("user", ""))
        if user is None:
            raise Refusal("user_not_found")
        profile = {"display_name": user.name, "real_name": user.name}
        told = {"id": user.id, "team_id": user.team, "name": user.name, "real_name": user.name, "tz": user.zone}
        return {"user": {**told, "profile": profile, "is_restricted": user.is_guest, "is_bot": False}}

    def checked_view(self, view: object) -> Json:
        """A view that Slack would take; raises Refusal."""
        problems = [*problems_of_view(view), *sdk_problems(view.get("blocks") if isinstance(view, dict) else None)]
        self._space.complaints += problems
        if problems or not isinstance(view, dict):
            raise Refusal("invalid_arguments", response_metadata={"messages": problems})
        hashed = self._space.fresh("hash")
        return {"private_metadata": "", "callback_id": "", **view, "hash": hashed, "team_id": TEAM, "app_id": APP}

    def _open_view(self, args: Json) -> Json:
        known = self._space.triggers.pop(args.get("trigger_id", ""), None)
        if known is None:
            raise Refusal("exchanged_trigger_id")
        user, made_at = known
        if self._space.clock() - made_at > TRIGGER_LIVES:
            raise Refusal("expired_trigger_id")
        view = {**self.checked_view(args.get("view")), "id": self._space.fresh("V")}
        view["root_view_id"] = view["id"]
        self._space.modals[user] = [view]
        return {"view": view}

    def _update_view(self, args: Json) -> Json:
        for stack in self._space.modals.values():
            for number, view in enumerate(stack):
                if view["id"] == args.get("view_id"):
                    if args.get("hash") not in (None, view["hash"]):
                        raise Refusal("hash_conflict")
                    kept = {"id": view["id"], "root_view_id": view["root_view_id"]}
                    stack[number] = {**self.checked_view(args.get("view")), **kept}
                    return {"view": stack[number]}
        raise Refusal("not_found")

    def _publish(self, args: Json) -> Json:
        user = args.get("user_id", "")
        if user not in self._space.users:
            raise Refusal("invalid_user_id")
        view = {**self.checked_view(args.get("view")), "id": f"VHOME{user}", "root_view_id": f"VHOME{user}"}
        self._space.homes[user] = view
        self._space.noticed(user, "home", user)
        return {"view": view}

    def _prompts(self, args: Json) -> Json:
        prompts = args.get("prompts", [])
        if not 1 <= len(prompts) <= 4 or any(set(each) != {"title", "message"} for each in prompts):
            raise Refusal("invalid_arguments")
        self._space.prompts[args["channel_id"]] = prompts
        return {}

    def _upload_url(self, args: Json) -> Json:
        made = self._space.fresh("F")
        self._space.uploads[made] = {"name": args["filename"], "length": int(args["length"]), "content": None}
        return {"file_id": made}

    def _complete_upload(self, args: Json) -> Json:
        channel = self._channel({"channel": args.get("channel_id", "")}, writing=True)
        for each in args["files"]:
            upload = self._space.uploads.get(each["id"])
            if upload is None or upload["content"] is None or len(upload["content"]) != upload["length"]:
                raise Refusal("file_not_found")
            shared = {
                "text": args.get("initial_comment", ""),
                "user": BOT_USER,
                "bot_id": BOT_ID,
                "files": [upload["name"]],
            }
            self._space.keep(channel, {**shared, **({"thread_ts": args["thread_ts"]} if "thread_ts" in args else {})})
        return {"files": args["files"]}

    _METHODS: ClassVar[dict[str, Callable[["Api", Json], Json]]] = {
        "auth.test": _test,
        "chat.postMessage": _post,
        "chat.postEphemeral": _whisper,
        "chat.update": _update,
        "chat.delete": _delete,
        "conversations.history": _history,
        "conversations.replies": _replies,
        "conversations.info": _info,
        "conversations.open": _open_direct,
        "users.info": _user,
        "views.open": _open_view,
        "views.update": _update_view,
        "views.publish": _publish,
        "assistant.threads.setSuggestedPrompts": _prompts,
        "files.getUploadURLExternal": _upload_url,
        "files.completeUploadExternal": _complete_upload,
        "apps.connections.open": lambda _self, _args: {},
    }


def _page(messages: list[Json], args: Json) -> Json:
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    shown = messages[start : start + limit]
    if str(args.get("include_all_metadata", "")).lower() != "true":
        shown = [{name: value for name, value in each.items() if name != "metadata"} for each in shown]
    more = start + limit < len(messages)
    cursor = {"response_metadata": {"next_cursor": str(start + limit)}} if more else {}
    return {"messages": shown, "has_more": more, **cursor}
