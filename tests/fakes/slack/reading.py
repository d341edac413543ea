"""The methods that only look: auth, conversations, users, user groups, bots."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.slack.refusal import Refused, required
from tests.fakes.slack.state import State
from tests.fakes.slack.workspace import APP, BOT, BOT_USER, TEAM

Arguments = Mapping[str, Any]


def auth_test(slack: State, arguments: Arguments) -> dict[str, Any]:
    who = {"user": "outlay", "user_id": BOT_USER, "bot_id": BOT, "app_id": APP}
    return {"url": f"{slack.url}/", "team": "Home", "team_id": TEAM, "is_enterprise_install": False, **who}


def replies(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, ts = required(arguments, "channel", "ts")
    channel = slack.workspace.channel(target)
    if BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    if ts not in channel.messages:
        raise Refused("thread_not_found")
    root = channel.messages[ts].get("thread_ts", ts)
    found = [message for message in channel.thread(root) if _within(message["ts"], arguments)]
    return page(found, arguments, "messages")


def history(slack: State, arguments: Arguments) -> dict[str, Any]:
    """Newest first, replies in threads left out."""
    (target,) = required(arguments, "channel")
    channel = slack.workspace.channel(target)
    if BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    tops = [m for m in channel.messages.values() if m.get("thread_ts", m["ts"]) == m["ts"]]
    found = [message for message in reversed(tops) if _within(message["ts"], arguments)]
    return page(found, arguments, "messages")


def info(slack: State, arguments: Arguments) -> dict[str, Any]:
    (target,) = required(arguments, "channel")
    return {"channel": slack.workspace.channel(target).as_json()}


def open_direct(slack: State, arguments: Arguments) -> dict[str, Any]:
    (users,) = required(arguments, "users")
    names = users.split(",") if isinstance(users, str) else list(users)
    if len(names) == 1:
        return {"channel": slack.workspace.direct(names[0]).as_json()}
    unknown = [name for name in names if name not in slack.workspace.users]
    if unknown:
        raise Refused("user_not_found")
    id = "G" + "".join(sorted(name[1:] for name in names))
    known = slack.workspace.channels.get(id)
    channel = known or slack.workspace.add_channel(id, "", (BOT_USER, *names), kind="mpim")
    return {"channel": channel.as_json()}


def members(slack: State, arguments: Arguments) -> dict[str, Any]:
    (target,) = required(arguments, "channel")
    return page(sorted(slack.workspace.channel(target).members), arguments, "members")


def user_info(slack: State, arguments: Arguments) -> dict[str, Any]:
    (user,) = required(arguments, "user")
    if user not in slack.workspace.users:
        raise Refused("user_not_found")
    return {"user": slack.workspace.users[user].as_json()}


def user_list(slack: State, arguments: Arguments) -> dict[str, Any]:
    return page([user.as_json() for user in slack.workspace.users.values()], arguments, "members")


def user_conversations(slack: State, arguments: Arguments) -> dict[str, Any]:
    user = arguments.get("user") or BOT_USER
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    types = str(arguments.get("types") or "public_channel").split(",")
    if not set(types) <= set(kinds):
        raise Refused("invalid_types")
    wanted = {kinds[kind] for kind in types}
    found = [c.as_json() for c in slack.workspace.channels.values() if c.kind in wanted and user in c.members]
    return page(found, arguments, "channels")


def channel_list(slack: State, arguments: Arguments) -> dict[str, Any]:
    found = [c.as_json() for c in slack.workspace.channels.values() if c.kind == "channel" or BOT_USER in c.members]
    return page([c for c in found if not c["is_im"]], arguments, "channels")


def usergroup_users(slack: State, arguments: Arguments) -> dict[str, Any]:
    (group,) = required(arguments, "usergroup")
    if group not in slack.workspace.usergroups:
        raise Refused("no_such_subteam")
    return {"users": slack.workspace.usergroups[group]}


def bot_info(slack: State, arguments: Arguments) -> dict[str, Any]:
    if arguments.get("bot", BOT) != BOT:
        raise Refused("bot_not_found")
    return {"bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "outlay", "deleted": False}}


def page(found: Sequence[Any], arguments: Arguments, name: str) -> dict[str, Any]:
    """One page of `limit` (100 where not given), with a cursor to the next; raises `invalid_cursor`."""
    try:
        count = int(arguments.get("limit") or 100)
        cursor = str(arguments.get("cursor") or "")
        start = int(base64.b64decode(cursor).decode().removeprefix("next:")) if cursor else 0
    except ValueError:
        raise Refused("invalid_cursor") from None
    if not 1 <= count <= 1000:
        raise Refused("invalid_limit")
    end = start + count
    more = end < len(found)
    following = base64.b64encode(f"next:{end}".encode()).decode() if more else ""
    return {name: list(found[start:end]), "has_more": more, "response_metadata": {"next_cursor": following}}


def _within(ts: str, arguments: Arguments) -> bool:
    oldest, latest = arguments.get("oldest"), arguments.get("latest")
    inclusive = str(arguments.get("inclusive") or "0").lower() in ("1", "true")
    if inclusive and ts in (oldest, latest):
        return True
    return (not oldest or float(ts) > float(oldest)) and (not latest or float(ts) < float(latest))


METHODS = {
    "auth.test": auth_test,
    "conversations.replies": replies,
    "conversations.history": history,
    "conversations.info": info,
    "conversations.open": open_direct,
    "conversations.members": members,
    "conversations.list": channel_list,
    "users.info": user_info,
    "users.list": user_list,
    "users.conversations": user_conversations,
    "usergroups.users.list": usergroup_users,
    "bots.info": bot_info,
}
