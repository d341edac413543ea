"""A charge as a provider's API states it -> a FOCUS row for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from tools.ledger import columns as c
from tools.ledger.readers.parse import STEP, WIDE
from tools.ledger.readers.rows import RawRow
from tools.ledger.sync.source import SyncFailed
from tools.period import months_after

AI = "AI and Machine Learning"
TOKENS = "Tokens"
QUANTITY_ONLY = "Quantity only, its cost is on the other rows of the day: "
COLUMNS = (
    c.PROVIDER_NAME,
    c.BILLED_COST,
    c.EFFECTIVE_COST,
    c.LIST_COST,
    c.BILLING_CURRENCY,
    c.BILLING_ACCOUNT_ID,
    c.BILLING_PERIOD_START,
    c.BILLING_PERIOD_END,
    c.CHARGE_PERIOD_START,
    c.CHARGE_PERIOD_END,
    c.CHARGE_CATEGORY,
    c.CHARGE_DESCRIPTION,
    c.SERVICE_CATEGORY,
    c.SERVICE_NAME,
    c.SUB_ACCOUNT_ID,
    c.SUB_ACCOUNT_NAME,
    c.SKU_ID,
    c.SKU_METER,
    c.CONSUMED_QUANTITY,
    c.CONSUMED_UNIT,
    c.X_MODEL,
    c.TAGS,
)


@dataclass(frozen=True, slots=True)
class Charge:
    """Money of one UTC day (or of the days up to `end`, exclusive), exact, in `currency`. `listed` is the cost before
    discounts, None where it is not said. `billed` and `effective` are 0 only where the provider says so, or where the
    money is on another row and this one only holds a quantity."""

    day: date
    provider: str
    account: str
    service: str
    description: str
    billed: Decimal
    effective: Decimal
    currency: str = "USD"
    listed: Decimal | None = None
    end: date | None = None
    category: str = "Usage"
    service_category: str | None = AI
    sku: str | None = None
    meter: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    model: str | None = None
    sub_account: str | None = None
    sub_account_name: str | None = None
    tags: tuple[tuple[str, str], ...] = ()


def focus_row(charge: Charge, line: int) -> RawRow:
    """The cells of `COLUMNS`. The billing period is the calendar month of the charge."""
    month = charge.day.replace(day=1)
    return RawRow(
        line,
        (
            charge.provider,
            exact(charge.billed),
            exact(charge.effective),
            None if charge.listed is None else exact(charge.listed),
            charge.currency,
            charge.account,
            _midnight(month),
            _midnight(months_after(month, 1)),
            _midnight(charge.day),
            _midnight(charge.end or charge.day + timedelta(1)),
            charge.category,
            charge.description,
            charge.service_category,
            charge.service,
            charge.sub_account,
            charge.sub_account_name,
            charge.sku,
            charge.meter,
            charge.quantity,
            charge.unit,
            charge.model,
            charge.tags,
        ),
    )


def decimal(value: Any, name: str) -> Decimal:
    """A JSON number or decimal string as an exact Decimal. SyncFailed for anything else, naming the field."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise SyncFailed(f"{name} is not a number.")
    try:
        found = Decimal(value)
    except ArithmeticError:
        raise SyncFailed(f"{name} is not a number.") from None
    if not found.is_finite():
        raise SyncFailed(f"{name} is not a finite number.")
    return found


def exact(value: Decimal) -> Decimal:
    """The value with at most the 22 decimals the ledger holds: a double written out may have more, all of them
    noise."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value if exponent >= STEP.adjusted() else value.quantize(STEP, rounding=ROUND_HALF_EVEN, context=WIDE)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
