"""Threads in the built-in planner: nothing that a message changes is kept, and nothing else is dropped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.agent.fixtures import example, services
from tests.evaluation.ledger_arithmetic import (
    OCTOBER,
    SEPTEMBER,
    Charges,
    between,
    by,
    effective,
    of_model,
    of_provider,
    of_team,
    tokens,
)
from tests.evaluation.rates import bill
from tests.planner.conversation import PRICED, SPENT, TRAINED, M, Talk, charges, headline, shown, spent, talk

__all__ = ["charges", "example", "services", "talk"]

PROJECT = "NPV at 10% of paying 100k now and getting 60k a year for two years?"


def rate(percent: str) -> Decimal:
    return 1 + Decimal(percent) / 100


def test_a_filter_is_taken_out_again(talk: Talk, charges: Charges) -> None:
    whole = effective(between(charges, *OCTOBER))
    assert headline(talk(SPENT, "and overall?")) == shown(whole)
    assert headline(talk(SPENT, "for all teams")) == shown(whole)
    assert headline(talk(SPENT, "now by team")) == shown(whole)
    assert headline(talk(SPENT, "only OpenAI", "all providers again")) == shown(spent(charges, "search"))
    assert headline(talk(SPENT, "without credits", "including credits")) == shown(spent(charges, "search"))


def test_what_is_bought_stands_in_for_what_was_named_where_no_charge_is_of_both(talk: Talk, charges: Charges) -> None:
    october = between(charges, *OCTOBER)
    asked = "What did we spend on OpenAI in October 2026?"
    model = next(m for m in by(of_provider(october, "Anthropic"), lambda one: one.model) if m)
    assert headline(talk(asked, f"and {model}?")) == shown(effective(of_model(october, model)))
    ours = next(m for m in by(of_provider(october, "OpenAI"), lambda one: one.model) if m)
    both = of_model(of_provider(october, "OpenAI"), ours)
    assert headline(talk(asked, f"only {ours}")) == shown(effective(both))


def test_the_smallest_stays_the_smallest_and_a_side_of_tokens_stays_that_side(talk: Talk, charges: Charges) -> None:
    reply = talk("least expensive team in October 2026", "and in September?")
    september = by(between(charges, *SEPTEMBER), lambda one: one.team)
    least = min(amount for team, amount in september.items() if team)
    assert least in {figure.value for figure in reply.figures}
    assert "The least is" in reply.text
    search = of_team(between(charges, *SEPTEMBER), "search")
    asked = ("How many output tokens did search use in October 2026?", "and in September?")
    assert headline(talk(*asked))[0] == tokens(search, "output")


def test_an_argument_is_taken_out_of_a_price(talk: Talk) -> None:
    plain = shown(bill("gpt-4.1", 20 * M, 2 * M))
    assert headline(talk(PRICED, "on batch", "no batch")) == plain
    assert headline(talk(PRICED, "with 40% cached", "without caching")) == plain
    assert headline(talk(PRICED, "input only")) == shown(bill("gpt-4.1", 20 * M, 0))


def test_a_model_is_told_by_the_part_that_differs(talk: Talk) -> None:
    assert headline(talk(PRICED, "and the mini?")) == shown(bill("gpt-4.1-mini", 20 * M, 2 * M))
    assert headline(talk(PRICED, "on claude-sonnet-4-5", "haiku?")) == shown(bill("claude-haiku-4-5", 20 * M, 2 * M))


def test_one_day_is_priced_over_thirty(talk: Talk) -> None:
    reply = talk(PRICED, "that's one day. what is it for 30 days?")
    assert headline(reply) == shown(30 * bill("gpt-4.1", 20 * M, 2 * M))


@pytest.mark.parametrize("said", ["and on the frobnicated one?", "but crimson this time", "with the purple discount"])
@pytest.mark.parametrize("asked", [SPENT, PRICED, TRAINED, PROJECT])
def test_a_message_that_changes_nothing_is_asked_about(talk: Talk, asked: str, said: str) -> None:
    assert talk(asked, said).status in {"clarify", "unknown"}


def test_a_price_an_hour_needs_no_unit_after_a_training_run(talk: Talk) -> None:
    """At half the price the run costs half."""
    whole = headline(talk(TRAINED))[0]
    assert headline(talk(TRAINED, "at $1")) == (whole / 2, "USD")
    assert headline(talk(TRAINED, "and at 1.00?")) == (whole / 2, "USD")


def test_a_bare_count_is_of_the_chips(talk: Talk) -> None:
    reply = talk("What do 16 H100s at $2.80 an hour cost for 30 days?", "what about 24")
    assert headline(reply) == shown(24 * Decimal("2.80") * 720)


def test_another_measure_of_the_project_before_needs_no_amounts(talk: Talk) -> None:
    """60/1.1 + 60/1.21 - 100; 100/60 of a year; at 5% 60/1.05 + 60/1.1025 - 100."""
    assert headline(talk(PROJECT, "payback?"))[0].quantize(Decimal("0.01")) == Decimal("1.67")
    value = 60_000 / rate("5") + 60_000 / rate("5") ** 2 - 100_000
    assert headline(talk(PROJECT, "payback?", "npv at 5%")) == shown(value)


def test_a_bare_sum_is_asked_about_where_it_may_be_two_things(talk: Talk) -> None:
    reply = talk(PRICED, "and 5M?")
    assert reply.status == "clarify"
    assert reply.options == ("5,000,000 input tokens", "5,000,000 output tokens")
    assert headline(talk(PRICED, "and 5M?", "the second")) == shown(bill("gpt-4.1", 20 * M, 5 * M))


def test_an_earlier_topic_is_taken_up_again(talk: Talk, charges: Charges) -> None:
    assert headline(talk(SPENT, PRICED, "back to search: and in September?")) == shown(
        spent(charges, "search", SEPTEMBER)
    )
    assert headline(talk(SPENT, PRICED, "ok back to the spend")) == shown(spent(charges, "search"))


def test_a_budget_is_asked_of_what_was_just_told(talk: Talk) -> None:
    reply = talk("What has search spent in November 2026?", "is that over budget?")
    assert [step.tool for step in reply.steps] == ["budget_status"]
    assert reply.steps[0].args["team"] == ["search"]
    assert [step.tool for step in talk(SPENT, "is that billed or effective?").steps] == ["spend_total", "show_working"]


def test_unusual_days_keep_to_the_team_that_is_asked_about(talk: Talk) -> None:
    reply = talk("Anything unusual in October 2026?", "and for search?")
    assert reply.status == "answered"
    assert "all spend" not in reply.text


def test_a_price_and_a_count_need_no_sign_and_no_unit_after_a_training_run(talk: Talk) -> None:
    whole, days = headline(talk(TRAINED))[0], headline(talk(TRAINED, "how many days with 512?"))
    assert days[1] == "days"
    assert headline(talk(TRAINED, "how many days with 256?"))[0].quantize(Decimal("0.01")) == (2 * days[0]).quantize(
        Decimal("0.01")
    )
    assert headline(talk(TRAINED, "how many days with 512?", "and the cost again?")) == (whole, "USD")
    assert headline(talk(TRAINED, "at 1.5 an hour")) == (whole * Decimal("0.75"), "USD")


def test_an_average_the_gap_and_the_largest_mover_are_of_what_was_told(talk: Talk, charges: Charges) -> None:
    october, september = spent(charges, "search"), spent(charges, "search", SEPTEMBER)
    assert headline(talk(SPENT, "on average per day?")) == shown(october / 31)
    gap = talk(SPENT, "and September?", "diff between the two?")
    assert abs(headline(gap)[0]) == shown(abs(october - september))[0]
    moved = talk("October 2026 spend by team", "which one grew most?")
    assert moved.steps[0].tool == "spend_change"
    assert moved.steps[0].args["by"] == "team"


def test_a_span_that_the_volume_recurs_in_is_added_up(talk: Talk) -> None:
    """A month is counted as thirty days, a year as 365."""
    reply = talk(PRICED, "for a full year if that's a month")
    assert reply.status != "answered" or headline(reply)[0] >= 12 * bill("gpt-4.1", 20 * M, 2 * M)
