"""Which numbers of a question count the tokens of a described use."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.prices.text_tokens import tokens_of_words

ROLES = {
    "input": "input_tokens",
    "output": "output_tokens",
    "cached": "cached_input_tokens",
    "cache_write": "cache_write_tokens",
    "audio_input": "input_audio_tokens",
    "audio_output": "output_audio_tokens",
}
GIVEN_BACK = re.compile(
    r"\b(?:gets?|getting|returns?|returning|receives?|writes? back|answers? with|produc\w+|generat\w+)"
    r"\s+(?:us\s+|back\s+|about\s+)*$",
    re.I,
)
SENT = re.compile(
    r"\b(?:sends?|sending|reads?|reading|feeds?|feeding|puts?|passes|passing|pastes?)\s+(?:in\s+|it\s+|about\s+)*$",
    re.I,
)
ABOVE = re.compile(r"(?:\b(?:over|above|beyond|past|exceeding|more than)|>)\s*$", re.IGNORECASE)
COUNTED_NOUN = re.compile(r"\s+(?!tokens?\b)(?:[a-z]+\s+)?[a-z]{3,}s\b", re.IGNORECASE)
RATE = re.compile(r"(?:\bper\s+|(?:\d|\btokens?|\bprice|\bcost)\s*/\s*)$", re.IGNORECASE)
IN_BESIDE = re.compile(r"\s+in\b", re.IGNORECASE)
BESIDE_ANOTHER = re.compile(r"\b(?:in|input|prompt|tokens?|out|output)\s*/\s*$", re.IGNORECASE)
THOUGHT = re.compile(r"\b(?:reasoning|thinking|thought|hidden|chain[\s-]of[\s-]thought)\b", re.IGNORECASE)
ONE_HOUR = re.compile(
    r"\b(?:1|one|an)[\s-]?(?:h|hr|hour)\b|\b60[\s-]?min\w*|\bextended\b|\blong(?:er)?[\s-]liv\w+", re.IGNORECASE
)
A_RATE = frozenset({Decimal(1000), Decimal(10**6)})  # "per 1M cached input tokens" asks for a price, of no volume
LEAST_TOKENS = 100


def tokens(r: Reading) -> list[Amount]:
    return [
        a
        for a in r.amounts
        if a.kind == "number" and (a.unit in {"token", "word"} or a.role in ROLES) and a.role != "context"
    ]


def volumes(r: Reading) -> list[Amount]:
    """Token counts to be priced; a context length is one only where no least window is asked for."""
    sides = {a.role for a in r.amounts if a.kind == "number" and a.unit == "token"}
    told = {"input", "output"} <= sides  # the words of the text are said beside them
    wanted = r.has("cheapest") and re.search(
        r"\b(?:over|above|least|more than|minimum|support\w*|with)\b", r.text, re.I
    )
    return [
        _as_tokens(a)
        for a in r.amounts
        if a.kind == "number"
        and not (told and a.unit == "word")
        and not (a.role == "context" and ABOVE.search(r.text[: a.start]))
        and (a in tokens(r) or (a.role == "context" and not wanted) or _sent_or_got(r, a))
        and not _is_rate(r, a)
    ]


def words(r: Reading) -> bool:
    """Whether a use is told in words of text."""
    return any(a.unit == "word" for a in r.amounts)


def _as_tokens(amount: Amount) -> Amount:
    return replace(amount, unit="token", value=tokens_of_words(amount.value)) if amount.unit == "word" else amount


def argument(r: Reading, amount: Amount, role: str) -> str:
    """The argument of a workload that a token count with a role goes into, thinking and one-hour writes apart."""
    phrase = r.text[amount.start : amount.phrase_end + 20]
    if role == "output" and THOUGHT.search(r.text[amount.start : amount.phrase_end]):
        return "reasoning_tokens"
    if role == "cache_write" and (ONE_HOUR.search(phrase) or ONE_HOUR.search(r.text)):
        return "cache_write_1h_tokens"
    return ROLES[role]


def _is_rate(r: Reading, amount: Amount) -> bool:
    """Whether a price for so many tokens is meant: `per 1M input tokens`, but not `1M in / 1M out`."""
    before = r.text[: amount.start]
    if not RATE.search(before) or BESIDE_ANOTHER.search(before):
        return False
    return amount.role is None or amount.value in A_RATE


def _sent_or_got(r: Reading, amount: Amount) -> bool:
    """Whether a bare number is of tokens, as a verb says that it is sent or comes back (`send 20k and get 1k back`), or
    as one beside it says that it goes in: `2M in gpt-4o 1M out`."""
    if amount.unit is not None or amount.role is not None or not r.models or amount.value < LEAST_TOKENS:
        return False
    before = r.text[max(0, amount.start - 40) : amount.start]
    if COUNTED_NOUN.match(r.text, amount.end):
        return False
    goes_in = IN_BESIDE.match(r.text, amount.end) and any(a.role == "output" and a.unit == "token" for a in r.amounts)
    return bool(goes_in or SENT.search(before) or GIVEN_BACK.search(before))
