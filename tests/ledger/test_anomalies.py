"""An injected anomaly is found; ordinary noise, weekdays and growth are not."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.ledger.audience import EVERYTHING
from tools.ledger.over_time.anomalies import anomalies
from tools.ledger.over_time.detect import outliers
from tools.period import Period

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(n) for n in range(150)]
JUDGED = DAYS[60:]


def series(seed: int, noise: float, growth: float, weekend: float) -> dict[date, float]:
    chance = random.Random(seed)
    return {
        day: 1000
        * (1 + growth * n / len(DAYS))
        * (weekend if day.weekday() > 4 else 1)
        * max(chance.gauss(1, noise), 0.05)
        for n, day in enumerate(DAYS)
    }


shapes = {
    "seed": st.integers(0, 10**6),
    "noise": st.floats(0, 0.15),
    "growth": st.floats(-0.6, 2),
    "weekend": st.floats(0.2, 1.5),
}


@settings(max_examples=60, deadline=None)
@given(**shapes)
def test_ordinary_noise_weekdays_and_growth_are_not_anomalies(
    seed: int, noise: float, growth: float, weekend: float
) -> None:
    assert outliers(series(seed, noise, growth, weekend), JUDGED, FIRST, 1.0) == []


@settings(max_examples=60, deadline=None)
@given(**shapes, at=st.integers(0, len(JUDGED) - 1))
def test_a_day_at_four_times_its_usual_cost_is_found(
    seed: int, noise: float, growth: float, weekend: float, at: int
) -> None:
    amounts = series(seed, noise / 3, growth, weekend)
    amounts[JUDGED[at]] *= 4
    found = outliers(amounts, JUDGED, FIRST, 1.0)
    assert [outlier.day for outlier in found] == [JUDGED[at]]
    assert 0.5 < found[0].excess / (amounts[JUDGED[at]] * 3 / 4) < 1.5


def test_a_collapse_is_found_too() -> None:
    amounts = series(1, 0.05, 0.2, 0.5)
    amounts[DAYS[100]] = 10.0
    assert [outlier.day for outlier in outliers(amounts, JUDGED, FIRST, 1.0)] == [DAYS[100]]


def test_something_new_and_large_is_found() -> None:
    (found,) = outliers({DAYS[120]: 500.0}, JUDGED, FIRST, 10.0)
    assert (found.day, found.is_new) == (DAYS[120], True)


def test_what_is_too_small_to_matter_and_days_without_history_are_left_out() -> None:
    amounts = series(1, 0.02, 0, 1)
    amounts[DAYS[100]] *= 3
    assert outliers(amounts, JUDGED, FIRST, 10_000.0) == []
    amounts[DAYS[10]] *= 9
    assert outliers(amounts, DAYS[:20], FIRST, 1.0) == []


def test_an_anomaly_is_told_with_where_when_and_by_how_much(fill: Fill) -> None:
    rows = []
    for n, day in enumerate(DAYS):
        calm = 100 + n % 3
        loud = 900 if day == DAYS[140] else 100 + n % 2
        rows.append(charge(day, str(calm), team="calm", provider="OpenAI", x_Model="gpt-4o"))
        rows.append(charge(day, str(loud), team="loud", provider="AWS", x_Model="claude-sonnet-4-5"))
    ledger = fill(*rows)
    period = Period(DAYS[135], DAYS[-1] + timedelta(1))
    result = anomalies(ledger, EVERYTHING, DAYS[-1] + timedelta(1), period)
    assert result.table is not None
    ((first, last, where, currency, actual, expected, excess, _),) = result.table.rows
    assert (first, last, where, currency, actual) == (DAYS[140], DAYS[140], "loud, AWS", "USD", 900)
    assert 99 <= float(str(expected)) <= 102
    assert float(str(excess)) == 900 - float(str(expected))
    assert "claude-sonnet-4-5" in result.summary
    assert result.figures[0].value == excess
    assert result.chart is not None


def test_nothing_standing_out_is_said(fill: Fill) -> None:
    ledger = fill(*(charge(day, str(100 + n % 3), team="calm") for n, day in enumerate(DAYS)))
    result = anomalies(ledger, EVERYTHING, DAYS[-1], Period(DAYS[100], DAYS[-1]))
    assert result.summary.startswith("Nothing stands out")
    assert result.figures[0].value == 0
