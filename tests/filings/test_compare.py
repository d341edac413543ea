"""Several companies side by side, each over its own fiscal periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.calculators.grounded import ungrounded
from tests.filings.made_up import YEAR_TO_DATE, companyfacts
from tools.errors import BadInput, Unknown
from tools.filings.compare import compare_companies
from tools.filings.facts import parse_facts

TODAY = date(2025, 9, 1)
SMALL = parse_facts(companyfacts())
LARGE = replace(
    parse_facts(
        companyfacts(PaymentsToAcquireProductiveAssets=[row | {"val": row["val"] * 3} for row in YEAR_TO_DATE])
    ),
    cik=77,
    name="Large Inc",
)
WITHOUT = replace(SMALL, cik=78, name="Without Inc", facts={k: v for k, v in SMALL.facts.items() if "Acquire" not in k})


def test_each_companys_sum_comes_first_the_largest_ahead() -> None:
    result = compare_companies([SMALL, LARGE], "capex", today=TODAY)
    assert [(f.label.partition(":")[0], f.value) for f in result.figures[:2]] == [
        ("Large Inc", 2100),
        ("Made Up Inc", 700),
    ]
    assert result.table is not None
    assert len(result.table.rows) == 8
    assert result.chart is not None
    assert result.chart.labels == ("Large Inc", "Made Up Inc")
    assert ungrounded(result) == []


def test_a_company_without_the_figure_is_named_and_the_rest_answered() -> None:
    result = compare_companies([WITHOUT, SMALL], "capex", today=TODAY)
    assert result.figures[0].value == 700
    assert "Without Inc" in result.warnings[0]


def test_when_none_has_it_the_answer_is_unknown() -> None:
    with pytest.raises(Unknown, match="Without Inc"):
        compare_companies([WITHOUT], "capex", today=TODAY)
    with pytest.raises(BadInput):
        compare_companies([], "capex", today=TODAY)
