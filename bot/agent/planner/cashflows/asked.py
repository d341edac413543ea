"""What a question asks of the cash flows that it tells."""

from __future__ import annotations

import re
from typing import Literal

Measure = Literal["npv", "irr", "roi", "payback", "discounted payback", "net benefit"]
_WORDS: tuple[tuple[Measure, str], ...] = (
    ("discounted payback", r"\bdiscounted\s+(?:pay[\s-]?back|break[\s-]?even)(?:\s+\w+)?"),
    ("npv", r"\bnpvs?\b|\bnet\s+present\s+values?\b|\bpresent\s+values?\b|\bdiscounted\s+(?:at|value)\b"),
    ("irr", r"\birrs?\b|\binternal\s+rates?\s+of\s+return\b|\binternal\s+rates?\b"),
    ("roi", r"\broi\b|\breturns?\s+on\s+(?:the\s+|our\s+|this\s+)?(?:invest\w+|money|spend)"),
    (
        "payback",
        r"\bpay[\s-]?backs?\b|\b(?:pa(?:y|ys|ying|id)|earn(?:s|ed)?|w[oi]ns?)(?:\s+(?:it|itself|us|our\s+money"
        r"|the\s+\w+|its\s+\w+))?\s+(?:back|off)\b"
        r"|\bpa(?:y|ys|id)\s+for\s+itself\b|\bbreak[\s-]?even\b|\brecoup\w*|\brecover\w*\s+(?:the|our|its|that"
        r"|it)\b|\bback\s+(?:when|how\s+soon)\b"
        r"|\bwhen\s+(?:is|are|do|does|will|would)\s+(?:it|we|this|that|the\s+\w+"
        r"|our\s+money)(?:\s+\w+){0,4}?\s+(?:back|even|pay|positive)\b"
        r"|\bbreaks?\s+even\b|\bin\s+the\s+black\b|\bmoney\s+back\b|\bwhen\s+(?:does|will|would)\s+(?:it|this"
        r"|that)\s+pay\b|\beven\s+when\b"
        r"|\bhow\s+(?:long|soon|many\s+(?:months|years|weeks|quarters))\b(?!\s+(?:do|would|will|can)\s+(?:we"
        r"|it)\s+(?:need|run|keep))",
    ),
    (
        "net benefit",
        r"\bnet\s+(?:benefits?|gains?|savings?|profits?|returns?|result|effect)\b|\bprofit\b|\bhow\s+much\s+(?:do"
        r"|would|will)\s+we\s+(?:gain|net|make|earn)\b"
        r"|\bnet\s+(?:of|over|after)\b|\bwhat\s+(?:is|would\s+be)\s+(?:left|the\s+gain)\b",
    ),
)
MEASURES = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _WORDS)
WORTH = re.compile(
    r"\bworth\s+(?:it|doing|while|the\s+money)\b|\b(?:good|better|best|sensible|sound|bad|wise|smart)\s+(?:deal|idea"
    r"|investment|move|business|project)\b"
    r"|\bshould\s+we\b|\bdoes\s+(?:it|this|that)\s+(?:pay|make\s+sense|add\s+up)\b|\bmakes?\s+sense\b"
    r"|\bjustif\w+\b|\bgo\s+for\s+it\b|\bpay\s*\?",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"\btco\b|\btotal(?:s|led)?\b|\bcosts?\s+of\s+ownership\b|\baltogether\b|\ball[\s-]?in\b|\bin\s+all\b"
    r"|\boverall\b|\bsum\b|\bin\s+total\b"
    r"|\b(?:how\s+much|what)\b.*\b(?:costs?|pay|spend|paid|spent|bill|run\s+us|set\s+us\s+back|come\s+to"
    r"|add\s+up\s+to)\b",
    re.IGNORECASE | re.DOTALL,
)
NEED = re.compile(
    r"\b(?:what|which|how\s+(?:much|big|high|large))\b(?:\s+(?!\d)[a-z'’-]+){0,6}?\s+(?:sav\w+|benefits?|returns?"
    r"|gains?|revenues?|income|profits?|cash\s*flows?|earn\w*|bring\w*|inflows?)\b",
    re.IGNORECASE,
)
NEEDED = re.compile(
    r"\b(?:must|needs?|needed|necessary|required?|has\s+to|have\s+to|would\s+it\s+(?:have|take)|makes?|should"
    r"|justif\w+|pays?|break[\s-]?even|recoup\w*|earn\s+back)\b",
    re.IGNORECASE,
)
NEED_EVERY = re.compile(
    r"\b(?P<adverb>annual|annually|yearly|monthly|quarterly|weekly)\b|\b(?:per|an?|each|every)\s+(?P<span>year"
    r"|month|quarter|week)\b",
    re.I,
)
LOAN = re.compile(
    r"\b(?:loans?|instal+ments?|mortgage|borrow\w*|financ(?:e|ed|ing)|repay\w*|amorti[sz]\w*|annuity"
    r"|credit\s+(?:over|of))\b|\blease\b.*\binterest\b"
    r"|\binterest\b.*\b(?:monthly|yearly|annual)\s+payments?\b",
    re.IGNORECASE | re.DOTALL,
)
FOREVER = re.compile(
    r"\bfor\s?ever\b|\bperpetu\w+|\bindefinitely\b|\bin\s+perpetuity\b|\bwithout\s+end\b|\bendless\w*", re.IGNORECASE
)
COMPARE = re.compile(
    r"\bcompar\w+|\bcheaper\b|\bcheapest\b|\bbetter\b|\bbest\b|\bwhich\b|\brank\w*|\bor\b|\bversus\b|\bvs\b"
    r"|\bhigher\b|\blower\b|\bdearer\b|\bmore\s+expensive\b"
    r"|\beach\b|\bboth\b|\bless\b",
    re.IGNORECASE,
)
DIFFERENCE = re.compile(
    r"\bdifference\b|\bhow\s+much\s+(?:cheaper|more|less|dearer|better)\b|\bby\s+how\s+much\b|\bgap\b|\bsav\w+\b",
    re.IGNORECASE,
)
MOST = re.compile(r"\b(?:dearer|dearest|more\s+expensive|most\s+expensive|costs?\s+more)\b", re.IGNORECASE)
IN_UNITS = re.compile(
    r"\bin\s+(?P<in>year|quarter|month|week)s\b|\b(?:how\s+many|number\s+of)\s+(?P<many>year|quarter|month|week)s\b",
    re.I,
)
RATE_BEFORE = re.compile(
    r"(?:\bat|@|[,;(]|\brate|\bdiscounted(?:\s+at)?|\bdiscount|\bhurdle|\bwacc|\bcapital|\binterest|\bnpv|\bfor|\bwith"
    r"|\busing)"
    r"(?:\s+(?:rate|of|is|at|a|an|the|our|about|cost|costs|capital|wacc|hurdle|discount|interest))*\s*[:=(]?\s*$",
    re.IGNORECASE,
)
RATE_AFTER = re.compile(
    r"\s*(?:(?:annual|yearly|nominal|real|required)\s+)?(?:discount|interest|hurdle|wacc|rate|cost\s+of\s+capital"
    r"|return|irr|npv)\b",
    re.IGNORECASE,
)
# What may follow a rate: its end, its time, another part of the question; no noun that it would be the percent of.
RATE_ENDS = re.compile(
    r"\s*(?:$|[?.!,;:)\-–]|(?:an?|per|each|every)\s+(?:year|annum|month)\b|p\.?\s?a\b|(?:annual|annually|yearly"
    r"|monthly|over|for|on|and|or|with|if"
    r"|when|given|in|of|is|what|which|does|do|how|makes?|compounded|as|from|to|while|but|then|than|against|vs"
    r"|versus|interest)\b)",
    re.IGNORECASE,
)
MONTHLY = re.compile(r"\s*(?:(?:a|per|each|every)\s+month|monthly)", re.IGNORECASE)
OFF = re.compile(
    r"\s*(?:off|discount(?!\s*(?:rate|factor))|cheaper|less|more|of\s+(?:the|our|its|their|all|that|it|costs?"
    r"|bills?|spend\w*|them)|growth|markup|margin|below|above|higher|lower|saving)\b",
    re.I,
)


def measures(text: str) -> tuple[Measure, ...]:
    """What is asked of a project, in the order asked; the words of one are not read for another."""
    found: list[tuple[int, Measure]] = []
    rest = text
    for name, words in MEASURES:
        if match := words.search(rest):
            found.append((match.start(), name))
            rest = words.sub(lambda m: " " * len(m[0]), rest)
    return tuple(name for _, name in sorted(found))
