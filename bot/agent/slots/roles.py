"""What a number is for, where the words beside it say so: input tokens, a discount, a utilisation, a budget."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["number", "money", "percent"]

_TOKENS = (
    ("cache_write", r"cache[\s-]?(?:writes?|creation|written)|written\s+to\s+(?:the\s+)?cache"),
    (
        "cached",
        r"cached|cache[\s-]?(?:reads?|hits?)(?:\s+rate)?|from\s+(?:the\s+)?cache|caching|hit(?:s|ting)?\s+(?:the\s+)?cache|(?<!kv\s)(?<!kv-)cache(?!\w)(?:\s+(?:rate|share|ratio))?",
    ),
    ("audio_input", r"audio\s+(?:input|in)|input\s+audio"),
    ("audio_output", r"audio\s+(?:output|out)|output\s+audio"),
    ("input", r"uncached|inputs?|prompts?(?!\s+cach)|ingested"),
    (
        "output",
        r"outputs?|completions?|generated|generation|reasoning|thinking|responses?|answers?|repl(?:y|ies)|back(?!\w)",
    ),
)
_PERCENT = (
    ("discount_rate", r"discount\s+rate|cost\s+of\s+capital|wacc|hurdle\s+rate|interest(?:\s+rate)?|required\s+return"),
    ("discount", r"discount(?:ed)?|rebate|off(?!\w)|edp"),
    ("utilisation", r"utili[sz](?:ation|ed|e)|occupancy|occupied|busy|of\s+the\s+time|load(?:ed)?(?!\w)"),
    ("mfu", r"mfu|model\s+flops?\s+utili[sz]ation|hfu"),
    *_TOKENS[:2],
    ("batch", r"batch(?:ed|ing)?"),
    ("residual", r"residual(?:\s+value)?|resale(?:\s+value)?|salvage"),
    ("decline", r"cheaper|lower|less|fewer|drops?|declin(?:e|es|ing)|falls?|falling|decreas(?:e|es|ing)|shrinks?|cut"),
    (
        "growth",
        r"more|higher|dearer|expensive|grow(?:s|th|ing)?|increas(?:e|es|ing)|rises?|rising|up(?!\w)|uplift|inflation",
    ),
    ("tax", r"tax(?:es)?|vat"),
    ("overhead", r"overhead|mark-?up|contingency"),
    ("uptime", r"uptime|availability"),
    ("margin", r"margin"),
    ("spot", r"spot|preemptible"),
    ("share", r"share"),
    ("input", r"inputs?|prompts?"),
    ("output", r"outputs?|completions?"),
)
_MONEY = (
    ("budget", r"budget(?:ed)?|cap(?!\w|ex)|limit|ceiling|allowance"),
    ("saving", r"sav(?:e|es|ed|ing|ings)|benefits?|returns?(?:\s+of)?|cash\s+flows?|gains?"),
    ("investment", r"invest(?:ment|ing|ed|s)?|upfront|up\s+front|initial(?:ly)?|capex|outlay|one-off|set-?up"),
    ("electricity", r"electricity|energy|power|kwh"),
    ("running_cost", r"opex|running(?:\s+costs?)?|maintenance|upkeep|staff|salar(?:y|ies)"),
    ("revenue", r"revenues?|income|sales"),
    ("purchase", r"purchase|buy(?:ing)?|bought|capital\s+cost|price\s+tag"),
    ("rent", r"rent(?:al|ing|ed)?|on[\s-]demand|reserved|spot"),
    ("commitment", r"commit(?:ment|ted)?|reservation"),
)
_NUMBER = (
    *_TOKENS,
    ("pue", r"pue"),
    ("active", r"active"),
    ("batch_size", r"batch\s+size"),
    ("context", r"context(?:\s+(?:window|length))?"),
    ("commitment", r"commit(?:ment|ted)?|reserv(?:ed|ation)"),
    ("period", r"last|past|previous|trailing|ago|recent"),
    ("horizon", r"over|horizon|term|next"),
    ("top", r"top|biggest|largest|highest|priciest"),
    ("carbon", r"co2e?|carbon"),
)


WEAK = frozenset({"input", "output", "share", "growth", "decline"})
TOKEN_ROLES = frozenset(role for role, _ in _TOKENS)
PLAIN_ROLES = frozenset({"pue", "batch_size"})
TIME_ROLES = frozenset({"period", "horizon"})


def _table(roles: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(f"(?P<r{i}_{role}>{words})" for i, (role, words) in enumerate(roles)) + r")\b",
        re.IGNORECASE,
    )


_BY_KIND = {"number": _table(_NUMBER), "money": _table(_MONEY), "percent": _table(_PERCENT)}
_CLAUSE_END = re.compile(
    r"[;?!,()|\n+]|\.(?=\s|$)|(?<!\w)[-–—](?!\w)|\b(?:and|but|with|versus|vs|plus|then|if|while|when|instead|against)\b",
    re.IGNORECASE,
)
_IN_OUT_AFTER = re.compile(
    r"[\s-]*(?:tokens?[\s-]+)?(?:(?P<way>in|out)(?=\s*(?:$|[,;:+/&.?!)]|(?:and|plus|tokens?|with|on|using|via|per|each|for)\b|\d))"
    r"|(?P<out>out)(?!\s+of\b)\b)",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"[\s:=~≈]*(?:\b(?:rate|level|tokens?|share|price|costs?|value|window|length|of|is|are|was|were|be|at|to|by|equals|about|around"
    r"|roughly|approximately|only|just|under|over|up|a|an|the|our|my|for|from|per|year|month|percentage|as|least|minimum)\b[\s:=~≈]*)*",
    re.IGNORECASE,
)


def role_after(clause: str, kind: Kind) -> tuple[str, int] | None:
    """`(role, offset of its last character + 1)` of the first role word in the words after a number; for a percent a
    word of `WEAK` only where no other follows ("60% of the input cached" is of the cached)."""
    if kind == "number" and (way := _IN_OUT_AFTER.match(clause)):
        return "input" if (way["way"] or "out").lower() == "in" else "output", way.end()
    weak = None
    for found in _BY_KIND[kind].finditer(clause):
        if kind != "percent" or _role(found) not in WEAK:
            return _role(found), found.end()
        weak = weak or found
    return (_role(weak), weak.end()) if weak else None


def role_before(clause: str, kind: Kind) -> tuple[str, int, bool] | None:
    """`(role, offset of its first character, whether only joining words stand between it and the number)` of the last
    role word before a number."""
    last = None
    for found in _BY_KIND[kind].finditer(clause):
        last = found
    if last is None:
        return None
    return _role(last), last.start(), _JOINING.fullmatch(clause, last.end()) is not None


def is_joining(words: str) -> bool:
    """Whether only "of", "is", ":" and the like stand between a role word and its number."""
    return _JOINING.fullmatch(words) is not None


def clause_after(flat: str, start: int, stop: int) -> str:
    """The words from `start` up to the next number (`stop`) or the end of the clause, at most 60 characters."""
    text = flat[start : min(stop, start + 60)]
    end = _CLAUSE_END.search(text)
    return text[: end.start()] if end else text


def clause_before(flat: str, start: int, stop: int) -> str:
    """The words of the same clause from the number before (`stop`) up to `start`, at most 60 characters."""
    begin = max(stop, start - 60)
    text = flat[begin:start]
    ends = list(_CLAUSE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def _role(match: re.Match[str]) -> str:
    return str(match.lastgroup).partition("_")[2]
