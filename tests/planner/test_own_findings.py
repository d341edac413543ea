"""Questions on credits, hours, leaders, switches and daily budgets: which tool answers, with which arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.agent.planner.kinds import BY_NAME, INTENTS
from bot.agent.planner.left_over.accounted import settled
from bot.agent.planner.reading import Reading
from bot.agent.planner.wording.chat_marks import as_spoken
from bot.agent.planner.wording.written_out import written_out

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("text", "intent", "tool", "held"),
    [
        (
            "Were there any refunds from Anthropic in May?",
            "credits_given",
            "spend_credits",
            {"charge_kind": ("refunds",)},
        ),
        ("What did the partner credit from AWS bring us?", "credits_given", "spend_credits", {"called": ("partner",)}),
        ("What did Anthropic give back in May?", "credits_given", "spend_credits", {"provider": ("Anthropic",)}),
        ("How many hours did the p5 run in May and at what price per hour?", "hours_used", "machine_hours", {}),
        ("What did one p5 hour cost us in May?", "hours_used", "machine_hours", {"price": True}),
        ("p5 hours by month since March", "hours_used", "machine_hours", {"grain": "month"}),
        ("Which team spent most in each month since March?", "spend_leaders", "spend_leaders", {"by": "team"}),
        ("Which models did we stop using in May?", "leavers", "spend_leavers", {"by": ("model",)}),
        ("When was gpt-4o last used and by whom?", "first_charge", "spend_first_charge", {"latest": True, "who": True}),
        ("Did any team spend more than 3,000 in May?", "groups_beyond", "spend_by", {"by": ("team",), "above": "3000"}),
        ("In how many months did OpenAI cost more than 2,000?", "groups_beyond", "spend_by", {"by": ("month",)}),
        ("What must platform eng save a day to stay within budget?", "budget", "budget_status", {"measure": "to_save"}),
        (
            "How much per working day can platform eng still spend?",
            "budget",
            "budget_status",
            {"measure": "per_workday"},
        ),
        ("Split core's May bill into models and machines", "models_machines", "spend_models_machines", {}),
        ("By how many percent are we below list with Anthropic in May?", "discounts", "spend_discounts", {}),
        ("core's cost per 1k tokens in May", "prices_paid", "token_prices_paid", {"per": "1000"}),
    ],
)
def test_a_question_reaches_the_tool_that_answers_it(
    reading: Read, text: str, intent: str, tool: str, held: dict[str, Any]
) -> None:
    r = replace(reading(written_out(as_spoken(text))), currencies=("USD",))
    meant = next(one for one in INTENTS if one.name == intent and one.weigh(r) is not None)
    found = settled(r, meant.fill(r, {}))
    assert [call.tool for call in found] == [tool]
    assert {key: found[0].args.get(key) for key in held} == held


def test_a_switch_tells_when_the_new_began_and_the_old_ended(reading: Read) -> None:
    r = reading("When did core move from gpt-4o to gpt-5?")
    new, old = settled(r, BY_NAME["switched"].fill(r, {}))
    assert (new.args["model"], new.args["team"]) == (("gpt-5",), ("core",))
    assert (old.args["model"], old.args["latest"]) == (("gpt-4o",), True)


def test_an_amount_held_against_each_team_is_not_held_against_the_sum(reading: Read) -> None:
    r = replace(reading("Did any team spend more than 3,000 in May?"), currencies=("USD",))
    assert BY_NAME["total_held_against"].weigh(r) is None


def test_spend_before_and_after_credits_is_two_sums(reading: Read) -> None:
    r = reading("What did AWS cost us in May before and after credits?")
    before, after = settled(r, BY_NAME["before_and_after"].fill(r, {}))
    assert before.args["without"] == ("charge_kind=credits",)
    assert "without" not in after.args


def test_what_is_only_counted_in_is_no_filter(reading: Read) -> None:
    (call,) = BY_NAME["spend_total"].fill(reading("What did core cost in May including BigQuery?"), {})
    assert "service" not in call.args


def test_cloud_and_ai_together_is_not_ai_alone(reading: Read) -> None:
    (call,) = BY_NAME["spend_total"].fill(reading("What was our cloud and AI bill in May?"), {})
    assert "ai_only" not in call.args


def test_a_currency_of_no_bill_is_said(reading: Read) -> None:
    r = replace(reading("What did core spend in May in euros?"), currencies=("USD",))
    (call,) = settled(r, BY_NAME["spend_total"].fill(r, {}))
    assert call.tool == "say_unknown"
    assert "the bills are in USD" in str(call.args["reason"])


def test_a_grouping_of_several_words_hides_no_ai(reading: Read) -> None:
    (call,) = BY_NAME["spend_by"].fill(reading("Break May AI spend down by provider"), {})
    assert call.args["ai_only"] is True
