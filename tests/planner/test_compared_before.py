"""What was just told, set against another time or another name in the same message or the next."""

from __future__ import annotations

import pytest

from tests.agent.fixtures import example, services
from tests.evaluation.ledger_arithmetic import (
    OCTOBER,
    QUARTER_2,
    QUARTER_3,
    SEPTEMBER,
    Charges,
    between,
    effective,
    of_team,
)
from tests.planner.conversation import Talk, charges, talk

__all__ = ["charges", "example", "services", "talk"]


@pytest.mark.parametrize(
    "after",
    [
        "and how does that compare to September?",
        "how does this compare with September 2026",
        "compare it to the month before",
        "how does it look against September?",
        "compared with September?",
    ],
)
def test_a_spend_is_set_against_another_time_with_its_team(talk: Talk, charges: Charges, after: str) -> None:
    reply = talk("What did orion spend in October 2026?", after)
    now, before = (effective(of_team(between(charges, *when), "orion")) for when in (OCTOBER, SEPTEMBER))
    assert reply.figures[0].value == now - before
    assert "orion" in reply.text


def test_a_message_may_ask_both_at_once(talk: Talk, charges: Charges) -> None:
    reply = talk("What did search spend in Q3 2026 and how does this compare with Q2?")
    now, before = (effective(of_team(between(charges, *when), "search")) for when in (QUARTER_3, QUARTER_2))
    assert {now, before, now - before} <= {figure.value for figure in reply.figures}


def test_a_spend_is_set_against_another_team_with_the_difference(talk: Talk, charges: Charges) -> None:
    reply = talk("What did orion spend in October 2026?", "how does that compare to search?")
    orion, search = (effective(of_team(between(charges, *OCTOBER), team)) for team in ("orion", "search"))
    assert {orion, search} <= {figure.value for figure in reply.figures}
    assert f"${abs(orion - search):,.2f}" in reply.text


def test_what_is_no_name_here_is_not_compared(talk: Talk) -> None:
    assert talk("What did orion spend in October 2026?", "how does that compare to pizza?").status != "answered"


def test_a_time_that_the_data_covers_in_part_is_said_to_be_partial(talk: Talk) -> None:
    reply = talk("What have we spent this year?", "how does that compare to the same stretch of last year?")
    assert "is partial: billing data starts on 1 November 2025" in reply.text
