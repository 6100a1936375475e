"""Slack's methods for people and channels: who somebody is, where they come from, what a channel is."""

from collections.abc import Sequence

from tests.doubles.slack.caller import Caller, Refusal
from tests.doubles.slack.seen import Json
from tests.doubles.slack.workspace import User

MOST_ON_A_PAGE = 4
"""Slack may give fewer than were asked for, and so nobody may take a page for everything."""


def test(caller: Caller, _: Json) -> Json:
    """auth.test"""
    who = {"user_id": caller.token.user, "bot_id": caller.token.bot, "user": "rai", "app_id": caller.token.app}
    return {"url": "https://double.slack.com/", "team": "Double", "team_id": caller.space.team, **who}


def info(caller: Caller, args: Json) -> Json:
    """conversations.info: a private channel is unknown to who is not in it."""
    channel = caller.space.channels.get(args["channel"])
    member = channel is not None and caller.token.user in channel.members
    if channel is None or ((channel.is_private or channel.partner) and not member):
        raise Refusal("channel_not_found")
    kind = {"is_private": channel.is_private, "is_im": bool(channel.partner), "is_archived": channel.is_archived}
    return {"channel": {"id": channel.id, **kind, "is_member": member, "is_ext_shared": channel.is_shared}}


def open_direct(caller: Caller, args: Json) -> Json:
    """conversations.open"""
    if args["users"] not in caller.space.users:
        raise Refusal("user_not_found")
    return {"channel": {"id": caller.space.direct(args["users"]).id}}


def user(caller: Caller, args: Json) -> Json:
    """users.info: somebody of another workspace is known where a channel is shared with them, and no stranger then."""
    found = caller.space.users.get(args["user"])
    if found is None:
        raise Refusal("user_not_found")
    near = any(
        caller.token.user in each.members and found.id in each.members for each in caller.space.channels.values()
    )
    foreign = {"is_stranger": not near} if found.team != caller.space.team else {}
    return {"user": {**_told(found), **foreign}}


def members(caller: Caller, args: Json) -> Json:
    """conversations.members: ids alone, the bot's own among them; a private channel is unknown to who is not in it."""
    channel = caller.space.channels.get(args["channel"])
    if channel is None or (channel.is_private and caller.token.user not in channel.members):
        raise Refusal("channel_not_found")
    return _page(sorted(channel.members), args)


def everybody(caller: Caller, args: Json) -> Json:
    """users.list: people and bots, also those who left; and Slackbot, which is called no bot."""
    bot = {"id": caller.space.bot_user, "team_id": caller.space.team, "name": "rai", "is_bot": True, "deleted": False}
    slackbot = User("USLACKBOT", "Slackbot", team=caller.space.team)
    return _page([bot, *map(_told, (slackbot, *caller.space.users.values()))], args)


def _told(person: User) -> Json:
    profile = {"display_name": person.shown or person.name, "real_name": person.name}
    names = {"id": person.id, "team_id": person.team, "name": person.handle or person.name, "real_name": person.name}
    flags = {"is_restricted": person.is_guest, "is_ultra_restricted": False, "is_bot": person.is_bot, "tz": person.zone}
    return {**names, "profile": profile, **flags, "deleted": person.is_deleted}


def _page(everything: Sequence[object], args: Json) -> Json:
    first, most = int(args.get("cursor") or 0), min(int(args.get("limit") or MOST_ON_A_PAGE), MOST_ON_A_PAGE)
    after = str(first + most) if first + most < len(everything) else ""
    return {"members": list(everything[first : first + most]), "response_metadata": {"next_cursor": after}}


def prompts(caller: Caller, args: Json) -> Json:
    """assistant.threads.setSuggestedPrompts"""
    given = args["prompts"]
    if not isinstance(given, list) or not 1 <= len(given) <= 4:
        raise Refusal("invalid_arguments")
    if any(not isinstance(each, dict) or set(each) != {"title", "message"} for each in given):
        raise Refusal("invalid_arguments")
    if args["channel_id"] not in caller.space.channels:
        raise Refusal("channel_not_found")
    caller.space.prompts[args["channel_id"]] = given
    return {}
