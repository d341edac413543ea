"""Models named inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tools.errors import NeedsChoice, Unknown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.families import spoken_keys
from tools.prices.index import Index, index_of
from tools.prices.resolve import choose, corrections
from tools.prices.spelling import SOFT, Token, soft_key, tokens
from tools.prices.vocabulary import (
    EVERYDAY,
    GPT_SIZES,
    IMPLIED,
    MAKER_WORDS,
    MAKERS,
    SERIES,
    SERVICE_WORDS,
    STAND_ALONE,
    host_pattern,
    provider_id,
    provider_pattern,
)

LONGEST = 8
_JOINT = re.compile(r"[ \t\xa0]?|[-_./:@]")
_AFTER = re.compile(
    rf"\s*(?:,\s*)?(?:\((?:on |via )?({provider_pattern()})\)"
    rf"|(?:on|via|through|from|at|@)\s+(?:the\s+)?({provider_pattern()})\b)",
    re.I,
)
_BEFORE = re.compile(rf"\b({host_pattern()})(?:'s)?\s+$", re.I)
_BEDROCK_ID = re.compile(r"\b(?:anthropic|meta|amazon|mistral|cohere|deepseek|openai)\.$", re.I)
_LIST = re.compile(r"\s*(?:,|and|or|vs\.?|versus|with|against|to|,\s*and|,\s*or|/|&)\s*(?:the\s+)?", re.I)
_SUFFIX = re.compile(r"-(?!v\d)([A-Za-z][A-Za-z0-9]*)")
_HARMLESS = re.compile(
    r"based|class|style|level|like|only|powered|vs|and|or|to|on|via|hosted|input|output|tokens?|cached?|batch|costs?"
    r"|prices?|pricing|bill|spend|usage|traffic|calls|requests|read|write|family|series|equivalent",
    re.I,
)
_UNITS = re.compile(
    r"\s*(?:%|percent|million|billion|thousand|bn\b|tokens?\b|requests?\b|calls?\b|times\b|x\b|users?\b|days?\b|hours?\b"
    r"|weeks?\b|months?\b|years?\b|teams?\b|projects?\b|models?\b|apps?\b|agents?\b|seats?\b|of\b|per\b|,\d{3})",
    re.I,
)
# No slip of a part of a name: `its gpt-4o-mini` is not the tts.
_SMALL = re.compile(
    r"it['’]?s|his|her|our|their|th(?:is|at|ese|ose)|all|any|as|at|on|to|is|if|not|and|or|of|in|for|was|what|which|who"
    r"|with|from|by|into|we|us|they|has|had|have|did|does|do|were|are|be|been|use[ds]?|using|than|then|so|but|now|when"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPELT = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|a|one|half|hundred)"
)
_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?")
_VARIANT = re.compile(
    r"mini|nano|pro|turbo|flash|lite|max|ultra|plus|large|medium|small|fast|high|opus|sonnet|haiku|fable|preview|instruct"
    r"|thinking|reasoning|audio|realtime|vision|image|codex|micro|premier"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names a model: `ref`, or `problem` when it is ambiguous (NeedsChoice, with its options) or is
    no model of the catalogue (Unknown, with the nearest names). `provider` is set where the sentence says one."""

    start: int
    end: int
    text: str
    ref: ModelRef | None
    problem: NeedsChoice | Unknown | None = None
    provider: str | None = None

    @property
    def candidates(self) -> tuple[str, ...]:
        if isinstance(self.problem, NeedsChoice):
            return self.problem.options
        return self.problem.nearest if self.problem else ()


def mentions(text: str, catalogue: Catalogue, ignore: Collection[str] = ()) -> list[Mention]:
    """The models that a sentence names, in order, the longest reading of each.

    Families that are also ordinary words or companies (command, nova, Mistral) count only with a known model's full
    name. Something that looks like a model but is none is a mention with a problem, never another model. `ignore` are
    names that mean something else here, such as teams.
    """
    index = index_of(catalogue)
    parts = tokens(text)
    skipped = {name.casefold() for name in ignore}
    found: list[Mention] = []
    place = 0
    while place < len(parts):
        end = _end(parts, place, text, index)
        said = text[parts[place].start : parts[end - 1].end] if end else ""
        if not end or said.casefold() in skipped:
            place += 1
            continue
        found.append(_mention(parts[place:end], text, catalogue))
        place = end
    return _with_shared_provider(found, text, catalogue)


def _end(parts: Sequence[Token], start: int, text: str, index: Index) -> int:
    """Where a model's name that starts at this part ends; 0 when none starts here."""
    first = parts[start].text
    if (
        first in SOFT
        or _SMALL.fullmatch(first)
        or (first in MAKER_WORDS and first not in MAKERS)
        or _YEAR.fullmatch(first)
    ):
        return 0
    run = [parts[start]]
    known = 0
    for part in parts[start + 1 : start + LONGEST]:
        counts = _SPELT.fullmatch(part.text) and _UNITS.match(text, part.end)
        if part.text in SERVICE_WORDS or counts or not _JOINT.fullmatch(text[run[-1].end : part.start]):
            break
        run.append(part)
    for length in range(len(run), 0, -1):
        if _is_name(run[:length], text, index):
            known = length
            break
    open_end = _unknown_length(run, text) if _family(run[:2]) else 0
    if known:
        suffix = _SUFFIX.match(text, run[known - 1].end)
        if suffix and not _HARMLESS.fullmatch(suffix[1]):
            known = next((n for n in range(known + 1, len(run) + 1) if run[n - 1].end >= suffix.end()), known)
    best = max(known, open_end)
    return start + best if best else 0


def _is_name(run: Sequence[Token], text: str, index: Index) -> bool:
    words = [part.text for part in run]
    if len(run) == 1:
        return words[0] in SERIES
    if len(run) == 2 and words[0].isdigit():
        return False
    family = next((word for word in words if word in MAKERS or word in IMPLIED), None)
    if family is None:
        return len(run) == 2 and GPT_SIZES.issuperset(words[1:]) and "." in words[0] and _in_index(run, index)
    if family == "command" and "-" not in text[run[0].start : run[-1].end] and "plus" not in words:
        return False
    return _in_index(run, index) and (
        family in STAND_ALONE or any(part.is_number for part in run) or family in EVERYDAY
    )


def _in_index(run: Sequence[Token], index: Index) -> bool:
    if run[-1].text in ("the", "api", "model", "it") or len(soft_key(run)) < 2:
        return False
    return any(name in index.by_key for name in spoken_keys(run)) or (
        len(run) > 2 and len(corrections(run, index)) == 1
    )


def _family(run: Sequence[Token]) -> bool:
    first = run[0].text
    return first in STAND_ALONE or (len(run) > 1 and first in ("deepseek", "qwen", "kimi", "glm") and run[1].is_number)


def _unknown_length(run: Sequence[Token], text: str) -> int:
    """How far a name goes that starts with a family: versions and variant words, but no quantity."""
    length = 1
    for part in run[1:]:
        number = _VERSION.fullmatch(part.text) and not _UNITS.match(text, part.end) and part.text[-1] not in "kmx"
        if not (number or _VARIANT.fullmatch(part.text) or part.text in STAND_ALONE):
            break
        length += 1
    return length


def _mention(run: Sequence[Token], text: str, catalogue: Catalogue) -> Mention:
    start, end = run[0].start, run[-1].end
    before = _BEFORE.search(text[:start])
    after = _AFTER.match(text, end)
    if after or before:
        provider = provider_id(next(filter(None, after.groups())) if after else before[1] if before else "")
    else:
        provider = "aws" if _BEDROCK_ID.search(text[:start]) else None
    return _resolved(Mention(start, end, text[start:end], None, None, provider), catalogue)


def _resolved(mention: Mention, catalogue: Catalogue) -> Mention:
    try:
        return replace(
            mention, ref=choose(tokens(mention.text), mention.text, mention.provider, catalogue), problem=None
        )
    except (NeedsChoice, Unknown) as problem:
        return replace(mention, ref=None, problem=problem)


def _with_shared_provider(found: Sequence[Mention], text: str, catalogue: Catalogue) -> list[Mention]:
    """`sonnet 4.5 and haiku 4.5 on Bedrock` means both on Bedrock, where Bedrock has both and they differ."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        this, following = shared[place], shared[place + 1]
        if this.provider or not following.provider or this.text.casefold() == following.text.casefold():
            continue
        if not _AFTER.match(text, following.end) and not (place + 2 < len(shared)):
            continue
        if _LIST.fullmatch(text[this.end : following.start]):
            there = _resolved(replace(this, provider=following.provider), catalogue)
            if there.ref and following.ref:
                shared[place] = there
    return shared
