"""AWS Cost Explorer, by day, service and usage type.

Documented: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html, read November
2026. JSON 1.1 over POST with `X-Amz-Target`, signed; at most two GroupBy; `TimePeriod.End` exclusive; amounts are
   strings with a unit; `NextPageToken` in the answer and the next request; `Estimated` days may still change and are
   pulled again. Every request costs 0.01 dollars. Billed is UnblendedCost, effective AmortizedCost.

Two questions, complements of each other by RECORD_TYPE, so that taxes, credits and fees keep their ChargeCategory: what
one leaves out the other has. An export to S3 (CUR or FOCUS) says more: tags, accounts, resources.

Assumed: the spelling of the record types in `CATEGORIES`; one that is spelled otherwise counts as Usage, with its
amount.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from tools.ledger.sync.api import Api, pages
from tools.ledger.sync.charge import AI, Charge, decimal
from tools.ledger.sync.sigv4 import Credentials, signed_post
from tools.ledger.sync.source import Pulled, Source, SyncFailed
from tools.period import Period

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
TOKEN = "AWS_SESSION_TOKEN"
REGION = "us-east-1"
"""Cost Explorer has this one for all regions."""
TARGET = "AWSInsightsIndexService.GetCostAndUsage"
METRICS = ("UnblendedCost", "AmortizedCost", "UsageQuantity")
CATEGORIES = {"Tax": "Tax", "Credit": "Credit", "Refund": "Credit", "Upfront": "Purchase", "Recurring": "Purchase"}
CATEGORIES |= {"SavingsPlanUpfrontFee": "Purchase", "SavingsPlanRecurringFee": "Purchase"}
AI_SERVICES = ("bedrock", "sagemaker", "comprehend", "rekognition", "textract", "transcribe", "amazon q")


def pull(api: Api, source: Source, period: Period) -> Pulled:
    special = {"Dimensions": {"Key": "RECORD_TYPE", "Values": list(CATEGORIES)}}
    used = _results(api, source, period, ("SERVICE", "USAGE_TYPE"), {"Not": special})
    other = _results(api, source, period, ("SERVICE", "RECORD_TYPE"), special)
    charges, estimated = [], set[date]()
    for results, by_record in ((used, False), (other, True)):
        for day, is_estimate, groups in results:
            estimated |= {day} if is_estimate else set()
            found = (_charge(source, day, group, by_record) for group in groups)
            charges += [charge for charge in found if charge]
    return Pulled(tuple(charges), frozenset(estimated))


def _results(
    api: Api, source: Source, period: Period, by: tuple[str, str], only: dict[str, Any]
) -> list[tuple[date, bool, Any]]:
    """Day, whether it is an estimate, and its groups, which may be on several pages."""
    question = {
        "TimePeriod": {"Start": period.start.isoformat(), "End": period.end.isoformat()},
        "Granularity": "DAILY",
        "Metrics": list(METRICS),
        "GroupBy": [{"Type": "DIMENSION", "Key": key} for key in by],
        "Filter": only,
    }
    access, secret = (api.keys[name] for name in KEYS)
    credentials = Credentials(access, secret, api.keys.get(TOKEN))
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET}

    def signed(url: str, body: bytes) -> dict[str, str]:
        return signed_post(url, body, headers, credentials, REGION, "ce", api.now())

    def ask(cursor: str | None) -> Any:
        more = {"NextPageToken": cursor} if cursor else {}
        return api.ask("POST", "/", json.dumps(question | more).encode(), signed)

    found = []
    for page in pages("AWS Cost Explorer", ask, lambda page: page.get("NextPageToken") or None):
        for result in page["ResultsByTime"]:
            day = date.fromisoformat(result["TimePeriod"]["Start"])
            if not period.contains(day):
                raise SyncFailed("AWS Cost Explorer answered with days that were not asked for.")
            if not isinstance(result["Estimated"], bool):
                raise SyncFailed("AWS Cost Explorer does not say whether a day is an estimate.")
            found.append((day, result["Estimated"], result["Groups"]))
    return found


def _charge(source: Source, day: date, group: Any, by_record: bool) -> Charge | None:
    """None for a group in which nothing was used and nothing charged."""
    service, second = group["Keys"]
    (billed, currency), (effective, other), (quantity, unit) = (_amount(group["Metrics"][name]) for name in METRICS)
    if currency != other:
        raise SyncFailed("AWS Cost Explorer gives one charge in two currencies.")
    if not (billed or effective or quantity):
        return None
    known = unit if unit and unit.upper() != "N/A" and not by_record else None
    return Charge(
        day,
        "AWS",
        source.billing_account,
        service,
        f"{service}: {second}",
        billed,
        effective,
        currency=currency,
        category=CATEGORIES.get(second, "Usage") if by_record else "Usage",
        service_category=AI if any(name in service.casefold() for name in AI_SERVICES) else None,
        sku=None if by_record else second,
        meter=None if by_record else second,
        quantity=quantity if known else None,
        unit=known,
    )


def _amount(metric: Any) -> tuple[Decimal, str]:
    if not isinstance(metric["Amount"], str):
        raise SyncFailed("AWS Cost Explorer's amount is not the string that is documented.")
    return decimal(metric["Amount"], "AWS Cost Explorer's amount"), str(metric["Unit"])
