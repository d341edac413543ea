"""The independent reading of an export, against sums that can be done in the head."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.evaluation.ledger_arithmetic import Charges, between, billed, by, effective, is_ai, listed, read_charges

EXPORT = """\
ChargePeriodStart,ChargeCategory,EffectiveCost,BilledCost,ListCost,ProviderName,ServiceName,ServiceCategory,Tags,x_Model,SkuId
2026-09-30T00:00:00Z,Usage,1.10,1.10,1.10,OpenAI,OpenAI API,AI and Machine Learning,"{""Team"": ""Atlas""}",gpt-4o,x
2026-10-01T00:00:00Z,Usage,2.20,3.00,4.00,AWS,Amazon EC2,Compute,"{""team"": ""atlas""}",,EC2-p5.48xlarge
2026-10-31 23:00:00,Usage,4.40,4.40,4.40,AWS,Amazon S3,Storage,NULL,,S3-STANDARD
2026-11-01T00:00:00Z,Credit,-0.50,-0.50,-0.50,OpenAI,OpenAI API,AI and Machine Learning,,,
"""


@pytest.fixture
def charges(tmp_path: Path) -> Charges:
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    return read_charges(tmp_path)


def test_costs_add_up_exactly_with_credits_counted(charges: Charges) -> None:
    assert (effective(charges), billed(charges), listed(charges)) == (Decimal("7.20"), Decimal("8.00"), Decimal("9.00"))


def test_a_period_ends_before_its_end_day(charges: Charges) -> None:
    assert effective(between(charges, "2026-10-01", "2026-11-01")) == Decimal("6.60")


def test_teams_are_one_in_any_case_and_untagged_rows_have_none(charges: Charges) -> None:
    assert by(charges, lambda c: c.team) == {"": Decimal("3.90"), "atlas": Decimal("3.30")}


def test_an_accelerator_is_ai_spend_and_storage_is_not(charges: Charges) -> None:
    assert [is_ai(c) for c in charges] == [True, True, False, True]
