"""AWS Cost and Usage Reports as FOCUS rows: the legacy one (`lineItem/UnblendedCost`) and CUR 2.0, whose names
`aws_names` turns into the legacy ones.

Billed is the unblended cost. Effective follows AWS's own amortised cost (Cost and Usage Report guide, "Understanding
your reservations" and "Understanding Savings Plans", read 2026): covered usage at its plan or reservation rate, fees at
their unused part, the negation and the upfront fee at zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.readers import aws_names
from tools.ledger.readers.parse import WIDE, amount, text
from tools.ledger.readers.rows import Cell, Export, RawRow, Skipped
from tools.ledger.readers.text import Table

COST = "lineItem/UnblendedCost"
KIND = "lineItem/LineItemType"
NEEDED = (COST, KIND, "lineItem/UsageStartDate", "lineItem/UsageEndDate", "lineItem/CurrencyCode")
NEEDED_BILL = ("bill/PayerAccountId", "bill/BillingPeriodStartDate", "bill/BillingPeriodEndDate")
TAG = "resourceTags/"
DIRECT = {
    c.BILLED_COST: (COST,),
    c.LIST_COST: ("pricing/publicOnDemandCost",),
    c.BILLING_CURRENCY: ("lineItem/CurrencyCode",),
    c.BILLING_ACCOUNT_ID: ("bill/PayerAccountId",),
    c.BILLING_PERIOD_START: ("bill/BillingPeriodStartDate",),
    c.BILLING_PERIOD_END: ("bill/BillingPeriodEndDate",),
    c.CHARGE_PERIOD_START: ("lineItem/UsageStartDate",),
    c.CHARGE_PERIOD_END: ("lineItem/UsageEndDate",),
    c.CHARGE_DESCRIPTION: ("lineItem/LineItemDescription",),
    c.SERVICE_NAME: ("product/ProductName", "lineItem/ProductCode"),
    c.SUB_ACCOUNT_ID: ("lineItem/UsageAccountId",),
    c.REGION_ID: ("product/regionCode", "product/region"),
    c.REGION_NAME: ("product/location",),
    c.RESOURCE_ID: ("lineItem/ResourceId",),
    c.SKU_ID: ("product/sku",),
    c.SKU_METER: ("lineItem/UsageType",),
    c.SKU_PRICE_ID: ("pricing/RateCode",),
    c.CONSUMED_QUANTITY: ("lineItem/UsageAmount",),
    c.CONSUMED_UNIT: ("pricing/unit",),
    c.INVOICE_ISSUER_NAME: ("bill/InvoicingEntity",),
}
TITLES = frozenset(title for titles in DIRECT.values() for title in titles) | {KIND}
CATEGORIES = {"Tax": "Tax", "Credit": "Credit", "Refund": "Credit", "Fee": "Purchase", "RIFee": "Purchase"}
CATEGORIES |= {"SavingsPlanRecurringFee": "Purchase", "SavingsPlanUpfrontFee": "Purchase"}
AI_PRODUCTS = ("bedrock", "sagemaker", "comprehend", "rekognition", "textract", "transcribe", "amazon q")


def recognises(header: Sequence[str]) -> bool:
    return (COST in header and KIND in header) or set(header) >= aws_names.SIGNS


def read(path: Path, opened: Table) -> Export:
    """The report's line items as FOCUS rows. BadInput for a report without a column that is needed; also, while it is
    read, for use of a commitment where the column of its effective cost is missing."""
    form = f"AWS CUR {'2.0 ' if aws_names.is_cur2(opened.header) else ''}{opened.kind}"
    snake = {legacy: title for title, legacy in aws_names.LEGACY.items() if COST not in opened.header}
    opened = aws_names.as_legacy(opened)
    for name in NEEDED + NEEDED_BILL:
        if name not in opened.header:
            raise BadInput("This column of the report is missing.", file=path.name, column=snake.get(name, name))
    at: dict[str, int] = {}
    for place, title in enumerate(opened.header):
        if title in at and (title in TITLES or title.startswith(TAG)):
            raise BadInput(
                "The column is in the header twice; its values are ambiguous.",
                file=path.name,
                column=snake.get(title, title),
            )
        at[title] = place
    names = (*DIRECT, c.EFFECTIVE_COST, c.CHARGE_CATEGORY, c.PROVIDER_NAME, c.SERVICE_CATEGORY, c.TAGS, c.CHARGE_CLASS)
    export = Export(path.name, form, names, iter(()), total_bytes=path.stat().st_size)
    export.rows = _rows(opened, export, _mapping(at, path.name))
    return export


def _rows(opened: Table, export: Export, mapped: Callable[[list[str]], tuple[Cell, ...]]) -> Iterator[RawRow | Skipped]:
    for count, row in enumerate(opened.rows):
        if not count % 5000:
            export.read_bytes = opened.position()
        if isinstance(row, Skipped):
            yield row
            continue
        line, fields = row
        try:
            yield RawRow(line, mapped(fields))
        except ValueError as error:
            yield Skipped(line, str(error))
    export.read_bytes = export.total_bytes


def _mapping(at: dict[str, int], file: str) -> Callable[[list[str]], tuple[Cell, ...]]:
    direct = [[at[title] for title in titles if title in at] for titles in DIRECT.values()]
    tagged = [
        (title.removeprefix(TAG).removeprefix("user:").casefold(), place)
        for title, place in at.items()
        if title.startswith(TAG)
    ]

    tag_map = at.get(aws_names.TAGS)

    def value(fields: list[str], title: str) -> str:
        if title not in at:
            raise BadInput(
                "The report has use of a commitment but not this column, without which its effective cost is unknown.",
                file=file,
                column=title,
            )
        return text(fields[at[title]]) or "0"

    def mapped(fields: list[str]) -> tuple[Cell, ...]:
        plain = tuple(next((found for place in places if (found := text(fields[place]))), None) for places in direct)
        kind = fields[at[KIND]].strip()
        corrects = "Correction" if kind == "Refund" else None
        service = (plain[list(DIRECT).index(c.SERVICE_NAME)] or "").casefold()
        category = "AI and Machine Learning" if any(name in service for name in AI_PRODUCTS) else None
        tags = tuple((key, shown) for key, place in tagged if (shown := text(fields[place])))
        if tag_map is not None:
            tags += aws_names.map_tags(fields[tag_map])
        return (*plain, _effective(kind, fields, value), CATEGORIES.get(kind, "Usage"), "AWS", category, tags, corrects)

    return mapped


def _effective(kind: str, fields: list[str], value: Callable[[list[str], str], str]) -> str | None:
    """Amortised cost of a line item, as a decimal string."""
    plus = {
        "SavingsPlanCoveredUsage": ("savingsPlan/SavingsPlanEffectiveCost",),
        "DiscountedUsage": ("reservation/EffectiveCost",),
        "SavingsPlanRecurringFee": ("savingsPlan/TotalCommitmentToDate",),
        "RIFee": ("reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "reservation/UnusedRecurringFee"),
        "SavingsPlanNegation": (),
        "SavingsPlanUpfrontFee": (),
    }.get(kind, (COST,))
    minus = ("savingsPlan/UsedCommitment",) if kind == "SavingsPlanRecurringFee" else ()
    total = amount("0")
    for title in plus:
        if title == COST and text(value(fields, title)) is None:
            return None
        total = WIDE.add(total, amount(value(fields, title)))
    for title in minus:
        total = WIDE.subtract(total, amount(value(fields, title)))
    return format(total, "f")
