"""OpenAI organization costs, with the tokens of the completions usage.

Documented: https://platform.openai.com/docs/api-reference/usage/costs and .../usage/completions, and the types of the
openai Python package 3.54 (`types/admin/organization`), read November 2026. An organization admin key as Bearer;
`start_time` inclusive and `end_time` exclusive in Unix seconds; `bucket_width=1d`; costs at most 180 buckets a page,
usage 31; `has_more` with `next_page`, given back as `page`; lists as `group_by[]`. `amount.value` is a JSON number of
whole units of `amount.currency` (dollars), read here as a Decimal from its digits. `line_item` is "model, meter" for
models; `quantity` and `quantity_unit` may be there. `input_tokens` counts cached and cache-write tokens too, so both
are subtracted for the uncached rest.

Assumed: that a line item whose part after the last comma names a token meter begins with the model as usage names it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from tools.ledger.sync import meters
from tools.ledger.sync.api import Api, next_page, pages
from tools.ledger.sync.charge import Charge, decimal
from tools.ledger.sync.joined import Cost, Usage, joined
from tools.ledger.sync.source import Pulled, Source, SyncFailed
from tools.period import Period

KEY = "OPENAI_ADMIN_KEY"
COST_BUCKETS = 180
USAGE_BUCKETS = 31
UNITS = {"tokens": "Tokens", "1000_tokens": "1K tokens", "images": "Images", "characters": "Characters"}
UNITS |= {"duration_seconds": "Seconds", "duration_minutes": "Minutes", "duration_hours": "Hours"}
UNITS |= {"gibibyte_hours": "GiB-Hours"}

TAGGED = ("project_id", "project_name", "api_key_id", "user_id")
"""Whose a cost is, as far as OpenAI says it: the names that its exports give these."""


def pull(api: Api, source: Source, period: Period) -> Pulled:
    buckets = _buckets(api, "costs", ("project_id", "line_item"), COST_BUCKETS, period)
    costs, unknown = [], 0
    for day, result in buckets:
        cost = _cost(source, day, result)
        unknown += cost is None
        costs += [cost] if cost else []
    usage = _buckets(api, "usage/completions", ("project_id", "model", "batch"), USAGE_BUCKETS, period)
    found = joined(costs, [item for day, result in usage for item in _usage(day, result)])
    notes = [f"{unknown} cost lines of OpenAI state no amount and are not counted."] if unknown else []
    if found.unpriced:
        notes.append(meters.unpriced_note("OpenAI", found.unpriced))
    return Pulled(found.charges, notes=tuple(notes))


def _buckets(api: Api, what: str, groups: tuple[str, ...], limit: int, period: Period) -> list[tuple[date, Any]]:
    """Every result of every page with its day. SyncFailed for a bucket that is not one of the days asked for."""
    params = [("start_time", str(_unix(period.start))), ("end_time", str(_unix(period.end)))]
    params += [("bucket_width", "1d"), ("limit", str(min(limit, period.days)))]
    params += [("group_by[]", name) for name in groups]
    headers = {"Authorization": f"Bearer {api.keys[KEY]}"}

    def ask(cursor: str | None) -> Any:
        more = [("page", cursor)] if cursor else []
        return api.get(f"/v1/organization/{what}", params + more, headers)

    results = []
    for page in pages("OpenAI", ask, next_page):
        for bucket in page["data"]:
            moment = datetime.fromtimestamp(bucket["start_time"], UTC)
            if moment.time() != time() or not period.contains(moment.date()):
                raise SyncFailed("OpenAI answered with buckets that are not the UTC days asked for.")
            results += [(moment.date(), result) for result in bucket["results"]]
    return results


def _cost(source: Source, day: date, result: Any) -> Cost | None:
    """None where the amount is not said: unknown, not zero."""
    amount = result.get("amount") or {}
    if amount.get("value") is None:
        return None
    money, item = decimal(amount["value"], "OpenAI's amount"), result.get("line_item")
    model, meter, batch = _meter(item)
    quantity, unit = result.get("quantity"), UNITS.get(result.get("quantity_unit") or "")
    charge = Charge(
        day,
        "OpenAI",
        source.billing_account,
        "OpenAI API",
        item or "OpenAI API",
        money,
        money,
        currency=str(amount.get("currency") or "usd").upper(),
        sku=item,
        meter=meters.named(meter, batch) if meter else None,
        quantity=decimal(quantity, "OpenAI's quantity") if quantity is not None and unit else None,
        unit=unit if quantity is not None else None,
        model=model,
        sub_account=result.get("project_id"),
        sub_account_name=result.get("project_name"),
        tags=tuple((name, str(result[name])) for name in TAGGED if result.get(name)),
    )
    return Cost(charge)


def _meter(item: str | None) -> tuple[str | None, str | None, bool]:
    """The model and the token meter of "gpt-6-astra, input_tokens", and whether it is a batch's."""
    model, comma, said = (item or "").rpartition(",")
    words = said.lower().replace("_", " ").split()
    if not comma or not model.strip():
        return None, None, False
    name, batch = model.strip().split(" ")[0], "batch" in words or "batch" in model.lower().split()
    if {"audio", "image", "video"} & set(words):
        return name, None, batch
    if "cached" in words or "cache" in words:
        return name, meters.CACHE_WRITE if "write" in words else meters.CACHED_INPUT, batch
    meter = meters.INPUT if "input" in words else meters.OUTPUT if "output" in words else None
    return name, meter, batch


def _usage(day: date, result: Any) -> list[Usage]:
    model = result.get("model")
    if not model:
        return []
    cached = result.get("input_cached_tokens") or 0
    written = result.get("input_cache_write_tokens") or 0
    rest = result["input_tokens"] - cached - written
    if rest < 0:
        raise SyncFailed("OpenAI's usage counts more cached tokens than input tokens.")
    counts = ((meters.INPUT, rest), (meters.CACHED_INPUT, cached), (meters.CACHE_WRITE, written))
    return [
        Usage(day, result.get("project_id"), model, meters.named(meter, bool(result.get("batch"))), tokens)
        for meter, tokens in (*counts, (meters.OUTPUT, result["output_tokens"]))
    ]


def _unix(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
