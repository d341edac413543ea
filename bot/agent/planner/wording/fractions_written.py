"""Fractions, parts of a whole and utilisations in words or as decimals, written as percents."""

from __future__ import annotations

import re
from decimal import Decimal

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
    r"(?=\s+of\s+(?:the|it|them|our|those|all|that|what|\d))",
    re.IGNORECASE,
)
MOVED_BY = re.compile(
    r"\b(?P<by>(?:up|down|by|rose|fell|fall|falls|rise|rises|drop|drops|dropped|increase|increased|cut)\s+(?:by\s+)?)(?:an?|one)\s+"
    r"(?P<part>half|fifth|tenth)\b(?!\s+of\b)",
    re.IGNORECASE,
)
# `cut hours by a quarter`: with a verb of more or less before, it is no span of time.
LESS_OR_MORE = (
    r"(?:cut\w*|reduc\w+|shr[aiu]nk\w*|lower\w*|trim\w*|slash\w*|fall\w*|fell|drop\w*|declin\w+|decreas\w+|ris\w+|rose|raise\w*"
    r"|grow\w*|grew|increas\w+|climb\w*|jump\w*|go(?:es)?\s+(?:up|down)|went\s+(?:up|down)|(?:is|are|was|were|be|been)\s+(?:up|down))"
)
CHANGED_BY = re.compile(
    rf"(?P<how>\b{LESS_OR_MORE}\b[^,;.?]{{0,60}}?\s)(?:by\s+(?:(?:an?|one)\s+)?(?P<part>half|third|quarter)"
    r"|by\s+(?P<parts>two thirds|three quarters)|in\s+(?P<in>half))\b(?!\s+of\b)",
    re.IGNORECASE,
)
CHANGES = {"half": "50", "third": "33.3333333", "quarter": "25", "two thirds": "66.6666667", "three quarters": "75"}


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


ONE_SIDE = r"(?:in(?:put)?|prompts?|sent)(?:\s+tokens?)?"
OTHER_SIDE = r"(?:out(?:put)?|completions?|back)(?:\s+tokens?)?"
SIDE_PARTS = {
    "half": 50,
    "a half": 50,
    "one half": 50,
    "a quarter": 25,
    "one quarter": 25,
    "three quarters": 75,
    "a fifth": 20,
}
SIDE_PARTS |= {"one fifth": 20, "two fifths": 40, "three fifths": 60, "four fifths": 80, "a tenth": 10, "one tenth": 10}
SIDE_PARTS |= {"nine tenths": 90, "the other half": 50, "the rest": 0}
A_PART = "|".join(sorted(SIDE_PARTS, key=len, reverse=True))
# `half in, half out`, `a quarter output and three quarters input`, `split evenly between input and output`
BOTH_SIDES = re.compile(
    rf"\b(?P<one>{A_PART})\s+(?:(?:of\s+(?:it|them|that|those)|is|are|as|for)\s+){{0,2}}(?:(?P<input>{ONE_SIDE})|{OTHER_SIDE})\s*[,/&]?\s*"
    rf"(?:and\s+)?(?P<other>{A_PART})\s+(?:(?:is|are|as|for)\s+)?(?:{ONE_SIDE}|{OTHER_SIDE})(?![\w-])",
    re.IGNORECASE,
)
EVENLY = re.compile(
    rf"\b(?:(?:split|divided)\s+)?(?:evenly|equally|half\s+(?:and|/)\s*half|50\s?[:/-]\s?50|fifty[\s-]fifty)(?:\s+(?:split|divided))?"
    rf"(?:\s+(?:between|into|across|of|for))?(?:\s+{ONE_SIDE}\s*(?:and|/|to|&|,)\s*{OTHER_SIDE})?(?![\w-])",
    re.IGNORECASE,
)
TOKENS = re.compile(r"\btok(?:en)?s?\b", re.IGNORECASE)


def _both_sides(match: re.Match[str]) -> str:
    """`half in, half out` as `50% input, the rest output`; where the parts make up no whole, as it stands."""
    one, other = SIDE_PARTS[match["one"].lower()], SIDE_PARTS[match["other"].lower()]
    if not one or (other and one + other != 100):
        return match[0]
    sides = ("input", "output") if match["input"] else ("output", "input")
    return f"{one}% {sides[0]}, the rest {sides[1]}"


SHARE_OF_ONE = re.compile(
    r"\b(?P<of>(?:mfu|hfu|utili[sz]ation|load factor)(?:\s*(?:of|is|at|=|:|about|~)\s*"
    r"|\s+))(?P<share>0?\.\d{1,4})(?![\d.%])"
    r"|(?<![\w.,$€£])(?P<first>0?\.\d{1,4})\s+(?P<what>mfu|hfu|utili[sz]ation)\b",
    re.IGNORECASE,
)
FULLY = re.compile(
    r"\b(?:(?:if|when|while)\s+)?(?:it(?:['’]s| is)\s+)?fully (?:used|utili[sz]ed|busy|(?<=(?:is|re) fully )loaded)\b"
    r"|\bat full (?:utili[sz]ation|load|capacity|use|usage)\b|(?<=, )full(?:[\s-]time| use)(?=\s*[,:;?.]|$)",
    re.IGNORECASE,
)


def _as_percent(match: re.Match[str]) -> str:
    """`MFU 0.4` as `MFU 40%`."""
    share = f"{Decimal(match['share'] or match['first']) * 100:f}".rstrip("0").rstrip(".")
    return f"{match['of']}{share}%" if match["of"] else f"{share}% {match['what']}"


BARE_MFU = re.compile(
    r"\b(?P<of>(?:mfu|hfu)\s*(?:of|is|at|=|:|about|~)?\s*)(?P<share>[1-9]\d)(?![\d.,]*\d|\s*(?:%|percent|per cent))",
    re.I,
)


def _changed_by(match: re.Match[str]) -> str:
    """`cut our p5 hours by a quarter` as `cut our p5 hours by 25%`."""
    return f"{match['how']}by {CHANGES[(match['part'] or match['parts'] or match['in']).lower()]}%"


def fractions_as_percent(text: str) -> str:
    """`three quarters of the input` as `75% of the input`; thirds stay, as no percent is exact."""
    text = SHARE_OF_ONE.sub(_as_percent, FULLY.sub("100% utilisation", text))
    text = BARE_MFU.sub(r"\g<of>\g<share>%", text)
    text = BOTH_SIDES.sub(_both_sides, text)
    if TOKENS.search(text):
        text = EVENLY.sub("50% input, the rest output", text)
    text = PARTS.sub(_parts, SIDES_FIRST.sub(r"\g<parts> \g<sides>", text))
    text = MOVED_BY.sub(lambda match: f"{match['by']}{FRACTIONS['a ' + match['part'].lower()]}%", text)
    text = CHANGED_BY.sub(_changed_by, text)
    return FRACTION.sub(lambda match: f"{FRACTIONS[match['said'].lower()]}%", text)
