"""The digits of a number and what stands around them: separators, scale, currency, percent."""

from __future__ import annotations

import re
from decimal import Decimal

SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "dollar": "USD",
    "buck": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "rupee": "INR",
    "franc": "CHF",
    "quid": "GBP",
}
DIGITS = r"""
  (?P<part> \d{0,3}[½¼¾⅓⅔⅛] )
| (?P<eu>   (?: \d{1,3}(?:\.\d{3})+,\d{1,2} | \d{1,3}(?:\.\d{3}){2,5} ) (?![.,]?\d) )
| (?P<us>   \d{1,3}(?:,\d{3})+(?:\.\d+)? (?!,?\d) )
| (?P<lakh> \d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)? (?!,?\d) )
| (?P<gap>  \d{1,3}(?:[\u00a0'_]\d{3})+(?:[.,]\d{1,2})? (?![.,]?\d) )
| (?P<frac> \d{1,2}/[1-9]\d?(?![\d/.]) )
| (?P<comma>\d{1,3},\d{1,2}(?=\s?(?:%|€|percent\b|million\b|billion\b|EUR\b|CHF\b|k\b|m\b|mio\b|bn\b)) )
| (?P<plain>(?:\d{1,400}(?:\.\d{1,400})?|\.\d{1,400}) (?:e[+-]?\d{1,3}(?!\w|\.\d) | \s?x\s?10\^-?\d{1,2})? (?!\d) )
"""
POWER = {
    "hundred": 2,
    "thousand": 3,
    "k": 3,
    "lakh": 5,
    "lakhs": 5,
    "crore": 7,
    "crores": 7,
    "million": 6,
    "m": 6,
    "mm": 6,
    "mn": 6,
    "mln": 6,
    "mio": 6,
    "mil": 6,
    "mrd": 9,
    "tsd": 3,
    "billion": 9,
    "b": 9,
    "bn": 9,
    "trillion": 12,
    "t": 12,
    "tn": 12,
    "trn": 12,
}
_PARTS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅓": "0.3333333333", "⅔": "0.6666666667"}


def digits(match: re.Match[str]) -> tuple[str, int, int]:
    """`(digits as a plain decimal string, decimal places shown, power of ten written behind)`."""
    if text := match["eu"]:
        text = text.replace(".", "").replace(",", ".")
    elif text := match["us"] or match["lakh"]:
        text = text.replace(",", "")
    elif text := match["gap"]:
        text = re.sub(r"[\u00a0'_]", "", text).replace(",", ".")
    elif text := match["comma"]:
        text = text.replace(",", ".")
    elif text := match["frac"]:
        over, under = text.split("/")
        return format(Decimal(over) / Decimal(under), "f"), 4, 0
    elif text := match["part"]:
        return str(Decimal(text[:-1] or 0) + Decimal(_PARTS[text[-1]])), 2, 0
    else:
        text = match["plain"].lower()
        text, _, power = re.sub(r"\s?x\s?10\^", "e", text).partition("e")
        places = len(text.partition(".")[2])
        return text, places, int(power or 0)
    return text, len(text.partition(".")[2]), 0


def meaning(lead: str | None, trail: str | None) -> tuple[str | None, int, bool, bool]:
    """`(currency, power of ten of its unit, is a percent, is percentage points)` of what stands around the digits."""
    tail = re.sub(r"[\s\u00a0-]+", " ", trail or "").strip().lower()
    if tail.startswith(("%", "percent", "per cent", "pct", "pp")):
        return None, 0, True, "point" in tail or tail == "pp"
    if tail in ("bps", "basis points", "basis point"):
        return None, -2, True, True
    word = tail.removeprefix("us ").rstrip("s")
    if word in ("cent", "¢", "ct", "cts"):
        return "USD", -2, False, False
    for sign in (lead, word):
        name = (sign or "").strip().lower()
        if name:
            return SYMBOLS.get(name) or name.upper(), 0, False, False
    return None, 0, False, False
