"""OpenRouter activity, by day and endpoint.

Documented: https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity, read November 2026. A management
key as Bearer; `date` asks for one of the last 30 completed UTC days; `usage` is dollars of OpenRouter credits spent;
`byok_usage_inference` is what one's own provider keys were charged by those providers, which OpenRouter does not
bill: it is told and not counted.

Assumed: that `completion_tokens` holds the reasoning tokens, as it does in OpenRouter's per-request usage, and that
`prompt_tokens` holds cached ones, which are not told apart.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tools.ledger.sync import meters
from tools.ledger.sync.api import Api
from tools.ledger.sync.charge import Charge, decimal
from tools.ledger.sync.source import Pulled, Source, SyncFailed, each_day
from tools.money import Money
from tools.period import Period

KEY = "OPENROUTER_MANAGEMENT_KEY"
DAYS = 30


def pull(api: Api, source: Source, period: Period) -> Pulled:
    headers = {"Authorization": f"Bearer {api.keys[KEY]}"}
    charges, elsewhere = [], Decimal(0)
    for day in each_day(period):
        for item in api.get("/api/v1/activity", [("date", day.isoformat())], headers)["data"]:
            if item["date"][:10] != day.isoformat():
                raise SyncFailed("OpenRouter answered with a day that was not asked for.")
            elsewhere += decimal(item.get("byok_usage_inference") or 0, "OpenRouter's byok_usage_inference")
            charges += _charges(source, day, item)
    own = f"{Money(elsewhere).shown()} used with your own provider keys through OpenRouter is billed by those providers"
    return Pulled(tuple(charges), notes=(f"{own} and not counted here.",) if elsewhere else ())


def _charges(source: Source, day: date, item: Any) -> list[Charge]:
    money = decimal(item["usage"], "OpenRouter's usage")
    charge = Charge(
        day,
        "OpenRouter",
        source.billing_account,
        "OpenRouter",
        f"{item['model']} served by {item['provider_name']}",
        money,
        money,
        sku=item["endpoint_id"],
        model=item.get("model_permaslug") or item["model"],
    )
    counts = ((meters.INPUT, int(item["prompt_tokens"])), (meters.OUTPUT, int(item["completion_tokens"])))
    return meters.split(charge, counts)
