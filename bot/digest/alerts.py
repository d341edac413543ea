"""What a channel is to be alerted to. Pure: standings, anomalies and what was told already in, one message out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.reply import Reply
from tools.ledger.budgets.budget_status import Alert, alerts_due
from tools.ledger.budgets.standings import Standing
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import Figure, Result

MOST = 5
WHAT_IS_COUNTED = "Budgets count effective cost, credits and refunds included."
WHAT_STANDS_OUT = "A day stands out against its weekday and trend over the 8 weeks before it."


@dataclass(frozen=True, slots=True)
class Due:
    """One message, and the keys to keep so that nothing in it is told again."""

    reply: Reply
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unusual:
    key: str
    text: str
    figures: tuple[Figure, ...]


def due(standings: Sequence[Standing], unusual: Result | None, told: Collection[str], today: date) -> Due | None:
    """What is new since `told`: budgets that passed a threshold or are heading above their amount, and, once a day at
    most, days that cost more than expected. None when there is nothing. `unusual` is a result of `anomalies`."""
    budgets = alerts_due(standings, told)
    day = f"anomalies|{today}"
    found = _unusual(unusual) if unusual is not None and day not in told else []
    days = [one for one in found if one.key not in told]
    if not budgets and not days:
        return None
    through = [one.standing.through for one in budgets]
    if days and unusual is not None:
        through.append(unusual.data_through)
    freshest = min((known for known in through if known is not None), default=None)
    parts = [
        _listed("Budget alert", _texts(budgets)),
        _listed("Spend that stands out", [one.text for one in days]),
        f"Billing data through {day_shown(freshest)}." if freshest else "",
    ]
    reply = Reply(
        status="answered",
        question=f"Alerts of {today}",
        text="\n\n".join(part for part in parts if part),
        figures=tuple(dict.fromkeys([*_figures(budgets), *(figure for one in days for figure in one.figures)])),
        assumptions=(*([WHAT_IS_COUNTED] if budgets else []), *([WHAT_STANDS_OUT] if days else [])),
        data_through=freshest,
    )
    keys = [key for alert in budgets for key in alert.keys]
    return Due(reply, (*keys, *(one.key for one in days), *([day] if days else [])))


def _listed(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"{len(lines) - MOST} more; ask me for all of them."] if len(lines) > MOST else []
    return "\n".join([f"**{heading}**", *(f"- {line}" for line in (*lines[:MOST], *more))])


def _texts(alerts: Sequence[Alert]) -> list[str]:
    """One line a budget and period: what has passed a threshold and where it is heading are one matter."""
    texts: dict[tuple[str, Period], str] = {}
    for alert in alerts:
        one = alert.standing
        name = (one.budget.name, one.period)
        if name in texts and alert.forecast and one.projected is not None:
            texts[name] = f"{texts[name].rstrip('.')}, heading for {one.projected.shown()}."
        else:
            texts[name] = alert.text
    return list(texts.values())


def _figures(alerts: Sequence[Alert]) -> list[Figure]:
    figures = []
    for one in (alert.standing for alert in alerts):
        name, when = one.budget.name, one.period.shown()
        if one.spent is not None:
            figures.append(Figure.of(f"Spent, {name}, {when}", one.spent, one.through))
        if one.used is not None:
            figures.append(Figure(f"Used, {name}, {when}", one.used, "%", one.through))
        figures.append(Figure.of(f"Budget, {name}, {when}", one.budget.amount, one.through))
        if one.projected is not None:
            figures.append(Figure.of(f"Projected at the end, {name}, {when}", one.projected, one.through))
    return figures


def _unusual(result: Result) -> list[_Unusual]:
    """The rows of its table that cost more than expected. A run of days that goes on is the same one."""
    if result.table is None:
        return []
    found = []
    places = {name: place for place, name in enumerate(result.table.columns)}
    for row in result.table.rows:
        first, last, where, currency = (row[places[name]] for name in ("From", "Through", "Where", "Currency"))
        actual, expected, excess = (row[places[name]] for name in ("Actual", "Expected", "Difference"))
        if not (isinstance(first, date) and isinstance(last, date) and isinstance(currency, str)):
            continue
        if not (isinstance(actual, Decimal) and isinstance(expected, Decimal) and isinstance(excess, Decimal)):
            continue
        if excess <= 0:
            continue
        when = Period(first, last + timedelta(1)).shown()
        amounts = [Money(amount, currency) for amount in (excess, actual, expected)]
        beyond, was, usual = (amount.shown() for amount in amounts)
        names = ("Beyond what was expected", "Actual", "Expected")
        figures = [
            Figure.of(f"{name}, {where}, {when}", amount, result.data_through)
            for name, amount in zip(names, amounts, strict=True)
        ]
        text = f"{where} cost {beyond} more than expected on {when}: {was} against {usual}."
        found.append(_Unusual(f"anomaly|{first}|{where}|{currency}", text, tuple(figures)))
    return found
