"""A condition that moves only a part of the bill asked about: `if OpenAI raised prices 20%, what would May cost?`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.agent.planner.intents.own.spend_scope import filters
from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import Span, blanked
from bot.agent.toolbox.arguments import as_text
from bot.agent.toolbox.scoped import FILTERS
from tools.period import Period

IF = re.compile(
    r"\b(?:if|suppose|supposing|assuming|imagine|when|say|should|were|had(?!\s+been)|with(?=[^,;.?]*%))\b", re.I
)
# These begin a condition only where no other word does: `if OpenAI were dearer`, `were OpenAI dearer`.
INVERTED = re.compile(r"were|had|should|with", re.IGNORECASE)
# Where the clause ends that says what moves.
STOP = re.compile(
    r"[,;:.?](?=\s|$)|\s[-–—]+\s|\b(?=(?:what|how\s+(?:much|far|big)|by\s+how|where|would|could|tell\s+me)\b)", re.I
)
THEM = re.compile(
    r"\b(?:with|to|from|on|for|cost|costs) (?:them|it|those)\b|\b(?:its|their|that) (?:bill|part|spend|share)\b", re.I
)
DIFFERENCE = re.compile(
    r"\bhow much (?:more|less|extra|cheaper|dearer|lower|higher|would (?:that|it|this) (?:add|cost us extra|save))\b"
    r"|\b(?:difference|extra|additional|impact|effect|increase|delta|by how much)\b|\badd(?:s|ed|ing)?\b|\bsav\w+"
    r"|\bworth\b|\b(?:takes?|taken|took|comes?|came|knocks?|shaves?)\s+off\b"
    r"|\bwhat (?:would|will|does|do) (?:that|it|this|we) (?:add|save)\b"
    r"|\b(?:cost|costing|pay|paying) us (?:more|extra)\b",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(?:bills?|invoices?|totals?|spen[dt]\w*|costs?|pay|paid|paying|charged|outlay|come to)\b", re.I)
# What the price of one provider or model moves: a bill of more than that moves by less.
OF_A_PRICE = frozenset({"provider", "service", "model"})
# What moves is asked about by a word that stands for it: `what would they have cost`.
IT_COSTS = re.compile(
    r"\b(?:it|they|that|those)\s+(?:have\s+)?(?:cost|come\s+to|been)(?:\s+us)?\b|\bcosts?\s+us\s+for\s+(?:it|them)\b"
    r"|\bfor\s+(?:it|them|those|(?:that|this|the)\s+(?:model|machine|team|provider|one|part|service))\b",
    re.IGNORECASE,
)
OF_ALL = re.compile(r"\b(?:totals?|overall|all|we|our|us|everything|company|bill)\b", re.IGNORECASE)
ASIDES = re.compile(
    r"\b(?:as|for|using|on|from|take|taking)\s+(?:the|a|our)?\s*(?:base|basis|baseline|reference)\b", re.I
)


# `a 10% Google price cut`, `a 12% increase in gpt-5 pricing`: the whole condition in a noun.
A_MOVE = re.compile(
    r"(?:\b(?:an?|another|the)\s+)?\d[\d.]*[\s-]?(?:%|percent\b|per\s+cent\b)\s+(?:[\w.'’-]+\s+){0,4}?(?:list\s+)?"
    r"(?:price|pricing|rate)s?\s+(?:cut|hike|increase|rise|drop|reduction|decrease|raise|jump|bump|fall)\b"
    r"(?:\s+(?:at|by|from|of|on|for)\s+(?!(?:our|the)\b)[\w.-]+(?:\s+\d[\w.]*)?)?"
    r"|(?:\b(?:an?|another|the)\s+)?\d[\d.]*[\s-]?(?:%|percent\b|per\s+cent\b)\s+(?:cut|hike|increase|rise|drop|reduction"
    r"|decrease|raise|jump|bump|fall)\s+(?:in|of|on|to|for|from)\s+(?:the\s+|our\s+)?(?:[\w.'’-]+\s+){0,4}?"
    r"(?:prices?|pricing|rates?)\b(?:\s+(?:at|by|from|of|on|for)\s+(?!(?:our|the)\b)[\w.-]+(?:\s+\d[\w.]*)?)?",
    re.IGNORECASE,
)


# `April total` after the condition: of what the figure is.
ITS_SUM = re.compile(r"\s+(?:totals?|bill|spend|spending|invoice|costs?|figure)\b", re.IGNORECASE)


def condition(r: Reading, moved_at: int) -> Span:
    """The clause that holds what moves: punctuation, a question word and `if` end and begin it."""
    if noun := next((m for m in A_MOVE.finditer(r.text) if m.start() <= moved_at < m.end()), None):
        return noun.span()
    whole = [p.start for p in r.periods if p.start > moved_at and ITS_SUM.match(r.text, p.end)]
    ends = sorted({*(m.start() for m in STOP.finditer(r.text)), *whole, len(r.text)})
    spans = list(zip([0, *ends[:-1]], ends, strict=True))
    start, end = next((span for span in spans if span[0] <= moved_at < span[1]), (0, len(r.text)))
    found = [m for m in IF.finditer(r.text, start) if m.start() < moved_at]
    found = [m for m in found if not INVERTED.fullmatch(m[0])] or found
    return max([start, *(m.start() for m in found)]), end


def is_part(r: Reading, span: Span) -> bool:
    """Whether only the condition names a provider or a model, and the bill asked about is told apart from it: `if
    OpenAI was 10% cheaper, what would search have paid in May`. That bill may hold more than what moves."""
    start, end = span
    named = [v.start for v in r.values if v.dimension in OF_A_PRICE]
    named += [m.start for m in r.models] + [m.start for m in r.accelerators]
    if IF.search(r.text, start, end):
        named += [v.start for v in r.values if v.dimension == "team" and start <= v.start < end]
    told = [*(p.start for p in r.periods), *(v.start for v in r.values)]
    apart = any(not start <= at < end for at in told) or WHOLE.search(blanked(r.text, [span])) is not None
    back = THEM.search(r.text[:start]) or THEM.search(r.text[end:])
    return bool(named) and apart and not back and all(start <= at < end for at in named)


def part_moved(r: Reading, span: Span, moves: Mapping[str, Any], base: Mapping[str, Any]) -> Planned | None:
    """The whole bill with that part changed. None where the part or the change is one that the ledger cannot tell: two
    things left out, a growth each month, a direction that was not said."""
    if not set(moves) <= {"price_change", "volume_change"}:
        return None
    said = filters(_within(r, span, inside=True), {})
    named = [(name, value) for name in (*FILTERS, "accelerator") for value in said.get(name, ())]
    named += [(f"tag:{key}", value) for key, _, value in (tag.partition("=") for tag in said.get("tags", ()))]
    if (not named and span[1]) or "without" in said:
        return None
    scope: Args = filters(_within(r, span, inside=False), base)
    past = [mention for mention in r.periods if not mention.is_future]
    if past:
        scope["period"] = as_text(past[0].period)
    elif "period" not in scope:
        scope["period"] = as_text(Period.last_month(r.today))
    part = {"part": tuple(f"{name}={value}" for name, value in named)} if named else {}
    return Planned("spend_if", {**scope, **moves, **part, "first": _first(r, span)})


def _first(r: Reading, span: Span) -> str:
    """Which figure the rest of the question asks for."""
    off = any(a.role == "discount" for a in r.percents)
    rest = ASIDES.sub(" ", blanked(r.text, [span]))
    if DIFFERENCE.search(rest):
        return "difference"
    if off and not OF_ALL.search(rest):
        return "part"  # `8% discount with Anthropic: what would Q2 have cost`
    if IT_COSTS.search(rest) and not OF_ALL.search(IT_COSTS.sub(" ", rest)):
        return "part"
    outside = [*(p.start for p in r.periods), *(v.start for v in r.values), *(m.start for m in r.models)]
    if not OF_ALL.search(rest) and span[1] and not IF.search(r.text):
        return "part"  # `search traffic up 30% - May cost?`
    if not OF_ALL.search(rest) and span[1] and all(span[0] <= at < span[1] for at in outside):
        return "part"
    return "bill" if WHOLE.search(rest) else "part"


def _within(r: Reading, span: Span, *, inside: bool) -> Reading:
    """What is said in the span alone, or outside it."""

    def kept(start: int) -> bool:
        return (span[0] <= start < span[1]) is inside

    text = blanked(r.text, [(0, span[0]), (span[1], len(r.text))] if inside else [span])
    return replace(
        r,
        text=text,
        values=tuple(v for v in r.values if kept(v.start)),
        models=tuple(m for m in r.models if kept(m.start)),
        accelerators=tuple(m for m in r.accelerators if kept(m.start)),
        unread=tuple(u for u in r.unread if kept(u.start)),
        cues=tuple(c for c in r.cues if kept(c.start)),
    )
