"""An amount of ours for each of a number that is told, as a share of an amount, or in part."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.derived.clauses import NUMBER, PERCENT, Derivation, value, without
from tools.money import plain

NO_NOUN = frozenset(
    ("day", "week", "month", "quarter", "year", "hour", "minute", "second", "token", "million", "thousand", "cent",
     "percent", "usd", "eur", "dollar", "gpu", "annum", "provider", "model", "service", "k", "m", "bn", "x")
)  # fmt: skip
PEOPLE = frozenset(
    ("employee", "head", "person", "people", "staff", "fte", "colleague", "headcount", "worker", "capita", "member",
     "employees", "heads", "persons", "ftes", "colleagues", "workers", "members")
)  # fmt: skip
PER = re.compile(
    r"[\s,(]*(?:\bper\b|\ba\b(?=\s+head\b)|\bfor (?:each|every|one)\b|\beach\b)\s+(?P<noun>[a-z][a-z-]+)\b\)?", re.I
)
# The end of a sentence's own question: "... each", "... apiece".
COUNT = re.compile(
    r"[\s,;(]*(?:\b(?:if|as|since|and|so|because|note|given|assuming|where|when|that|for|with|at|across|among"
    r"|over|between|by|of|on|to|we|i|there"
    r"|are|is|have|had|has|being|currently|employ|employs|is|our|the|a|an|total|headcount|team|company|us|just|only"
    r"|all)\b[\s:,]*|we['’]re\s+|we['’]ve\s+(?:got\s+)?|got\s+)*"
    rf"(?<![\w$€£.-]){NUMBER}\s*(?P<adjectives>(?:[a-z]+(?:-[a-z]+)?\s+){{0,2}}?)(?P<noun>[a-z][a-z-]+)\b\)?"
    r"(?:\s+(?:in (?:the )?(?:team|company|total|all)|here|in total|on (?:the )?team|total|of us|strong"
    r"|at the company|working here))?",
    re.IGNORECASE,
)
HEADCOUNT = re.compile(
    rf"[\s,;(]*(?:\b(?:our|the|with|given|a|if|and|at|for)\s+)*\bhead-?count\s*(?:of|is|was|:|=|at)?\s*{NUMBER}\)?",
    re.I,
)
DIVIDED = re.compile(
    r"[\s,]*\b(?:divided?|split|shared?|spread)\s+(?P<base>[^,;?]*?)\s*(?:\b(?:evenly|equally)\s+)?(?:by|across"
    rf"|among|between|over|into)?\s*(?:all\s+|our\s+|the\s+)*{NUMBER}"
    r"\s*(?P<noun>ways?|(?!(?:day|week|month|quarter|year|hour|percent)s?\b)[a-z]+)?(?:\s+equally|\s+evenly"
    r")?\s*[?.!]?$",
    re.IGNORECASE,
)
MONTHLY = r"(?:(?:annual|yearly|monthly|quarterly|total|net|company|gross|recurring|own)\s+)*"
WHOLE = (
    rf"(?:(?:a|an|our|the|its|their)\s+)?(?P<before>{MONTHLY}(?:[a-z]+\s+){{0,3}}?)"
    rf"(?:of\s+|\(|is\s+|was\s+|:\s*|=\s*)?{NUMBER}\)?(?P<after>\s+(?:in\s+|of\s+)?{MONTHLY}(?:revenues?|sales"
    r"|turnover|income|budget|costs?|"
    r"opex|spend|expenses?|arr|mrr|profit|payroll|r&d(?:\s+budget)?|it\s+budget|it\s+spend)\b)?(?:\s+(?:a|per)\s+"
    r"(?:month|year|quarter))?"
)
SHARE_FIRST = re.compile(
    rf"\b(?:what|which)\s+(?:share|percent(?:age)?|fraction|proportion|%|part)\s+of\s+{WHOLE}[\s,]+(?:is|was|were"
    r"|are|did|does|do|went|goes|would|will)\b",
    re.IGNORECASE,
)
HOW_MUCH_OF = re.compile(
    rf"\bhow\s+much\s+(?:\(?in\s+%\)?\s+)?of\s+{WHOLE}[\s,]+(?:is|was|were|did|does|do|went\s+(?:to|on|into)"
    r"|goes\s+(?:to|on|into))\b",
    re.I,
)
SHARE_LAST = re.compile(
    r"[\s,]*\b(?:as|in|what(?:['’]?s|\s+is|\s+was)?)\s+(?:a\s+|the\s+)?(?:share|percent(?:age)?|fraction"
    rf"|proportion|%)\s+of\s+{WHOLE}\s*[?.!]?$",
    re.IGNORECASE,
)
SHARE_BESIDE = re.compile(
    rf"[\s,]*\b(?:relative\s+to|compared\s+(?:to|with)|against|vs\.?|versus)\s+{WHOLE}\s*[?.!]?$", re.IGNORECASE
)
SALES = re.compile(r"\b(?:revenues?|sales|turnover|income|arr|mrr)\b", re.IGNORECASE)
SHARE_TOLD = re.compile(
    r"^\W*(?:(?:if|say|given|assuming|with)\s+)?(?:our|the|we had|we have|we made|we make|we did"
    rf")\s+{WHOLE}(?P<when>[^,;.?\d]{{0,30}}?(?:20\d\d)?)\s*[,;.]\s*(?:and\s+|so\s+)?(?=what|how|which)",
    re.IGNORECASE,
)
OF_THAT = re.compile(
    r"\b(?:what|which)\s+(?:share|percent(?:age)?|fraction|proportion|%|part)\s+of\s+(?:that|it|this|revenue"
    r"|turnover|sales|the\s+total)\s+"
    r"(?:is|was|were|are|did|does|do|went|goes)\b",
    re.IGNORECASE,
)
BUYS = re.compile(
    r"\bhow\s+many\s+(?!(?:[a-z-]+\s+){0,3}?(?:tokens?|requests?|calls?|hours?|documents?|pages?|images?)\b)"
    r"(?P<noun>(?:[a-z-]+\s+){1,3}?)"
    r"(?:\(?(?:at|costing|who cost|that cost|paid"
    r"|for(?=.*\b(?:each|apiece|per\s+(?:month|year)|a\s+(?:month|year))\b))\s+)(?P<each>[$€£]?\d[\d,.]*\s?k?)\s*(?:(?:a|per)\s+(?P<span>month|year))?\s*(?:each|apiece)?\)?\s+"
    r"(?:(?:would|could|can|does|do|did|will)\s+)?(?:we\s+(?:hire|pay|buy|fund|afford)\s+(?:with|for|from)\s+|(?:is"
    r"|are)\s+)?(?P<base>.+?)"
    r"(?:\s+(?:pay\s+for|buy|fund|cover|hire|worth|equal|correspond\s+to))?\s*\??$",
    re.IGNORECASE,
)


OF_US = re.compile(
    r"[\s,;(]*(?:\b(?:and|as|with|there|we|are|were|is|have|got|being)\b\s*|['’]re\s+"
    rf")*{NUMBER}\s+of\s+us\b\)?",
    re.IGNORECASE,
)


def _one(noun: str) -> str:
    """A noun's singular, roughly."""
    word = noun.lower()
    if word in {"people", "persons", "staff", "headcount", "capita"}:
        return "person"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _alike(one: str, other: str) -> bool:
    return _one(one) == _one(other) or {one.lower(), other.lower()} <= PEOPLE | {"engineer", "engineers"}


def for_each(text: str) -> Derivation | None:
    """`July spend per employee, we are 410 people`: one noun after `per`, one number of the same."""
    for per in PER.finditer(text):
        noun = per["noun"]
        if _one(noun) in NO_NOUN:
            continue
        if (
            (told := HEADCOUNT.search(text) or OF_US.search(text))
            and noun.lower() in PEOPLE
            and (n := value(told["n"]))
        ):
            return Derivation(
                without(text, per.span(), told.span()), {"how": "for_each", "by": plain(n), "what": _one(noun)}
            )
        for count in COUNT.finditer(text):
            if count.start() < per.end() and per.start() < count.end():
                continue
            if _alike(noun, count["noun"]) and (n := value(count["n"])):
                rest = without(text, per.span(), count.span())
                return Derivation(rest, {"how": "for_each", "by": plain(n), "what": _one(noun)})
    return None


def divided(text: str) -> Derivation | None:
    found = DIVIDED.search(text)
    if found is None or (n := value(found["n"])) is None:
        return None
    noun = found["noun"] or ""
    rest = without(f"{text[: found.start()]} {found['base']}")
    return Derivation(
        rest, {"how": "for_each", "by": plain(n), "what": _one(noun) if noun and "way" not in noun else "part"}
    )


def share(text: str) -> Derivation | None:
    told = SHARE_TOLD.search(text)
    if told and (of := OF_THAT.search(text, told.end())) and (n := value(told["n"])):
        return _share(f"what was {text[of.end() :].rstrip(' ?.!')} {told['when']}", n, told)
    for pattern in (SHARE_FIRST, HOW_MUCH_OF):
        if (found := pattern.search(text)) and _is_sum(found) and (n := value(found["n"])):
            return _share(f"{text[: found.start()]} what was {text[found.end() :]}", n, found)
    found = SHARE_BESIDE.search(text)
    if (
        found
        and SALES.search(f"{found['before']} {found['after'] or ''}")
        and _is_sum(found)
        and (n := value(found["n"]))
    ):
        return _share(text[: found.start()], n, found)
    if (found := SHARE_LAST.search(text)) and _is_sum(found) and (n := value(found["n"])):
        return _share(text[: found.start()], n, found)
    return None


def _is_sum(found: re.Match[str]) -> bool:
    """Whether the whole is told as an amount: not the year of a period, nor a count of months."""
    number = value(found["n"])
    return (
        number is not None
        and number >= 100
        and not (found["before"] and re.search(r"\b(?:q|fy)\s*$", found["before"], re.I))
        and not re.fullmatch(r"20\d\d", found["n"].strip())
    )


def _share(rest: str, whole: object, found: re.Match[str]) -> Derivation:
    words = re.sub(r"\b(?:a|an|our|the|of|in|is|was)\b", " ", f"{found['before'] or ''} {found['after'] or ''}")
    args = {"how": "share_of", "by": plain(whole), "what": " ".join(words.split())}  # type: ignore[arg-type]
    return Derivation(without(rest), {k: v for k, v in args.items() if v})


def bought(text: str) -> Derivation | None:
    found = BUYS.search(text)
    if found is None or (price := value(found["each"])) is None or "token" in found["noun"]:
        return None
    if found["span"]:
        price = price / 12 if found["span"].lower() == "year" else price
    rest = without(f"{text[: found.start()]} {found['base']}")
    return Derivation(
        rest, {"how": "bought", "by": str(price), "what": _one(found["noun"].strip())}, monthly=bool(found["span"])
    )


OPENING = (
    r"^\W*(?:(?:what(?:['’]?s|\s+is|\s+was|\s+would\s+be)?|how\s+much\s+(?:is|was|would)|show\s+me|give\s+me)\s+)?"
    r"(?:about\s+|be\s+)?"
)
PORTION = re.compile(
    rf"{OPENING}(?:{PERCENT}|(?P<word>half|a\s+quarter|one\s+quarter|a\s+fifth|a\s+tenth)"
    r")\s+of\s+(?P<base>.+?)[?.!]*$",
    re.I,
)
WORDS = {"half": "0.5", "quarter": "0.25", "fifth": "0.2", "tenth": "0.1"}


def portion(text: str) -> Derivation | None:
    """`15% of our April bill`, `half of what content spent`: a part of an amount."""
    found = PORTION.search(text)
    if found is None or not OWN.search(found["base"]):
        return None
    word = (found["word"] or "").split(" ")[-1].lower()
    by = WORDS[word] if word else plain(Decimal(found["p"]) / 100)
    what = f"{word.capitalize()} of it" if word else f"{found['p']}% of it"
    return Derivation(without(found["base"]), {"how": "multiplied", "by": by, "what": what})


OWN = re.compile(r"\b(?:our|we|spen[dt]|spending|bill|cost|costs|invoice|forecast)\b", re.IGNORECASE)
READERS = (for_each, share, bought, portion, divided)
