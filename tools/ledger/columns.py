"""Names of the ledger's columns: FOCUS columns as the specification spells them, ours with its `x_` prefix."""

from __future__ import annotations

BILLED_COST = "BilledCost"
EFFECTIVE_COST = "EffectiveCost"
LIST_COST = "ListCost"
CONTRACTED_COST = "ContractedCost"
BILLING_CURRENCY = "BillingCurrency"
BILLING_ACCOUNT_ID = "BillingAccountId"
BILLING_ACCOUNT_NAME = "BillingAccountName"
BILLING_PERIOD_START = "BillingPeriodStart"
BILLING_PERIOD_END = "BillingPeriodEnd"
CHARGE_PERIOD_START = "ChargePeriodStart"
CHARGE_PERIOD_END = "ChargePeriodEnd"
CHARGE_CATEGORY = "ChargeCategory"
CHARGE_CLASS = "ChargeClass"
"""`Correction` for what corrects an invoiced period; else empty."""
CHARGE_DESCRIPTION = "ChargeDescription"
PROVIDER_NAME = "ProviderName"
SERVICE_PROVIDER_NAME = "ServiceProviderName"
HOST_PROVIDER_NAME = "HostProviderName"
INVOICE_ISSUER_NAME = "InvoiceIssuerName"
PUBLISHER_NAME = "PublisherName"
SERVICE_CATEGORY = "ServiceCategory"
SERVICE_NAME = "ServiceName"
SUB_ACCOUNT_ID = "SubAccountId"
SUB_ACCOUNT_NAME = "SubAccountName"
REGION_ID = "RegionId"
REGION_NAME = "RegionName"
RESOURCE_ID = "ResourceId"
RESOURCE_NAME = "ResourceName"
RESOURCE_TYPE = "ResourceType"
SKU_ID = "SkuId"
SKU_METER = "SkuMeter"
SKU_PRICE_ID = "SkuPriceId"
SKU_PRICE_DETAILS = "SkuPriceDetails"
CONSUMED_QUANTITY = "ConsumedQuantity"
CONSUMED_UNIT = "ConsumedUnit"
PRICING_QUANTITY = "PricingQuantity"
PRICING_UNIT = "PricingUnit"
LIST_UNIT_PRICE = "ListUnitPrice"
PRICING_CATEGORY = "PricingCategory"
"""Standard (on demand), Committed, Dynamic (spot) or Other."""
COMMITMENT_ID = "CommitmentDiscountId"
COMMITMENT_NAME = "CommitmentDiscountName"
COMMITMENT_STATUS = "CommitmentDiscountStatus"
"""Used or Unused, of a usage charge that a commitment covers."""
COMMITMENT_TYPE = "CommitmentDiscountType"
"""The provider's word: Savings Plan, Reserved Instance, Committed Use Discount."""
TAGS = "Tags"

X_PROVIDER = "x_Provider"
"""Who sells the service, in one spelling: ServiceProviderName, else ProviderName."""
X_TEAM = "x_Team"
X_TEAM_KEY = "x_TeamKey"
"""`x_Team` casefolded: teams group and are compared by it."""
X_MODEL = "x_Model"
X_SNAPSHOT = "x_ModelSnapshot"
"""The dated name a model was billed under, where it differs from `x_Model`."""
X_AI = "x_AI"
X_DAY = "x_Day"
"""The UTC day of ChargePeriodStart, which decides the period a row counts in."""
X_THROUGH = "x_Through"
"""The last UTC day the row covers: a monthly usage row covers its month; any other than usage covers `x_Day` only."""
X_TAGS = "x_Tags"
"""Tags as a map; keys casefolded, without the `user:` that AWS puts before them."""
X_SOURCE = "x_Source"
X_LINE = "x_Line"
"""Line of the row in its file (CSV), or its row number (Parquet), from 1."""

SCALE = 22
WHOLE_DIGITS = 16
"""Amounts are DECIMAL(38, 22): up to 16 digits before the point and 22 after. A sum past that raises, never wraps."""

COSTS = (BILLED_COST, EFFECTIVE_COST, LIST_COST, CONTRACTED_COST)
QUANTITIES = (CONSUMED_QUANTITY, PRICING_QUANTITY, LIST_UNIT_PRICE)
INSTANTS = (BILLING_PERIOD_START, BILLING_PERIOD_END, CHARGE_PERIOD_START, CHARGE_PERIOD_END)
TEXTS = (
    BILLING_CURRENCY,
    BILLING_ACCOUNT_ID,
    BILLING_ACCOUNT_NAME,
    CHARGE_CATEGORY,
    CHARGE_CLASS,
    CHARGE_DESCRIPTION,
    PUBLISHER_NAME,
    SERVICE_CATEGORY,
    SERVICE_NAME,
    SUB_ACCOUNT_ID,
    SUB_ACCOUNT_NAME,
    REGION_ID,
    REGION_NAME,
    RESOURCE_ID,
    RESOURCE_NAME,
    RESOURCE_TYPE,
    SKU_ID,
    SKU_METER,
    SKU_PRICE_ID,
    CONSUMED_UNIT,
    PRICING_UNIT,
    PRICING_CATEGORY,
    COMMITMENT_ID,
    COMMITMENT_NAME,
    COMMITMENT_STATUS,
    COMMITMENT_TYPE,
)
OURS = (X_PROVIDER, X_TEAM, X_TEAM_KEY, X_MODEL, X_SNAPSHOT, X_AI, X_DAY, X_THROUGH, X_TAGS, X_SOURCE, X_LINE)
STORED = COSTS + QUANTITIES + INSTANTS + TEXTS + OURS
"""The ledger's columns in the order of a stored row."""

REQUIRED = (
    BILLED_COST,
    EFFECTIVE_COST,
    BILLING_CURRENCY,
    BILLING_PERIOD_START,
    CHARGE_PERIOD_START,
    CHARGE_PERIOD_END,
)
"""Without one of these a file is refused whole. ListCost and ContractedCost may be absent: then they are unknown."""

PROVIDERS = (SERVICE_PROVIDER_NAME, PROVIDER_NAME)
"""Either names the provider: ProviderName up to FOCUS 1.2, ServiceProviderName from 1.3."""

READ = (
    COSTS
    + QUANTITIES
    + INSTANTS
    + TEXTS
    + (
        PROVIDER_NAME,
        SERVICE_PROVIDER_NAME,
        HOST_PROVIDER_NAME,
        INVOICE_ISSUER_NAME,
        SKU_PRICE_DETAILS,
        TAGS,
        X_TEAM,
        X_MODEL,
    )
)
"""Every column that is looked for in an export; others are left aside."""


def ibis_types() -> dict[str, str]:
    """The schema that queries are written against."""
    kinds = dict.fromkeys(COSTS + QUANTITIES, f"decimal(38, {SCALE})")
    kinds |= dict.fromkeys(INSTANTS, "timestamp") | dict.fromkeys(TEXTS, "string")
    kinds |= dict.fromkeys(OURS, "string")
    kinds |= {X_AI: "boolean", X_DAY: "date", X_THROUGH: "date", X_TAGS: "map<string, string>", X_LINE: "int64"}
    return {name: kinds[name] for name in STORED}
