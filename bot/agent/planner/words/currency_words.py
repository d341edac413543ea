"""What people call the currencies of bills."""

from __future__ import annotations

import re

CURRENCY_WORDS = {
    "USD": r"usd|us\s+dollars?|dollars?|(?:us)?\$(?!\s?\d)",
    "EUR": r"eur|euros?|€",
    "GBP": r"gbp|£|(?:british\s+)?pounds?(?:\s+sterling)?|sterling|quid",
    "CHF": r"chf|(?:swiss\s+)?francs?",
    "JPY": r"jpy|yen|¥",
    "CNY": r"cny|rmb|yuan|renminbi",
    "INR": r"inr|rupees?",
    "CAD": r"cad|canadian\s+dollars?",
    "AUD": r"aud|australian\s+dollars?",
    "SEK": r"sek|(?:swedish\s+)?kron(?:a|or)",
    "PLN": r"pln|zloty",
}
IN_CURRENCY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<{code}>{words})' for code, words in CURRENCY_WORDS.items())})(?![\w-])", re.I
)
