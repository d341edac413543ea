"""A cell of a report's table as a figure: its number, its unit, how it is shown."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from knowledge.reports.measures import statement_in
from knowledge.reports.tables import Line

# Rows whose parentheses only say that money was paid out.
PAID = re.compile(
    r"(?i)^(?:purchases?|payments?|additions?|(?:cash )?dividends?|repurchases?|capital expenditures?|acquisitions?|"
    r"cash paid|(?:land|property),? (?:plant,? )?and equipment additions|costs?|total cost|selling|interest expense|"
    r"treasury|common stock repurchased|income tax provision|provision for income tax)"
)
COUNTED = re.compile(
    r"(?i)\b(?:miles|shares|employees|stores|units|hours|patients|orders|customers|tons|barrels|square|number|count|weeks|"
    r"days|persons?|per|rate|ratio|percent\w*)\b|\(in (?:thousands|millions)\)"
)
ASKED_IN = re.compile(r"(?i)\bin (?:us |usd |us dollars? |u\.s\. )?\$? ?(thousand|million|billion)s?\b")
POWERS = {"thousand": 3, "million": 6, "billion": 9}
PER_SHARE = re.compile(r"(?i)\bper (?:\w+ ){0,3}share")


def unit_of(line: Line) -> str:
    """`USD million`, `USD`, `%`, or empty where it is a count or not known."""
    if "%" in line.cells[0]:
        return "%"
    if PER_SHARE.search(f"{line.under} {line.label}"):
        return "USD"
    if "$" not in line.printed and (not line.heading.unit or COUNTED.search(line.label)):
        return ""
    return f"USD {line.heading.unit.removesuffix('s')}".strip()


def number_of(cell: str, line: Line | None = None) -> Decimal | None:
    """As printed, negative in parentheses; what a row of payments prints so is positive."""
    bare = re.sub(r"[^\d.()]", "", cell)
    try:
        number = Decimal(bare.strip("()"))
    except InvalidOperation:
        return None
    is_negative = bare.startswith("(") and not (line and PAID.search(line.label))
    return -number if is_negative else number


def shown(cell: str, line: Line, unit: str) -> str:
    """`$1,577 million`; a loss in parentheses, as printed; what is paid out without."""
    bare = re.sub(r"[\s$€£()]", "", cell)
    is_negative = "(" in cell and not PAID.search(line.label)
    money = f"{'$' if unit.startswith('USD') else ''}{bare}"
    scale = unit.removeprefix("USD").strip() if unit != "%" else ""
    return f"{f'({money})' if is_negative else money} {scale}".strip()


def in_asked_unit(number: Decimal, unit: str, question: str) -> tuple[Decimal, str]:
    """In the power of a thousand that the question asks for, else as printed; nothing is rounded."""
    asked, printed = ASKED_IN.search(question), unit.removeprefix("USD").strip()
    wanted = asked.group(1).lower() if asked else printed
    if wanted == printed or wanted not in POWERS or printed not in POWERS:
        return number, unit
    return number.scaleb(POWERS[printed] - POWERS[wanted]), f"USD {wanted}"


def rescaled(cell: str, line: Line, unit: str, question: str) -> str:
    """` ($36.991 million)` where the question asks for another power of a thousand than the table prints; thousands of
    millions are said in billions as well."""
    number = number_of(cell, line)
    if number is None:
        return ""
    moved, wanted = in_asked_unit(number, unit, question)
    if wanted == unit == "USD million" and abs(number) >= 1_000 and not ASKED_IN.search(question):
        moved, wanted = number.scaleb(-3), "USD billion"
    if wanted == unit:
        return ""
    text = f"{abs(moved):,f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return f" ({'-' if moved < 0 else ''}${plain} {wanted.removeprefix('USD ')})"


def stands_alone(line: Line) -> bool:
    """Whether a label says enough without the line that it stands under."""
    under = line.under
    is_title = under.isupper() or len(under) > 60 or statement_in(under) != "any"
    return not under or is_title or len(line.label.split()) > 2
