"""What the tokens of each kind cost: input, read from a cache, written to one, output."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, view
from tools.ledger.scope import Scope
from tools.ledger.spend import EXACT, one_decimal, percent, several_codes, through
from tools.ledger.tokens.token_usage import NAMED, OF_SIDE, SHOWN, Side
from tools.ledger.tokens.tokens import token_uses
from tools.money import Money
from tools.results import Cell, Figure, Result, Table, listed

MOST_ROWS = 40


def token_costs(ledger: Ledger, scope: Scope, audience: Audience, today: date, *, side: Side | None = None) -> Result:
    """The scope's cost of tokens, that of `side` alone first if given, then of each kind, with shares in percent of the
    cost of all tokens. Input holds what was read from a cache and written to one. Unknown when no usage row states a
    token quantity of that kind; where some rows do not say their kind, that is warned of."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    uses = token_uses(ledger, rows.within(period))
    if not any(use.kind in OF_SIDE[side] for use in uses):
        kind = f"{NAMED[side]} tokens" if side else "tokens"
        raise Unknown(f"The bill states no {kind} for {rows.words}, {period.shown()}, so their cost is unknown.")
    as_of = rows.span.through
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    said: list[str] = []
    codes = sorted({use.cost.currency for use in uses})
    for code in codes:
        mine = [use for use in uses if use.cost.currency == code]
        total = _sum([use.cost.amount for use in mine], code)
        asked = _sum([use.cost.amount for use in mine if use.kind in OF_SIDE[side]], code)
        kinds = {k: _sum([u.cost.amount for u in mine if u.kind == k], code) for k in SHOWN}
        found = [(SHOWN[k], amount) for k, amount in kinds.items() if any(u.kind == k for u in mine)]
        found.sort(key=lambda pair: -pair[1].amount)
        if side is not None:
            share = percent(asked, total)
            figures.append(Figure.of(f"Cost of {NAMED[side]} tokens, {rows.words}, {period.shown()}", asked, as_of))
            figures += [Figure(f"Share of the cost of all tokens ({code})", share, "%", as_of)] if share else []
            part = f" ({one_decimal(share)}%)" if share is not None else ""
            said.append(f"{asked.shown()} for {NAMED[side]} tokens{part} of {total.shown()} for all tokens")
        else:
            split = listed([f"{name} {amount.shown()}" for name, amount in found])
            said.append(f"{total.shown()} for tokens: {split}")
        figures.append(Figure.of(f"Cost of all tokens, {rows.words}, {period.shown()}", total, as_of))
        figures += [Figure.of(f"{name.capitalize()} tokens", amount, as_of) for name, amount in found]
        lines += [(name, code, amount.amount, percent(amount, total)) for name, amount in found]
        lines.append(("all tokens", code, total.amount, Decimal(100)))
    if any(use.kind == "unsaid" for use in uses) and side is not None:
        warnings = (*warnings, "Some charges do not say whether their tokens are input or output: the sum is partial.")
    return Result(
        f"{'; '.join(said)}. {scope.cost.capitalize()} cost, {rows.words}, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(
            f"Cost of tokens by kind, {rows.words}, {period.shown()}",
            ("Kind", "Currency", "Cost", "Share (%)"),
            tuple(lines[:MOST_ROWS]),
        ),
        None,
        (
            "Only usage rows that name a model and state a token quantity are counted.",
            *(["Input tokens are those read from a cache, too."] if side == "input" else []),
            *rows.assumptions,
            *several_codes(codes),
        ),
        warnings,
        as_of,
    )


def _sum(amounts: list[Decimal], code: str) -> Money:
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return Money(total, code)
