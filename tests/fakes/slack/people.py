"""What people do in the workspace, each act sent to the app as Slack would send it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.fakes.slack import envelopes, limits, streams
from tests.fakes.slack.delivery import Deliverer
from tests.fakes.slack.messages import content
from tests.fakes.slack.refusal import Refused
from tests.fakes.slack.state import State, message_event
from tests.fakes.slack.values import Delivery, Posted, Reaction, Refusal, Sent, View
from tests.fakes.slack.workspace import BOT_USER, Channel

MENTION = f"<@{BOT_USER}>"
_ids = itertools.count(1)


class People(State):
    """Needs a running event loop: every act starts its deliveries in the background. `mention_first` sends the
    app_mention before the message event; Slack promises no order."""

    mention_first = False
    deliverer: Deliverer

    def emit(self, event: Mapping[str, Any]) -> None:
        self._deliver(event)

    def _deliver(self, event: Mapping[str, Any]) -> Delivery | None:
        if envelopes.subscription(event) not in self.subscriptions or not self._sees(event):
            return None
        return self.deliverer.send("event", envelopes.callback(self, event))

    def _sees(self, event: Mapping[str, Any]) -> bool:
        channel = self.workspace.channels.get(str(event.get("channel")))
        return channel is None or BOT_USER in channel.members

    def message(self, channel: str, user: str, text: str, thread_ts: str | None = None, **more: Any) -> Sent:
        """Somebody writes. A text with the app's mention, outside direct messages, is two events: `message` and
        `app_mention`, with event_ids of their own. `more` joins the message (subtype, bot_id, files, ...)."""
        where, author = self.workspace.channels[channel], self.workspace.users[user]
        where.members.add(user)
        own = {"client_msg_id": f"{next(_ids):08d}-0000-4000-8000-000000000000"}
        if author.is_bot:
            own = {"bot_id": f"B{user[1:]}", "app_id": f"A{user[1:]}", "subtype": "bot_message"}
        if where.is_ext_shared:
            own |= {"user_team": author.team, "source_team": author.team}
        message = self.workspace.write(where, user, text, thread_ts, **{**own, **more})
        event = message_event(message, where)
        events = [event]
        if MENTION in text and where.kind != "im":
            said = {key: value for key, value in event.items() if key not in ("channel_type", "subtype")}
            events.append({**said, "type": "app_mention"})
        if self.mention_first:
            events.reverse()
        sent = [delivery for delivery in map(self._deliver, events) if delivery is not None]
        return Sent(where.id, message["ts"], user, text, message.get("thread_ts"), tuple(sent))

    def mention(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Sent:
        """`@outlay text` in a channel."""
        return self.message(channel, user, f"{MENTION} {text}", thread_ts)

    def direct_message(self, user: str, text: str, thread_ts: str | None = None) -> Sent:
        return self.message(self.workspace.direct(user).id, user, text, thread_ts)

    def edit(self, sent: Sent, text: str) -> Delivery | None:
        """The author changes the message: message_changed, and no second app_mention."""
        channel = self.workspace.channels[sent.channel]
        message = channel.messages[sent.ts]
        before = dict(message)
        message |= {"text": text, "edited": {"user": sent.user, "ts": self.workspace.ts()}}
        change = {"subtype": "message_changed", "message": dict(message), "previous_message": before}
        return self._deliver(self._hidden(channel, change))

    def take_back(self, sent: Sent) -> Delivery | None:
        """The author deletes the message: message_deleted."""
        channel = self.workspace.channels[sent.channel]
        message = channel.messages.pop(sent.ts)
        gone = {"subtype": "message_deleted", "deleted_ts": sent.ts, "previous_message": message}
        return self._deliver(self._hidden(channel, gone))

    def _hidden(self, channel: Channel, change: Mapping[str, Any]) -> dict[str, Any]:
        return message_event({"type": "message", "hidden": True, "ts": self.workspace.ts(), **change}, channel)

    def join(self, channel: str, user: str) -> Sent:
        """Somebody (or the app itself) joins: member_joined_channel and a channel_join message."""
        self.workspace.channels[channel].members.add(user)
        ts = self.workspace.ts()
        self._deliver({"type": "member_joined_channel", "user": user, "channel": channel, "event_ts": ts})
        return self.message(channel, user, f"<@{user}> has joined the channel", subtype="channel_join")

    def again(self, delivery: Delivery) -> Delivery:
        """The same event_id once more, as Slack sends it when it missed an ack."""
        return self.deliverer.send(delivery.kind, delivery.payload)

    def command(self, channel: str, user: str, name: str, text: str = "") -> Delivery:
        """A slash command. What the app answers in its ack is among `posted`, with method `ack`."""
        where = self.workspace.channels[channel]
        payload = envelopes.command(self, where, self.workspace.users[user], name, text)
        return self.deliverer.send("command", payload)

    def click(self, user: str, on: Posted | View, action_id: str, value: str | None = None) -> Delivery:
        """Use a button, menu or feedback that a posted message or a view really has; LookupError where it has not."""
        shown = on.view.get("blocks", []) if isinstance(on, View) else self.current(on).blocks
        block, element = _find(shown, action_id)
        person = self.workspace.users[user]
        action = envelopes.press(element, block, value, self.workspace.ts())
        if isinstance(on, View):
            more: dict[str, Any] = {"container": {"type": "view", "view_id": on.id}, "view": {**on.view, "id": on.id}}
        else:
            channel = self.workspace.channels[on.channel]
            message = channel.messages.get(on.ts, {"ts": on.ts, "text": on.text, "blocks": list(on.blocks)})
            private = on.ephemeral_to is not None
            container = {"type": "message", "message_ts": on.ts, "channel_id": on.channel, "is_ephemeral": private}
            container |= {"thread_ts": on.thread_ts} if on.thread_ts else {}
            more = {"container": container, "channel": {"id": channel.id, "name": channel.name}, "message": message}
            more["response_url"] = self.response_url(channel.id, user)
        payload = envelopes.interaction(self, "block_actions", person, actions=[action], state={"values": {}}, **more)
        return self.deliverer.send("interaction", payload)

    def submit(self, user: str, view: View, values: Mapping[str, Any]) -> Delivery:
        """Send a modal off. `values` is Slack's view.state.values: by block_id, then action_id."""
        state = {**view.view, "id": view.id, "state": {"values": values}}
        payload = envelopes.interaction(self, "view_submission", self.workspace.users[user], view=state)
        return self.deliverer.send("interaction", payload)

    def home_opened(self, user: str, tab: str = "home") -> Delivery | None:
        """`tab` home, or messages: the app's direct message was opened."""
        channel = self.workspace.direct(user)
        event: dict[str, Any] = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
        shown = [view for view in self.views if view.kind == "home" and view.user == user]
        if tab == "home" and shown:
            event["view"] = {**shown[-1].view, "id": shown[-1].id}
        if tab == "messages":
            event["context"] = {}
        return self._deliver({**event, "event_ts": self.workspace.ts()})

    def reaction(self, user: str, channel: str, ts: str, name: str) -> Delivery | None:
        self.reactions.append(Reaction(name, channel, ts, user))
        author = self.workspace.channels[channel].messages[ts]["user"]
        event = {"type": "reaction_added", "user": user, "reaction": name, "item_user": author}
        item = {"type": "message", "channel": channel, "ts": ts}
        return self._deliver({**event, "item": item, "event_ts": self.workspace.ts()})

    def stop(self, user: str, channel: str, thread_ts: str) -> Delivery | None:
        """The Stop button: Slack ends the streams of the thread and tells the app, which sets the status itself."""
        live = [s for s in self.streams.values() if (s.channel.id, s.thread_ts) == (channel, thread_ts)]
        live = [stream for stream in live if stream.open(self.clock(), self.stream_seconds)]
        for stream in live:
            streams.finish(self, stream, [], "stop_button", {})
        event = {"type": "agent_session_stopped", "user": user, "channel": channel, "thread_ts": thread_ts}
        stopped = {"streaming_message_ts": [stream.ts for stream in live]}
        return self._deliver({**event, **stopped, "event_ts": self.workspace.ts()})

    def current(self, posted: Posted) -> Posted:
        """The message as it stands now, after updates."""
        message = self.workspace.channels[posted.channel].messages.get(posted.ts)
        if message is None:
            return posted
        return replace(posted, text=message["text"], blocks=tuple(message.get("blocks") or ()))

    def collect_ack(self, delivery: Delivery) -> None:
        """Show what an ack carried as a message to the one who acted."""
        answer = delivery.attempts[-1].answer if delivery.attempts else None
        if delivery.kind != "command" or not answer:
            return
        given = {"text": answer} if isinstance(answer, str) else answer
        try:
            text, blocks = content(self, given, limits.MESSAGE_TEXT)
        except Refused as refused:
            self.refused.append(Refusal("ack", refused.error, refused.messages, given))
            return
        to = None if given.get("response_type") == "in_channel" else delivery.payload["user_id"]
        channel, ts = delivery.payload["channel_id"], self.workspace.ts()
        self.posted.append(Posted(channel, ts, text, tuple(blocks), None, BOT_USER, "ack", to))


def _find(blocks: Any, action_id: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory") or {}, block.get("element") or {}):
            if element.get("action_id") == action_id:
                return block, element
    raise LookupError(f"No element with action_id {action_id!r} is shown")
