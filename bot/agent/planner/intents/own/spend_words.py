"""Words that say what of one's own spend is asked: which, the most, a mean, a trend, why, what is lacking."""

from __future__ import annotations

import re

from bot.agent.slots import superlatives
from bot.agent.slots.superlatives import EITHER, MOST

ASKS_WHICH = re.compile(r"\b(?:which|what) (?:teams?|providers?|models?|services?)\b", re.IGNORECASE)
SINGLE_MOST = re.compile(
    rf"\b{MOST}\s+(?:\w+\s+)?"
    r"(?:team|provider|vendor|service|model|account|project|region|spender|cost)\b",
    re.IGNORECASE,
)
# "share of gpt-4o in search's bill": the part is what follows "of", the whole what follows "in".
SHARE_WITHIN = re.compile(
    r"\b(?:share|percentage|proportion|fraction|part|percent|portion)\s+of\s+(?:the\s+)?", re.IGNORECASE
)
IN_A_WHOLE = re.compile(r"\s+(?:in|within)\b", re.IGNORECASE)
SHARE_OF = re.compile(r"(?:['’]s?)?\s+(?:share|percentage|proportion|fraction|part)\s+of\b", re.IGNORECASE)
# What a share is of: `compass's February spend`, not the part of it.
OWNS_SPEND = re.compile(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}?(?:spend\w*|costs?|bills?|invoice|budget|charges?|total|usage)\b", re.IGNORECASE
)
# `Is AWS our biggest provider?` is asked of all providers.
IS_IT = re.compile(r"^\W*(?:(?:so|and|but|then)\s+)?(?:is|was|are|were|isn['’]?t)\b", re.IGNORECASE)
IS_THE_MOST = re.compile(rf"\b(?:our|the|your)\s+(?:single\s+)?{MOST}\s+[a-z]", re.IGNORECASE)
WHO_SPENDS = re.compile(
    r"\bwho(?:\s+(?:is|are|was|all))?\s+(?:spend(?:s|ing)?|spent|pay(?:s|ing)?|paid|us(?:e|es|ed|ing)|consum(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
WHO_MOST = re.compile(rf"\bwho\b.*\b(?:most|least|{EITHER})\b", re.IGNORECASE)
SPENDERS = re.compile(rf"\b{EITHER}\s+(?:\w+\s+)?spenders?\b", re.IGNORECASE)
MEAN = re.compile(r"\b(?:averaged?|avg|(?<!i )mean(?!s|t| by)|typical(?:ly)?|on average)\b", re.IGNORECASE)
WHY = re.compile(
    r"\b(?:why|what (?:drove|caused|explains|moved)|what(?:['’]?s|\s+is|\s+was|\s+lies|\s+sits)\s+behind"
    r"|up or down|higher or lower|reasons?|drivers?)\b",
    re.IGNORECASE,
)
MOST_WORDS = rf"(?:{EITHER}|most|least)"
EXTREME = re.compile(
    rf"\b(?:which|what)\s+(?P<one>day|week|month)\b.*\b{MOST_WORDS}\b"
    rf"|\b(?P<with>day|week|month)\s+(?:with|of|that had)\s+(?:the\s+|our\s+)?{MOST_WORDS}\b"
    rf"|\b{MOST_WORDS}[\s-]+(?:(?:single|spend(?:ing)?|spent|cost|billing)[\s-]+)*(?P<other>day|week|month)\b"
    rf"|\bwhen\s+(?:did|was|were)\b.*\b{MOST_WORDS}\b"
    rf"|\b(?:{EITHER}|max(?:imum)?)\s+(?:single\s+)?(?P<often>daily|weekly|monthly)\s+"
    r"(?:ai\s+)?(?:spend\w*|costs?|bills?|totals?|burn|figure|amount|charges?)\b",
    re.IGNORECASE,
)
_COUNT = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_SPAN = r"(?:\w+\s+)?(?P<{}>day|week|month)s\b"
RANKED_SPANS = re.compile(
    rf"\b{EITHER}[\s-]+(?P<n1>{_COUNT})\s+{_SPAN.format('one')}"
    rf"|\b(?P<n2>{_COUNT})\s+(?:of\s+(?:our|the)\s+)?{EITHER}\s+{_SPAN.format('two')}"
    rf"|\b(?:which|what)\s+(?P<n3>{_COUNT})\s+{_SPAN.format('three')}.*\b(?:most|least|{EITHER})\b"
    rf"|\b(?:our|the|which)\s+{EITHER}\s+(?:spend(?:ing)?\s+)?(?P<any>day|week|month)s\b",
    re.IGNORECASE,
)
TOGETHER = re.compile(
    r"\b(?:together|combined|altogether|jointly|in sum|in total|total (?:of|for)|sum of|plus)\b|\w\s*\+\s*\w",
    re.IGNORECASE,
)
DIFFERENCE = re.compile(r"\b(?:difference|gap)\b", re.IGNORECASE)
HOW_MUCH_MORE = re.compile(
    r"\bhow (?:much|far)\b.*\b(?:more|less|apart|than|cheaper|higher|lower)\b|\bdifference between\b|\bby how much\b",
    re.I,
)
TREND = re.compile(
    r"\b(?:trend(?:line|s)?|trajectory|evolution|timeline|history|chart|graph|plot|curve)\b|\bover time\b",
    re.IGNORECASE,
)
MEAN_OF = re.compile(r"\b(?:average|avg|typical|mean|normal)\s+(?P<span>day|week|month)\b", re.IGNORECASE)
A_DAY = re.compile(
    r"\b(?:how (?:much|many (?:dollars|euros|pounds))|what(?: (?:do|does|did|are|is|have|has|was|were)\b|['’]?s\b)).*"
    r"\b(?:(?:per|a)\s+(?:single\s+)?(?:day|week)|a\s+month)\b(?!\s+(?:ago|later|earlier|before|like))|\bdaily rate\b",
    re.IGNORECASE,
)
SINCE = re.compile(r"\b(?:gone|been going|grown|risen|fallen|climbed|developed|evolved)\b.*\bsince\b", re.IGNORECASE)
LEAST = re.compile(rf"\b(?:least|{superlatives.LEAST})\b", re.IGNORECASE)
AGAINST_LIST = re.compile(
    r"\b(?:vs\.?|versus|against|to|with|off|below|under|than|from|at|over)\s+(?:the\s+)?list\b", re.IGNORECASE
)
BURN_RATE = re.compile(
    r"\b(?:burn|run)[\s-]?rate\s+(?:per|a|an|each|by)\s+(?P<span>day|week|month)\b"
    r"|\b(?P<adverb>daily|weekly|monthly)\s+(?:\w+\s+)?(?:burn|run)[\s-]?rate\b"
    r"|\b(?P<bare>daily|weekly|monthly)\s+(?:cash\s+|ai\s+|spend\s+)?burn\b"
    r"|\bper-(?P<hyphen>day|week|month)\b",
    re.IGNORECASE,
)
RANK = re.compile(
    r"\b(?P<rank>second|third|fourth|fifth|2nd|3rd|4th|5th)[\s-]+"
    rf"{MOST}\b(?!\s+(?:day|week|month|quarter))"
    r"|\b(?:came|comes?|ranks?|ranked|placed|finish\w*|sits?|in|is|was)\s+(?:the\s+)?(?P<place>second|third|fourth|fifth|2nd"
    r"|3rd|4th|5th)(?=\s+place\b|\s+(?:in|for|on|by|after|behind|last|this)\b|\W*$)"
    r"|(?:\bnumber|\bno\.?|#)\s?(?P<number>two|three|four|five|[2-5])(?!\d|\w)|\b(?P<next>runner)[\s-]?up\b",
    re.IGNORECASE,
)
# How far the first is ahead of the next: `by how much over number two`.
AHEAD_OF_NEXT = re.compile(
    r"\b(?:by\s+how\s+much|how\s+far|how\s+much\s+(?:more|ahead|bigger|larger|higher)|gap|margin|lead(?:s|ing)?"
    r"|difference|distance|ahead)\b.*\b(?:number\s+(?:two|2)|no\.?\s?2|second(?:\s+place)?|2nd|runner[\s-]?up"
    r"|next(?:\s+(?:one|biggest|largest|highest|most\s+expensive|in\s+line))?)(?![\w-])"
    r"|#\s?2\b",
    re.IGNORECASE | re.DOTALL,
)
# Whether spend rises or falls, with no time named: the last complete month is then set against the one before.
WHICH_WAY = re.compile(
    r"\b(?:up|higher|rising|growing|increasing|more)\s*(?:,|or|/|and)\s*(?:down|lower|falling|shrinking|decreasing|less)\b"
    r"|\b(?:is|are|['’]s|['’]re)\b.*\b(?:going\s+(?:up|down)|rising|growing|increasing|climbing|falling|shrinking"
    r"|dropping|decreasing|declining|creeping\s+up|coming\s+down|trending\s+(?:up|down))\b"
    r"|\bwhich\s+(?:way|direction)\b",
    re.IGNORECASE,
)
RANKS = {
    **dict.fromkeys(("second", "2nd", "two", "2", "runner"), 2),
    **dict.fromkeys(("third", "3rd", "three", "3"), 3),
    **dict.fromkeys(("fourth", "4th", "four", "4"), 4),
    **dict.fromkeys(("fifth", "5th", "five", "5"), 5),
}
PORTION = re.compile(
    r"(?:^\W*|\b(?:what(?:['’]s|\s+is|\s+was|\s+are|\s+were|\s+would(?:\s+be)?)?|how\s+much\s+(?:is|was|are|were|would(?:\s+be)?)"
    r"|calculate|compute|work\s+out|give\s+(?:me|us)|tell\s+(?:me|us)|show\s+(?:me|us)|need|take))\s*(?:the\s+)?$",
    re.IGNORECASE,
)
PORTION_OF = re.compile(
    r"\s*(?:%|percent|per\s+cent)?\s+of\s+(?!(?:our\s+|the\s+|all\s+)*(?:teams?|providers?|models?|vendors?|services?|days)\b)",
    re.I,
)
PART_SAVED = (
    ("negotiated", re.compile(r"\b(?:negotiat\w+|enterprise|contract\w*)\s+(?:discounts?|prices?|rates?)\b", re.I)),
    (
        "commitment",
        re.compile(
            r"\b(?:commitments?|committed(?:[\s-]use)?|savings?[\s-]plans?|reservations?|reserved)\b"
            r"(?=\s+(?:\w+\s+)?(?:discounts?|sav\w+)\b)",
            re.I,
        ),
    ),
)
SAVES = re.compile(r"\bsav(?:e[ds]?|ing|ings)\b(?![\s-]+plans?)", re.IGNORECASE)
SHOULD_KNOW = re.compile(
    r"\b(?:should|must|need(?:\s+to)?|ought\s+to)\s+(?:(?:i|we|one)\s+)?(?:to\s+)?know\b|\bworth\s+knowing\b"
    r"|\bwhat\s+happened\b",
    re.IGNORECASE,
)
SAVED = re.compile(
    r"\b(?:did|have|has|do|does)\s+(?:we|\w+)\s+(?:actually\s+)?sav(?:e|ed)\b|\bour\s+savings\b"
    r"|\b(?:list|effective)(?:\s+(?:cost|price|spend)s?)?\s+(?:vs\.?|versus|against|minus|and)\s+(?:list|effective)\b",
    re.IGNORECASE,
)
_ROSE = r"(?:increas\w*|rose|risen?|rising|gr[eo]w\w*|jump\w*|climb\w*|gain\w*|went up|go up|gone up)"
_FELL = r"(?:decreas\w*|drop\w*|f[ae]ll\w*|declin\w*|shr[aiu]nk\w*|went down|go down|gone down|reduc\w*)"
FASTEST = (
    ("fastest", re.compile(
        rf"\b(?:fastest|quickest)[\s-]+{_ROSE}|\b{_ROSE}\b.*\b(?:fastest|quickest)\b"
        rf"|\b(?:fastest|quickest|highest|strongest|steepest)\s+(?:rate\s+of\s+)?growth"
        rf"|\b(?:most|biggest|largest)\b.*\b(?:{_ROSE}|growth)\b.*\b(?:percent(?:age)?|relative|%)"
        rf"|\b{_ROSE}\b.*\bmost\b.*\b(?:percent(?:age)?|relative|%)", re.IGNORECASE)),
    ("slowest", re.compile(
        rf"\bslowest[\s-]+{_ROSE}|\b{_ROSE}\b.*\bslowest\b|\b(?:slowest|lowest|weakest)\s+(?:rate\s+of\s+)?growth",
        re.IGNORECASE)),
)  # fmt: skip
GROWTH_RATE = re.compile(
    rf"\b(?:rates?\s+of\s+growth|growth\s+rates?|how\s+(?:fast|quickly|rapidly)\b.*\b{_ROSE}"
    rf"|(?:monthly|weekly|daily|quarterly|month[\s-]on[\s-]month|month[\s-]over[\s-]month|mom|average|mean)\s+(?:\w+\s+)?growth"
    rf"|{_ROSE}\s+(?:on average\s+)?(?:per|each|every|a|by)\s+(?:day|week|month|quarter))\b",
    re.IGNORECASE,
)
MOVERS = FASTEST + tuple(
    (name, re.compile(rf"\b{verb}\b.*\bmost\b|\b(?:most|biggest|largest|top|steepest)\b.*\b{verb}\b", re.IGNORECASE))
    for name, verb in (("up", _ROSE), ("down", _FELL), ("any", r"(?:chang\w*|mov\w+|swing\w*)"))
)
ALL_OF_IT = re.compile(
    r"\W*(?:what(?:['’]?s|\s+is)\s+)?(?:the\s+|our\s+|my\s+)?"
    r"(?:(?:total|overall|all|whole|entire|full|cumulative)\s+)+[\w -]{2,12}\s+"
    r"(?:spend(?:ing)?|costs?|bills?|usage|expenses?|charges?)(?:\s+(?:so far|to date|overall|please|pls|ever))?\W*",
    re.IGNORECASE,
)
PEAK = re.compile(
    rf"\b{EITHER}"
    r"(?:[\s-]+(?:single|spend(?:ing)?|spent|cost|billing))*[\s-]+(?:day|week|month|quarter)\b",
    re.IGNORECASE,
)
# Nothing but a sum of spend as such: `total AI cost`, `our vendor spend`.
BARE = re.compile(
    r"\W*(?:(?:the|our|all|total|overall|entire|whole|combined|current|complete)\s+)*"
    r"(?:(?:gen-?)?ai|llms?|cloud|vendors?|providers?|gpus?|ml|models?|api|inference)\s+"
    r"(?:related\s+)?(?:spend|spending|costs?|bills?|expenses?|expenditures?|charges?|outlay)"
    r"(?:\s+(?:total|overall|in total|in all|to date|so far|altogether))*\W*",
    re.IGNORECASE,
)
