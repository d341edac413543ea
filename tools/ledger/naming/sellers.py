"""Which provider bills a service."""

from __future__ import annotations

from collections.abc import Mapping

from tools.ledger.audience import Audience
from tools.ledger.dimensions import label
from tools.ledger.known import visible
from tools.ledger.ledger import Ledger

DIMENSIONS = ("service", "provider")


def sellers(ledger: Ledger, audience: Audience) -> Mapping[str, str]:
    """Each service that the audience may see and the provider who bills it; services that several bill are left out."""

    def ask() -> Mapping[str, str]:
        table = visible(audience, DIMENSIONS)
        pairs = table.select(service=label(table, "service"), provider=label(table, "provider")).distinct()
        found = [(str(service), str(seller)) for service, seller in ledger.rows(pairs) if service and seller]
        several = {service for service, _ in found if sum(service == other for other, _ in found) > 1}
        return {service: seller for service, seller in found if service not in several}

    return ledger.cached(("sellers", audience), ask)
