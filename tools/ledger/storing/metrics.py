"""Business metrics, such as requests or active users, that spend is set against; imported from CSV.

    date,metric,value,team,kind
    2026-10-01,requests,1204331,search,sum
    2026-10,active users,5120,,average

`date` is a day or, as YYYY-MM, a whole month. `team` may be left out: the company's. `kind` too: `sum` for what adds up
over days, `average` for what is a level.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

from tools.errors import BadInput
from tools.money import plain
from tools.period import Period, months_after

Kind = Literal["sum", "average"]
FILE = "metrics.csv"
COLUMNS = ("date", "metric", "value", "team", "kind")
NEEDED = COLUMNS[:3]
LEVELS = re.compile(r"\b(?:users?|customers?|seats?|employees?|headcount|people|accounts?|tenants?|subscribers?)\b")
"""Metrics of which the average counts, unless the file says otherwise."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a metric over one day or one month, of one team or, with None, of the company."""

    metric: str
    team: str | None
    period: Period
    value: Decimal
    kind: Kind

    @property
    def series(self) -> tuple[str, str | None]:
        return self.metric.casefold(), self.team.casefold() if self.team else None


@dataclass(frozen=True, slots=True)
class MetricsReport:
    """What a file held, and how many readings of before it took the place of."""

    file: str
    readings: int
    metrics: tuple[str, ...]
    first: date
    last: date
    replaced: int


def import_metrics(home: Path, file: Path) -> MetricsReport:
    """The file's readings into the home folder; a reading of the same metric, team and day takes the former's place.
    BadInput with file, line and column for anything that cannot be read: then nothing is changed."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("The file must be UTF-8 text.", file=str(file)) from None
    except OSError as error:
        raise BadInput(f"The file cannot be read ({error.strerror}).", file=str(file)) from error
    fresh = parse_metrics(text, str(file))
    former = load_metrics(home)
    taken: dict[tuple[str, str | None], set[date]] = {}
    for reading in fresh:
        taken.setdefault(reading.series, set()).update(_days(reading.period))
    kept = [r for r in former if not taken.get(r.series, set()).intersection(_days(r.period))]
    _write(home, [*kept, *fresh])
    spans = [reading.period for reading in fresh]
    names = tuple(sorted({reading.metric for reading in fresh}))
    first, last = min(p.start for p in spans), max(p.last_day for p in spans)
    return MetricsReport(file.name, len(fresh), names, first, last, len(former) - len(kept))


def load_metrics(home: Path) -> tuple[Reading, ...]:
    """All readings of a home folder, by metric, team and day; none while none were imported."""
    path = home / FILE
    try:
        return parse_metrics(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return ()


def parse_metrics(text: str, file: str) -> tuple[Reading, ...]:
    """The readings of a CSV text, in order of metric, team and day; `file` is named in errors."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        for name in NEEDED:
            if name not in header:
                raise BadInput(f"There is no column {name!r}; needed are {', '.join(NEEDED)}.", file=file, line=1)
        unknown = [name for name in header if name not in COLUMNS]
        if unknown or len(set(header)) < len(header):
            raise BadInput(f"The columns are {', '.join(COLUMNS)}, each once.", file=file, line=1)
        found = [(rows.line_num, _reading(header, row, file, rows.line_num)) for row in rows if any(row)]
    except csv.Error as error:
        raise BadInput(f"This is not CSV: {error}.", file=file, line=rows.line_num) from error
    if not found:
        raise BadInput("The file holds no readings.", file=file)
    seen: set[tuple[str, str | None, date]] = set()
    kinds: dict[tuple[str, str | None], Kind] = {}
    for line, reading in found:
        days = {(*reading.series, day) for day in _days(reading.period)}
        if seen & days:
            raise BadInput(f"{reading.metric} has two values for {reading.period}.", file=file, line=line)
        seen |= days
        if kinds.setdefault(reading.series, reading.kind) != reading.kind:
            raise BadInput(f"{reading.metric} is both a sum and an average.", file=file, line=line, column="kind")
    return tuple(sorted((r for _, r in found), key=lambda r: (*_order(r), r.period.start)))


def _reading(header: Sequence[str], row: Sequence[str], file: str, line: int) -> Reading:
    if len(row) != len(header):
        raise BadInput(f"The row has {len(row)} cells, the header {len(header)}.", file=file, line=line)
    cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
    if not cells["metric"]:
        raise BadInput("The metric has no name.", file=file, line=line, column="metric")
    try:
        value = Decimal(cells["value"])
    except InvalidOperation:
        raise BadInput(f"{cells['value']!r} is not a number.", file=file, line=line, column="value") from None
    if not value.is_finite() or value < 0:
        raise BadInput(f"{cells['value']!r} is not a count.", file=file, line=line, column="value")
    kind = cells.get("kind", "").casefold() or ("average" if LEVELS.search(cells["metric"].casefold()) else "sum")
    if kind not in ("sum", "average"):
        raise BadInput(f"{kind!r} is neither sum nor average.", file=file, line=line, column="kind")
    period = _period(cells["date"], file, line)
    return Reading(cells["metric"], cells.get("team") or None, period, value, "sum" if kind == "sum" else "average")


def _period(text: str, file: str, line: int) -> Period:
    try:
        if re.fullmatch(r"\d{4}-\d\d", text):
            start = date.fromisoformat(f"{text}-01")
            return Period(start, months_after(start, 1))
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        day = date.fromisoformat(text)
        return Period(day, date.fromordinal(day.toordinal() + 1))
    except ValueError:
        raise BadInput(f"{text!r} is not a date, YYYY-MM-DD or YYYY-MM.", file=file, line=line, column="date") from None


def _days(period: Period) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(period.start.toordinal(), period.end.toordinal()))


def _order(reading: Reading) -> tuple[str, str]:
    return reading.series[0], reading.series[1] or ""


def _write(home: Path, readings: Iterable[Reading]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f"{FILE}.{os.getpid()}.new"
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for r in sorted(readings, key=lambda r: (*_order(r), r.period.start)):
            when = r.period.start.isoformat() if r.period.days == 1 else f"{r.period.start:%Y-%m}"
            writer.writerow((when, r.metric, plain(r.value), r.team or "", r.kind))
    fresh.replace(home / FILE)
