"""What can be asked of a company's books, and the tags that companies use for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tools.errors import Unknown

Kind = Literal["flow", "balance", "per share"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A line of the accounts: `tags` in no order (the one with the newest fact is used), `words` as people say it. One
    that no company files has two `parts` instead: the first line less the second."""

    name: str
    kind: Kind
    tags: tuple[str, ...]
    words: tuple[str, ...]
    parts: tuple[str, ...] = ()


METRICS = (
    Metric(
        "Capital expenditure",
        "flow",
        (
            "PaymentsToAcquireProductiveAssets",
            "PaymentsToAcquirePropertyPlantAndEquipment",
            "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",
        ),
        ("capex", "capital expenditure", "capital expenditures", "capital spending", "purchases of property"),
    ),
    Metric(
        "Revenue",
        "flow",
        ("RevenueFromContractWithCustomerExcludingAssessedTax", "Revenues", "SalesRevenueNet", "Revenue"),
        ("revenue", "revenues", "sales", "net sales", "turnover", "top line"),
    ),
    Metric(
        "Net income",
        "flow",
        ("NetIncomeLoss", "ProfitLoss", "ProfitLossAttributableToOwnersOfParent"),
        ("net income", "profit", "net profit", "earnings", "net loss", "bottom line"),
    ),
    Metric(
        "Operating income",
        "flow",
        ("OperatingIncomeLoss", "ProfitLossFromOperatingActivities"),
        ("operating income", "operating profit", "operating loss", "ebit"),
    ),
    Metric("Gross profit", "flow", ("GrossProfit",), ("gross profit", "gross margin in dollars")),
    Metric(
        "Cost of revenue",
        "flow",
        ("CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfSales"),
        ("cost of revenue", "cost of sales", "cost of goods sold", "cogs"),
    ),
    Metric(
        "Research and development",
        "flow",
        ("ResearchAndDevelopmentExpense", "ResearchAndDevelopmentExpenseExcludingAcquiredInProcessCost"),
        ("r&d", "rnd", "research and development", "research & development", "research spending", "r and d", "r & d"),
    ),
    Metric(
        "Operating cash flow",
        "flow",
        (
            "NetCashProvidedByUsedInOperatingActivities",
            "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
            "CashFlowsFromUsedInOperatingActivities",
        ),
        ("operating cash flow", "cash flow from operations", "cash from operations", "operating cashflow", "ocf"),
    ),
    Metric(
        "Free cash flow",
        "flow",
        (),
        ("free cash flow", "free cashflow", "fcf"),
        ("Operating cash flow", "Capital expenditure"),
    ),
    Metric(
        "Depreciation and amortisation",
        "flow",
        ("DepreciationDepletionAndAmortization", "DepreciationAndAmortization", "DepreciationAmortizationAndOther"),
        ("depreciation", "depreciation and amortisation", "depreciation and amortization", "d&a"),
    ),
    Metric(
        "Share buybacks",
        "flow",
        ("PaymentsForRepurchaseOfCommonStock",),
        (
            "buybacks",
            "share repurchases",
            "stock repurchases",
            "share buybacks",
            "buy back",
            "bought back",
            "repurchases",
        ),
    ),
    Metric(
        "Diluted earnings per share",
        "per share",
        ("EarningsPerShareDiluted", "DilutedEarningsLossPerShare"),
        ("eps", "earnings per share", "diluted eps", "diluted earnings per share"),
    ),
    Metric(
        "Cash and equivalents",
        "balance",
        ("CashAndCashEquivalentsAtCarryingValue", "CashAndCashEquivalents"),
        ("cash", "cash and equivalents", "cash and cash equivalents", "cash on hand"),
    ),
    Metric("Inventory", "balance", ("InventoryNet", "Inventories"), ("inventory", "inventories", "stock of goods")),
    Metric(
        "Long-term debt",
        "balance",
        ("LongTermDebt", "LongTermDebtNoncurrent"),
        ("debt", "long-term debt", "long term debt", "borrowings"),
    ),
    Metric("Total assets", "balance", ("Assets",), ("assets", "total assets", "balance sheet total")),
    Metric(
        "Purchase obligations",
        "balance",
        ("PurchaseObligation", "UnrecordedUnconditionalPurchaseObligationBalanceSheetAmount"),
        ("purchase obligations", "purchase commitments", "supply commitments"),
    ),
    Metric(
        "Property and equipment",
        "balance",
        ("PropertyPlantAndEquipmentNet", "PropertyPlantAndEquipment"),
        ("property and equipment", "ppe", "pp&e", "fixed assets"),
    ),
)


def find_metric(name: str) -> Metric:
    """The metric that `name` says ("capex", "R&D"); Unknown with the nearest names when none does."""
    from rapidfuzz import fuzz, process

    said = _plain(name)
    by_word = {_plain(word): metric for metric in METRICS for word in (*metric.words, metric.name)}
    if said in by_word:
        return by_word[said]
    scored = process.extract(said, list(by_word), scorer=fuzz.WRatio, limit=len(by_word))
    if (
        len(said) > 4
        and scored
        and scored[0][1] >= 92
        and {by_word[w].name for w, s, _ in scored if s >= 92} == {by_word[scored[0][0]].name}
    ):
        return by_word[scored[0][0]]
    nearest = list(dict.fromkeys(by_word[word].name for word, _, _ in scored))[:5]
    raise Unknown(f"{name!r} is not among the company figures that can be read from filings.", nearest)


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9&]+", " ", words.casefold()).strip()
