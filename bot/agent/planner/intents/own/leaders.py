"""Who led in each month of ours, and what we stopped using."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.newcomers import KIND, KINDS, NOT_OURS
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.own.spend_words import LEAST, MEAN, WHO_MOST
from bot.agent.planner.intents.own.split import TIME, dimensions, least, step
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.groupings import MOST, kinds_named

OF_EACH = re.compile(
    r"\b(?:each|every)\s+(?:single\s+)?(?:of\s+(?:the\s+|our\s+)?(?:(?:last|past|first)\s+)?(?:\w+\s+)?)?(?P<span>day|week|month|quarter)s?\b"
    r"|\b(?P<after>day|week|month|quarter)\s+(?:by|after|for)\s+(?:day|week|month|quarter)\b"
    r"|\bper\s+(?P<per>day|week|month|quarter)\b",
    re.IGNORECASE,
)
ADVERB = re.compile(r"\b(?:daily|weekly|monthly)\b", re.IGNORECASE)
UP_OR_DOWN = r"(?!\s+(?:up|down|over|above|below|beyond|in|by|from|since|between|most|the\s+most|their|its|under)\b)"
STOPPED = (
    r"(?:stop\w*|quit|retir\w*|gave\s+up|given\s+up|abandon\w*|phased?\s+out|discontinu\w*|disappear\w*|vanish\w*"
    rf"|no\s+longer|gone{UP_OR_DOWN}|cease\w*)"
)
GONE = re.compile(
    rf"\b(?:which|what|any|list|show(?:\s+me)?|how\s+many)\s+(?:of\s+(?:our|the)\s+)?(?:ai\s+|llm\s+)?{KIND}\s+"
    rf"(?:(?:did|have|has|had|do|are|were|was|is|we|our|teams?|been|that|no\s+longer)\s+)*{STOPPED}\b"
    rf"|\b(?:which|what)\s+{KIND.replace('kind', 'kind3')}\s+(?:did|have|had)\s+we\s+"
    rf"(?:drop(?:ped)?|le(?:ft|ave)){UP_OR_DOWN}\b"
    rf"|\b(?:which|what|any)\s+{KIND.replace('kind', 'kind2')}\s+(?:that\s+)?(?:(?:do|are|did)\s+)?we\s+"
    r"(?:(?:do|are|did)\s+)?(?:no\s+longer|not)\s+\w+(?:\s+any\s?more)?",
    re.IGNORECASE,
)


def _kind(r: Reading) -> str | None:
    """What may lead: what is split by, else what one word names, `the top team of each month`."""
    found = [d for d in dimensions(r) if d not in TIME]
    found = found or [k.dimension for k in kinds_named(r.text, r.tag_keys)][:1]
    return found[0] if len(found) == 1 else None


def _span(r: Reading) -> str | None:
    if found := OF_EACH.search(r.text):
        return str(next(found[name] for name in ("span", "after", "per") if found[name])).lower()
    return step(r) if ADVERB.search(r.text) else None


def _weigh_leaders(r: Reading) -> float | None:
    most = r.top == 1 or WHO_MOST.search(r.text) or (MOST.search(r.text) and not r.top)
    if not most or _span(r) is None or _kind(r) is None or r.amounts or not own(r):
        return None
    if (r.compared and r.compared[1]) or MEAN.search(r.text) or r.of(_kind(r) or ""):
        return None
    if r.has("price", "company", "others", "forecast", "whatif", "scenario", "budget", "change", "anomaly"):
        return None
    return own(r) + 1.6


def _leaders(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    by = _kind(r) or "team"
    args = {key: value for key, value in filters(r, base).items() if key != by}
    args |= {"by": by, "grain": _span(r)}
    if least(r) or LEAST.search(r.text):
        args["least"] = True
    return tuple(Planned("spend_leaders", {**args, "period": one} if one else args) for one in spans(r, base))


def _weigh_gone(r: Reading) -> float | None:
    if not GONE.search(r.text) or NOT_OURS.search(r.text) or r.amounts or r.has("company", "others"):
        return None
    return 2.0 if r.periods or r.has("ours", "spend") or r.values else None


def _gone(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = GONE.search(r.text)
    assert found is not None
    said = str(found["kind"] or found["kind2"] or found["kind3"]).lower()
    kind = KINDS.get(said) or KINDS[said.removesuffix("s")]
    args = {key: value for key, value in filters(r, base).items() if key not in {"period", "cost", kind}}
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    return (Planned("spend_leavers", {**args, "by": (kind,)}),)


INTENTS = (Intent("spend_leaders", _weigh_leaders, _leaders), Intent("leavers", _weigh_gone, _gone))
