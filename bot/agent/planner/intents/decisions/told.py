"""Plain arithmetic over the numbers of a question: a sum as typed, a percent of, a change, a mix of prices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.agent.planner.intents.decisions.told_prices import even, mixed
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

# Words that would change what is worked out and that no pattern here reads.
ELSE = re.compile(
    r"\b(?:excluding|except|without|not|unless|after tax|before tax|inflation|instead|discount\w*|tokens?)\b", re.I
)
CODES = r"(?:usd|eur|gbp|chf|us\$)"
WORDS = (
    (r"\bplus\b", "+"),
    (r"\bminus\b", "-"),
    (r"\b(?:multiplied by|times)\b", "*"),
    (r"(?<=[\d%)kKmM])\s*[xX×]\s*(?=[\d($€£])", "*"),
    (r"\b(?:divided by|over)\b|÷", "/"),
    (r"(?<=%)\s*of\b", "*"),
    (rf"(?<=\d)\s*(?:{CODES}|dollars?|euros?|bucks?)\b|[$€£]", " "),
)
OPENING = re.compile(
    r"^[^\w(]*(?:(?:hey|hi|hello|ok|quick|maths?|question|please|pls|can you|could you|so|just|what(?:['’]?s|\s+is"
    r"|\s+are)|whats"
    r"|how\s+much\s+(?:is|are)|calculate|compute|work\s+out|add(?:\s+up)?|evaluate|tell\s+me|the|result\s+of|value\s+of"
    r"|for\s+me)\b[\s:,-]*)*",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[\s=?.!]*(?:(?:please|pls|thanks|thx|equals?|for me)\W*)*$", re.IGNORECASE)
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?(?:k|m|bn|b|million|billion|thousand))?\s?%?"
TYPED = re.compile(rf"\(*\s*-?{NUMBER}(?:\s*\)*\s*(?:\*\*|[-+*/^])\s*\(*\s*{NUMBER})+\s*\)*", re.IGNORECASE)
LISTED = re.compile(
    rf"\b(?P<how>sum|total|add(?:\s+up)?|average|mean)\b\s*(?:of|:)?\s*(?P<list>{NUMBER}(?:\s*(?:,|and|\+|&)+\s*"
    rf"(?:and\s+)?{NUMBER})+)$",
    re.IGNORECASE,
)
RISE = re.compile(
    r"\b(?:rise|rose|risen|increas\w+|grow\w*|grew|up|higher|more|dearer|hike\w*|jump\w*|climb\w*)\b", re.I
)
FALL = re.compile(
    r"\b(?:fall\w*|fell|drop\w*|decreas\w+|declin\w+|down|lower|less|cheaper|cut|reduc\w+|sav\w+|off|shrink"
    r"|shrank)\b",
    re.I,
)
FROM_TO = re.compile(
    r"\b(?:from|was|were|used to be|previously|before)\b.*\b(?:to|now|and now|is now"
    r"|today)\b|(?:->|=>|→)",
    re.IGNORECASE | re.DOTALL,
)
IN_PERCENT = re.compile(
    r"%|\bpercent(?:age)?\b|\bper\s+cent\b|\bpct\b|\bhow\s+(?:much|big)\b.*\b(?:cheaper|dearer|rise|drop|fall"
    r"|increase|decrease|change)\b",
    re.I,
)
PART_OF = re.compile(
    r"\b(?:what|which)\s+(?:percent(?:age)?|share|fraction|%|proportion)\s+of\b|\bas\s+(?:a|an?)?\s*(?:%|percent"
    r"(?:age)?|share|fraction)\s+of\b|\bin\s+%\s+of\b",
    re.IGNORECASE,
)


def typed(r: Reading) -> tuple[str, str, str] | None:
    """A sum written out: `12,400 + 8,950`, `15% of 48,600`, `sum of 3k, 4k and 5k`."""
    text = CLOSING.sub("", OPENING.sub("", r.original))
    if found := LISTED.fullmatch(text):
        parts = [part[0] for part in re.finditer(NUMBER, found["list"], re.IGNORECASE)]
        added = " + ".join(parts)
        mean = found["how"].lower() in {"average", "mean"}
        return (f"({added}) / {len(parts)}", "Average", "") if mean else (added, "Sum", "")
    for words, sign in WORDS:
        text = re.sub(words, f" {sign} ", text, flags=re.IGNORECASE)
    text = CLOSING.sub("", OPENING.sub("", text)).strip()
    if not TYPED.fullmatch(text) or re.search(r"[-+]\s*[\d.,]+\s?%\s*$", text):
        return None
    return (text, "", _currency(r, text)) if not re.search(r"\d\s*-\s*\d+\s*-", text) else None


def _currency(r: Reading, text: str) -> str:
    """The currency of a typed sum: of amounts of money that are added, or of one that is multiplied or divided."""
    codes = {a.unit or "" for a in r.money}
    bare = all(a.kind == "money" or (a.kind == "number" and a.unit is None) for a in r.amounts)
    added = bare and not re.search(r"[*/^]", text)
    alone = len(r.money) == 1 and not re.search(r"[-+^]|\*\*", text.lstrip(" -"))
    under = r.money and re.search(r"/\s*$", text[: text.find(r.money[0].text.lstrip("$€£ "))])
    return codes.pop() if len(codes) == 1 and (added or (alone and not under)) else ""


def adjusted(r: Reading) -> tuple[str, str, str] | None:
    """`48,600 plus 19%`: an amount and a percent of it on top, or off."""
    found = re.fullmatch(
        rf"(?P<sum>[$€£]?\s?{NUMBER})\s*(?P<way>plus|minus|\+|-|less)\s*(?:a\s+)?(?P<p>\d+(?:\.\d+)?)\s?%(?:\s*"
        r"(?:on top|of it|tax|vat|markup|margin|buffer|discount|off))?",
        CLOSING.sub("", OPENING.sub("", r.original)),
        re.IGNORECASE,
    )
    if found is None:
        return None
    sign = "+" if found["way"].lower() in {"plus", "+"} else "-"
    code = "USD" if "$" in found["sum"] else "EUR" if "€" in found["sum"] else "GBP" if "£" in found["sum"] else ""
    whole = re.sub(r"[$€£\s]", "", found["sum"])
    return f"{whole} * (1 {sign} {found['p']}%)", "", code


def moved(r: Reading) -> tuple[str, str, str] | None:
    """By how many percent something went from one amount to another."""
    two = alike(r.amounts)
    if two is None or len(r.amounts) != 2 or not FROM_TO.search(r.text) or not IN_PERCENT.search(r.text):
        return None
    first, last = two
    if not first.value or not last.value:
        return None
    rise = last.value >= first.value
    said = RISE.search(r.text) if rise else FALL.search(r.text)
    over, under = (last, first) if rise else (first, last)
    if said or rise:
        return (
            f"({plain(over.value)} - {plain(under.value)}) / {plain(first.value)} * 100",
            "Increase" if rise else "Decrease",
            "%",
        )
    return f"({plain(last.value)} - {plain(first.value)}) / {plain(first.value)} * 100", "Change", "%"


def part_of(r: Reading) -> tuple[str, str, str] | None:
    """What percent of one amount another is."""
    two, found = alike(r.amounts), PART_OF.search(r.text)
    if two is None or len(r.amounts) != 2 or not found:
        return None
    first, second = two
    whole, part = (first, second) if found.end() <= first.start else (second, first)
    return f"{plain(part.value)} / {plain(whole.value)} * 100", "Share", "%"


def alike(found: tuple[Amount, ...]) -> tuple[Amount, Amount] | None:
    """The two amounts of one kind, in order."""
    if len(found) != 2 or any(a.kind == "percent" for a in found):
        return None
    first, second = found
    money = {a.unit for a in found if a.kind == "money"}
    return (first, second) if len(money) <= 1 else None


READERS: tuple[Callable[[Reading], tuple[str, str, str] | None], ...] = (
    typed,
    adjusted,
    part_of,
    moved,
    even,
    mixed,
)


def _read(r: Reading) -> tuple[str, str, str] | None:
    if r.values or r.accelerators or (r.models and not re.fullmatch(r"[^A-Za-z]*", r.original)):
        return None
    if ELSE.search(r.text) and not mixed(r) and not even(r) and not typed(r):
        return None
    return next((found for read in READERS if (found := read(r))), None)


def _weigh(r: Reading) -> float | None:
    if typed(r) is None and r.periods:
        return None
    return 1.7 if _read(r) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    expression, label, unit = _read(r) or ("0", "", "")
    args = {"expression": expression, "label": label, "unit": unit}
    return (Planned("calculate", {name: value for name, value in args.items() if value}),)


INTENTS = (Intent("arithmetic", _weigh, _fill),)
