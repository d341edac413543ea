"""A plain CSV, read as its mapping file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.readers.charges import AI, Charge, count, export, month_of, plain_cell, records, said
from tools.ledger.readers.mapping import Mapped
from tools.ledger.readers.parse import ISO, NUMBER, WIDE, instant, tag_pairs
from tools.ledger.readers.rows import Export
from tools.ledger.readers.text import Table
from tools.ledger.readers.token_counts import TOKENS
from tools.ledger.storing.classify import MODEL_PROVIDERS, provider

FOCUS = {
    "service": c.SERVICE_NAME,
    "category": c.SERVICE_CATEGORY,
    "model": c.X_MODEL,
    "team": c.X_TEAM,
    "account": c.BILLING_ACCOUNT_ID,
    "region": c.REGION_ID,
    "resource": c.RESOURCE_NAME,
}


def read(path: Path, table: Table, mapped: Mapped) -> Export:
    """The file's rows. BadInput for a column that the mapping names and the file does not have. Where tokens of several
    kinds stand in one row, the cost is on the charge of the first kind, and the others carry none of it."""
    needed = [*mapped.columns.values(), *mapped.tags.values()]
    rows = records(path, table, needed, "a file for this mapping")
    made = export(path, f"plain {table.kind} by mapping", rows, lambda row: _charges(row, mapped), table.position)
    if "cost" in mapped.columns:
        made.notes.append("The file has one cost, so billed and effective cost are both that.")
    return made


def _charges(record: Mapping[str, Any], mapped: Mapped) -> Iterable[Charge]:
    def cell(name: str) -> str | None:
        column = mapped.columns.get(name)
        return said(record, column.casefold()) if column else mapped.values.get(name)

    start, whole_day = _moment(cell("date") or cell("start"), mapped)
    end = _moment(cell("end"), mapped)[0] if cell("end") else start + timedelta(1) if whole_day else None
    billed, effective = (_amount(cell("cost") or cell(name), mapped, name) for name in ("billed", "effective"))
    seller = cell("provider")
    tags = {tag: said(record, column.casefold()) for tag, column in mapped.tags.items()}
    common: dict[str, Any] = {
        **{column: cell(name) for name, column in FOCUS.items()},
        **month_of(start.isoformat()),
        c.CHARGE_PERIOD_START: start.isoformat(" "),
        c.CHARGE_PERIOD_END: end.isoformat(" ") if end else None,
        c.BILLING_CURRENCY: cell("currency"),
        c.PROVIDER_NAME: seller,
        c.CHARGE_CATEGORY: "Usage",
        c.CHARGE_DESCRIPTION: cell("description"),
        c.TAGS: tag_pairs(tags),
    }
    if cell("category") is None and (cell("model") or provider(seller or "") in MODEL_PROVIDERS):
        common[c.SERVICE_CATEGORY] = AI
    shown = cell("list")
    common_first = {
        c.BILLED_COST: plain_cell(billed),
        c.EFFECTIVE_COST: plain_cell(effective),
        c.LIST_COST: plain_cell(_amount(shown, mapped, "list")) if shown else None,
    }
    for place, (meter, quantity, unit) in enumerate(_quantities(record, mapped) or [(None, None, None)]):
        costs = common_first if not place else {c.BILLED_COST: "0", c.EFFECTIVE_COST: "0"}
        yield common | costs | {c.SKU_METER: meter, c.CONSUMED_QUANTITY: quantity, c.CONSUMED_UNIT: unit}


def _quantities(record: Mapping[str, Any], mapped: Mapped) -> list[tuple[str | None, str | None, str | None]]:
    def counted(name: str) -> Decimal | None:
        column = mapped.columns.get(name)
        if not column or said(record, column.casefold()) is None:
            return None
        plain = _plain(said(record, column.casefold()) or "", mapped)
        return count({column: plain}, column)

    cached, plain = counted("cached_input_tokens"), counted("input_tokens")
    if mapped.input_includes_cached and plain is not None and cached is not None:
        plain -= cached
        if plain < 0:
            raise ValueError("the cached input tokens are more than the input tokens that should include them")
    kinds = {
        "input tokens": plain,
        "cached input tokens": cached,
        "output tokens": counted("output_tokens"),
        "tokens": counted("tokens"),
    }
    found: list[tuple[str | None, str | None, str | None]] = [
        (meter, plain_cell(tokens), TOKENS) for meter, tokens in kinds.items() if tokens
    ]
    if not found and "quantity" in mapped.columns:
        quantity = said(record, mapped.columns["quantity"].casefold())
        unit = said(record, mapped.columns["unit"].casefold())
        return [(None, _plain(quantity, mapped), unit)] if quantity else []
    return found


def _plain(cell: str, mapped: Mapped) -> str:
    """The number with a point for its decimals and no thousands marks; marks that are not three digits apart stay, so
    that the number is refused."""
    whole, mark, fraction = cell.partition(mapped.decimal)
    if mapped.thousands and mapped.thousands in whole:
        first, *groups = whole.split(mapped.thousands)
        if first.lstrip("+-") and all(len(group) == 3 for group in groups):
            whole = "".join((first, *groups))
    elif mapped.decimal == "," and "." in whole:
        return cell
    return f"{whole}.{fraction}" if mark else whole


def _amount(cell: str | None, mapped: Mapped, name: str) -> Decimal:
    if not cell:
        raise ValueError(f"the {name} cost is empty")
    plain = _plain(cell, mapped)
    if not NUMBER.fullmatch(plain):
        raise ValueError(f"{cell[:40]!r} is not a number")
    return WIDE.divide(Decimal(plain), Decimal(mapped.minor))


def _moment(cell: str | None, mapped: Mapped) -> tuple[datetime, bool]:
    """The moment in UTC, without zone, and whether the cell names a whole day. A day stays that day in any time
    zone."""
    if not cell:
        raise ValueError("the date is empty")
    if mapped.date_form:
        try:
            found = datetime.strptime(cell, mapped.date_form)  # noqa: DTZ007
        except ValueError:
            raise ValueError(f"{cell[:40]!r} is not a date as {mapped.date_form}") from None
        zoned, whole_day = (
            found.tzinfo is not None,
            not any(mark in mapped.date_form for mark in ("%H", "%I", "%s", "%c")),
        )
    else:
        read = ISO.fullmatch(cell)
        if not read:
            raise ValueError(f"{cell[:40]!r} is not an ISO date; say its form under [format] date")
        found, zoned, whole_day = instant(cell), bool(read.group(8)), read.group(4) is None
    if not 2000 <= found.year <= 2100:
        raise ValueError(f"{cell[:40]!r} is not in the years 2000 to 2100")
    if mapped.zone and not zoned and not whole_day:
        found = found.replace(tzinfo=mapped.zone)
    return (found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found), whole_day
