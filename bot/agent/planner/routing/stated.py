"""What only a text can state: who is responsible, when a decision is due, why something was switched off, what a policy
demands. Such a question is the knowledge base's where an indexed text states it, whatever it names of the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading

# What bills tell: who spent most, when spend peaked, since when a model is used, when a budget is used up.
OF_BILLS = re.compile(
    r"\b(?:spen[dt]\w*|costs?|costing|bill(?:s|ed)?|invoices?|charged?|pa(?:y|ys|id|ying)|us(?:e|es|ed|ing|age)|consum\w+|"
    r"burn\w*|tokens?|requests?|calls?|over(?:spent|spend|run|shot)|expensive|cheap\w*|biggest|largest|highest|lowest|most|"
    r"least|top|budgets?|payback|pay\s+back|break[\s-]?even|anomal\w+|spik\w+|peak\w*|jump\w*|credits?|refunds?)\b",
    re.IGNORECASE,
)
WHO = re.compile(
    r"^\W*(?:(?:and|so|but|also|hey|hi|ok|please|outlay|remind\s+me|tell\s+me|do\s+(?:you|we)\s+know)\W+)*"
    r"(?:to\s+)?(?:who|whom|whose|who['’]?s)\b",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"\b(?:in\s+charge|responsible|accountable|heads?|leads?|runs?|owns?|manages?|oversees?|chairs?|signs?\s+off|approves?|"
    r"looks?\s+after|chief|c[a-z]o|director|president|vp|treasurer|head\s+of|lead\s+of|owner|contact)\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(?:until|till|by|from|since|as\s+of)\s+(?:when|what\s+(?:date|day))\b|\b(?:when|(?:what|which)\s+(?:date|day))\s+"
    r"(?:must|should|shall|do|does|did|is|are|was|were|will|can|has|have|may)\b|\bhow\s+long\s+(?:do|does|will|is|are|may|can|"
    r"must)\b.*\b(?:keep|run|last|valid|have)\b",
    re.IGNORECASE,
)
# A day that the ledger or a calculator knows.
DAY_OF_BILLS = re.compile(
    r"\b(?:when|date|day)\b[^?]*\b(?:first|last|started?\s+(?:using|spending|to\s+use)|run(?:s|ning)?\s+out|exceed\w*|hit|reach"
    r"|cross|surpass\w*|peak\w*|spik\w+|jump\w*|spen[dt]\w*|cost\w*|pay\s*back|break[\s-]?even|most\s+expensive|highest|biggest"
    r"|largest|lowest|charged?|billed|paid|data\b.*\b(?:end|begin|start)\w*|imported)\b",
    re.IGNORECASE,
)
WHY = re.compile(
    r"\b(?:why|what\s+(?:\w+\s+)?(?:caused|explains|drove)|how\s+come|reasons?\s+(?:for|why))\b", re.IGNORECASE
)
HAPPENED = re.compile(r"\bwhat\s+(?:exactly\s+)?happened\b", re.IGNORECASE)
# What minutes, policies and memos lay down.
LAID_DOWN = re.compile(
    r"\b(?:polic(?:y|ies)|guidelines?|minutes|memo|notes?|wiki|handbook|meeting|committee|board|council|circle|guild|forum|"
    r"steering\s+group|working\s+group|decisions?|decided?|agree[ds]?|approv\w+|allow(?:ed|s)?|permitted|forbidden|mandatory|"
    r"obligatory|required?|must|deadline|due|target|goal|ceiling|limit(?:s|ed)?|caps?|capped|threshold|rules?|conditions?|"
    r"owners?|responsib\w+|in\s+charge|according\s+to|plann(?:ed|ing)|plans?\s+to|promis\w+|propos\w+|"
    r"sign(?:ed)?[\s-]?off|exceptions?|escalat\w+|"
    r"(?:share|percent(?:age)?|proportion|number|many|most|few)\s+(?:of\s+)?(?:the\s+)?(?:companies|firms|organi[sz]ations|"
    r"enterprises|businesses|respondents|buyers|operators|vendors|providers)|bill(?:ed)?\s+(?:on\s+)?to|recharg\w+|pass(?:ed)?\s+on)\b",
    re.IGNORECASE,
)
# What is done with machines and contracts, of which bills tell the cost.
DONE = re.compile(
    r"\b(?:default|expir\w+|laps\w+|renew\w*|contract|reservation|recommend\w*|test(?:s|ing|ed)?|pilots?|trials?|"
    r"switch(?:es|ed|ing)?|migrat\w+|turn(?:ed|s)?\s+off|shut\s+down|keep(?:s|ing)?|kept)\b",
    re.IGNORECASE,
)
# An amount to reckon with.
GIVEN = re.compile(r"[$€£]\s?\d|\d\s?(?:%|percent\b|per\s+cent\b|k\b|million\b)|\b\d{1,3}(?:,\d{3})+\b", re.IGNORECASE)
SUPPOSES = re.compile(r"\b(?:if|suppose|assum\w+|imagine|what\s+would|would\s+have)\b", re.IGNORECASE)
# What tells a change or what stands out in our own spend: a reason given in a text belongs beside it.
OF_CHANGES = frozenset({"spend_change", "spend_anomalies", "spend_total", "spend_by", "spend_series"})


def is_for_texts(text: str) -> bool:
    """Whether it asks for a person, a day, a reason or a rule rather than for what was billed."""
    if SUPPOSES.search(text) or GIVEN.search(text):
        return False
    if WHO.search(text):
        return HOLDS.search(text) is not None or not OF_BILLS.search(text)
    if WHEN.search(text):
        return not DAY_OF_BILLS.search(text)
    return LAID_DOWN.search(text) is not None or (DONE.search(text) is not None and not OF_BILLS.search(text))


def wants_a_reason(text: str) -> bool:
    return WHY.search(text) is not None or HAPPENED.search(text) is not None


def with_reason(r: Reading, calls: Sequence[Planned]) -> list[Planned]:
    """What the bills tell of a change, and after it the reason or event that a text states."""
    told = Planned("search_knowledge", {"question": r.original})
    ours = calls and not r.unread and all(call.tool in OF_CHANGES for call in calls)
    return [*calls, told] if ours else [told]
