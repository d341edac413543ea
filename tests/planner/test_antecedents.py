"""Words that stand for what was told before are written out or asked about, never passed over; and told sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.agent.planner.wording.told_only import guesses, tells_of_people
from bot.agent.slots.periods import periods
from tests.agent.fixtures import example, services
from tests.evaluation.ledger_arithmetic import OCTOBER, SEPTEMBER, Charges
from tests.planner.conversation import SPENT, TRAINED, Talk, charges, headline, shown, spent, talk
from tools.period import Period

__all__ = ["charges", "example", "services", "talk"]


@pytest.mark.parametrize("said", ["What did they spend in September?", "and what was their September bill?"])
def test_they_are_the_team_of_the_answer_before(talk: Talk, charges: Charges, said: str) -> None:
    assert headline(talk(SPENT, said)) == shown(spent(charges, "search", SEPTEMBER))


@pytest.mark.parametrize(
    "said", ["How much was it in September?", "and what did it cost in September", "What was that in September?"]
)
def test_it_is_the_spend_told_before(talk: Talk, charges: Charges, said: str) -> None:
    assert headline(talk(SPENT, said)) == shown(spent(charges, "search", SEPTEMBER))


def test_the_time_of_the_answer_that_told_a_name_is_kept(talk: Talk, charges: Charges) -> None:
    assert headline(talk(SPENT, "Price of gpt-4.1?", "what have they spent?")) == shown(
        spent(charges, "search", OCTOBER)
    )


@pytest.mark.parametrize("said", ["how much have they spent so far", "what did that team spend in October 2026?"])
def test_a_word_that_stands_for_nothing_told_is_asked_about(talk: Talk, said: str) -> None:
    assert talk(said).status == "clarify"


def test_a_bare_number_changes_what_was_changed_last(talk: Talk) -> None:
    # 6 x 7e9 x 2e12 FLOP / (989.4e12 FLOP/s x 50%) / 3600 s x $2
    hours = Decimal(6 * 7 * 10**9 * 2 * 10**12) / (Decimal("989.4e12") * Decimal("0.5")) / 3600
    assert headline(talk(TRAINED, "make it 45%", "no, 50")) == shown(hours * 2)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("we have a steering meeting at 3 and my boss keeps asking", True),
        ("no rush at all", True),
        ("Our auditors showed up unannounced this morning", True),
        ("we only count prod", False),
        ("our staging clusters", False),
        ("I need it without credits", False),
    ],
)
def test_sentences_about_people_are_told_from_those_about_what_counts(text: str, tells: bool) -> None:
    assert tells_of_people(text) is tells


def test_a_guess_is_no_volume() -> None:
    assert guesses("I think it was around 3k")
    assert not guesses("I think it's 2M tokens")


def test_dates_in_figures_need_no_year_and_are_asked_about_where_both_readings_are_past() -> None:
    today = date(2026, 8, 19)
    (span,) = periods("spend between 5/6 and 20/6", today)
    assert (span.period, span.others) == (Period(date(2026, 6, 5), date(2026, 6, 21)), ())
    (since,) = periods("spend since 05/06/2026", today)
    assert [one.start for one in (since.period, *since.others)] == [date(2026, 5, 6), date(2026, 6, 5)]
    assert not periods("half of 3/4 of it", today)
