"""Who and what the answers before were about: the names in their arguments, and the names that they told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.threads.relative_periods import base_period
from bot.agent.planner.threads.taken_out import LEDGER
from bot.agent.planner.understanding import Context, understood
from bot.agent.toolbox.arguments import as_text
from tools.period import Period, months_after

OWNERS = ("team", "project", "workspace", "sub_account", "account", "user", "tag")
SOLD = ("model", "accelerator", "service", "provider")
ARGUMENTS = ("team", "project", "workspace", "sub_account", "account", "user", "region", "service", "provider")
MODELS = ("model", "models", "to_model")
A_MONTH = re.compile(r"(20\d\d)-(\d\d)")
KINDS = {
    "squad": "team",
    "department": "team",
    "vendor": "provider",
    "supplier": "provider",
    "company": "provider",
    "llm": "model",
    "gpu": "accelerator",
    "chip": "accelerator",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that an earlier call was about, as a question may write it; `told` is that call."""

    kind: str
    name: str
    told: Earlier


def last_owner(before: Sequence[Turn], context: Context) -> Entity | None:
    """Whose spend the latest answer on own spend was about; None where it was about everybody's."""
    for call in _latest_first(before):
        found = _of_kinds(call, OWNERS, context)
        if found or call.tool.startswith(LEDGER):
            return _joined(found) if found else None
    return None


def last_sold(before: Sequence[Turn], context: Context, *, who: bool) -> Entity | None:
    """The model, service or provider that the latest answer that was about one was about; `who`: only a provider."""
    for call in _latest_first(before):
        for kind in ("provider", "service") if who else SOLD:
            if found := _of_kinds(call, (kind,), context):
                return found[0] if len(found) == 1 else None
        if call.tool.startswith(LEDGER) and _of_kinds(call, OWNERS, context):
            return None
    return None


def of_a_kind(word: str, before: Sequence[Turn], context: Context) -> Entity | None:
    """The one team, model or provider that was told last."""
    kind = KINDS.get(word.lower(), word.lower())
    for call in _latest_first(before):
        if found := _of_kinds(call, (kind,), context):
            return found[0] if len(found) == 1 else None
    return None


def called(place: int, before: Sequence[Turn], context: Context) -> Entity | None:
    """The first or the second of what the latest answer listed, or of the two names told last."""
    latest = next(_latest_first(before), None)
    listed = _listed(latest, context) if latest else []
    if len(listed) > 1:
        return listed[place]
    pair = _last_pair(before, context)
    return pair[place] if pair else None


def the_pair(before: Sequence[Turn], context: Context) -> Entity | None:
    pair = _last_pair(before, context)
    return _joined(pair) if pair else None


def last_time(before: Sequence[Turn]) -> Entity | None:
    """The period of the latest call that had one, or the month that an answer said to be the highest, as days."""
    for call in _latest_first(before):
        if call.tool == "spend_extreme" and call.labels and (month := A_MONTH.fullmatch(call.labels[0])):
            start = date(int(month[1]), int(month[2]), 1)
            return Entity("period", as_text(Period(start, months_after(start, 1))), call)
        if period := base_period(call.args):
            return Entity("period", as_text(period), call)
    return None


def _latest_first(before: Sequence[Turn]) -> Iterator[Earlier]:
    for turn in reversed(before):
        yield from (call for call in reversed(turn) if call.tool not in {"ask_back", "show_again", "show_working"})


def _of_kinds(call: Earlier, kinds: Sequence[str], context: Context) -> list[Entity]:
    return [one for one in (*_named(call, context), *_winner(call, context)) if one.kind in kinds]


def _named(call: Earlier, context: Context) -> list[Entity]:
    """The names in the arguments of a call; of a question on the news, the providers that it names."""
    found = [(kind, name) for kind in ARGUMENTS for name in _several(call.args.get(kind))]
    found += [("model", name) for key in MODELS for name in _several(call.args.get(key))]
    found += [("accelerator", name) for name in _several(call.args.get("accelerator"))]
    found += [("provider", name) for name in _several(call.args.get("companies"))]
    found += [("tag", str(tag).partition("=")[2]) for tag in _several(call.args.get("tags"))]
    if call.tool == "search_knowledge":
        r = understood(str(call.args.get("question", "")), context)
        found += [(value.dimension, value.value) for value in r.values]
    return [Entity(kind, name, call) for kind, name in dict.fromkeys(found)]


def _winner(call: Earlier, context: Context) -> list[Entity]:
    """The name of what an answer said to be the largest, where it told one."""
    alone = call.tool == "spend_by" and (call.args.get("top") == 1 or call.args.get("smallest"))
    return _listed(call, context)[:1] if alone or (call.tool == "spend_change" and call.args.get("mover")) else []


def _listed(call: Earlier, context: Context) -> list[Entity]:
    """The names that an answer listed, in its order."""
    by = _several(call.args.get("by"))
    if len(by) != 1:
        several = [one for one in _named(call, context) if one.kind in {*SOLD, "team"}]
        return several if len({one.kind for one in several}) == 1 else []
    known = context.names.tags.get(by[0][4:], ()) if by[0].startswith("tag:") else context.names.known.get(by[0], ())
    kind = "tag" if by[0].startswith("tag:") else by[0]
    names = {str(name).casefold() for name in known}
    return [Entity(kind, label, call) for label in call.labels if label.casefold() in names or kind == "model"]


def _last_pair(before: Sequence[Turn], context: Context) -> list[Entity]:
    """The two names of one kind told last, the earlier one first."""
    for kind in ("model", "provider", "team", "accelerator", "service"):
        seen: list[Entity] = []
        for call in [*_latest_first(before)][:4]:
            fresh = [one for one in _of_kinds(call, (kind,), context) if one.name not in {s.name for s in seen}]
            seen[:0] = fresh
            if len(seen) >= 2:
                break
        if len(seen) == 2:
            return seen
    return []


def _joined(found: Sequence[Entity]) -> Entity:
    return Entity(found[0].kind, " and ".join(dict.fromkeys(one.name for one in found)), found[-1].told)


def _several(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
