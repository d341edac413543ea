"""Our own traffic on another model, as a batch or with a cache: which part of it, how much of it, over how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.agent.planner.catalogue_models import BATCH
from bot.agent.planner.intents.own_spend import QUANTITY, about_spend, own
from bot.agent.planner.intents.scenario import volume_moved
from bot.agent.planner.intents.spend_scope import filters, spans
from bot.agent.planner.intents.workload import NO_CACHE
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain
from tools.prices.vocabulary import provider_id

INSTEAD = re.compile(
    r"\b(?:on|to|onto|with|using|by|into|than|in|at)\s+(?:\w+\s+){0,2}$|\binstead\s+(?:of\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
USED = re.compile(r"\b(?:instead of|in place of|rather than|not)\s+(?:\w+(?:['’]s?)?\s+){0,2}$", re.IGNORECASE)
FROM = re.compile(
    r"\b(?:from|off|instead of|of|our|than)\s+(?:(?!(?:on|to|onto|with)\s)\w+(?:['’]s?)?\s+){0,2}$", re.IGNORECASE
)
# `on 4o-mini instead`; `everything that ran on 4o`; `to 4o-mini`.
THEN = re.compile(r"(?:\s+\w+){0,2}?\s+instead\b(?!\s+of)", re.IGNORECASE)
RAN = re.compile(
    r"\b(?:(?<!suppose )(?<!assume )(?<!imagine )(?<!say )that|which|whatever|everything"
    r"|what(?!\s+(?:if|would|is|was)\b))\b[^,;:]*\b(?:did|ran|runs|used|uses|spent|has|had|was|were|is|are|does)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
DID = re.compile(
    r"(?:['’]s)?\s+(?:did|does|do|ran|runs|handle[ds]?|serve[ds]?|currently|is\s+doing|was\s+doing)\b", re.I
)
STAYS = re.compile(r"\b(?:stay|keep|remain)(?:s|ing)?\s+(?:on|with|using|at)\s+(?:\w+\s+)?$", re.IGNORECASE)
RIGHT_ONTO = re.compile(r"\b(?:on|to|onto|into|with|using)\s+$", re.IGNORECASE)
ONTO = re.compile(r"\b(?:to|onto|into|with|by)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
MOVES = (
    r"(?:switch|swap|mov|migrat|re-?pric|replac|shift|re-?rout|rout|port|transfer|redirect)"
    r"(?:e[ds]?|p?ing|p?ed|s)?"
)
SUPPOSING = re.compile(
    r"\b(?:if|would|instead|in place of|suppos\w+|imagine|assum\w+|onto|(?:could|can|might|should) (?:go|run|move|be)"
    rf"|(?:stay|keep)(?:ing)? (?:on|with|using)|{MOVES}|had (?:run|been|used|gone)|re-?(?:run|do|cost|calculat\w+))\b",
    re.IGNORECASE,
)
AS_A_BATCH = re.compile(
    r"\b(?:via|through|using|on|in|by|with|at|as)\s+(?:an?\s+|the\s+)?batch|\bbatch\s+(?:mode|api|processing|pricing|discount)",
    re.IGNORECASE,
)
BILLED = re.compile(r"\b(?:did|was|were|spen[dt]|paid|billed|charged)\b", re.IGNORECASE)
USES = r"(?:traffic|usage|use|volumes?|calls|requests|tokens|spend|bill|costs?)"
USE_AFTER = re.compile(rf"(?:['’]s)?\s+(?:api\s+|token\s+)?{USES}\b", re.IGNORECASE)
USE_BEFORE = re.compile(rf"\b{USES}\s+(?:(?:of|by|for|from)\s+\S+\s+)?(?:on|of|with|for)\s+$", re.IGNORECASE)
# What joins options of which each is to be priced: `on haiku or on gpt-5-mini`.
OR = re.compile(
    r"\s*,?\s*(?:(?:or|vs\.?|versus|compared\s+(?:to|with)|respectively)\s+)(?:on\s+|with\s+|to\s+)?|\s*,\s*",
    re.IGNORECASE,
)
UNCACHED = re.compile(
    rf"{NO_CACHE.pattern}|\bcach(?:ed|ing)\s+(?:of\s+)?nothing\b|\bnothing\s+(?:\w+\s+){{0,3}}cached\b"
    r"|\b(?:not|never|n['’]t)\s+(?:have\s+|been\s+)*cach(?:ed|e)\b|\bcach\w+\s+(?:\w+\s+){0,2}(?:off|disabled)\b"
    r"|\b(?:turn\w*|switch\w*)\s+off\s+(?:the\s+|prompt\s+)*cach\w*|\bdisabl\w+\s+(?:the\s+|prompt\s+)*cach\w*",
    re.IGNORECASE,
)
PARTS = {"half": 2, "a third": 3, "one third": 3, "a quarter": 4, "one quarter": 4, "a fifth": 5, "a tenth": 10}
MORE_PARTS = {"two thirds": Decimal(200) / 3, "two-thirds": Decimal(200) / 3, "three quarters": Decimal(75)}
A_PART = re.compile(
    rf"\b(?P<part>{'|'.join([*PARTS, *MORE_PARTS])})\s+(?:of\s+)?"
    r"(?=(?:the|our|its|their|that|those|this|it|them|all)\b|[\w-]+(?:\s+[\w-]+)?['’]s?\s)"
    r"|\bthe\s+(?:other\s+)?half\b|(?<![\w-])half\s+(?:of\s+)?(?=[\w-]+)",
    re.IGNORECASE,
)
PART_AFTER = re.compile(rf"\s*(?:of\b|were\b|was\b|had\b|went\b|ran\b|goes\b|go\b|run\b|{MOVES}\b)", re.IGNORECASE)
OF_THE_INPUT = re.compile(r"\s*of\s+(?:\S+\s+){0,3}?(?:inputs?|prompts?)\b", re.IGNORECASE)
SAVED = re.compile(
    r"\bsav(?:e|es|ed|ing|ings)\b|\b(?:delta|difference)\b|\bhow much (?:less|cheaper|lower)\b", re.IGNORECASE
)
OVER = (
    (
        "year",
        re.compile(
            r"\b(?:annual(?:ly|i[sz]ed)?|yearly|(?:a|per|each|every)\s+year|per annum|p\.\s?a\.|12 months)\b", re.I
        ),
    ),
    ("quarter", re.compile(r"\b(?:quarterly|(?:a|per|each|every)\s+quarter)\b(?!\s+of\b)", re.IGNORECASE)),
    ("month", re.compile(r"\b(?:monthly|(?:a|per|each|every)\s+month)\b", re.IGNORECASE)),
)
OWN = ("to_model", "batch", "cached_share", "moved_share", "volume_change", "saving", "over")


def _weigh(r: Reading) -> float | None:
    batched = AS_A_BATCH.search(r.text) is not None and not BILLED.search(r.text)
    moved = r.models or BATCH.search(r.text) or _cached_share(r) is not None
    supposed = SUPPOSING.search(r.text) or r.has("whatif") or batched or _from_one_to_another(r)
    if not moved or not supposed or any(a.unit == "token" for a in r.amounts) or QUANTITY.search(r.text):
        return None
    score = about_spend(r) or own(r)
    if score < 0.25 and not (r.periods and len(r.models) > 1):
        return None
    grown = volume_moved(r) is not None and any(INSTEAD.search(r.text[: m.start]) for m in r.models)
    return 0.3 + max(score, 0) + 1.0 * grown + 0.3 * batched


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = filters(r, {k: v for k, v in base.items() if k not in OWN})
    args |= {key: base[key] for key in OWN if key in base}
    share, names = _cached_share(r), r.model_names()
    targets = _targets(r)
    if len(names) > 1:
        args["to_model"] = names[targets[0]]
        args["model"] = tuple(name for i, name in enumerate(names) if i not in targets)
    elif names and BATCH.search(r.text) is None and share is None and not _grows_there(r):
        args["to_model"] = names[0]
        args.pop("model", None)
        if "model" in base:
            args["model"] = base["model"]
    if "to_model" in args and (kept := _not_the_host(r, args)) is not None:
        args = kept
    if BATCH.search(r.text):
        args["batch"] = True
    if share is not None:
        args["cached_share"] = plain(share)
    if r.has("untagged"):
        args["team"] = (*args.get("team", ()), "untagged")
    if (part := _part(r)) is not None:
        args["moved_share"] = plain(part)
    if (change := volume_moved(r)) is not None and not (len(r.percents) == 1 and _of_the_traffic(r, r.percents[0])):
        args["volume_change"] = plain(change)
    if SAVED.search(r.text):
        args["saving"] = True
    if span := next((name for name, words in OVER if words.search(r.text)), None):
        args["over"] = span
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    if len(targets) > 1 and args.get("model"):
        return tuple(Planned("what_if", {**args, "to_model": names[target]}) for target in targets)
    return (Planned("what_if", args),)


def _from_one_to_another(r: Reading) -> bool:
    """`search May, gpt-4o to haiku`."""
    return len(r.models) == 2 and r.text[r.models[0].end : r.models[1].start].strip() == "to" and bool(r.periods)


def _cached_share(r: Reading) -> Decimal | None:
    """Percent of the input that is to be read from the cache; 0 where nothing is to be cached."""
    if share := r.amount("cached", kind="percent"):
        return share.value
    return Decimal(0) if UNCACHED.search(r.text) else None


def _part(r: Reading) -> Decimal | None:
    """Percent of the traffic that moves: `half of it`, `30% of the calls`, `if 40% moved`."""
    if found := next((a for a in r.percents if _of_the_traffic(r, a)), None):
        return found.value
    said = A_PART.search(r.text)
    if said is None:
        return None
    word = (said["part"] or "half").lower()
    return MORE_PARTS[word] if word in MORE_PARTS else Decimal(100) / PARTS[word]


def _of_the_traffic(r: Reading, amount: Amount) -> bool:
    if amount.role not in {None, "share"} or amount.signed:
        return False
    after = r.text[amount.end :]
    return PART_AFTER.match(after) is not None and OF_THE_INPUT.match(after) is None


def _not_the_host(r: Reading, args: Args) -> Args | None:
    """The arguments without the provider that only says where the other model would run: `on haiku 4.5 via Bedrock`."""
    hosts = {m.provider for m in r.models if m.provider}
    if not hosts:
        return None
    kept = {
        key: tuple(name for name in value if provider_id(name.split()[0].lower()) not in hosts)
        if key in {"provider", "service"}
        else value
        for key, value in args.items()
    }
    return {key: value for key, value in kept.items() if value != ()}


def _grows_there(r: Reading) -> bool:
    """Whether the traffic that the one model named has is what grows or shrinks: `gpt-4o traffic 20% higher`."""
    if volume_moved(r) is None or len(r.models) != 1:
        return False
    (model,) = r.models
    return bool(USE_AFTER.match(r.text, model.end) or USE_BEFORE.search(r.text[: model.start]))


def _targets(r: Reading) -> tuple[int, ...]:
    """Which of the models named are moved to: the one before `instead`, after `on`, `to`, `with`, and not the one that
    the other was used `instead of` or that something `did` run on, else the last; and what `or`, `vs` join to it."""
    said: dict[str, list[tuple[int, int, int]]] = {name: [] for name in r.model_names()}
    for one in r.models:
        name = replace(r, models=(one,)).model_names()[0]
        said[name].append((_moved_to(r, one.start, one.end), one.start, one.end))
    if not said:
        return ()
    scores = [min(found)[0] if min(found)[0] < 0 else max(found)[0] for found in said.values()]
    spans = [found[0][1:] for found in said.values()]
    first = last = max(i for i, score in enumerate(scores) if score == max(scores))
    while first and scores[first - 1] > 0 and OR.fullmatch(r.text[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and scores[last + 1] >= 0 and OR.fullmatch(r.text[spans[last][1] : spans[last + 1][0]]):
        last += 1
    return tuple(range(first, last + 1))


def _moved_to(r: Reading, start: int, end: int) -> int:
    """How much the words beside a model say that traffic moves to it; below 0 that it comes from there."""
    before = r.text[:start]
    if USED.search(before) or STAYS.search(before) or (FROM.search(before) and not RIGHT_ONTO.search(before)):
        return -2
    if THEN.match(r.text, end):
        return 3
    if RAN.search(before) or DID.match(r.text, end):
        return -1
    return 2 if ONTO.search(before) else 1 if INSTEAD.search(before) else 0


INTENTS = (Intent("what_if", _weigh, _fill),)
