"""Where a text names a cloud's machine with accelerators by its family: p5, g6e, an a3 machine, TPUs."""

from __future__ import annotations

import re

_MACHINES = (
    r"(?:machines?|vms?|nodes?|instances?|box(?:es)?|gpus?|servers?|hours?|hrs?|clusters?|fleet|reservations?|high|ultra|mega"
    r"|prices?|pricing|bills?|costs?|spend|rents?|gets?)"
)
_AFTER = rf"(?=s?\s+{_MACHINES}\b)"
_LEADS = (
    "hours on",
    "hours of",
    "hours for",
    "hours did",
    "on the",
    "of the",
    "use",
    "used",
    "our",
    "use the",
    "off",
    "spend on",
    "for",
    "raising",
    "cutting",
)
_BEFORE = "(?:" + "|".join(rf"(?<=\b{lead} )" for lead in _LEADS) + ")"
_OF_GOOGLE = rf"(?:a[2-4]-(?:high|mega|ultra)gpu(?:-\d+g)?|a[234]{_AFTER}|{_BEFORE}a[234](?![\w.-]*\w))"
INSTANCE = re.compile(
    r"\b(?:(?:p[2-6]|g[2-7]|trn[12]|inf[12])[a-z]{0,2}(?:\.\w+)?"
    rf"|trainium|inferentia|tpus?(?!\s+v?\d)|(?:standard_)?n[cdv]\d+\w*|{_OF_GOOGLE})\b",
    re.IGNORECASE,
)
NO_MODEL = re.compile(rf"\b{_OF_GOOGLE}\b", re.IGNORECASE)
"""`a3` is a part of a model's name, too."""
