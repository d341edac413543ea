"""AWS CUR 2.0, and the legacy report as Parquet, in the legacy report's column names.

Names by "Cost and Usage Report (CUR) 2.0" (docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html): the
same columns in snake_case, with `product` and `resource_tags` as maps (JSON in a CSV). A query may have unfolded the
maps into columns `product_...` and `resource_tags_...`, as the legacy Parquet report has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from tools.ledger.readers.json_rows import unpacked
from tools.ledger.readers.rows import Skipped
from tools.ledger.readers.text import Table

LEGACY = {
    "bill_payer_account_id": "bill/PayerAccountId",
    "bill_billing_period_start_date": "bill/BillingPeriodStartDate",
    "bill_billing_period_end_date": "bill/BillingPeriodEndDate",
    "bill_invoicing_entity": "bill/InvoicingEntity",
    "line_item_line_item_type": "lineItem/LineItemType",
    "line_item_usage_start_date": "lineItem/UsageStartDate",
    "line_item_usage_end_date": "lineItem/UsageEndDate",
    "line_item_currency_code": "lineItem/CurrencyCode",
    "line_item_unblended_cost": "lineItem/UnblendedCost",
    "line_item_line_item_description": "lineItem/LineItemDescription",
    "line_item_product_code": "lineItem/ProductCode",
    "line_item_usage_account_id": "lineItem/UsageAccountId",
    "line_item_resource_id": "lineItem/ResourceId",
    "line_item_usage_type": "lineItem/UsageType",
    "line_item_usage_amount": "lineItem/UsageAmount",
    "pricing_public_on_demand_cost": "pricing/publicOnDemandCost",
    "pricing_rate_code": "pricing/RateCode",
    "pricing_unit": "pricing/unit",
    "product_product_name": "product/ProductName",
    "product_region_code": "product/regionCode",
    "product_region": "product/region",
    "product_location": "product/location",
    "product_sku": "product/sku",
    "reservation_effective_cost": "reservation/EffectiveCost",
    "reservation_unused_amortized_upfront_fee_for_billing_period": (
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod"
    ),
    "reservation_unused_recurring_fee": "reservation/UnusedRecurringFee",
    "savings_plan_savings_plan_effective_cost": "savingsPlan/SavingsPlanEffectiveCost",
    "savings_plan_total_commitment_to_date": "savingsPlan/TotalCommitmentToDate",
    "savings_plan_used_commitment": "savingsPlan/UsedCommitment",
}
PRODUCT, TAGS = "product", "resource_tags"
PRODUCT_NAME = "product/ProductName"
FLAT_TAG = "resource_tags_"
LEGACY_TAG = "resourceTags/"
SIGNS = frozenset({"line_item_unblended_cost", "line_item_line_item_type"})


def is_cur2(header: Sequence[str]) -> bool:
    """Whether the report is CUR 2.0: it has maps, or the account names that it added."""
    return bool({PRODUCT, TAGS, "bill_payer_account_name", "line_item_usage_account_name"} & set(header))


def as_legacy(table: Table) -> Table:
    """The same rows under the legacy names, with the product's name taken out of its map."""
    header = [_legacy(title) for title in table.header]
    place = table.header.index(PRODUCT) if PRODUCT in table.header and PRODUCT_NAME not in header else None

    def rows() -> Iterator[tuple[int, list[str]] | Skipped]:
        for row in table.rows:
            if place is None or isinstance(row, Skipped):
                yield row
            else:
                yield row[0], [*row[1], _product_name(row[1][place])]

    return Table(header if place is None else [*header, PRODUCT_NAME], rows(), table.position, table.close, table.kind)


@lru_cache(maxsize=65536)
def map_tags(cell: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a `resource_tags` map, without the `user_` before the keys of the customer's own tags."""
    return tuple(
        (key.removeprefix("user_").removeprefix("user:").casefold(), value.strip())
        for key, value in _map(cell).items()
        if isinstance(value, str) and value.strip()
    )


def _legacy(title: str) -> str:
    if title.startswith(FLAT_TAG):
        return LEGACY_TAG + title.removeprefix(FLAT_TAG).removeprefix("user_")
    return LEGACY.get(title, title)


@lru_cache(maxsize=65536)
def _product_name(cell: str) -> str:
    found = _map(cell).get("product_name")
    return found if isinstance(found, str) else ""


def _map(cell: str) -> dict[str, Any]:
    try:
        found = unpacked(cell)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
