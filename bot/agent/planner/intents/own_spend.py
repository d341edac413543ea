"""Whether a question is about the asker's own spend, and which part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from bot.agent.planner.intents.beside import beside
from bot.agent.planner.intents.models_named import FAMILY, model_filters
from bot.agent.planner.intents.spend_words import ALL_OF_IT, BARE, MEAN, PEAK
from bot.agent.planner.ledger_names import EXCLUDING, Value
from bot.agent.planner.placed import named_currencies
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches
from bot.agent.slots.superlatives import EITHER
from bot.agent.toolbox.arguments import as_text
from bot.agent.toolbox.scoped import FILTERS
from tools.period import Period

AI = re.compile(
    r"\b(?:ai|gen-?ai|llm|ml|model)[\s-]+(?:related\s+)?(?:spend|cost|bill|usage|expens|charge|invoice)\w*"
    r"|\bon\s+(?:gen-?)?(?:ai|llms?)\b(?!\s+(?:servers?|chips?|compute))"
    r"|\b(?:gen-?)?ai[\s-]+only\b|\b(?:only|just)\s+(?:the\s+)?(?:gen-?)?ai\b",
    re.IGNORECASE,
)
COST_KINDS = (
    ("billed", re.compile(
        r"\b(?:billed|invoiced|owe|owed|owing|invoice amount|on the invoice|cash[\s-](?:basis|based|view|terms))\b"
        rf"|\b{EITHER}\s+(?:single\s+)?invoices?\b", re.IGNORECASE)),
    ("list", re.compile(r"\b(?:list (?:cost|price|spend)s?|at list|before discounts?|undiscounted)\b", re.IGNORECASE)),
    ("contracted", re.compile(r"\bcontracted\b", re.IGNORECASE)),
    ("effective", re.compile(r"\b(?:effective|amorti[sz]ed|accru(?:ed|als?))\b", re.IGNORECASE)),
)  # fmt: skip
WHO = re.compile(
    r"^\W*(?:and\s+)?who(?:'s|se)?\b(?!.*\b(?:spen[dt]|spends|spending (?:the )?most|most|least|biggest|largest"
    r"|priciest|costliest|cheapest|highest|lowest|smallest|top)\b)",
    re.IGNORECASE,
)
TAKEN_AS_OURS = 0.6
SCOPE = frozenset({*FILTERS, "tags", "without", "cost", "ai_only", "currency", "period", "accelerator"})
INSTANCE = re.compile(r"\b(?:p[2-6]|g[4-7]|trn[12]|inf[12])[a-z]{0,2}(?:\.\w+)?\b", re.IGNORECASE)
GPUS = re.compile(r"\b(?:gpus?|accelerators?)\b(?!\s+(?:hour|price))", re.IGNORECASE)
PLURAL = re.compile(r"(?<=\d)['’]?s$")
# `AI bill, GPUs included`: all of it is asked for.
INCLUDED = re.compile(r"\s+(?:included|incl\.?|as\s+well|too|counted)\b", re.IGNORECASE)
WITH = re.compile(r"\b(?:including|incl\.?|plus|also|counting)\s+(?:the\s+|our\s+|all\s+)*$", re.IGNORECASE)
BARE_COUNT = re.compile(r"^\d[\d,]*\s*(?:x\s*|×\s*)?(?=[A-Za-z])")
UNTAGGED = re.compile(r"\b(?:un(?:tagged|allocated|attributed|assigned))\b", re.IGNORECASE)
QUANTITY = re.compile(
    r"\bhow many (?!percent|dollars|usd|euros|eur|pounds|teams?|providers?|models?|services?|days|months|weeks)\w+"
    r"|\bnumber of\b"
    r"|\btoken (?:usage|volume|consumption|count)\b",
    re.IGNORECASE,
)
A_WORD = re.compile(r"\bai\b", re.IGNORECASE)
WORD = re.compile(r"\w+")
SMALL = frozenset(
    ("and", "the", "of", "in", "for", "total", "totals", "so", "far", "all", "up", "to", "including", "please", "just")
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
    personal = r.has("ours") or bool(r.of("team"))
    if WHO.search(r.text):
        return 0.0
    if not personal and (r.has("company", "others") or _a_provider_spends(r)):
        return 0.0
    if r.ours:
        return TAKEN_AS_OURS
    named = [dimension for dimension in FILTERS if dimension != "team" and r.of(dimension)] or list(r.left_out())
    named += [v.dimension for v in r.values if v.dimension.startswith("tag:")]
    return (
        0.25 * r.has("ours")
        + 0.25 * bool(r.of("team"))
        + 0.2 * r.has("spend", "untagged")
        + 0.1 * r.has("cost")
        + 0.1 * (bool(named) or any(v.dimension.startswith("tag:") for v in r.values))
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
        + 0.4 * (not r.periods and PEAK.search(r.text) is not None and len(r.text.split()) <= 6)
        + 0.3 * (AI.search(r.text) is not None and ALL_OF_IT.fullmatch(r.text) is not None)
        + 0.3 * (BARE.fullmatch(r.text) is not None)
        + 0.3 * (r.has("cost") and bool(r.groupings) and len(r.text.split()) <= 4)
        + 0.3 * (len(r.of("charge_kind")) > 1 and len(r.text.split()) <= 6)
        + 0.3 * _only_a_period(r)
        + 0.3 * (TOTAL.search(r.text) is not None and any(v.dimension == "charge_kind" for v in r.values))
        + 0.1 * (r.has("cost") and bool(r.periods) and len(r.text.split()) <= 6)
        + 0.2 * (bool(r.accelerators) and COSTS.search(r.text) is not None and _past(r))
        + 0.2 * (r.compared is not None and r.compared[1] is not None)
        + 0.2 * (bool(r.periods) and (TOTAL.search(r.text) is not None or bool(r.left_out())))
        + 0.1 * (bool(r.periods) and bool(named) and len(r.text.split()) <= 6)
        + 0.1 * (r.has("change") and bool(r.periods))
        + 0.2 * (r.has("spend") and any(unread.team for unread in r.unread))
    )


def _a_provider_spends(r: Reading) -> bool:
    """`What did Microsoft spend on ...`: the provider is who spends, not where we spent."""
    return any(
        v.dimension == "provider" and ASKS_ABOUT.search(r.text[: v.start]) and COMPANY_DOES.match(r.text[v.end :])
        for v in r.values
    )


def _only_a_period(r: Reading) -> bool:
    """Whether nothing but a time is named, and small words: `week 28`, `December 2025`."""
    if not _past(r) or r.groups - {"spend", "ours"} or r.values or r.models or r.accelerators or r.unread:
        return False
    spans = [(p.start, p.end) for p in r.periods]
    rest = [word for word in WORD.finditer(r.text) if not touches(*word.span(), spans)]
    return len(rest) <= 3 and all(word[0].lower() in SMALL for word in rest)


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
    rented = r.accelerators and not r.has("ours", "spend") and not (COSTS.search(r.text) and _past(r))
    rented = rented and not (INSTANCE.search(r.text) and _past(r) and not r.has("price", "rent"))
    if score < enough or (is_workload(r) and not r.has("ours")) or rented:
        return None
    # The word alone may be about anybody's spend: the question must then be much like ours.
    bare = not (r.has("ours") or r.values or r.periods or r.groupings or r.models)
    return score - 0.25 if bare else score


def filters(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments of any spend tool but the period: what `r` names replaces what `base` held of the same kind. A name
    that nothing has read is passed on as it is, so that the ledger refuses it instead of leaving the filter out."""
    args = {
        key: value
        for key, value in base.items()
        if key in {*FILTERS, "tags", "without", "cost", "ai_only", "currency", "period", "accelerator"}
    }
    for dimension in FILTERS:
        if named := r.of(dimension):
            args[dimension] = named
    meant, unwanted = model_filters(r)
    if meant:
        args["model"] = tuple(dict.fromkeys((*r.of("model"), *meant)))
    chips = [BARE_COUNT.sub("", m.text) for m in r.accelerators]
    spoken = [(m.start, m.end) for m in r.accelerators]
    chips += [found[0] for found in INSTANCE.finditer(r.text) if not touches(*found.span(), spoken)]
    if chips:
        args["accelerator"] = tuple(dict.fromkeys(PLURAL.sub("", chip) for chip in chips))
    elif (gpus := GPUS.search(r.text)) and not (
        INCLUDED.match(r.text, gpus.end()) or WITH.search(r.text[: gpus.start()])
    ):
        args["accelerator"] = ("gpu",)
    if called := tuple(v.value for v in r.values if _called_a_team(r, v)):
        args["team"] = (*args.get("team", ()), *called)
    if tags := tuple(
        f"{v.dimension.removeprefix('tag:')}={v.value}"
        for v in r.values
        if v.dimension.startswith("tag:") and not v.excluded
    ):
        args["tags"] = tags
    for unread in r.unread:
        if FAMILY.fullmatch(unread.name) or INSTANCE.fullmatch(unread.name):
            continue
        dimension = beside(r, unread) or ("team" if unread.team else "provider")
        if dimension.startswith("tag:"):
            args["tags"] = (*args.get("tags", ()), f"{dimension.removeprefix('tag:')}={unread.name}")
        else:
            args[dimension] = (*args.get(dimension, ()), unread.name)
    for kind, pattern in COST_KINDS:
        if pattern.search(r.text):
            args["cost"] = kind
    if left_out := (*r.left_out(), *(f"model={name}" for name in unwanted), *untagged_left_out(r.text)):
        args["without"] = left_out
    if currencies := named_currencies(r):
        args["currency"] = currencies
    if args.get("charge_kind") == ("purchases",):
        args.setdefault("cost", "billed")
    if AI.search(r.text) and not r.models and "ai=yes" not in r.left_out():
        args["ai_only"] = True
    return args


def untagged_left_out(text: str) -> tuple[str, ...]:
    """`team=untagged` where what has no team is to be left out: `total less untagged`."""
    return ("team=untagged",) if any(EXCLUDING.search(text[: m.start()]) for m in UNTAGGED.finditer(text)) else ()


def _called_a_team(r: Reading, value: Value) -> bool:
    """Whether the question says that what is no team's name in the ledger is one: `the checkout team`."""
    return (value.dimension.startswith("tag:") or value.dimension in {"sub_account", "service"}) and re.match(
        r"\s+(?:team|squad)\b", r.text[value.end :], re.IGNORECASE
    ) is not None


TOGETHER = re.compile(
    r"\b(?:together|combined|altogether|in (?:sum|total)|sum of|total (?:of|for|across|over)|added up)\b|\w\s*\+\s*\w",
    re.I,
)


def united(r: Reading) -> Period | None:
    """The one stretch that periods named one after the other make, where their sum is asked for: `Oct + Nov`."""
    named = sorted({mention.period for mention in r.periods}, key=lambda period: period.start)
    if len(named) < 2 or not TOGETHER.search(r.text) or r.groupings or (r.compared and r.compared[1]):
        return None
    meet = all(one.end == other.start for one, other in pairwise(named))
    return Period(named[0].start, named[-1].end) if meet else None


def spans(r: Reading, base: Mapping[str, Any]) -> list[str | None]:
    """The periods asked about, as tool arguments; the base's where none is named; [None] where none is known."""
    if whole := united(r):
        return [as_text(whole)]
    if r.periods:
        return list(dict.fromkeys(as_text(mention.period) for mention in r.periods))
    return [base.get("period")]
