"""Azure cost exports of Cost Management, actual and amortized, EA and MCA.

Columns by Microsoft's schemas "Enterprise Agreement cost and usage details" (2024-08-01) and "Microsoft Customer
Agreement cost and usage details" (2023-12-01-preview),
learn.microsoft.com/azure/cost-management-billing/dataset-schema; the two differ in case (`CostInBillingCurrency`,
`costInBillingCurrency`). Actual and amortized files have the same columns; what a commitment costs stands on its
purchase in the one and on its use in the other ("View amortized reservation costs", same site). So a charge that no
commitment touches is billed and effective alike; in an amortized file, use of a commitment is effective and bills
nothing; an actual file with commitments does not know the effective cost, and is refused. `Quantity` is kept as
PricingQuantity in `UnitOfMeasure`; whether it counts tokens or thousands is not documented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.readers.charges import AI, Charge, Numbered, export, number, records, said
from tools.ledger.readers.json_rows import unpacked
from tools.ledger.readers.parse import instant, tag_pairs
from tools.ledger.readers.rows import Export, Skipped
from tools.ledger.readers.text import Table

SIGNS = frozenset({"costinbillingcurrency", "metercategory"})
NEEDED = (
    "CostInBillingCurrency",
    "Date",
    "ChargeType",
    "PricingModel",
    "BillingPeriodStartDate",
    "BillingPeriodEndDate",
    "MeterCategory",
)
COMMITTED = frozenset({"reservation", "savingsplan", "savings plan"})
UNUSED = frozenset({"unusedreservation", "unusedsavingsplan"})
CATEGORIES = {"usage": "Usage", "purchase": "Purchase", "refund": "Credit", "tax": "Tax"}
AI_METERS = ("openai", "cognitive services", "machine learning", "foundry", "azure ai", "applied ai", "bot service")
Kind = Literal["amortized", "actual", "plain"]


def kind_of(path: Path, rows: Numbered) -> Kind:
    """What a first look at every row says. BadInput where it says both."""
    amortized = actual = None
    for row in rows:
        if isinstance(row, Skipped):
            continue
        line, record = row
        try:
            cost = number(record, "costinbillingcurrency")
        except ValueError:
            continue
        kind = (said(record, "chargetype") or "").casefold()
        used = kind == "usage" and _committed(record)
        bought = kind in ("purchase", "refund") and _of_commitment(record)
        if kind in UNUSED or (used and cost):
            amortized = amortized or line
        elif used or (bought and cost):
            actual = actual or line
    if amortized and actual:
        raise BadInput(
            f"This row is as in an actual-cost export and line {amortized} as in an amortized one; a file must be one "
            "of the two.",
            file=path.name,
            line=actual,
        )
    if actual:
        raise BadInput(
            "This is an actual-cost export with reservations or savings plans, which does not say their effective "
            "cost; export amortized cost, or cost and usage details (FOCUS), instead.",
            file=path.name,
            line=actual,
        )
    return "amortized" if amortized else "plain"


def read(path: Path, first: Table, opened_again: Callable[[], Table]) -> Export:
    """The export's rows; `first` is read through to tell which kind it is, then the file again for the charges."""
    needed = (*NEEDED, "BillingCurrencyCode" if "billingcurrencycode" in _titles(first) else "BillingCurrency")
    kind = kind_of(path, records(path, first, needed, "an Azure cost export"))
    again = opened_again()
    rows = records(path, again, needed, "an Azure cost export")
    form = f"Azure {'amortized ' if kind == 'amortized' else ''}cost {again.kind}"
    made = export(path, form, rows, _charges, again.position)
    if kind == "amortized":
        made.notes.append(
            "An amortized export leaves out what reservations and savings plans were bought for, so billed cost lacks "
            "it; effective cost is whole."
        )
    return made


def _titles(table: Table) -> set[str]:
    return {title.casefold() for title in table.header}


def _committed(record: Mapping[str, Any]) -> bool:
    return (said(record, "pricingmodel") or "").casefold() in COMMITTED


def _of_commitment(record: Mapping[str, Any]) -> bool:
    return _committed(record) or bool(said(record, "reservationid", "benefitid"))


def _charges(record: Mapping[str, Any]) -> Iterable[Charge]:
    cost, day = said(record, "costinbillingcurrency"), _day(record, "date")
    kind = (said(record, "chargetype") or "").casefold()
    committed = kind in UNUSED or (kind == "usage" and _committed(record))
    service = said(record, "metercategory", "consumedservice")
    family = (said(record, "servicefamily") or "").casefold()
    ai = family == "ai + machine learning" or any(name in (service or "").casefold() for name in AI_METERS)
    meter = ", ".join(found for name in ("metersubcategory", "metername") if (found := said(record, name)))
    yield {
        c.BILLED_COST: "0" if committed and cost else cost,
        c.EFFECTIVE_COST: cost,
        c.BILLING_CURRENCY: said(record, "billingcurrency", "billingcurrencycode"),
        c.BILLING_ACCOUNT_ID: said(record, "billingaccountid"),
        c.BILLING_ACCOUNT_NAME: said(record, "billingaccountname"),
        c.BILLING_PERIOD_START: _day(record, "billingperiodstartdate"),
        c.BILLING_PERIOD_END: _day(record, "billingperiodenddate"),
        c.CHARGE_PERIOD_START: day,
        c.CHARGE_PERIOD_END: None,
        c.CHARGE_CATEGORY: "Usage" if kind in UNUSED else CATEGORIES.get(kind, "Adjustment"),
        c.CHARGE_CLASS: "Correction" if kind == "refund" else None,
        c.CHARGE_DESCRIPTION: said(record, "productname", "product"),
        c.PROVIDER_NAME: "Microsoft",
        c.PUBLISHER_NAME: said(record, "publishername"),
        c.SERVICE_NAME: service,
        c.SERVICE_CATEGORY: AI if ai else None,
        c.SUB_ACCOUNT_ID: said(record, "subscriptionid"),
        c.SUB_ACCOUNT_NAME: said(record, "subscriptionname"),
        c.REGION_ID: said(record, "resourcelocation"),
        c.RESOURCE_ID: said(record, "resourceid"),
        c.RESOURCE_NAME: said(record, "resourcename"),
        c.SKU_ID: said(record, "meterid"),
        c.SKU_METER: meter or None,
        c.PRICING_QUANTITY: said(record, "quantity"),
        c.PRICING_UNIT: said(record, "unitofmeasure"),
        c.TAGS: tags(said(record, "tags")),
    }


def _day(record: Mapping[str, Any], name: str) -> str:
    """The day, written `2026-09-03` or, as Microsoft documents, month/day/year. A file that writes the day first is
    found out by the last day of its billing period, which is no month."""
    cell = said(record, name)
    if not cell:
        raise ValueError(f"{name} is empty")
    try:
        return instant(cell).isoformat(" ")
    except ValueError as error:
        raise ValueError(f"{name}: {error} as month/day/year") from None


def tags(cell: str | None) -> tuple[tuple[str, str], ...]:
    """Tags as an object, with or without its braces: EA files leave them off (`"team": "orion","env": "prod"`)."""
    if not cell:
        return ()
    try:
        return tag_pairs(unpacked(cell if cell.startswith("{") else "{" + cell + "}"))
    except ValueError:
        return ()
