"""How many requests, documents or people a described use is of: `20,000 PDFs of 9k tokens each`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount

UNITS_OF_WORK = frozenset({"request", "conversation", "ticket", "document", "page"})
PEOPLE = re.compile(
    r"(?:users?|people|persons?|employees?|developers?|devs?|engineers?|customers?|agents?|reps?|analysts?|lawyers?"
    r"|nurses?|doctors?|students?|teachers?|members?|colleagues?|drivers?|associates?|seats?|subscribers?|clients?"
    r"|consultants?|designers?|writers?|staff|ftes?|heads?|accountants?|advisers?|advisors?|operators?|researchers?)",
    re.IGNORECASE,
)
NOUN = re.compile(
    r"\s+(?:(?:of\s+our|such|new|more|active|support|sales|customer|[a-z]+ing|[a-z]+ed)\s+)?(?P<noun>[A-Za-z][A-Za-z-]{2,}s|people|staff)\b",
    re.IGNORECASE,
)
EACHNESS = re.compile(r"\b(?:each|apiece|every)\b", re.IGNORECASE)
OF_TOKENS = re.compile(
    r"\s*[,(]?\s*(?:of|at|with|averaging|using|consuming|which|that)\b[^.;?]{0,40}?\d[\d.,]*\s?[km]?\b", re.IGNORECASE
)
EACH_MAKES = re.compile(
    r"\s*,?\s*(?:who\s+|that\s+)?(?:each\b|(?:\w+\s+){1,2}(?=\d[\d.,]*\s*\w*\s+(?:\w+\s+)?each\b))", re.IGNORECASE
)
EACH_OF = re.compile(r"\b(?:each|every one)\s+of\s+(?:our\s+|the\s+|these\s+)?$", re.IGNORECASE)
A_SPAN = re.compile(r"\s+(?:a|per|each|every)\s+(?P<span>day|week|month|year)\b|\s*/\s*(?P<slash>day|month)", re.I)
A_DAILY = re.compile(r"\s+(?P<adverb>daily|weekly|monthly)\b", re.IGNORECASE)
TIMES = re.compile(r"\s*times\b(?!\s+(?:as|more|the|less|cheaper|dearer|that))", re.IGNORECASE)
LEAST_TIMES = 10
READ_AGAIN = re.compile(r"\bcach\w+\b", re.IGNORECASE)
SPANS = {"daily": "day", "weekly": "week", "monthly": "month"}


@dataclass(frozen=True, slots=True)
class Work:
    """`amount` counts requests, or `people` who each use so much; `what` they are called, where it is no common word;
    `every` says how often so many come; `by` counts the people who each make so many."""

    amount: Amount
    people: bool = False
    what: str | None = None
    every: str | None = None
    by: Amount | None = None


def work(r: Reading) -> Work | None:
    """How many requests or people: `2,000 requests`, `a thousand gpt-4o calls`, `20,000 PDFs of 9k tokens each`."""
    found = next((a for a in r.amounts if a.unit in UNITS_OF_WORK and a.kind == "number"), None)
    if found is not None:
        many = next((by for a in r.amounts if a is not found and (by := _makers(r, a))), None)
        return Work(found, every=found.per, what=many[1] if many else None, by=many[0] if many else None)
    for amount in r.amounts:
        model = next((m for m in r.models if 0 <= m.start - amount.end <= 2), None)
        if (
            model
            and amount.unit is None
            and re.match(r"\s+(?:requests?|calls?|queries|prompts)\b", r.text[model.end :])
        ):
            return Work(amount, every=amount.per)
    return next((one for amount in r.amounts if (one := _counted(r, amount) or _repeated(r, amount))), None)


def _repeated(r: Reading, amount: Amount) -> Work | None:
    """`10,000 times` beside the tokens of one: so many requests."""
    if amount.kind != "factor" or amount.value < LEAST_TIMES or READ_AGAIN.search(r.text):
        return None
    if not TIMES.match(r.text, amount.end):
        return None
    return Work(amount, every=amount.per)


def _makers(r: Reading, amount: Amount) -> tuple[Amount, str] | None:
    """People who each make requests, and what they are called: `250 underwriters each send 40 prompts`."""
    noun = NOUN.match(r.text, amount.end) if amount.kind == "number" and amount.unit is None else None
    if noun is None or amount.role not in {None, "top"} or amount.value < 2:
        return None
    each = EACH_MAKES.match(r.text, noun.end()) or EACH_OF.search(r.text[: amount.start])
    return (amount, noun["noun"]) if each else None


def _counted(r: Reading, amount: Amount) -> Work | None:
    """What else is counted, where tokens are told of each of them."""
    if amount.kind != "number" or amount.role not in {None, "top"} or amount.value < 2:
        return None
    if amount.unit in {"user", "seat"}:
        return Work(amount, people=True) if _each(r, "user") else None
    noun = NOUN.match(r.text, amount.end) if amount.unit is None else None
    if noun is None or not (_each(r, noun["noun"]) or OF_TOKENS.match(r.text, noun.end())):
        return None
    span = A_SPAN.match(r.text, noun.end()) or A_DAILY.match(r.text, noun.end())
    every = None
    if span is not None:
        every = next(SPANS.get(word.lower(), word.lower()) for word in span.groups() if word)
    return Work(amount, PEOPLE.fullmatch(noun["noun"]) is not None, noun["noun"], every)


def _each(r: Reading, noun: str) -> bool:
    """Whether the question tells of each of them: `each`, or `per PDF` of PDFs."""
    one = re.escape(noun.lower().removesuffix("s"))
    return EACHNESS.search(r.text) is not None or re.search(rf"\b(?:per|a)\s+{one}\b", r.text, re.I) is not None
