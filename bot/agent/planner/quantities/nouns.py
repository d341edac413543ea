"""What a number counts and what a rate is counted by, in one word for each kind of thing."""

from __future__ import annotations

import re

from bot.agent.planner.quantities.dimensions import TIMES
from bot.agent.planner.words.lexicon import stem
from bot.agent.slots.units import unit_named

# People, and what is paid for each of them.
PEOPLE = re.compile(
    r"(?:people|persons?|ppl|folks?|users?|seats?|licen[cs]es?|heads?|ftes?|employees?|staff(?:ers?)?|colleagues?|members?"
    r"|developers?|devs?|engineers?|engs?|analysts?|agents?|reps?|lawyers?|nurses?|doctors?|clinicians?|consultants?"
    r"|designers?|writers?|accountants?|underwriters?|adjusters?|advis[eo]rs?|recruiters?|marketers?|sellers?|teachers?"
    r"|students?|scientists?|researchers?|managers?|operators?|technicians?|specialists?|contractors?|workers?|testers?"
    r"|handlers?|planners?|clerks?|drivers?|associates?|subscribers?|subscriptions?|accounts?|paralegals?|editors?|sres?"
    r"|salespeople|customers?|clients?)",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*")
# A word that ends what a number counts.
STOP = frozenset((
    "a", "an", "the", "and", "or", "but", "at", "for", "in", "on", "per", "each", "every", "with", "to", "from", "by",
    "is", "are", "was", "were", "be", "that", "which", "who", "this", "it", "its", "if", "then", "than", "as", "into",
    "over", "across", "during", "within", "after", "before", "while", "when", "what", "how", "we", "they", "you", "i",
    "cost", "costs", "costing", "save", "saves", "saving", "saved", "take", "takes", "need", "needs", "use", "uses",
    "using", "pay", "pays", "paid", "has", "have", "had", "run", "runs", "running", "handle", "handles", "make",
    "makes", "get", "gets", "spend", "spends", "do", "does", "did", "will", "would", "can", "could", "should", "earn",
    "earns", "work", "works", "send", "sends", "process", "processes", "go", "goes", "come", "comes", "look", "looks",
    "x", "times", "plus", "minus", "vs", "versus", "against", "upfront", "up", "down", "off", "back", "now", "today",
    "gross", "net", "apiece", "monthly", "yearly", "annually", "weekly", "daily", "hourly", "between", "among",
    "evenly", "equally", "instead", "so", "because", "doing", "billed", "charged", "priced", "total", "worth", "spent",
    "all", "out", "only", "not", "there", "write", "writes", "ask", "asks", "generate", "generates", "produce",
    "answer",
    "answers", "serve", "serves", "support",
))  # fmt: skip
# Right after a number these are what is counted.
NOUNS_TOO = frozenset(("runs", "answers", "uses", "processes"))
LONGEST = 4


def canonical(words: str) -> str:
    """One name of a thing: people and seats are `person`, 24/7 hours `hour`, tickets and cases `ticket`, any other word
    by its stem."""
    plain = words.strip().lower()
    last = WORD.findall(plain)[-1] if WORD.findall(plain) else plain
    if PEOPLE.fullmatch(last):
        return "person"
    if last in {"answer", "response", "reply"}:
        return "request"
    named = unit_named(plain) or unit_named(last)
    if named in {"user", "seat"}:
        return "person"
    if named == "x":
        return stem(last)
    return named or stem(last)


def is_time(unit: str) -> bool:
    return unit in TIMES


def counted(text: str, at: int) -> tuple[str, int] | None:
    """What a number before `at` counts, canonical, and where that ends: the last of the plural words that follow it, or
    a word that is a unit; None where none does."""
    position, found = at, None
    for n in range(LONGEST):
        lead = re.compile(r"[\s-]*(?:of\s+(?:our|the|my|their|these|those)\s+)?" if n == 0 else r"\s+").match(
            text, position
        )
        word = WORD.match(text, lead.end()) if lead else None
        if lead is None or word is None or (n and not lead[0]):
            break
        if word[0].lower() in STOP and (n or word[0].lower() not in NOUNS_TOO):
            break
        low = word[0].lower()
        two = re.compile(r"\s*([A-Za-z0-9]+[\s-]hours?)\b", re.IGNORECASE).match(text, lead.end())
        if two and unit_named(two[1]):
            return canonical(two[1]), two.end()
        plural = len(low) > 2 and low.endswith("s") and not low.endswith(("ss", "ous", "us"))
        if unit_named(low) not in {None, "x"} or PEOPLE.fullmatch(low) or plural:
            found = canonical(low), word.end()
            if is_time(found[0]):
                return found
        elif found is not None:
            break
        position = word.end()
    return found


def shown(unit: str, text: str, *, several: bool = False) -> str:
    """A canonical unit as the question writes it: `seat` for `person` where seats are spoken of."""
    words = [word[0].lower() for word in WORD.finditer(text) if canonical(word[0]) == unit]
    word = words[0] if words else unit
    irregular = {"people": "person", "ppl": "person", "folks": "person", "staff": "person", "queries": "query"}
    one = irregular.get(word) or (f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s"))
    if not several:
        return one
    if one == "person":
        return "people"
    return (
        one
        if one.lower() in {"gpu hour", "kwh", "mwh"}
        else f"{one[:-1]}ies"
        if re.search(r"[^aeiou]y$", one)
        else f"{one}s"
    )
