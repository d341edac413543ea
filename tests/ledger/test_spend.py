"""Totals and splits: every expected figure is worked out in the test from the rows it writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.known import data_span, known_values, tag_keys
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 10, 20)
SEPTEMBER = Period.month(2026, 9)
ROWS = (
    charge("2026-08-31", "7.00", team="Orion", provider="OpenAI", service="OpenAI API", x_Model="gpt-4o"),
    charge("2026-09-01", "10.00", team="Orion", provider="OpenAI", service="OpenAI API", x_Model="gpt-4o"),
    charge("2026-09-02", "20.00", team="orion", provider="OpenAI", service="OpenAI API", x_Model="gpt-4o-mini"),
    charge("2026-09-03", "5.50", team="search", provider="Amazon Web Services, Inc.", x_Model="claude-sonnet-4-5"),
    charge("2026-09-04", "3.25", team="search", service="Amazon S3", service_category="Storage"),
    charge("2026-09-05", "-2.00", team="search", category="Credit"),
    charge("2026-09-30", "0.25", billed="0.75", SkuMeter="GPT 4o mini Input Tokens"),
    charge("2026-10-19", "1.00", team="search", provider="OpenAI", x_Model="gpt-4o-2024-08-06"),
)


@pytest.fixture
def ledger(fill: Fill) -> Ledger:
    return fill(*ROWS)


def total(ledger: Ledger, *where: tuple[str, tuple[str, ...]], period: Period | None = SEPTEMBER) -> Decimal:
    return spend_total(ledger, Scope(period, where), EVERYTHING, TODAY).figures[0].value


def test_a_month_is_what_its_days_cost_credits_counted(ledger: Ledger) -> None:
    assert total(ledger) == Decimal("10.00") + Decimal("20.00") + Decimal("5.50") + Decimal("3.25") - 2 + Decimal(
        "0.25"
    )


def test_the_answer_confirms_scope_unit_period_cost_and_freshness(ledger: Ledger) -> None:
    result = spend_total(ledger, Scope(SEPTEMBER, (("team", ("ORION",)),)), EVERYTHING, TODAY)
    said = "$30.00 effective cost: orion, September 2026. billing data through 19 october 2026."
    assert result.summary.casefold() == said.casefold()
    assert (result.figures[0].unit, result.data_through) == ("USD", date(2026, 10, 19))


def test_billed_and_effective_are_two_sums(ledger: Ledger) -> None:
    effective = total(ledger)
    billed = spend_total(ledger, Scope(SEPTEMBER, cost="billed"), EVERYTHING, TODAY).figures[0].value
    assert billed - effective == Decimal("0.50")


def test_ai_spend_is_told_apart_where_the_bill_has_other_rows(ledger: Ledger) -> None:
    result = spend_total(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY)
    assert result.figures[1].label == "of which AI spend"
    assert result.figures[1].value == result.figures[0].value - Decimal("3.25")
    only = spend_total(ledger, Scope(SEPTEMBER, ai_only=True), EVERYTHING, TODAY)
    assert [f.value for f in only.figures] == [result.figures[1].value]


@pytest.mark.parametrize("alias", ["aws", "Amazon Web Services", "AWS", "amazon web services, inc."])
def test_a_provider_is_met_under_any_of_its_names(ledger: Ledger, alias: str) -> None:
    assert total(ledger, ("provider", (alias,))) == Decimal("5.50") + Decimal("3.25") - 2 + Decimal("0.25")


def test_a_model_is_exactly_that_model_and_its_dated_names_are_said(ledger: Ledger) -> None:
    assert total(ledger, ("model", ("gpt-4o",)), period=None) == Decimal("18.00")
    result = spend_total(ledger, Scope(None, (("model", ("GPT-4o",)),)), EVERYTHING, TODAY)
    assert any("gpt-4o-2024-08-06" in said for said in result.assumptions)
    assert total(ledger, ("model", ("gpt-4o-2024-08-06",)), period=None) == Decimal("1.00")


def test_a_model_named_only_by_its_meter_counts(ledger: Ledger) -> None:
    assert total(ledger, ("model", ("gpt-4o-mini",))) == Decimal("20.25")


def test_values_of_one_dimension_are_either_and_dimensions_are_both(ledger: Ledger) -> None:
    assert total(ledger, ("team", ("orion", "search")), ("provider", ("openai",))) == Decimal("30.00")


def test_untagged_is_what_has_no_team(ledger: Ledger) -> None:
    assert total(ledger, ("team", ("untagged",))) == Decimal("0.25")


def test_an_unknown_name_is_unknown_with_the_nearest_and_never_zero(ledger: Ledger) -> None:
    with pytest.raises(Unknown, match="orionn") as raised:
        total(ledger, ("team", ("orionn",)))
    assert raised.value.nearest[0].casefold() == "orion"
    with pytest.raises(Unknown):
        total(ledger, ("tag:nothing", ("x",)))
    with pytest.raises(Unknown, match="cannot be split"):
        total(ledger, ("colour", ("red",)))


def test_a_period_without_data_is_unknown_and_says_what_there_is(ledger: Ledger) -> None:
    with pytest.raises(Unknown, match="data runs from 31 August 2026 through 19 October 2026"):
        total(ledger, period=Period.month(2026, 7))


def test_a_provider_without_data_in_the_period_is_unknown_though_others_have_some(ledger: Ledger) -> None:
    with pytest.raises(Unknown, match="October 2026"):
        total(ledger, ("provider", ("aws",)), period=Period.month(2026, 10))


def test_a_partial_period_is_answered_and_said_to_be_partial(ledger: Ledger) -> None:
    october = spend_total(ledger, Scope(Period.month(2026, 10)), EVERYTHING, TODAY)
    august = spend_total(ledger, Scope(Period.month(2026, 8)), EVERYTHING, TODAY)
    assert "billing data ends on 19 October 2026" in october.warnings[0]
    assert "billing data starts on 31 August 2026" in august.warnings[0]


def test_no_charge_in_a_period_with_data_is_a_true_zero_and_said(ledger: Ledger) -> None:
    result = spend_total(
        ledger, Scope(SEPTEMBER, (("team", ("search",)), ("provider", ("openai",)))), EVERYTHING, TODAY
    )
    assert result.figures[0].value == 0
    assert any("zero" in said for said in result.assumptions)


def test_an_empty_ledger_says_so(tmp_path: object) -> None:
    from pathlib import Path

    ledger = Ledger(Path(str(tmp_path)) / "nowhere")
    assert data_span(ledger) is None
    with pytest.raises(Unknown, match="imported"):
        spend_total(ledger, Scope(), EVERYTHING, TODAY)


def cells(result: Result) -> list[tuple[object, ...]]:
    assert result.table is not None
    return list(result.table.rows)


def test_a_split_ranks_shares_and_totals(ledger: Ledger) -> None:
    result = spend_by(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, ("team",))
    shares = [Decimal(30) * 100 / 37, Decimal("6.75") * 100 / 37, Decimal("0.25") * 100 / 37]
    assert [(str(row[0]).casefold(), row[2]) for row in cells(result)] == [
        ("orion", Decimal("30")),
        ("search", Decimal("6.75")),
        ("untagged", Decimal("0.25")),
        ("total", Decimal("37")),
    ]
    assert [row[3] for row in cells(result)[:3]] == [share.quantize(Decimal("0.000001")) for share in shares]
    assert result.figures[0].value == 37
    assert {f.label.casefold() for f in result.figures[1:]} == {"orion", "search", "untagged"}


def test_the_largest_alone_is_the_headline_and_the_rest_is_one_row(ledger: Ledger) -> None:
    result = spend_by(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, ("model",), top=1)
    assert (result.figures[0].label, result.figures[0].value) == ("gpt-4o-mini", Decimal("20.25"))
    assert [row[0] for row in cells(result)] == ["gpt-4o-mini", "no model named", "others (2)", "total"]
    assert sum(Decimal(str(row[2])) for row in cells(result)[:-1]) == 37


def test_a_split_by_month_and_team_adds_up(ledger: Ledger) -> None:
    result = spend_by(ledger, Scope(), EVERYTHING, TODAY, ("month", "team"))
    assert sum(Decimal(str(row[3])) for row in cells(result)[:-1]) == cells(result)[-1][3] == Decimal("45.00")


def test_any_tag_key_in_any_case_is_a_dimension(fill: Fill) -> None:
    ledger = fill(charge("2026-09-01", "2", Tags='{"Env": "Prod"}'), charge("2026-09-01", "3", Tags='{"env": "prod"}'))
    result = spend_by(ledger, Scope(), EVERYTHING, TODAY, ("tag:ENV",))
    assert cells(result)[0][2] == 5
    assert tag_keys(ledger, EVERYTHING) == ("env",)
    assert total(ledger, ("tag:env", ("PROD",)), period=None) == 5


def test_a_split_by_nothing_asks_back(ledger: Ledger) -> None:
    with pytest.raises(NeedsChoice):
        spend_by(ledger, Scope(), EVERYTHING, TODAY, ())


def test_currencies_are_never_added(fill: Fill) -> None:
    ledger = fill(charge("2026-09-01", "2"), charge("2026-09-01", "3", currency="EUR"))
    result = spend_total(ledger, Scope(), EVERYTHING, TODAY)
    assert {(f.unit, f.value) for f in result.figures} == {("USD", Decimal(2)), ("EUR", Decimal(3))}
    assert any("not added" in said for said in result.assumptions)
    split = spend_by(ledger, Scope(), EVERYTHING, TODAY, ("provider",))
    assert [row[1:3] for row in cells(split)] == [("EUR", 3), ("EUR", 3), ("USD", 2), ("USD", 2)]


def test_a_missing_list_cost_makes_the_sum_partial_not_smaller_in_silence(fill: Fill) -> None:
    ledger = fill(charge("2026-09-01", "2"), charge("2026-09-01", "3", ListCost=""))
    result = spend_total(ledger, Scope(cost="list"), EVERYTHING, TODAY)
    assert result.figures[0].value == 2
    assert "1 of 2 charges state no list cost: the sum is partial." in result.warnings


def test_names_are_known_once_and_in_their_own_spelling(ledger: Ledger) -> None:
    assert set(known_values(ledger, EVERYTHING, "provider")) == {"AWS", "OpenAI"}
    assert len(known_values(ledger, EVERYTHING, "team")) == 2
    assert data_span(ledger) == (date(2026, 8, 31), date(2026, 10, 19), ("USD",))


def test_a_sum_keeps_digits_that_a_decimal_context_would_round(fill: Fill) -> None:
    ledger = fill(
        charge("2026-09-01", "123456789012.0000000000000000000001"), charge("2026-09-01", "0.0000000000000000000001")
    )
    assert total(ledger, period=None) == Decimal("123456789012.0000000000000000000002")
