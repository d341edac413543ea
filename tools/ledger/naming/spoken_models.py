"""What people call models: `claude` or `haiku` for every model of that name, `sonnet 4.5`, `4o mini` or `llama 70b` for
those that bear all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tools.ledger.naming.model_names import stated

SIZE = re.compile(r"\d+(?:x\d+)?b")
PART = re.compile(rf"{SIZE.pattern}(?![a-z])|\d+o(?![a-z0-9])|[a-z]+|\d+")
# A name without these is still the same model's: `70b instruct`, `sonnet 4.5`.
MAKERS = frozenset(
    "claude gpt gemini llama mistral deepseek qwen grok command meta anthropic openai amazon google cohere instruct"  # noqa: SIM905
    " chat preview latest it v".split()
)
# Families that are no model by themselves: `gemini 2.5` is the pro and the flash.
WHOLE_FAMILIES = frozenset("claude gemini llama qwen".split())  # noqa: SIM905


# What a model does, told by its name: `embeddings` is of text-embedding-3-large, titan-embed and voyage-3.
OF_A_KIND = {"embedding": re.compile(r"(?<![a-z])(?:embed(?:ding)?s?|voyage|bge|gte|e5)(?![a-z])", re.IGNORECASE)}


def models_meant(value: str, known: Sequence[str]) -> tuple[str, ...]:
    """The models of `known` that people mean by `value`; itself where it is one of them, or none is meant."""
    names = {name.casefold() for name in known}
    if kind := OF_A_KIND.get(value.casefold().removesuffix("s")):
        return tuple(name for name in known if kind.search(name)) or (value,)
    asked = _parts(value)
    if value.casefold() in names or stated(value).model in names or not asked:
        return (value,)
    found = {name: _parts(name) - asked for name in known if not asked - _parts(name)}
    found = {name: more for name, more in found.items() if _same(asked, more)}
    if asked.keys() - MAKERS:  # `flash` is not the flash lite where there is a flash
        plain = [name for name, more in found.items() if not any(_variant(part) for part in more)]
        return tuple(plain or found) or (value,)
    return tuple(found) or (value,)


def _parts(name: str) -> Counter[str]:
    """`gpt-4.1-mini` as gpt, 4, 1, mini; `llama 3.3 70B` as llama, 3, 3, 70b."""
    return Counter(PART.findall(name.casefold().replace("_", " ")))


def _same(asked: Counter[str], more: Counter[str]) -> bool:
    """Whether a model that bears `more` than what was asked for is still meant."""
    versions = [part for part in asked if part[0].isdigit() and not SIZE.fullmatch(part)]
    if not versions:
        return bool(re.search("[a-z]{2}", " ".join(asked))) or not more.keys() - MAKERS
    if any(part[0].isdigit() and not SIZE.fullmatch(part) and len(part) < 6 for part in more):
        return False
    words = [part for part in asked if not part[0].isdigit()]
    return not any(_variant(part) for part in more) or (bool(words) and WHOLE_FAMILIES.issuperset(words))


def _variant(part: str) -> bool:
    return not part[0].isdigit() and part not in MAKERS
