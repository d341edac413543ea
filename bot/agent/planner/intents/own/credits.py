"""What came back to us: which credits, refunds and corrections there were, from whom, when and what for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import about_spend
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.left_over.placed import fillers
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.lexicon import stem
from bot.agent.slots.lexing import touches

GIVEN_BACK = frozenset({"credits", "refunds", "adjustments", "corrections"})
BACK = re.compile(
    r"\b(?:(?:came|come|coming|comes|get|got|getting|gave|gives?|given|receive\w*|hand(?:ed)?|money|anything)\s+(?:\w+\s+){0,3}?back"
    r"|(?:paid|pays?)\s+us\s+back)\b(?!\s+(?:to\s+(?:me|you)|with|on|at|then)\b)",
    re.IGNORECASE,
)
GIVES_BACK = re.compile(
    r"\b(?:gives?|gave|given|hand(?:ed)?|c[ao]me|get|got)\s+(?:\w+\s+){0,2}?back\b(?!\s+(?:to|up|into)\b)",
    re.IGNORECASE,
)
# What is asked of a credit, and not of a cost that a credit is counted in.
ELSE = re.compile(
    r"\b(?:sav(?:e[ds]?|ing|ings)|share|percent\w*|before|after|net|gross|without|average|per\s+\w+|trend"
    r"|compare\w*|versus|vs\.?|against|carbon|tax credit|credit\s+(?:card|limit|rating|line)s?)\b|%",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"(?P<words>(?:[\w&'’-]+\s+){0,4})(?:credits?|refunds?|rebates?|adjustments?|corrections?)\b"
    r"(?:\s+(?:for|because\s+of|due\s+to|over|after)\s+(?:the\s+|an?\s+|our\s+)?(?P<after>[\w-]+(?:\s+(?!in\b|from\b|by\b|of\b|on\b)[\w-]+)?))?",
    re.IGNORECASE,
)
THE_ONE = re.compile(
    r"\b(?:how\s+(?:large|big|much|high)|what|when)\s+(?:was|is|were|are|did)\s+(?:the|our|that|those|this)\b",
    re.IGNORECASE,
)
SMALL = frozenset(
    ("the", "any", "our", "all", "that", "this", "these", "those", "total", "sum", "largest", "biggest", "latest",
     "last", "first", "single", "new", "and", "or", "for", "list", "show", "which", "what", "how", "many", "much",
     "were", "was", "did", "are", "is", "have", "has", "had", "there", "from", "get", "got", "receive", "received",
     "each", "every", "big", "large", "size", "date", "value", "amount", "given", "us", "we", "some", "other",
     "kind", "of")
)  # fmt: skip
# Sorts of credits, by which a bill calls them.
SORTS = frozenset((
    "migration", "partner", "service", "support", "research", "volume", "startup", "program", "programme", "trial",
    "outage", "incident", "goodwill", "sla", "migrations", "promo", "promotional",
))  # fmt: skip
WORD = re.compile(r"[A-Za-z][\w&-]+")


def called(r: Reading) -> tuple[str, ...]:
    """The words beside `credit` or `refund` that say which: `the partner credit`, `refund for the outage`."""
    spans_read = [(p.start, p.end) for p in r.periods] + [(v.start, v.end) for v in r.values]
    spans_read += [(m.start, m.end) for m in r.models] + [(g.start, g.end) for g in r.groupings]
    found: dict[str, None] = {}
    for match in BESIDE.finditer(r.text):
        for group in ("words", "after"):
            if match[group] is None:
                continue
            for word in WORD.finditer(r.text, *match.span(group)):
                plain = word[0].lower() in SMALL or (stem(word[0]) in fillers() and word[0].lower() not in SORTS)
                if not plain and not touches(*word.span(), spans_read):
                    found[word[0]] = None
    return tuple(found)


def _asked(r: Reading) -> bool:
    kinds = set(r.of("charge_kind"))
    return bool(kinds and kinds <= GIVEN_BACK) or (not kinds and BACK.search(r.text) is not None)


def _weigh(r: Reading) -> float | None:
    if not _asked(r) or ELSE.search(r.text) or r.amounts or (r.compared and r.compared[1]):
        return None
    if r.has("company", "others", "headline", "forecast", "scenario", "budget", "train", "serve", "price"):
        return None
    if r.has("whatif") and not called(r):
        return None  # else the word may be in what it is called: the migration credit
    if any(g.dimension not in {"provider", "charge_category"} for g in r.groupings) or r.left_out():
        return None
    told = r.periods or r.has("ours") or r.of("provider") or (bool(called(r)) and THE_ONE.search(r.text) is not None)
    giver = r.of("provider") and r.periods and GIVES_BACK.search(r.text)
    if not r.of("charge_kind") and not (told and (r.has("ours") or giver)):
        return None
    return 1.6 if told else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    words = called(r)
    args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    for dimension in ("team", "provider"):
        known = {*r.of(dimension), *base.get(dimension, ())}
        if kept := tuple(v for v in args.pop(dimension, ()) if v in known or v not in words):
            args[dimension] = kept
    if words:
        args["called"] = words
    return tuple(Planned("spend_credits", {**args, "period": one} if one else args) for one in spans(r, base))


# Both sides of what a bill gives back or adds: `AWS in Q2 before and after credits`, `with and without tax`.
BOTH_SIDES = re.compile(
    r"\b(?:(?P<before>before|gross|without|excluding|pre)\s*(?:,|and|/|&|vs\.?|versus|or)\s*(?:after|net|with|including|post)"
    r"|(?:after|net|with|including|post)\s*(?:,|and|/|&|vs\.?|versus|or)\s*(?:before|gross|without|excluding|pre))"
    r"(?:\s+of)?[\s-]+(?:the\s+|any\s+|all\s+|our\s+)*(?P<kinds>(?:credits?|refunds?|tax(?:es)?|vat)(?:\s*(?:,|and|or|/)\s*(?:credits?|refunds?|tax(?:es)?|vat))*)\b",
    re.IGNORECASE,
)
KINDS = (("credits", r"credit"), ("refunds", r"refund"), ("taxes", r"tax|vat"))


def _weigh_both(r: Reading) -> float | None:
    score = about_spend(r)
    return None if score is None or not BOTH_SIDES.search(r.text) or r.groupings else score + 1.5


def _both(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = BOTH_SIDES.search(r.text)
    assert found is not None
    kinds = [kind for kind, words in KINDS if re.search(words, found["kinds"], re.IGNORECASE)]
    args = {key: value for key, value in filters(r, base).items() if key not in {"without", "charge_kind"}}
    without = {**args, "without": tuple(f"charge_kind={kind}" for kind in kinds)}
    sides = (without, args) if found["before"] else (args, without)
    return tuple(
        Planned("spend_total", {**one, "period": period} if period else one)
        for period in spans(r, base)
        for one in sides
    )


INTENTS = (
    Intent("credits_given", _weigh, _fill),
    Intent("before_and_after", _weigh_both, _both),
)
