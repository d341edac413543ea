"""Which words of a supposition may narrow or scale what is supposed; the others only tell how it comes about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.plan import Planned

MOVED = frozenset({"what_if", "spend_if", "spend_hours_if", "spend_at_list"})
# What a use or its cost is called: a word right before one may say which of it is meant.
USE = (
    r"(?:traffic|usage|use|volumes?|calls?|requests?|tokens?|spend(?:ing)?|bills?|costs?|loads?|work(?:loads?)?|jobs?|prompts?"
    r"|quer(?:y|ies)|answers?|users?|customers?|machines?|servers?|hours?|box(?:es)?|instances?|part|share|half|portion"
    r"|data|environments?|accounts?|regions?|models?|inputs?|outputs?|projects?|apps?|tickets?|documents?|tasks?)"
)
BEFORE_A_USE = re.compile(
    rf"\s+(?:(?!(?:our|the|its|their|all|this|that|those|these|an?|of|on|for|to|in|and|or|at|from|with|by|as)\b)[a-z]+\s+)?{USE}\b",
    re.IGNORECASE,
)
# The object of a preposition may be a part of it: `for long prompts`, `in production`.
OBJECT = re.compile(
    r"\b(?:for|of|in|on|from|during|at|within|between|outside|after|before|by|with|without|except|only|via|through"
    r"|into|under|per|above|below|over|since|until|across|against|among)\s+"
    r"(?:(?:the|our|its|their|an?|all|any|these|those|that|this|most|some|every|each|both)\s+)*$",
    re.IGNORECASE,
)
A_CLAUSE = re.compile(r"\b(?:that|which|who|whose)\s+(?:(?:is|are|was|were|has|have|had|be|been|get|got)\s+)*$", re.I)
KEPT_TO = re.compile(r"\b(?:only|just|exclusively|solely|not|never|no|non|hardly|barely|neither)\s+$", re.IGNORECASE)
# A verb says what is done, whatever it is: after a pronoun, `to`, a modal or a form of have.
VERB = re.compile(
    r"\b(?:i|we|you|they|he|she|it|to|could|can|would|should|might|may|must|shall|will|let['’]?s|have|has|had|be|been"
    r"|were|was|is|are|being|having|please|us)\s+$",
    re.IGNORECASE,
)
GERUND = re.compile(r"[a-z]+ing", re.IGNORECASE)
ADVERB = re.compile(r"[a-z]+ly", re.IGNORECASE)
OF_THE_OUTCOME = frozenset(
    "new resulting hypothetical extra additional eventual corresponding adjusted revised bare mere".split()  # noqa: SIM905
)
# These change a figure wherever they stand: how much of it, how often, how long.
SCALES = re.compile(
    r"dozens?|scores?|\w*fold|times|points?|quadrupl\w*|quintupl\w*|partly|partially|mostly|mainly|largely|somewhat|slightly"
    r"|gradual\w*|increasing\w*|decreasing\w*|nightly|hourly|daily|weekly|monthly|yearly|occasional\w*|sometimes|rarely"
    r"|compress\w*|short(?:er|en\w*)|long(?:er|est)|trimm?\w*|prun\w+|dedup\w*|shr[iau]nk\w*|truncat\w*|retr(?:y|ie)\w*"
    r"|smaller|bigger|larger|none|nothing|nobody|except\w*|exclud\w*|besides|percent\w*|majority|minority|remainder"
    r"|another|others?|various|several|weekends?|weekdays?|nights?|mornings?|stopp?\w*|pausing|paused?|cancel\w*"
    r"|switch(?:ed|ing)?\s+off|off|idle|peak|seasonal|spot|reserved?|committed|priority|flex|regional|tax\w*|vat",
    re.IGNORECASE,
)
# Where a figure comes from: `the target in the minutes`, `at the index of 2.14`.
A_SOURCE = re.compile(
    r"targets?|minutes|memo|goals?|notes?|proposal|roadmap|survey|wiki|guideline|council|committee|board|guild|according|hits?|met"
)
A_NUMBER_OF = re.compile(r"\s+of\s+(?:about\s+|around\s+)?[$€£]?\d")
PLAIN = re.compile(r"[a-z]+(?:['’][a-z]+)?")


def supposes(calls: Sequence[Planned]) -> bool:
    """Whether all the calls tell own spend as it would have been."""
    tools = {call.tool for call in calls}
    return bool(tools & MOVED) or ("bill_after_change" in tools and tools <= {"spend_total", "bill_after_change"})


def narrows(text: str, start: int, end: int) -> bool:
    """Whether the word there, which nothing has read, may narrow or scale what is supposed."""
    word, before = text[start:end], text[:start]
    opens = not before.strip() or before.rstrip()[-1:] in ".!?:;"
    if SCALES.fullmatch(word) or not PLAIN.fullmatch(word.lower() if opens else word):
        return True
    if A_SOURCE.fullmatch(word) or A_NUMBER_OF.match(text, end):
        return False
    if KEPT_TO.search(before) or A_CLAUSE.search(before):
        return True
    if VERB.search(before) or ADVERB.fullmatch(word):
        return False
    if OBJECT.search(before) and not GERUND.fullmatch(word):
        return True
    return word not in OF_THE_OUTCOME and BEFORE_A_USE.match(text, end) is not None
