"""An amount of ours that grows each month, is cut or raised, or goes on for a year."""

from __future__ import annotations

import re

from bot.agent.planner.derived.clauses import PERCENT, Derivation, value, without
from bot.agent.planner.plan import Args
from bot.agent.slots.number_words import read_words

GROWS = (
    r"(?:grow(?:s|th|ing|n)?|increas(?:e|es|ing)|ris(?:e|es|ing)|climb(?:s|ing)?|go(?:es|ing)?\s+up|up|expand(?:s"
    r"|ing)?|compound(?:s|ing|ed)?)"
)
FALLS = (
    r"(?:fall(?:s|ing)?|drop(?:s|ping)?|declin(?:e|es|ing)|shrink(?:s|ing)?|decreas(?:e|es|ing)|go(?:es|ing)?\s+down"
    r"|down)"
)
EVERY = (
    r"(?:\s*(?:a|per|each|every|/)\s*(?P<every>month|quarter|year)|\s*(?P<adverb>monthly|quarterly|yearly|annually"
    r"|mom|month[\s-]over[\s-]month|month[\s-]on[\s-]month|yoy|year[\s-]over[\s-]year))"
)
RATE = re.compile(
    r"[\s,]*\b(?:(?:if|assuming|suppose|supposing|with|at|given|using|and|that|keeps?|continues?|to|we|it|they"
    r"|usage|volume|is|are|a|an|steady|constant|average|should|will|would|by|of|rate|traffic|spend|costs?)\s+)*?"
    rf"(?:(?P<verb>{GROWS}|{FALLS})\s+(?:rate\s+)?(?:by\s+|at\s+|of\s+|is\s+)?(?:about\s+|around\s+)?"
    rf")?{PERCENT}\s*(?P<mid>{GROWS}|{FALLS}|monthly\s+growth|annual\s+growth)?{EVERY}?(?:\s+(?P<late>growth"
    rf"|{GROWS}|{FALLS})(?:\s+rate)?)?",
    re.IGNORECASE,
)
ADVERBS = {"mom": "month", "month": "month", "monthly": "month", "quarterly": "quarter"}
COUNTED = r"(?P<count>\d+|a|an|one|two|three|four|five|six|nine|ten|twelve|eighteen|twenty-four)"
TOTAL_AHEAD = re.compile(
    rf"[\s,]*\b(?:over|across|for|during|in)\s+(?:the\s+)?(?:next|coming|following)\s+(?:{COUNTED}\s+)?(?P<span>year"
    r"|quarter|month)s?\b"
    rf"|[\s,]*\bover\s+(?:the\s+course\s+of\s+)?{COUNTED.replace('count', 'count2')}\s+(?P<span2>year|quarter|month"
    r")s?\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    rf"[\s,]*\b(?:in|after|within)\s+{COUNTED}\s+(?:full\s+|whole\s+)?(?P<span>year|quarter|month)s?"
    r"(?:['’]?s?\s+time)?\b(?:\s+from\s+now|\s+time)?"
    rf"|[\s,]*\b(?:(?:at|by)\s+the\s+end\s+of\s+)?{COUNTED.replace('count', 'count2')}\s+(?P<span2>year|quarter"
    r"|month)s?\s+(?:from\s+now|out|later|on|ahead|hence)\b"
    r"|[\s,]*\b(?:this\s+time\s+next|by\s+(?:this\s+time\s+)?next)\s+(?P<span3>year)\b",
    re.IGNORECASE,
)
SUMMED = re.compile(
    r"\b(?:in\s+total|altogether|in\s+all|sum|total(?:s|led)?|combined|cumulative\w*|all\s+together)\b", re.I
)
EXTRA = (
    r"(?:buffer|contingency|margin|safety(?:\s+margin)?|mark-?up|headroom|cushion|reserve|overhead|vat|gst"
    r"|sales\s+tax|tax|uplift|surcharge|fee)"
)
PLUS = re.compile(
    r"[\s,]*\b(?:(?:and|then|please|can you|could you|what(?:['’]?s| is)|if we)\s+)*(?:(?:add(?:ing|ed)?|plus|with"
    rf"|including|incl\.?|put(?:ting)?|on\s+top)\s+)(?:of\s+)?(?:a|an|another|the)?\s*{PERCENT}\s*(?:of\s+"
    rf")?(?P<what>{EXTRA})?"
    r"(?:\s+(?:on\s+top|added))?(?:\s+(?:on|to|of)\b)?",
    re.IGNORECASE,
)
CUT_VERB = (
    r"(?:cut(?:s|ting)?|reduc(?:e|es|ed|ing)|trim(?:s|med|ming)?|lower(?:s|ed|ing)?|shr[iau]nk(?:s|ing)?|slash(?:es"
    r"|ed|ing)?|decreas(?:e|es|ed|ing)|shav(?:e|es|ed|ing)|drop(?:s|ped)?|bring(?:s)?\s+down|save[sd]?)"
)
RAISE_VERB = (
    r"(?:rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|grow(?:s|ing)?|grew|bump(?:s|ed|ing)?(?:\s+up)?|expand(?:s|ed"
    r"|ing)?)"
)
BY_PERCENT = re.compile(
    rf"[\s,]*\b(?P<verb>{CUT_VERB}|{RAISE_VERB})\b(?P<base>[^,;?%]*?)\s*\b(?:(?:down|up)\s+)?(?:by\s+)?(?:about\s+"
    rf"|another\s+)?{PERCENT}",
    re.I,
)
PERCENT_OFF = re.compile(
    r"[\s,]*\b(?:(?:what|how\s+much)\s+(?:would|will|does|could|is)\s+)?(?:with|at|if\s+we\s+(?:got|get|had"
    r"|negotiated?)|(?:negotiat(?:e|ed|ing)|get(?:ting)?|for|having)|given|from)?\s*(?:a|an|the|another"
    rf")?\s*{PERCENT}\s*(?:volume\s+|negotiated\s+|enterprise\s+|committed[\s-]use\s+)?"
    r"(?:discount|off|rebate|reduction|savings?)\b(?:\s+(?:on|for|from|to|of|in|across)\b)?",
    re.IGNORECASE,
)
IN_FORCE = re.compile(
    r"\bwe(?:['’]ve)?\s+(?:already\s+)?(?:get|got|have|had|receive|enjoy)\b[^?]*\bdid\b", re.IGNORECASE
)
SUPPOSED = re.compile(r"\b(?:if|would|could|suppos\w+|can\s+get)\b", re.IGNORECASE)
SAVED = re.compile(r"\bsav(?:e|es|ed|ing|ings)\b", re.IGNORECASE)
HAVE_SAVED = re.compile(r"\b(?:have\s+)?sav(?:e|ed|es|ing|ings)\b(?:\s+us\b)?", re.IGNORECASE)
LEVEL = re.compile(
    r"[\s,]*\b(?:at|with|if\s+(?:the\s+)?(?:prices?|rates?|costs?)\s+(?:were|was|are|had\s+been))\s+(?:a\s+"
    rf")?{PERCENT}\s+(?P<way>lower|higher|cheaper|dearer|more\s+expensive|less|fewer|more)\b"
    r"(?:\s+(?:list\s+|unit\s+)?(?:prices?|rates?|costs?|usage|traffic|volumes?|tokens|requests))?",
    re.IGNORECASE,
)
IN_WORDS = re.compile(r"\s+(?:by|in)\s+(?:a\s+|one\s+)?(?P<word>half|quarter|fifth|tenth)\b", re.IGNORECASE)
WORDS = {"half": "50", "quarter": "25", "fifth": "20", "tenth": "10"}
DOWN_TO = re.compile(r"\b(?:come|go|drop|fall|get)s?\s+(?:down\s+)?to\b", re.IGNORECASE)
OF_SAVING = re.compile(
    r"[\s,]*\b(?:what|how\s+much)\s+(?:(?:would|will|do|does|could|can|did|is|are)\s+)?(?:we|it|that|this|the|our|us"
    r")?\s*(?:be\s+)?(?:sav(?:e|es|ed|ings?))\b(?:\s+(?:us|we|that|in\s+total|for\s+us|on|from))*(?P<span>\s*(?:a"
    r"|per|each|every)\s+(?:month|year)|\s+(?:monthly|yearly|annually))?"
    r"|[\s,]*\bsav(?:e|es|ing|ings)\s+us\b(?P<span2>\s*(?:a|per|each)\s+(?:month|year))?",
    re.IGNORECASE,
)
A_YEAR = (
    r"(?:a|per|each)\s+(?:full\s+|whole\s+)?year|annually|yearly|over\s+(?:a|the|one)\s+(?:full\s+|whole\s+)?year"
    r"|on\s+an\s+annual(?:ised|ized)?\s+basis|annuali[sz]ed"
)
AT_LEVELS = re.compile(
    r"[\s,]*\b(?:a|one|the|per)\s+(?:full\s+|whole\s+)?year\s+(?:of\s+(?:spend(?:ing)?\s+)?)?at\s+(?:the\s+"
    r")?(?P<base>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+20\d\d)?|last\s+month)(?:['’]s"
    r")?\s+(?:spend(?:ing)?\s+)?(?:levels?|pace|rate|spend(?:ing)?|run[\s-]?rate)\b(?:\s+costs?)?",
    re.IGNORECASE,
)
LIKE = re.compile(
    r"[\s,]*\b(?:if|assuming|suppose)\s+(?:(?:we|it|things)\s+(?:keep|kept|keeps|continue|continued|carry|carried"
    r"|went|go)\s+(?:on\s+)?(?:spending\s+|going\s+|paying\s+)?"
    r"|(?:every|each|all)\s+(?:other\s+)?months?\s+(?:is|was|were|are|looks?|looked|costs?|stays?)\s+)(?:just\s+"
    r")?(?:like|as\s+in|at\s+the\s+(?:rate|level|pace)\s+of|as\s+much\s+as(?:\s+in)?|the\s+same\s+as"
    r")\s+(?P<base>[^,;?]+)",
    re.IGNORECASE,
)
ANNUAL = re.compile(rf"[\s,]*\b(?:{A_YEAR}|annuali[sz]e)\b", re.IGNORECASE)
ANNUALISED = re.compile(
    r"[\s,]*\b(?:annuali[sz]ed?|on\s+an\s+annual(?:ised|ized)?\s+basis|(?:times|x|×|\*)\s*12|multiplied\s+by\s+12"
    r")\b(?:\s+(?:run[\s-]?rate|spend|cost|figure))?(?:\s+(?:of|for|based\s+on|from)\b)?",
    re.IGNORECASE,
)


def growth(text: str) -> Derivation | None:
    """`at 3% growth a month, what does OpenAI cost us a year from now`: a rate each month and how far ahead."""
    for rate in RATE.finditer(text):
        way = rate["verb"] or rate["mid"] or rate["late"]
        every = (
            rate["every"]
            or ADVERBS.get((rate["adverb"] or "").lower().split(" ")[0].split("-")[0], "year" if rate["adverb"] else "")
        ).lower()
        if rate["mid"] and "growth" in rate["mid"]:
            every = "year" if "annual" in rate["mid"].lower() else "month"
        if not every or not (way or rate["every"] or rate["adverb"]):
            continue
        total = TOTAL_AHEAD.search(text)
        ahead = AHEAD.search(text)
        found = total if total is not None and not (ahead and ahead.start() < total.start()) else ahead
        if found is None or (
            way is None and not re.search(r"\b(?:grow|ris|increas|fall|drop|declin|shrink)", text, re.I)
        ):
            continue
        groups = found.groupdict()
        count, span = (
            _count(groups.get("count") or groups.get("count2")),
            groups.get("span") or groups.get("span2") or groups.get("span3"),
        )
        falls = re.match(FALLS, way or "", re.I) is not None
        args: Args = {
            "how": "grown",
            "by": f"{'-' if falls else ''}{rate['p']}",
            "every": every,
            "length": count,
            "over": str(span).lower(),
        }
        if total is found or SUMMED.search(text):
            args["total"] = True
        rest = re.sub(
            r"\b(?:per|a|each)\s+month\b|\bmonthly\b", " ", without(text, rate.span(), found.span()), flags=re.I
        )
        return Derivation(without(SUMMED.sub(" ", rest)), args, monthly=True)
    return None


def _count(word: str | None) -> str:
    if word is None or word.lower() in {"a", "an"}:
        return "1"
    if word.isdigit():
        return word
    read = read_words(word)
    return str(int(read[0])) if read else "1"


def plus(text: str) -> Derivation | None:
    """`add a 10% buffer to the forecast`, `July plus 19% VAT`."""
    found = PLUS.search(text)
    if found is None or (
        found["what"] is None and not re.match(r"[\s,]*\b(?:and\s+|then\s+|please\s+)*(?:add|plus)", found[0], re.I)
    ):
        return None
    args = {"how": "changed", "by": found["p"], **({"what": found["what"].lower()} if found["what"] else {})}
    return Derivation(without(text, found.span()), args)


def stepped(text: str) -> Derivation | None:
    """`if we cut search by 15%`, `what would a 25% discount on our OpenAI bill save`: a step of the amount itself."""
    text = DOWN_TO.sub(" ", IN_WORDS.sub(lambda m: f" by {WORDS[m['word'].lower()]}%", text))
    if found := LEVEL.search(text):
        falls = re.match(r"lower|cheaper|less|fewer", found["way"], re.IGNORECASE) is not None
        rest = without(text, found.span())
    elif IN_FORCE.search(text) and not SUPPOSED.search(text):
        return None  # `we get 15% off; what did we pay`: the bill has it already
    elif found := PERCENT_OFF.search(text):
        falls, rest = True, without(text, found.span())
    elif found := BY_PERCENT.search(text):
        falls = re.match(CUT_VERB, found["verb"], re.IGNORECASE) is not None
        rest = f"{text[: found.start()]} , {found['base']} , {text[found.end() :]}"
    else:
        return None
    args: Args = {"how": "changed", "by": f"{'-' if falls else ''}{found['p']}"}
    yearly = None
    if SAVED.search(text):
        args["saving"] = True
        if saved := OF_SAVING.search(rest):
            yearly = re.search(r"year|annual", saved["span"] or saved["span2"] or "", re.IGNORECASE)
            rest = without(rest, saved.span())
        rest = HAVE_SAVED.sub(" ", rest)
    if yearly or ANNUAL.search(rest):
        return None  # a saving a year from a bill of a month: asked about
    return Derivation(without(rest), args, monthly=True)


def like(text: str) -> Derivation | None:
    """`what would it cost a year if we keep spending like July`: twelve times the month."""
    found = AT_LEVELS.search(text)
    if found is not None:
        asked = f"what did we spend in {found['base']} {without(text[: found.start()] + ' ' + text[found.end() :])}"
        return Derivation(asked.strip(), {"how": "multiplied", "what": "A year"}, monthly=True)
    found = LIKE.search(text)
    if found is not None:
        rest = ANNUAL.sub(" ", f"{text[: found.start()]} , {text[found.end() :]}")
        if rest == f"{text[: found.start()]} , {text[found.end() :]}":
            return None
        left = without(rest)
        asked = f"{left} in {found['base']}" if left else f"what did we spend in {found['base']}"
        return Derivation(re.sub(r"\bin\s+in\b", "in", asked), {"how": "multiplied", "what": "A year"}, monthly=True)
    found = ANNUALISED.search(text)
    if found is None:
        return None
    return Derivation(without(text, found.span()), {"how": "multiplied", "what": "A year"}, monthly=True)


READERS = (growth, plus, like, stepped)
__all__ = ["READERS", "value"]
