"""What nothing reads of a question on prices or machines is asked about; the figure of the unit asked for leads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.agent.planner.left_over.vocabulary import vocabulary
from bot.agent.planner.routing.measures import asked, asked_first, missing
from bot.agent.planner.wording.fractions_written import fractions_as_percent
from tools.results import Figure

COST, HOURS = Figure("Training cost", Decimal(135225), "USD"), Figure("Chip hours", Decimal(54747), "GPU hours")


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How much CO2 does training a 13B model emit?", "CO2"),
        ("How many GPU hours for 7B on 1T tokens?", "hours"),
        ("7B on 1T tokens: GPU hours on A100", "hours"),
        ("How long will 256 H100 take?", "days"),
        ("What's the gap between gpt-4o and gpt-4.1?", "a difference"),
        ("tokens per dollar on gpt-4o output", "tokens"),
    ],
)
def test_what_is_asked_to_be_told_is_found_by_its_words(question: str, measure: str) -> None:
    assert measure in [one.name for one in asked(question)]


def test_hours_of_a_given_job_are_not_what_is_asked_for() -> None:
    assert asked("cost of 120,000 A100 hours at 1.1 dollars") == ()


def test_the_figure_of_the_unit_asked_for_comes_first() -> None:
    assert asked_first("How many GPU hours is that?", (COST, HOURS)) == (HOURS, COST)
    assert asked_first("What does it cost?", (COST, HOURS)) == (COST, HOURS)


def test_a_unit_that_no_figure_has_is_missing() -> None:
    assert missing("How much CO2 does it emit?", (COST, HOURS)) == "CO2"
    assert missing("How many GPU hours is that?", (COST, HOURS)) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("70/30 input/output, 50M tokens", "70% input, the rest output, 50M tokens"),
        ("input/output 80/20", "80% input, the rest output"),
        ("90/10 out/in", "90% output, the rest input"),
        ("70/40 input/output", "70/40 input/output"),
    ],
)
def test_two_parts_of_a_hundred_beside_in_and_out_are_a_share_of_the_input(written: str, read: str) -> None:
    assert fractions_as_percent(written) == read


def test_an_arguments_words_are_known_only_where_it_is_given() -> None:
    assert "countri" in vocabulary("energy", ("grid",))
    assert "countri" not in vocabulary("energy", ("hours",))
    assert "franc" not in vocabulary("training_cost", ())
