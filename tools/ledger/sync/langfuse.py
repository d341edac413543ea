"""Langfuse traced costs, by day and model. An estimate, not a bill.

Documented: https://langfuse.com/docs/metrics/features/metrics-api and the langfuse Python package 5.0
(`api/metrics/client.py`), read November 2026. `GET /api/public/v2/metrics?query=JSON`, Basic auth with public and
secret key; view `observations`; at most 1,000 rows an answer and no pages, so a fuller answer is refused; costs in
dollars. A model without a price has cost 0 or null: such a model is told as unknown.

Assumed: names of the answer's fields as "sum_totalCost" (the docs name them so in `orderBy`); sums may come as
numbers or as strings; whether `toTimestamp` is inclusive is not said, so it is the day's last millisecond.
"""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date
from decimal import Decimal
from typing import Any

from tools.ledger.sync import meters
from tools.ledger.sync.api import Api
from tools.ledger.sync.charge import TOKENS, Charge, decimal
from tools.ledger.sync.estimates import TRACED
from tools.ledger.sync.source import Pulled, Source, SyncFailed, each_day
from tools.period import Period

KEYS = ("LANGFUSE_PUBLIC_KEY", "LANGFUSE_SECRET_KEY")
ROWS = 1000
MEASURES = ("totalCost", "inputCost", "outputCost", "inputTokens", "outputTokens", "totalTokens")


def pull(api: Api, source: Source, period: Period) -> Pulled:
    charges: list[Charge] = []
    unpriced: set[str] = set()
    for day in each_day(period):
        for row in _rows(api, day):
            charges += _charges(source, day, row, unpriced)
    notes = ["Langfuse's costs are estimates by its price table, not an invoice."] if charges else []
    if unpriced:
        notes.append(f"Langfuse has no cost for {', '.join(sorted(unpriced)[:5])}; it is unknown and not counted.")
    return Pulled(tuple(charges), notes=tuple(notes))


def _rows(api: Api, day: date) -> list[Any]:
    query = {
        "view": "observations",
        "dimensions": [{"field": "providedModelName"}],
        "metrics": [{"measure": measure, "aggregation": "sum"} for measure in MEASURES],
        "filters": [],
        "fromTimestamp": f"{day}T00:00:00.000Z",
        "toTimestamp": f"{day}T23:59:59.999Z",
        "config": {"row_limit": ROWS},
    }
    public, secret = (api.keys[name] for name in KEYS)
    headers = {"Authorization": "Basic " + b64encode(f"{public}:{secret}".encode()).decode()}
    found: list[Any] = api.get("/api/public/v2/metrics", [("query", json.dumps(query))], headers)["data"]
    if len(found) >= ROWS:
        raise SyncFailed(f"Langfuse traced more than {ROWS - 1} models on {day}; its answer is cut off.")
    return found


def _charges(source: Source, day: date, row: Any, unpriced: set[str]) -> list[Charge]:
    """One row for input, one for output, and one for the rest of the total where the two do not make it up."""
    sums = {name: decimal(row[f"sum_{name}"] or 0, f"Langfuse's {name}") for name in MEASURES}
    model = row.get("providedModelName") or None
    if not sums["totalCost"]:
        if sums["totalTokens"]:
            unpriced.add(model or "a model without a name")
        return []
    parts = [
        (meters.INPUT, sums["inputCost"], sums["inputTokens"]),
        (meters.OUTPUT, sums["outputCost"], sums["outputTokens"]),
    ]
    rest = sums["totalCost"] - sums["inputCost"] - sums["outputCost"]
    if not (sums["inputCost"] or sums["outputCost"]):
        parts = [(meters.ALL, sums["totalCost"], sums["totalTokens"])]
    elif rest:
        parts.append(("Other", rest, Decimal(0)))
    return [
        Charge(
            day,
            TRACED,
            source.billing_account,
            "Langfuse",
            f"{model or 'unnamed model'} traced by Langfuse, {meter.lower()}",
            money,
            money,
            meter=meter,
            quantity=tokens if tokens else None,
            unit=TOKENS if tokens else None,
            model=model,
        )
        for meter, money, tokens in parts
        if money or tokens
    ]
