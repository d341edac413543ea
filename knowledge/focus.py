"""The thing a question asks after: `employees` in "how many employees does X have", `share price` in "X's share price",
`laptop sales` in "what did X say about laptop sales".

What is merely said of it may be worded otherwise in an answer; the thing itself must be there.
"""

from __future__ import annotations

import re

VERB = (
    r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could|should|may|might|says?|said|means?|costs?|"
    r"takes?|took|makes?|made|gets?|got|runs?|comes?|came|goes|went|reach(?:es|ed)?|expects?|expected)"
)
THING = rf"(?P<thing>(?!(?:{VERB}|who|what|which|when|where|why|how)\b)[\w-]+(?:\s+(?!{VERB}\b)[\w-]+){{0,3}}?)"
BOUND = r"of|at|for|in|from|by|on|to|with|according|under|between|last|this|next|now|today|per"
OWNER = r"(?!(?:who|what|when|where|why|how|it|that|he|she|there|here|let)['’])[\w.&-]+(?:\s[\w.&-]+)?['’]s?"
END = rf"(?=\s*(?:[?.,;!]|$)|\s+(?:{BOUND})\b)"
SAY = r"(?:say|says|said|think|write|report(?:ed)?|mention(?:ed)?|news|word|update)\s+(?:about|on|of)"
BE = r"(?:['’]?s|\s+(?:is|are|was|were))"
COUNTED = re.compile(rf"(?i)\bhow (?:much|many)\s+{THING}\s+{VERB}\b")
PATTERNS = (
    COUNTED,
    re.compile(rf"(?i)\b{SAY}\s+(?:(?:the|its|their|a)\s+)?{THING}{END}"),
    re.compile(
        rf"(?i)(?:^|\b(?:what|which|who|where|when){BE}\s+|\b(?:me|know|tell)\s+)(?:the|a|an)?\s*{THING}\s+(?:of|at)\s+\w"
    ),
    re.compile(
        rf"(?i)(?:^|\b(?:what|which|who|where|when){BE}\s+|\babout\s+)(?!\w+['’]s\s+(?:the|a|an)\b){OWNER}\s+{THING}{END}"
    ),
)


def focus_of(question: str) -> str:
    """The words of the thing, empty where the wording does not set it apart."""
    return next((found.group("thing") for pattern in PATTERNS if (found := pattern.search(question))), "")


def is_theme(question: str) -> bool:
    """Whether the thing is what is spoken about, whose words may stand apart, and not a measure of somebody."""
    return bool(re.search(rf"(?i)\b{SAY}\b", question))


def is_counted(question: str) -> bool:
    """Whether a number of the thing is asked for, which then stands by it: "300,000 business customers"."""
    return bool(COUNTED.search(question))
