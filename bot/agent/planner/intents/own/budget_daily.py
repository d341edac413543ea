"""What is left of a budget, or has to be saved, a day."""

from __future__ import annotations

import re

A_DAY_LEFT = re.compile(r"\b(?:per|a|each|every) (?:(?:working|business|week) ?)?day\b|\bdaily\b", re.IGNORECASE)
A_WORKDAY = re.compile(r"\b(?:per|a|each|every) (?:working|business|week) ?day\b", re.IGNORECASE)
TO_SAVE = re.compile(
    r"\b(?:sav(?:e|ed|ing)|cut(?:ting)?|reduc\w+|trim\w*|shav\w+|slow\s+down|bring\s+down|come\s+down)\b", re.I
)
LEFT = re.compile(
    r"\b(?:left|remain\w*|headroom|still (?:have|available|spend)|available|unspent|unused|how much more|room|to go"
    r"|before (?:we|it|they|hitting|reaching|exceeding)|much more can)\b",
    re.IGNORECASE,
)
CAN_SPEND = re.compile(
    r"\b(?:can|may|could)\b.*\b(?:still|another|more)\b.*\bspend\b|\bcan\b.*\bspend\b.*\b(?:more|before|without)\b"
    r"|\bleft\s+to\s+spend\b"
    r"|\bspend\s+per\s+day\s+for\s+the\s+rest\b",
    re.IGNORECASE,
)


def daily_measure(text: str) -> str | None:
    """Whether it is asked what has to be saved a day, or what is left for a working day."""
    if TO_SAVE.search(text) and A_DAY_LEFT.search(text):
        return "to_save"
    return "per_workday" if A_WORKDAY.search(text) and (LEFT.search(text) or CAN_SPEND.search(text)) else None
