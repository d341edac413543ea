"""A bill of which a part costs more or less; expected sums are written out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import Denied, NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.scope import Scope
from tools.ledger.tokens.partly_changed import partly_changed
from tools.period import Period

TODAY = date(2026, 11, 11)
OCTOBER = Scope(Period.month(2026, 10))
ROWS = (
    charge(date(2026, 10, 3), "100", team="orion", provider="OpenAI"),
    charge(date(2026, 10, 9), "40", team="atlas", provider="OpenAI"),
    charge(date(2026, 10, 12), "60", team="orion", provider="Anthropic"),
)
OPENAI = (("provider", ("OpenAI",)),)


def test_only_the_part_moves_and_the_rest_stays(fill: Fill) -> None:
    found = partly_changed(fill(*ROWS), OCTOBER, OPENAI, EVERYTHING, TODAY, price_change=Decimal(20))
    assert [f.value for f in found.figures[:5]] == [Decimal("228"), Decimal("168"), Decimal("28"), 140, 200]
    assert "$228.00 instead of $200.00" in found.summary


def test_prices_and_use_multiply(fill: Fill) -> None:
    moves = {"price_change": Decimal(-10), "volume_change": Decimal(50)}
    found = partly_changed(fill(*ROWS), OCTOBER, OPENAI, EVERYTHING, TODAY, **moves, first="difference")  # type: ignore[arg-type]
    assert found.figures[0].value == 140 * (Decimal("0.9") * Decimal("1.5") - 1)


def test_a_part_of_which_nothing_was_billed_is_unknown(fill: Fill) -> None:
    atlas = Scope(OCTOBER.period, (("team", ("atlas",)),))
    with pytest.raises(Unknown, match="Nothing was charged"):
        partly_changed(fill(*ROWS), atlas, (("provider", ("Anthropic",)),), EVERYTHING, TODAY, price_change=Decimal(20))


def test_without_a_change_it_asks_by_how_much(fill: Fill) -> None:
    with pytest.raises(NeedsChoice):
        partly_changed(fill(*ROWS), OCTOBER, OPENAI, EVERYTHING, TODAY)


def test_a_part_that_may_not_be_seen_is_denied(fill: Fill) -> None:
    seen = Audience(frozenset({"orion"}))
    atlas = (("team", ("atlas",)),)
    with pytest.raises(Denied):
        partly_changed(fill(*ROWS), OCTOBER, atlas, seen, TODAY, volume_change=Decimal(20))
    mine = partly_changed(fill(*ROWS), OCTOBER, OPENAI, seen, TODAY, volume_change=Decimal(20))
    assert [f.value for f in mine.figures[:2]] == [Decimal("180"), Decimal("120")]
