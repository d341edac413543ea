"""A view's cost carried on to the end of a period: exact so far, estimated from there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger import columns as c
from tools.ledger.known import gaps_of
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.projection import DAY, Stream, Trial, margin, rest, trials
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, asked_period, sums
from tools.ledger.spend import EXACT
from tools.money import Money
from tools.period import Period, day_shown

CENT = Decimal("0.01")
LATE = timedelta(45)
"""A seller whose data ends this long before the newest has stopped; one that is closer is only late."""
FARTHEST = timedelta(100)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One currency's forecast. `so_far` is exact; `days` is what each day to come may cost, in floats."""

    currency: str
    so_far: Money
    days: dict[date, float]
    streams: tuple[tuple[Stream, date], ...]
    tried: tuple[Trial, ...]
    part: float
    tested: bool

    @property
    def to_come(self) -> Money:
        return Money(cents(sum(self.days.values())), self.currency)

    @property
    def total(self) -> Money:
        return Money(EXACT.add(self.so_far.amount, self.to_come.amount).quantize(CENT), self.currency)

    @property
    def low(self) -> Money:
        """What is spent does not come back: days that cost something never take the low end under it."""
        least = self.so_far.amount.quantize(CENT) if min(self.days.values(), default=0) >= 0 else None
        low = self.total.amount - self._width
        return Money(low if least is None else max(low, least), self.currency)

    @property
    def high(self) -> Money:
        return Money(self.total.amount + self._width, self.currency)

    @property
    def error(self) -> Decimal | None:
        """Mean absolute error of the trials in percent of what came (MAPE); None without a trial."""
        errors = [abs(t.came - t.said) / abs(t.came) for t in self.tried if t.came]
        return Decimal(str(100 * sum(errors) / len(errors))).quantize(Decimal("0.1")) if errors else None

    @property
    def _width(self) -> Decimal:
        return cents(self.part * abs(sum(self.days.values())))


def outlook(ledger: Ledger, rows: View, period: Period, today: date) -> list[Outlook]:
    """The forecast of a view for a period, the largest amount first; empty when no charge can be carried on."""
    if rows.span.through < period.start - FARTHEST:
        raise Unknown(
            f"{period.shown()} is too far ahead: billing data ends on {day_shown(rows.span.through)}, and no more than "
            f"{FARTHEST.days} days are carried on."
        )
    if period.end <= rows.span.first:
        asked_period(rows, today)
    looks = []
    for code, streams in sorted(_streams(ledger, rows, today).items()):
        cuts = tuple((stream, min(stream.last, period.last_day)) for stream in streams)
        so_far, days = Decimal(0), defaultdict[date, float](float)
        for stream, cut in cuts:
            posted = {day: amount for day, amount in stream.lumps.items() if cut < day < period.end}
            so_far = EXACT.add(so_far, stream.between(period.start, min(cut + DAY, period.end)))
            for day, amount in posted.items():
                so_far = EXACT.add(so_far, amount if day >= period.start else Decimal(0))
            for day, value in rest(stream, cut, period, known_lumps=bool(posted)).items():
                days[day] += value
        if not so_far and not any(days.values()):
            continue
        tried = tuple(trial for trial in trials(cuts, period) if not gaps_of(rows.covered, _learnt(trial.period)))
        part, tested = margin(tried)
        looks.append(Outlook(code, Money(so_far, code), dict(sorted(days.items())), cuts, tried, part, tested))
    return sorted(looks, key=lambda one: -one.total.amount)


def _learnt(earlier: Period) -> Period:
    """An earlier period with the four weeks before it that the method learns from."""
    return Period(earlier.start - timedelta(28), earlier.end)


def _streams(ledger: Ledger, rows: View, today: date) -> dict[str, list[Stream]]:
    """Each provider's charges by currency. One whose data has stopped is complete: nothing more is expected."""
    table = rows.table
    is_usage = (table[c.CHARGE_CATEGORY].lower() == "usage").fill_null(False)
    short = is_usage & (table[c.X_THROUGH] == table[c.X_DAY])
    found: dict[tuple[str, str], tuple[dict[date, Decimal], dict[date, Decimal]]] = defaultdict(lambda: ({}, {}))
    for place, condition in enumerate((short, ~short)):
        for group in sums(ledger, rows.narrow(condition), ("provider", "day")):
            day = calendar_day(group.keys[1])
            found[group.amount.currency, str(group.keys[0])][place][day] = group.amount.amount
    streams: dict[str, list[Stream]] = defaultdict(list)
    for (code, name), (daily, lumps) in sorted(found.items()):
        span = rows.spans.get(name, rows.span)
        last = min(span.through, today - DAY)
        complete = {day: amount for day, amount in daily.items() if day <= last}
        if not complete and not lumps:
            continue
        stopped = span.through < rows.span.through - LATE
        ends = min(rows.span.through, today - DAY) if stopped else last
        streams[code].append(Stream(name, complete, lumps, min([*complete, *lumps]), ends, stopped))
    return streams


def cents(value: float) -> Decimal:
    """An estimate as an amount, to the cent."""
    return Decimal(str(value)).quantize(CENT)
