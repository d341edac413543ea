"""Our own traffic on another model, as a batch or with a cache: which part of it, how much of it, over how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import QUANTITY, about_spend, own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.supposed.moved_to import (
    INSTEAD,
    MOVES,
    THEN,
    at_its_rates,
    beside_another,
    from_one_to_another,
    moved_to,
    onto_unbilled,
    targets,
    unbilled,
    variant_left,
    variant_said,
)
from bot.agent.planner.intents.supposed.portions_moved import cached_share, of_the_traffic, part
from bot.agent.planner.intents.supposed.scenario import volume_moved
from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain
from tools.prices.vocabulary import provider_id

SUPPOSING = re.compile(
    r"(?:^\W*(?:and\s+)?(?:let['’]?s\s+)?say\b)"
    r"|\b(?:if|would|instead|rather than|in place of|suppos\w+|imagine|assum\w+|onto"
    r"|(?:could|can|might|should) (?:[\w'’.-]+ ){0,3}?(?:go|run|move|be|use|switch)"
    rf"|(?:stay|keep)(?:ing)? (?:on|with|using)|{MOVES}"
    r"|had (?:[\w'’.-]+ ){0,5}?(?:run|been|used|gone|taken|sat|lived)"
    r"|re-?(?:run|do|done|cost|rate|work|figure|calculat\w+|comput\w+)(?:ed|s)?)\b",
    re.IGNORECASE,
)
# So it is said of what is planned, and of what was: `put it on haiku`, `we put haiku on support`.
PLANNED = re.compile(
    r"\b(?:(?:drop|ditch|abandon|retir)\w* [^,;.?]{1,40} for|(?:put|take|send|hand|run)\b[^,;.?]{1,80}\b"
    r"(?:on|to|through|as)|wants? [^,;.?]{1,60} (?:on|to|in)|(?:prepar|plan|propos|consider)\w*)\b",
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
HALF_OFF = re.compile(r"\b(?:at|for)\s+half\s+(?:the\s+)?(?:price|cost|rate)\b", re.IGNORECASE)
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
    ("month", re.compile(r"\b(?:monthly|(?:a|per|each|every)\s+month)\b(?!\s+like\b)", re.IGNORECASE)),
    ("week", re.compile(r"\b(?:weekly|(?:a|per|each|every)\s+week)\b", re.IGNORECASE)),
    ("day", re.compile(r"\b(?:daily|(?:a|per|each|every)\s+day)\b", re.IGNORECASE)),
)
LEAST = 0.25
MOVING = re.compile(rf"\b{MOVES}\b", re.IGNORECASE)
OWN = ("to_model", "batch", "cached_share", "moved_share", "volume_change", "saving", "over")


def _supposed(r: Reading, batched: bool) -> bool:
    said = SUPPOSING.search(r.text) or r.has("whatif") or batched or from_one_to_another(r)
    said = said or (cached_share(r) is not None and bool(r.percents) and not BILLED.search(r.text))
    said = said or (onto_unbilled(r) and not BILLED.search(r.text))
    return bool(said or at_its_rates(r) or beside_another(r) or (PLANNED.search(r.text) and not BILLED.search(r.text)))


def _weigh(r: Reading) -> float | None:
    batched = AS_A_BATCH.search(r.text) is not None and not BILLED.search(r.text)
    moved = r.models or BATCH.search(r.text) or cached_share(r) is not None
    if not r.has("untagged") and _only_grows(r):
        return None
    if not moved or not _supposed(r, batched) or any(a.unit == "token" for a in r.amounts) or QUANTITY.search(r.text):
        return None
    score = about_spend(r) or own(r)
    elsewhere = any(unbilled(r, m) for m in r.models) and bool(r.periods)
    if score < LEAST and not (r.periods and len(r.models) > 1) and not (elsewhere and r.values):
        return None
    grown = volume_moved(r) is not None and any(INSTEAD.search(r.text[: m.start]) for m in r.models)
    return 0.3 + max(score, 0) + 1.0 * grown + 0.3 * batched + 0.4 * elsewhere


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = filters(r, {k: v for k, v in base.items() if k not in OWN})
    args |= {key: base[key] for key in OWN if key in base}
    share, names = cached_share(r), r.model_names()
    onto = targets(r)
    if len(names) > 1:
        args["to_model"] = names[onto[0]]
        args["model"] = tuple(name for i, name in enumerate(names) if i not in onto)
    elif names and _is_target(r, share is not None):
        args["to_model"] = names[0]
        args.pop("model", None)
        if (variant := variant_said(r)) is not None:
            args = {key: value for key, value in args.items() if key != "team" or value != (variant,)}
            if "team" in args:
                args["team"] = tuple(name for name in args["team"] if name != variant)
        if before := variant_left(r) or base.get("model"):
            args["model"] = (before,) if isinstance(before, str) else before
    if "to_model" in args and (kept := _not_the_host(r, args)) is not None:
        args = kept
    if BATCH.search(r.text):
        args["batch"] = True
        if (off := r.amount("batch", "discount", kind="percent")) is not None:
            args["batch_discount"] = plain(off.value)
        elif HALF_OFF.search(r.text):
            args["batch_discount"] = "50"
    if share is not None:
        args["cached_share"] = plain(share)
    if r.has("untagged"):
        args["team"] = (*args.get("team", ()), "untagged")
    if (moved := part(r)) is not None:
        args["moved_share"] = plain(moved)
    if (change := volume_moved(r)) is not None and not (len(r.percents) == 1 and of_the_traffic(r, r.percents[0])):
        args["volume_change"] = plain(change)
    if SAVED.search(r.text):
        args["saving"] = True
    if span := next((name for name, words in OVER if words.search(r.text)), None):
        args["over"] = span
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    if len(onto) > 1 and args.get("model"):
        return tuple(Planned("what_if", {**args, "to_model": names[target]}) for target in onto)
    return (Planned("what_if", args),)


def _only_grows(r: Reading) -> bool:
    """Whether nothing moves elsewhere: only the use of the one model named grows or shrinks."""
    return _grows_there(r) and BATCH.search(r.text) is None and cached_share(r) is None


def _is_target(r: Reading, cached: bool) -> bool:
    """Whether the one model named is moved to, rather than the one whose use is looked at."""
    if _grows_there(r):
        return False
    if BATCH.search(r.text) is None and not cached:
        return True
    return unbilled(r, r.models[0]) or (moved_to(r, r.models[0]) > 1 and MOVING.search(r.text) is not None)


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
    """Whether the traffic that the one model named has is what grows or shrinks: `gpt-4o traffic 20% higher`. It may be
    named again in what is asked: `if traffic on gpt-4o doubled, what would gpt-4o have cost`."""
    if volume_moved(r) is None or len(r.model_names()) != 1 or any(THEN.match(r.text, m.end) for m in r.models):
        return False
    return any(USE_AFTER.match(r.text, m.end) or USE_BEFORE.search(r.text[: m.start]) for m in r.models)


INTENTS = (Intent("what_if", _weigh, _fill),)
