"""Misspelt words put right, where only one known word is near: digits and ordinary words are never touched."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from bot.agent.planner.lexicon import cue_words, stem

MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
NUMBERS = frozenset(
    (
        *("three", "four", "five", "seven", "eight", "nine", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
        *("sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy"),
        *("eighty", "ninety", "hundred", "trillion", "half", "first", "second", "third", "fourth"),
    )
)
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TENS_AND_ONES = re.compile(r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty-)([a-z]{3,6})\b", re.IGNORECASE)
ASKING = frozenset(("average", "daily", "largest", "biggest", "many", "much", "most", "least", "what", "which"))
WHICH_TIME = ("last", "this", "past", "previous", "current")
SLIPS_OF_LAST = frozenset(("lat", "las", "lst"))
BEFORE_A_TIME = re.compile(
    rf"(?<![\w-])[a-z]{{3,9}}(?=\s+(?:days?|weeks?|months?|quarters?|years?|{'|'.join(sorted(MONTHS))})\b)",
    re.IGNORECASE,
)
LEAVING_OUT = frozenset(
    (
        "without",
        "excluding",
        "except",
        "leaving",
        "ignoring",
        "besides",
        "minus",
        "apart",
        "batched",
        "uncached",
        "noncached",
    )
)
WORD = re.compile(r"(?<![\w.@/-])[A-Za-z]{4,}(?![\w@/]|\.\w|-\d)")
PERIOD_WORDS = frozenset(
    [name.lower() for name in (*calendar.month_name, *calendar.day_name) if name]
    + [
        "today",
        "yesterday",
        "week",
        "weeks",
        "weekly",
        "month",
        "months",
        "monthly",
        "quarter",
        "quarters",
        "quarterly",
        "year",
        "years",
        "yearly",
        "daily",
    ]
    + ["last", "this", "previous", "current", "since", "between", "until", "during", "january"]
)
DOMAIN = frozenset(
    [
        "model",
        "models",
        "token",
        "tokens",
        "input",
        "output",
        "cached",
        "cache",
        "million",
        "thousand",
        "billion",
        "request",
        "requests",
        "provider",
        "providers",
        "service",
        "services",
        "account",
        "accounts",
        "team",
        "teams",
        "region",
        "category",
        "utilisation",
        "utilization",
        "parameters",
        "training",
        "batch",
        "compute",
        "accelerator",
        "hours",
        "percent",
        "cheapest",
        "priciest",
        "costliest",
        "context",
        "window",
        "effective",
        "billed",
        "list",
        "revenue",
        "anthropic",
        "openai",
        "google",
        "gemini",
        "claude",
        "sonnet",
        "haiku",
        "opus",
        "mistral",
        "llama",
        "deepseek",
        "grok",
        "halve",
        "halves",
        "doubles",
        "triples",
        "flops",
        "qlora",
        "vram",
        "capex",
        "payback",
        "opex",
        "qwen",
        "kimi",
        "gemma",
        "inference",
        "amazon",
        "azure",
        "bedrock",
        "vertex",
        "nvidia",
        "microsoft",
    ]
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """`text` with `changes` made, each (as written, as read)."""

    text: str
    changes: tuple[tuple[str, str], ...]


def corrected(text: str, english: Collection[str], names: Collection[str]) -> Corrected:
    """`text` with each word that is neither English nor known replaced by the one known word nearest to it.

    `names` are single words the ledger or catalogues know. One slip is put right in words of four to seven letters, two
    in longer ones; where two known words are equally near, or none is, the word stays.
    """
    known = {name.lower(): name for name in names if name.isalpha() and len(name) >= 4}
    targets = PERIOD_WORDS | DOMAIN | NUMBERS | LEAVING_OUT | ASKING | cue_words() | known.keys()
    changes: list[tuple[str, str]] = []

    def fix(match: re.Match[str]) -> str:
        word = match[0]
        low = word.lower()
        if low in english or low in targets or any(_inflects(low, other) for other in _same_start(low, targets)):
            return word
        most = 1 if len(low) < 8 else 2
        near = [(DamerauLevenshtein.distance(low, other, score_cutoff=most), other) for other in targets]
        best = sorted((distance, other) for distance, other in near if distance <= most)
        # Of two words at the same distance the one with the same letters is meant: waht is what, not watt. Others are
        # told apart only where they are forms of one word.
        swapped = [pair for pair in best if pair[0] == best[0][0] and sorted(pair[1]) == sorted(low)]
        best = swapped if len(swapped) == 1 else best
        if not best or len({stem(other) for distance, other in best if distance == best[0][0]}) > 1:
            return word
        right = known.get(best[0][1], best[0][1])
        changes.append((word, right))
        return right

    def fix_which(match: re.Match[str]) -> str:
        word = match[0].lower()
        near = [
            right for right in WHICH_TIME if word not in WHICH_TIME and DamerauLevenshtein.distance(word, right) == 1
        ]
        if len(near) != 1 or (word in english and word not in SLIPS_OF_LAST):
            return match[0]
        changes.append((match[0], near[0]))
        return near[0]

    def fix_ones(match: re.Match[str]) -> str:
        word = match[2].lower()
        near = [one for one in ONES if word not in english and DamerauLevenshtein.distance(word, one) == 1]
        if len(near) != 1:
            return match[0]
        changes.append((match[2], near[0]))
        return match[1] + near[0]

    spelt = BEFORE_A_TIME.sub(fix_which, WORD.sub(fix, text))
    return Corrected(TENS_AND_ONES.sub(fix_ones, spelt), tuple(changes))


def _inflects(word: str, other: str) -> bool:
    """Whether `word` is a form of `other`: billings of billing; not mistrall of mistral."""
    ends = [word.removeprefix(other), *([word.removeprefix(other[:-1])] if other[-1] in "ey" else [])]
    return stem(word) == stem(other) and any(end in ENDINGS for end in ends)


def _same_start(word: str, targets: Collection[str]) -> list[str]:
    return [other for other in targets if other[:4] == word[:4] and other not in MONTHS]


ENDINGS = frozenset(("s", "es", "ed", "d", "ing", "er", "ers", "ies", "ied", "ly", "'s"))
SHORT = {
    "week": r"wks?",
    "month": r"mths?|mnths?|mons?(?=\s+(?:ago|to\s+date)\b)|mos?(?=\s+ago\b)",
    "quarter": r"qtrs?",
    "year": r"yrs?",
    "yesterday": r"yday|ystrday",
    "department": r"dept",
    "account": r"accts?|accs?",
    "amount": r"amt",
    "1 January": r"(?<=since )(?:the\s+)?new\s+year(?:['’]?s)?(?:\s+day)?(?=\W|$)",
}
NON = re.compile(r"\bnon[- ](?!(?:gen-?)?ai\b|llm|zero|existent|business|profit)(?=[A-Za-z])", re.IGNORECASE)
WRITTEN_SHORT = re.compile(
    rf"(?<![\w.@/-])(?:{'|'.join(f'(?P<w{i}>{words})' for i, words in enumerate(SHORT.values()))})(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
FRACTIONS = {
    "half": "50",
    "a half": "50",
    "one half": "50",
    "a quarter": "25",
    "one quarter": "25",
    "three quarters": "75",
    "a fifth": "20",
    "one fifth": "20",
    "two fifths": "40",
    "three fifths": "60",
    "four fifths": "80",
    "a tenth": "10",
    "one tenth": "10",
}
NOT_A_HALF = r"(?<!first )(?<!second )(?<!latter )(?<!last )(?<!1st )(?<!2nd )"
FRACTION = re.compile(
    rf"{NOT_A_HALF}\b(?P<said>{'|'.join(sorted(FRACTIONS, key=len, reverse=True))})"
    r"(?=\s+of\s+(?:the|it|them|our|those|all|that|\d))",
    re.IGNORECASE,
)
MONTH_OF_YEAR = re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)(?![\d/])")


CALENDAR_YEAR = re.compile(r"\b(?:(?:the\s+)?calendar(?:\s+year)?\s+|CY\s?[’']?(?=20))(?=20\d\d\b)", re.IGNORECASE)


SINCE_START = re.compile(
    r"\bsince\s+(?:the\s+)?(?:very\s+)?(?:start|beginning)\s+of\s+(?:(?:the|this)\s+(?:current\s+)?(?P<unit>year|quarter|month|week)\b"
    rf"(?!\s+(?:of|before|20))|(?=(?:last|20\d\d|[QH]\d|{'|'.join(sorted(MONTHS))})\b))",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """`last 2 wks` as `last 2 weeks`, `since new year` as `since 1 January`, `non-AWS` as `excluding AWS`, `calendar
    2025` as `2025`, `since the start of the year` as `year to date`."""

    def full(match: re.Match[str]) -> str:
        word = list(SHORT)[int(str(match.lastgroup)[1:])]
        return f"{word}s" if match[0].lower().endswith("s") and word.islower() else word

    text = re.sub(r"\bw/o\b", "without", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(until|till|through|up to) and including\b", r"\1", text, flags=re.IGNORECASE)
    text = CALENDAR_YEAR.sub("", text)
    text = SINCE_START.sub(lambda m: f"{m['unit']} to date" if m["unit"] else "since ", text)
    return WRITTEN_SHORT.sub(full, NON.sub("excluding ", text))


def months_as_iso(text: str) -> str:
    """`05/2026` as `2026-05`."""
    return MONTH_OF_YEAR.sub(lambda match: f"{match['year']}-{int(match['month']):02d}", text)


PARTS = re.compile(
    r"(?<![\w./:-])(?P<one>\d{1,2})\s?[/:-]\s?(?P<other>\d{1,2})(?![\w/:-]|\.\d)(?P<between>\s+(?:split\s+)?(?:of\s+|between\s+)?\(?)"
    r"(?:(?P<input>in(?:put)?|prompts?)|out(?:put)?|completions?)\s?(?:/|:|-|to|and|vs\.?)\s?(?:in(?:put)?|prompts?|out(?:put)?|completions?)\b\)?",
    re.IGNORECASE,
)


SIDES_FIRST = re.compile(
    r"\b(?P<sides>(?:input|prompts?|in|output|out|completions?)\s?[/:]\s?(?:input|prompts?|in|output|out|completions?))"
    r"\s+(?:split\s+|ratio\s+)?(?:of\s+|is\s+)?(?P<parts>\d{1,2}\s?[/:]\s?\d{1,2})(?![\w/:])",
    re.IGNORECASE,
)


def _parts(match: re.Match[str]) -> str:
    """`70/30 input/output` as `70% input, the rest output`; where they don't make up a hundred, as it stands."""
    if int(match["one"]) + int(match["other"]) != 100:
        return match[0]
    sides = ("input", "output") if match["input"] else ("output", "input")
    return f"{match['one']}% {sides[0]}, the rest {sides[1]}"


def fractions_as_percent(text: str) -> str:
    """`three quarters of the input` as `75% of the input`; thirds stay, as no percent is exact."""
    text = PARTS.sub(_parts, SIDES_FIRST.sub(r"\g<parts> \g<sides>", text))
    return FRACTION.sub(lambda match: f"{FRACTIONS[match['said'].lower()]}%", text)
