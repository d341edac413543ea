"""The calls of the turn before, made again: as they were, or with what a follow-up names put in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.intents.own import spend, split
from bot.agent.planner.intents.own.spend_scope import SCOPE
from bot.agent.planner.intents.own.spend_words import EXTREME, MEAN, MOVERS
from bot.agent.planner.intents.supposed.moved_to import onto_another
from bot.agent.planner.kinds import BY_NAME, BY_TOOL
from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.bare_amounts import bare_amount
from bot.agent.planner.threads.history import SMALL_TALK, Earlier
from bot.agent.planner.threads.relative_periods import ahead

# What tells of a use whose tokens can be priced again.
OF_USE = frozenset(
    {"spend_total", "spend_by", "spend_series", "spend_share", "spend_average", "token_usage", "token_costs"}
)
SUMMED = frozenset({"spend_total", "forecast"})
# What is said of an answer is not said again of itself.
OF_AN_ANSWER = frozenset(
    {"ask_back", "say_unknown", "forget_conversation", "show_working", "show_again", "own_model_cost", *SMALL_TALK}
)
WORKED_OUT = frozenset({"restated_amount", "bill_after_change"})
SIDE = re.compile(
    r"\W*(?:(?:and|now|just|only|the|what|how|about|for|show|me)\W+)*(?P<side>input|output|cached|uncached)s?"
    r"(?:\s+(?:ones?|tokens?|side|only|part|please))*\W*",
    re.IGNORECASE,
)
SUPERLATIVE = re.compile(
    r"\b(?:most|biggest|largest|highest|top|priciest|costliest|least|smallest|cheapest)\b", re.IGNORECASE
)
CHANGE_WORDS = re.compile(
    r"\bwhy\b|\bdrove\b|\bchange|\b(?:go|goes|going|gone|went|trending)\s+(?:up|down)\b|\bup\s+or\s+down\b"
    r"|\b(?:growing|rising|falling|shrinking|increasing|decreasing|declining|higher|lower)\b",
    re.IGNORECASE,
)


def again(calls: Sequence[Earlier], *, quiet: bool = False) -> list[Planned]:
    """The calls as they were made. An amount that one took from the call before it is taken anew."""
    found: list[Planned] = []
    before: Earlier | None = None
    for call in calls:
        if call.tool in OF_AN_ANSWER:
            continue
        if call.tool == "combined_amounts":
            found.append(Planned(call.tool, call.args, after=True, quiet=quiet))
        elif before is not None and is_taken(call, before):
            kept = {key: value for key, value in call.args.items() if key not in {"amount", "currency"}}
            found.append(Planned(call.tool, kept, amount_from="amount", quiet=quiet))
        else:
            found.append(Planned(call.tool, call.args, quiet=quiet))
        before = call
    return found


def is_taken(call: Earlier, before: Earlier) -> bool:
    """Whether the amount of a call is the headline of the call before it."""
    return call.tool in WORKED_OUT and bool(before.value) and str(call.args.get("amount")) == before.value


def changed(r: Reading, calls: Sequence[Earlier]) -> list[Planned]:
    """The calls before with what `r` names put in; a grouping or a change asked for turns a total into that."""
    if put_in := bare_amount(r, calls):
        return put_in
    found: list[Planned] = []
    for at, call in enumerate(calls):
        if call.tool not in BY_TOOL:
            continue
        if at and is_taken(call, calls[at - 1]):
            found = _chained(r, found, calls[at - 1], call)
            continue
        if at and call.tool == "energy" and calls[at - 1].tool == "training_cost":
            found = _powered(r, calls[at - 1], call)
            continue
        found += [planned for planned in settled(r, _filled(r, call)) if planned not in found]
    return found


def _filled(r: Reading, call: Earlier) -> tuple[Planned, ...]:
    name = BY_TOOL[call.tool]
    if call.tool in OF_USE and onto_another(r):
        kept = {key: value for key, value in call.args.items() if key in SCOPE}
        return BY_NAME["what_if"].fill(r, kept)
    if name.startswith("spend") or name in {"untagged", "anomalies"}:
        name = spend_kind(r, name)
    if name == "spend_by" and (moved := _moved(r, call)) is not None:
        return (moved,)
    if name == "token_usage" and r.has("cost", "spend") and "side" not in call.args:
        name = "spend_total"
    filled = tuple(_carried(r, planned, call) for planned in BY_NAME[name].fill(ahead(r, call), call.args))
    if name == "token_usage" and (side := SIDE.fullmatch(r.text)):
        filled = tuple(replace(one, args={**one.args, "side": side["side"].lower()}) for one in filled)
    return filled


def _moved(r: Reading, call: Earlier) -> Planned | None:
    """`Which one grew most?` after a list: the change of what it was split by."""
    way = next((way for way, pattern in MOVERS if pattern.search(r.text)), None)
    by = call.args.get("by") or ()
    if way is None or r.groupings or call.tool != "spend_by" or not by:
        return None
    kept = {key: value for key, value in call.args.items() if key in SCOPE}
    return Planned("spend_change", {**kept, "by": by if isinstance(by, str) else by[0], "mover": way})


def _carried(r: Reading, planned: Planned, call: Earlier) -> Planned:
    """The call with what says which end or kind of the same table was asked for, unless the follow-up says another."""
    if planned.tool != call.tool or not call.tool.startswith(("spend_", "token_")):
        return planned
    other = r.top is not None or SUPERLATIVE.search(r.text) is not None
    held = () if other else ("smallest", "rank", "least", "difference")
    kept = {key: call.args[key] for key in (*held, "side", "cumulative", "growth") if call.args.get(key)}
    return replace(planned, args={**kept, **planned.args})


def _chained(r: Reading, found: list[Planned], before: Earlier, call: Earlier) -> list[Planned]:
    """A change of what an amount becomes, or of the amount: what the follow-up names says which."""
    kept = {key: value for key, value in call.args.items() if key not in {"amount", "currency"}}
    if not asks_back(found):
        return [*found, Planned(call.tool, kept, amount_from="amount")]
    filled = BY_NAME[BY_TOOL[call.tool]].fill(r, call.args)
    if asks_back(settled(r, filled)):
        return found
    args = {key: value for key, value in filled[-1].args.items() if key not in {"amount", "currency"}}
    return [*again([before]), Planned(call.tool, args, amount_from="amount")]


def _powered(r: Reading, training: Earlier, energy: Earlier) -> list[Planned]:
    """The energy of a training run, with what the follow-up names put into the run, or into the energy."""
    runs = [one for one in _filled(r, training) if one.tool == "training_cost"]
    kept = {key: value for key, value in energy.args.items() if key != "hours"}
    powered = [replace(one, amount_from="hours") for one in _filled(r, replace(energy, args=kept))]
    first = Planned("training_cost", {**runs[0].args, "aim": "hours"}, quiet=True)
    return settled(r, [first, *powered])


def spend_kind(r: Reading, name: str) -> str:
    if r.compared or CHANGE_WORDS.search(r.text) or spend.moved_most(r):
        return "spend_change"
    if r.has("untagged") and not r.of("team"):
        return "untagged"
    if name == "untagged" and (r.of("team") or r.tags_named):
        name = "spend_total"
    if EXTREME.search(r.text):
        return "spend_extreme"
    if MEAN.search(r.text):
        return "spend_average"
    if split.grain(r):
        return "spend_series"
    if any(g.dimension not in split.TIME for g in r.groupings):
        return "spend_series" if name == "spend_series" else "spend_by"
    return name
