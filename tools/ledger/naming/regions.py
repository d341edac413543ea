"""What bills call a region beside its id."""

from __future__ import annotations

from tools.errors import Denied
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.known import visible
from tools.ledger.ledger import Ledger


def region_names(ledger: Ledger, audience: Audience) -> dict[str, tuple[str, ...]]:
    """Region, as the ledger shows it -> the names that bills give it beside: us-west-2 is US West (Oregon)."""

    def ask() -> dict[str, tuple[str, ...]]:
        try:
            table = visible(audience, ("region",))
        except Denied:
            return {}
        named = table.filter(table[c.REGION_ID].notnull() & table[c.REGION_NAME].notnull())
        found: dict[str, tuple[str, ...]] = {}
        for region, name in sorted(ledger.rows(named.select(c.REGION_ID, c.REGION_NAME).distinct())):
            found[region] = (*found.get(region, ()), name)
        return found

    return ledger.cached(("region names", audience), ask)
