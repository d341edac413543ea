"""Whether each word of a question on prices, hardware and calculations has been read, or changes no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.agent.planner.intents.chips.rented_at import region_parts
from bot.agent.planner.intents.decisions.portfolio import split
from bot.agent.planner.intents.models.workload import ADVERBS, LENGTHS, READ_IN, SPAN
from bot.agent.planner.intents.reports.companies import spoken
from bot.agent.planner.kinds import BY_TOOL
from bot.agent.planner.left_over.placed import MONTHS, fillers
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.route import examples
from bot.agent.planner.words.lexicon import stem
from bot.agent.slots.lexing import Span, touches
from tools.prices.vocabulary import provider_id

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Tools whose questions are read word by word; those on own spend are checked against the ledger's names.
OF_THE_WORLD = frozenset(
    (
        *("price_usage", "model_price", "price_history", "compare_models", "cheapest_models", "tokens_for_budget"),
        *("rent_for_budget", "accelerator_value", "rent_history", "cost_at_throughput"),
        *("needed_throughput", "decode_speed", "token_energy"),
        *(
            "requests_for_budget",
            "price_units",
            "ranked_prices",
            "prices_within",
            "model_at_providers",
            "provider_discounts",
        ),
        *("rent_price", "purchase_price", "rent_or_buy", "energy", "accelerator_specification", "training_utilisation"),
        *("training_cost", "compute_budget", "fine_tuning_cost", "serving_cost", "model_memory", "sensitivity"),
        *("project_value", "commitment_worth", "bill_after_change", "depreciation", "blended_rate", "compound_growth"),
        *("choose_projects", "company_figures"),
    )
)

OF_A_PROJECT = frozenset({"project_value", "compound_growth", "depreciation", "commitment_worth"})
# What money is paid for, by any name: `for a fraud scoring project`, `a new claims triage tool`.
WHAT_FOR = re.compile(
    r"^\W*(?:option|project|case|scenario|proposal|plan|idea)\s*\w{0,2}\s*[:,]|"
    r"\b(?:a|an|the|our|this|that|new|of|for|on|in|into)\s+(?:[a-z][\w-]*\s+){0,3}?(?:projects?|tools?|systems?"
    r"|platforms?|pilots?"
    r"|initiatives?|program(?:me)?s?|solutions?|assistants?|(?:chat)?bots?|agents?|roll-?outs?|migrations?"
    r"|pipelines?|engines?"
    r"|products?|features?|automations?|copilots?|use\s+cases?|upgrades?|models?|search|app)\b",
    re.IGNORECASE,
)
# What a model works on, whatever it is called: `embedding our wiki`, `to summarise all the meeting notes`.
WORKED_ON = re.compile(
    r"\b(?:embed|translat|summari[sz]|classif|categori[sz]|label|index|pars|process|analy[sz]|scan|extract|tagg?|rewrit"
    r"|proofread|moderat|review|transcrib|digest|screen|handl|answer|draft|read)[a-z]*\s+"
    r"(?:(?:our|the|all|a|an|their|my|this|these|whole|entire|of)\s+)*"
    r"(?!\d)(?:[a-z][a-z-]+\s+){0,2}?[a-z][a-z-]+(?=\s*(?:[,:;.?(]|\d|with\b|on\b|using\b|via\b|of\b|at\b|through\b|$))",
    re.IGNORECASE,
)
OF_USAGE = frozenset({"price_usage", "compare_models", "cheapest_models"})


def unplaced_elsewhere(r: Reading, calls: Sequence[Planned], beside: Sequence[Planned] = ()) -> list[str]:
    """Words that no part of the reading, no argument that is given and no list of everyday words accounts for, in order
    and as written; none where a call is not of the world's prices and calculations."""
    tools = [call.tool for call in calls if call.tool not in {"combined_amounts", "restated_amount"}]
    if not tools or not OF_THE_WORLD.issuperset(tools):
        return []
    if tools == ["choose_projects"] and split(r):
        return []  # every amount has its place, and what the projects are called changes nothing
    if tools == ["compound_growth"] and all({"start", "end", "length"} <= set(call.args) for call in calls):
        return []  # what it is that grows changes nothing
    known = frozenset[str]().union(*(vocabulary(call.tool, tuple(sorted(call.args))) for call in calls))
    known |= frozenset[str]().union(*(vocabulary(call.tool, tuple(sorted(call.args))) for call in beside))
    known |= {stem(part) for call in calls for part in region_parts(str(call.args.get("region", "")))}
    known |= {stem(word) for call in beside for text in _texts(call.args) for word in WORD.findall(text)}
    known |= {stem(word) for a in r.amounts for unit in (a.unit, a.per) for word in WORD.findall(unit or "")}
    known |= {stem(word) for call in calls for text in _texts(call.args) for word in WORD.findall(text)}
    known |= {stem(str(call.args["what"]).removesuffix("s")) for call in calls if "what" in call.args}
    known |= {stem(word) for m in r.models if m.ref for word in WORD.findall(f"{m.ref.provider} {m.ref.model}")}
    known |= {stem(word) for call in calls if "grid" in call.args for word in _grid_words(str(call.args["grid"]))}
    hosts = {m.provider or m.ref.provider for m in r.models if m.ref}
    found = [*_other_spans(r, calls)]
    named = [match.span() for a in r.amounts if a.unit == "word" and (match := READ_IN.match(r.text, a.end))]
    named += [match.span() for match in WORKED_ON.finditer(r.text)] if OF_USAGE.issuperset(tools) else []
    named += [match.span() for match in WHAT_FOR.finditer(r.text)] if OF_A_PROJECT.issuperset(tools) else []
    told = spoken(r.text) if tools[0] == "company_figures" else []
    for match in WORD.finditer(r.text):
        parts = re.split(r"['’]", match[0])
        spans = [*_without_tails(r), *named, *told]
        if len(match[0]) < 3 or touches(*match.span(), spans) or provider_id(match[0]) in hosts:
            continue
        if not all(len(part) < 3 or (stem(part) in known and part.lower() not in MONTHS) for part in parts):
            found.append(match[0])
    return found


# What is counted by the clock is of no kind that the words of a calculation have to name.
COUNTED = re.compile(r"\b(?:minutes?|seconds?|rps|qps|reqs?|secs?|mins?|hrs?|toks?)\b", re.IGNORECASE)


def _without_tails(r: Reading) -> Iterable[Span]:
    """What has been read, but for the words that a number has taken along to the one that says what it counts."""
    tails = {
        (a.start, max(a.end, a.phrase_end)): a.end
        for a in r.amounts
        if a.unit == "token" and not COUNTED.search(r.text, a.end, max(a.end, a.phrase_end))
    }
    return ((start, tails.get((start, end), end)) for start, end in r.taken)


def _other_spans(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """Spans of time that a usage is asked for beside the one that it is priced over: `and per day?` of a month's."""
    if not all(call.tool in OF_USAGE for call in calls):
        return []
    told = {Decimal(LENGTHS[str(call.args["every"])]) for call in calls if call.args.get("every") in LENGTHS}
    told |= {Decimal(str(call.args["days"])) for call in calls if "days" in call.args}
    if not told:
        return []
    if told & {Decimal(day) for day in range(18, 32)}:
        told.add(Decimal(LENGTHS["month"]))  # `monthly, with 22 working days`
    return [match[0] for match in SPAN.finditer(r.text) if not _days(match) & told]


def _days(match: re.Match[str]) -> set[Decimal]:
    """How many days a span may be counted as."""
    return {Decimal(LENGTHS[match["span"].lower()] if match["span"] else ADVERBS[match["adverb"].lower()])}


@lru_cache(maxsize=512)
def vocabulary(tool: str, arguments: tuple[str, ...]) -> frozenset[str]:
    """Stems of the words that a question may hold where it is answered by a call of `tool` with these `arguments`: of
    the examples of its kind, of the tool's description, and of the arguments that are given."""
    from bot.agent.toolbox.catalogue import all_tools

    words = [word for line in examples().get(BY_TOOL.get(tool, tool), ()) for word in WORD.findall(line)]
    found = next((one for one in all_tools() if one.name == tool), None)
    if found is not None:
        words += WORD.findall(found.description)
        for name in arguments:
            field = found.arguments.model_fields.get(name)
            words += name.split("_")
            words += WORD.findall(field.description or "") if field is not None else []
    return frozenset(stem(word) for word in words if len(word) > 2) | fillers() | everyday()


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Stems of the words of prices, machines and projects that change no figure by themselves."""
    from importlib.resources import files

    return frozenset(
        stem(word)
        for word in files("bot.agent.planner.left_over").joinpath("calculator_words.txt").read_text("utf-8").split()
    )


def _grid_words(grid: str) -> list[str]:
    """The words of a country's names: Poland, polish."""
    from tools.calculators.energy import grids

    return [word for one in grids() if one.region == grid for name in one.names for word in WORD.findall(name)]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
