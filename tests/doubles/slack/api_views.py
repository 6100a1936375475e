"""Slack's methods for views: a stack of modals and one page per person; a view has a hash, and a closed one is gone."""

from tests.doubles.slack.caller import Caller, Refusal
from tests.doubles.slack.limits import problems_of_view
from tests.doubles.slack.sdk_opinion import sdk_problems
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import Workspace

TRIGGER_LIVES = 3.0
MOST_PUSHED = 3


def checked(space: Workspace, view: object, kind: str = "modal") -> Json:
    """A view that Slack would take, with a new hash; raises Refusal."""
    problems = [*problems_of_view(view), *sdk_problems(view.get("blocks") if isinstance(view, dict) else None)]
    if not problems and isinstance(view, dict) and view["type"] != kind:
        problems = [f"view.type: no {kind}"]
    space.complaints += problems
    if "view: more than 250 KB" in problems:
        raise Refusal("view_too_large")
    if problems or not isinstance(view, dict):
        raise Refusal("invalid_arguments", response_metadata={"messages": problems})
    known = {"hash": space.fresh("hash"), "team_id": space.team, "app_installed_team_id": space.team}
    return {"private_metadata": "", "callback_id": "", **view, **known}


def open_view(caller: Caller, args: Json) -> Json:
    """views.open"""
    user, view = _triggered(caller, args), checked(caller.space, args["view"])
    view["id"] = view["root_view_id"] = caller.space.fresh("V")
    caller.space.modals[user] = [{**view, "previous_view_id": None}]
    return {"view": caller.space.modals[user][-1]}


def push(caller: Caller, args: Json) -> Json:
    """views.push"""
    user, view = _triggered(caller, args), checked(caller.space, args["view"])
    stack = caller.space.modals.get(user) or []
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= MOST_PUSHED:
        raise Refusal("push_limit_reached")
    below = {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
    stack.append({**view, "id": caller.space.fresh("V"), **below})
    return {"view": stack[-1]}


def update(caller: Caller, args: Json) -> Json:
    """views.update"""
    for stack in caller.space.modals.values():
        for number, view in enumerate(stack):
            if view["id"] == args["view_id"]:
                _same_hash(args, view)
                kept = {name: view[name] for name in ("id", "root_view_id", "previous_view_id")}
                stack[number] = {**checked(caller.space, args["view"]), **kept}
                return {"view": stack[number]}
    raise Refusal("not_found")


def publish(caller: Caller, args: Json) -> Json:
    """views.publish"""
    space, user = caller.space, args["user_id"]
    if user not in space.users:
        raise Refusal("user_not_found")
    if user in space.homes:
        _same_hash(args, space.homes[user])
    view = checked(space, args["view"], "home")
    space.homes[user] = {**view, "id": f"VHOME{user}", "root_view_id": f"VHOME{user}"}
    space.noticed(user, "home", user)
    return {"view": space.homes[user]}


def _same_hash(args: Json, view: Json) -> None:
    if args.get("hash") not in (None, view["hash"]):
        raise Refusal("hash_conflict")


def _triggered(caller: Caller, args: Json) -> str:
    """Whose trigger it is; it works once, for three seconds."""
    trigger = caller.space.triggers.get(args["trigger_id"])
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    trigger.used = True
    if caller.space.clock() - trigger.made_at > TRIGGER_LIVES:
        raise Refusal("expired_trigger_id")
    return trigger.user
