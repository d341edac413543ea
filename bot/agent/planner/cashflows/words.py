"""The words that say of an amount of money whether it is paid or received, how often, and for how long."""

from __future__ import annotations

import re

SPAN = r"(?P<span>year|quarter|month|week)"
A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52}

# What lessens a cost is received, though it speaks of costs: `cuts our bill by 2,300 a month`.
_LESSENED = (
    r"(?:cut|reduc|lower|trim|shav|slash|sav|avoid|drop|prevent|spar|eliminat|replac)\w*\s+(?:(?!\d)[\w'’-]+\s+){0,4}?"
    r"(?:costs?|bills?|spend\w*|expenses?|waste|invoices?|fees?|licen[cs]es?|opex)\b(?:\s+by)?"
)
_IN = (
    r"(?:we|i)\s+(?:bill|charge|invoice|sell)|(?:clients?|customers?|users?)\s+pay(?:s|ing)?(?:\s+us)?|sav(?:e|es"
    r"|ed|ing|ings)|br(?:ing|ings|inging|ought)|earn\w*|returns?|returning|returned|yield\w*|generat\w+|gain\w*"
    r"|benefit\w*"
    r"|gets?|getting|got|receiv\w+|revenues?|income|profits?|free(?:s|d|ing)?(?:\s+up)?|worth|makes?|making"
    r"|gives?|giving|cuts?|cutting|avoid\w*"
    r"|reduc\w+|trim\w*|lower\w*|shav\w+|slash\w*|inflows?|recovers?|recovering|adds?|adding|payoff|upside"
    r"|values?|valued|produc\w+"
    r"|delivers?|delivering|nets?|throws?\s+off"
)
_OUT = (
    r"costs?|costing|invest\w*|pay(?:s|ing)?|paid|spen[dt]\w*|price[ds]?|outlays?|up\s?-?front|fees?"
    r"|licen[cs]e\w*|licensing"
    r"|subscription\w*|capex|opex|run(?:s|ning)?|maintenance|maintain\w*|upkeep|hosting|operat\w+|needs?|needing"
    r"|requires?|requiring|wants?"
    r"|asks?|buy\w*|bought|purchas\w+|put(?:ting|s)?\s+in(?:to)?|set-?up|implement\w*|integrat\w+|one-?off"
    r"|initial(?:ly)?|budget(?:ed)?"
    r"|charges|takes?|for|once|upkeep|support|staffing|staff|expens\w+|bills?|rents?|leas\w+|install\w*|deploy\w*"
    r"|put\s+down"
)
CUE = re.compile(rf"\b(?:(?P<less>{_LESSENED})|(?P<in>{_IN})|(?P<out>{_OUT}))\b", re.IGNORECASE)
# Between a word that governs an amount and the amount.
JOINING = re.compile(
    r"(?:[\s:=~(,$€£]|\b(?:us|you|it|them|in|of|by|to|about|around|roughly|approximately|is|are|was|be|at|a|an"
    r"|the|only|just|some|another"
    r"|up|back|out|around|costs?|outlay|investment|payment|price|amount|benefits?|returns?|savings?|gains?|fees?"
    r"|net|gross|annual|yearly|monthly"
    r"|quarterly|weekly|extra|additional|total|will|would|should|expected|estimated|likely|then|now|today|upfront"
    r"|up\s+front|money|cash|flows?"
    r"|cash\s*flows?|inflows?|year|month|each|every|per|the\s+company|we|our|clients?|customers?|team|roughly"
    r"|also|licen[cs]es?|maintenance))*"
    r"[$€£-]?",
    re.IGNORECASE,
)
BACK_AFTER = re.compile(
    r"\s*(?:(?:per|a|an|each|every|/)\s*(?:year|quarter|month|week)\b|monthly|yearly|annually|quarterly"
    r"|weekly)?\s*(?:(?:of|in|as)\s+)?(?:(?!\d)"
    r"(?:net|gross|extra|annual|yearly|monthly|cost|cash|labou?r|additional|new|hard|more|cloud|support|api)\s+){0,2}"
    r"(?:sav(?:ed|ings?)|back|benefits?|returns?|gains?|gained|earned|earnings|revenues?|income|profits?|inflows?"
    r"|avoided|freed|worth|received"
    r"|generated|returned|made|recovered|waste|brought|coming\s+(?:in|back)|comes?\s+(?:in|back)"
    r"|less)\b(?!\s*(?:of\s+|about\s+)?[$€£]?\d)",
    re.IGNORECASE,
)
PAID_AFTER = re.compile(
    r"\s*(?:(?:per|a|an|each|every|/)\s*(?:year|quarter|month|week)\b|monthly|yearly|annually|quarterly"
    r"|weekly)?\s*,?\s*(?:(?:of|in|as|for|on)\s+)?"
    r"(?:(?:the|its|our|an?|initial|one-?off|setup|set-?up|running|operating|annual|monthly|yearly|up-?front"
    r"|total|licen[cs]e|support|cloud|ongoing)\s+)*"
    r"(?:up\s?-?front|upfront|now\b|today|once\b|one-?off|one-?time|initially|immediately|at\s+the\s+start"
    r"|to\s+(?:build|buy|set\s*up|start|begin"
    r"|implement|deploy|roll\s*out|install|develop|launch|migrate|train|run|operate|maintain|keep|host"
    r"|get\s+going)|investments?|invested|outlay|spent|paid"
    r"|down\b|capex|opex|running|operating|maintenance|upkeep|hosting|licen[cs]es?|licensing|fees?|subscriptions?"
    r"|costs?|support|staff\w*|set-?up|setup"
    r"|implementation|integration|build|rent|price|expenses?|out\b)\b(?!\s*(?:of\s+|about\s+|us\s+)?[$€£]?\d)",
    re.IGNORECASE,
)
# What a thing is sold for at the end.
LEFT_BEFORE = re.compile(
    r"\b(?:salvage|residual|resale|scrap|resell\w*|resold|sell(?:s|ing)?(?:\s+(?:it|them|the\s+\w+))?|sold"
    r"|trade[\s-]in)(?:\s+value)?"
    r"(?:\s+(?:of|is|at|for|it|them|about|worth|then|afterwards|at\s+the\s+end))*[\s:=~]*[$€£]?$",
    re.IGNORECASE,
)
LEFT_AFTER = re.compile(
    r"\s*,?\s*(?:(?:of|in|as|at|for)\s+)?(?:(?:its|the|an?)\s+)?(?:salvage|residual|resale|scrap|trade[\s-]in)\b"
    r"|\s*,?\s*(?:at\s+the\s+end|when\s+(?:it\s+is\s+)?sold|(?:is\s+)?left\s+at\s+the\s+end)\b",
    re.IGNORECASE,
)
PER_AFTER = re.compile(
    rf"\s*(?:(?:of|in|from|back|saved|less|more|net|gross|to|on)\s+(?:(?!\d)[a-z][a-z'’-]*\s+){{0,3}}?)?(?:(?:per"
    rf"|a|an|each|every|/|for\s+each\s+of|in\s+each\s+of|each\s+of)\s*(?:the\s+)?(?:next\s+|first\s+)?"
    rf"(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+)?{SPAN}s?\b|(?P<adverb>monthly|yearly"
    rf"|annually|quarterly|weekly|p\.?\s?a\.?(?!\w)|annual))",
    re.IGNORECASE,
)
PER_BEFORE = re.compile(
    r"\b(?P<adverb>monthly|yearly|annual|annually|quarterly|weekly|(?:each|every|per|a)\s+(?P<span>year|quarter"
    r"|month|week))\b"
    r"(?:\s+(?!\d|(?:of|an?|the|to|must|that|which|have|has|in|for)\b)[a-z'’-]+){0,3}?\s*[:=]?\s*(?:of|is|are|by|at)?\s*(?:about\s+|around\s+)?[$€£]?$",
    re.IGNORECASE,
)
ADVERBS = {"monthly": "month", "quarterly": "quarter", "weekly": "week"}
# A time that says how long, not how often.
LONG = re.compile(
    r"\b(?:over|for|during|across|within|after|in|next|first|lasts?|lasting|life\w*(?:\s+(?:of|is))?"
    r"|horizon(?:\s+(?:of|is))?"
    r"|term(?:\s+(?:of|is))?|each\s+of|runs?|at\s+the\s+end\s+of|through|of|keep\w*\s+it|contract|to|every\s+one\s+of)"
    r"(?:\s+(?:the|all|its|their|these|those|next|first|coming|about|least|a|an|each|of))*\s*$",
    re.IGNORECASE,
)
LONG_AFTER = re.compile(
    r"\s*(?:['’]s?|s['’])?\s*[-\s]?(?:project|life\w*|horizon|term|contract|deal|plan|period|loan|lease|lifetime"
    r"|useful|window)\b",
    re.I,
)
ONE_SPAN = re.compile(
    rf"(?<!bring )(?<!brings )(?<!come )(?<!comes )(?<!get )(?<!bringing )\b(?:over|for|in|after|across|during"
    rf"|within|through)\s+(?:an?|one|the\s+first|its\s+first|the\s+whole|a\s+full|a\s+whole|one\s+full)\s+{SPAN}\b"
    r"(?!\s+of\b)",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"[.;?!](?=\s|$)|,|\(|\)|\b(?:and|but|then|plus|while|whereas|or|vs\.?|versus|against|which|that|who|if|when"
    r"|with|so|yet)\b",
    re.IGNORECASE,
)
# Words that change a figure and are read nowhere here.
ELSE = re.compile(
    r"\b(?:tax(?:es)?|vat|inflation|(?<!not\s)instead|rather\s+than|grow(?:s|ing|th|n)?|rising|increas\w+"
    r"|declin\w+|shrink\w*|ramp\w*|twice|double[sd]?"
    r"|triple[sd]?|half|halve[sd]?|excluding|except|unless|delay\w*|starting|starts?\s+in|begin\w*\s+in"
    r"|from\s+(?:month|year)|free\b(?!\s+up)|probab\w+"
    r"|(?:in|during)\s+(?:the|its|our)\s+(?:first|second|third|last|final)\s+(?:year|month|quarter)|chance|likelihood|exchange\s+rate|every\s+other|beyond|overage|tier\w*|pro[\s-]?rat\w+|deprecia\w+"
    r"|utili[sz]\w*|per\s+(?:user|seat|head|person|developer"
    r"|engineer|ticket|call|request|answer|token|hour|day|gpu)|each\s+(?:user|seat|person|engineer|developer)"
    r"|apiece|hours?|days?|tokens?|discount(?!ed|\s+rate|\s*:)"
    r"|mean\s+of|average|bi-?\s?annual\w*|semi-?\s?annual\w*|fortnight\w*|worst|best\s+case|no\s+longer|stops?"
    r"|without|at\s+least|at\s+most|up\s+to|minimum|maximum"
    r"|continuously|shared?\s+(?:by|with|among)|split|deferred|arrears|in\s+advance|beginning\s+of|grace|balloon"
    r"|interest[\s-]only)\b|n['’]t\b|\bnot\b(?!\s+counting)",
    re.IGNORECASE,
)
