"""The figures that a sentence tells: 220 jobs, $34 million, 9%, $2.07 an hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.answering.cues import ASKS_CHANGE, ASKS_RATE, HOW_LONG, asks_money
from knowledge.answering.focus import is_counted
from knowledge.searching.alike import wordings
from knowledge.searching.lexical import STOP_WORDS, stem
from knowledge.searching.question import FILLING, Question

POWERS = {"thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12}
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
CURRENCIES = {
    **dict.fromkeys(("dollar", "usd"), "USD"),
    **dict.fromkeys(("euro", "eur"), "EUR"),
    **dict.fromkeys(("pound", "gbp"), "GBP"),
    **dict.fromkeys(("yen", "jpy"), "JPY"),
    **dict.fromkeys(("yuan", "cny"), "CNY"),
    **dict.fromkeys(("franc", "chf"), "CHF"),
    **dict.fromkeys(("rupee", "inr"), "INR"),
    **dict.fromkeys(("won", "krw"), "KRW"),
    **{code: code.upper() for code in ("sek", "nok", "dkk", "cad", "aud", "sgd")},
}
CODES = "|".join(sorted({*CURRENCIES.values(), "US"}))
COUNTED = {name: n for n, name in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)}  # noqa: SIM905
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# Days and years, and names with digits, measure nothing.
NO_FIGURE = re.compile(
    rf"(?i)\b{MONTH} \d{{1,2}}(?:, ?\d{{4}})?\b|\b\d{{1,2}} {MONTH}(?: \d{{4}})?\b|\b\d{{4}}-\d\d-\d\d\b|"
    r"(?<![$€£¥\d.,])\b(?:19|20)\d\d\b(?! (?:jobs|people|staff|employees|gpus|chips|servers|hours|units))(?!%)|"
    rf"\b(?:fy|q|h)\d+\b|(?-i:\b(?!(?:{CODES})\b)[A-Z][\w.]*[ -]\d+(?:\.\d+)*\b(?!%))|"
    r"\b[a-z]+-?\d[\w.-]*|\b\d+[a-z]\d\w*|\b\d+(?:st|nd|rd|th)\b"
)
SIGNED = rf"(?P<sign>(?:US|C|A)?[$€£¥]|\b(?-i:{CODES})(?=\s))\s?"
AMOUNT = re.compile(
    rf"(?i)(?:{SIGNED})?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:[\s-]?(?P<power>thousand|million|billion|trillion|mn|bn|tn|k|m|b)\b)?"
    r"(?P<percent>\s?%|\s?per ?cent(?:age points?)?\b)?"
    r"|(?<![\w-])(?P<word>" + "|".join(COUNTED) + r")(?=[\s-][a-z])",
)
FOLLOWS = re.compile(
    r"[\s-](?:(?:of|more|new|additional|full|US|American|Swedish|Danish) )*(?P<noun>[A-Za-z][A-Za-z-]*)"
)
PER = re.compile(
    r"(?i)^\W{0,2}(?:dollars?|euros?|USD|EUR|kroner?)?\s*(?:an?|per|each|/)\s?"
    r"(?P<per>million (?:\w+ )?tokens|gpu[\s-]hours?|(?:[kM]W|megawatt|kilowatt)[\s-]?h(?:our)?s?|hour|year|month|day|"
    r"million|share|seat|user|token|GPU|chip)\b"
)


BEFORE = re.compile(
    r"(?i)\b(?:before|former(?:ly)?|previous(?:ly)?|prior|original(?:ly)?|initial(?:ly)?|first|used to|earlier|old|"
    r"had)\b"
)
# What stands between a figure and another of the same unit, which is not said again: "six years to five".
LIKE_IT = re.compile(r"(?i)\S+(?:[^.;]{0,40}?)[\s,](?:to|from|not|against|or|and|than|instead of)\s(?:about\s)?")


@dataclass(frozen=True, slots=True)
class Said:
    """`unit` is a currency, `%`, or what is counted; `near` are the stems around it, by which it is chosen;
    `old` is set against a newer one."""

    value: Decimal
    unit: str
    start: int
    near: tuple[str, ...]
    old: bool = False


def figures_in(sentence: str) -> list[Said]:
    """In the order of the sentence; dates, years and names with digits left out."""
    bare = NO_FIGURE.sub(lambda found: "~" * len(found.group()), sentence)
    told: list[Said] = []
    for found in AMOUNT.finditer(bare):
        said = _said(found, bare)
        if said and not said.unit and told and LIKE_IT.fullmatch(bare[told[-1].start : said.start]):
            said = replace(said, unit=told[-1].unit)
        if said and (said.unit or not found["word"]):
            told.append(said)
    return told


def answering(sentences: Sequence[str], asked: Question) -> list[Said]:
    """The figures of the sentences, that which answers the question first where it can be told."""
    found = [(at, said) for at, sentence in enumerate(sentences) for said in figures_in(sentence)]
    wanted = {*asked.terms, *asked.focus} - set(asked.names)
    wanted = wanted.union(*(wordings(term) for term in wanted)) if wanted else wanted
    order = sorted(found, key=lambda one: (one[0], -_fit(one[1], asked, wanted), one[1].start))
    return [said for _, said in order]


def _fit(said: Said, asked: Question, wanted: set[str] | frozenset[str]) -> float:
    """How well it is of the kind asked for, and how near it stands to the words asked about."""
    money = len(said.unit) >= 3 and said.unit[:3].isupper() and said.unit[:3] in set(CURRENCIES.values())
    if is_counted(asked.text) and asked.focus:
        kind = stem(said.unit) in wordings(asked.focus[-1])
    elif HOW_LONG.search(asked.text):
        kind = bool(re.match(r"(?:minute|hour|day|week|month|quarter|year)s?$", said.unit))
    elif ASKS_RATE.search(asked.text) or re.search(r"(?i)\bby how much\b|\bpercent|\bshare\b|\bgrowth\b", asked.text):
        kind = said.unit == "%"
    elif asks_money(asked) and not ASKS_CHANGE.search(asked.text):
        kind = money
    else:
        kind = False
    near = sum(1 / (1 + at) for at, word in enumerate(said.near) if word in wanted)
    return 3.0 * kind + min(near, 2.0) + (0.8 if said.old == bool(BEFORE.search(asked.text)) else 0.0)


def _said(found: re.Match[str], sentence: str) -> Said | None:
    before, after = sentence[: found.start()], sentence[found.end() :]
    near = tuple(_words(before)[::-1][:6])
    if word := found["word"]:
        noun = FOLLOWS.match(after)
        unit = noun["noun"].lower() if noun and noun["noun"].lower() not in STOP_WORDS else ""
        return Said(Decimal(COUNTED[word.lower()]), unit, found.start(), near, _is_old(before))
    if before[-1:].isalpha() or before[-1:] == "~" or (after[:1].isalpha() and not found["power"]):
        return None
    value = Decimal(found["number"].replace(",", "")).scaleb(POWERS.get((found["power"] or "").lower(), 0))
    noun = FOLLOWS.match(after)
    name = noun["noun"].lower() if noun else ""
    if found["percent"]:
        unit = "%"
    elif found["sign"]:
        unit = _currency(found["sign"].upper())
    else:
        unit = CURRENCIES.get(name.rstrip("s"), name if name not in STOP_WORDS else "")
    if unit in CURRENCIES.values() and (per := PER.match(after)):
        unit = f"{unit} per {per['per'].lower()}"
    return Said(value, unit, found.start(), (*near, *_words(after)[:2]), _is_old(before))


def _is_old(before: str) -> bool:
    """Whether it is what something was before: "from $3.00", "up from", "against", "instead of"."""
    return (
        re.search(r"(?i)\b(?:from|against|than|not|instead of|had been|was previously)\s+(?:about\s+)?$", before)
        is not None
    )


def _currency(sign: str) -> str:
    dollars = {"US$": "USD", "US": "USD", "C$": "CAD", "A$": "AUD"}
    return dollars.get(sign) or SIGNS.get(sign[-1]) or sign


def _words(text: str) -> list[str]:
    plain = re.findall(r"[A-Za-z][\w'-]*", text)
    return [stem(word.lower()) for word in plain if word.lower() not in STOP_WORDS and word.lower() not in FILLING]
