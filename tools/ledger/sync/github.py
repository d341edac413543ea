"""GitHub AI credits of an organization, by day and model.

Documented: https://docs.github.com/en/rest/billing/usage (API version 2026-03-10), read November 2026: `GET
/organizations/{org}/settings/billing/ai_credit/usage` with `year`, `month`, `day`; the last 24 months; a token with
organization administration read. Without `month` it sums the year, without `day` the month: the answer's `timePeriod`
must therefore be the day asked for, or a sum would be stored once for each day. Amounts are dollars; a credit is 0.01
dollar. `gross` is before and `net` after what the plan includes. Seats are not in it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from tools.ledger.sync.api import Api
from tools.ledger.sync.charge import Charge, decimal
from tools.ledger.sync.source import Pulled, Source, SyncFailed, each_day
from tools.period import Period, day_shown

KEY = "GITHUB_TOKEN"
VERSION = "2026-03-10"


def pull(api: Api, source: Source, period: Period) -> Pulled:
    path = f"/organizations/{quote(source.organization or '', safe='')}/settings/billing/ai_credit/usage"
    headers = {
        "Authorization": f"Bearer {api.keys[KEY]}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": VERSION,
    }
    charges = []
    for day in each_day(period):
        asked = [("year", str(day.year)), ("month", str(day.month)), ("day", str(day.day))]
        report = api.get(path, asked, headers)
        said = report["timePeriod"]
        if (said.get("year"), said.get("month"), said.get("day")) != (day.year, day.month, day.day):
            raise SyncFailed(f"GitHub answered for another period than {day_shown(day)}.")
        charges += [_charge(source, day, item) for item in report["usageItems"]]
    return Pulled(tuple(charges))


def _charge(source: Source, day: date, item: Any) -> Charge:
    names = ("grossAmount", "discountAmount", "netAmount", "grossQuantity")
    gross, discount, net, quantity = (decimal(item[name], f"GitHub's {name}") for name in names)
    if abs(gross - discount - net) > Decimal("0.01"):
        raise SyncFailed("GitHub's gross less discount is not its net amount.")
    return Charge(
        day,
        "GitHub",
        source.billing_account,
        f"GitHub {item['product']}",
        f"{item['sku']}, {item['model']}",
        net,
        net,
        listed=gross,
        sku=item["sku"],
        meter=item["sku"],
        quantity=quantity,
        unit=str(item["unitType"]),
        model=item["model"] or None,
    )
