"""Scope and audience -> the rows that answer, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tools.errors import Denied, Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import key, label, singles_out
from tools.ledger.filters import any_of, condition, filter_named
from tools.ledger.groups import Group, told_apart
from tools.ledger.known import (
    Span,
    covered_days,
    gaps_of,
    named_values,
    provider_spans,
    visible,
)
from tools.ledger.ledger import Ledger
from tools.ledger.naming.charge_kinds import KIND
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.second_look import only_theirs
from tools.ledger.shared import is_fine, must_be_shared, together
from tools.ledger.storing.allocation import FILE as ALLOCATION
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import listed

NOT_THE_OTHERS = "You may not see the spend of other teams here."
COUNTED = "All charge categories count, credits and refunds as negative amounts."


@dataclass(frozen=True, slots=True)
class View:
    """The rows that answer a question, whatever their day. `words` confirm what was understood; `span` is what the
    data of the providers asked about covers; `narrowed` is whether the audience sees less than all rows; `covered` are
    the days that any row of the ledger covers; `counted` says which charge categories count, where none was asked
    for. `shared_with` is set when the rows are every team's and are for somebody who may not see each team's: `whole`
    are all of them, whatever their day and kind."""

    table: Any
    scope: Scope
    words: str
    assumptions: tuple[str, ...]
    span: Span
    spans: dict[str, Span]
    narrowed: bool
    covered: frozenset[date] = frozenset()
    counted: tuple[str, ...] = (COUNTED,)
    shared_with: Audience | None = None
    whole: Any = None

    def within(self, period: Period) -> View:
        day = self.table[c.X_DAY]
        return replace(self, table=self.table.filter((day >= period.start) & (day < period.end)))

    def narrow(self, condition: Any) -> View:
        return replace(self, table=self.table.filter(condition))


def view(ledger: Ledger, scope: Scope, audience: Audience, by: Sequence[str] = ()) -> View:
    """The rows for a scope that this audience may see, split or not by dimensions. Denied and Unknown as the question
    deserves: a team that may not be seen is denied alike whether or not it exists."""
    asked = [(filter_named(name), values) for name, values in scope.where]
    left_out = [(filter_named(name), values) for name, values in scope.without]
    either = [(filter_named(name), values) for name, values in scope.either]
    used = [*(name for name, _ in (*asked, *either, *left_out)), *by]
    table = visible(audience, used)
    words, sellers = list[str](), list[str]()
    sorted_out = any(name in (KIND, "charge_category", "charge_class") for name, _ in (*asked, *left_out))
    assumptions: list[str] = []
    for name, values in asked:
        kept, shown, said = condition(ledger, table, audience, name, values)
        if together_called := dict(scope.called).get(name):
            said, shown = [*said, f"Counted as {together_called}: {listed(shown)}."], [together_called]
        table = table.filter(kept)
        words += shown
        assumptions += said
        sellers += shown if name == "provider" else []
    if either:
        met = [condition(ledger, table, audience, name, values) for name, values in either]
        table = table.filter(any_of([kept for kept, _, _ in met]))
        words.append(listed([one for _, shown, _ in met for one in shown]))
    guarded = audience.teams is not None and audience.totals and not any(singles_out(name) for name in used)
    _leaves_somebody(audience, asked, left_out)
    for name, values in left_out:
        dropped, shown, said = condition(ledger, table, audience, name, values)
        if guarded and is_fine([name]):
            must_be_shared(ledger, table.filter(dropped.fill_null(False)), audience)
        table = table.filter(~dropped.fill_null(False))
        words.append(f"without {listed(shown)}")
        assumptions += said
    if guarded and is_fine(name for name, _ in (*asked, *either, *left_out)):
        must_be_shared(ledger, table, audience)
    narrowed = audience.teams is not None and (not audience.totals or any(singles_out(name) for name in used))
    if narrowed and not any(name == "team" for name, _ in asked):
        words.insert(
            0, listed([named_values(ledger, audience, "team").get(t, t) for t in sorted(audience.teams or ())])
        )
        assumptions.append("Only the teams that may be seen here are counted.")
    if (narrowed or "team" in used) and (ruled := ledger.allocated_charges()):
        charges = f"{ruled:,} {'charge' if ruled == 1 else 'charges'}" if audience.sees_all else "charges"
        assumptions.append(f"{ALLOCATION}: {charges} of the ledger given to teams by rule, not by tag.")
    if scope.ai_only:
        table = table.filter(table[c.X_AI])
        words.append("AI spend")
    every = provider_spans(ledger)
    seen = named_values(ledger, audience, "provider")
    relevant = {name: span for name, span in every.items() if name in (sellers or seen)}
    days = (relevant or every).values()
    span = Span(min(s.first for s in days), max(s.through for s in days), max(s.charged for s in days))
    said_in_words = ", ".join(words) or "all spend"
    counted = () if sorted_out else (COUNTED,)
    if narrowed:
        only_theirs(ledger, table, audience)
    days_covered = covered_days(ledger)
    common = audience if guarded else None
    return View(
        *(table, scope, said_in_words, tuple(assumptions), span, relevant, narrowed, days_covered, counted),
        shared_with=common,
        whole=table,
    )


def _leaves_somebody(
    audience: Audience,
    asked: Sequence[tuple[str, Sequence[str]]],
    left_out: Sequence[tuple[str, Sequence[str]]],
) -> None:
    """Denied where a total without teams is asked for by somebody who may see sums over all teams but not the others'
    spend, and where none of the teams that may be seen is left: neither is zero, nor the rest of one's own."""
    gone = {value.casefold() for name, values in left_out if name == "team" for value in values}
    if not gone or audience.teams is None:
        return
    whole = audience.totals and not any(name == "team" for name, _ in asked)
    if audience.teams and (whole or audience.teams <= gone):
        raise Denied(NOT_THE_OTHERS)


def sums(ledger: Ledger, rows: View, by: Sequence[str] = ()) -> list[Group]:
    """Exact sums of the scope's cost by the dimensions and currency, the largest first; empty when no row answers."""
    table = together(ledger, rows, by)
    cost = table[COST_COLUMNS[rows.scope.cost]]
    keys = {f"k{i}": key(table, name) for i, name in enumerate(by)}
    labels = {f"l{i}": label(table, name).max() for i, name in enumerate(by)}
    query = table.group_by(currency=table[c.BILLING_CURRENCY], **keys).agg(
        amount=cost.sum(), rows=table.count(), unknown=cost.isnull().sum(), **labels
    )
    wide = len(by)
    groups = []
    for row in ledger.rows(query):
        amount, count, unknown = row[1 + wide : 4 + wide]
        money = Money(trimmed(amount or Decimal(0)), row[0])
        identity, called = (tuple(map(_calendar_day, part)) for part in (row[1 : 1 + wide], row[4 + wide :]))
        groups.append(Group(identity, called, money, count, int(unknown or 0)))
    (groups,) = told_apart(groups)
    rows_of: dict[str, int] = {}
    for group in groups:
        rows_of[group.amount.currency] = rows_of.get(group.amount.currency, 0) + group.rows
    # The currency with most rows first.
    return sorted(
        groups,
        key=lambda g: (-rows_of[g.amount.currency], g.amount.currency, -g.amount.amount, str(g.labels)),
    )


def _calendar_day(value: Any) -> Any:
    """The start of a month or week, which DuckDB gives as a moment, as a date; anything else as it is."""
    return value.date() if isinstance(value, datetime) else value


def trimmed(value: Decimal) -> Decimal:
    """The same number without the zeros that a fixed scale adds."""
    if value == 0:
        return Decimal(0)
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    kept = list(digits)
    while exponent < 0 and kept[-1] == 0:
        kept.pop()
        exponent += 1
    return Decimal((sign, tuple(kept), exponent))


def asked_period(rows: View, today: date) -> tuple[Period, tuple[str, ...]]:
    """The period of the question, or all the days charged, with a warning for each part of it without data. Unknown
    when no day of it has data."""
    span = rows.span
    whole = Period(span.first, max(span.through, span.first) + timedelta(1))
    period = rows.scope.period
    if period is None:
        return Period(span.first, max(span.charged, span.first) + timedelta(1)), tuple(_lagging(rows, whole))
    inside = period.overlap(whole)
    gaps = gaps_of(rows.covered, inside) if inside is not None else []
    if inside is None or gaps == [inside]:
        raise Unknown(
            f"There is no billing data for {period.shown()}; data runs from {day_shown(span.first)} through "
            f"{day_shown(span.through)}."
        )
    warnings = [f"There is no billing data at all for {gap.shown()}: it is unknown, not zero." for gap in gaps]
    if period.start < span.first:
        warnings.append(f"{period.shown()} is partial: billing data starts on {day_shown(span.first)}.")
    if period.last_day > span.through:
        warnings.append(f"{period.shown()} is partial: billing data ends on {day_shown(span.through)}.")
    elif period.last_day >= today:
        warnings.append(f"{period.shown()} is partial: it has not ended yet.")
    return period, (*warnings, *_lagging(rows, period))


def unknown_costs(groups: Sequence[Group], cost: str) -> tuple[str, ...]:
    """A warning when rows state no such cost."""
    count, rows = sum(g.unknown for g in groups), sum(g.rows for g in groups)
    return (f"{count:,} of {rows:,} charges state no {cost} cost: the sum is partial.",) if count else ()


def _lagging(rows: View, period: Period) -> list[str]:
    last = min(period.last_day, rows.span.through)
    recent, late = period.start - timedelta(31), last - timedelta(1)
    return [
        f"{name}'s billing data ends on {day_shown(span.through)}."
        for name, span in sorted(rows.spans.items())
        if span.first < period.end and recent <= span.through < late
    ]
