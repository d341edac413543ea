"""A LiteLLM proxy's spend logs, summed by day, provider, model, team and key. An estimate, not a bill.

Documented: https://docs.litellm.ai/docs/proxy/cost_tracking and the source of litellm 1.109
(`proxy/spend_tracking/spend_management_endpoints.py`, `LiteLLM_SpendLogs` in `schema.prisma`), read November 2026. A
key that may see all spend, as Bearer. `/spend/logs?start_date&end_date&summarize=false` gives single requests from
midnight UTC to midnight UTC, both inclusive, at most the 10,000 newest, and then says
`x-litellm-spend-logs-truncated`; a day with more is read from `/spend/logs/v2`, in parts small enough to be whole.
`spend` is dollars by LiteLLM's price table, where a model without a price costs 0 (`prompt_tokens` holds cached
tokens): such requests are told as unknown, unless they were served from cache.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tools.ledger.readers.litellm_logs import PROVIDERS
from tools.ledger.sync import meters
from tools.ledger.sync.api import Api
from tools.ledger.sync.charge import Charge, decimal
from tools.ledger.sync.source import Pulled, Source, SyncFailed, each_day
from tools.period import Period, day_shown

KEY = "LITELLM_MASTER_KEY"
MOST = 10_000
PAGE = 1000
CACHED = ("cache_read_input_tokens", "cache_creation_input_tokens")
KINDS = (meters.INPUT, meters.CACHED_INPUT, meters.CACHE_WRITE, meters.OUTPUT)


def pull(api: Api, source: Source, period: Period) -> Pulled:
    charges: list[Charge] = []
    unpriced: dict[str, int] = defaultdict(int)
    for day in each_day(period):
        charges += _summed(source, day, _requests(api, day), unpriced)
    notes = ["LiteLLM's spend is an estimate by its price table, not an invoice."] if charges else []
    if unpriced:
        shown = ", ".join(f"{model} ({count:,} requests)" for model, count in sorted(unpriced.items())[:5])
        notes.append(f"LiteLLM has no price for {shown}; their cost is unknown and they are not counted.")
    return Pulled(tuple(charges), notes=tuple(notes))


def _requests(api: Api, day: date) -> list[Any]:
    """The day's requests, each once."""
    params = [("start_date", day.isoformat()), ("end_date", (day + timedelta(1)).isoformat())]
    found = api.get("/spend/logs", [*params, ("summarize", "false")], _headers(api))
    if not isinstance(found, list):
        raise SyncFailed("LiteLLM's answer is not a list of requests.")
    if len(found) >= MOST or api.seen_headers.get("x-litellm-spend-logs-truncated") == "true":
        start = datetime.combine(day, time(), UTC)
        found = _part(api, start, start + timedelta(days=1))
    if any("request_id" not in item for item in found):
        raise SyncFailed("LiteLLM answered with sums instead of requests; its version is too old to be synced.")
    once = {item["request_id"]: item for item in found}
    return [item for item in once.values() if _moment(item["startTime"]).date() == day]


def _part(api: Api, start: datetime, end: datetime) -> list[Any]:
    """Every request from `start` to `end`, to the second and inclusive, halving the span where it holds too many."""
    window = [("start_date", f"{start:%Y-%m-%d %H:%M:%S}"), ("end_date", f"{end:%Y-%m-%d %H:%M:%S}")]
    found: list[Any] = []
    page = 1
    while True:
        asked = [*window, ("page", str(page)), ("page_size", str(PAGE)), ("sort_order", "asc")]
        answer = api.get("/spend/logs/v2", asked, _headers(api))
        if answer["total"] >= MOST or answer.get("total_is_capped"):
            if end - start < timedelta(seconds=2):
                raise SyncFailed(f"LiteLLM logged too many requests within a second on {day_shown(start.date())}.")
            middle = (start + (end - start) / 2).replace(microsecond=0)
            return _part(api, start, middle) + _part(api, middle, end)
        found += answer["data"]
        if page >= answer["total_pages"]:
            return found
        page += 1


def _summed(source: Source, day: date, requests: list[Any], unpriced: dict[str, int]) -> list[Charge]:
    money: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    counts: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(KINDS))
    for item in requests:
        spend, tokens = decimal(item["spend"], "LiteLLM's spend"), _tokens(item)
        model = item.get("model") or item.get("model_group") or ""
        if not spend and not any(tokens):
            continue
        if not spend and str(item.get("cache_hit")).casefold() != "true":
            unpriced[model or "a model without a name"] += 1
            continue
        said = _object(item.get("metadata"))
        seller = str(item.get("custom_llm_provider") or model.partition("/")[0] or "LiteLLM").casefold()
        team, key = said.get("user_api_key_team_alias") or "", said.get("user_api_key_alias") or ""
        place = (PROVIDERS.get(seller, seller), str(model), str(item.get("team_id") or ""), str(team), str(key))
        money[place] += spend
        counts[place] = [one + other for one, other in zip(counts[place], tokens, strict=True)]
    charges: list[Charge] = []
    for whose, spend in money.items():
        seller, model, *owner = whose
        named = zip(("litellm_team_id", "litellm_team", "litellm_key"), owner, strict=True)
        charge = Charge(
            day,
            seller,
            source.billing_account,
            "LiteLLM proxy",
            f"{model} through LiteLLM",
            spend,
            spend,
            model=model or None,
            tags=(*((name, value) for name, value in named if value), ("x_estimated", "true")),
        )
        charges += meters.split(charge, list(zip(KINDS, counts[whose], strict=True)))
    return charges


def _tokens(item: Any) -> list[int]:
    """In the order of KINDS. `prompt_tokens` counts cached and cache-write tokens too."""
    values = _object(_object(item.get("metadata")).get("additional_usage_values"))
    read = int(values.get(CACHED[0]) or _object(values.get("prompt_tokens_details")).get("cached_tokens") or 0)
    written = int(values.get(CACHED[1]) or 0)
    plain = int(item.get("prompt_tokens") or 0) - read - written
    if plain < 0:
        raise SyncFailed("LiteLLM counts more cached tokens than prompt tokens.")
    return [plain, read, written, int(item.get("completion_tokens") or 0)]


def _object(found: Any) -> dict[str, Any]:
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except ValueError:
            return {}
    return found if isinstance(found, dict) else {}


def _moment(text: str) -> datetime:
    """In UTC; LiteLLM's times without a zone are UTC."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _headers(api: Api) -> dict[str, str]:
    return {"Authorization": f"Bearer {api.keys[KEY]}"}
