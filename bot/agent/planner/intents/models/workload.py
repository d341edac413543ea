"""A described use of a model: how many tokens, in which role, how often, over how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.models.ratios import input_of_all, output_share
from bot.agent.planner.intents.models.token_counts import GIVEN_BACK, ROLES, SENT, argument, volumes, words
from bot.agent.planner.intents.models.work_units import UNITS_OF_WORK, work
from bot.agent.planner.intents.supposed.price_change import price_change
from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain
from tools.prices.text_tokens import WORDS_A_TOKEN

EVERY = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
ONE_REQUEST = re.compile(
    r"\b(?:a|one|single|per|each|every)\s+(?:single\s+)?(?:\S+\s+){0,2}?(?:request|call|query|prompt)\b", re.I
)
EACH = re.compile(r"\b(?:each|every|per|apiece)\b", re.IGNORECASE)
BACK_AFTER = re.compile(
    r"\s*(?:(?:token|word)s?\s+)?(?:back|returned|written|generated)\b|[\s-]+(?:(?:token|word)s?[\s-]+)?(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|abstracts?|drafts?|translations?)\b",
    re.I,
)
READ_IN = re.compile(
    r"[\s-]+(?:(?:token|word)s?[\s-]+)?(?:long\s+)?(?:manuals?|documents?|docs?|books?|novels?|reports?|contracts?|articles?"
    r"|transcripts?|texts?|pdfs?|files?|corpus|emails?|papers?|pages?)\b",
    re.IGNORECASE,
)
WRITTEN = re.compile(r"\b(?:writ\w+|stor\w+|put\w*|load\w*|wrote)\s+(?:a\s+|about\s+)?$", re.IGNORECASE)
TO_CACHE = re.compile(r"\s*(?:[\w-]+\s+){0,3}(?:to|in|into)\s+(?:[\w-]+\s+){0,4}?cache\b", re.IGNORECASE)
SPAN = re.compile(
    r"\b(?:per|a|each|every|in a|over a)\s+(?:full\s+|whole\s+|entire\s+)?(?P<span>day|week|month|year)\b"
    r"|\b(?P<adverb>daily|weekly|monthly|yearly|annual(?:ly)?)\b",
    re.IGNORECASE,
)
# Input that is said not to be among the cached: it stands beside them.
OF_THE_INPUT = re.compile(r"\s*(?:of\s+)?(?:the\s+|our\s+|all\s+)?(?:inputs?|prompts?)\b", re.IGNORECASE)
IS_CACHED = re.compile(
    r"\b(?:is|are|was|were|gets?|being|comes?|came|read)\s+(?:\w+\s+){0,2}?(?:cached|from (?:the |a )?cache)\b", re.I
)
MULTIPLIED = re.compile(r"(?:\bx|×|\*|\btimes)\s*$", re.IGNORECASE)
BESIDE = re.compile(r"\b(?:fresh|uncached|non-?cached|new|regular|plain|normal)\b", re.IGNORECASE)
READ_AGAIN = re.compile(r"\b(?:read|re-?used?|hit|retriev\w*|served)\b", re.IGNORECASE)
NO_BATCH = re.compile(r"\b(?:without|no|not|non|off)[\s-]+(?:the\s+|using\s+|on\s+|in\s+)*batch\w*", re.IGNORECASE)
NO_CACHE = re.compile(r"\b(?:without|no)\s+(?:the\s+|any\s+|prompt\s+)*cach\w*", re.IGNORECASE)
SIDE = re.compile(r"\b(?:(?P<output>outputs?|completions?)|(?P<input>inputs?|prompts?))\b", re.IGNORECASE)
ADVERBS = {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365, "annual": 365, "annually": 365}
SHORTER = ("second", "minute", "hour")
LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}


def workload(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments of a workload: amounts by their role, the cached share, batch, how often, over how long."""
    keep = {*ROLES.values(), *KEPT, "cached_share", "per_request", "requests", "every", "days", "batch"}
    args: Args = {key: value for key, value in base.items() if key in keep}
    for amount in volumes(r):
        role = "input" if amount.role == "context" else amount.role
        if role == "cached" and WRITTEN.search(r.text[: amount.start]):
            role = "cache_write"
        if role is not None:
            args[_argument(r, amount, role)] = plain(amount.value)
        rate = amount.per or ""
        if rate.split(" ")[0] in UNITS_OF_WORK:
            args["per_request"] = True
        if (every := rate.split(" ")[-1]) in EVERY:
            args["every"] = every
    args |= _by_verb(r, args)
    args = _sided(r, args)
    if share := r.amount("cached", kind="percent") or _cached_part(r):
        args["cached_share"] = plain(share.value)
    again = next((a for a in r.amounts if a.kind == "factor" and READ_AGAIN.search(r.text)), None)
    if again is not None and "cache_write_tokens" in args:
        args["cache_reads"] = plain(again.value)
        if args.get("cached_input_tokens") == args["cache_write_tokens"]:
            del args["cached_input_tokens"]
    if words(r) and any(a.unit == "token" for a in volumes(r)) and not _both_told(r):
        args["words_a_token"] = plain(WORDS_A_TOKEN)
    if (change := price_change(r)) is not None:
        args["price_change"] = plain(change)
    done = work(r)
    if done is not None and done.people:
        args["users"] = plain(done.amount.value)
    elif done is not None:
        args["requests"] = plain(done.amount.value)
        args["per_request"] = True
        people = r.unit("user", "seat")
        if done.by is not None:
            args["users"] = plain(done.by.value)
        elif people is not None and EACH.search(r.text):
            args["users"] = plain(people.value)
    elif ONE_REQUEST.search(r.text):
        args |= {"requests": "1", "per_request": True}
    if done is not None and done.every in EVERY:
        args["every"] = done.every
    if done is not None and done.what:
        args["what"] = done.what
    both = {"input_tokens", "output_tokens"} <= args.keys()
    if "tokens" in args and (whole := input_of_all(r)) is not None:
        args["input_share"] = plain(whole)
    elif not both and "input_share" not in args and (share_out := output_share(r)) is not None:
        args["output_share"] = plain(share_out)
    if NO_CACHE.search(r.text):
        args = {key: value for key, value in args.items() if key not in {"cached_share", "cached_input_tokens"}}
    if NO_BATCH.search(r.text):
        args["batch"] = False
    elif BATCH.search(r.text):
        args["batch"] = True
    spoken = sorted(_lengths(r))
    if spoken and "every" not in args and (not args.get("requests") or len(set(spoken)) > 1):
        args["every"] = next(name for name, days in LENGTHS.items() if days == spoken[0])
    if (
        "every" not in args
        and not args.get("requests")
        and any(a.unit == "day" and MULTIPLIED.search(r.text[: a.start]) for a in r.amounts)
    ):
        args["every"] = "day"
    if "every" in args and (days := _days(r, args["every"])) is not None:
        args["days"] = plain(days)
    return args


def _both_told(r: Reading) -> bool:
    """Whether tokens of both sides are told, so that words beside them count nothing."""
    return {"input", "output"} <= {a.role for a in r.amounts if a.kind == "number" and a.unit == "token"}


def _cached_part(r: Reading) -> Amount | None:
    """The part of the input that is said to be cached after other words: `half the input of 10M in is cached`."""
    part = next((a for a in r.percents if a.role == "input" and OF_THE_INPUT.match(r.text, a.end)), None)
    return part if part and IS_CACHED.search(r.text, part.end) else None


def at_list(args: Args) -> Args:
    """Without a price change, which a comparison does not take: it is asked about instead."""
    return {key: value for key, value in args.items() if key != "price_change"}


def _argument(r: Reading, amount: Amount, role: str) -> str:
    """The argument of a token count with a role; input that stands beside the cached has one of its own."""
    near = r.text[max(0, amount.start - 12) : amount.phrase_end + 12]
    if role == "input" and BESIDE.search(near) and r.amount("cached", kind="number"):
        return "uncached_input_tokens"
    return argument(r, amount, role)


def _sided(r: Reading, args: Args) -> Args:
    """The arguments with tokens of no side as such, a side said for those of the call before put in, and an input that
    is smaller than its cached part taken to stand beside it."""
    bare = [a for a in volumes(r) if a.role is None and plain(a.value) not in args.values()]
    if len(bare) == 1 and not {"input_tokens", "output_tokens"} & args.keys():
        args["tokens"] = plain(bare[0].value)
        for side in ("input", "output"):
            if share := r.amount(side, kind="percent"):
                args["input_share"] = plain(share.value if side == "input" else 100 - share.value)
    elif "tokens" in args and (named := SIDE.search(r.text)):
        args[f"{named.lastgroup}_tokens"] = args.pop("tokens")
    sent, cached = args.get("input_tokens"), args.get("cached_input_tokens")
    if sent and cached and Decimal(sent) < Decimal(cached) and "cache_reads" not in args:
        args["uncached_input_tokens"] = args.pop("input_tokens")
    return args


KEPT = frozenset(
    (
        *("input_share", "output_share", "uncached_input_tokens", "reasoning_tokens", "cache_write_1h_tokens"),
        *("cache_reads", "tokens", "price_change", "users", "what"),
    )
)


def _by_verb(r: Reading, args: Args) -> Args:
    """The side of a token count that no noun names: what is sent or read is input, what comes back is output; one left
    over beside a known output is the input."""
    bare = [a for a in volumes(r) if a.role is None]
    found: Args = {}
    for amount in list(bare):
        before, after = r.text[max(0, amount.start - 40) : amount.start], r.text[amount.end :]
        if WRITTEN.search(before) and TO_CACHE.match(after):
            found[argument(r, amount, "cache_write")] = plain(amount.value)
            bare.remove(amount)
        elif GIVEN_BACK.search(before) or BACK_AFTER.match(after):
            found["output_tokens"] = plain(amount.value)
            bare.remove(amount)
        elif SENT.search(before) or READ_IN.match(after):
            found["input_tokens"] = plain(amount.value)
            bare.remove(amount)
    if (len(bare) == 1 and any("embed" in m.text.casefold() for m in r.models)) or (
        len(bare) == 1 and "output_tokens" in {**args, **found} and "input_tokens" not in {**args, **found}
    ):
        found["input_tokens"] = plain(bare[0].value)
    return found


def _lengths(r: Reading) -> list[int]:
    """The spans that the question counts by, in days: `a day`, `monthly`."""
    return [LENGTHS[m["span"].lower()] if m["span"] else ADVERBS[m["adverb"].lower()] for m in SPAN.finditer(r.text)]


def _days(r: Reading, every: str) -> Decimal | None:
    """Over how many days a recurring volume is added up, where the question says so beside the rate itself."""
    for amount in r.amounts:
        if amount.unit in LENGTHS and amount.kind == "number":
            return amount.value * LENGTHS[amount.unit]
    longer = [days for days in _lengths(r) if days > LENGTHS.get(every, 0)]
    return Decimal(max(longer)) if longer else None
