"""What a million tokens really cost: the bill's cost of a model's tokens over their number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, trimmed, view
from tools.ledger.scope import Scope
from tools.ledger.spend import EXACT, through
from tools.ledger.tokens.token_usage import NAMED, SHOWN, Side
from tools.ledger.tokens.tokens import token_uses
from tools.money import Money, plain
from tools.results import Cell, Figure, Result, Table

MILLION = Decimal(1_000_000)
PLACES = Decimal("0.000001")
WORDS = {
    Decimal(1): "token",
    Decimal(1000): "thousand tokens",
    MILLION: "million tokens",
    Decimal(1_000_000_000): "billion tokens",
}
TOGETHER = "all models"
MOST_ROWS = 40


KINDS: dict[Side, str] = {
    "input": SHOWN["input"],
    "uncached": SHOWN["input"],
    "cached": SHOWN["cached_input"],
    "cache_write": SHOWN["cache_write"],
    "output": SHOWN["output"],
}


def token_prices(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    *,
    side: Side | None = None,
    per: Decimal = MILLION,
    by_model: bool = False,
) -> Result:
    """The scope's cost for each million tokens (or `per`: a billion, a thousand, one), over all models together first
    where there are several, unless it is asked `by_model` or the scope names several; then of each model over all its
    kinds of tokens, the one with the largest cost first; then by kind, the kind of `side` before all. Input is what
    was not read from a cache. Unknown when no usage row states a token quantity, or none of that kind."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    uses = [use for use in token_uses(ledger, rows.within(period)) if use.kind != "other" and use.tokens]
    if not uses:
        raise Unknown(f"The bill states no token quantities for {rows.words}, {period.shown()}.")
    word = WORDS.get(per, f"{per:,f} tokens")
    together = not by_model and len({use.model for use in uses}) > 1
    together = together and not any(name == "model" and len(values) > 1 for name, values in scope.where)
    models: dict[tuple[str, str, str], tuple[int, Decimal]] = {}
    for use in uses:
        for called in (TOGETHER, use.model) if together else (use.model,):
            for kind in ("all tokens", SHOWN[use.kind]):
                place = (called, kind, use.cost.currency)
                tokens, cost = models.get(place, (0, Decimal(0)))
                models[place] = tokens + use.tokens, EXACT.add(cost, use.cost.amount)
    weight = {(model, code): cost for (model, kind, code), (_, cost) in models.items() if kind == "all tokens"}
    by_weight = sorted(models, key=lambda m: (-weight[m[0], m[2]], m[0], m[1] != "all tokens", m[1]))
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    for model, kind, code in by_weight:
        tokens, cost = models[model, kind, code]
        price = trimmed(EXACT.divide(EXACT.multiply(cost, per), Decimal(tokens)).quantize(PLACES * per / MILLION))
        called = f"{model} a {word}" if kind == "all tokens" else f"{model} {kind} a {word}"
        figures.append(Figure(called, price, f"{code} per {word}", rows.span.through))
        lines.append((model, kind, code, Decimal(tokens), cost, price))
    order = sorted(figures, key=lambda figure: any(f" {kind} a {word}" in figure.label for kind in SHOWN.values()))
    top = [figure for figure in order if not any(f" {kind} a {word}" in figure.label for kind in SHOWN.values())]
    which = "all kinds together"
    if side is not None:
        ends = f" {KINDS[side]} a {word}"
        top = [figure for figure in figures if figure.label in {f"{model}{ends}" for model, _, _ in models}]
        if not top:
            raise Unknown(f"The bill states no {NAMED[side]} tokens for {rows.words}, {period.shown()}.")
        order = [*top, *(figure for figure in order if figure not in top)]
        which = f"{KINDS[side]} alone"
    told = ", ".join(f"{_model(f.label, models)} {_shown(f)}" for f in top[:3])
    return Result(
        f"Paid for a {word}, {scope.cost} cost, {which}: {told}; {rows.words}, {period.shown()}. {through(rows)}",
        tuple(order),
        Table(
            f"Cost of a {word}, {rows.words}, {period.shown()}",
            ("Model", "Kind", "Currency", "Tokens", "Cost", f"Per {word.removesuffix(' tokens')}"),
            tuple(lines[:MOST_ROWS]),
        ),
        None,
        ("Only usage rows that name a model and state a token quantity are counted.", *rows.assumptions),
        warnings,
        rows.span.through,
    )


def _shown(figure: Figure) -> str:
    """In cents; below a dollar to four digits, as cents say too little of a price of tokens."""
    money = Money(figure.value, figure.unit.split()[0])
    if abs(money.amount) >= 1 or money.amount == round(money.amount, 2):
        return money.shown()
    return f"{plain(Decimal(f'{money.amount:.4g}'))} {money.currency}"


def _model(label: str, models: Iterable[tuple[str, str, str]]) -> str:
    """The model whose price a figure's label names."""
    return max((model for model, _, _ in models if label.startswith(f"{model} ")), key=len)
