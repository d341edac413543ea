"""Every number and name of a question must be used by the calls made for it; what is not is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.agent.planner.intents.chips.rented_at import BOXES
from bot.agent.planner.intents.own.models_named import of_a_family
from bot.agent.planner.intents.own.paired import paired
from bot.agent.planner.intents.own.spend_scope import GPUS, united
from bot.agent.planner.intents.own.spend_words import IS_IT
from bot.agent.planner.intents.own.split import LONGEST_QUARTER
from bot.agent.planner.intents.own.unit_told import told_count
from bot.agent.planner.intents.supposed.scenario import TILL
from bot.agent.planner.left_over.amounts_used import unused_amounts
from bot.agent.planner.left_over.placed import (
    fillers,
    other_currencies,
    unknown_tags,
    unplaced_words,
    unsure_period,
    without_budget_words,
)
from bot.agent.planner.left_over.priced_at import hosted, hosts_of, several, words_of_prices
from bot.agent.planner.left_over.taken_words import taken_words
from bot.agent.planner.left_over.vocabulary import unplaced_elsewhere
from bot.agent.planner.left_over.weights import OF_PRICES, OF_SPEND, weighty
from bot.agent.planner.left_over.whole_company import of_the_company
from bot.agent.planner.names.growth_word import GROWTH
from bot.agent.planner.names.things import of_a_thing
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.ledger_only import left_out, one_sided
from bot.agent.planner.wording.told_currency import in_currency
from bot.agent.planner.words.lexicon import stem
from bot.agent.planner.words.scale_words import scales
from bot.agent.planner.words.supposed_words import supposes
from bot.agent.slots.machines import INSTANCE
from bot.agent.toolbox.arguments import as_text
from tools.ledger.storing.classify import MODEL_PROVIDERS
from tools.results import listed

PLACE = re.compile(
    r"(?:us|eu|ap|uk|apac|emea|europe|asia|[a-z]{2,6}-(?:gov-)?(?:north|south|east|west|central)\w*(?:-?\d)?)", re.I
)
# These need a model's size or layers, whoever sells it.
OF_A_SIZE = frozenset(
    {
        "training_cost",
        "compute_budget",
        "fine_tuning_cost",
        "serving_cost",
        "model_memory",
        "cost_at_throughput",
        "decode_speed",
    }
)
FREE = frozenset({"calculate"}) | frozenset(
    {"search_knowledge", "ask_back", "say_unknown", "about_outlay", "data_freshness"}
)
OF_CHARGES = frozenset({"charge_kind", "day_of_week", "part_of_week", "ai"})
SPLIT = frozenset(
    {"spend_total", "spend_by", "spend_series", "spend_average", "spend_extreme", "spend_discounts", "token_usage"}
)
OF_THE_LEDGER = (
    "spend_", "token_prices", "token_costs", "machine_hours", "commitment_use", "untagged", "forecast",
    "what_if", "token_usage", "budget",
)  # fmt: skip
UNIT_PRICES = frozenset({"token_prices_paid", "machine_hours"})
CODE = re.compile(r"[a-z]+[\w.]*(?:-[\w.]+)*-v?\d[\w.-]*", re.IGNORECASE)
DIRECT = re.compile(r"direct(?:ly)?", re.IGNORECASE)
CLOUD_SERVICE = re.compile(r"bedrock|vertex|azure", re.IGNORECASE)


def settled(r: Reading, calls: Sequence[Planned]) -> list[Planned]:
    """The calls as they are, or one question back that names what they leave out."""
    if not calls or any(call.tool in FREE for call in calls):
        return list(calls)
    calls = in_currency(r, calls)
    if asks_back(calls):
        return list(calls)
    beside, calls = [call for call in calls if call.after], [call for call in calls if not call.after]
    on_ledger = all(call.tool.startswith(OF_THE_LEDGER) or {"metric", "count"} <= call.args.keys() for call in calls)
    sized = all(call.tool in OF_A_SIZE for call in calls)
    if _told_by_the_call(r, calls) and not on_ledger and not sized:
        return list(calls)  # the call says itself that the model is unknown or which one may be meant
    missed = unused_amounts(r, [*calls, *beside])
    missed += _periods(r, calls) + _names(r, calls) + weighty(r, [*calls, *beside]) + scales(r)
    if on_ledger:
        missed += left_out(r, calls)
        if unsure := unsure_period(r):
            return [Planned("ask_back", {"question": unsure[0], "options": unsure[1]})]
        if (alone := one_sided(r)) and not any(call.args.get("either") for call in calls):
            asked = f"What should be compared with “{alone[0]}”? I could read only that one name of its kind."
            return [Planned("ask_back", {"question": asked})]
        if strange := other_currencies(r):
            held_in = listed(r.currencies)
            reason = f"No bill here is in “{strange[0]}”: the bills are in {held_in}, and amounts are never converted."
            return [Planned("say_unknown", {"reason": reason})]
        if unknown := unknown_tags(r):
            return [Planned("say_unknown", {"reason": unknown})]
        priced, moved = (any(call.tool in tools for call in calls) for tools in (UNIT_PRICES, {"what_if"}))
        told = told_count(r) if any("count" in call.args for call in calls) else None
        held = taken_words([call.tool for call in calls], [name for call in calls for name in call.args])
        held |= told.words if told else frozenset()
        held |= {word.lower() for call in calls for word in several(call.args.get("called"))}
        words = unplaced_words(r, priced, moved, held, told is not None, supposes(calls))
        missed += without_budget_words(words, [call.tool for call in calls])
    else:
        missed += unplaced_elsewhere(r, calls, beside)
    if not missed:
        return [*of_the_company(r.text, calls), *beside]
    parts = listed([f"“{part}”" for part in dict.fromkeys(missed)])
    asked = f"I could not place {parts} in this question. Could you say it in other words?"
    return [Planned("ask_back", {"question": asked})]


def _told_by_the_call(r: Reading, calls: Sequence[Planned]) -> bool:
    """Whether a model that is unknown, or one of several, reaches a call as it is written."""
    told = {leaf for call in calls for leaf in _leaves(call.args)}
    return any(mention.problem and any(mention.text.casefold() in leaf for leaf in told) for mention in r.models)


def asks_back(calls: Sequence[Planned]) -> bool:
    return any(call.tool == "ask_back" for call in calls)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value).casefold()


def _periods(r: Reading, calls: Iterable[Planned]) -> list[str]:
    if any("on" in call.args for call in calls):
        return []
    told = {leaf for call in calls for leaf in _leaves(call.args)}
    if any("period" in call.args or call.tool == "company_figures" for call in calls):
        if not any(call.tool.startswith("spend") for call in calls):
            return []
        if r.compared is not None:
            sides = [side.period for side in r.compared if side is not None]
            apart = [p for p in r.periods if not any(p.period.overlap(side) for side in sides)]
            return [p.text for p in apart if as_text(p.period) not in told]
        if (whole := united(r)) and as_text(whole) in told:
            return []
        if any(call.tool == "spend_if" for call in calls):  # `A3 gets cheaper in August: what would June have been`
            when = [p for p in r.periods if not (p.is_future or TILL.search(r.text[p.end :]))] or r.periods
            return [p.text for p in when if as_text(p.period) not in told]
        return [p.text for p in r.periods if as_text(p.period) not in told]
    used = {str(call.args.get("hours")) for call in calls}
    left = [p for p in r.periods if str(p.period.days * 24) not in used]
    return [p.text for p in left if not p.period.contains(r.today) or p.period.days > 31]


def _names(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """Names of the ledger, models and accelerators that no argument holds, in questions on spend and prices."""
    told = {leaf for call in calls for leaf in _leaves(call.args)}
    if any(call.tool.startswith(OF_THE_LEDGER) for call in calls) and (
        unknown := [u.name for u in r.unread if CODE.fullmatch(u.name) and u.name not in told]
    ):
        return unknown  # `claude-heku-4-5`: shaped as a model is, and none that is known
    if any(call.tool == "rent_price" for call in calls):
        unread = [u.name for u in r.unread if u.name[0].isupper() and not BOXES.fullmatch(u.name)]
        return [name for name in unread if not any(name.casefold() in one for one in told)]
    if any(call.tool == "energy" for call in calls):
        return [u.name for u in r.unread if u.start and u.name.istitle() and u.name.casefold() not in told]
    if not any(call.tool.startswith(OF_SPEND) for call in calls):
        return []
    split_by = {str(name) for call in calls for name in (*several(call.args.get("by")), *several(call.args.get("of")))}
    hosts = hosts_of(r, calls, priced=_on_prices(calls))
    plain_words = fillers() | (words_of_prices(calls) if _on_prices(calls) else frozenset())
    missed = [
        r.text[v.start : v.end] if v.dimension in OF_CHARGES else v.value
        for v in r.values
        if v.dimension not in split_by
        and not (_on_prices(calls) and v.dimension == "team" and of_a_thing(r.text, v.start, v.end))
        and not (hosts and hosted(v.value, hosts))
        and not {v.value.casefold(), f"{v.dimension}={v.value}".casefold(), _tag(v.dimension, v.value)} & told
    ]
    missed += [
        m.text
        for m in (() if "model" in split_by and IS_IT.search(r.text) else r.models)
        if not any(m.text.casefold() in leaf or leaf in m.text.casefold() for leaf in told)
    ]
    missed += [
        u.name
        for u in r.unread
        if not (of_a_family(r.text, u.start) or INSTANCE.fullmatch(u.name) or GPUS.fullmatch(u.name))
        and stem(u.name) not in plain_words
        and not (hosts and hosted(u.name, hosts))
        and without_budget_words([u.name], [call.tool for call in calls])
        and not any(u.name.casefold() in leaf for leaf in told)
        and not (DIRECT.fullmatch(u.name) and any(call.args.get("either") for call in calls))
    ]
    chips = {leaf.removeprefix("accelerator=") for leaf in told}
    missed += [m.text for m in r.accelerators if not any(leaf in m.text.casefold() for leaf in chips)]
    if _on_prices(calls):
        counted = {stem(name) for call in calls for name in _counted_as(call)}
        missed += [
            u.name
            for u in r.unread
            if not hosted(u.name, hosts)
            and (PLACE.fullmatch(u.name) or (u.name[0].isupper() and not u.team and stem(u.name) not in counted))
        ]
    changes = any(call.tool == "spend_change" or call.args.get("growth") for call in calls)
    described = _on_prices(calls) and all({"input_tokens", "output_tokens"} & call.args.keys() for call in calls)
    doubtful = () if described else r.doubtful  # no team changes the list price of tokens that are told
    missed += [word for word in doubtful if not (changes and word.casefold() == "growth" and GROWTH.search(r.text))]
    # The machines with accelerators, or what is tagged so: which one changes the figure.
    missed += [r.text[v.start : v.end] for v in r.values if v.dimension[:4] == "tag:" and GPUS.fullmatch(v.value)]
    # A maker's models sold by a cloud are billed by the cloud: both as filters would meet no row and look like zero.
    if any(CLOUD_SERVICE.search(name) for name in r.of("service")) and not any(c.args.get("either") for c in calls):
        missed += [name for name in r.of("provider") if name in MODEL_PROVIDERS]
    spread = {
        str(name) for call in calls for key in ("by", "of", "grain", "tag") for name in several(call.args.get(key))
    }
    short = all(mention.period.days <= LONGEST_QUARTER for mention in r.periods) and bool(r.periods)
    spread |= {"quarter"} if short else set()  # the quarterly review of one month
    spread |= {"month"} if r.periods and all(p.period.whole_months == 1 for p in r.periods) else set()
    missed += [r.text[g.start : g.end] for g in r.groupings if g.dimension not in spread and _asked(g.dimension, calls)]
    if len(r.periods) > 1 and len(r.of("team")) == len(r.periods) and not r.groupings and not paired(r):
        missed += [p.text for p in r.periods]  # each period with a team of its own
    return missed


def _counted_as(call: Planned) -> tuple[str, str]:
    """What the requests of a use are called, one and many."""
    name = str(call.args.get("what", ""))
    return name, name.removesuffix("s")


def _on_prices(calls: Sequence[Planned]) -> bool:
    return all(call.tool.startswith(OF_PRICES) for call in calls)


def _asked(dimension: str, calls: Sequence[Planned]) -> bool:
    """Whether leaving a grouping out changes the answer; a forecast or an anomaly has none."""
    shown = all(call.tool == "token_usage" and dimension == "model" and "by" not in call.args for call in calls)
    return any(call.tool in SPLIT for call in calls) and not shown


def _tag(dimension: str, value: str) -> str:
    return f"{dimension.removeprefix('tag:')}={value}".casefold()
