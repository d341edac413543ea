"""Teams by Slack user group and by membership of a private channel, looked up in the fake Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from slack_sdk.web import WebClient

from bot.access import Access, parse_access
from bot.slack.membership import CAUTION, Memberships
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import Colleague, Start
from tools.ledger.audience import NOTHING, Audience

Sees = Callable[..., Awaitable[Audience]]
RULES = parse_access(
    """
everyone = "nothing"
admins = ["U0CFO"]
[people]
U0BEN = ["ads"]
[groups]
S0GROUP = ["search"]
[members]
C0SEARCH = ["orion"]
""",
    "access.toml",
)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memberships(slack: FakeSlack, clock: Clock) -> Memberships:
    slack.workspace.usergroups["S0GROUP"] = ["U0ANN", "U0GUEST"]
    slack.workspace.add_channel("C0SEARCH", "search", ("U0OUTLAY", "U0BEN", "U0STRANGER"), kind="group")
    return Memberships(WebClient(slack.bot_token, slack.api_url, timeout=5), clock)


@pytest.fixture
def sees(memberships: Memberships) -> Sees:
    async def audience(user: str, rules: Access = RULES) -> Audience:
        belongs = await asyncio.to_thread(memberships.of, user, rules)
        return rules.audience(user, None, belongs)

    return audience


async def test_members_of_a_group_and_of_a_private_channel_see_its_teams(sees: Sees) -> None:
    assert await sees("U0ANN") == Audience.of("search")
    assert await sees("U0BEN") == Audience.of("ads", "orion")


async def test_guests_strangers_and_deactivated_people_get_nothing_by_a_group(slack: FakeSlack, sees: Sees) -> None:
    slack.workspace.add_user("U0GONE", "gone", deleted=True)
    slack.workspace.usergroups["S0GROUP"] += ["U0GONE", "U0STRANGER", "U0ROBOT"]
    for user in ("U0GUEST", "U0STRANGER", "U0GONE", "U0ROBOT", "U0NOBODY"):
        assert await sees(user) == NOTHING


@pytest.mark.parametrize("changes", [{"kind": "channel"}, {"is_ext_shared": True}])
async def test_a_channel_that_others_can_enter_gives_nothing(
    slack: FakeSlack, sees: Sees, changes: dict[str, object]
) -> None:
    for name, value in changes.items():
        setattr(slack.workspace.channels["C0SEARCH"], name, value)
    assert await sees("U0BEN") == Audience.of("ads")


@pytest.mark.parametrize("method", ["usergroups.users.list", "conversations.members", "conversations.info"])
async def test_what_slack_does_not_tell_gives_nothing_and_is_said(
    slack: FakeSlack, memberships: Memberships, sees: Sees, method: str, clock: Clock
) -> None:
    slack.workspace.usergroups["S0GROUP"] = ["U0BEN"]
    slack.fail(method, "missing_scope", times=1)
    seen = await sees("U0BEN")
    assert seen == Audience.of("ads", "orion" if method.startswith("user") else "search")
    assert memberships.caution("U0BEN") == CAUTION
    clock.now += 31
    assert await sees("U0BEN") == Audience.of("ads", "orion", "search")
    assert memberships.caution("U0BEN") == ""


async def test_an_unreachable_slack_gives_nothing_more(clock: Clock) -> None:
    memberships = Memberships(WebClient("xoxb-x", "http://127.0.0.1:9/api/", timeout=2), clock)
    belongs = await asyncio.to_thread(memberships.of, "U0BEN", RULES)
    assert RULES.audience("U0BEN", None, belongs) == Audience.of("ads")
    assert memberships.caution("U0BEN") == CAUTION


async def test_a_look_up_is_remembered_for_five_minutes_and_no_longer(
    slack: FakeSlack, sees: Sees, clock: Clock
) -> None:
    assert await sees("U0ANN") == Audience.of("search")
    slack.workspace.usergroups["S0GROUP"] = []
    clock.now += 299
    assert await sees("U0ANN") == Audience.of("search")
    assert len(slack.calls_of("usergroups.users.list")) == 1
    clock.now += 2
    assert await sees("U0ANN") == NOTHING


async def test_a_remembered_group_ends_with_its_five_minutes_when_slack_is_silent(
    slack: FakeSlack, sees: Sees, clock: Clock
) -> None:
    assert await sees("U0ANN") == Audience.of("search")
    slack.fail("usergroups.users.list", "internal_error", times=5)
    clock.now += 301
    assert await sees("U0ANN") == NOTHING


async def test_all_pages_of_a_large_channel_are_read(slack: FakeSlack, sees: Sees) -> None:
    slack.workspace.channels["C0SEARCH"].members |= {f"U0A{number:04}" for number in range(650)}
    slack.workspace.channels["C0SEARCH"].members.add("U0ZOE")
    slack.workspace.add_user("U0ZOE", "zoe")
    assert await sees("U0ZOE") == Audience.of("orion")
    assert len(slack.calls_of("conversations.members")) == 4  # 650 + 4 people, 200 a page


async def test_slack_is_not_asked_where_it_changes_nothing(slack: FakeSlack, sees: Sees) -> None:
    await sees("U0CFO")
    await sees("U0ANN", parse_access('everyone = "totals"', "f"))
    await sees("U0ANN", parse_access('everyone = "all"\n[groups]\nS0GROUP = ["search"]', "f"))
    assert slack.calls == []


async def test_the_reply_says_when_slack_did_not_tell(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    async with start(caution=lambda user: CAUTION if user == "U0ANN" else ""):
        first = slack.mention("C0GENERAL", "U0ANN", "spend?")
        unsure = await slack.wait_for_reply("C0GENERAL", first.ts)
        second = slack.mention("C0GENERAL", "U0BEN", "spend?")
        sure = await slack.wait_for_reply("C0GENERAL", second.ts)
    assert CAUTION in unsure.visible
    assert CAUTION not in sure.visible


async def test_a_deactivated_account_is_answered_nowhere(slack: FakeSlack, start: Start, colleague: Colleague) -> None:
    slack.workspace.add_user("U0GONE", "gone", deleted=True)
    async with start(allow_guests=True):
        sent = slack.mention("C0GENERAL", "U0GONE", "spend?")
        reply = await slack.wait_for_reply("C0GENERAL", sent.ts)
    assert "deactivated" in reply.visible
    assert colleague.asked == []
