"""The example company's bills: the same each time, priced as listed, with what a bill has to try an answer on."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.evaluation.example_company import PRICES
from bot.evaluation.example_export import write_example_export
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.untagged import untagged_share
from tools.ledger.known import data_span, known_values
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.anomalies import anomalies
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by
from tools.ledger.storing.importing import import_files
from tools.period import Period

LAST = date(2026, 11, 21)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_example_export(tmp_path_factory.mktemp("export"), LAST)


@pytest.fixture(scope="module")
def ledger(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    home = tmp_path_factory.mktemp("home")
    reports = import_files(home, files)
    assert not any(report.skipped or report.replaced for report in reports)
    return Ledger(home)


def rows(files: list[Path]) -> list[dict[str, str]]:
    return [row for path in files for row in csv.DictReader(path.open(encoding="utf-8"))]


def test_the_example_is_the_same_each_time_and_small(files: list[Path], tmp_path: Path) -> None:
    again = write_example_export(tmp_path, LAST)
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]
    assert sum(path.stat().st_size for path in files) < 15_000_000
    assert len(rows(files)) < 40_000


def test_tokens_cost_what_the_list_says(files: list[Path]) -> None:
    for row in rows(files):
        if row["ConsumedUnit"] != "tokens":
            continue
        price = PRICES[row["x_Model"]]
        meter = row["SkuMeter"].removeprefix(row["x_Model"]).removesuffix(" tokens").strip()
        unit = {"input": price.input, "cached input": price.cached, "output": price.output}[meter]
        assert Decimal(row["ListCost"]) == Decimal(row["ConsumedQuantity"]) * Decimal(unit) / 1_000_000


def test_six_teams_five_providers_thirteen_months(ledger: Ledger) -> None:
    assert len(known_values(ledger, EVERYTHING, "team")) == 6
    assert len(known_values(ledger, EVERYTHING, "provider")) == 5
    assert data_span(ledger) == (date(2025, 11, 1), LAST, ("USD",))


def test_a_months_split_by_team_is_the_files_own(files: list[Path], ledger: Ledger) -> None:
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows(files):
        if row["ChargePeriodStart"].startswith("2026-10"):
            team = row["Tags"].split('"team": "')[1].split('"')[0] if row["Tags"] else "untagged"
            expected[team] += Decimal(row["EffectiveCost"])
    result = spend_by(ledger, Scope(Period.month(2026, 10)), EVERYTHING, TODAY, ("team",))
    assert result.table is not None
    assert {row[0]: row[2] for row in result.table.rows[:-1]} == expected
    assert 250_000 < sum(expected.values()) < 400_000


def test_the_one_anomaly_of_the_last_ten_days_is_found_and_nothing_else_in_the_year(ledger: Ledger) -> None:
    result = anomalies(ledger, EVERYTHING, TODAY, Period(date(2026, 1, 1), TODAY))
    assert result.table is not None
    assert [(row[0], row[2]) for row in result.table.rows] == [(date(2026, 11, 16), "search, Anthropic")]


def test_it_has_credits_a_refund_commitments_and_untagged_lines(files: list[Path], ledger: Ledger) -> None:
    credits = [row for row in rows(files) if row["ChargeCategory"] == "Credit"]
    assert {row["ChargeDescription"] for row in credits} == {"Volume credit", "Refund of a double charge"}
    assert any(Decimal(row["EffectiveCost"]) < Decimal(row["ListCost"]) for row in rows(files))
    assert 1 < untagged_share(ledger, Scope(), EVERYTHING, TODAY).figures[1].value < 10
