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


SHARE_OF_ONE = re.compile(
    r"\b(?P<of>(?:mfu|hfu|utili[sz]ation|load factor)(?:\s*(?:of|is|at|=|:|about|~)\s*"
    r"|\s+))(?P<share>0?\.\d{1,4})(?![\d.%])"
    r"|(?<![\w.,$€£])(?P<first>0?\.\d{1,4})\s+(?P<what>mfu|hfu|utili[sz]ation)\b",
    re.IGNORECASE,
)
FULLY = re.compile(
    r"\b(?:(?:if|when|while)\s+)?(?:it(?:['’]s| is)\s+)?fully (?:used|utili[sz]ed|busy|(?<=(?:is|re) fully )loaded)\b"
    r"|\bat full (?:utili[sz]ation|load|capacity)\b",
    re.IGNORECASE,
)


def _as_percent(match: re.Match[str]) -> str:
    """`MFU 0.4` as `MFU 40%`."""
    share = f"{Decimal(match['share'] or match['first']) * 100:f}".rstrip("0").rstrip(".")
    return f"{match['of']}{share}%" if match["of"] else f"{share}% {match['what']}"


def fractions_as_percent(text: str) -> str:
    """`three quarters of the input` as `75% of the input`; thirds stay, as no percent is exact."""
    text = SHARE_OF_ONE.sub(_as_percent, FULLY.sub("100% utilisation", text))
    text = PARTS.sub(_parts, SIDES_FIRST.sub(r"\g<parts> \g<sides>", text))
    text = MOVED_BY.sub(lambda match: f"{match['by']}{FRACTIONS['a ' + match['part'].lower()]}%", text)
    return FRACTION.sub(lambda match: f"{FRACTIONS[match['said'].lower()]}%", text)
