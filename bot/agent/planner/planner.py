"""The built-in planner: reads each question of a message, routes it by meaning and by what it names, fills in calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.agent.planner.accounted import asks_back, settled
from bot.agent.planner.history import Earlier, chosen_option
from bot.agent.planner.intents import (
    build,
    companies,
    decide,
    energy,
    finance,
    hardware,
    knowledge,
    outlay,
    plans,
    prices,
    prices_paid,
    scenario,
    sensitivity,
    specifications,
    spend,
    unit_cost,
)
from bot.agent.planner.intents.own_spend import own
from bot.agent.planner.ledger_names import LedgerNames
from bot.agent.planner.of_the_world import of_the_world
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading, read
from bot.agent.planner.route import Router
from bot.agent.planner.segments import segments
from bot.agent.planner.spelling import corrected, fractions_as_percent, months_as_iso, written_out
from tools.prices.catalogue import Catalogue

INTENTS: tuple[Intent, ...] = (
    *prices.INTENTS,
    *spend.INTENTS,
    *prices_paid.INTENTS,
    *unit_cost.INTENTS,
    *hardware.INTENTS,
    *specifications.INTENTS,
    *energy.INTENTS,
    *build.INTENTS,
    *decide.INTENTS,
    *scenario.INTENTS,
    *finance.INTENTS,
    *sensitivity.INTENTS,
    *plans.INTENTS,
    *companies.INTENTS,
    *outlay.INTENTS,
    *knowledge.INTENTS,
)
BY_TOOL: dict[str, str] = {
    "price_usage": "price_usage",
    "price_history": "price_history",
    "model_price": "model_price",
    "compare_models": "compare_models",
    "cheapest_models": "cheapest_model",
    "spend_total": "spend_total",
    "spend_by": "spend_by",
    "spend_series": "spend_series",
    "spend_change": "spend_change",
    "spend_average": "spend_average",
    "spend_extreme": "spend_extreme",
    "spend_share": "spend_share",
    "spend_discounts": "discounts",
    "untagged_share": "untagged",
    "tokens_for_budget": "tokens_for_budget",
    "budget_status": "budget",
    "token_usage": "token_usage",
    "token_prices_paid": "prices_paid",
    "forecast": "forecast",
    "what_if": "what_if",
    "choose_projects": "choose_projects",
    "company_figures": "company_figures",
    "model_memory": "model_memory",
    "rent_or_buy": "rent_or_buy",
    "energy": "energy",
    "fine_tuning_cost": "fine_tuning",
    "serving_cost": "serving",
    "spend_anomalies": "anomalies",
    "rent_price": "rent_price",
    "purchase_price": "purchase_price",
    "training_cost": "training_cost",
    "project_value": "project_value",
    "commitment_worth": "commitment",
    "bill_after_change": "scenario",
    "depreciation": "depreciation",
    "blended_rate": "blended_rate",
    "compound_growth": "growth",
    "sensitivity": "sensitivity",
    "accelerator_specification": "accelerator_specification",
    "training_utilisation": "training_utilisation",
    "unit_cost": "unit_cost",
}
# Below this, a question is not taken to be of any kind; the knowledge base is asked.
SURE = 0.45
# Evidence of one's own spend below which a question that can't be placed is looked up instead of asked about.
BARELY_OURS = 0.25
LAST_RESORTS = frozenset({"knowledge", "none", "about_outlay"})
# A reading that accounts for everything is preferred to a better-scored one that does not, up to this much below it.
NEAR = 0.6
# An intent that is chosen for a follow-up must be this much better than changing the call before.
NEW_QUESTION = 0.85
FOLLOWS = re.compile(
    r"^\W*(?:and|or|but|ok(?:ay)?|now|then|so|same|also|what about|how about|what if|make (?:that|it)|instead|only"
    r"|just|with|without|for|in|on|by|per|versus|vs|why|show|use|try|at|using|no,?|not|break)\b",
    re.IGNORECASE,
)


SUMMED = frozenset({"spend_total", "spend_change", "token_usage", "what_if"})
PRICED = frozenset({"price_usage", "compare_models", "cheapest_model", "cheapest_models"})
NEWS = re.compile(r"\b(?:news|headlines?|articles?|reports?|reported|according to|analysts?)\b", re.IGNORECASE)
SAYS = re.compile(
    r"\b(?:does|did|do)\s+(?:the\s+)?(?!we\b|our\b|us\b)[\w.&-]+(?:\s+[\w.&-]+){0,2}\s+(?:say|report|write|expect|find|predict|estimate)\b"
    r"|\baccording\s+to\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\W*(?:given|considering|with|after|in view of|based on|in light of|seeing|because of|taking into account)\s+",
    re.I,
)
HOW_MANY = re.compile(r"^\W*how (?:many|long)\b", re.IGNORECASE)
BACK = re.compile(r"\b(?:it|that|them|those|these|this)\b", re.IGNORECASE)


@dataclass
class Context:
    """What a reading is made against: the day, the ledger's names and end, the price catalogue, the English words.
    `told` says whether something indexed answers a question."""

    today: date
    data_through: date | None
    names: LedgerNames
    catalogue: Catalogue
    english: frozenset[str]
    router: Router
    filings: frozenset[str] = frozenset()
    told: Callable[[str], bool] = lambda question: False


def plan(text: str, context: Context, earlier: Sequence[Earlier] = ()) -> list[Planned]:
    """The calls that answer `text`, in order. Never empty: the last resort asks the knowledge base."""
    calls: list[Planned] = []
    before = list(earlier)
    for segment in segments(text):
        found = _plan_one(segment, context, before)
        calls += [call for call in found if call not in calls]
        before = [Earlier(call.tool, call.args) for call in found]
    return calls


def _plan_one(segment: str, context: Context, earlier: Sequence[Earlier]) -> list[Planned]:
    aside, segment = _news_aside(segment)
    segment = _with_antecedents(segment, earlier)
    pending = next((call for call in reversed(earlier) if call.asked_back), None)
    if pending is not None and (option := chosen_option(segment, pending.options)):
        return _changed(_read(option, context), [pending])
    r = _read(segment, context)
    ranked = _ranked(r, context.router)
    best = ranked[0] if ranked else None
    changeable = [call for call in earlier if call.tool in BY_TOOL]
    if changeable and (
        pending is not None
        or _follows(r, best)
        or _of_the_price_before(r, best, changeable)
        or _same_again(r, best, changeable)
    ):
        return _changed(r, [pending] if pending is not None and pending.tool in BY_TOOL else changeable)
    if best is not None and changeable and _of_the_spend_before(r, best[1], changeable[-1]):
        return settled(r, best[1].fill(r, changeable[-1].args))
    if best is None or best[0] < SURE:
        return list(knowledge.INTENTS[0].fill(r, {}))
    if of_the_world(r, best[1]) and context.told(r.original):
        return list(knowledge.INTENTS[0].fill(r, {}))
    found = _filled(r, ranked)
    return [*found, Planned("search_knowledge", {"question": aside})] if aside else found


def _filled(r: Reading, ranked: Sequence[tuple[float, Intent]]) -> list[Planned]:
    """The calls of the best intent that leaves nothing of the question out; where none near the best does, a question
    back that names what the best would leave out."""
    best = ranked[0][0]
    near = [ranked[0][1]]
    near += [i for score, i in ranked[1:] if score >= max(best - NEAR, SURE) and i.name not in LAST_RESORTS]
    attempts = [settled(r, intent.fill(r, {})) for intent in near]
    whole = next((calls for calls in attempts if not asks_back(calls)), None)
    if whole is None and SAYS.search(r.text) and not r.of("team"):
        return list(knowledge.INTENTS[0].fill(r, {}))
    if whole is None and ranked[0][1] in spend.INTENTS and own(r) < BARELY_OURS:
        return list(knowledge.INTENTS[0].fill(r, {}))
    return attempts[0] if whole is None else whole


def _read(segment: str, context: Context) -> Reading:
    fixed = corrected(written_out(months_as_iso(fractions_as_percent(segment))), context.english, context.names.words)
    return read(
        fixed.text,
        segment,
        context.today,
        context.data_through,
        context.names,
        context.catalogue,
        fixed.changes,
        context.filings,
    )


def _ranked(r: Reading, router: Router) -> list[tuple[float, Intent]]:
    near = router.scores(r.masked())
    scored = []
    for intent in INTENTS:
        weight = intent.weigh(r)
        if weight is not None:
            scored.append((near.get(intent.name, 0.0) + weight, intent))
    return sorted(scored, key=lambda pair: -pair[0])


def _follows(r: Reading, best: tuple[float, Intent] | None) -> bool:
    """Whether the question changes the one before: it opens like one, or names values and nothing to ask of them."""
    opens = FOLLOWS.match(r.text) is not None
    if opens and len(r.text.split()) <= 4 and not r.has("spend", "ours", "help"):
        return True
    if best is not None and best[0] >= NEW_QUESTION:
        return False
    short = len(r.text.split()) <= 5
    if short and HOW_MANY.match(r.text) and not (r.models or r.values or r.periods or r.has("ours", "spend")):
        return True
    names_something = bool(
        r.models or r.periods or r.values or r.amounts or r.groupings or r.accelerators or r.unread or r.top
    )
    unsure = best is None or best[0] < SURE or best[1].name in LAST_RESORTS
    if unsure and not names_something and BACK.search(r.text) and len(r.text.split()) <= 8:
        return True
    return (opens and (names_something or short)) or (short and names_something and unsure)


def _same_again(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And the ROI over 3 years?` after a project: the same kind of question, that names at most one value anew."""
    back = BACK.search(r.text) is not None and len(r.text.split()) <= 6
    if calls[-1].tool == "company_figures" and companies.changes_figures(r) and not r.has("ours"):
        return True
    opens = (back or FOLLOWS.match(r.text) is not None) and len(r.amounts) <= 1
    return opens and best is not None and best[1].name == BY_TOOL[calls[-1].tool] and best[1] not in spend.INTENTS


def _of_the_price_before(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And if we batch it?` after a price means that price: nothing of the ledger is named that could be re-priced."""
    return best is not None and best[1].name == "what_if" and not _names(r) and calls[-1].tool in PRICED


def _of_the_spend_before(r: Reading, best: Intent, call: Earlier) -> bool:
    """The same after a sum of our spend means the usage in that sum."""
    return best.name == "what_if" and not _names(r) and call.tool in SUMMED


def _names(r: Reading) -> bool:
    return bool(r.models or r.periods or r.values or r.unread or r.has("spend"))


def _changed(r: Reading, calls: Sequence[Earlier]) -> list[Planned]:
    """The calls before with what `r` names put in; a grouping or a change asked for turns a total into that."""
    by_name = {intent.name: intent for intent in INTENTS}
    found: list[Planned] = []
    for call in calls:
        name = BY_TOOL[call.tool]
        if name.startswith("spend") or name in {"untagged", "anomalies"}:
            name = _spend_kind(r, name)
        found += [planned for planned in settled(r, by_name[name].fill(r, call.args)) if planned not in found]
    return found


def _spend_kind(r: Reading, name: str) -> str:
    if r.compared or re.search(r"\bwhy\b|\bdrove\b|\bchange", r.text, re.IGNORECASE):
        return "spend_change"
    if spend.grain(r):
        return "spend_series"
    if any(g.dimension not in spend.TIME for g in r.groupings):
        return "spend_series" if name == "spend_series" else "spend_by"
    return name


def _news_aside(segment: str) -> tuple[str | None, str]:
    """The clause of a mixed question that asks what the news says, and the rest; None and the whole where it is not
    mixed: the rest must ask something too."""
    clauses = re.split(r"(?<=[,;])\s+|\s+-\s+", segment)
    told = [clause for clause in clauses if NEWS.search(clause) and ASIDE.match(clause)]
    rest = [clause for clause in clauses if clause not in told]
    if not told or not any(len(clause.split()) > 2 for clause in rest):
        return None, segment
    return ASIDE.sub("", told[0]).rstrip(",; "), " ".join(rest)


def _with_antecedents(segment: str, earlier: Sequence[Earlier]) -> str:
    """`64 of them` after a question on H100s as `64 H100`; `it` and `that` only where the model or chip was one."""
    named = next((str(name) for call in reversed(earlier) if (name := call.args.get("accelerator"))), None)
    if named is None:
        return segment
    return re.sub(r"\b(?:of\s+)?(?:them|those|these)\b", named, segment, count=1, flags=re.IGNORECASE)


def carried(call: Planned, amount: str, currency: str) -> Planned:
    """`call` with the headline amount of the call before in the argument that waits for it."""
    unit = {"currency": currency} if call.amount_from == "amount" else {}
    return replace(call, args={**call.args, str(call.amount_from): amount, **unit}, amount_from=None)
