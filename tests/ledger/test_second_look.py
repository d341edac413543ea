"""The rows that answer are looked at again: none is of a team outside the audience, whatever filtered them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ledger.focus import charge, write
from tools.errors import Denied
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.ledger import Ledger, charges
from tools.ledger.scope import Scope
from tools.ledger.second_look import only_theirs
from tools.ledger.spend import spend_total
from tools.ledger.storing.importing import import_files
from tools.period import Period

CHARGES = (
    charge("2026-10-01", "100.25", team="Orion", provider="OpenAI", service="OpenAI API"),
    charge("2026-10-02", "7.00", team="zephyr", provider="OpenAI", service="OpenAI API"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    import_files(tmp_path / "home", [write(tmp_path / "bill.csv", CHARGES)])
    return Ledger(tmp_path / "home")


def test_rows_of_another_team_are_refused(ledger: Ledger) -> None:
    with pytest.raises(Denied):
        only_theirs(ledger, charges(), Audience.of("orion"))


def test_ones_own_rows_pass(ledger: Ledger) -> None:
    only_theirs(ledger, charges(), EVERYTHING)
    only_theirs(ledger, charges(), Audience.of("orion", "zephyr"))


def test_a_sum_is_refused_when_the_filter_before_it_fails(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orion's 100.25 alone, and nothing of the 107.25 that both spent once the filter is gone."""
    asked = (ledger, Scope(Period.month(2026, 10)), Audience.of("orion"), date(2026, 11, 23))
    assert spend_total(*asked).figures[0].value == Decimal("100.25")
    monkeypatch.setattr("tools.ledger.query.visible", lambda audience, dimensions: charges())
    with pytest.raises(Denied):
        spend_total(*asked)
