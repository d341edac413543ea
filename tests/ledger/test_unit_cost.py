"""Cost per request or user; expected values are the sums written here, divided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.unit_cost import unit_cost
from tools.ledger.scope import Scope
from tools.ledger.storing.metrics import Reading, import_metrics, load_metrics, parse_metrics
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Scope(Period.month(2026, 9))
ROWS = (
    charge("2026-09-01", "6", team="search"),
    charge("2026-09-02", "9", team="search"),
    charge("2026-09-02", "5", team="support"),
    charge("2026-09-30", "20", team="support"),
    charge("2026-10-02", "99"),
)
READINGS = parse_metrics(
    """date,metric,value,team
2026-09-01,requests,1000,
2026-09-02,requests,3000,
2026-09-01,searches,300,search
2026-09-02,searches,200,search
2026-09,active users,50,
2026-10,active users,70,
""",
    "m.csv",
)


def test_the_cost_of_the_days_with_a_value_is_divided_by_it(fill: Fill) -> None:
    result = unit_cost(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, "Requests", READINGS, Decimal(1000))
    values = [f.value for f in result.figures]
    assert values == [Decimal(6 + 9 + 5) * 1000 / 4000, Decimal(20), Decimal(4000), Decimal(1000)]
    assert any("28 of 30 days" in warning for warning in result.warnings)


def test_a_teams_own_metric_goes_with_its_own_cost(fill: Fill) -> None:
    scope = Scope(SEPTEMBER.period, (("team", ("Search",)),))
    result = unit_cost(fill(*ROWS), scope, Audience.of("search"), TODAY, "searches", READINGS)
    assert [f.value for f in result.figures] == [Decimal(15) / 500, Decimal(15), Decimal(500)]


def test_a_monthly_level_is_not_added_up_over_days_and_a_month_not_over_is_left_out(fill: Fill) -> None:
    scope = Scope(Period(date(2026, 9, 1), date(2026, 11, 1)))
    result = unit_cost(fill(*ROWS), scope, EVERYTHING, TODAY, "active users", READINGS)
    assert [f.value for f in result.figures] == [Decimal(40) / 50, Decimal(40), Decimal(50)]
    assert result.summary.startswith("$0.80 per active user ($40.00")


def test_an_average_is_weighted_by_days(fill: Fill) -> None:
    readings = parse_metrics("date,metric,value\n2026-08,seats,10\n2026-09,seats,41\n", "m.csv")
    rows = (*ROWS, charge("2026-08-01", "60"))
    scope = Scope(Period(date(2026, 8, 1), date(2026, 10, 1)))
    result = unit_cost(fill(*rows), scope, EVERYTHING, TODAY, "seats", readings)
    seats = (Decimal(10) * 31 + Decimal(41) * 30) / 61
    assert abs(result.figures[0].value - (40 + 60) / seats) < Decimal("1E-9")


def test_only_days_on_which_every_team_states_the_metric_count(fill: Fill) -> None:
    text = "date,metric,value,team\n2026-09-01,calls,1,search\n2026-09-02,calls,2,search\n2026-09-02,calls,5,support\n"
    result = unit_cost(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, "calls", parse_metrics(text, "m.csv"))
    assert [f.value for f in result.figures] == [Decimal(14) / 7, Decimal(14), Decimal(7)]


def test_another_teams_metric_is_unknown_to_who_may_not_see_it(fill: Fill) -> None:
    with pytest.raises(Unknown) as refused:
        unit_cost(fill(*ROWS), SEPTEMBER, Audience.of("support"), TODAY, "searches", READINGS)
    assert "search'" not in str(refused.value).replace("'searches'", "")
    assert not any(sign.isdigit() for sign in str(refused.value))


def test_a_metric_that_is_not_imported_is_unknown_with_the_nearest(fill: Fill) -> None:
    with pytest.raises(Unknown, match="requests"):
        unit_cost(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, "request", READINGS)


def test_days_without_both_are_unknown(fill: Fill) -> None:
    with pytest.raises(Unknown, match="No day"):
        unit_cost(fill(*ROWS), Scope(Period.month(2026, 10)), EVERYTHING, TODAY, "requests", READINGS)


def test_none_at_all_has_no_unit_cost(fill: Fill) -> None:
    readings = parse_metrics("date,metric,value\n2026-09-01,requests,0\n", "m.csv")
    with pytest.raises(Unknown, match="zero"):
        unit_cost(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, "requests", readings)
    with pytest.raises(NeedsChoice):
        unit_cost(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, "requests", READINGS, Decimal(0))


def test_importing_again_replaces_the_same_days_and_never_doubles(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("date,metric,value\n2026-09-01,requests,1\n2026-09-02,requests,2\n")
    second.write_text("date,metric,value\n2026-09-02,Requests,20\n2026-09-03,Requests,30\n")
    import_metrics(tmp_path / "home", first)
    assert import_metrics(tmp_path / "home", first).replaced == 2
    assert import_metrics(tmp_path / "home", second).replaced == 1
    assert sorted(r.value for r in load_metrics(tmp_path / "home")) == [1, 20, 30]


def test_a_file_with_a_bad_row_changes_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text("date,metric,value\n2026-09-01,requests,1\n")
    bad.write_text("date,metric,value\n2026-09-01,requests,7\n2026-09-02,requests,many\n")
    import_metrics(tmp_path, good)
    with pytest.raises(BadInput):
        import_metrics(tmp_path, bad)
    assert [r.value for r in load_metrics(tmp_path)] == [1]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("date,value\n", 1, "no column 'metric'"),
        ("date,metric,value,colour\n", 1, "The columns are"),
        ("date,metric,value\n2026-09-31,a,1\n", 2, "not a date"),
        ("date,metric,value\n09/01/2026,a,1\n", 2, "not a date"),
        ("date,metric,value\n2026-09-01,a,-1\n", 2, "not a count"),
        ("date,metric,value\n2026-09-01,a,NaN\n", 2, "not a count"),
        ("date,metric,value\n2026-09-01,a\n", 2, "2 cells"),
        ("date,metric,value\n2026-09-01,,1\n", 2, "no name"),
        ("date,metric,value\n2026-09-01,a,1\n2026-09-01,A,2\n", 3, "two values"),
        ("date,metric,value\n2026-09,a,1\n2026-09-05,a,2\n", 3, "two values"),
        ("date,metric,value,kind\n2026-09-01,a,1,median\n", 2, "neither"),
        ("date,metric,value,kind\n2026-09-01,a,1,sum\n2026-09-02,a,1,average\n", 3, "both"),
        ('date,metric,value\n2026-09-01,"a,1\n', None, "not CSV"),
        ("date,metric,value\n", None, "no readings"),
    ],
)
def test_a_metrics_file_that_cannot_be_used_is_refused_with_its_line(text: str, line: int | None, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        parse_metrics(text, "m.csv")
    assert line is None or refused.value.line == line


names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.dictionaries(st.tuples(names.map(str.casefold), st.integers(1, 28)), st.decimals(0, 10**9, places=4)))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, drawn: dict[tuple[str, int], Decimal]
) -> None:
    rows = {(metric.casefold(), day): value for (metric, day), value in drawn.items()}
    if not rows:
        return
    home = tmp_path_factory.mktemp("home")
    file = home / "in.csv"
    lines = [f"2026-09-{day:02d},{metric},{value},,sum" for (metric, day), value in rows.items()]
    file.write_text("date,metric,value,team,kind\n" + "\n".join(lines), encoding="utf-8")
    import_metrics(home, file)
    found = {(r.metric, r.period.start.day): r.value for r in load_metrics(home)}
    assert found == rows


def test_a_reading_knows_whose_it_is() -> None:
    reading = Reading("Requests", "Search", Period.month(2026, 9), Decimal(1), "sum")
    assert reading.series == ("requests", "search")
