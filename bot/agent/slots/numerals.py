"""Numbers as people write them, with currency or percent sign: the one scanner for questions and for replies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.agent.slots.calendar_words import DATE
from bot.agent.slots.digits import DIGITS, POWER, SYMBOLS, digits, meaning
from bot.agent.slots.lexing import Span
from bot.agent.slots.names import CODES, NAMES
from bot.agent.slots.number_words import SCALES, SHARES, WORDS, read_words, share_value

_FIGURE = re.compile(
    rf"""
  (?P<other>{NAMES})
| (?P<share>{SHARES})
| (?P<fold>\b(?:twice|double[ds]?|doubling|triple[ds]?|tripling|thrice|quadruple[ds]?)\b)
| (?P<words>{WORDS}) (?P<wtail>[\s-]*(?:%|percent(?:age\spoints?)?\b|per\scent\b|pct\b|(?:us\s)?(?:dollars?|bucks?
      |euros?|pounds?|yen|yuan|rupees?|francs?|cents?)\b))?
| (?<![A-Za-z0-9]) (?P<sign>(?<![\w.,)%$€£+-])[-+])?
  (?P<lead>(?:US|A|C|NZ|HK|S|R)\$|[$€£¥₹₩₪]|(?:{CODES})\s?)? (?P<inner>(?<=[$€£¥₹₩₪])[-+])?
  (?:{DIGITS})
  (?P<scale>(?:(?:\s|-)?(?:hundred[\s-])?(?:{SCALES})|[\s-]dozen|[\s]?(?:bn|mn|mln|mil|mio\.?|mrd\.?|tsd\.?|tn|trn)|(?:k|mm?|b|t)
      |\s(?-i:[kKMBT])(?=[\s.,;:?!)€$£]|$)) (?![A-Za-z0-9]) | [km](?=tok) )?
  (?P<trail>\s?(?:%(?:-?points?)?|percentage\spoints?\b|percent\b|per\scent\b|pct\b|pp\b|bps\b|basis\spoints\b)
      |\s?(?:[€£¥₹₩₪¢]|(?:US)?\$(?![\d.]))|\s?(?:{CODES})\b
      |[\s-]?(?:us\s)?(?:dollars?|bucks?|quid|euros?|pounds?|yen|yuan|rupees?|francs?|cents?)\b|\s?(?:ct|cts)\b(?=\.?\s*(?:per|/|a\b)))?
""",
    re.VERBOSE | re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?:x(?=\s?[A-Za-z]|\b)|hrs?\b|h\b|d\b|w\b|wks?\b|yrs?\b|y\b|mos?\b|mins?\b|ms\b|s\b|kwh?\b|mwh?\b|gwh?\b|wh\b"
    r"|[kmgtp]i?b\b|m?toks?\b|m?tokens?\b|gpus?\b|[ptz]flops?\b|months?\b|years?\b|days?\b|weeks?\b|hours?\b|in\b|out\b"
    r"|requests?\b|users?\b|kg\b|g\b|t?co2e?\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\s*\**(-?)([$€£])?(\d{1,3}(?:,\d{3})+|\d{1,30})(\.\d{1,30})?(%)?\**\s*")
_ONE = Decimal(1)
_WORD_END = re.compile(r"\w*")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number, `start` inclusive to `end` exclusive with its sign, currency and percent sign.

    `value` is scaled and signed (3M is 3000000; a percent stays in percent; cents are in units of the currency; basis
    points are in percent). `quantum` is the size of one step of the last digit shown: $12.1k has 100, 45% has 1.
    `mantissa` is the number before its scale; `signed`: a plus or minus is written; `folds`: "twice", "tripled".
    """

    start: int
    end: int
    value: Decimal
    quantum: Decimal
    currency: str | None = None
    percent: bool = False
    points: bool = False
    signed: bool = False
    scaled: bool = False
    worded: bool = False
    folds: bool = False
    mantissa: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Name:
    """A word that holds digits and is no number: a model, an instance, a version, a time, an address."""

    start: int
    end: int


def scan(flat: str, masked: Sequence[Span] = ()) -> Iterator[Numeral | Name]:
    """Numbers and names with digits in order, none overlapping another or `masked`; dates are left out."""
    dates = [match.span() for match in DATE.finditer(flat)]
    skipped = [*masked, *dates]
    position = 0
    while match := _FIGURE.search(flat, position):
        start, end = match.span()
        position = max(end, position + 1)
        blocked = [span for span in skipped if span[0] < end and start < span[1]] if skipped else []
        if blocked:
            position = max(start + 1, min(span[1] for span in blocked))
            continue
        if match["other"] is not None:
            yield Name(start, end)
        elif (numeral := _read(match, flat)) is not None:
            yield numeral
        else:
            position = _WORD_END.match(flat, start + 1).end()  # type: ignore[union-attr]


def read_plain(cell: str) -> tuple[Decimal, Decimal, str | None, bool] | None:
    """`(value, quantum, currency, is a percent)` of a table cell that is one number in the commonest notation
    (`$1,234.50`, `-12.5%`, `1234`); None for any other cell, which `scan` reads. Agrees with `scan`."""
    found = _PLAIN.fullmatch(cell)
    if found is None:
        return None
    sign, symbol, whole, decimals, percent = found.groups()
    value = Decimal(f"{sign}{whole.replace(',', '')}{decimals or ''}")
    quantum = Decimal(f"1E-{len(decimals) - 1}") if decimals else _ONE
    return value, quantum, SYMBOLS[symbol] if symbol else None, percent is not None


def _read(match: re.Match[str], flat: str) -> Numeral | None:
    start, end = match.span()
    if match["words"] is not None:
        return _read_words(match)
    if match["share"] is not None:
        share = share_value(match["share"])
        return Numeral(start, end, share, Decimal(1), percent=True, worded=True, mantissa=share)
    if match["fold"] is not None:
        times = Decimal({"tr": 3, "th": 3, "qu": 4}.get(match["fold"][:2].lower(), 2))
        return Numeral(start, end, times, Decimal(1), worded=True, folds=True, mantissa=times)
    if end < len(flat) and flat[end].isalnum() and match["trail"] is None and not _ATTACHED.match(flat, end):
        return None
    mantissa, places, exponent = digits(match)
    scale = (match["scale"] or "").strip(" -.\u00a0").lower()
    sign = match["sign"] or match["inner"]
    currency, shift, percent, points = meaning(match["lead"], match["trail"])
    power = exponent + shift + sum(POWER.get(word, 0) for word in re.split(r"[\s-]+", scale))
    value = Decimal(f"{mantissa}E{power}") * (12 if scale == "dozen" else 1)
    return Numeral(
        start,
        end,
        -value if sign == "-" else value,
        Decimal(f"1E{power - places}"),
        currency,
        percent,
        points,
        signed=sign is not None,
        scaled=bool(scale),
        mantissa=Decimal(mantissa),
    )


def _read_words(match: re.Match[str]) -> Numeral | None:
    phrase = match["words"]
    if (read := read_words(phrase)) is None:
        return None
    value, quantum, length = read
    whole = length == len(phrase)
    currency, shift, percent, points = meaning(None, match["wtail"] if whole else None)
    end = match.end() if whole else match.start() + length
    scaled = bool(re.search(rf"(?:{SCALES})$", phrase[:length], re.IGNORECASE))
    value, quantum = value.scaleb(shift), quantum.scaleb(shift)
    return Numeral(
        match.start(), end, value, quantum, currency, percent, points, scaled=scaled, worded=True, mantissa=value
    )
