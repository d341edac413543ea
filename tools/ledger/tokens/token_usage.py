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
from tools.ledger.tokens.tokens import INPUTS, token_uses
from tools.results import Figure, Result, Table

SHOWN = {
    "input": "input",
    "cached_input": "cached input",
    "cache_write": "cache write",
    "cache_write_1h": "1-hour cache write",
    "output": "output",
    "unsaid": "kind not said",
}
NAMED: dict[str, str] = {
    "input": "input",
    "cached": "cached input",
    "uncached": "uncached input",
    "cache_write": "cache write",
    "output": "output",
}
MOST_ROWS = 25
Side = Literal["input", "cached", "uncached", "cache_write", "output"]
CACHED, WRITTEN = frozenset({"cached_input"}), frozenset({"cache_write", "cache_write_1h"})
OF_SIDE: dict[Side | None, frozenset[str]] = {
    None: frozenset({*INPUTS, "output", "unsaid"}),
    "input": frozenset(INPUTS),
    "cached": CACHED,
    "uncached": frozenset({"input"}),
    "cache_write": WRITTEN,
    "output": frozenset({"output"}),
}
"""The kinds of tokens that a question means by each word."""


def token_usage(ledger: Ledger, scope: Scope, audience: Audience, today: date, *, side: Side | None = None) -> Result:
    """The scope's tokens: all of them, input (cached ones among them) and output, the `side` asked for first; then each
    kind of each model in the table. `cached` is input read from a cache, `cache_write` input written to one, `uncached`
    neither. Unknown when no usage row states a token quantity, or none of the cache that is asked for: that is not
    zero tokens."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    uses = [use for use in token_uses(ledger, rows.within(period)) if use.kind != "other"]
    if not uses:
        raise Unknown(f"The bill states no token quantities for {rows.words}, {period.shown()}.")
    as_of = rows.span.through
    total = sum(use.tokens for use in uses)
    received = sum(use.tokens for use in uses if use.kind in INPUTS)
    returned = sum(use.tokens for use in uses if use.kind == "output")
    parts = {
        "cached": sum(use.tokens for use in uses if use.kind in CACHED),
        "uncached": sum(use.tokens for use in uses if use.kind == "input"),
        "cache_write": sum(use.tokens for use in uses if use.kind in WRITTEN),
    }
    if side in {"cached", "cache_write"} and not parts[side]:
        raise Unknown(f"The bill states no {NAMED[side]} tokens for {rows.words}, {period.shown()}.")
    by_kind: dict[tuple[str, str], int] = {}
    for use in uses:
        key = (use.model, SHOWN[use.kind])
        by_kind[key] = by_kind.get(key, 0) + use.tokens
    ranked = sorted(by_kind.items(), key=lambda item: -item[1])
    counted: dict[Side | None, Figure] = {
        None: Figure(f"Tokens, {rows.words}, {period.shown()}", Decimal(total), "tokens", as_of),
        "input": Figure("Input tokens", Decimal(received), "tokens", as_of),
        "output": Figure("Output tokens", Decimal(returned), "tokens", as_of),
    }
    if side in parts:
        counted[side] = Figure(f"{NAMED[side].capitalize()} tokens", Decimal(parts[side]), "tokens", as_of)
    figures = sorted(counted.items(), key=lambda item: item[0] != side)
    told = "" if side is None else f"{int(counted[side].value):,} {NAMED[side]} tokens of "
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
