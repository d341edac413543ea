"""An amount of ours in another currency at a rate that is told, or in tokens of a model at its price."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.derived.clauses import Derivation, without
from bot.agent.planner.words.currency_words import CURRENCY_WORDS

CURRENCY = "|".join(words for words in CURRENCY_WORDS.values())
RATE = (
    r"(?P<rate>\d+(?:[.,]\d+)?)(?![\d.,]*\d)(?!\s?(?:million|billion|thousand|mn|[kmb])\b)"
    r"(?!\s+(?:\w+\s+)?(?:tokens?|calls?|requests?)\b)"
)
AT = re.compile(
    r"[\s,(]*\b(?:at|using|with|assuming|given|by|for|use|@)\s+(?:a\s+|an\s+|the\s+)?(?:(?:exchange|fx|conversion"
    r"|current|today['’]?s?|spot)\s+)*(?:rate\s+)?(?:of\s+|is\s+|=\s*)?"
    rf"(?:(?P<of1>{CURRENCY})\s*)?{RATE}\s*(?P<of>{CURRENCY})?(?:\s*(?:per|/|to\s+(?:the|one|a|1)|for\s+(?:one|a|1)"
    rf"|a|an|each|for\s+each)\s*(?:1\s+)?(?P<per>{CURRENCY}))?\)?",
    re.IGNORECASE,
)
EQUALS = re.compile(
    rf"[\s,(]*\b(?:if|at|with|assuming|given|using|as|when|where)?\s*(?:1|one|a)\s*(?P<per>{CURRENCY})\s*(?:=|is"
    rf"|equals|buys|gets(?:\s+you)?|costs?|at)\s*(?P<sym>[$€£])?\s*{RATE}\s*(?P<of>{CURRENCY})?\)?",
    re.IGNORECASE,
)
PAIR = re.compile(
    r"[\s,(]*\b(?:with|at|using|if|assuming)?\s*(?P<one>USD|EUR|GBP|CHF)\s?/?\s?(?P<other>USD|EUR|GBP|CHF)\s*"
    rf"(?:rate\s*)?(?:=|is|at|of|:)?\s*{RATE}\)?",
    re.I,
)
INTO = re.compile(rf"[\s,]*\b(?:in|into|to|as)\s+(?P<to>{CURRENCY})(?![\w-])", re.IGNORECASE)
CONVERT = re.compile(r"\b(?:please\s+)?(?:convert(?:ed)?|translate|express|restate|show(?:n)?)\b", re.IGNORECASE)
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP"}
TOKENS = re.compile(
    r"\bhow\s+many\s+(?:(?P<scale>million|billion|m|mn|mio|thousand)\s+)?(?:of\s+)?(?P<model>[\w.: -]+?"
    r")?\s*(?P<side>(?:un-?cached\s+)?(?:input|prompt|output|completion|cached(?:\s+input)?))?\s*tokens\s*(?P<of>"
    r"(?:of|on|with|at|from|for|in)\s+(?P<later>[\w.:-]+(?:[ -][\w.:-]+){0,3}?)(?:\s+(?P<side2>input|output))?\s+)?"
    r"(?:(?:would|could|can|does|do|did|will|is|are|might)\s+)?(?P<base>.+?)\s*\??$",
    re.IGNORECASE,
)
BUY = re.compile(
    r"^\s*(?:(?:we|i|you|one|be)\s+)?(?:(?:have|be)\s+)?(?:(?:buy|bought|get|gotten|got|afford|pay\s+for|purchase"
    r"|purchased|had|have)\s+)(?:with|for|from|out\s+of|using)?\s*"
    r"|\s*\b(?:buy|bought|get\s+us|pay\s+for|cover|afford|worth|purchase|fund|have\s+bought)\b(?:\s+us)?\s*\??$",
    re.IGNORECASE,
)
OTHER = re.compile(r"\b(?:million|billion|thousand|m|mn)\b\s*", re.IGNORECASE)


def code(word: str | None) -> str | None:
    """The code of a currency as it is written."""
    if not word:
        return None
    return next((name for name, words in CURRENCY_WORDS.items() if re.fullmatch(words, word.strip(), re.I)), None)


def converted(text: str) -> Derivation | None:
    """`July in euros at 0.92`: the currency asked for and the rate. A rate that says of what it is for what is read as
    it says; a bare one above 1 is of which way round nobody knows, and is asked about."""
    target = next((m for m in INTO.finditer(text)), None)
    if target is None:
        return None
    to = code(target["to"])
    found, rate, said = _rate(text, target, str(to))
    if found is None or to is None or rate is None:
        return None
    rest = CONVERT.sub(" ", without(text, target.span(), found.span()))
    rest = re.sub(r"\bwhat(?:['’]?s|\s+is|\s+was)\s*(?:,|$)", " ", rest)
    if not said and rate > 1 and to in {"EUR", "GBP", "CHF", "USD"}:
        question = f"Is {rate} the {to} that one unit of the bill's currency buys, or the other way round?"
        return Derivation("", {"question": question}, tool="ask_back")
    return Derivation(without(rest), {"how": "converted", "by": f"{rate:f}", "what": to})


def _rate(text: str, target: re.Match[str], to: str) -> tuple[re.Match[str] | None, Decimal | None, bool]:
    """Where the rate is told, the rate as `to` for one of the other, and whether the words say which way round."""
    if pair := PAIR.search(text):
        n = _number(pair["rate"])
        if code(pair["other"]) == to:
            return pair, n, True
        return (pair, 1 / n, True) if code(pair["one"]) == to and n else (None, None, False)
    if found := EQUALS.search(text):
        n, of, per = _number(found["rate"]), code(found["of"]) or SYMBOLS.get(found["sym"] or ""), code(found["per"])
        if per == to:
            return found, 1 / n if n else None, True
        return (found, n, True) if of in {to, None} else (None, None, False)
    for found in AT.finditer(text):
        if found.start() < target.end() and target.start() < found.end() and not found["of"]:
            continue
        n, of, per = _number(found["rate"]), code(found["of"] or found["of1"]), code(found["per"])
        if per == to:
            return found, 1 / n if n else None, True
        if of is not None and of != to and per is None:
            return None, None, False
        return found, n, of == to or per is not None
    return None, None, False


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def tokens(text: str) -> Derivation | None:
    """`how many million sonnet 4.5 input tokens would our July bill buy`: tokens at list price for the amount."""
    found = TOKENS.search(text)
    if found is None or not BUY.search(found["base"]):
        return None
    model = OTHER.sub("", (found["model"] or "") if (found["model"] or "").strip() else (found["later"] or "")).strip()
    side = (found["side"] or found["side2"] or "").lower()
    if not model:
        return None
    args = {"model": model}
    if side:
        args["component"] = (
            "cached" if side.startswith("cached") else "output" if side.startswith(("out", "comp")) else "input"
        )
    rest = without(f"{text[: found.start()]} {BUY.sub(' ', found['base'])}")
    return Derivation(rest, args, tool="tokens_for_budget", amount_from="budget")


READERS = (converted, tokens)
