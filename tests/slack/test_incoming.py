"""What is read out of Slack's payloads."""

from __future__ import annotations

import json

import pytest

from bot.slack.incoming import Incoming, chosen_option, command, direct_message, follow_up, mention, shortened, spoken

US = "U0OUTLAY"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@U0OUTLAY> what did orion spend?", "what did orion spend?"),
        ("<@U0OUTLAY>, what now?", "what now?"),
        ("hey <@U0OUTLAY|outlay> what now?", "hey what now?"),
        ("cost for <@U9|ann> and <@U8>", "cost for @ann and @U8"),
        ("see <https://example.com/a?b=1&amp;c=2>", "see https://example.com/a?b=1&c=2"),
        ("price on <http://together.ai|together.ai>", "price on together.ai"),
        ("mail <mailto:a@b.example|a@b.example> or <mailto:c@d.example>", "mail a@b.example or c@d.example"),
        ("in <#C1|orion-costs>", "in #orion-costs"),
        ("<!here> and <!subteam^S1|@finance>", "@here and @finance"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("3M  input\u00a0tokens", "3M input tokens"),
        ("&amp;lt;", "&lt;"),
        ("<@U0OUTLAY>", ""),
    ],
)
def test_slacks_markup_is_undone(written: str, meant: str) -> None:
    assert spoken(written, US) == meant


def body(**event: object) -> dict[str, object]:
    return {"event": {"type": "message", "channel": "C1", "user": "U1", "ts": "1.0", "text": "hi", **event}}


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B1"},
        {"user": US},
        {"user": None},
        {"hidden": True},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"subtype": "some_new_subtype"},
    ],
)
def test_what_no_person_wrote_is_no_question(event: dict[str, object]) -> None:
    assert mention(body(**event), US) is None
    assert direct_message(body(channel_type="im", **event), US) is None
    assert follow_up(body(thread_ts="0.5", **event), US) is None


def test_the_same_message_has_one_key_whichever_event_brings_it() -> None:
    one = mention(body(type="app_mention", thread_ts="0.5"), US)
    other = follow_up(body(thread_ts="0.5"), US)
    assert one is not None
    assert other is not None
    assert one.key == other.key == "C1:1.0"
    assert one.conversation == other.conversation == "C1:0.5"


def test_the_root_of_a_thread_and_a_message_outside_one_are_no_follow_ups() -> None:
    assert follow_up(body(), US) is None
    assert follow_up(body(thread_ts="1.0"), US) is None


def test_a_file_with_a_question_is_a_question() -> None:
    assert direct_message(body(channel_type="im", subtype="file_share"), US) is not None


def test_a_group_conversation_is_not_a_direct_message() -> None:
    assert direct_message(body(channel_type="mpim"), US) is None
    asked = mention(body(type="app_mention", channel="G1"), US)
    assert asked is not None
    assert not asked.direct


def test_a_command_in_a_channel_and_in_a_direct_message() -> None:
    sent = {"channel_id": "C1", "channel_name": "general", "user_id": "U1", "text": "a &amp; b", "trigger_id": "9"}
    in_channel, direct = command(sent), command({**sent, "channel_name": "directmessage"})
    assert (in_channel.text, in_channel.direct, direct.direct) == ("a & b", False, True)


@pytest.mark.parametrize("value", [None, "", "not json", "[]", '{"option": ""}', '{"thread": "t"}', "3"])
def test_a_button_without_a_usable_value_asks_nothing(value: str | None) -> None:
    sent = {"user": {"id": "U1"}, "channel": {"id": "C1"}, "container": {"message_ts": "1.0"}}
    assert chosen_option(sent, {"action_id": "outlay_option_0", "value": value}) is None


def test_a_question_survives_being_written_down() -> None:
    asked = Incoming(
        "k", "C1", "U1", "what “now”?\n€", "1.0", "1.0", "C1:1.0", direct=True, respond_to="u", shared=True
    )
    assert Incoming.from_json(asked.to_json()) == asked
    assert json.loads(asked.to_json())["text"] == "what “now”?\n€"


def test_an_echo_of_a_question_is_short_and_escaped() -> None:
    assert shortened("a < b\n& c") == "a &lt; b &amp; c"
    assert len(shortened("x" * 500)) == 150
