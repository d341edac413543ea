"""One tag under the spellings that a company's several bills give its key."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.untagged import untagged_share
from tools.ledger.known import known_values, tag_keys
from tools.ledger.naming.tag_keys import one_of_each, spellings
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Scope(Period.month(2026, 9))
ROWS = (
    charge("2026-09-02", "30", Tags=json.dumps({"CostCenter": "cc-1", "Environment": "prod"})),
    charge("2026-09-03", "20", provider="Google Cloud", Tags=json.dumps({"cost-center": "CC-1", "env": "prod"})),
    charge("2026-09-04", "7", provider="Azure", Tags=json.dumps({"cost_center": "cc-2", "environment": "dev"})),
    charge("2026-09-05", "3"),
)


def test_the_spellings_of_one_key_are_one_tag(fill: Fill) -> None:
    ledger = fill(*ROWS)
    assert tag_keys(ledger, EVERYTHING) == ("cost-center", "environment")
    assert set(known_values(ledger, EVERYTHING, "tag:cost-center")) <= {"cc-1", "CC-1", "cc-2"}
    assert len(known_values(ledger, EVERYTHING, "tag:cost-center")) == 2


@pytest.mark.parametrize("key", ["cost-center", "costcenter", "cost_center", "Cost Center"])
def test_a_filter_by_any_spelling_finds_the_rows_of_all(fill: Fill, key: str) -> None:
    scope = Scope(Period.month(2026, 9), ((f"tag:{key}", ("cc-1",)),))
    assert spend_total(fill(*ROWS), scope, EVERYTHING, TODAY).figures[0].value == 30 + 20


def test_a_split_adds_up_the_spellings_and_the_rest_has_none(fill: Fill) -> None:
    table = spend_by(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, ("tag:env",)).table
    assert table is not None
    amounts = {row[0]: row[2] for row in table.rows}
    assert (amounts["prod"], amounts["dev"], amounts["untagged"]) == (30 + 20, 7, 3)


def test_what_has_the_tag_in_another_spelling_is_not_untagged(fill: Fill) -> None:
    first = untagged_share(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, "costcenter").figures[0]
    assert first.value == Decimal(3)


def test_keys_that_only_begin_alike_stay_apart() -> None:
    assert one_of_each(["cost", "cost-center", "cost-pool", "costcentre"]) == ("cost", "cost-center", "cost-pool")
    assert "team" not in spellings("team-name")
    assert set(spellings("data-class")) == {"data-class", "data_class", "data class", "dataclass"}


def test_a_key_of_very_many_words_is_spelled_as_it_is() -> None:
    key = "a-b-c-d-e-f-g"
    assert spellings(key) == (key,)
