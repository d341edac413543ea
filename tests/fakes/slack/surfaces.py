"""Views, reactions, assistant threads and agent sessions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import blocks as block_kit
from tests.fakes.slack import checks, limits
from tests.fakes.slack.refusal import Refused, required
from tests.fakes.slack.state import State
from tests.fakes.slack.values import Prompts, Reaction, Status, View
from tests.fakes.slack.workspace import BOT_USER, Channel

Arguments = Mapping[str, Any]
SESSION_STATES = ("processing", "active", "suspended", "closed")


def publish_view(slack: State, arguments: Arguments) -> dict[str, Any]:
    user, given = required(arguments, "user_id", "view")
    if user not in slack.workspace.users:
        raise Refused("user_not_found")
    return _show(slack, given, "home", user)


def open_view(slack: State, arguments: Arguments) -> dict[str, Any]:
    trigger, given = required(arguments, "trigger_id", "view")
    slack.use_trigger(trigger)
    return _show(slack, given, "modal", "")


def _show(slack: State, given: Any, kind: str, user: str) -> dict[str, Any]:
    view = json.loads(given) if isinstance(given, str) else given
    problems = [*_view_problems(slack, view, kind)]
    if problems:
        raise Refused("invalid_arguments", problems)
    shown = View(f"V{len(slack.views) + 1:08d}", kind, user, view)
    slack.views.append(shown)
    return {"view": {**view, "id": shown.id, "hash": f"{slack.clock():.6f}", "root_view_id": shown.id}}


def _view_problems(slack: State, view: Any, kind: str) -> checks.Problems:
    titles = ("title", "submit", "close")
    more = ("private_metadata", "callback_id", "external_id", "clear_on_close", "notify_on_close", *titles)
    yield from checks.fields(view, "/view", ("type", "blocks"), more)
    if not isinstance(view, Mapping):
        return
    if view.get("type") != kind:
        yield checks.at(f"must be one of: {kind}", "/view/type")
    if kind == "modal" and "title" not in view:
        yield checks.at("missing required field: title", "/view")
    for part in titles:
        if part in view:
            yield from checks.text_object(view[part], f"/view/{part}", limits.VIEW_TITLE, plain_only=True)
    if "private_metadata" in view:
        yield from checks.string(view["private_metadata"], "/view/private_metadata", limits.VIEW_METADATA, least=0)
    if "callback_id" in view:
        yield from checks.string(view["callback_id"], "/view/callback_id", limits.IDENTIFIER, least=0)
    yield from block_kit.view_problems(view.get("blocks"), "/view/blocks", kind == "modal", slack.refuse_blocks)


def add_reaction(slack: State, arguments: Arguments) -> dict[str, Any]:
    channel, ts, name = _reacted(slack, arguments)
    mark = Reaction(name, channel.id, ts, BOT_USER)
    if mark in slack.reactions:
        raise Refused("already_reacted")
    slack.reactions.append(mark)
    return {}


def remove_reaction(slack: State, arguments: Arguments) -> dict[str, Any]:
    channel, ts, name = _reacted(slack, arguments)
    mark = Reaction(name, channel.id, ts, BOT_USER)
    if mark not in slack.reactions:
        raise Refused("no_reaction")
    slack.reactions.remove(mark)
    return {}


def _reacted(slack: State, arguments: Arguments) -> tuple[Channel, str, str]:
    (name,) = required(arguments, "name")
    if not arguments.get("channel") or not arguments.get("timestamp"):
        raise Refused("no_item_specified")
    channel = slack.workspace.writable(arguments["channel"])
    slack.workspace.message(channel, arguments["timestamp"])
    if name.startswith(":") or not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise Refused("invalid_name")
    return channel, arguments["timestamp"], name


def assistant_status(slack: State, arguments: Arguments) -> dict[str, Any]:
    """An empty status clears it."""
    target, thread_ts = required(arguments, "channel_id", "thread_ts")
    if "status" not in arguments:
        raise Refused("invalid_arguments", ["missing required field: status"])
    channel = slack.workspace.channel(target)
    if thread_ts not in channel.messages:
        raise Refused("invalid_thread_ts")
    slack.statuses.append(Status("assistant.threads.setStatus", channel.id, thread_ts, arguments["status"]))
    return {}


def suggested_prompts(slack: State, arguments: Arguments) -> dict[str, Any]:
    """With `thread_ts` the call is answered well and does nothing, as it is for an agent app."""
    target, prompts = required(arguments, "channel_id", "prompts")
    channel = slack.workspace.channel(target)
    prompts = json.loads(prompts) if isinstance(prompts, str) else prompts
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= limits.PROMPTS:
        raise Refused("invalid_arguments", [f"no more than {limits.PROMPTS} items allowed [json-pointer:/prompts]"])
    for number, prompt in enumerate(prompts):
        problems = [*checks.fields(prompt, f"/prompts/{number}", ("title", "message"))]
        if problems:
            raise Refused("invalid_arguments", problems)
    if not arguments.get("thread_ts"):
        pairs = tuple((prompt["title"], prompt["message"]) for prompt in prompts)
        slack.prompts.append(Prompts(channel.id, None, arguments.get("title"), pairs))
    return {}


def set_session(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, status, thread_ts = required(arguments, "channel_id", "status", "thread_ts")
    channel = slack.workspace.writable(target)
    return session_status(slack, "agents.sessions.setStatus", channel, thread_ts, status, arguments.get("title"))


def session_status(
    slack: State, method: str, channel: Channel, thread_ts: str, status: str, title: str | None
) -> dict[str, Any]:
    """Creates the session where there is none; only then is `title` used."""
    if status not in SESSION_STATES:
        raise Refused("invalid_arguments", [f"status must be one of: {', '.join(SESSION_STATES)}"])
    _title(title)
    if thread_ts not in channel.messages:
        raise Refused("invalid_thread_ts")
    before = slack.sessions.get((channel.id, thread_ts))
    now = Status(method, channel.id, thread_ts, status, before.title if before else title)
    slack.sessions[channel.id, thread_ts] = now
    slack.statuses.append(now)
    answer: dict[str, Any] = {"status": status, "agent_status": status, "title": now.title}
    if status == "processing" and "agent_session_stopped" not in slack.subscriptions:
        answer["warning"] = "missing_agent_session_stopped_event_subscription"
    return answer


def rename_session(slack: State, arguments: Arguments) -> dict[str, Any]:
    target, title = required(arguments, "channel_id", "title")
    channel = slack.workspace.writable(target)
    _title(title)
    before = slack.sessions.get((channel.id, arguments.get("thread_ts") or ""))
    if before is None:
        raise Refused("session_not_found")
    now = Status("agents.sessions.rename", channel.id, before.thread_ts, before.status, title)
    slack.sessions[channel.id, arguments["thread_ts"]] = now
    slack.statuses.append(now)
    return {"title": title}


def _title(title: str | None) -> None:
    if title is not None and len(title) > limits.SESSION_TITLE:
        raise Refused("invalid_arguments", [f"must be less than {limits.SESSION_TITLE + 1} characters: title"])


METHODS = {
    "views.publish": publish_view,
    "views.open": open_view,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
    "assistant.threads.setStatus": assistant_status,
    "assistant.threads.setSuggestedPrompts": suggested_prompts,
    "agents.sessions.setStatus": set_session,
    "agents.sessions.rename": rename_session,
}
