"""Words that were once dropped without a word, and changed the figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.agent.planner.left_over.placed import may_leave_out
from tests.agent.fixtures import example, services
from tests.evaluation.ledger_arithmetic import OCTOBER, Charges, between, effective, of_model, of_team
from tests.planner.conversation import Talk, charges, headline, shown, talk

__all__ = ["charges", "example", "services", "talk"]


@pytest.mark.parametrize(("slip", "read"), [("exect", "expect"), ("witout", "wit"), ("onyl", "any")])
def test_a_slip_that_may_leave_something_out_is_asked_about(slip: str, read: str) -> None:
    assert may_leave_out(slip, "without") is False
    assert may_leave_out(slip, read) is (read != "wit")


def test_a_misspelt_except_is_asked_about(talk: Talk) -> None:
    reply = talk("September 2026 spend exect anthropic")
    assert (reply.status, "exect" in reply.text) == ("clarify", True)


def test_march_after_from_is_the_month(talk: Talk, charges: Charges) -> None:
    spring = effective(of_team(between(charges, "2026-03-01", "2026-06-01"), "research"))
    assert headline(talk("research total cost from march through may this year")) == shown(spring)
    later = effective(of_team(between(charges, "2026-03-01", "2027-01-01"), "support"))
    assert headline(talk("support spend from March on")) == shown(later)


def test_how_much_it_was_is_told_with_what_was_the_most(talk: Talk) -> None:
    reply = talk("Which team cost us the most in October 2026 and how much was it?")
    assert reply.status == "answered"
    assert [step.tool for step in reply.steps] == ["spend_by"]


def test_ai_only_is_ai_only(talk: Talk) -> None:
    reply = talk("cost per team in September 2026, AI only")
    assert reply.steps[0].args["ai_only"] is True


def test_a_month_after_a_model_is_no_version_of_it(talk: Talk, charges: Charges) -> None:
    october = of_model(of_team(between(charges, *OCTOBER), "support"), "gpt-4o")
    assert headline(talk("support spend gpt-4o 2026-10")) == shown(effective(october))


def test_what_a_sum_buys_in_tokens_is_no_price_of_one(talk: Talk) -> None:
    reply = talk("GPT-4O: HOW MANY OUTPUT TOKENS FOR 50 USD - FINANCE IS ASKING")
    assert headline(reply)[0] == Decimal(5_000_000)
