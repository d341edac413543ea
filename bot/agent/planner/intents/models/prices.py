"""Questions about what a use of models costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.models.cheapest import MODEL_WORD
from bot.agent.planner.intents.models.list_prices import FAMILY, dated
from bot.agent.planner.intents.models.price_parts import like_a_model
from bot.agent.planner.intents.models.ratios import ratio_numbers
from bot.agent.planner.intents.models.token_counts import volumes
from bot.agent.planner.intents.models.work_units import UNITS_OF_WORK
from bot.agent.planner.intents.models.workload import ONE_REQUEST, SPAN, at_list, workload
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.arguments import as_text
from tools.period import Period
from tools.prices.vocabulary import provider_id

PLAINLY = r"(?:regular|standard|normal|plain|non-?\s?batch|real-?\s?time|sync\w*|no\s+cach\w*|uncached|without)"
AGAINST_PLAIN = re.compile(
    rf"\b(?:vs\.?|versus|against|or|than|compared (?:to|with))\s+(?:the\s+)?{PLAINLY}\b"
    r"|\bhow much (?:cheaper|less|lower)\b"
    rf"|\b{PLAINLY}\s+(?:vs\.?|versus|or|against)\s+batch",
    re.IGNORECASE,
)


def _weigh_usage(r: Reading) -> float | None:
    counted = volumes(r) or r.unit(*UNITS_OF_WORK)
    if r.has("cheapest") and MODEL_WORD.search(r.text) and not any(mention.ref for mention in r.models):
        return None  # "cheapest Claude model": which of them is what is asked
    if r.has("train", "finetune"):
        return None
    if not r.models and not (any(a.unit == "token" for a in volumes(r)) and r.has("cost", "price")):
        return None
    if not counted or (not r.models and (own(r) >= 0.3 or r.has("cheapest", "headline", "others", "train", "serve"))):
        return None
    return 0.35 - 0.25 * (len(r.models) > 1) - 0.2 * r.has("serve", "train", "finetune")


def _usage(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    families = [m[0] for m in FAMILY.finditer(r.text)]
    model = next(iter(r.model_names()), _hosted(r, base.get("model")) or (families[0] if families else like_a_model(r)))
    args = {**workload(r, base), **({"model": model} if model else {}), **dated(r)}
    if (r.has("saving") or AGAINST_PLAIN.search(r.text)) and (
        args.get("cached_share") or args.get("cached_input_tokens") or args.get("batch")
    ):
        args["saving"] = True
    if (often := _how_often(r, args)) is not None:
        return (often,)
    return (Planned("price_usage", args),)


def _hosted(r: Reading, model: str | None) -> str | None:
    """The model of the call before, at the provider that a follow-up names: `and on Bedrock?`."""
    named = (part for v in r.values for part in (v.value, *v.value.split()))
    host = next((found for part in named if (found := provider_id(part))), None)
    return f"{model.split(' on ')[0]} on {host}" if model and host else model


def _how_often(r: Reading, args: Args) -> Planned | None:
    """A question back where requests are counted and a span is named that may be their rate or only the sum's."""
    if (
        not args.get("requests")
        or args.get("every")
        or not (named := SPAN.search(r.text))
        or ONE_REQUEST.search(r.text)
    ):
        return None
    span = (named["span"] or named["adverb"]).lower()
    count = f"{Decimal(args['requests']):,f}"
    return Planned("ask_back", {"question": f"Are the {count} requests those of one day, or of the whole ({span})?"})


def _weigh_share(r: Reading) -> float | None:
    return 0.6 if r.models and volumes(r) and r.has("share") and r.has("spend") and own(r) >= 0.3 else None


def _share(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    """What a described usage costs, as a share of what was spent."""
    scope = {key: value for key, value in filters(r, {}).items() if key not in {"model", "accelerator"}}
    scope["period"] = spans(r, {})[0] or as_text(Period.last_month(r.today))
    priced = {**workload(r, {}), "model": r.model_names()[0]}
    return (Planned("spend_total", scope), Planned("price_usage", priced, amount_from="share_of"))


def _weigh_compare(r: Reading) -> float | None:
    if len(r.models) < 2 or own(r) >= 0.45 or r.has("serve"):
        return None
    return 0.45 if volumes(r) else 0.6 if ratio_numbers(r) else None


def _compare(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    names = r.model_names() or tuple(base.get("models") or ())
    args = at_list(workload(r, base))
    if not volumes(r) and ratio_numbers(r):
        args["tokens"] = "1000000"  # the price of a million tokens of that mix
    return (Planned("compare_models", {**args, "models": names, **dated(r)}),)


INTENTS = (
    Intent("price_usage", _weigh_usage, _usage),
    Intent("usage_share", _weigh_share, _share),
    Intent("compare_models", _weigh_compare, _compare),
)
