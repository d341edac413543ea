"""Which open model a question on building names, and how many bits its weights have."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.agent.planner.reading import Reading

SIZE = re.compile(r"(?<![\w.])(?P<size>\d+(?:\.\d+)?)\s?(?P<scale>[bB]|[tT])\b(?!\s*(?:tokens|tok))")
BITS = re.compile(
    r"\b(?P<bits>4|8|16|32)[\s-]?bits?\b|\b(?:int|fp|bf|float|q|w|nf)[\s-]?(?P<typed>4|8|16|32)\b"
    r"|\b(?P<half>half[\s-]precision)\b|\b(?P<full>full[\s-]precision)\b",
    re.IGNORECASE,
)
CACHE_BITS = re.compile(r"\s*(?:kv|cache)\b", re.IGNORECASE)


def bits_named(r: Reading) -> str | None:
    """Bits a parameter, as they are told: `int4`, `8-bit`, `half precision`."""
    found = BITS.search(r.text)
    if found is None:
        return None
    if found["half"] or found["full"]:
        return "16" if found["half"] else "32"
    return found["bits"] or found["typed"]


def model_named(r: Reading) -> str | None:
    """The open model whose shape is on record and that is named, the longest name first; else the first model read
    whose name tells a size; None where there is none."""
    if known := _known().search(r.text):
        return re.sub(r"\s+", " ", known[0])
    return next((m.text for m in r.models if SIZE.search(m.text)), None)


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    from tools.calculators.architectures import architecture_names

    named = sorted((name for name in architecture_names() if re.search(r"\d", name)), key=len, reverse=True)
    joined = "|".join(
        re.sub(r"[\s-]+", r"[\\s-]?", re.escape(name).replace(r"\ ", " ").replace(r"\-", "-")) for name in named
    )
    return re.compile(rf"(?<![\w.-])(?:{joined})(?![\w.]*\w)", re.IGNORECASE)
