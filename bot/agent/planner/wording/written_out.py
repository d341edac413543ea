"""Short forms, fractions and months in figures, written as the readers of a question know them."""

from __future__ import annotations

import re

from bot.agent.planner.spelling.spelling_targets import MONTHS, ONES

JUST_OVER = (
    r"(?:the\s+)?{0}\s+(?:that|which)\s+(?:has\s+|have\s+)?(?:just|recently)\s+(?:ended|closed|finished|passed)"
    r"|(?:the\s+)?(?:just|recently)[\s-](?:ended|closed|finished|completed)\s+{0}|(?:the\s+)?{0}\s+just\s+(?:ended|gone|closed|past)"
)
SHORT = {
    "last quarter": JUST_OVER.format("quarter"),
    "last month": JUST_OVER.format("month"),
    "last week": JUST_OVER.format("week"),
    "last year": JUST_OVER.format("year"),
    "total this year so far": r"(?:the\s+)?(?:yearly|annual|year['’]?s)\s+(?:total|sum|spend)\s+so\s+far",
    "first half of this year": r"first\s+half[\s-]+year(?!\s+of)",
    "second half of this year": r"second\s+half[\s-]+year(?!\s+of)",
    "so far": (
        r"(?:before\s+(?:we|they|it)\s+(?:stopped|quit|dropped|cancel\w+|retired)(?:\s+(?:using|paying(?:\s+for)?|with))?"
        r"(?:\s+(?:it|them|that))?"
        r"|since\s+(?:the\s+|its\s+)?(?:launch|inception|very\s+beginning|beginning|start|day\s+one|go[\s-]live)"
        r"|since\s+(?:we|it|they)\s+(?:first\s+)?(?:started|began|launched|introduced|adopted|onboarded|went\s+live)"
        r"(?:\s+(?:with|using|on|paying(?:\s+for)?))?(?:\s+(?:it|them|that))?)"
        r"(?!\s+(?:of|in|on|at|from|around|using|with|paying|it|them|back|last|this)\b)"
    ),
    "January to September": r"(?:the\s+)?first\s+(?:three|3)\s+quarters(?:\s+of(?=\s+20\d\d))?",
    "January to June": r"(?:the\s+)?first\s+(?:two|2)\s+quarters(?:\s+of(?=\s+20\d\d))?",
    "week": r"wks?",
    "month": r"mths?|mnths?|mons?(?=\s+(?:ago|to\s+date)\b)|mos?(?=\s+ago\b)",
    "quarter": r"qtrs?",
    "year": r"yrs?",
    "yesterday": r"yday|ystrday",
    "memory": r"mem",
    "department": r"dept",
    "account": r"accts?|accs?",
    "amount": r"amt",
    "what": r"w(?:h?ut|at|ot|aht)s?(?!t)",
    "how": r"hwo(?=\s+(?:much|many|far|is|are|does|do|did|was)\b)",
    "week commencing": r"w\s?/\s?c|wc(?=\s+\d)",
    "week ending": r"w\s?/\s?e|we(?=\s+\d{1,2}\s+[a-z]{3})",
    "last 12 months": r"LTM|TTM|(?:rolling|trailing)\s+(?:12|twelve)\s+months",
    "last": r"(?:rolling|running)(?=\s+\d+\s+(?:day|week|month|quarter)s?\b)",
    "31 December": r"new\s+year['’]?s\s+eve|nye",
    "25 December": r"(?:christmas|xmas)\s+day",
    "24 December": r"(?:christmas|xmas)\s+eve",
    "26 December": r"boxing\s+day",
    "fourth quarter": r"(?:last|final|closing)\s+quarter(?=\s+of\s+(?:20\d\d|(?:last|this|the|that)\s+year)\b)",
    "first quarter": r"opening\s+quarter(?=\s+of\s+(?:20\d\d|(?:last|this|the|that)\s+year)\b)",
    "through": r"thru",
    "current": r"today['’]?s(?=\s+(?:pace|rate|burn|speed|levels?|run[\s-]?rate)\b)",
    "will": r"wil(?=\s+(?:we|it|i|our|the|they|this|that|be|you)\b)",
    "the": r"(?:teh|hte|(?<!\d)(?<!\d )th)(?=\s+[a-z])",
    "token": r"toks?",
    "would": r"wld|wud",
    "million": r"(?<=per )mil{1,2}|(?<=per 1 )mil{1,2}",
    "from": r"frm",
    "especially": r"esp",
    "1 January": r"(?<=since )(?:the\s+)?new\s+year(?:['’]?s)?(?:\s+day)?(?=\W|$)",
}
NON = re.compile(r"\bnon[- ](?!(?:gen-?)?ai\b|llm|zero|existent|business|profit)(?=[A-Za-z])", re.IGNORECASE)
WRITTEN_SHORT = re.compile(
    rf"(?<![\w.@/-])(?:{'|'.join(f'(?P<w{i}>{words})' for i, words in enumerate(SHORT.values()))})(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
# An eight-way machine holds eight; three parts input to one part output are 3:1.
WAYS = re.compile(r"\b(?P<n>2|4|8|16|two|four|eight|sixteen)[\s-]way\s+(?=[A-Z])", re.IGNORECASE)
WAYS_OF = {"two": "2", "four": "4", "eight": "8", "sixteen": "16"}
PARTS_OF = re.compile(
    r"\b(?P<one>\d{1,2})\s+parts?\s+(?:of\s+)?(?P<first>input|output)(?:\s+tokens?)?\s*(?:,|to|and|for|:|per)*\s*"
    r"(?P<other>\d{1,2})\s+parts?\s+(?:of\s+)?(?P<second>input|output)(?:\s+tokens?)?\b",
    re.IGNORECASE,
)
# `prices go up a tenth`: so many percent.
MONTH_OF_YEAR = re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)(?![\d/])")


CALENDAR_YEAR = re.compile(r"\b(?:(?:the\s+)?calendar(?:\s+year)?\s+|CY\s?[’']?(?=20))(?=20\d\d\b)", re.IGNORECASE)


HALF_OF = re.compile(r"(?<![\w.])(?P<half>[12])H[’']?(?P<year>2\d)(?!\w)")
# The two lifetimes of a prompt cache; the shorter one is the usual.
FIVE_MINUTES = re.compile(r"\b(?:5|five)[\s-]?min(?:ute)?s?[\s-]+(?=(?:prompt\s+)?cach)", re.IGNORECASE)
HOUR_CACHE = re.compile(r"\b(?:1|one)[\s-]?(?:h|hr|hour)[\s-]+(?=(?:prompt\s+)?cach)", re.IGNORECASE)


# One word for two: `the second and third quarters`.
QUARTERS = re.compile(
    r"\b(first|second|third|fourth|1st|2nd|3rd|4th)(\s*(?:,|&|\b(?:and|to|through|vs\.?|versus|or|against)\b)\s*(?:the\s+)?)"
    r"(second|third|fourth|2nd|3rd|4th)\s+quarters?\b",
    re.IGNORECASE,
)
SHORT_QUARTER = re.compile(
    r"\b(?P<quarter>[QH][1-4])\s*['’]?\s?(?P<year>2\d|3\d)\b(?!\s?(?:[%.,]\d|%|[kmb]\b|million|billion|thousand|percent))",
    re.I,
)
SINCE_START = re.compile(
    r"\bsince\s+(?:the\s+)?(?:very\s+)?(?:start|beginning)\s+of\s+(?:(?:the|this)\s+(?:current\s+)?(?P<unit>year|quarter|month|week)\b"
    rf"(?!\s+(?:of|before|20))|(?=(?:last|20\d\d|[QH]\d|{'|'.join(sorted(MONTHS))})\b))",
    re.IGNORECASE,
)


# All that the ledger holds: `since the start of the data`, `from day one`, `since records began`.
OUR_DATA = (
    r"(?:(?:our|the|this|all)\s+)?(?:(?:billing|cost|spend|available|whole|entire|imported)\s+)*"
    r"(?:data(?:\s*set)?|records?|ledger|bills|billing|books|history|export|tracking|measurements?|time)"
)
ALL_TIME = re.compile(
    rf"\b(?:since|from)\s+(?:the\s+)?(?:very\s+)?(?:start|beginning|outset|first\s+day)\s+of\s+{OUR_DATA}\b"
    rf"|\bsince\s+{OUR_DATA}\s+(?:began|begins|starts?|started)\b"
    r"|\b(?:since|from)\s+(?:day\s+(?:one|1)|inception|the\s+(?:very\s+)?(?:start|beginning|outset|get[\s-]go)"
    r"(?!\s+of\b)|we\s+(?:began|started)(?=\W*$))"
    rf"|\b(?:over|across|in|for|during)\s+(?:the\s+)?(?:(?:whole|entire|full|complete)\s+){OUR_DATA}\b",
    re.IGNORECASE,
)
# The running year, where the words before take a part of it: `the first four months of the year`.
PART_OF_THE_YEAR = re.compile(
    r"\b(?P<part>(?:first|last|second|final|opening|latter)\s+(?:(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven)\s+)?(?:months?|weeks?|days)\s+of\s+)the\s+(?:calendar\s+)?year\b(?!\s+(?:before|20))",
    re.IGNORECASE,
)


# A time put right by a bare no: `in July, no June`; read as `in July, sorry, June`.
A_MONTH = rf"(?:{'|'.join(sorted(MONTHS))})"
NO_THE_OTHER = re.compile(
    rf"(?<=[a-z0-9])\s*[,.–-]+\s*(?:no|nope|err?m?|uh)[,\s]+(?=(?:in\s+|for\s+|i\s+meant?\s+)?(?:{A_MONTH}|q[1-4])\b)",
    re.IGNORECASE,
)


# Said otherwise: `fell on weekends` tells of no change, `as opposed to` sets against, `the same stretch` is of days.
TOLD_OTHERWISE = (
    (
        re.compile(
            r"\b(?:can(?:not|\s?['’]?t|\s+not)|could(?:\s?n['’]?t|\s+not)|(?:is|are|was|were)(?:\s?n['’]?t|\s+not)|not|never)\s+"
            r"(?:yet\s+)?(?:be\s+|been\s+)?(?:tied|linked|traced|mapped|pinned|matched|connected|attributable|traceable|attributed"
            r"|allocated|assigned)\s+(?:back\s+|down\s+)?(?:to|with|on)\s+(?:an?|any|one|the|some)\s+"
            r"(?:specific\s+|single\s+|particular\s+)?(?P<who>team|owner)s?\b",
            re.IGNORECASE,
        ),
        r"has no \g<who>",
    ),
    (
        re.compile(
            r"\b(?:gett?(?:ing|s)?|got(?:ten)?|bec[ao]m(?:e|es|ing)|turn(?:ed)?|gone|gr[eo]w(?:n|ing)?)\s+(?:any\s+|much\s+|even\s+"
            r"|a\s+(?:lot|bit)\s+)?(?:more\s+expensive|more\s+costly|pricier|dearer|costlier)\b(?!\s+(?:than|to\s+run))",
            re.IGNORECASE,
        ),
        "going up",
    ),
    (
        re.compile(
            r"\b(?:gett?(?:ing|s)?|got(?:ten)?|bec[ao]m(?:e|es|ing)|turn(?:ed)?)\s+(?:any\s+|much\s+|even\s+|a\s+(?:lot|bit)\s+)?"
            r"(?:cheaper|less\s+expensive)\b(?!\s+(?:than|to\s+run))",
            re.IGNORECASE,
        ),
        "going down",
    ),
    (re.compile(r"\bbatch(?:ing)?\s+(?:processing\s+)?mode\b", re.IGNORECASE), "batch"),
    (
        re.compile(
            r"\b(?P<n>\d[\d,.]*\s?(?:k|m|million|thousand)?)\s+(?P<often>dai|week|month)ly\s+(?P<what>calls|requests|queries)\b",
            re.IGNORECASE,
        ),
        lambda m: f"{m['n']} {m['what']} a {'day' if m['often'].lower() == 'dai' else m['often'].lower()}",
    ),
    (re.compile(r"\b(?:a|one)\s+grand\b", re.IGNORECASE), "$1,000"),
    (re.compile(r"[$]?\b(?P<n>\d+(?:\.\d+)?)\s+grand\b", re.IGNORECASE), r"$\g<n>k"),
    (
        re.compile(
            r"\b(?P<than>(?:cheaper|dearer|pricier|costlier|(?:more|less)\s+expensive|bigger|larger|smaller|faster|better|higher|lower)"
            r"\b[^.;?!,]{0,40}?)\bthen(?=\s+[\w-]*\d)",
            re.IGNORECASE,
        ),
        r"\g<than>than",
    ),
    (
        re.compile(
            r"\b(?P<how>how\s+much\s+(?:cheaper|dearer|more\s+expensive)\s+(?:is|are)\s+[^.;?!,]{3,40}?\s)then\s",
            re.IGNORECASE,
        ),
        r"\g<how>than ",
    ),
    (re.compile(r"\b(?:fell|falls?|fallen|falling)\s+(?=(?:on|to|under|within|upon)\b)", re.IGNORECASE), "went "),
    (re.compile(r"\bas\s+opposed\s+to\b|\bin\s+contrast\s+(?:to|with)\b", re.IGNORECASE), "versus"),
    (re.compile(r"(?<=\bsame )(?:stretch|window|slice|time\s?frame|portion|part|point)\b", re.IGNORECASE), "days"),
)


SPOKEN_YEAR = re.compile(
    r"\btwenty[\s-]twenty[\s-](?P<one>one|two|three|four|five|six|seven|eight|nine)\b", re.IGNORECASE
)


def amount_asked(text: str) -> str:
    """`how much of our money` as `how much money`: the amount is asked for, no share."""
    return re.sub(r"\bhow much of (?:our |the |my )?money\b", "how much money", text, flags=re.IGNORECASE)


def written_out(text: str) -> str:
    """`last 2 wks` as `last 2 weeks`, `since new year` as `since 1 January`, `non-AWS` as `excluding AWS`, `calendar
    2025` as `2025`, `since the start of the year` as `year to date`, `Q1 26` as `Q1 2026`, `since the start of the
    data` as `to date`."""
    text = QUARTERS.sub(r"\1 quarter\2\3 quarter", text)

    def full(match: re.Match[str]) -> str:
        word = list(SHORT)[int(str(match.lastgroup)[1:])]
        return f"{word}s" if match[0].lower().endswith("s") and word.isalpha() and word.islower() else word

    text = SPOKEN_YEAR.sub(lambda m: f"202{ONES.index(m['one'].lower()) + 1}", text)
    text = re.sub(r"\bw/o\b", "without", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(until|till|through|up to) and including\b", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(r"\b([Pp]er)-(?!days?\b|weeks?\b|months?\b)(?=[a-z])", r"\1 ", text)
    text = re.sub(r"\bnon[\s-]stop\b", "nonstop", text, flags=re.IGNORECASE)
    text = WAYS.sub(lambda m: f"{WAYS_OF.get(m['n'].lower(), m['n'])}x ", text)
    text = PARTS_OF.sub(r"\g<one>:\g<other> \g<first> to \g<second>", text)
    text = SHORT_QUARTER.sub(r"\g<quarter> 20\g<year>", text)
    text = HALF_OF.sub(lambda m: f"H{m['half']} 20{m['year']}", CALENDAR_YEAR.sub("", text))
    text = HOUR_CACHE.sub("extended ", FIVE_MINUTES.sub("", text))
    text = SINCE_START.sub(lambda m: f"{m['unit']} to date" if m["unit"] else "since ", text)
    for pattern, plain in TOLD_OTHERWISE:
        text = pattern.sub(plain, text)
    text = NO_THE_OTHER.sub(", sorry, ", text)
    text = PART_OF_THE_YEAR.sub(r"\g<part>this year", ALL_TIME.sub("to date", text))
    return WRITTEN_SHORT.sub(full, NON.sub("excluding ", text))


def months_as_iso(text: str) -> str:
    """`05/2026` as `2026-05`."""
    return MONTH_OF_YEAR.sub(lambda match: f"{match['year']}-{int(match['month']):02d}", text)
