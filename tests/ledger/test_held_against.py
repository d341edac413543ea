"""A total held against an amount, the largest against the next, rows of one seller or another, machines left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.held_against import ahead, held_against
from tools.ledger.found.machine_hours import machine_hours
from tools.ledger.ledger import Ledger
from tools.ledger.naming.sellers import sellers
from tools.ledger.naming.spoken_models import models_meant
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Period.month(2026, 9)


@pytest.fixture
def bill(fill: Fill) -> Ledger:
    """September: ads 30 on Anthropic itself, core 100 on Bedrock and 7 on OpenAI, 200 for a machine with 8 GPUs."""
    machine = {"SkuId": "BoxUsage:p5.48xlarge", "ConsumedQuantity": "20", "ConsumedUnit": "Hours"}
    return fill(
        charge("2026-09-01", "30", team="ads", provider="Anthropic", service="Claude API"),
        charge("2026-09-02", "100", team="core"),
        charge("2026-09-03", "7", team="core", provider="OpenAI", service="OpenAI API"),
        charge("2026-09-04", "200", service="Amazon EC2", service_category="Compute", **machine),
    )


@pytest.mark.parametrize(
    ("way", "limit", "opens"),
    [("above", "300", "Yes: $337.00 is $37.00 more"), ("above", "400", "No: $337.00 is $63.00 less"),
     ("below", "400", "Yes"), ("below", "337", "No: $337.00 is exactly")],
)  # fmt: skip
def test_a_total_is_more_or_less_than_an_amount(bill: Ledger, way: str, limit: str, opens: str) -> None:
    total = spend_total(bill, Scope(SEPTEMBER), EVERYTHING, TODAY)  # 30 + 100 + 7 + 200
    held = held_against(total, way, Decimal(limit))  # type: ignore[arg-type]
    assert held.summary.startswith(opens)
    assert held.figures[0].value == Decimal(337)
    assert any(f.value == abs(337 - Decimal(limit)) and f.unit == "USD" for f in held.figures)


def test_one_amount_is_not_set_against_two_currencies(fill: Fill) -> None:
    ledger = fill(charge("2026-09-01", "30"), charge("2026-09-02", "5", currency="EUR", account="9"))
    with pytest.raises(Unknown, match="several currencies"):
        held_against(spend_total(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY), "above", Decimal(10))


def test_the_largest_is_told_with_what_it_is_ahead_of_the_next(bill: Ledger) -> None:
    led = ahead(spend_by(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, ("team",), 1000))
    assert [(f.label, f.value) for f in led.figures[:3]] == [
        ("core", Decimal(107)),
        ("core above ads", Decimal(77)),
        ("ads", Decimal(30)),
    ]


def test_a_provider_and_a_service_of_another_are_one_or_the_other(bill: Ledger) -> None:
    either = (("provider", ("Anthropic",)), ("service", ("Amazon Bedrock",)))
    total = spend_total(bill, Scope(SEPTEMBER, either=either), EVERYTHING, TODAY)
    assert total.figures[0].value == Decimal(130)
    assert "Anthropic and Amazon Bedrock" in total.summary


def test_who_bills_a_service_is_known_only_where_one_provider_does(fill: Fill) -> None:
    ledger = fill(
        charge("2026-09-01", "1"),
        charge("2026-09-01", "1", provider="OpenAI", service="Support"),
        charge("2026-09-01", "1", provider="Anthropic", service="Support"),
    )
    assert dict(sellers(ledger, EVERYTHING)) == {"Amazon Bedrock": "AWS"}


def test_the_hours_of_a_machine_are_told_as_hours_of_its_gpus_too(bill: Ledger) -> None:
    used = machine_hours(bill, Scope(SEPTEMBER, where=(("sku", ("BoxUsage:p5.48xlarge",)),)), EVERYTHING, TODAY)
    assert (used.figures[0].value, used.figures[0].unit) == (Decimal(20), "hours")
    assert [f.value for f in used.figures if f.unit == "GPU hours"] == [Decimal(160)]  # 20 hours x 8


def test_embeddings_are_every_model_that_makes_them() -> None:
    known = ("gpt-4o", "text-embedding-3-large", "titan-embed-text", "voyage-3")
    assert models_meant("embeddings", known) == known[1:]
    assert models_meant("embeddings", known[:1]) == ("embeddings",)
