"""What the news say of a price, applied to our own bill: `Google cuts TPU prices: by how much, and what does that save
us on a month like May?`."""

from __future__ import annotations

import re

from bot.agent.planner.intents.own.spend_scope import accelerators_named, filters
from bot.agent.planner.intents.supposed.part_moved import DIFFERENCE
from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.understanding import Context, understood
from bot.agent.slots.lexing import blanked
from bot.agent.toolbox.arguments import as_text
from tools.period import Period

MOVE = (
    r"(?:cut|cutting|cuts|rais\w+|hik\w+|lower\w*|increas\w+|slash\w*|drop\w*|trim\w*|reduc\w+|mov\w+|chang\w+|ris\w+|fall\w*|going\s+(?:up|down)"
    r"|go(?:es)?\s+(?:up|down)|com(?:es|ing)\s+down|went\s+(?:up|down)|gets?\s+(?:cheaper|dearer)|dearer|cheaper)"
)
PRICE = r"(?:prices?|pricing|rates?|rents?|tariffs?)"
PRICE_MOVES = re.compile(
    rf"\b{MOVE}\b[^.?!]{{0,60}}\b{PRICE}\b|\b{PRICE}\b[^.?!]{{0,60}}\b(?:{MOVE}|news)\b|\bnews\s+(?:on|about|of)\b|\b{MOVE}\b[^.?!]{{0,60}}\bby\s+how\s+much\b"
    rf"|\bby\s+how\s+much\b[^.?!]{{0,60}}\b{MOVE}\b|\bhow\s+much\s+(?:dearer|cheaper)\b"
    r"|\b(?:announced|planned|coming|upcoming|reported)\s+(?:price\s+)?(?:increase|cut|hike|rise|reduction|change|drop)\b",
    re.IGNORECASE,
)
# `Amazon is cutting Haiku on Bedrock`: whose price, where a name follows.
SELLER_MOVES = re.compile(
    r"\b(?:is|are|has|have)\s+(?:been\s+)?(?:cutting|cut|raising|raised|trimming|trimmed|lowering|lowered|hiking|hiked|slashing|slashed"
    r"|reducing|increasing)\s+(?:the\s+)?[A-Z]",
)
# `aws cuts g6`: what is cut stands right after, without a word for its price.
CUTS = re.compile(
    r"\s+(?:is\s+|has\s+)?(?:cut|rais|hik|lower|trim|slash|reduc|increas|drop)(?:e[sd]?|s|[ptm]?ing|[pm]?ed)?"
    r"\s+(?:the\s+|its\s+)?(?=\S)",
    re.IGNORECASE,
)
# The figure is to come from a text: it is asked for, or told of as news.
FROM_A_TEXT = re.compile(
    r"\b(?:by\s+how\s+much|how\s+much|how\s+far|what\s+percent\w*|news|announc\w+|articles?|reports?|says?|said|according\s+to"
    r"|given|after|with|following|going\s+by|minutes|memo|notes?|notice|document|letter|mail)\b",
    re.IGNORECASE,
)
EFFECT = re.compile(
    r"\b(?:becomes?|would|will|(?:does|do|did)\s+(?:that|it|this)|does\s+it\s+do\s+to|(?:is|are|was)\s+(?:that|this|it)|means?\s+for"
    r"|sav(?:e|es|ing)|add(?:s|ed)?\s+to|impact|effect|in\s+(?:dollars|euros?|pounds|money)|worth)\b",
    re.IGNORECASE,
)
OURS = re.compile(r"\b(?:our|us|we|a\s+month\s+like|a\s+bill\s+like)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:why|did\s+(?:our|we)\b(?!.*\bwould\b)|have\s+we\b|has\s+our\b|budgets?|forecast|tokens?\s+for|cheapest)\b",
    re.IGNORECASE,
)
# Where what it does to us is asked, and no more what the news say.
OWN_PART = re.compile(
    r"[,;:.?!]?\s+(?:and\s+)?(?=(?:what|how\s+much|our|how\s+would)\b(?:(?!\bwhat\b|\bhow\b).)*\b(?:our|us|we|a\s+month\s+like)\b)",
    re.I,
)


MONEY = re.compile(
    r"\bin\s+(?:dollars|euros?|pounds|money)\b|\bhow\s+much\s+more\b|\bsav"
    r"|\bhow\s+much\s+(?:would|will|does|do)\b[^,;.?]*\b(?:drop|dropped|fall|fallen|rise|risen|shrink|shrunk|go(?:ne)?\s+(?:up|down)"
    r"|increase|increased|decrease|decreased|change|changed|grow|grown)\b",
    re.IGNORECASE,
)


def news_applied(text: str, context: Context) -> list[Planned] | None:
    """The price change that the texts tell, and our bill with it; None where a percentage is told in the question, or
    nothing of ours is asked."""
    if not FROM_A_TEXT.search(text) or not EFFECT.search(text) or PAST.search(text):
        return None
    told = PRICE_MOVES.search(text) or SELLER_MOVES.search(text)
    if not told and not re.search(rf"\b{MOVE}\b", text, re.IGNORECASE):
        return None
    r = understood(text, context)
    if not told and not _seller_cuts(r):
        return None
    if r.percents or r.money or not (OURS.search(text) or r.periods) or any(p.is_future for p in r.periods):
        return None
    chips = accelerators_named(r)[0]
    sellers = [v.value for v in r.values if v.dimension in {"provider", "service"}]
    names = tuple(dict.fromkeys((*chips, *(m.text for m in r.models)))) or tuple(sellers)
    if not names or not (r.periods or OURS.search(text)):
        return None
    scope = _bill(r, context)
    asked = OWN_PART.split(text, maxsplit=1)[0]
    first = "difference" if DIFFERENCE.search(blanked(text, [(0, len(asked))])) or MONEY.search(text) else "bill"
    return [
        Planned("price_news", {"question": asked, "names": names}),
        Planned("spend_if", {**scope, "first": first}, amount_from="price_change"),
    ]


def _seller_cuts(r: Reading) -> bool:
    """Whether who sells a machine or a model is said to move it: `aws cuts g6`."""
    sold = tuple(name.casefold() for name in (*accelerators_named(r)[0], *(m.text for m in r.models)))
    sellers = [v.end for v in r.values if v.dimension in {"provider", "service"}]
    moved = [found.end() for end in sellers if (found := CUTS.match(r.text, end))]
    return bool(sold) and any(r.text[at:].casefold().startswith(sold) for at in moved)


def _bill(r: Reading, context: Context) -> Args:
    """Our bill that is named: of a past time that is told, else of the last month."""
    args = {key: value for key, value in filters(r, {}).items() if key not in {"cost", "ai_only", "service"}}
    known = r.of("provider")
    args = {key: value for key, value in args.items() if key != "provider"} | ({"provider": known} if known else {})
    if len(chips := args.get("accelerator", ())) > 1:
        args["accelerator"] = tuple({chip.casefold(): chip for chip in chips}.values())
    period = r.periods[0].period if r.periods else Period.last_month(context.today)
    return {**args, "period": as_text(period)}
