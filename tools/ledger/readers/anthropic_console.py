"""The Claude Console's CSV exports: costs (dollars by kind of token) and usage (tokens, without a cost).

Columns as exports of 2024 to 2026 have them: cost `usage_date_utc, model, workspace, api_key, usage_type,
[context_window,] token_type, cost_usd, [list_price_usd, cost_type, inference_geo, speed, api_key_id]`; usage
`usage_date_utc, model_version, api_key, workspace, usage_type, context_window, usage_input_tokens_no_cache,
usage_input_tokens_cache_write_5m, ..._1h, ..._cache_read, usage_output_tokens, web_search_count, ...`. Anthropic
describes the exports (support.claude.com, article 9534590) but publishes no list of their columns. `cost_usd` is in
dollars; only the cost API is in cents. Input tokens exclude cached ones. Days are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.naming.model_names import stated
from tools.ledger.readers.charges import AI, Charge, count, export, month_of, plain_cell, records, said
from tools.ledger.readers.rows import Export, Skipped
from tools.ledger.readers.text import Table
from tools.ledger.readers.token_counts import TOKENS, CountKey, TokenCounts, day_after

COST_SIGNS = frozenset({"usage_date_utc", "token_type", "cost_usd"})
USAGE_SIGNS = frozenset({"usage_date_utc", "model_version", "usage_output_tokens"})
NEEDED = ("usage_date_utc", "model", "workspace", "api_key", "usage_type", "token_type", "cost_usd")
METERS = {
    "input_no_cache": "input tokens",
    "input_cache_read": "cached input tokens",
    "input_cache_write_5m": "cache write tokens",
    "input_cache_write": "cache write tokens",
    "input_cache_write_1h": "cache write 1h tokens",
    "output": "output tokens",
}
COUNTED = {
    "usage_input_tokens_no_cache": "input tokens",
    "usage_input_tokens_cache_read": "cached input tokens",
    "usage_input_tokens_cache_write_5m": "cache write tokens",
    "usage_input_tokens_cache_write": "cache write tokens",
    "usage_input_tokens_cache_write_1h": "cache write 1h tokens",
    "usage_output_tokens": "output tokens",
}
ACCOUNT = "anthropic"
"""The bill that a sync of the cost API fills too: neither export nor API names the organisation."""
TAGGED = ("workspace", "api_key", "api_key_id", "inference_geo", "speed", "context_window", "usage_type")


def costs(path: Path, table: Table, counts: TokenCounts) -> Export:
    """The cost export's rows. Tokens come from a usage export given with it, where one cost row and one count of the
    same day, model, workspace, key, context window and kind belong together; otherwise they are unknown."""
    rows = list(records(path, table, NEEDED, "an Anthropic cost export"))
    told = counts.assigned("Anthropic", rows, _cost_key)

    def read(record: Mapping[str, Any]) -> Iterable[Charge]:
        yield _charge(record, told.get(_cost_key(record)))

    made = export(path, f"Anthropic cost {table.kind}", iter(rows), read, lambda: path.stat().st_size)
    costs_seen = [said(row[1], "cost_usd") or "" for row in rows if not isinstance(row, Skipped)]
    if costs_seen and all(len(cell.partition(".")[2]) <= 2 for cell in costs_seen):
        made.notes.append("The console rounds each row's cost to the cent, so the invoice may differ by some cents.")
    if not told:
        made.notes.append("The export has no token counts; give the usage export with it for what-if questions.")
    return made


def usage(path: Path, table: Table, counts: TokenCounts) -> tuple[int, list[Skipped]]:
    """Adds the usage export's tokens to `counts`; how many rows were read, and which were not."""
    needed = ("usage_date_utc", "model_version", "workspace", "api_key", "usage_input_tokens_no_cache")
    read, skipped = 0, []
    for row in records(path, table, needed, "an Anthropic usage export"):
        if isinstance(row, Skipped):
            skipped.append(row)
            continue
        line, record = row
        try:
            found = {meter: count(record, name) for name, meter in COUNTED.items() if name in record}
            key = _place(record, said(record, "model_version"))
        except ValueError as error:
            skipped.append(Skipped(line, str(error)))
            continue
        for meter, tokens in found.items():
            counts.add("Anthropic", (*key, meter), tokens)
        read += 1
    return read, skipped


def _place(record: Mapping[str, Any], model: str | None) -> CountKey:
    day = said(record, "usage_date_utc")
    if not day or not model:
        raise ValueError("usage_date_utc or the model is empty")
    month_of(day)
    batch = "batch" in (said(record, "usage_type") or "").casefold()
    names = ("workspace", "api_key", "context_window", "inference_geo", "speed")
    return day[:10], stated(model).model, "batch" if batch else "", *((said(record, name) or "") for name in names)


def _cost_key(record: Mapping[str, Any]) -> CountKey | None:
    meter = METERS.get(said(record, "token_type") or "")
    model = said(record, "model")
    try:
        return (*_place(record, model), meter) if meter and model else None
    except ValueError:
        return None


def _charge(record: Mapping[str, Any], tokens: Decimal | None) -> Charge:
    day, model = said(record, "usage_date_utc"), said(record, "model")
    if not day:
        raise ValueError("usage_date_utc is empty")
    kind = said(record, "token_type") or said(record, "cost_type") or ""
    meter = METERS.get(kind, kind.replace("_", " "))
    batch = "batch" in (said(record, "usage_type") or "").casefold()
    cost = said(record, "cost_usd")
    return {
        c.BILLED_COST: cost,
        c.EFFECTIVE_COST: cost,
        c.LIST_COST: said(record, "list_price_usd"),
        c.BILLING_CURRENCY: "USD",
        c.BILLING_ACCOUNT_ID: ACCOUNT,
        **month_of(day),
        c.CHARGE_PERIOD_START: day,
        c.CHARGE_PERIOD_END: day_after(day),
        c.CHARGE_CATEGORY: "Usage",
        c.CHARGE_DESCRIPTION: ", ".join(part for part in (model, "batch" if batch else "", meter) if part),
        c.PROVIDER_NAME: "Anthropic",
        c.SERVICE_NAME: "Claude API",
        c.SERVICE_CATEGORY: AI,
        c.SUB_ACCOUNT_NAME: said(record, "workspace"),
        c.SKU_METER: f"batch {meter}" if batch else meter,
        c.CONSUMED_QUANTITY: plain_cell(tokens),
        c.CONSUMED_UNIT: TOKENS if tokens is not None else None,
        c.X_MODEL: model,
        c.TAGS: tuple(sorted((name, found) for name in TAGGED if (found := said(record, name)))),
    }
