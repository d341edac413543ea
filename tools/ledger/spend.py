"""How much was spent: totals, splits and series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from tools.errors import NeedsChoice, Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import TAG, TIMES, dimension_named, title
from tools.ledger.groups import Group, shown_label
from tools.ledger.known import days_of_providers, tag_keys, unknown_value
from tools.ledger.ledger import Ledger
from tools.ledger.naming.tag_keys import spellings
from tools.ledger.query import View, asked_period, sums, trimmed, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

EXACT = Context(prec=60)
MOST_ROWS = 25
OTHERS = "others"
MOST_NAMED = 11
FEW = 5


def spend_total(ledger: Ledger, scope: Scope, audience: Audience, today: date) -> Result:
    """The sum of the scope's cost, per currency, exact. Where the rows hold both AI and other spend, how much of it is
    AI spend. No charge in a period that the data covers is a true zero, and said; a period without data, or without any
    charge by the providers asked about, is Unknown."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    inside = rows.within(period)
    groups = sums(ledger, inside)
    said = [*rows.counted, *rows.assumptions]
    if not groups:
        _billed_at_all(ledger, rows, period)
        groups = [Group((), (), Money(Decimal(0), currency), 0, 0) for currency in currencies(ledger, rows)]
        said.append("No charge matches in a period that the billing data covers, so this is zero.")
    name = f"{scope.cost.capitalize()} cost"
    figures = [Figure.of(f"{name}, {rows.words}, {period.shown()}", g.amount, rows.span.through) for g in groups]
    summary = f"{listed([g.amount.shown() for g in groups])} {scope.cost} cost: {rows.words}, {period.shown()}"
    ai = [] if scope.ai_only else ai_part(ledger, inside)
    if ai:
        figures += [Figure.of("of which AI spend", amount, rows.span.through) for amount in ai]
        summary += f"; of which {listed([amount.shown() for amount in ai])} is AI spend"
        said.append("The rest are rows of the bill that are not AI services, model providers or accelerators.")
    lines: list[tuple[Cell, ...]] = [("total", g.amount.currency, g.amount.amount) for g in groups]
    lines += [("of which AI spend", amount.currency, amount.amount) for amount in ai]
    return Result(
        f"{summary}. {through(rows)}",
        tuple(figures),
        Table(f"{rows.words}, {period.shown()}", ("", "Currency", COST_COLUMNS[scope.cost]), tuple(lines)),
        None,
        (*said, *several(groups)),
        (*warnings, *unknown_costs(groups, scope.cost)),
        rows.span.through,
    )


def _billed_at_all(ledger: Ledger, rows: View, period: Period) -> None:
    """Unknown where the providers asked about have no row at all in a period: whether a bill is missing or nothing was
    bought, the ledger cannot tell."""
    if not any(name == "provider" for name, _ in rows.scope.where):
        return
    if not days_of_providers(ledger, rows.spans, period):
        raise Unknown(
            f"There is no charge by {listed(sorted(rows.spans))} in {period.shown()}: whether nothing was spent or a "
            "bill is missing is unknown."
        )


def spend_by(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, by: tuple[str, ...], top: int | None = None
) -> Result:
    """The scope's cost split by one or more dimensions (`day`, `week`, `month` among them), the largest group first,
    with shares in percent of the total, what is past `top` (or 25) as one row, and the total. With `top` the headline
    figure is the largest group's; else it is the total."""
    names = tuple(dict.fromkeys(dimension_named(name) for name in by))
    if not names:
        raise NeedsChoice("By what should spend be split?", ("team", "provider", "service", "model"))
    if top is not None and top < 1:
        raise NeedsChoice("How many groups should be shown? At least one.")
    rows = view(ledger, scope, audience, names)
    period, warnings = asked_period(rows, today)
    groups = sums(ledger, rows.within(period), names)
    if not groups:
        return spend_total(ledger, scope, audience, today)
    for place, name in enumerate(names):
        if all(group.keys[place] is None for group in groups):
            raise not_stated(ledger, audience, name, rows, period)
    if all(name in TIMES for name in names):
        groups.sort(key=lambda g: (g.amount.currency, g.keys))
    shown = " and ".join(name.removeprefix(TAG).replace("_", " ") for name in names)
    through_day, lines, figures, firsts = rows.span.through, [], [], []
    totals: list[Figure] = []
    codes = list(dict.fromkeys(g.amount.currency for g in groups))
    for code in codes:
        mine = [g for g in groups if g.amount.currency == code]
        total = added([g.amount for g in mine])
        kept, rest = _ranked(mine, top)
        for group in kept:
            called = [shown_label(n, v) for n, v in zip(names, group.labels, strict=True)]
            figures.append(Figure.of(", ".join(called), group.amount, through_day))
            lines.append((*called, code, group.amount.amount, percent(group.amount, total)))
        if rest:
            sum_of_rest = added([g.amount for g in rest])
            called = [f"{OTHERS} ({len(rest)})", *[""] * (len(names) - 1)]
            figures.append(Figure.of(called[0], sum_of_rest, through_day))
            lines.append((*called, code, sum_of_rest.amount, percent(sum_of_rest, total)))
        lines.append(("total", *[""] * (len(names) - 1), code, total.amount, percent(total, total)))
        totals.append(Figure.of(f"Total {scope.cost} cost, {rows.words}, {period.shown()}", total, through_day))
        firsts.append((kept, percent(kept[0].amount, total), total))
    headline = [*totals, *figures] if top is None else [*figures, *totals]
    if top is not None and len(codes) > 1:
        headline = sorted(headline, key=lambda f: f.label.startswith((OTHERS, "Total")))
    cost_column = COST_COLUMNS[scope.cost]
    column = f"{cost_column} ({codes[0]})" if len(codes) == 1 else cost_column
    columns = (*(title(name) for name in names), "Currency", column, "Share (%)")
    return Result(
        _split_summary(firsts, names, shown, rows, period, len(groups), top),
        tuple(headline),
        Table(f"{scope.cost.capitalize()} cost by {shown}, {rows.words}, {period.shown()}", columns, tuple(lines)),
        _bars(f"{scope.cost.capitalize()} cost by {shown}, {period.shown()}", names, groups, codes),
        (*rows.counted, *rows.assumptions, *several(groups)),
        (*warnings, *unknown_costs(groups, scope.cost)),
        through_day,
    )


def not_stated(ledger: Ledger, audience: Audience, name: str, rows: View, period: Period) -> Unknown:
    """The error for a split by what no charge has: one group without a name would rank nothing."""
    if name.startswith(TAG) and set(spellings(name[len(TAG) :])).isdisjoint(keys := tag_keys(ledger, audience)):
        return unknown_value("tag", name[len(TAG) :], keys)
    what = {"team": "carries a team tag", "model": "names a model"}.get(name, f"states a {title(name).lower()}")
    if name.startswith(TAG):
        what = f"carries the tag {name[len(TAG) :]}"
    return Unknown(f"No charge here {what}, so the split is unknown: {rows.words}, {period.shown()}.")


def _ranked(groups: list[Group], top: int | None) -> tuple[list[Group], list[Group]]:
    """The groups to show and the rest. A ranking is of named groups; the one without a name is shown after them."""
    if top is None:
        shown = len(groups) if len(groups) == MOST_ROWS + 1 else MOST_ROWS
        return groups[:shown], groups[shown:]
    named = [g for g in groups if None not in g.keys]
    nameless = [g for g in groups if None in g.keys]
    if not named or len(nameless) > 1:
        return groups[:top], groups[top:]
    return named[:top] + nameless, named[top:]


def _split_summary(
    firsts: Sequence[tuple[Sequence[Group], Decimal | None, Money]],
    names: Sequence[str],
    shown: str,
    rows: View,
    period: Period,
    count: int,
    top: int | None,
) -> str:
    parts = []
    for kept, share, total in firsts:
        group = kept[0]
        called = _called(names, group)
        of_total = f", {one_decimal(share)}% of {total.shown()}" if share is not None else f" of {total.shown()}"
        if top == 1:
            parts.append(f"{called} is the largest {shown} at {group.amount.shown()}{of_total}")
        elif top is not None and 1 < top <= MOST_NAMED and len(kept) > 1:
            named = [g for g in kept if None not in g.keys] or list(kept)
            ranked = [f"{_called(names, g)} {g.amount.shown()}" for g in named]
            others = [f"{_called(names, g)} {g.amount.shown()}" for g in kept if g not in named]
            beside = f" ({listed(others)} beside them)" if others else ""
            parts.append(f"The largest: {listed(ranked)}, of {total.shown()} in all{beside}")
        elif all(name in TIMES for name in names):
            parts.append(f"{total.shown()} in all")
        else:
            parts.append(f"{total.shown()} in all, the most by {called}: {group.amount.shown()}")
            parts[-1] += f" ({one_decimal(share)}%)" if share is not None else ""
            if len(names) == 1 and 1 < len(kept) <= FEW:
                parts[-1] += f", then {listed([f'{_called(names, g)} {g.amount.shown()}' for g in kept[1:]])}"
    return f"{'; '.join(parts)}. {rows.scope.cost.capitalize()} cost, {rows.words}, {period.shown()}. {through(rows)}"


def _called(names: Sequence[str], group: Group) -> str:
    return ", ".join(shown_label(name, value) for name, value in zip(names, group.labels, strict=True))


def _bars(heading: str, names: Sequence[str], groups: Sequence[Group], codes: Sequence[str]) -> Chart | None:
    if len(codes) > 1 or not len(groups) >= 2 or len(names) > 1:
        return None
    kept = groups[:12] if names[0] not in TIMES else groups
    labels = tuple(shown_label(names[0], g.labels[0]) for g in kept)
    return Chart("bar", heading, codes[0], labels, (Series("cost", tuple(g.amount.amount for g in kept)),))


def ai_part(ledger: Ledger, rows: View) -> list[Money]:
    """AI spend among the rows, per currency; empty unless they hold both AI and other rows."""
    table = rows.table
    query = table.group_by(table[c.BILLING_CURRENCY]).agg(ai=table[c.X_AI].sum(), rows=table.count())
    counts = ledger.rows(query)
    if not any(row[1] for row in counts) or all(row[1] == row[2] for row in counts):
        return []
    return [group.amount for group in sums(ledger, rows.narrow(table[c.X_AI]))]


def currencies(ledger: Ledger, rows: View) -> list[str]:
    """The currencies of the question's rows on any day; of the whole ledger where it has none."""
    found = ledger.rows(rows.table.select(c.BILLING_CURRENCY).distinct())
    if not found:
        from tools.ledger.known import data_span

        span = data_span(ledger)
        return list(span[2]) if span else []
    return sorted(str(row[0]) for row in found)


def added(amounts: Sequence[Money]) -> Money:
    """The exact sum of amounts of one currency; a ledger's digits can be more than Decimal keeps by default."""
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount.amount)
    return Money(total, amounts[0].currency)


def percent(part: Money, whole: Money) -> Decimal | None:
    """`part` in percent of `whole` to six decimals; None where the whole is zero."""
    if whole.amount == 0:
        return None
    ratio = EXACT.divide(EXACT.multiply(part.amount, Decimal(100)), whole.amount)
    return trimmed(EXACT.quantize(ratio, Decimal("0.000001")))


def one_decimal(share: Decimal) -> str:
    return str(share.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN))


def through(rows: View) -> str:
    return f"Billing data through {day_shown(rows.span.through)}."


def several(groups: Sequence[Group]) -> tuple[str, ...]:
    return several_codes(sorted({g.amount.currency for g in groups}))


def several_codes(codes: Sequence[str]) -> tuple[str, ...]:
    return (f"{listed(codes)} amounts are not added to each other.",) if len(codes) > 1 else ()
