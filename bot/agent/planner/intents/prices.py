"""Questions about what models cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.apart import with_difference
from bot.agent.planner.intents.own_spend import filters, own, spans
from bot.agent.planner.intents.workload import ONE_REQUEST, RATE, SPAN, UNITS_OF_WORK, volumes, workload
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import BATCH, Reading
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period
from tools.prices.vocabulary import provider_id

HOW_MANY = re.compile(
    r"\bhow (?:many|much).{0,30}\b(?:tokens?|usage|requests?)\b|\btokens?\b.{0,20}\b(?:buy|get|afford)"
    r"|\btokens?\s+for\s+[$€£\d]",
    re.I,
)
BARE_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
WINDOW = re.compile(
    r"\bcontext(?:\s+(?:window|length|size|limit))?\b|\b(?:max(?:imum)?|longest)\s+(?:input|prompt)\s+(?:length|size)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:since|history|historical\w*|launch\w*|used to|over time"
    r"|(?:have|has|had|did)\b.{0,40}\b(?:chang|fall|fell|drop|ris|rose|risen|gone|go|com|decreas|increas|mov)\w*)",
    re.IGNORECASE,
)
PER_THOUSAND = re.compile(
    r"(?:\bper|/)\s*(?:(?P<thousand>1?k|1,?000|thousand)|1?m|million)\b(?!\s*(?:calls?|requests?|quer))", re.I
)
LISTED = re.compile(r"\bper (?:million|1?m|1?k|thousand|m?tok\w*)\b|\blist prices?\b|/\s?m?tok", re.IGNORECASE)
PLAINLY = r"(?:regular|standard|normal|plain|non-?\s?batch|real-?\s?time|sync\w*|no\s+cach\w*|uncached|without)"
AGAINST_PLAIN = re.compile(
    rf"\b(?:vs\.?|versus|against|or|than|compared (?:to|with))\s+(?:the\s+)?{PLAINLY}\b"
    r"|\bhow much (?:cheaper|less|lower)\b"
    rf"|\b{PLAINLY}\s+(?:vs\.?|versus|or|against)\s+batch",
    re.IGNORECASE,
)
MEMORY = re.compile(r"\bkv[\s-]?cache\b|\bvram\b|\bgpu memory\b", re.IGNORECASE)
COMPONENTS = (
    ("context", WINDOW),
    ("cache_write", re.compile(r"\bcache[\s-]?(?:writ\w+|creation)\b|\bwrit\w+ to (?:the )?cache\b", re.IGNORECASE)),
    ("cached", re.compile(r"(?<!\w)cach\w*(?![\s-]?(?:writ|creat)\w*)(?!\w)", re.IGNORECASE)),
    ("output", re.compile(r"\b(?:output|completion|generated)\b", re.IGNORECASE)),
    ("input", re.compile(r"\b(?:input|prompt)\b", re.IGNORECASE)),
)
FAMILY = re.compile(r"\b(?:claude|gemini|gpt|llama|deepseek|grok|qwen)\b", re.IGNORECASE)
MODEL_WORD = re.compile(r"\b(?:models?|llms?|apis?)\b", re.IGNORECASE)


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


def _dated(r: Reading) -> Args:
    """The day whose prices are asked for, where one past period is named."""
    past = [p for p in r.periods if not p.is_future]
    return {"on": as_text(past[0].period)} if len(past) == 1 and len(r.periods) == 1 else {}


def _usage(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    families = [m[0] for m in FAMILY.finditer(r.text)]
    model = next(iter(r.model_names()), _hosted(r, base.get("model")) or (families[0] if families else None))
    args = {**workload(r, base), **({"model": model} if model else {}), **_dated(r)}
    if (r.has("saving") or AGAINST_PLAIN.search(r.text)) and (
        args.get("cached_share") or args.get("cached_input_tokens") or args.get("batch")
    ):
        args["saving"] = True
    if (often := _how_often(r, args)) is not None:
        return (often,)
    return (Planned("price_usage", args),)


def _ours(r: Reading) -> float:
    """Evidence of one's own spend where something personal, a time or a breakdown is named; a list price has none."""
    if LISTED.search(r.text) and not r.has("ours") and not r.of("team"):
        return 0.0
    return own(r) if r.has("ours") or r.of("team") or r.periods or r.groupings else 0.0


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


def _weigh_price(r: Reading) -> float | None:
    if not (r.models or FAMILY.search(r.text)) or volumes(r) or _ours(r) >= 0.35 or r.has("train", "finetune"):
        return None
    if MEMORY.search(r.text):
        return None
    if r.has("headline") or r.groupings or (not r.models and not r.has("cost", "price")):
        return None
    if r.models and WINDOW.search(r.text):
        return 0.5
    one = 0.3 if r.models and _component(r) and not _ours(r) else 0.0
    return one + 0.25 * r.has("price") + 0.15 * r.has("cost") - 0.2 * r.has("cheapest", "whatif") - 0.2 * r.has("news")


def _price(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {**_component(r), **_dated(r), **({"batch": True} if BATCH.search(r.text) else {})}
    if rate := next((a for a in r.amounts if a.kind == "number" and RATE.search(r.text[: a.start])), None):
        args["per_tokens"] = plain(rate.value)
    elif each := PER_THOUSAND.search(r.text):
        args["per_tokens"] = "1000" if each["thousand"] else "1000000"
    names = r.model_names() or tuple(m[0] for m in FAMILY.finditer(r.text))
    if not names and "model" in base:
        return (Planned("model_price", {**base, **args}),)
    if not r.has("price") and not WINDOW.search(r.text) and BARE_IT.search(r.text):
        return tuple(Planned("price_usage", {"model": name}) for name in names)
    return with_difference(r, tuple(Planned("model_price", {"model": name, **args}) for name in names))


def _component(r: Reading) -> Args:
    """The one price that is asked for, or the context window where no price is."""
    asked = [name for name, pattern in COMPONENTS if pattern.search(r.text)]
    if r.has("price", "cost") and "context" in asked:
        asked.remove("context")
    if asked[:1] == ["cached"] and asked[1:] == ["input"]:
        asked = ["cached"]
    return {"component": asked[0]} if len(asked) == 1 else {}


def _weigh_history(r: Reading) -> float | None:
    moved = r.models and PAST.search(r.text) and r.has("price", "cost", "cheapest")
    return 0.5 if moved and not volumes(r) and not r.amounts and _ours(r) < 0.35 and not r.has("ours") else None


def _history(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    part = {key: value for key, value in _component(r).items() if value != "context"}
    return tuple(Planned("price_history", {"model": name, **part}) for name in r.model_names())


def _weigh_share(r: Reading) -> float | None:
    return 0.6 if r.models and volumes(r) and r.has("share") and r.has("spend") and own(r) >= 0.3 else None


def _share(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    """What a described usage costs, as a share of what was spent."""
    scope = {key: value for key, value in filters(r, {}).items() if key not in {"model", "accelerator"}}
    scope["period"] = spans(r, {})[0] or as_text(Period.last_month(r.today))
    priced = {**workload(r, {}), "model": r.model_names()[0]}
    return (Planned("spend_total", scope), Planned("price_usage", priced, amount_from="share_of"))


A_DOLLAR = re.compile(
    r"\btokens?\b.{0,20}\b(?:per|for (?:a|each|one|every)|a)\s+(?:(?:us\s+)?dollar|buck|\$)"
    r"|\btokens?\s?/\s?(?:\$|dollar)",
    re.IGNORECASE,
)


def _weigh_budget(r: Reading) -> float | None:
    if r.models and not r.money and A_DOLLAR.search(r.text):
        return 0.8
    built = r.accelerators or r.has("finetune", "train")
    return 0.45 if r.models and r.money and HOW_MANY.search(r.text) and not built else None


def _budget(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    asked = [name for name, pattern in COMPONENTS[1:] if pattern.search(r.text)]
    args: Args = {**base, "model": next(iter(r.model_names()), base.get("model"))}
    if not r.money and A_DOLLAR.search(r.text):
        args["budget"] = "1"
    if r.money:
        args["budget"] = plain(r.money[0].value)
    if asked:
        args["component"] = asked[0]
    return (Planned("tokens_for_budget", args),)


def _at_list(args: Args) -> Args:
    """Without a price change, which a comparison does not take: it is asked about instead."""
    return {key: value for key, value in args.items() if key != "price_change"}


def _weigh_compare(r: Reading) -> float | None:
    if len(r.models) < 2 or not volumes(r) or own(r) >= 0.45 or r.has("serve"):
        return None
    return 0.45


def _compare(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    names = r.model_names() or tuple(base.get("models") or ())
    return (Planned("compare_models", {**_at_list(workload(r, base)), "models": names, **_dated(r)}),)


def _weigh_cheapest(r: Reading) -> float | None:
    if not r.has("cheapest") or r.accelerators or len(r.models) > 1:
        return None
    if not (volumes(r) or MODEL_WORD.search(r.text)):
        return None
    return 0.3 + 0.1 * bool(volumes(r)) - 0.2 * bool(r.models)


def _cheapest(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: base[key] for key in ("min_context", "providers", "families", "top") if key in base} | _at_list(
        workload(r, base)
    )
    if context := r.amount("context"):
        args["min_context"] = plain(context.value)
    if providers := r.of("provider"):
        args["providers"] = providers
    if families := tuple(dict.fromkeys(m[0].lower() for m in FAMILY.finditer(r.text))):
        args["families"] = families
    if r.top and r.top > 1:
        args["top"] = r.top
    return (Planned("cheapest_models", args),)


INTENTS = (
    Intent("price_usage", _weigh_usage, _usage),
    Intent("model_price", _weigh_price, _price),
    Intent("price_history", _weigh_history, _history),
    Intent("usage_share", _weigh_share, _share),
    Intent("compare_models", _weigh_compare, _compare),
    Intent("tokens_for_budget", _weigh_budget, _budget),
    Intent("cheapest_model", _weigh_cheapest, _cheapest),
)
