"""What came back to us: each credit, refund, correction and adjustment of the bill: from whom, when, what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import label
from tools.ledger.filters import filter_named
from tools.ledger.ledger import Ledger
from tools.ledger.naming.charge_kinds import KIND, MEANT, is_of, kind_named
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, asked_period, trimmed, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.shared import together
from tools.ledger.spend import added, several_codes, through
from tools.money import Money
from tools.period import day_shown
from tools.results import Cell, Figure, Result, Table, listed

ALL = ("credits", "refunds", "adjustments", "corrections")
MOST_NAMED = 4
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Item:
    """What one provider entered on one day under one description."""

    day: date
    provider: str
    what_for: str
    team: str
    amount: Money


def credits_given(ledger: Ledger, scope: Scope, audience: Audience, today: date, called: Sequence[str] = ()) -> Result:
    """The charges of the scope that are credits, refunds, adjustments or corrections (the kinds that the scope names,
    else all of these), the sum first, negative as the bill has it, then each by day, provider and description, the
    largest first. `called` are words that the description must hold. A sum for several teams shown to somebody who may
    not see each names no description. Unknown where there is none, with those there are where `called` is given."""
    kinds = [kind_named(v) for name, values in scope.where if filter_named(name) == KIND for v in values] or [*ALL]
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    kind = listed(kinds) if set(kinds) != set(ALL) else "credits and refunds"
    items = _items(ledger, rows.within(period), scope, kinds)
    where = _where(rows, kinds)
    if not items:
        raise Unknown(f"The bill has no {kind.replace(' and ', ' or ')}{where} in {period.shown()}. {through(rows)}")
    if called and rows.shared_with is None:
        wanted = [item for item in items if all(_says(item.what_for, word) for word in called)]
        if not wanted:
            there = listed([_told(item) for item in items[:MOST_NAMED]])
            raise Unknown(f"No {kind}{where} in {period.shown()} say “{' '.join(called)}”. There are: {there}.")
        items = wanted
    sums: dict[str, list[Money]] = {}
    for item in items:
        sums.setdefault(item.amount.currency, []).append(item.amount)
    totals = [added(amounts) for amounts in sums.values()]
    as_of = rows.span.through
    figures = [Figure.of(f"{kind.capitalize()}{where}, {period.shown()}", total, as_of) for total in totals]
    figures += [Figure(f"Given back, {t.currency}", -t.amount, t.currency, as_of) for t in totals if t.amount < 0]
    figures += [
        Figure.of(f"{item.provider}, {day_shown(item.day)}{_for(item)}", item.amount, as_of)
        for item in items[:MOST_ROWS]
    ]
    more = f" and {len(items) - MOST_NAMED} more" if len(items) > MOST_NAMED else ""
    said = f"{kind.capitalize()}{where}, {period.shown()}: "
    said = said if len(items) == 1 else f"{listed([t.shown() for t in totals])} of {said[0].lower()}{said[1:]}"
    said += f"{listed([_told(item) for item in items[:MOST_NAMED]])}{more}"
    lines: list[tuple[Cell, ...]] = [
        (day_shown(i.day), i.provider, i.what_for or None, i.team or None, i.amount.currency, i.amount.amount)
        for i in items[:MOST_ROWS]
    ]
    return Result(
        f"{said}. {through(rows)}",
        tuple(figures),
        Table(
            f"{kind.capitalize()}{where}, {period.shown()}",
            ("Day", "Provider", "What for", "Team", "Currency", "Amount"),
            tuple(lines),
        ),
        None,
        (*(MEANT[one] for one in kinds if one in MEANT), *rows.assumptions, *several_codes(sorted(sums))),
        warnings,
        as_of,
    )


def _items(ledger: Ledger, rows: View, scope: Scope, kinds: Sequence[str]) -> list[Item]:
    """The items, the largest by size first."""
    shared = rows.shared_with is not None
    table = together(ledger, rows, ("provider",))
    table = table.filter(is_of(table, kinds) & (table[COST_COLUMNS[scope.cost]] != 0))
    query = table.group_by(
        day=table[c.X_DAY],
        provider=label(table, "provider"),
        code=table[c.BILLING_CURRENCY],
        what_for=table[c.CHARGE_DESCRIPTION],
        team=table[c.X_TEAM],
    ).agg(amount=table[COST_COLUMNS[scope.cost]].sum())
    found: dict[tuple[date, str, str, str, str], Decimal] = {}
    for day, provider, code, what_for, team, amount in ledger.rows(query):
        hidden = ("", "") if shared else (" ".join(str(what_for or "").split()), str(team or ""))
        place = (calendar_day(day), str(provider or "a provider not named"), str(code), *hidden)
        found[place] = found.get(place, Decimal(0)) + (amount or Decimal(0))
    items = [
        Item(day, provider, what_for, team, Money(trimmed(amount), code))
        for (day, provider, code, what_for, team), amount in found.items()
        if amount
    ]
    return sorted(items, key=lambda item: (-abs(item.amount.amount), item.day, item.provider))


def _where(rows: View, kinds: Sequence[str]) -> str:
    """What else the scope keeps to, after a comma."""
    spelt = {", ".join(kinds), *kinds}
    kept = [part for part in rows.words.split(", ") if part not in spelt and part != "all spend"]
    return f", {', '.join(kept)}" if kept else ""


def _says(what_for: str, word: str) -> bool:
    """Whether a description holds the word, or words that it is the initials of: EDP, enterprise discount program."""
    initials = "".join(part[0] for part in what_for.casefold().split() if part[0].isalpha())
    return word.casefold() in what_for.casefold() or (word.isupper() and word.casefold() in initials)


def _for(item: Item) -> str:
    return f" ({item.what_for})" if item.what_for else ""


def _told(item: Item) -> str:
    return f"{item.amount.shown()} by {item.provider} on {day_shown(item.day)}{_for(item)}"
