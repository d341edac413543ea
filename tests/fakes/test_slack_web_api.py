"""Who may call, what is answered, and what is refused, through the real slack_sdk client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.values import Prompts, Reaction, Status


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def slack(clock: Clock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=clock) as running:
        running.subscriptions = frozenset()
        yield running


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


def error_of(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(caught.value.response["error"])


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return error_of(caught)


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-stolen", "invalid_auth")])
async def test_a_call_without_a_known_token_is_refused(slack: FakeSlack, token: str, error: str) -> None:
    assert await refused(AsyncWebClient(token, base_url=slack.api_url).auth_test()) == error


async def test_an_app_token_opens_sockets_and_nothing_else(slack: FakeSlack, client: AsyncWebClient) -> None:
    opened = await client.apps_connections_open(app_token=slack.app_token)
    assert opened["url"].startswith(slack.url.replace("http://", "ws://"))
    assert await refused(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
    assert await refused(client.auth_test(token=slack.app_token)) == "not_allowed_token_type"


async def test_a_removed_app_is_told_that_its_token_is_revoked(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.revoke()
    assert await refused(client.auth_test()) == "token_revoked"


async def test_a_scope_that_was_not_granted_is_named(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes = frozenset({"chat:write"})
    with pytest.raises(SlackApiError) as caught:
        await client.reactions_add(channel="C0GENERAL", timestamp="1.0", name="eyes")
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "reactions:write",
        "provided": "chat:write",
    }


async def test_a_method_that_slack_has_not_is_unknown(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("chat.shout", json={"channel": "C0GENERAL"})) == "unknown_method"
    assert await refused(client.api_call("files.upload", data={"channels": "C0GENERAL"})) == "unknown_method"


async def test_form_and_json_bodies_post_the_same_message(slack: FakeSlack, client: AsyncWebClient) -> None:
    blocks = '[{"type": "divider"}]'
    await client.api_call("chat.postMessage", data={"channel": "C0GENERAL", "text": "hi", "blocks": blocks})
    await client.chat_postMessage(channel="C0GENERAL", text="hi", blocks=[{"type": "divider"}])
    form, json = slack.posted
    assert (form.channel, form.text, form.blocks) == (json.channel, json.text, json.blocks)
    assert form.ts < json.ts


async def test_a_looking_method_does_not_see_a_json_body(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("users.info", json={"user": "U0ANN"})) == "invalid_arguments"


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing:UserWarning")
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0GENERAL"}, "no_text"),
        ({"channel": "C0GENERAL", "text": "  \n"}, "no_text"),
        ({"channel": "C0GENERAL", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0GENERAL", "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": "C0GENERAL", "markdown_text": "x", "text": "y"}, "markdown_text_conflict"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0AWAY", "text": "x"}, "not_in_channel"),
        ({"channel": "C0GENERAL", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "C0GENERAL", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_message_that_cannot_be_posted_is_refused(
    slack: FakeSlack, client: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    assert await refused(client.chat_postMessage(**arguments)) == error
    assert slack.posted == []


async def test_an_archived_and_an_unseen_private_channel_take_nothing(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.workspace.add_channel("C0OLD", is_archived=True)
    slack.workspace.add_channel("C0SECRET", members=["U0CFO"], kind="group")
    assert await refused(client.chat_postMessage(channel="C0OLD", text="x")) == "is_archived"
    assert await refused(client.chat_postMessage(channel="C0SECRET", text="x")) == "channel_not_found"


async def test_a_person_as_channel_is_their_direct_message(slack: FakeSlack, client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(channel="U0ANN", text="hi")
    opened = await client.conversations_open(users=["U0ANN"])
    assert answer["channel"] == opened["channel"]["id"] == "D0ANN"
    assert await refused(client.conversations_open(users=["U0NOBODY"])) == "user_not_found"


async def test_an_update_keeps_blocks_until_they_are_emptied(slack: FakeSlack, client: AsyncWebClient) -> None:
    blocks = [{"type": "divider"}]
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="one", blocks=blocks))["ts"]
    await client.chat_update(channel="C0GENERAL", ts=ts, text="two")
    await client.chat_update(channel="C0GENERAL", ts=ts, text="three", blocks=[])
    assert [(u.text, u.kinds) for u in slack.updated] == [("two", ("divider",)), ("three", ())]
    assert slack.current(slack.posted[0]).text == "three"


async def test_an_update_is_refused_where_slack_refuses_it(slack: FakeSlack, client: AsyncWebClient) -> None:
    own = (await client.chat_postMessage(channel="C0GENERAL", text="one"))["ts"]
    theirs = slack.message("C0GENERAL", "U0ANN", "mine").ts
    assert await refused(client.chat_update(channel="C0GENERAL", ts=own, text="x" * 4_001)) == "msg_too_long"
    assert await refused(client.chat_update(channel="C0GENERAL", ts="1.000001", text="x")) == "message_not_found"
    assert await refused(client.chat_update(channel="C0GENERAL", ts=theirs, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel="C0GENERAL", ts=theirs)) == "cant_delete_message"


async def test_a_deleted_message_is_gone(slack: FakeSlack, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="one"))["ts"]
    await client.chat_delete(channel="C0GENERAL", ts=ts)
    assert slack.deleted == [("C0GENERAL", ts)]
    assert await refused(client.chat_delete(channel="C0GENERAL", ts=ts)) == "message_not_found"


async def test_an_ephemeral_message_goes_to_a_member_only(slack: FakeSlack, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0ANN", text="psst")
    assert [(p.text, p.ephemeral_to) for p in slack.posted] == [("psst", "U0ANN")]
    stranger = client.chat_postEphemeral(channel="C0GENERAL", user="U0STRANGER", text="psst")
    assert await refused(stranger) == "user_not_in_channel"


async def test_a_rate_limit_is_http_429_and_the_sdks_handler_gets_over_it(slack: FakeSlack) -> None:
    slack.rate_limit("chat.postMessage", times=1, retry_after=1)
    handler = AsyncRateLimitErrorRetryHandler(max_retry_count=1)
    patient = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[handler])
    await patient.chat_postMessage(channel="C0GENERAL", text="x")
    assert [call.error for call in slack.calls] == ["ratelimited", None]
    assert len(slack.posted) == 1


async def test_the_limits_answer_carries_retry_after(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.rate_limit("auth.test", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"


async def test_a_channel_takes_one_message_a_second_where_that_is_on(
    slack: FakeSlack, client: AsyncWebClient, clock: Clock
) -> None:
    slack.one_message_a_second = True
    await client.chat_postMessage(channel="C0GENERAL", text="one")
    assert await refused(client.chat_postMessage(channel="C0GENERAL", text="two")) == "ratelimited"
    await client.chat_postMessage(channel="C0ORION", text="elsewhere")
    clock.now += 1.0
    await client.chat_postMessage(channel="C0GENERAL", text="three")
    assert [posted.text for posted in slack.posted] == ["one", "elsewhere", "three"]


async def test_a_fault_holds_for_the_calls_it_was_asked_for(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", "internal_error", times=2)
    for _ in range(2):
        assert await refused(client.chat_postMessage(channel="C0GENERAL", text="x")) == "internal_error"
    await client.chat_postMessage(channel="C0GENERAL", text="x")
    assert len(slack.posted) == 1


async def test_a_lost_answer_leaves_the_message_posted(slack: FakeSlack) -> None:
    slack.web.lose_answer("chat.postMessage")
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        with pytest.raises(aiohttp.ClientError):
            await session.post(f"{slack.api_url}chat.postMessage", json={"channel": "C0GENERAL", "text": "x"})
    assert [posted.text for posted in slack.posted] == ["x"]


async def test_a_broken_gateway_does_nothing(slack: FakeSlack) -> None:
    slack.web.break_with("chat.postMessage", status=503)
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{slack.api_url}chat.postMessage", json={"channel": "C0GENERAL", "text": "x"}) as answer,
    ):
        assert answer.status == 503
    assert slack.posted == []


async def test_a_thread_is_read_page_by_page(slack: FakeSlack, client: AsyncWebClient) -> None:
    root = slack.message("C0GENERAL", "U0ANN", "root")
    for number in range(4):
        slack.message("C0GENERAL", "U0BEN", f"reply {number}", root.ts)
    slack.message("C0GENERAL", "U0BEN", "elsewhere")
    first = await client.conversations_replies(channel="C0GENERAL", ts=root.ts, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel="C0GENERAL", ts=root.ts, limit=3, cursor=cursor)
    texts = [message["text"] for page in (first, second) for message in page["messages"]]
    assert texts == ["root", "reply 0", "reply 1", "reply 2", "reply 3"]
    assert first["messages"][0]["reply_count"] == 4
    assert second["response_metadata"]["next_cursor"] == ""
    assert await refused(client.conversations_replies(channel="C0GENERAL", ts="1.000001")) == "thread_not_found"
    wrong = client.conversations_replies(channel="C0GENERAL", ts=root.ts, cursor="%%%")
    assert await refused(wrong) == "invalid_cursor"


async def test_history_is_newest_first_without_the_replies(slack: FakeSlack, client: AsyncWebClient) -> None:
    first = slack.message("C0GENERAL", "U0ANN", "first")
    slack.message("C0GENERAL", "U0BEN", "reply", first.ts)
    slack.message("C0GENERAL", "U0ANN", "second")
    whole = await client.conversations_history(channel="C0GENERAL")
    since = await client.conversations_history(channel="C0GENERAL", oldest=first.ts)
    assert [message["text"] for message in whole["messages"]] == ["second", "first"]
    assert [message["text"] for message in since["messages"]] == ["second"]
    assert await refused(client.conversations_history(channel="C0AWAY")) == "not_in_channel"


async def test_people_carry_the_flags_that_access_rests_on(slack: FakeSlack, client: AsyncWebClient) -> None:
    people = {name: (await client.users_info(user=name))["user"] for name in ("U0ANN", "U0GUEST", "U0STRANGER")}
    assert [person["is_restricted"] for person in people.values()] == [False, True, False]
    assert [person["is_stranger"] for person in people.values()] == [False, False, True]
    assert people["U0STRANGER"]["team_id"] != people["U0ANN"]["team_id"]
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_channels_members_and_groups_can_be_looked_up(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.workspace.usergroups["S0FINANCE"] = ["U0CFO"]
    shared = await client.conversations_info(channel="C0SHARED")
    members = await client.conversations_members(channel="C0SHARED")
    own = await client.users_conversations(types="public_channel,im")
    group = await client.usergroups_users_list(usergroup="S0FINANCE")
    assert shared["channel"]["is_ext_shared"] is True
    assert {"U0STRANGER", "U0OUTLAY"} <= set(members["members"])
    assert {channel["id"] for channel in own["channels"]} == {"C0GENERAL", "C0ORION", "C0SHARED"}
    assert group["users"] == ["U0CFO"]
    assert await refused(client.usergroups_users_list(usergroup="S0NONE")) == "no_such_subteam"


async def test_a_reaction_is_given_once_and_taken_back_once(slack: FakeSlack, client: AsyncWebClient) -> None:
    ts = slack.message("C0GENERAL", "U0ANN", "hi").ts
    mark = {"channel": "C0GENERAL", "timestamp": ts, "name": "eyes"}
    await client.reactions_add(**mark)
    assert slack.reactions == [Reaction("eyes", "C0GENERAL", ts, "U0OUTLAY")]
    assert await refused(client.reactions_add(**mark)) == "already_reacted"
    await client.reactions_remove(**mark)
    assert await refused(client.reactions_remove(**mark)) == "no_reaction"
    assert await refused(client.reactions_add(**{**mark, "name": ":eyes:"})) == "invalid_name"
    assert await refused(client.reactions_add(**{**mark, "timestamp": "1.0"})) == "message_not_found"


async def test_a_home_tab_takes_a_hundred_blocks_and_no_markdown(slack: FakeSlack, client: AsyncWebClient) -> None:
    def home(*blocks: dict[str, Any]) -> dict[str, Any]:
        return {"type": "home", "blocks": list(blocks)}

    divider = {"type": "divider"}
    await client.views_publish(user_id="U0ANN", view=home(*[divider] * 100))
    assert [(view.user, len(view.view["blocks"])) for view in slack.views] == [("U0ANN", 100)]
    assert await refused(client.views_publish(user_id="U0ANN", view=home(*[divider] * 101))) == "invalid_arguments"
    markdown = home({"type": "markdown", "text": "x"})
    assert await refused(client.views_publish(user_id="U0ANN", view=markdown)) == "invalid_arguments"
    assert slack.refused[-1].messages == ("unsupported type: markdown [json-pointer:/view/blocks/0/type]",)
    assert await refused(client.views_publish(user_id="U0NOBODY", view=home(divider))) == "user_not_found"


async def test_a_modal_needs_a_title_and_a_fresh_trigger(
    slack: FakeSlack, client: AsyncWebClient, clock: Clock
) -> None:
    modal: dict[str, Any] = {"type": "modal", "blocks": [{"type": "divider"}]}
    titled = {**modal, "title": {"type": "plain_text", "text": "Sources"}}
    first, late = slack.trigger(), slack.trigger()
    await client.views_open(trigger_id=first, view=titled)
    assert await refused(client.views_open(trigger_id=first, view=titled)) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="0.0", view=titled)) == "invalid_trigger_id"
    clock.now += 3.1
    assert await refused(client.views_open(trigger_id=late, view=titled)) == "expired_trigger_id"
    assert await refused(client.views_open(trigger_id=slack.trigger(), view=modal)) == "invalid_arguments"
    long = {**titled, "title": {"type": "plain_text", "text": "x" * 25}}
    assert await refused(client.views_open(trigger_id=slack.trigger(), view=long)) == "invalid_arguments"
    assert [view.kind for view in slack.views] == ["modal"]


async def test_prompts_set_with_a_thread_are_silently_lost(slack: FakeSlack, client: AsyncWebClient) -> None:
    sent = slack.direct_message("U0ANN", "hi")
    prompts = [{"title": "Spend", "message": "What did we spend?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D0ANN", thread_ts=sent.ts, prompts=prompts)
    assert slack.prompts == []
    call = {"channel_id": "D0ANN", "title": "Ask", "prompts": prompts}
    await client.api_call("assistant.threads.setSuggestedPrompts", json=call)
    assert slack.prompts == [Prompts("D0ANN", None, "Ask", (("Spend", "What did we spend?"),))]
    assert await refused(
        client.api_call("assistant.threads.setSuggestedPrompts", json={**call, "prompts": prompts * 5})
    ) == ("invalid_arguments")


async def test_statuses_and_sessions_follow_slacks_rules(slack: FakeSlack, client: AsyncWebClient) -> None:
    ts = slack.message("C0GENERAL", "U0ANN", "hi").ts
    await client.assistant_threads_setStatus(channel_id="C0GENERAL", thread_ts=ts, status="is counting...")
    session = {"channel_id": "C0GENERAL", "thread_ts": ts}
    assert await refused(client.agents_sessions_rename(**session, title="x")) == "session_not_found"
    begun = await client.agents_sessions_setStatus(**session, status="processing", title="October")
    assert begun["warning"] == "missing_agent_session_stopped_event_subscription"
    await client.agents_sessions_setStatus(**session, status="active", title="not used")
    await client.agents_sessions_rename(**session, title="November")
    assert slack.statuses == [
        Status("assistant.threads.setStatus", "C0GENERAL", ts, "is counting..."),
        Status("agents.sessions.setStatus", "C0GENERAL", ts, "processing", "October"),
        Status("agents.sessions.setStatus", "C0GENERAL", ts, "active", "October"),
        Status("agents.sessions.rename", "C0GENERAL", ts, "active", "November"),
    ]
    assert await refused(client.agents_sessions_setStatus(**session, status="busy")) == "invalid_arguments"
    assert await refused(client.agents_sessions_rename(**session, title="x" * 201)) == "invalid_arguments"
    nowhere = client.agents_sessions_setStatus(channel_id="C0GENERAL", thread_ts="1.0", status="active")
    assert await refused(nowhere) == "invalid_thread_ts"


async def test_a_file_is_uploaded_in_three_steps_and_shared_in_the_thread(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    ts = slack.message("C0GENERAL", "U0ANN", "chart?").ts
    await client.files_upload_v2(
        channel="C0GENERAL", thread_ts=ts, filename="spend.csv", content="team,cost\n", title="Spend", alt_txt="spend"
    )
    (file,) = slack.files
    assert (file.name, file.content, file.title, file.thread_ts) == ("spend.csv", b"team,cost\n", "Spend", ts)
    assert [(p.method, p.thread_ts) for p in slack.posted] == [("files.completeUploadExternal", ts)]
    unknown = client.files_completeUploadExternal(files=[{"id": "F0", "title": "x"}], channel_id="C0GENERAL")
    assert await refused(unknown) == "file_not_found"


async def test_timestamps_are_unique_and_grow_while_the_clock_stands_still(slack: FakeSlack) -> None:
    stamps = [slack.message("C0GENERAL", "U0ANN", str(number)).ts for number in range(50)]
    assert stamps == sorted(set(stamps))
