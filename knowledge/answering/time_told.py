"""Whether a sentence is about the years, fiscal years or quarters that a question names."""

from __future__ import annotations

import re

from knowledge.answering.agreement import MONTH
from knowledge.documents import Passage
from knowledge.searching.understand import YEAR

FISCAL_YEAR = re.compile(r"\bFY\s?'?(?:(20\d\d)|(\d\d))\b", re.IGNORECASE)
FISCAL = re.compile(r"\b(?:FY\s?'?|fiscal\s+(?:year\s+)?)(20\d\d|\d\d)\b", re.IGNORECASE)
QUARTER = re.compile(r"\bQ([1-4])\b|\b(first|second|third|fourth)(?:[\s-]+fiscal)?[\s-]+quarter\b", re.IGNORECASE)
EARLIER = re.compile(
    r"(?i)\b(?:before|former(?:ly)?|previous(?:ly)?|earlier|prior|original(?:ly)?|initial(?:ly)?|at first|back in|"
    r"used to|(?:in|of|for|as of|until|by) (?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december))\b"
)
IN_MONTH = re.compile(rf"\b(?:in|for|during|of) {MONTH.pattern}")
# What is said of a year to come is not what was so in the year of the title.
AHEAD = re.compile(r"(?i)\b(?:plans?|planned|expects?|expected|forecasts?|guid(?:es|ed|ance)|will|aims?|targets?)\b")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


# What it is compared with: "266 million euros, after 231 million in the first quarter".
COMPARED = re.compile(
    r"(?i),? (?:after|against|above|below|over|compared (?:with|to)|versus|vs\.?|up from|down from|from|than) "
    r"[^,.;]*(?:\.\d[^,.;]*)*"
)


def in_period(sentence: str, passage: Passage, question: str) -> bool:
    """False where the question is about certain years, fiscal years or quarters and the sentence names others only; and
    where it names no fiscal year or quarter itself and neither does the passage it stands in."""
    around = f"{passage.title} {passage.text} {passage.period or ''}"
    for found in (_years, _fiscal_years, _quarters):
        asked, told = found(question), found(COMPARED.sub("", sentence))
        if asked and asked & found(sentence):
            continue
        titled = found is _years and asked & _years(passage.title) and not AHEAD.search(sentence)
        if asked and told and not asked & told and not titled:
            return False
        if asked and not told and found is not _years and not asked & found(around):
            return False
    return True


def of_another_month(sentence: str, question: str) -> bool:
    """Whether the question is about a month or quarter that the sentence names only to compare its own with, or not at
    all."""
    asked, told = _months(question), _months(COMPARED.sub("", sentence))
    quarters, said = _quarters(question), _quarters(COMPARED.sub("", sentence))
    return bool((asked and told and not asked & told) or (quarters and said and not quarters & said))


def of_other_months(sentence: str, question: str) -> bool:
    """Whether the question asks what was so in a month and the sentence names others, and that one not at all."""
    asked, told = set(IN_MONTH.findall(question)), _months(sentence)
    return bool(asked and told and not asked & told)


def of_an_earlier_time(question: str) -> bool:
    """Whether it asks for what was told at a certain time, which later news do not change."""
    return EARLIER.search(question) is not None


def _months(text: str) -> set[str]:
    return {found.group(1) for found in MONTH.finditer(text)}


def _years(text: str) -> set[str]:
    return {f"20{short or long[-2:]}" for long, short in FISCAL_YEAR.findall(text)} | set(YEAR.findall(text))


def _fiscal_years(text: str) -> set[str]:
    return {f"20{year[-2:]}" for year in FISCAL.findall(text)}


def _quarters(text: str) -> set[int]:
    return {int(digit) if digit else ORDINALS[word.lower()] for digit, word in QUARTER.findall(text)}
