"""A raw row of any reader -> a checked row of the ledger, or the reason why it is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tools.ledger import columns as c
from tools.ledger.naming.model_names import ModelName, found_in, stated
from tools.ledger.readers import parse
from tools.ledger.readers.rows import Cell, RawRow, Skipped
from tools.ledger.storing.classify import is_accelerator, is_ai_service, provider

ChargeRow = tuple[Any, ...]
"""The values of `columns.STORED`, in that order."""

NEEDED_COSTS = (c.BILLED_COST, c.EFFECTIVE_COST)
DECIDING = (
    c.SERVICE_CATEGORY,
    c.RESOURCE_NAME,
    c.CHARGE_DESCRIPTION,
    c.CHARGE_CATEGORY,
    c.RESOURCE_TYPE,
    c.SKU_ID,
    c.SKU_METER,
)
PLACE = {name: place for place, name in enumerate(c.STORED)}


def normaliser(columns: Sequence[str], source: str) -> Callable[[RawRow], ChargeRow | Skipped]:
    """A function from a raw row with these columns to a ledger row of the file called `source`."""
    at = {name: place for place, name in enumerate(columns)}
    costs = [(name, at.get(name)) for name in c.COSTS]
    quantities = [at.get(name) for name in c.QUANTITIES]
    texts = [at.get(name) for name in c.TEXTS]
    used = [c.TEXTS.index(name) for name in DECIDING]

    def cell(row: RawRow, name: str) -> Cell:
        place = at.get(name)
        return None if place is None else row.cells[place]

    def words(row: RawRow, name: str) -> str | None:
        return _text(cell(row, name))

    def checked(row: RawRow) -> ChargeRow | Skipped:
        try:
            amounts = [_cost(name, None if place is None else row.cells[place]) for name, place in costs]
            start = _instant(c.CHARGE_PERIOD_START, cell(row, c.CHARGE_PERIOD_START))
            billing = _instant(c.BILLING_PERIOD_START, cell(row, c.BILLING_PERIOD_START))
            _month_first(cell(row, c.BILLING_PERIOD_START), billing)
            end = _instant_or_none(cell(row, c.CHARGE_PERIOD_END))
            billing_end = _instant_or_none(cell(row, c.BILLING_PERIOD_END))
            seller = _provider(*(words(row, n) for n in (*c.PROVIDERS, c.HOST_PROVIDER_NAME, c.INVOICE_ISSUER_NAME)))
            plain = [None if place is None else _text(row.cells[place]) for place in texts]
            if not plain[0] or len(plain[0]) != 3 or not plain[0].isalpha():
                raise ValueError(f"{c.BILLING_CURRENCY}: {plain[0]!r} is not a currency code")
            plain[0] = plain[0].upper()
        except ValueError as error:
            return Skipped(row.line, str(error))
        tags = _tags(cell(row, c.TAGS))
        team = next((value for key, value in tags if key == "team"), None) or words(row, c.X_TEAM)
        category, name, description, kind, resource_type, *sku = (plain[place] for place in used)
        sold_as_ai = is_ai_service(category, seller)
        model = _model(words(row, c.X_MODEL), sold_as_ai, (*sku, name, description))
        compute_name = name if (category or "Compute").casefold() == "compute" else None
        accelerated = sold_as_ai or _accelerated(
            (*sku, description, words(row, c.SKU_PRICE_DETAILS), resource_type, compute_name)
        )
        day = start.date()
        usage = (kind or "").casefold() == "usage"
        return (
            *amounts,
            *(_quantity(None if place is None else row.cells[place]) for place in quantities),
            billing,
            billing_end,
            start,
            end,
            *plain,
            seller,
            team,
            team.casefold() if team else None,
            model.model if model else None,
            model.snapshot if model else None,
            accelerated,
            day,
            _through(day, end, billing_end) if usage else day,
            tags,
            source,
            row.line,
        )

    return checked


def _text(cell: Cell) -> str | None:
    return parse.text(cell) if cell is None or type(cell) is str else parse.text(str(cell))


def _cost(name: str, cell: Cell) -> Decimal | None:
    found = cell.strip() if isinstance(cell, str) else cell
    if found is None or (isinstance(found, str) and found.casefold() in parse.NULLS):
        if name in NEEDED_COSTS:
            raise ValueError(f"{name} is empty")
        return None
    try:
        return parse.amount(str(found))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _quantity(cell: Cell) -> Decimal | None:
    """A quantity that is not a number, or has more digits than fit, is unknown: the charge itself still counts."""
    found = _text(cell)
    try:
        return parse.amount(found) if found else None
    except ValueError:
        return None


def _instant(name: str, cell: Cell) -> datetime:
    if isinstance(cell, datetime):
        if not parse.FIRST_YEAR <= cell.year <= parse.LAST_YEAR:
            raise ValueError(f"{name}: '{cell}' is not in the years {parse.FIRST_YEAR} to {parse.LAST_YEAR}")
        return cell
    found = _text(cell)
    if found is None:
        raise ValueError(f"{name} is empty")
    try:
        return parse.instant(found)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _month_first(cell: Cell, billing: datetime) -> None:
    """ValueError where a date with slashes, read as month/day/year, begins a billing period inside a month: a file that
    writes the day first would be booked in other months."""
    if isinstance(cell, str) and "/" in cell and billing.day != 1:
        raise ValueError(
            f"{c.BILLING_PERIOD_START}: {cell.strip()[:40]!r} is no first of a month when the month comes first; dates "
            "are needed as 2026-09-01"
        )


def _instant_or_none(cell: Cell) -> datetime | None:
    if isinstance(cell, datetime):
        return cell if parse.FIRST_YEAR <= cell.year <= parse.LAST_YEAR else None
    try:
        return parse.instant(found) if (found := _text(cell)) else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _provider(*names: str | None) -> str:
    for name in names:
        if name:
            return provider(name)
    raise ValueError("no provider is named")


def _tags(cell: Cell) -> tuple[tuple[str, str], ...]:
    if isinstance(cell, tuple):
        return cell
    found = _text(cell)
    return parse.tags(found) if found else parse.NOTHING


@lru_cache(maxsize=65536)
def _model(given: str | None, sold_as_ai: bool, names: tuple[str | None, ...]) -> ModelName | None:
    """`x_Model`, else what SKU, meter, resource name or description name; those are read on AI services only, where
    `nova` or `command` is a model."""
    if given:
        return stated(given)
    if not sold_as_ai:
        return None
    return next((found for name in names if name and (found := found_in(name))), None)


@lru_cache(maxsize=65536)
def _accelerated(names: tuple[str | None, ...]) -> bool:
    return is_accelerator(names)


def _through(day: date, end: datetime | None, billing_end: datetime | None) -> date:
    if end is None:
        return day
    last = min(end, billing_end) if billing_end else end
    return max(day, (last - timedelta(microseconds=1)).date())
