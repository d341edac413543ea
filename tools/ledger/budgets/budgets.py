"""Budgets as `budgets.toml` in Outlay's home sets them.

alerts = [50, 80, 100]        # percent of the amount at which to alert; each budget may have its own

[[budget]]
team = "search"               # any of team, provider and model together; none of them: all spend
amount = 40000
currency = "USD"
period = "month"              # or "quarter" or "year"
channel = "C0SEARCH"          # the Slack channel that its alerts go to; without it, the channels of the digest
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from tools.errors import BadInput
from tools.ledger.audience import Audience
from tools.ledger.scope import Scope
from tools.ledger.storing.rules_file import parsed, text_of
from tools.money import Money
from tools.period import Period

Every = Literal["month", "quarter", "year"]
FILE = "budgets.toml"
ALERTS = (Decimal(50), Decimal(80), Decimal(100))
FILTERS = ("team", "provider", "model")
SETTINGS = (*FILTERS, "name", "amount", "currency", "period", "alerts", "ai_only", "channel")
_HEADER = re.compile(r"^\s*\[\[\s*budget\s*\]\]")


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent each month, quarter or year on the rows of `where`, in effective cost. `alerts` are percents of
    the amount, ascending; `channel` is where to, empty for wherever the digest goes."""

    name: str
    amount: Money
    every: Every
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    alerts: tuple[Decimal, ...] = ALERTS
    ai_only: bool = False
    channel: str = ""

    @property
    def called(self) -> str:
        """The name as a sentence begins with it."""
        return f"A{self.name[1:]}" if self.name.startswith("all spend") else self.name

    def value(self, dimension: str) -> str | None:
        return next((values[0] for name, values in self.where if name == dimension), None)

    def period_of(self, day: date) -> Period:
        """The calendar month, quarter or year that holds the day."""
        if self.every == "year":
            return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))
        if self.every == "month":
            return Period.month(day.year, day.month)
        return Period.quarter(day.year, (day.month + 2) // 3)

    def scope(self, period: Period) -> Scope:
        return Scope(period, self.where, ai_only=self.ai_only)

    def visible_to(self, audience: Audience) -> bool:
        """Whether all of the spend it limits may be seen: a team's by who sees the team, any other by who sees sums
        over all teams."""
        team = self.value("team")
        return audience.may_see(team) if team is not None else audience.sees_all or audience.totals


def load_budgets(home: Path) -> tuple[Budget, ...]:
    """The budgets of a home folder; none without the file. BadInput, with the line, for a file that cannot be used."""
    text = text_of(home / FILE)
    return () if text is None else parse_budgets(text, str(home / FILE))


def parse_budgets(text: str, file: str = FILE) -> tuple[Budget, ...]:
    """`load_budgets` of a text; `file` is named in errors."""
    found = parsed(text, file)
    source = _Source(text, file)
    for key in found:
        if key not in ("alerts", "budget"):
            raise source.bad(key, None, f"{key!r} is not a setting; there are alerts and [[budget]].")
    common = source.alerts(found["alerts"], None) if "alerts" in found else ALERTS
    entries = found.get("budget", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise source.bad("budget", None, "Each budget is a section of its own, [[budget]].")
    budgets = [source.budget(place, entry, common) for place, entry in enumerate(entries)]
    names = [budget.name.casefold() for budget in budgets]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise source.bad("name", place, f"Two budgets are called {budgets[place].name!r}; give one another name.")
    return tuple(budgets)


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    file: str

    def bad(self, key: str, place: int | None, why: str) -> BadInput:
        """An error at the key's line, in the `place`-th budget or, with None, before the first."""
        lines = self.text.splitlines()
        heads = [number for number, line in enumerate(lines) if _HEADER.match(line)]
        start = 0 if place is None or place >= len(heads) else heads[place]
        mention = re.compile(rf"""^\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*(=|\]|\.)""")
        at = next((n for n in range(start, len(lines)) if mention.match(lines[n])), start)
        return BadInput(why, file=self.file, line=at + 1)

    def budget(self, place: int, entry: Mapping[str, Any], common: tuple[Decimal, ...]) -> Budget:
        for key in entry:
            if key not in SETTINGS:
                raise self.bad(key, place, f"{key!r} is not a setting of a budget; there are {', '.join(SETTINGS)}.")
        where = tuple((name, (self.word(place, name, entry[name]),)) for name in FILTERS if name in entry)
        every = entry.get("period", "month")
        if every not in ("month", "quarter", "year"):
            raise self.bad("period", place, f'The period is "month", "quarter" or "year", not {every!r}.')
        ai_only = entry.get("ai_only", False)
        if not isinstance(ai_only, bool):
            raise self.bad("ai_only", place, "ai_only is true or false.")
        called = ", ".join(values[0] for _, values in where) or ("AI spend" if ai_only else "all spend")
        name = (
            self.word(place, "name", entry["name"])
            if "name" in entry
            else called + (f" ({every})" if every != "month" else "")
        )
        alerts = self.alerts(entry["alerts"], place) if "alerts" in entry else common
        channel = self.word(place, "channel", entry["channel"]).upper() if "channel" in entry else ""
        return Budget(name, self.amount(place, entry), every, where, alerts, ai_only, channel)

    def amount(self, place: int, entry: Mapping[str, Any]) -> Money:
        if "amount" not in entry:
            raise self.bad("amount", place, "A budget needs an amount.")
        given, code = entry["amount"], entry.get("currency", "USD")
        try:
            if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
                raise InvalidOperation
            amount = Decimal(given)
        except InvalidOperation:
            raise self.bad("amount", place, f"{given!r} is not an amount.") from None
        if not amount.is_finite() or amount <= 0:
            raise self.bad("amount", place, f"The amount must be above zero, not {given}.")
        if not isinstance(code, str) or not re.fullmatch(r"[A-Za-z]{3}", code):
            raise self.bad("currency", place, f"The currency is a code of three letters, not {code!r}.")
        return Money(amount, code.upper())

    def alerts(self, given: object, place: int | None) -> tuple[Decimal, ...]:
        values = given if isinstance(given, list) else []
        good = all(isinstance(v, int | Decimal) and not isinstance(v, bool) and 0 < v <= 1000 for v in values)
        if not isinstance(given, list) or not good:
            raise self.bad("alerts", place, "alerts is a list of percents above 0, such as [50, 80, 100].")
        return tuple(sorted({Decimal(value) for value in values}))

    def word(self, place: int, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.bad(key, place, f"{key} is a name in quotes.")
        return value.strip()
