"""Models and families of models that a question on own spend names."""

from __future__ import annotations

import re

from bot.agent.planner.names.ledger_names import CHAIN, EXCLUDING
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches
from tools.ledger.naming.model_names import stated
from tools.prices.mentions import Mention

# `dropping opus for sonnet`: moved, not left out.
SWAPPED = re.compile(r"\s+(?:for|in\s+favou?r\s+of|and\s+(?:using|moving|going|switching))\b", re.IGNORECASE)
FAMILY = re.compile(
    r"\b(?:claude|gemini|gpt|llama|haiku|sonnet|opus|deepseek|grok|qwen|mi[sx]tral|ministral|codestral|devstral|magistral"
    r"|pixtral|gemma|phi|kimi|jamba|(?:text[\s-]+)?embeddings?)\b(?!\s+(?:api|ai)\b)",
    re.IGNORECASE,
)


def of_a_family(text: str, at: int) -> bool:
    """Whether what stands at `at` is of a family's name, or of a kind of models: the `text` of text embeddings."""
    return any(found.start() <= at < found.end() for found in FAMILY.finditer(text))


def model_filters(r: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The models, or families of models, that the question is about, and those that it leaves out."""
    named = [(m.start, m.end, _billed(m)) for m in r.models]
    taken = [*((start, end) for start, end, _ in named), *((v.start, v.end) for v in r.values)]
    families = [(f.start(), f.end(), f[0].lower()) for f in FAMILY.finditer(r.text)]
    named += [found for found in families if not touches(found[0], found[1], taken)]
    meant, unwanted, before = list[str](), list[str](), None
    for start, end, name in sorted(named):
        chained = before is not None and CHAIN.fullmatch(r.text[before:start]) is not None
        out = chained or (EXCLUDING.search(r.text[:start]) is not None and not SWAPPED.match(r.text, end))
        before = end if out else None
        if out:
            unwanted.append(name)
        elif not r.models or (start, end) in ((m.start, m.end) for m in r.models):
            meant.append(name)
    return tuple(dict.fromkeys(meant)), tuple(dict.fromkeys(unwanted))


def _billed(mention: Mention) -> str:
    """The model as asked for; by its catalogue's name where the ledger would read only a part of a misspelt one: `gpt
    4o mnii` is no gpt-4o."""
    words = re.findall(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])", mention.text.lower())
    if mention.ref is None or not words or words[-1] in stated(mention.text).model:
        return mention.text
    return mention.ref.model
