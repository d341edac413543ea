"""What part of a larger spend a smaller one is: research's share of October, AI's share of the bill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.errors import Denied, NeedsChoice
from tools.ledger.audience import Audience
from tools.ledger.dimensions import singles_out
from tools.ledger.filters import filter_named
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, asked_period, sums, trimmed, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import EXACT, added, one_decimal, percent, several, through
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table

AI = "ai"
NO_WHOLE = "Only your own teams' spend may be shown here, so their share of everybody's cannot be told."


def spend_share(ledger: Ledger, scope: Scope, audience: Audience, today: date, of: tuple[str, ...]) -> Result:
    """What share, in percent, the rows of `scope` are of the rows of the same scope without its filters on the
    dimensions in `of`; "ai" among them sets AI spend against all spend. Per currency: the share, the part, the whole.

    No charge of the part in a period that the data covers is a true 0%. Where the whole is zero or negative (credits)
    no share is given, and a warning says why. Denied where the audience may see no more of the whole than the part;
    where it may see some of it, the whole is what it may see, and the reply says so. NeedsChoice where `of` takes no
    filter away.
    """
    part_scope, whole_scope = _sides(scope, of)
    apart = tuple(name for name in _dimensions(of) if name != "team" and singles_out(name))
    part, whole = view(ledger, part_scope, audience, apart), view(ledger, whole_scope, audience, apart)
    if whole.narrowed and "team" in _dimensions(of) and _sees_only(part, audience):
        raise Denied(NO_WHOLE)
    period, warnings = asked_period(whole, today)
    _, own_warnings = asked_period(replace(part, scope=replace(part_scope, period=period)), today)
    part_groups, whole_groups = (sums(ledger, rows.within(period)) for rows in (part, whole))
    as_of = whole.span.through
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    parts: list[str] = []
    notes: list[str] = []
    charts: list[Chart] = []
    charged = {g.amount.currency for g in part_groups}
    codes = [code for code in dict.fromkeys(g.amount.currency for g in whole_groups) if not charged or code in charged]
    of_words = _whole_words(whole)
    part_words = _part_words(part, whole)
    for code in codes:
        zero = Money(Decimal(0), code)
        mine = added([zero, *(g.amount for g in part_groups if g.amount.currency == code)])
        every = added([g.amount for g in whole_groups if g.amount.currency == code])
        rest = Money(trimmed(EXACT.subtract(every.amount, mine.amount)), code)
        share = percent(mine, every) if every.amount > 0 else None
        if share is None:
            notes.append(f"{of_words} is {every.shown()}, so no share of it can be told.")
            parts.append(f"{part_words} is {mine.shown()} of {every.shown()}")
        else:
            figures.append(Figure(f"Share, {part.words} of {of_words}, {period.shown()} ({code})", share, "%", as_of))
            parts.append(
                f"{part_words} is {shown_share(share)}% of {of_words}: {mine.shown()} of {every.shown()} "
                f"{scope.cost} cost"
            )
        if rest.amount < 0:
            notes.append("Credits in the rest make the whole smaller than the part.")
        figures.append(Figure.of(f"{scope.cost.capitalize()} cost, {part.words}, {period.shown()}", mine, as_of))
        figures.append(Figure.of(f"{scope.cost.capitalize()} cost, {of_words}, {period.shown()}", every, as_of))
        lines.append((part.words, code, mine.amount, share))
        lines.append(("the rest", code, rest.amount, percent(rest, every) if share is not None else None))
        lines.append((of_words, code, every.amount, percent(every, every) if share is not None else None))
        if share is not None and mine.amount >= 0 and rest.amount >= 0:
            slices = Series("cost", (mine.amount, rest.amount))
            charts.append(
                Chart("pie", f"{part.words} of {of_words}, {period.shown()}", code, (part.words, "the rest"), (slices,))
            )
    if not codes:
        parts, notes = [f"No charge matches: {of_words}"], ["Without any charge there is no share to tell."]
    columns = ("", "Currency", COST_COLUMNS[scope.cost], "Share (%)")
    return Result(
        f"{'; '.join(parts)}, {period.shown()}. {through(whole)}",
        tuple(figures),
        Table(f"{part.words} of {of_words}, {period.shown()}", columns, tuple(lines)),
        charts[0] if len(codes) == 1 and charts else None,
        (*whole.counted, *dict.fromkeys((*part.assumptions, *whole.assumptions)), *several(whole_groups)),
        tuple(dict.fromkeys((*warnings, *own_warnings, *notes, *unknown_costs(whole_groups, scope.cost)))),
        as_of,
    )


def shown_share(share: Decimal) -> str:
    """One decimal place; under 0.1, two significant digits, so that a small share is not shown as none."""
    if share and abs(share) < Decimal("0.1"):
        return format(share.quantize(Decimal(1).scaleb(share.adjusted() - 1)).normalize(), "f")
    return one_decimal(share)


def _dimensions(of: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter_named(name) for name in of if name != AI)


def _sides(scope: Scope, of: tuple[str, ...]) -> tuple[Scope, Scope]:
    """The scope of the part and of the whole."""
    dropped = _dimensions(of)
    kept = tuple(pair for pair in scope.where if filter_named(pair[0]) not in dropped)
    part = replace(scope, ai_only=True) if AI in of else scope
    whole = replace(scope, where=kept, ai_only=False if AI in of else scope.ai_only)
    if part == whole:
        raise NeedsChoice("The share of what? Name a team, provider, service or model.", ("team", "provider", "model"))
    return part, whole


def _sees_only(part: View, audience: Audience) -> bool:
    """Whether all teams that the audience may see are in the part, so that the whole it may see is the part itself."""
    asked = {value.strip().casefold() for name, values in part.scope.where if name == "team" for value in values}
    return (audience.teams or frozenset()) <= asked


def _part_words(part: View, whole: View) -> str:
    """What sets the part apart: `AI spend` of AWS, not `AWS, AI spend` of it."""
    said = whole.words.split(", ")
    own = [word for word in part.words.split(", ") if word not in said]
    return ", ".join(own) or part.words


def _whole_words(whole: View) -> str:
    chosen = any(filter_named(name) == "team" for name, _ in whole.scope.where)
    return f"all that may be seen here ({whole.words})" if whole.narrowed and not chosen else whole.words
