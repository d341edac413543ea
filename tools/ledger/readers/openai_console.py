"""The OpenAI dashboard's CSV exports: costs, and activity (tokens and requests, without a cost).

Columns as exports of 2025 and 2026 have them: costs `start_time, end_time, start_time_iso, end_time_iso, amount_value,
amount_currency, [quantity, quantity_unit,] line_item, [user_id, api_key_id,] project_id, organization_id,
[project_name,] organization_name, ...`; activity `start_time, end_time, ..., project_id, num_model_requests, user_id,
api_key_id, model, batch, service_tier, input_tokens, output_tokens, input_cached_tokens, input_uncached_tokens, ...`.
They mirror the API objects `organization.costs.result` and `organization.usage.completions.result`
(platform.openai.com/docs/api-reference/ usage): `start_time` is a Unix time in UTC, amounts are dollars, and
`input_tokens` includes the cached ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.readers.charges import (
    AI,
    Charge,
    Numbered,
    count,
    export,
    month_of,
    number,
    plain_cell,
    records,
    said,
    storable,
)
from tools.ledger.readers.parse import instant
from tools.ledger.readers.rows import Export, Skipped
from tools.ledger.readers.text import Table
from tools.ledger.readers.token_counts import TOKENS, CountKey, TokenCounts

COST_SIGNS = frozenset({"start_time", "amount_value", "amount_currency"})
USAGE_SIGNS = frozenset({"start_time", "num_model_requests"})
METERS = {
    "input": "input tokens",
    "input tokens": "input tokens",
    "cached input": "cached input tokens",
    "cached input tokens": "cached input tokens",
    "input cached tokens": "cached input tokens",
    "output": "output tokens",
    "output tokens": "output tokens",
}
ACCOUNT = "openai"
"""The bill that a sync of the cost API fills too, which does not name the organisation; the export's is in the tags."""
TAGGED = ("organization_id", "project_id", "project_name", "api_key_id", "user_id")


def costs(path: Path, table: Table, counts: TokenCounts) -> Export:
    """The cost export's rows; days without a cost are passed over. A file that mixes totals with rows by line item is
    refused: it may hold the same dollars twice."""
    rows = list(
        _with_costs(records(path, table, ("start_time", "end_time", *sorted(COST_SIGNS)), "an OpenAI cost export"))
    )
    items = [
        (line, said(record, "line_item")) for line, record in (row for row in rows if not isinstance(row, Skipped))
    ]
    named = sum(item is not None for _, item in items)
    if 0 < named < len(items):
        line = next(line for line, item in items if item is None)
        raise BadInput(
            "This row has no line item where others have one, so it may be a total of them; export the costs again, "
            "grouped by line item.",
            file=path.name,
            line=line,
            column="line_item",
        )
    told = counts.assigned("OpenAI", rows, _cost_key)

    def read(record: Mapping[str, Any]) -> Iterable[Charge]:
        yield _charge(record, told.get(_cost_key(record)))

    made = export(path, f"OpenAI cost {table.kind}", iter(rows), read, lambda: path.stat().st_size)
    if items and not named:
        made.notes.append("The costs are not grouped by line item, so no model is known; group by line item to see it.")
    return made


def usage(path: Path, table: Table, counts: TokenCounts) -> tuple[int, list[Skipped]]:
    """Adds the activity export's tokens to `counts`; how many rows were read, and which were not."""
    read, skipped = 0, []
    if "input_tokens" not in {title.casefold() for title in table.header}:
        raise BadInput("This OpenAI activity export has neither costs nor tokens; export the costs.", file=path.name)
    for row in records(path, table, ("start_time", "model", "project_id"), "an OpenAI activity export"):
        if isinstance(row, Skipped):
            skipped.append(row)
            continue
        line, record = row
        if said(record, "model", "num_model_requests", "project_id") is None:
            continue
        try:
            key, found = _usage_key(record), _tokens(record)
        except ValueError as error:
            skipped.append(Skipped(line, str(error)))
            continue
        for meter, tokens in found.items():
            counts.add("OpenAI", (*key, meter), tokens)
        read += 1
    return read, skipped


def _with_costs(rows: Numbered) -> Numbered:
    for row in rows:
        if isinstance(row, Skipped) or said(row[1], "amount_value", "amount_currency", "line_item"):
            yield row


def _usage_key(record: Mapping[str, Any]) -> CountKey:
    model = said(record, "model")
    if not model:
        raise ValueError("model is empty: export the activity grouped by model")
    tier = (said(record, "service_tier") or "default").casefold()
    batch = (said(record, "batch") or "false").casefold() in ("true", "1")
    special = "batch" if batch else "" if tier in ("default", "standard", "auto") else tier
    return _moment(record, "start_time"), model.casefold(), special, said(record, "project_id") or ""


def _tokens(record: Mapping[str, Any]) -> dict[str, Decimal]:
    """Uncached input, cached input and output: `input_tokens` holds both kinds of input."""
    cached, output = count(record, "input_cached_tokens"), count(record, "output_tokens")
    uncached = count(record, "input_tokens") - cached
    if uncached < 0:
        raise ValueError("input_cached_tokens is more than input_tokens")
    return {"input tokens": uncached, "cached input tokens": cached, "output tokens": output}


def _cost_key(record: Mapping[str, Any]) -> CountKey | None:
    model, meter = _item(said(record, "line_item"))
    if not model or not meter or meter not in METERS.values():
        return None
    try:
        return _moment(record, "start_time"), model.casefold(), "", said(record, "project_id") or "", meter
    except ValueError:
        return None


def _item(line_item: str | None) -> tuple[str | None, str | None]:
    """`gpt-5-nano, input_tokens` is a model and what of it; `web search` or another item names no model."""
    if not line_item or "," not in line_item:
        return None, line_item
    model, _, what = line_item.rpartition(",")
    shown = what.strip().replace("_", " ")
    return model.strip() or None, METERS.get(shown.casefold(), shown)


def _charge(record: Mapping[str, Any], counted: Decimal | None) -> Charge:
    cost = number(record, "amount_value")
    if cost is None:
        raise ValueError("amount_value is empty")
    start, end = _moment(record, "start_time"), _moment(record, "end_time")
    item = said(record, "line_item")
    model, meter = _item(item)
    tokens = counted
    if (quantity := number(record, "quantity")) is not None and (said(record, "quantity_unit") or "") == TOKENS:
        tokens = quantity
    shown = plain_cell(storable(cost))
    return {
        c.BILLED_COST: shown,
        c.EFFECTIVE_COST: shown,
        c.BILLING_CURRENCY: said(record, "amount_currency"),
        c.BILLING_ACCOUNT_ID: ACCOUNT,
        c.BILLING_ACCOUNT_NAME: said(record, "organization_name"),
        **month_of(start),
        c.CHARGE_PERIOD_START: start,
        c.CHARGE_PERIOD_END: end,
        c.CHARGE_CATEGORY: "Usage",
        c.CHARGE_DESCRIPTION: item,
        c.PROVIDER_NAME: "OpenAI",
        c.SERVICE_NAME: "OpenAI API",
        c.SERVICE_CATEGORY: AI,
        c.SUB_ACCOUNT_ID: said(record, "project_id"),
        c.SUB_ACCOUNT_NAME: said(record, "project_name"),
        c.SKU_METER: meter,
        c.CONSUMED_QUANTITY: plain_cell(tokens) or said(record, "quantity"),
        c.CONSUMED_UNIT: TOKENS if tokens is not None else said(record, "quantity_unit"),
        c.X_MODEL: model,
        c.TAGS: tuple(sorted((name, found) for name in TAGGED if (found := said(record, name)))),
    }


def _moment(record: Mapping[str, Any], name: str) -> str:
    """The Unix time of a column as an ISO moment in UTC, checked against its `_iso` twin where there is one."""
    seconds = number(record, name)
    if seconds is None or seconds != seconds.to_integral_value() or not 946684800 <= seconds < 4102444800:
        raise ValueError(f"{name} is not a Unix time of the years 2000 to 2100")
    moment = datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None)
    twin = said(record, f"{name}_iso")
    if twin and instant(twin) != moment:
        raise ValueError(f"{name} and {name}_iso are not the same moment")
    return moment.isoformat(" ")
