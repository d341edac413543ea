"""How a price or a use is said to move: up or down, by how much, each month, of how many months."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.intents.supposed.part_moved import A_MOVE

FALLS = re.compile(
    r"\b(?:fall|fell|drop|decline|decrease|down|cut|cheaper|lower|less|fewer|shrink|reduc|discount|disappear|vanish|lose|lost|los|off\b|shav|knock|trim|slash)\w*",
    re.IGNORECASE,
)
RISES = re.compile(
    r"\b(?:ris|rais|hik|rose|grow|grew|increas|up\b|climb|higher|more|dearer|jump|added?\b|surcharg|on\s+top\b|uplift|premium)\w*",
    re.IGNORECASE,
)
VOLUME = re.compile(
    r"\b(?:usage|volumes?(?!\s+(?:discount|rebate))|traffic|use|tokens?(?!\s+(?:price|cost|rate))|requests?|demand|consumption|growth|grows?"
    r"|(?<!per )(?<!an )hours(?!\s+(?:price|rate))"
    r"|users?)\b",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"\b(?:prices?|rates?|pricing|unit costs?|dearer|cheaper|pricier|(?:more|less) expensive|discount(?:s|ed)?|rebates?"
    r"|surcharges?|tariffs?)\b",
    re.IGNORECASE,
)
# What only who sells does: `AWS raises p4d by 15%`.
SELLS = re.compile(r"\b(?:rais|hik|charg|cut|lower|slash|drop|put|announc)\w*", re.IGNORECASE)
PERCENT = r"(?:%|\bper\s?cent\b|\bpct\b)"
MONTHLY = re.compile(
    rf"{PERCENT}\s*(?:\w+\s+)?(?:on\s+average\s+)?(?:a|per|each|every|/)\s*(?:single\s+)?month\b|{PERCENT}\s+monthly"
    r"|\bmonthly\s+(?:growth|rise|increase|decline|drop|decrease)|month over month|\bmom\b",
    re.I,
)
A_MONTH = re.compile(r"\b(?:a|per|each|every)\s+month\b(?!\s+(?:like|as))|\bmonthly\b", re.IGNORECASE)
A_YEARLY = re.compile(
    rf"{PERCENT}\s*(?:\w+\s+)?(?:a|per|each|every|/)\s*(?:year|quarter|week|day)"
    r"|\b(?:yearly|annual\w*|quarterly|weekly|yoy|cagr)\b",
    re.I,
)
DOUBLES = re.compile(
    r"\b(?P<verb>doubl|tripl|quadrupl|halv|twice|thrice)\w*"
    r"|\b(?P<half>half)(?=\s+(?:of\s+)?(?:the\s+|its\s+|our\s+|their\s+|as\s+(?:many|much)\s+)?"
    r"(?:price|volume|traffic|usage|use|tokens?|requests?|calls?|hours|time|machines)\b)"
    r"|(?<![\w.,])(?P<times>\d+(?:\.\d+)?|three|four|five|six|ten)\s?(?:x|×|times|-?fold)(?!\w)",
    re.IGNORECASE,
)
# `half the hours`, `80% of the traffic`: so much is left of it.
LEFT_OF_IT = re.compile(
    r"\s*(?:of\s+)?(?:the|our|its|their|these|those|all|that|this|as\s+(?:many|much))\b", re.IGNORECASE
)
TIMES = {"three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
MULTIPLES = {
    **dict.fromkeys(("doubl", "twice"), Decimal(2)),
    **dict.fromkeys(("tripl", "thrice"), Decimal(3)),
    "quadrupl": Decimal(4),
    **dict.fromkeys(("halv", "half"), Decimal("0.5")),
}
CLAUSE = re.compile(r"[,;.?](?=\s|$)|\s[-–—]+\s|\b(?:and|but|while|with)\b", re.IGNORECASE)
BILL = re.compile(r"\b(?:bills?|invoice|spend\w*|costs?|pay(?:ing)?|charges?|budget)\b", re.IGNORECASE)
HORIZON = re.compile(
    r"\b(?:in|after|within|over|for|by the end of)\s+(?:a|an|one|the|next|the next|a whole|a full)\s+"
    r"(?P<span>year|quarter|month)\b"
    r"|\ba (?P<later>year|quarter) (?:from now|later|on)\b",
    re.IGNORECASE,
)
MONTHS = {"year": 12, "quarter": 3, "month": 1}
# `Apply a further 10% reduction to our June bill`, `Cut p5 hours by 30%: what would ...`.
ORDERED = re.compile(
    r"(?:^|[.;:!?]\s+|^(?:so|ok(?:ay)?|now|please|pls|and|then)[\s,]+)(?:please\s+)?(?:apply|reduce|cut|raise|increase|add|take|knock|put|drop"
    r"|lower|shave|trim|slash|bump|mark|deduct|subtract|model|simulate)\b[^?]*\d"
    r"|^\W*(?:please\s+)?(?:double|halve|triple|quadruple)\b",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"\b(?:if|would|suppos\w+|imagine|assum\w+|had|with\s+(?:about\s+)?\d[\d.]*\s?(?:%|percent)\s+(?:less|fewer"
    r"|more|lower|higher))\b",
    re.IGNORECASE,
)
# A change told without an if: of what was, it is no supposition.
TOLD = re.compile(
    r"\b(?:prices?|rates?|volumes?|usage|traffic|demand|tokens?)\s+(?:go(?:es)?|ris(?:es?|ing)|falls?|drops?|increases?"
    r"|decreases?|climbs?|grows?|shrinks?)\b|\b(?:raises|hikes|cuts|increases|lowers|drops|slashes|announces|puts)\b"
    r"|\bdiscount\s+of\b|\b(?:gets?|becomes?)\s+\d[\d.]*\s?(?:%|percent)\s+(?:cheaper|dearer|more\s+expensive)"
    r"|\d\s?(?:%|percent)\s+(?:less|fewer|more|lower|higher)\s+(?:usage|traffic|volume|tokens|requests|calls|use)\b"
    r"|\d\s?(?:%|percent)\s+(?:\w+\s+)?(?:discount|rebate|off|cheaper|dearer)\b|(?<![\w.])[+-]\d+(?:\.\d+)?%"
    rf"|{A_MOVE.pattern}"
    r"|\b(?:after|with|following|given)\s+(?:an?|another|the)\s+\d[\d.]*\s?(?:%|percent)\s+(?:cut|rise|increase|hike|reduction|drop|raise)\b"
    r"|\b(?:traffic|usage|volumes?|prices?|tokens|requests|rates?)\s+(?:(?:is|are|goes|go)\s+)?(?:up|down)\s+(?:by\s+)?\d"
    r"|\bwith\s+(?:that|this|it)\s+on\s+top\b|\btraffic\b[^?]*\b(?:at|with)\s+\w+\s+times\b"
    r"|\b(?:impact|effect)\s+of\b|\b(?:twice|half|\d+(?:\.\d+)?\s?x|times)\s+(?:the|as)\b",
    re.IGNORECASE,
)
# The bill has it already: `we pay $22,500 after a 10% discount`.
COUNTED = re.compile(
    r"\b(?:after|net\s+of|including|already)\s+(?:\w+\s+){0,2}?\d[\d.]*\s?(?:%|percent)\s+(?:\w+\s+)?(?:discount|rebate|off)\b",
    re.IGNORECASE,
)
FACT = re.compile(
    r"\b(?:did|has|was|were|(?<!would )(?<!could )(?<!should )(?<!might )have|than|why)\b"
    r"|\b(?:spent|paid|saved|went|gone|grew|rose|fell)\b(?<!have paid)(?<!have spent)(?<!have saved)",
    re.IGNORECASE,
)
SAVED = re.compile(r"\bsav(?:e|ed|es|ing|ings)\b", re.IGNORECASE)
