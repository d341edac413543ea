"""What is asked of the answer before as a whole: `how much of that was Mistral?`, `what did it actually cost?`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Args, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.changes import again, changed
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.understanding import Context, understood
from bot.agent.planner.words.currency_words import CURRENCY_WORDS, IN_CURRENCY
from bot.agent.toolbox.scoped import FILTERS

WHOLE = (
    r"(?:that|this|it|those|these|which|the\s+(?:total|above|lot))(?:\s+(?:total|bill|amount|spend|sum|number|figure))?"
)
PART = re.compile(
    r"(?:and\s+|so\s+|but\s+)*(?:how\s+much|what|which)(?:['’]s|\s+(?:is|was))?"
    r"(?:\s+(?:the\s+)?(?P<share>share|percent(?:age)?|fraction|portion|proportion|%))?(?:\s+(?:part|amount|chunk|bit))?"
    rf"\s+of\s+{WHOLE}\s+(?:was|is|were|are|came?|comes|went|goes|go|did|does|fell|belong(?:s|ed)?)\b"
    r"\s*(?:(?:from|for|to|on|due|by|under|in|spent|caused|used|attributable|down)\s+)*(?P<name>.+)",
    re.IGNORECASE,
)
REALLY = re.compile(
    r"(?:and\s+|so\s+|but\s+)*what\s+(?:did|does|do|was|is)\s+(?:it|that|this|we|they|the\s+(?:actual|real)\s+(?:cost|bill|spend))"
    r"(?:\s+(?:actually|really|in\s+(?:fact|reality)))?(?:\s+(?:cost|pay|paid|spend|spent)(?:\s+(?:us|for\s+(?:it|that)))?)?"
    r"(?:\s+(?:actually|really|in\s+(?:fact|reality|the\s+end)))?"
    r"|(?:and\s+)?(?:the\s+)?(?:actual|real)\s+(?:cost|bill|spend|figure|number|one)s?",
    re.IGNORECASE,
)
OF_WHAT = "A part of what? Please name the spend and the time."
AS_IT_WAS = re.compile(r"\b(?:actual(?:ly)?|real(?:ly|ity)?|in\s+fact)\b", re.IGNORECASE)
AS_MONEY = re.compile(
    r"(?:and\s+|so\s+)*(?:what(?:['’]?s|\s+is|\s+was)\s+(?:that|it|this)\s+)?(?:(?:in|as)\s+)"
    r"(?:absolute\s+(?:terms|numbers?|dollars|figures?)|money|cash|an\s+(?:absolute\s+)?amount"
    rf"|{'|'.join(CURRENCY_WORDS.values())})",
    re.IGNORECASE,
)
OF_SPEND = frozenset({"spend_total", "spend_change", "spend_by", "spend_share", "spend_series", "spend_extreme"})


def of_the_answer(said: str, calls: Sequence[Earlier], context: Context) -> list[Planned] | None:
    """The calls for a part of what the answer before told, for what a supposition really cost, or for a share as an
    amount; None where none of that is asked."""
    if len(calls) == 1 and (found := PART.fullmatch(said)):
        return _part(understood(found["name"].rstrip(" ?.!"), context), calls, share=found["share"] is not None)
    if REALLY.fullmatch(said) and AS_IT_WAS.search(said):
        return _really(calls)
    if len(calls) == 1 and AS_MONEY.fullmatch(said):
        return _as_money(said, calls[0], context)
    return None


def _part(r: Reading, calls: Sequence[Earlier], *, share: bool) -> list[Planned] | None:
    call = calls[0]
    named = tuple(dict.fromkeys(value.dimension for value in r.values if not value.excluded))
    if call.tool == "search_knowledge" and named:
        return [Planned("ask_back", {"question": OF_WHAT})]
    if call.tool not in OF_SPEND or not named or r.unread or r.periods or r.amounts:
        return None
    kept = {key: value for key, value in call.args.items() if key in {*FILTERS, "tags", "period", "without", "cost"}}
    if not share:
        return changed(r, [Earlier("spend_total", kept)])
    part = settled(r, changed(r, [Earlier("spend_total", kept)]))
    if asks_back(part) or len(part) != 1:
        return part
    return [Planned("spend_share", {**part[0].args, "of": named})]


def _really(calls: Sequence[Earlier]) -> list[Planned] | None:
    if len(calls) == 2 and calls[1].tool == "bill_after_change":
        return again(calls[:1])
    if len(calls) != 1 or calls[0].tool != "what_if":
        return None
    kept: Args = {key: value for key, value in calls[0].args.items() if key in {*FILTERS, "tags", "period", "without"}}
    return [Planned("spend_total", kept)]


def _as_money(said: str, call: Earlier, context: Context) -> list[Planned] | None:
    named = IN_CURRENCY.search(said)
    if named is not None and tuple(context.names.currencies) != (str(named.lastgroup),):
        return None
    if call.tool == "untagged_share":
        return again([call])
    if call.tool == "spend_share":
        return [Planned("spend_total", {key: value for key, value in call.args.items() if key != "of"})]
    return again([call]) if call.tool in OF_SPEND and call.unit == (named and named.lastgroup) else None
