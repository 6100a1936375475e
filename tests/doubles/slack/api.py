"""What Slack does when a method is called: each with Slack's own refusals."""

from collections.abc import Callable
from types import MappingProxyType

from tests.doubles.slack import api_files, api_messages, api_people, api_views
from tests.doubles.slack.caller import Caller, Refusal
from tests.doubles.slack.methods import METHODS
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import Workspace

__all__ = ["Api", "Refusal"]

_DONE = MappingProxyType[str, Callable[[Caller, Json], Json]](
    {
        "auth.test": api_people.test,
        "chat.postMessage": api_messages.post,
        "chat.postEphemeral": api_messages.whisper,
        "chat.update": api_messages.update,
        "chat.delete": api_messages.delete,
        "conversations.history": api_messages.history,
        "conversations.replies": api_messages.replies,
        "conversations.info": api_people.info,
        "conversations.members": api_people.members,
        "conversations.open": api_people.open_direct,
        "users.info": api_people.user,
        "users.list": api_people.everybody,
        "views.open": api_views.open_view,
        "views.push": api_views.push,
        "views.update": api_views.update,
        "views.publish": api_views.publish,
        "assistant.threads.setSuggestedPrompts": api_people.prompts,
        "files.getUploadURLExternal": api_files.upload_url,
        "files.completeUploadExternal": api_files.complete,
        "apps.connections.open": lambda _caller, _args: {},
    }
)


class Api:
    """The methods, on a workspace's state."""

    def __init__(self, workspace: Workspace) -> None:
        self._space = workspace

    def call(self, method: str, token: str, args: Json, *, as_json: bool = False) -> Json:
        """What a method answers; raises Refusal."""
        if method not in METHODS:
            raise Refusal("unknown_method")
        known = self._space.tokens.get(token)
        if known is None:
            raise Refusal("invalid_auth" if token else "not_authed")
        if known.error:
            raise Refusal(known.error)
        if (known.kind == "app") != (method == "apps.connections.open"):
            raise Refusal("not_allowed_token_type")
        if as_json and not METHODS[method].json and args:
            self._space.complaints.append(f"{method}: reads no JSON")
            raise Refusal("invalid_arguments", response_metadata={"messages": ["this method reads no JSON"]})
        caller = Caller(self._space, known)
        caller.check(method, args)
        return {"ok": True, **_DONE[method](caller, args)}

    def checked_view(self, view: object) -> Json:
        """A view that Slack would take; raises Refusal."""
        return api_views.checked(self._space, view)
