"""The models that a question names, by the catalogue's names and by ids that only it knows."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from bot.agent.planner.names.ledger_names import LedgerNames
from tools.errors import ToolError
from tools.prices.catalogue import Catalogue
from tools.prices.mentions import Mention, mentions
from tools.prices.names import find_model

CODED = re.compile(r"(?<![\w.@/-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9.]*[A-Za-z0-9])+(?![\w@/])")
IN_PARTS = re.compile(
    r"(?<![\w.@/:-])[A-Za-z][\w-]*(?:[.:/@][\w-]+)*(?:[.:/][A-Za-z][\w-]*|:\d+)(?:[.:/@][\w-]+)*(?![\w@/-])"
)
BATCH = re.compile(r"\bbatch(?:ed|ing)?(?:\s+api)?\b", re.IGNORECASE)


@lru_cache(maxsize=2)
def model_words(catalogue: Catalogue) -> frozenset[str]:
    """The words in the ids of all models: `flash` and `lite`, which are no slips."""
    return frozenset(word for name in model_ids(catalogue) for word in re.findall(r"[a-z]{3,}", name))


def models_named(text: str, names: LedgerNames, catalogue: Catalogue) -> tuple[Mention, ...]:
    """The models named, those among them that are known only by their id in the catalogue (text-embedding-3-small)."""
    exact = _exact_ids(text, catalogue)
    taken = [(m.start, m.end) for m in exact]
    read = (
        _uncounted(_bare(_without_thousands(m, text), catalogue), text, catalogue)
        for m in mentions(text, catalogue, ignore=names.words)
    )
    found = [*exact, *(m for m in read if not covered(m.start, m.end, taken))]
    for coded in CODED.finditer(text):
        if not covered(coded.start(), coded.end(), [(m.start, m.end) for m in found]):
            if coded[0].casefold() not in model_ids(catalogue):
                continue
            try:
                found.append(Mention(coded.start(), coded.end(), coded[0], find_model(coded[0], catalogue)))
            except ToolError:
                continue
    return _said_again(sorted(found, key=lambda mention: mention.start), catalogue)


def _said_again(found: list[Mention], catalogue: Catalogue) -> tuple[Mention, ...]:
    """The mentions, a family's name after one of its models (`sonnet 4.5 ... on sonnet`) read as that model again, and
    a variant's name right after a model (`Gemini 2.5 Flash and Flash-Lite`) as that variant of it."""
    full = [one for one in found if one.ref is not None]
    again = [_as_before(one, [other for other in full if other.start < one.start]) for one in found]
    return tuple(
        _as_variant(one, again[at - 1], catalogue) if at and one.ref is None else one for at, one in enumerate(again)
    )


def _as_variant(one: Mention, before: Mention, catalogue: Catalogue) -> Mention:
    from bot.agent.planner.threads.model_variants import VARIANTS, sibling

    if before.ref is None or one.text.casefold() not in VARIANTS:
        return one
    name = sibling(before.ref.model, one.text, catalogue)
    if name is None:
        return one
    try:
        return replace(one, text=name, ref=find_model(name, catalogue), problem=None)
    except ToolError:
        return one


def _as_before(one: Mention, before: list[Mention]) -> Mention:
    if one.ref is not None or not re.fullmatch(r"[A-Za-z]+", one.text):
        return one
    meant = {
        other.text: other for other in before if one.text.casefold() in re.split(r"[\s.-]+", other.text.casefold())
    }
    if len(meant) != 1:
        return one
    (other,) = meant.values()
    return replace(one, text=other.text, ref=other.ref, problem=None, provider=one.provider or other.provider)


def _exact_ids(text: str, catalogue: Catalogue) -> list[Mention]:
    """The models named by an id that has a maker, a version or a path in it: amazon.nova-lite-v1:0."""
    found = []
    for said in IN_PARTS.finditer(text):
        if said[0].casefold() in model_ids(catalogue):
            with suppress(ToolError):
                found.append(Mention(said.start(), said.end(), said[0], find_model(said[0], catalogue)))
    return found


@lru_cache(maxsize=2)
def model_ids(catalogue: Catalogue) -> frozenset[str]:
    """The ids of all models, lower case."""
    return frozenset(entry.ref.model.casefold() for entry in catalogue)


MONTH_AFTER = re.compile(r"\s+20\d\d(?:[-/](?:0[1-9]|1[0-2]))?$")
# `gpt-5-nano 4B in`: tokens, and no size of a model.
COUNT_AT_END = re.compile(r"\s+\d+(?:\.\d+)?\s?[kmb]$", re.IGNORECASE)
SIDE_AFTER = re.compile(r"\s+(?:in|out|input|output|tokens?|toks?|prompts?|completions?)\b", re.IGNORECASE)
VERSION_GOES_ON = re.compile(r"-\d\d-\d\d(?!\d)")


def _without_thousands(mention: Mention, text: str) -> Mention:
    """The mention without the end of a number or a month before it, or a month after it: `1,000 gpt-4o-mini calls`,
    `2026-03 gpt-4o`, `gpt-4o 2026-03`."""
    after = MONTH_AFTER.search(mention.text)
    if after and not VERSION_GOES_ON.match(text, mention.end):
        end = mention.start + after.start()
        mention = replace(mention, end=end, text=mention.text[: after.start()])
    tail = re.match(r"\d{2,3}\s+(?=\D)", mention.text)
    if tail is None or not re.search(r"\d[,/-]$", text[: mention.start]):
        return mention
    return replace(mention, start=mention.start + tail.end(), text=mention.text[tail.end() :])


BATCHED = re.compile(rf"{BATCH.pattern}\s+", re.IGNORECASE)


def _bare(mention: Mention, catalogue: Catalogue) -> Mention:
    """The mention without `batched` before the model's name, which says how it is priced."""
    said = BATCHED.match(mention.text)
    named = mentions(mention.text[said.end() :], catalogue) if said else []
    if said is None or len(named) != 1:
        return mention
    start = mention.start + said.end() + named[0].start
    return replace(named[0], start=start, end=start + len(named[0].text), provider=mention.provider)


def _uncounted(mention: Mention, text: str, catalogue: Catalogue) -> Mention:
    """The mention without the tokens told after it, where it is no model with them and is one without."""
    counted = COUNT_AT_END.search(mention.text)
    if mention.ref is not None or counted is None or not SIDE_AFTER.match(text, mention.end):
        return mention
    named = mentions(mention.text[: counted.start()], catalogue)
    if len(named) != 1 or named[0].ref is None:
        return mention
    start = mention.start + named[0].start
    return replace(named[0], start=start, end=start + len(named[0].text), provider=mention.provider)


def covered(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < stop and first < end for first, stop in spans)
