"""The thing a question asks after: `employees` in "how many employees does X have", `share price` in "X's share price",
`laptop sales` in "what did X say about laptop sales".

What is merely said of it may be worded otherwise in an answer; the thing itself must be there.
"""

from __future__ import annotations

import re

VERB = (
    r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could|should|may|might|says?|said|means?|costs?|"
    r"takes?|took|makes?|made|works?|worked|gets?|got|runs?|comes?|came|goes|went|reach(?:es|ed)?|expects?|expected)"
)
THING = rf"(?P<thing>(?!(?:{VERB}|who|what|which|when|where|why|how)\b)[\w-]+(?:\s+(?!{VERB}\b)[\w-]+){{0,3}}?)"
BOUND = r"of|at|for|in|from|by|on|to|with|according|under|between|last|this|next|now|today|per"
OWNER = r"(?!(?:who|what|when|where|why|how|it|that|he|she|there|here|let)['’])[\w.&-]+(?:\s[\w.&-]+)?['’]s?"
END = rf"(?=\s*(?:[?.,;!]|$)|\s+(?:{BOUND})\b)"
A_TIME = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|\d|first|second|third|"
    r"fourth|last|this|next|all|total|average|quarter|year|month|half)\b"
)
SAY = r"(?:say|says|said|think|write|find|found|show|report(?:ed)?|mention(?:ed)?|news|word|update)\s+(?:about|on|of)"
BE = r"(?:['’]?s|\s+(?:is|are|was|were))"
MORE = r"(?:more|less|\w+er)\b"
COUNTED = re.compile(rf"(?i)\bhow (?:much|many)\s+(?:of (?:the|all|its|their)\s+)?(?!{MORE}){THING}\s+{VERB}\b")
ANY_COUNTED = re.compile(
    rf"(?i)\bhow many\s+(?:of\s+(?:the|all|its|their|these)\s+)?(?!{MORE}|of\b)"
    r"(?:(?:new|other|different|additional|such)\s+)*(?P<thing>[a-z]+)\b"
)
PATTERNS = (
    COUNTED,
    ANY_COUNTED,
    re.compile(
        rf"(?i)\bhow (?!fast|quickly|steeply)(?:much (?:more )?)?\w+\s+(?:is|are|was|were)\s+(?:the|an?)?\s*{THING}"
        rf"(?:\s+\w+ing)?{END}"
    ),
    re.compile(rf"(?i)\b(?:comes?|came)\s+from\s+(?:the|its|their)?\s*{THING}{END}"),
    re.compile(
        rf"(?i)\b(?:pays?|paid|paying|charges?|charged|spends?|spent)\s+(?:for|on|in|as)\s+(?:the|an?|its|their)?\s*(?!{A_TIME}){THING}{END}"
    ),
    re.compile(rf"(?i)\bwhat{BE}\s+the\s+{THING}\s+(?:in|for|from|behind|on)\s+\w"),
    re.compile(rf"(?i)^\W*(?:what|which)\s+{THING}\s+(?:do|does|did|has|have|had|can|could|will|would)\b"),
    re.compile(rf"(?i)\b{SAY}\s+(?:(?:the|its|their|a)\s+)?{THING}{END}"),
    re.compile(
        rf"(?i)(?:^|\b(?:what|which|who|where|when){BE}\s+|\b(?:me|know|tell)\s+)(?:the|a|an)?\s*{THING}\s+(?:of|at)\s+\w"
    ),
    re.compile(
        rf"(?i)(?:^|\b(?:what|which|who|where|when){BE}\s+|\babout\s+)(?!\w+['’]s\s+(?:the|a|an)\b){OWNER}\s+{THING}{END}"
    ),
)


# What names a kind of statement and not a thing: an answer gives such a one without calling it so.
STATEMENTS = frozenset(
    """
    step steps measure measures plan plans approach approaches strategy strategies method methods technique techniques
    problem problems challenge challenges issue issues change changes factor factors event events view views lesson
    lessons result results outcome outcomes trend trends reason reasons cause causes difference differences decision
    decisions option options risk risks consequence consequences action actions product products service services
    """.split()  # noqa: SIM905
)


def focus_of(question: str) -> str:
    """The words of the thing, empty where the wording does not set it apart."""
    found = next((found.group("thing") for pattern in PATTERNS if (found := pattern.search(question))), "")
    found = re.sub(r"(?i)^(?:responsible for|new|more|other|additional|different)\s+", "", found)
    found = re.sub(r"(?i)\bdata (?=cent(?:er|re)s?\b)", "", found)
    if re.fullmatch(r"(?i)(?:money|cash|news|(?:a |the )?new|happening)", found):
        return ""
    return " ".join(word for word in found.split() if word.lower() not in STATEMENTS)


def is_theme(question: str) -> bool:
    """Whether the thing is what is spoken about, whose words may stand apart, and not a measure of somebody."""
    return bool(re.search(rf"(?i)\b{SAY}\b", question))


def is_counted(question: str) -> bool:
    """Whether a number of the thing is asked for, which then stands by it: "300,000 business customers"."""
    return bool(COUNTED.search(question) or ANY_COUNTED.search(question))
