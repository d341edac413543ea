"""Who or what used how many tokens: the token quantities of the bill, split by a dimension or by time."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import GRAINS, dimension_named, title
from tools.ledger.groups import shown_label
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, asked_period, view
from tools.ledger.scope import Scope
from tools.ledger.spend import MOST_ROWS, OTHERS, one_decimal, through
from tools.ledger.tokens.token_usage import NAMED, OF_SIDE, Side
from tools.ledger.tokens.tokens import token_uses
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

PLACES = Decimal("0.000001")


def tokens_by(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    by: str,
    *,
    side: Side | None = None,
    top: int | None = None,
    least: bool = False,
) -> Result:
    """The scope's tokens, those of `side` alone if given, split by a dimension with shares in percent of all of them:
    the largest group first (the smallest with `least`), or in order of time. With `top` the headline is the first
    group's; else it is the total. Unknown when no usage row states a token quantity of that kind."""
    name = dimension_named(by)
    rows = view(ledger, scope, audience, (name,))
    period, warnings = asked_period(rows, today)
    kinds = OF_SIDE[side]
    uses = [use for use in token_uses(ledger, rows.within(period), name) if use.kind in kinds]
    kind = f"{NAMED[side]} tokens" if side else "tokens"
    counts: dict[Any, int] = {}
    for use in uses:
        group = use.group.date() if isinstance(use.group, datetime) else use.group
        counts[group] = counts.get(group, 0) + use.tokens
    total = sum(counts.values())
    if not total:
        raise Unknown(f"The bill states no {kind} for {rows.words}, {period.shown()}.")
    timed = name in GRAINS
    named = sorted((g for g in counts if g is not None), key=lambda g: g if timed else (-counts[g], str(g)))
    if least and not timed:
        named.reverse()
    most = top or MOST_ROWS
    kept = [*named[:most], *(g for g in counts if g is None)]
    as_of = rows.span.through
    ranked = [(shown_label(name, group), counts[group]) for group in kept]
    if rest := named[most:]:
        ranked.append((f"{OTHERS} ({len(rest)})", sum(counts[group] for group in rest)))
    figures = [Figure(called, Decimal(count), "tokens", as_of) for called, count in ranked]
    whole = Figure(f"All {kind}, {rows.words}, {period.shown()}", Decimal(total), "tokens", as_of)
    lines: list[tuple[Cell, ...]] = [(called, Decimal(count), _share(count, total)) for called, count in ranked]
    lines.append(("total", Decimal(total), Decimal(100)))
    heading = f"{kind.capitalize()} by {name.replace('_', ' ').removeprefix('tag:')}, {rows.words}, {period.shown()}"
    labels = tuple(called for called, _ in ranked)
    bars = Series("tokens", tuple(Decimal(count) for _, count in ranked))
    return Result(
        summary=f"{_told(ranked, total, kind, rows, top=top, least=least, timed=timed)} {rows.words}, "
        f"{period.shown()}. {through(rows)}",
        figures=(*figures, whole) if top and not timed else (whole, *figures),
        table=Table(heading, (title(name), "Tokens", "Share (%)"), tuple(lines)),
        chart=Chart("line" if timed else "bar", heading, "tokens", labels, (bars,)) if len(ranked) > 1 else None,
        assumptions=("Only usage rows that name a model and state a token quantity are counted.", *rows.assumptions),
        warnings=warnings,
        data_through=as_of,
    )


def _told(
    ranked: list[tuple[str, int]], total: int, kind: str, rows: View, *, top: int | None, least: bool, timed: bool
) -> str:
    first, count = ranked[0]
    share = f"{count:,} of {total:,} {kind} ({one_decimal(_share(count, total))}%)"
    if timed:
        return f"{total:,} {kind} in all:"
    if top is None:
        return f"{total:,} {kind}, the {'fewest' if least else 'most'} by {first}: {count:,}:"
    if top == 1:
        return f"{first} used the {'fewest' if least else 'most'}: {share}."
    told = [f"{called} {number:,}" for called, number in ranked[:top]]
    return f"The {'fewest' if least else 'most'} {kind}: {listed(told)}, of {total:,} in all;"


def _share(count: int, total: int) -> Decimal:
    return (Decimal(count) * 100 / Decimal(total)).quantize(PLACES).normalize() + 0
