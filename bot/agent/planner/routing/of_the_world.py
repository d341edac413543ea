"""Whether a question that is worded like one on own spend or prices may as well be about the world."""

from __future__ import annotations

import re

from bot.agent.planner.intents.building import build, memory, serving
from bot.agent.planner.intents.chips import hardware
from bot.agent.planner.intents.models import cheapest, list_prices, price_units, prices, token_budgets
from bot.agent.planner.intents.models.price_parts import components
from bot.agent.planner.intents.own import own_tokens, spend, unit_cost, unit_told
from bot.agent.planner.intents.own.own_spend import is_workload
from bot.agent.planner.intents.supposed import what_if
from bot.agent.planner.plan import Intent
from bot.agent.planner.reading import Reading
from knowledge.searching.question import read_question
from knowledge.searching.relevance import stems

OWN = (*spend.INTENTS, *own_tokens.INTENTS, *what_if.INTENTS, *unit_cost.INTENTS, *unit_told.INTENTS)
OF_MODELS = (
    *prices.INTENTS,
    *list_prices.INTENTS,
    *token_budgets.INTENTS,
    *cheapest.INTENTS,
    *price_units.INTENTS,
)
A_YEAR = 365
DISCOUNT = re.compile(r"\b(?:discounts?|cheaper|dearer|surcharges?)\b", re.IGNORECASE)
MOVED = re.compile(
    r"\b(?:cut|fell|fallen|falling|rose|risen|rising|dropp?(?:ed|ing)|climb\w+|surg\w+|moved|increased|decreased|raised"
    r"|slid|sliding|slipp(?:ed|ing)|eas(?:ed|ing)|soften\w*|steady|steadied"
    r"|(?:go|goes|going|gone|went|come|comes|coming|came) (?:up|down))\b",
    re.IGNORECASE,
)
QUALITY = re.compile(
    r"\b(?:faster|fastest|slower|smarter|smartest|better|best|worse|quality|accura\w+|latency|speed)\b", re.IGNORECASE
)
HABIT = re.compile(r"\b(?:how|what|why)\s+(?:does|do)\b", re.IGNORECASE)
ASKED = re.compile(r"\b(?:did|does|do|has|have|had|is|are|will)\s+$", re.IGNORECASE)
ACTS = re.compile(
    r"\s+(?:really\s+|ever\s+|also\s+|still\s+|just\s+|recently\s+)?(?:chang|rais|cut|lower|increas|reduc|announc|launch"
    r"|releas|introduc|drop|end|stop|add|plan|publish|report|buy|acquir|hir|sign|open|sell|build|mov|clos|merg|su[ei]|hik)",
    re.IGNORECASE,
)
SPEND_WORDS = stems(
    "ai ml llm gpu spend spending cost price bill budget invoice charge pay paid usage model token cloud provider"
    " vendor compute inference api money amount far forecast trend change week month quarter year data"
    " 2024 2025 2026 2027"
)
DONE = re.compile(r"\b(?:was|were|did|has|have)\b.*\btrain", re.IGNORECASE)


def of_the_world(r: Reading, intent: Intent) -> bool:
    """For own spend: nothing in it is of the asker's company (no "we", no team, no grouping, no other name of the
    ledger than a provider's) and no time is named but whole years. For a model's price: no price is spoken of. For
    rents: how they change, of which no tool tells. For training: one that was done, without its size."""
    if intent in OWN:
        return _nothing_of_ours(r)
    if r.has("ours") or (r.models and len(r.models) > 1 and QUALITY.search(r.text)):
        return False
    if intent in OF_MODELS:
        return not (
            r.has("price", "cost", "spend")
            or (len(r.models) > 1 and r.has("cheapest"))
            or (r.models and DISCOUNT.search(r.text) and components(r.text))
            or r.amounts
            or list_prices.WINDOW.search(r.text)
            or token_budgets.A_DOLLAR.search(r.text)
        )
    if intent in hardware.INTENTS:
        return MOVED.search(r.text) is not None and not r.amounts
    return (
        intent in (*build.INTENTS, *memory.INTENTS, *serving.INTENTS)
        and not is_workload(r)
        and DONE.search(r.text) is not None
    )


def _nothing_of_ours(r: Reading) -> bool:
    named = [value for value in r.values if value.dimension not in {"provider", "service_category"}]
    short = [one for one in r.periods if (one.period.end - one.period.start).days < A_YEAR]
    terse = len(r.text.split()) <= 4  # "2025 spend": who asks of the world says of what
    somebody = any(unread.team and not unread.name[:1].isupper() for unread in r.unread)
    return says_of_what(r) and not (r.has("ours") or named or short or r.groupings or r.top or terse or somebody)


def says_of_what(r: Reading) -> bool:
    """Whether it speaks of something beside spend as such and the providers that bill us: "total AI cost" and "OpenAI
    API bill" do not, "how does OpenAI bill for its API" asks about OpenAI."""
    ours = frozenset().union(*(stems(v.value, r.text[v.start : v.end]) for v in r.values))
    rest = [term for term in read_question(r.text).terms if term not in SPEND_WORDS and term not in ours]
    return bool(rest) or (bool(r.values) and HABIT.search(r.text) is not None) or _provider_acts(r)


def _provider_acts(r: Reading) -> bool:
    """`Did Anthropic raise its prices`: the provider is who does something."""
    return any(
        v.dimension == "provider" and ASKED.search(r.text[: v.start]) and ACTS.match(r.text[v.end :]) for v in r.values
    )
