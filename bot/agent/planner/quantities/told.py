"""The amounts that a question tells, each with its units: `40 seats`, `$19 per seat and month`, `25 minutes a day`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.agent.planner.quantities.dimensions import TIMES, Quantity
from bot.agent.planner.quantities.nouns import PEOPLE, STOP, WORD, canonical, counted
from bot.agent.planner.quantities.shares import share
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.slots.units import unit_named
from tools.money import plain

SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "hundred": 2}
RATE = re.compile(
    r"\s*(?:(?P<every>/|-?\bper\b|\bevery\b|\beach\b|\bfor\s+(?:each|every)\b|\ban?\b)\s*(?:(?P<count>\d[\d,]*(?:\.\d+)?)\s?)?"
    r"(?:(?P<scale>k|m|thousand|million|hundred|billion)\b\s*)?(?P<noun>[A-Za-z])"
    r"|(?P<adverb>\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annually|p\.?a\.?(?!\w))))",
    re.IGNORECASE,
)
ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
EACH_AFTER = re.compile(
    r"\s*,?\s*(?:each\b(?!\s+(?:day|week|month|year|hour)\b)|apiece\b|a\s+(?:piece|pop|head)\b|ea\b)", re.I
)
EACH_BEFORE = re.compile(
    r"\b(?:each|apiece|every\s+one)(?:\s+(?:of\s+(?:them|whom|which)|[a-z]+ing|[a-z]+s?))?\s+(?:about\s+|around\s+|~)?[$€£]?\s?$",
    re.IGNORECASE,
)
AT = re.compile(
    r"(?:\b(?:at|@|times|paying|paid)|[@x×*])\s*(?:about|around|roughly|only|just|an?\s+average\s+of)?\s*[$€£]?$", re.I
)
EACH_OF = re.compile(r"\b(?:each|every\s+one|all)\s+of\s+(?:our\s+|the\s+|these\s+|those\s+)?$", re.IGNORECASE)
FOR_THEM = re.compile(
    r"\b(?:for|across|times|x|over)\s+(?:all\s+|our\s+|the\s+|about\s+|some\s+)*$|[x×*@]\s*$", re.IGNORECASE
)
OF_THEM = re.compile(r"\s+(?:of|such)\s+(?:them|those|these)\b", re.IGNORECASE)
ASIDE = re.compile(r"\s+(?:in|of|on)\s+(?:[a-z-]+\s+){0,2}?[a-z-]+(?=\s+(?:a|per|each|every)\s|/)", re.IGNORECASE)
VERB = (
    r"(?:costs?|takes?|needs?|requires?|is|runs?|earns?|makes?|handles?|uses?|sends?|process(?:es)?|charges?|saves?|closes?"
    r"|resolves?|works?|reviews?|writes?|generates?|produces?|gets?|burns?|consumes?|answers?|spends?|(?:is|are)\s+(?:paid|billed|charged|priced))"
    r"(?:\s+(?:us|you|out|at|to|about|around|roughly|on\s+average|an?\s+average\s+of|only|up\s+to))*\s*[$€£~]?\s?"
)
TIME_WORDS = "hour|day|week|month|quarter|year"
OF_ONE = re.compile(
    rf"\b(?:an?|each|every|one|per|1|the\s+average|the\s+typical)\s+(?!of\b)(?:(?!(?:{TIME_WORDS})\b)[A-Za-z-]+\s+){{0,3}}?"
    rf"(?P<noun>(?!(?:and|or|then|also|{TIME_WORDS})\b)[A-Za-z-]+)\s+(?:{VERB}|(?:for|in)\s+[$€£]?)$",
    re.IGNORECASE,
)
SAME_SUBJECT = re.compile(rf"(?:\band\b|,)\s+(?:{VERB})$", re.IGNORECASE)
NAMED_PRICE = re.compile(
    r"\b(?:an?|each|every|one|per)\s+(?P<noun>[A-Za-z-]+)\s*(?:[:=]|\(|@)\s*[$€£]?$", re.IGNORECASE
)
OFTEN_BEFORE = re.compile(
    r"\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annual)\s+(?:[a-z-]+\s+){1,3}?(?:of|is|are|was|at|:|=)?\s*(?:about\s+)?[$€£]?$",
    re.IGNORECASE,
)


def told(r: Reading) -> list[Quantity] | None:
    """Every amount of the question with its units, in order; None where the words beside one do not say what it is."""
    amounts = [a for a in r.amounts if not (a.worded and a.value == 1) and not _inside_rate(r, a)]
    chips = [m for m in r.accelerators if m.count]
    machines = bool(chips) or any(a.unit == "GPU" for a in amounts)
    found: list[Quantity] = []
    for amount in amounts:
        if amount.kind == "percent":
            one = share(r.text, amount)
        elif amount.kind == "factor" or amount.value <= 0 or (amount.bound and not _moves(r.text, amount)):
            one = None
        else:
            one = _quantity(r.text, amount, found, machines)
        if one is None:
            return None
        found.append(one)
    found += [Quantity(Decimal(m.count or 1), str(m.count), "count", {"GPU": 1}, m.start, m.end) for m in chips]
    return _with_them(_without_strangers(r.text, sorted(found, key=lambda q: q.start)))


def _inside_rate(r: Reading, amount: Amount) -> bool:
    """Whether a number only says how many a rate is for: the 1,000 of `per 1,000 pages`."""
    found = re.search(r"(?:/|\bper|\bevery|\bfor\s+(?:each|every))\s*$", r.text[: amount.start], re.IGNORECASE)
    return found is not None and any(a is not amount and a.end <= found.start() for a in r.amounts)


def _quantity(text: str, amount: Amount, before: Sequence[Quantity], machines: bool) -> Quantity | None:
    money = amount.kind == "money"
    dims: dict[str, int] = {}
    at = amount.end
    if money:
        dims[str(amount.unit)] = 1
        at = _after_currency(text, at)
    elif (thing := counted(text, at)) is not None:
        at = thing[1]
        _put(dims, thing[0], 1, machines)
    elif OF_THEM.match(text, at):
        dims["them"] = 1
    elif amount.unit is not None and amount.unit not in {"token", "x"}:
        _put(dims, canonical(amount.unit), 1, machines)
    scale, at = _rates(text, at, dims, machines)
    each = False
    if found := EACH_AFTER.match(text, at):
        each, at = True, found.end()
        scale_more, at = _rates(text, at, dims, machines)
        scale *= scale_more
    head = text[: amount.start]
    start = amount.start
    if money and not any(unit in TIMES for unit in dims) and (often := OFTEN_BEFORE.search(head)):
        dims[ADVERBS.get(often["adverb"].lower(), "year")] = -1
        start = often.start()
    if one := (OF_ONE.search(head) or (NAMED_PRICE.search(head) if money else None)):
        noun = canonical(one["noun"])
        if noun not in TIMES and dims.get(noun) is None and _is_thing(one["noun"]):
            _put(dims, noun, -1, machines)
            start = min(start, one.start())
    elif (
        SAME_SUBJECT.search(head)
        and before
        and before[-1].of_one()
        and not re.search(r"[.;?!]", text[before[-1].end : start])
    ):
        subject = before[-1].of_one()[0]
        if subject not in dims:
            dims[subject] = -1
    if not money and not dims:
        return None
    each = each or EACH_BEFORE.search(head) is not None or (money and AT.search(head) is not None)
    each = each or (not money and (EACH_OF.search(head) is not None or _for_them(head, dims)))
    written = plain(amount.value) if scale == 1 else f"{plain(amount.value)} / {plain(scale)}"
    dims = {unit: power for unit, power in dims.items() if power}
    return Quantity(amount.value / scale, written, "money" if money else "count", dims, start, at, each)


def _after_currency(text: str, at: int) -> int:
    found = re.compile(r"\s*(?:usd|eur|gbp|dollars?|euros?|cents?|bucks)\b", re.IGNORECASE).match(text, at)
    return found.end() if found else at


def _put(dims: dict[str, int], unit: str, power: int, machines: bool) -> None:
    """A unit taken into `dims`; an accelerator's hour is one of each where accelerators are counted, else an hour."""
    for one in (("GPU", "hour") if machines else ("hour",)) if unit == "GPU hour" else (unit,):
        dims[one] = dims.get(one, 0) + power


def _rates(text: str, at: int, dims: dict[str, int], machines: bool) -> tuple[Decimal, int]:
    """By how many the rates after `at` count, and where they end; what they count by is put into `dims`."""
    scale = Decimal(1)
    for _ in range(3):
        found = RATE.match(text, at)
        if found is None and (aside := ASIDE.match(text, at)):
            found = RATE.match(text, aside.end())
            found = found if found and (found["adverb"] or _noun(text, found.start("noun"))[0] in TIMES) else None
        if found is None:
            break
        if found["adverb"]:
            unit, end = ADVERBS.get(found["adverb"].lower(), "year"), found.end()
        else:
            unit, end = _noun(text, found.start("noun"))
            loose = (found["every"] or "").strip().lower() in {"a", "an", "each", "every"}
            if loose and not (unit in TIMES or _known(text[found.start("noun") : end])):
                break
            if found["count"] or found["scale"]:
                count = Decimal((found["count"] or "1").replace(",", ""))
                scale *= count.scaleb(SCALES.get((found["scale"] or "").lower(), 0))
        _put(dims, unit, -1, machines)
        at = end
    return scale, at


def _noun(text: str, at: int) -> tuple[str, int]:
    """What a rate counts by, canonical, and where that ends: `support ticket`, `working day`, `page`."""
    first = WORD.match(text, at)
    assert first is not None
    end, position = first.end(), first.end()
    if _known(first[0]) and not re.compile(r"[\s-]hours?\b", re.IGNORECASE).match(text, end):
        return canonical(first[0]), end
    for _ in range(2):
        after = re.compile(r"[\s-]+([A-Za-z][A-Za-z'-]*)").match(text, position)
        if after is None or after[1].lower() in STOP:
            break
        position = after.end()
        if _known(text[at:position]) or _known(after[1]):
            return canonical(text[at:position]), position
    return canonical(first[0]), end


def _known(words: str) -> bool:
    return unit_named(words) not in {None, "x"} or PEOPLE.fullmatch(words.split()[-1]) is not None


def _is_thing(word: str) -> bool:
    return word.lower() not in STOP and len(word) > 2


def _for_them(head: str, dims: dict[str, int]) -> bool:
    return "person" in dims and FOR_THEM.search(head) is not None


def _with_them(found: list[Quantity]) -> list[Quantity] | None:
    """The amounts, `3 of them` being of the one thing that a rate is told of, or that is counted."""
    if not any("them" in q.dims for q in found):
        return found
    of_one = {unit for q in found for unit in q.of_one()}
    if len(of_one) != 1:
        return None
    unit = of_one.pop()
    return [
        Quantity(
            q.value,
            q.written,
            q.kind,
            {unit if name == "them" else name: p for name, p in q.dims.items()},
            q.start,
            q.end,
            q.each,
        )
        for q in found
    ]


def _moves(text: str, amount: Amount) -> bool:
    """Whether the two ends of a range are a price before and after: `from $3.10 to $2.45`."""
    return amount.kind == "money" and re.search(r"\bfrom\b", text[: amount.start], re.IGNORECASE) is not None


def _without_strangers(text: str, found: list[Quantity]) -> list[Quantity]:
    """The amounts without the subject that one is told of where nothing else is said of it: `a human needs $7.20`."""
    from collections import Counter
    from dataclasses import replace

    said = Counter(canonical(word[0]) for word in WORD.finditer(text))
    kept = []
    for q in found:
        head = text[q.start : q.end]
        lone = [
            unit for unit in q.of_one()
            if said[unit] <= 1 and not any(unit in other.dims for other in found if other is not q)
            and not re.search(r"/|\bper\b", head)
        ]  # fmt: skip
        kept.append(replace(q, dims={unit: p for unit, p in q.dims.items() if unit not in lone}))
    return kept
