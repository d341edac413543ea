"""Whether a question is about the asker's own spend."""

from __future__ import annotations

import re

from bot.agent.planner.intents.own.models_named import FAMILY
from bot.agent.planner.intents.own.spend_scope import AI, GPUS, accelerators_named
from bot.agent.planner.intents.own.spend_words import ALL_OF_IT, BARE, MEAN, PEAK, RANKED_SPANS
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches
from bot.agent.slots.machines import INSTANCE
from bot.agent.toolbox.scoped import FILTERS

WHO = re.compile(
    r"^\W*(?:and\s+)?who(?:'s|se)?\b(?!.*\b(?:spen[dt]|spends|us(?:e|es|ed|ing)|spending (?:the )?most|most|least"
    r"|biggest|largest"
    r"|priciest|costliest|cheapest|highest|lowest|smallest|top|drove|drives|driving|caused|causes|responsible|behind)\b)",
    re.IGNORECASE,
)
TAKEN_AS_OURS = 0.6
QUANTITY = re.compile(
    r"\bhow many (?!percent|dollars|usd|euros|eur|pounds|teams?|providers?|models?|services?|days|months|weeks)\w+"
    r"|\bnumber of\b"
    r"|\btoken (?:usage|volume|consumption|count)\b",
    re.IGNORECASE,
)
A_WORD = re.compile(r"\bai\b", re.IGNORECASE)
WORD = re.compile(r"\w+")
SMALL = frozenset(
    (
        "and",
        "the",
        "of",
        "in",
        "for",
        "total",
        "totals",
        "so",
        "far",
        "all",
        "up",
        "to",
        "including",
        "please",
        "just",
        "ai",
        "only",
    )
)
COSTS = re.compile(
    r"^(?!.*\b(?:per|an?) hour\b|.*\b(?:price|rent|spot|on[ -]demand|cheapest)).*\bcosts?\b", re.I | re.DOTALL
)
TOTAL = re.compile(r"\b(?:how much of|totals?|altogether|in all|all in|numbers?|figures?|sum)\b", re.IGNORECASE)
ASKS_ABOUT = re.compile(r"\b(?:did|does|do|has|have|will|is|are)\s+$", re.IGNORECASE)
COMPANY_DOES = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:spend|spent|spending|invest\w*|plan\w*|expect\w*|report\w*|announc\w*|guid\w*|rais\w*|earn\w*|pay|paid)\b",
    re.IGNORECASE,
)


def own(r: Reading) -> float:
    """How much says that the asker's own spend is meant, 0 to about 1."""
    tagged = any(v.dimension.startswith("tag:") for v in r.values)
    personal = r.has("ours") or bool(r.of("team")) or tagged
    if WHO.search(r.text):
        return 0.0
    if not personal and (r.has("company", "others") or _a_provider_spends(r)):
        return 0.0
    if r.ours:
        return TAKEN_AS_OURS
    named = [dimension for dimension in FILTERS if dimension != "team" and r.of(dimension)] or list(r.left_out())
    return (
        0.25 * r.has("ours")
        + 0.25 * bool(r.of("team"))
        + 0.2 * r.has("spend", "untagged")
        + 0.1 * r.has("cost")
        + 0.1 * (bool(named) or tagged)
        + 0.2 * ((FAMILY.search(r.text) is not None or GPUS.search(r.text) is not None) and bool(r.periods))
        + 0.1 * bool(r.periods)
        + 0.1 * bool(r.groupings)
        + 0.1 * (AI.search(r.text) is not None and bool(r.periods))
        + 0.2 * (bool(r.periods) and ((bool(r.models) and not r.has("price")) or r.has("list_cost", "credit")))
        + 0.1 * (bool(r.top or r.periods) and bool(r.groupings))
        + 0.2 * (bool(r.models) and bool(r.groupings))
        + 0.1 * (MEAN.search(r.text) is not None and bool(r.groupings) and bool(r.periods))
        + 0.2 * (r.has("share") and bool(r.periods) and (bool(r.values) or A_WORD.search(r.text) is not None))
        + 0.2 * (bool(r.periods) and (PEAK.search(r.text) is not None or INSTANCE.search(r.text) is not None))
        + 0.3 * (bool(r.periods) and RANKED_SPANS.search(r.text) is not None)
        + 0.4 * (not r.periods and PEAK.search(r.text) is not None and len(r.text.split()) <= 8)
        + 0.3 * (AI.search(r.text) is not None and ALL_OF_IT.fullmatch(r.text) is not None)
        + 0.3 * (BARE.fullmatch(r.text) is not None)
        + 0.3 * (r.has("cost") and bool(r.groupings) and len(r.text.split()) <= 4)
        + 0.3 * (len(r.of("charge_kind")) > 1 and len(r.text.split()) <= 6)
        + 0.3 * _a_period_costs(r)
        + 0.2 * _only_names_and_time(r)
        + 0.3 * _only_a_period(r)
        + 0.3 * (TOTAL.search(r.text) is not None and any(v.dimension == "charge_kind" for v in r.values))
        + 0.1 * (r.has("cost") and bool(r.periods) and len(r.text.split()) <= 6)
        + 0.2 * (bool(r.accelerators) and COSTS.search(r.text) is not None and _past(r))
        + 0.2 * (r.compared is not None and r.compared[1] is not None)
        + 0.2 * (bool(r.periods) and (TOTAL.search(r.text) is not None or bool(r.left_out())))
        + 0.2 * (bool(r.periods) and bool(accelerators_named(r)[1]))
        + 0.1 * (bool(r.periods) and (bool(named) or tagged) and len(r.text.split()) <= 6)
        + 0.1 * (r.has("change") and bool(r.periods))
        + 0.2 * (r.has("spend") and any(unread.team for unread in r.unread))
    )


def _a_provider_spends(r: Reading) -> bool:
    """`What did Microsoft spend on ...`: the provider is who spends, not where we spent."""
    return any(
        v.dimension == "provider" and ASKS_ABOUT.search(r.text[: v.start]) and COMPANY_DOES.match(r.text[v.end :])
        for v in r.values
    )


A_COST_AFTER = re.compile(
    r"\s+(?:(?:end(?:ed)?\s+up\s+)?cost(?:ing)?|come\s+(?:to|in\s+at|out\s+at)|came\s+(?:to|in\s+at|out\s+at)|total(?:led)?"
    r"|add(?:ed)?\s+up\s+to|amount(?:ed)?\s+to)\b",
    re.IGNORECASE,
)


def _a_period_costs(r: Reading) -> bool:
    """Whether it is asked what a time gone by came to: `what did May cost`."""
    return any(A_COST_AFTER.match(r.text, p.end) and not p.is_future for p in r.periods)


def _only_a_period(r: Reading) -> bool:
    """Whether nothing but a time is named, and small words: `week 28`, `December 2025`."""
    if not _past(r) or r.groups - {"spend", "ours"} or r.values or r.models or r.accelerators or r.unread:
        return False
    spans = [(p.start, p.end) for p in r.periods]
    rest = [word for word in WORD.finditer(r.text) if not touches(*word.span(), spans)]
    return len(rest) <= 5 and all(word[0].lower() in SMALL for word in rest)


def _only_names_and_time(r: Reading) -> bool:
    """Whether nothing but names of the ledger and a time gone by are told, and small words: `OpenAI from 15 August to
    15 September`."""
    if not _past(r) or not r.values or r.unread or r.filings & {v.value.casefold() for v in r.values}:
        return False
    spans = [*((p.start, p.end) for p in r.periods), *((v.start, v.end) for v in r.values)]
    spans += [*((g.start, g.end) for g in r.groupings), *((m.start, m.end) for m in r.models)]
    rest = [word for word in WORD.finditer(r.text) if not touches(*word.span(), spans)]
    return all(word[0].lower() in SMALL for word in rest)


def _past(r: Reading) -> bool:
    return bool(r.periods) and all(p.period.start <= r.today for p in r.periods)


def is_workload(r: Reading) -> bool:
    """Whether a usage is described, rather than spend that was billed."""
    return any(a.unit in {"token", "request", "parameter"} and a.kind == "number" for a in r.amounts)


def about_spend(r: Reading) -> float | None:
    """The evidence where it is enough, None where another kind of question is meant."""
    building = r.has("train", "finetune", "serve") and not r.periods
    if QUANTITY.search(r.text) or building:
        return None
    score = own(r)
    enough = 0.2 if r.has("spend", "change") else 0.3 - 1e-9
    rented = (
        accelerators_named(r)[0]
        and r.accelerators
        and not r.has("ours", "spend")
        and not (COSTS.search(r.text) and _past(r))
    )
    rented = rented and not (INSTANCE.search(r.text) and _past(r) and not r.has("price", "rent"))
    if score < enough or (is_workload(r) and not r.has("ours")) or rented:
        return None
    # The word alone may be about anybody's spend: the question must then be much like ours.
    bare = not (r.has("ours") or r.values or r.periods or r.groupings or r.models)
    return score - 0.25 if bare else score
