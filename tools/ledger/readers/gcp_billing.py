"""Google Cloud's billing export of BigQuery (standard and detailed usage cost), saved as JSON lines or as CSV.

Fields by Google's "Structure of Standard data export" and "Structure of Detailed data export"
(cloud.google.com/billing/ docs/how-to/export-data-bigquery-tables). In a CSV a nested field is named `project.id` or
`project_id`, and `labels` and `credits` hold JSON. What is due is `cost` plus the amounts of `credits`, which are
negative: each credit becomes a charge of its own, so that both sums are exact and credits stay visible. `cost` is a
FLOAT64. Usage times are UTC, while `invoice.month`, which decides the billing period, follows Google's Pacific time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.readers.charges import AI, Charge, Numbered, export, month_of, number, plain_cell, storable
from tools.ledger.readers.json_rows import nested, unpacked
from tools.ledger.readers.parse import tag_pairs, text
from tools.ledger.readers.rows import Export
from tools.ledger.readers.text import Table

NEEDED = (
    "billing_account_id",
    "usage_start_time",
    "cost",
    "currency",
    "credits",
    "invoice.month",
    "service.description",
)
SIGNS = ("billing_account_id", "usage_start_time", "cost", "currency")
FLAT_CREDITS = ("credits.amount", "credits_amount")
CATEGORIES = {"regular": "Usage", "tax": "Tax", "adjustment": "Adjustment", "rounding_error": "Adjustment"}
AI_SERVICES = (
    "vertex ai",
    "gemini",
    "generative language",
    "cloud natural language",
    "cloud vision",
    "cloud translation",
    "cloud speech",
    "cloud text-to-speech",
    "document ai",
    "dialogflow",
    "ai platform",
    "claude",
)


def recognises(names: Sequence[str]) -> bool:
    return all(sign in names for sign in SIGNS)


def read(path: Path, rows: Numbered, header: Sequence[str], table: Table) -> Export:
    """The export's rows. `header` are the names of the file's columns or of its first object. BadInput for a file
    without a field that is needed, or one flattened by credit, where a cost stands once for each of its credits."""
    if any(name in header for name in FLAT_CREDITS):
        raise BadInput(
            "The credits were flattened into rows, so costs may stand there several times; export `credits` as JSON.",
            file=path.name,
            column="credits",
        )
    for name in NEEDED:
        if not {name, name.replace(".", "_"), name.partition(".")[0]} & set(header):
            raise BadInput("This field of the billing export is missing.", file=path.name, column=name)
    return export(path, f"Google Cloud billing {table.kind}", rows, _charges, table.position)


def _charges(record: Mapping[str, Any]) -> Iterable[Charge]:
    cost = _amount(record, "cost")
    if cost is None:
        raise ValueError("cost is empty")
    service = _said(record, "service.description")
    kind = (_said(record, "cost_type") or "regular").casefold()
    if kind not in CATEGORIES:
        raise ValueError(f"cost_type {kind!r} is not one that Google documents")
    ai = any(name in (service or "").casefold() for name in AI_SERVICES)
    common: dict[str, Any] = {
        c.BILLING_CURRENCY: _said(record, "currency"),
        c.BILLING_ACCOUNT_ID: _said(record, "billing_account_id"),
        **_invoice_month(_said(record, "invoice.month")),
        c.CHARGE_PERIOD_START: _said(record, "usage_start_time"),
        c.CHARGE_PERIOD_END: _said(record, "usage_end_time"),
        c.PROVIDER_NAME: "Google Cloud",
        c.SERVICE_NAME: service,
        c.SERVICE_CATEGORY: AI if ai else None,
        c.SUB_ACCOUNT_ID: _said(record, "project.id"),
        c.SUB_ACCOUNT_NAME: _said(record, "project.name"),
        c.REGION_ID: _said(record, "location.region"),
        c.RESOURCE_ID: _said(record, "resource.global_name"),
        c.RESOURCE_NAME: _said(record, "resource.name"),
        c.SKU_ID: _said(record, "sku.id"),
        c.SKU_METER: _said(record, "sku.description"),
        c.TAGS: _tags(record),
    }
    credits = [_credit(found) for found in _listed(record, "credits")]
    yield common | {
        c.BILLED_COST: plain_cell(cost),
        c.EFFECTIVE_COST: plain_cell(cost),
        c.LIST_COST: plain_cell(_amount(record, "cost_at_list")),
        c.CHARGE_CATEGORY: CATEGORIES[kind],
        c.CHARGE_DESCRIPTION: _said(record, "sku.description"),
        c.CONSUMED_QUANTITY: _said(record, "usage.amount"),
        c.CONSUMED_UNIT: _said(record, "usage.unit"),
        c.PRICING_QUANTITY: _said(record, "usage.amount_in_pricing_units"),
        c.PRICING_UNIT: _said(record, "usage.pricing_unit"),
    }
    for name, amount in credits:
        shown = plain_cell(amount)
        yield common | {
            c.BILLED_COST: shown,
            c.EFFECTIVE_COST: shown,
            c.CHARGE_CATEGORY: "Credit",
            c.CHARGE_DESCRIPTION: name,
        }


def _credit(found: Any) -> tuple[str, Decimal]:
    if not isinstance(found, Mapping):
        raise ValueError("credits: not a list of credits")
    amount = _amount(found, "amount")
    if amount is None:
        raise ValueError("credits: one has no amount")
    return _said(found, "full_name") or _said(found, "name") or _said(found, "type") or "Credit", amount


def _amount(record: Mapping[str, Any], name: str) -> Decimal | None:
    found = number({name: nested(record, name)}, name)
    return None if found is None else storable(found)


def _said(record: Mapping[str, Any], name: str) -> str | None:
    found = nested(record, name)
    if isinstance(found, Mapping | list) or found is None:
        return None
    return text(format(found, "f") if isinstance(found, Decimal) else str(found))


def _listed(record: Mapping[str, Any], name: str) -> list[Any]:
    found = unpacked(nested(record, name))
    if found is None:
        return []
    if not isinstance(found, list):
        raise ValueError(f"{name}: not a list")
    return found


def _tags(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Labels of the resource, then of the project; what cannot be read is no label."""
    try:
        return tag_pairs(_listed(record, "labels") + _listed(record, "project.labels"))
    except ValueError:
        return ()


def _invoice_month(month: str | None) -> dict[str, Any]:
    if not month or len(month) != 6 or not month.isdecimal():
        raise ValueError("invoice.month is not a month such as 202609")
    return dict(month_of(f"{month[:4]}-{month[4:]}-01"))
