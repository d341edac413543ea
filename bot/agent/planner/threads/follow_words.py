"""How a message opens, or points back, that belongs to the conversation before it."""

from __future__ import annotations

import re

# Says nothing of what is changed.
POLITE = (
    r"(?:please|pls|plz|kindly|asap|thanks|thank\s+you|thx|cheers|hi|hey|hello|hmm+|morning\s+all|any\s+idea"
    r"|(?:can|could|would)\s+you\s+(?:check|tell\s+me|say)|(?:quick|one\s+more)\s+question|i['’]d\s+like\s+to\s+know)"
)
FOLLOWS = re.compile(
    rf"^\W*(?:{POLITE}\W+)*(?:and|or|but|ok(?:ay)?|now|then|so|same|also|what about|how about|what if"
    r"|make (?:that|it)|instead|only|just|with|without|for|in|on|by|per|versus|vs|why|show|use|try|at|using"
    r"|no,?|not|break|s[a-z]{2,3}(?=\s+on\s))\b",  # `sme on`: the same, misspelt
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"^\W*how (?:many|long)\b", re.IGNORECASE)
# Asks for a person or a company by name, which no answer on spend is changed by.
WHO_IS = re.compile(
    r"^\W*(?:(?:and|also|so|ok|then)\W+)*who(?:['’]?s|\s+(?:is|are|was|were|runs?|leads?|heads?|owns|bought|makes|founded))\b"
    r"(?!\s+(?:it|that|this|they|those|spend\w*|the\s+(?:biggest|top|largest|highest)|next|second|using|driving|behind))",
    re.IGNORECASE,
)
BACK = re.compile(r"\b(?:it|that|them|those|these|this)\b", re.IGNORECASE)
ASKS = re.compile(
    r"^\W*(?:(?:hi|hey|ok|so|actually|also|sorry|wait|hm+|well|no|oh|please|and|but)\W+)*(?:what|how|who|which"
    r"|when|where|is|are|do|does|did|can|could"
    r"|would|should|will|compare|list|tell)\b",
    re.IGNORECASE,
)
SAME = re.compile(r"\bthe\s+same(?!\s+(?:month|quarter|week|period|time|day|year))\b|\bsame\s+thing\b", re.IGNORECASE)
