"""What a question about reports wants worked out from their figures: a ratio, a change, a difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.reports.measures import Measure, measures

UP = r"gr[eo]w\w*|increas\w+|rise|rose|risen|rising|improv\w+|expand\w*|gain\w*|go up|gone up|went up"
DOWN = r"declin\w+|decreas\w+|f[ae]ll\w*|drop\w*|shr[iau]nk\w*|worsen\w*|contract(?:ed)?|go down|gone down|went down"
RISES, FALLS = re.compile(rf"(?i)\b(?:{UP})\b"), re.compile(rf"(?i)\b(?:{DOWN})\b")
CHANGES = re.compile(rf"(?i)\b(?:{UP}|{DOWN}|growth|chang\w+|differen\w+)\b")
YES_OR_NO = re.compile(r"(?i)^\W*(?:did|has|have|had|is|are|was|were|does|do)\b")
IN_PERCENT = re.compile(r"(?i)%|\bpercent\w*|\bgrowth\b|\brate\b|\byoy\b|\byear[- ]over[- ]year\b")
BY_PERCENT = re.compile(r"(?i)%|\bpercent\w*|\bratio\b|\bprofit margins?\b|\bmargin profile\b")
PART_OF = re.compile(
    r"(?i)\b(?:as )?(?:a |what )?(?:%|percent(?:age)?|share|proportion) of (?:its |total |net |the )*"
    r"(?:revenues?|sales)\b|\b(?:revenues?|sales) ratio\b"
)
AVERAGE = re.compile(r"(?i)\baverage\b")
# A question that says itself how to work it out, in other parts than those known here.
SAYS_OTHERWISE = re.compile(
    r"(?i)\bexclud\w+|\badjusted\b|\bnon-?gaap\b|\bconstant currenc\w+|\borganic\w*|\bper share\b"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """`above` and `below` are added up with their signs, `below` empty where nothing divides; `averaged` measures of
    `below` are the mean of the year's begin and end. `unit` is "%", "x" or empty for money."""

    name: str
    above: tuple[tuple[int, str], ...]
    below: tuple[tuple[int, str], ...] = ()
    unit: Literal["%", "x", ""] = "%"
    averaged: frozenset[str] = frozenset()

    def said(self) -> str:
        """`operating income / revenue`."""
        over = _summed(self.above, self.averaged)
        over = f"({over})" if self.below and len(self.above) > 1 else over
        return f"{over} / {_summed(self.below, self.averaged)}" if self.below else over


REVENUE = ((1, "revenue"),)
CURRENT = ((1, "total current assets"),)
DUE = ((1, "total current liabilities"),)


def formulas_in(question: str, asked: Sequence[Measure]) -> list[Formula]:
    """The ways to work it out, the first one whose rows are printed counting; empty where nothing is to be worked out,
    or where how is in doubt."""
    if not asked or SAYS_OTHERWISE.search(question):
        return []
    names = [one.name for one in sorted(asked, key=lambda one: _place(one, question))]
    first = names[0]
    says = question.lower()
    if "operating income" in names and re.search(r"operating margins?|operating profit margin", says):
        return [Formula("Operating margin", ((1, "operating income"),), REVENUE)]
    if "net margin" in names:
        return [Formula("Net profit margin", ((1, "net income"),), REVENUE)]
    if "gross margin" in names and (BY_PERCENT.search(question) or CHANGES.search(question)):
        ways = (((1, "gross margin"),), ((1, "revenue"), (-1, "cost of sales")))
        return [Formula("Gross margin", above, REVENUE) for above in ways]
    if "working capital" in names or "quick ratio" in names:
        if re.search(r"working capital ratio|current ratio", says):
            return [Formula("Current ratio", CURRENT, DUE, "x")]
        if "working capital" in names:
            return [Formula("Working capital", (*CURRENT, (-1, DUE[0][1])), (), "")]
        return []
    if "free cash flow" in names:
        return [Formula("Free cash flow", ((1, "operating cash flow"), (-1, "capital expenditure")), (), "")]
    if "interest coverage" in names:
        return [Formula("Interest coverage", ((1, "operating income"),), ((1, "interest expense"),), "x")]
    if AVERAGE.search(question):
        averaged = {
            "fixed asset turnover": ("Fixed asset turnover", "revenue", "property plant and equipment"),
            "inventory turnover": ("Inventory turnover", "cost of sales", "inventories"),
            "return on assets": ("Return on assets", "net income", "total assets"),
            "return on equity": ("Return on equity", "net income", "equity"),
        }
        for name, (label, above, below) in averaged.items():
            if name in names:
                return [Formula(label, ((1, above),), ((1, below),), "x", frozenset((below,)))]
        return []
    if first != "revenue" and measures()[first].labels and PART_OF.search(question):
        return [Formula(f"{first.capitalize()} as a share of revenue", ((1, first),), REVENUE)]
    return []


def _place(measure: Measure, question: str) -> int:
    found = measure.asked.search(question)
    return found.start() if found else len(question)


def _summed(terms: Sequence[tuple[int, str]], averaged: frozenset[str]) -> str:
    named = [(sign, f"average {name}" if name in averaged else name) for sign, name in terms]
    told = " ".join(f"{'-' if sign < 0 else '+'} {name}" for sign, name in named)
    return told.removeprefix("+ ")
