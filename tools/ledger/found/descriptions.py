"""What a bill calls its charges that are no AI spend: support, log analytics."""

from __future__ import annotations

import re

from tools.errors import Denied
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.known import visible
from tools.ledger.ledger import Ledger

MOST = 300
FROM_WORDS = re.compile(r"[A-Za-z][A-Za-z&'’-]*(?:\s+[A-Za-z&][A-Za-z&'’-]*){1,3}")
ALSO_MEANT = re.compile(
    r"\b(?:tokens?|hours?|usage|input|output|requests?|credits?|refunds?|rebates?|tax|vat|fees?|savings?|plan|reserv\w+|commit\w+"
    r"|compute|storage|spot|on[- ]demand)\b",
    re.IGNORECASE,
)


def charge_names(ledger: Ledger, audience: Audience) -> tuple[str, ...]:
    """The descriptions, of two to four words, of charges that are no AI spend and that the audience may see; none
    where there are more than 300, which name resources rather than what is bought."""

    def ask() -> tuple[str, ...]:
        try:
            table = visible(audience, ("description",))
        except Denied:
            return ()
        query = table.filter(~table[c.X_AI] & table[c.CHARGE_DESCRIPTION].notnull())
        found = [str(row[0]) for row in ledger.rows(query.select(c.CHARGE_DESCRIPTION).distinct().limit(MOST + 1))]
        if len(found) > MOST:
            return ()
        return tuple(sorted(name for name in found if FROM_WORDS.fullmatch(name) and not ALSO_MEANT.search(name)))

    named: tuple[str, ...] = ledger.cached(("charge names", audience), ask)
    return named
