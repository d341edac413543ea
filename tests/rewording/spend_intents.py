"""Questions on our own spend, with sums over the example company's bills by csv and Decimal."""

from __future__ import annotations

from collections.abc import Iterator

from tests.evaluation.ledger_arithmetic import Charges
from tests.rewording.drawn import Drawn
from tests.rewording.intent import Intent
from tests.rewording.more_spend import more_spend
from tests.rewording.spend_compared import spend_compared, spend_repriced
from tests.rewording.spend_parts import spend_parts
from tests.rewording.spend_totals import spend_periods, spend_totals


def spend_intents(charges: Charges) -> Iterator[Intent]:
    drawn = Drawn(charges)
    for kind in (spend_totals, spend_periods, spend_parts, spend_compared, spend_repriced, more_spend):
        yield from kind(drawn)
