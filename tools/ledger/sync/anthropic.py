"""Anthropic cost report, with the tokens of the messages usage report.

Documented: https://platform.claude.com/docs/en/api/admin/cost_report/retrieve and
.../admin/usage_report/retrieve_messages, read November 2026. An admin key as `x-api-key` with `anthropic-version`;
`starting_at` inclusive and `ending_at` exclusive in RFC 3339; `bucket_width=1d`, at most 31 buckets a page;
`has_more` with `next_page`, given back as `page`; lists as `group_by[]`. `amount` is a decimal string in the
currency's lowest unit: "123.45" is 1.2345 dollars. `uncached_input_tokens` is without cache reads and without
`cache_creation`, whose parts are `ephemeral_5m_input_tokens` and `ephemeral_1h_input_tokens`. The default workspace
is null. Priority Tier is in the usage report and never in the cost report: its cost is told as unknown.

Assumed: that `token_type` in the cost report is spelled as the usage report's fields are, with a dot for the nested
ones.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tools.ledger.sync import meters
from tools.ledger.sync.api import Api, next_page, pages
from tools.ledger.sync.charge import Charge, decimal
from tools.ledger.sync.joined import Cost, Full, Usage, joined
from tools.ledger.sync.source import Pulled, Source, SyncFailed
from tools.period import Period

KEY = "ANTHROPIC_ADMIN_KEY"
VERSION = "2023-06-01"
BUCKETS = 31
CENT = Decimal("0.01")
METERS = {
    "uncached_input_tokens": meters.INPUT,
    "cache_read_input_tokens": meters.CACHED_INPUT,
    "cache_creation.ephemeral_5m_input_tokens": meters.CACHE_WRITE,
    "cache_creation.ephemeral_1h_input_tokens": meters.CACHE_WRITE_1H,
    "output_tokens": meters.OUTPUT,
}
FULL = ("service_tier", "context_window")


def pull(api: Api, source: Source, period: Period) -> Pulled:
    costs = [
        _cost(source, day, result)
        for day, result in _buckets(api, "cost_report", ("workspace_id", "description"), period)
    ]
    usage = _buckets(api, "usage_report/messages", ("workspace_id", "model", *FULL), period)
    found = joined(costs, [item for day, result in usage for item in _usage(day, result)])
    notes = (meters.unpriced_note("Anthropic", found.unpriced),) if found.unpriced else ()
    return Pulled(found.charges, notes=notes)


def _buckets(api: Api, what: str, groups: tuple[str, ...], period: Period) -> list[tuple[date, Any]]:
    params = [("starting_at", f"{period.start}T00:00:00Z"), ("ending_at", f"{period.end}T00:00:00Z")]
    params += [("bucket_width", "1d"), ("limit", str(min(BUCKETS, period.days)))]
    params += [("group_by[]", name) for name in groups]
    headers = {"x-api-key": api.keys[KEY], "anthropic-version": VERSION}

    def ask(cursor: str | None) -> Any:
        more = [("page", cursor)] if cursor else []
        return api.get(f"/v1/organizations/{what}", params + more, headers)

    results = []
    for page in pages("Anthropic", ask, next_page):
        for bucket in page["data"]:
            day = datetime.fromisoformat(bucket["starting_at"]).date()
            if not period.contains(day):
                raise SyncFailed("Anthropic answered with days that were not asked for.")
            results += [(day, result) for result in bucket["results"]]
    return results


def _cost(source: Source, day: date, result: Any) -> Cost:
    if not isinstance(result["amount"], str):
        raise SyncFailed("Anthropic's amount is not the decimal string of cents that is documented.")
    currency = str(result["currency"]).upper()
    if currency != "USD":
        raise SyncFailed(f"Anthropic's costs are in {currency}; how many of its lowest units make one is not known.")
    money = decimal(result["amount"], "Anthropic's amount") * CENT
    tier, meter = result.get("service_tier"), METERS.get(result.get("token_type") or "")
    description = result.get("description") or "Claude API"
    charge = Charge(
        day,
        "Anthropic",
        source.billing_account,
        "Claude API",
        description,
        money,
        money,
        sku=description,
        meter=meters.named(meter, tier == "batch") if meter else None,
        model=result.get("model"),
        sub_account=result.get("workspace_id"),
        tags=(("workspace_id", result["workspace_id"]),) if result.get("workspace_id") else (),
    )
    return Cost(charge, _full(result))


def _usage(day: date, result: Any) -> list[Usage]:
    model = result.get("model")
    if not model:
        return []
    created, batch = result["cache_creation"], result.get("service_tier") == "batch"
    counts = {
        "uncached_input_tokens": result["uncached_input_tokens"],
        "cache_read_input_tokens": result["cache_read_input_tokens"],
        "cache_creation.ephemeral_5m_input_tokens": created["ephemeral_5m_input_tokens"],
        "cache_creation.ephemeral_1h_input_tokens": created["ephemeral_1h_input_tokens"],
        "output_tokens": result["output_tokens"],
    }
    name = f"{model} (Priority Tier)" if str(result.get("service_tier")).startswith("priority") else model
    return [
        Usage(day, result.get("workspace_id"), name, meters.named(METERS[kind], batch), tokens, _full(result))
        for kind, tokens in counts.items()
    ]


def _full(result: Any) -> Full:
    return tuple(result.get(name) for name in FULL)
