"""How many tokens were used, by kind and model, as the bill states them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, view
from tools.ledger.scope import Scope
from tools.ledger.spend import through
from tools.ledger.tokens import INPUTS, token_uses
from tools.results import Figure, Result, Table

SHOWN = {
    "input": "input",
    "cached_input": "cached input",
    "cache_write": "cache write",
    "cache_write_1h": "1-hour cache write",
    "output": "output",
    "unsaid": "kind not said",
}
MOST_ROWS = 25
Side = Literal["input", "output"]


def token_usage(ledger: Ledger, scope: Scope, audience: Audience, today: date, *, side: Side | None = None) -> Result:
    """The scope's tokens: all of them, input (cached ones among them) and output, the `side` asked for first; then each
    kind of each model in the table. Unknown when no usage row states a token quantity: that is not zero tokens."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    uses = [use for use in token_uses(ledger, rows.within(period)) if use.kind != "other"]
    if not uses:
        raise Unknown(f"The bill states no token quantities for {rows.words}, {period.shown()}.")
    as_of = rows.span.through
    total = sum(use.tokens for use in uses)
    received = sum(use.tokens for use in uses if use.kind in INPUTS)
    returned = sum(use.tokens for use in uses if use.kind == "output")
    by_kind: dict[tuple[str, str], int] = {}
    for use in uses:
        key = (use.model, SHOWN[use.kind])
        by_kind[key] = by_kind.get(key, 0) + use.tokens
    ranked = sorted(by_kind.items(), key=lambda item: -item[1])
    counted = {
        None: Figure(f"Tokens, {rows.words}, {period.shown()}", Decimal(total), "tokens", as_of),
        "input": Figure("Input tokens", Decimal(received), "tokens", as_of),
        "output": Figure("Output tokens", Decimal(returned), "tokens", as_of),
    }
    figures = sorted(counted.items(), key=lambda item: item[0] != side)
    told = {"input": f"{received:,} input tokens of ", "output": f"{returned:,} output tokens of ", None: ""}[side]
    return Result(
        summary=(
            f"{told}"
            f"{total:,} tokens: {rows.words}, {period.shown()}; {received:,} input (cached ones among them) and "
            f"{returned:,} output. {through(rows)}"
        ),
        figures=tuple(figure for _, figure in figures),
        table=Table(
            f"Tokens, {rows.words}, {period.shown()}",
            ("Model", "Kind", "Tokens"),
            tuple((model, kind, Decimal(tokens)) for (model, kind), tokens in ranked[:MOST_ROWS]),
        ),
        assumptions=("Only usage rows that name a model and state a token quantity are counted.", *rows.assumptions),
        warnings=warnings,
        data_through=as_of,
    )
