"""What a follow-up takes out of the call before: `no batch`, `without caching`, `for all teams`, `overall`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.agent.planner.plan import Args
from bot.agent.planner.threads.follow_words import ASKS
from bot.agent.planner.threads.history import Earlier
from bot.agent.toolbox.scoped import FILTERS
from tools.money import plain

LONGEST = 8
LEDGER = ("spend_", "token_", "untagged", "forecast", "what_if", "budget", "unit_cost")
KINDS = {
    "team": r"teams?|squads?|departments?|groups?",
    "provider": r"providers?|vendors?|suppliers?|clouds?",
    "service": r"services?",
    "model": r"models?|llms?",
    "region": r"regions?",
    "sub_account": r"accounts?|subscriptions?",
    "accelerator": r"gpus?|chips?|accelerators?",
}
EVERY_ONE = re.compile(
    r"(?:\b(?:for|across|over|of|from|in|on|with|and|to)\s+)?\b(?:all|every|any)\s+(?:of\s+)?(?:the\s+|our\s+)?(?:\w+\s+)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in KINDS.items())
    + r")\b(?!\s+(?:spend|cost|price))",
    re.IGNORECASE,
)
OVERALL = re.compile(
    r"(?:\b(?:for|across|over|of|from|in|and)\s+)?\b(?:overall|company[\s-]wide|org(?:ani[sz]ation)?[\s-]wide|across\s+the\s+board"
    r"|(?:the\s+|our\s+)?(?:whole|entire)\s+(?:company|business|firm|org\w*|place|thing)|every(?:one|body|thing)"
    r"|all\s+of\s+(?:us|it)|(?:the\s+)?grand\s+total|the\s+company(?:\s+as\s+a\s+whole)?)(?![\w-])",
    re.IGNORECASE,
)
LEAVING = (
    r"(?:no|non|not|without|w/o|drop|forget|skip|remove|minus|lose|ditch|turn\s+off|leave\s+out|ignor(?:e|ing))[\s-]+"
)
SMALL = r"(?:the\s+|any\s+|an?\s+|that\s+|using\s+|on\s+|in\s+|with\s+|prompt\s+|price\s+)*"
DROPPED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), keys)
    for pattern, keys in (
        (
            rf"\b{LEAVING}{SMALL}batch\w*(?:\s+(?:api|mode|discount|prices?))?|\breal[\s-]?time\b|\bbatch\s+off\b",
            ("batch",),
        ),
        (
            rf"\b{LEAVING}{SMALL}cach\w*(?:\s+(?:part|hits?|share|input|reads?|tokens?|discount|rate))?|\buncached\b"
            r"|\bcach\w+\s+off\b",
            ("cached_share", "cached_input_tokens", "cache_reads", "cache_write_tokens"),
        ),
        (rf"\b{LEAVING}{SMALL}(?:increase|rise|change|hike|cut|drop|decrease)\b", ("price_change", "volume_change")),
        (rf"\b{LEAVING}{SMALL}discount\b", ("discount",)),
        (
            rf"\b{LEAVING}{SMALL}outputs?\b|\b(?:only|just)\s+(?:the\s+)?inputs?\b|\binputs?\s+only\b",
            ("output_tokens",),
        ),
        (
            rf"\b{LEAVING}{SMALL}inputs?\b|\b(?:only|just)\s+(?:the\s+)?outputs?\b|\boutputs?\s+only\b",
            ("input_tokens",),
        ),
        (rf"\b{LEAVING}{SMALL}(?:energy|electricity|power)\b", ("electricity_per_kwh",)),
        (rf"\b{LEAVING}{SMALL}(?:resale|residual)(?:\s+value)?\b", ("residual_share",)),
        (
            r"\b(?:all\s+of\s+(?:them|those)|the\s+(?:full|whole|complete)\s+list|show\s+(?:me\s+)?all|list\s+all)\b",
            ("top", "rank"),
        ),
        (r"\bany(?:where|\s+region)\b", ("region",)),
    )
)
PUT_BACK = re.compile(
    r"\b(?:include|including|incl\.?|add(?:ing)?(?:\s+back)?|put(?:ting)?(?:\s+back)?|with|plus)\b", re.I
)
LEADS = re.compile(
    r"(?:\W|\b(?:and|but|ok(?:ay)?|so|now|then|what|how|about|if|we|it|that|this|is|was|be|would|do|did|make|same|please"
    r"|pls|instead|again|just|only|show|me|the|for|in|at|a|to|use|too|as|well|actually|sorry|no|rather|again|back"
    r"|prices?|costs?|total|figure|number)\b)*",
    re.IGNORECASE,
)


def taken_out(text: str, calls: Sequence[Earlier], tag_keys: Sequence[str] = ()) -> tuple[str, list[Earlier]] | None:
    """`text` without the words that take something out of `calls`, and the calls without it; None where it takes out
    nothing that they hold. `tag_keys` are those of the ledger."""
    if (freed := _every_value(text, calls, tag_keys)) is not None:
        return freed
    if len(text.split()) > LONGEST or (
        ASKS.match(text) and not re.match(r"\W*(?:and\s+)?(?:what|how)\s+about\b", text, re.I)
    ):
        return None
    rest, gone = text, set[str]()
    for start, end, keys in _taken(text, calls):
        rest = rest[:start] + " " * (end - start) + rest[end:]
        gone |= keys
    if not gone and (all_of := EVERY_ONE.search(text) or OVERALL.search(text)):
        whole = any(call.tool.startswith(LEDGER) for call in calls)
        rest = text[: all_of.start()] + text[all_of.end() :]
        return (rest, list(calls)) if whole and nothing_left(rest) else None
    if not gone:
        return _put_back(text, calls)
    return " ".join(rest.split()), [replace(call, args=_without(call.args, gone)) for call in calls]


def _every_value(text: str, calls: Sequence[Earlier], tag_keys: Sequence[str]) -> tuple[str, list[Earlier]] | None:
    """`All stages`: without the values of a tag that the calls kept to."""
    for key in tag_keys:
        words = re.escape(key).replace("\\-", "[ _-]").replace("_", "[ _-]")
        found = re.search(
            rf"\b(?:for\s+|across\s+|in\s+)?(?:all|every|any|both)\s+(?:the\s+)?{words}(?:e?s)?\b", text, re.I
        )
        held = any(str(tag).startswith(f"{key}=") for call in calls for tag in call.args.get("tags", ()))
        if found is None or not held or len(text.split()) > LONGEST:
            continue
        freed = []
        for call in calls:
            left = tuple(tag for tag in call.args.get("tags", ()) if not str(tag).startswith(f"{key}="))
            kept = {name: value for name, value in call.args.items() if name != "tags"}
            freed.append(replace(call, args={**kept, **({"tags": left} if left else {})}))
        return " ".join((text[: found.start()] + text[found.end() :]).split()), freed
    return None


def nothing_left(text: str) -> bool:
    """Whether only small words are left of a message."""
    return LEADS.fullmatch(text) is not None


def _taken(text: str, calls: Sequence[Earlier]) -> Iterator[tuple[int, int, set[str]]]:
    held = {key for call in calls for key, value in call.args.items() if value not in (None, "", (), [], False)}
    for pattern, keys in DROPPED:
        if (found := pattern.search(text)) and (gone := held & set(keys)) and _leaves_an_amount(calls, gone):
            yield found.start(), found.end(), gone
    if not any(call.tool.startswith(LEDGER) for call in calls):
        return
    if found := EVERY_ONE.search(text):
        gone = held & {name for name in KINDS if found[name]}
    elif found := OVERALL.search(text):
        gone = held & {*FILTERS, "tags", "accelerator", "ai_only"} - {"charge_kind", "currency"}
    if found and gone:
        yield found.start(), found.end(), gone


def _leaves_an_amount(calls: Sequence[Earlier], gone: set[str]) -> bool:
    """Whether taking out one side of the tokens leaves another to be priced."""
    sides = {"input_tokens", "output_tokens"}
    return not gone & sides or any(_is_amount(call.args.get(key)) for call in calls for key in sides - gone)


def _without(args: Mapping[str, Any], gone: set[str]) -> Args:
    kept = {key: value for key, value in args.items() if key not in gone}
    if "cached_input_tokens" in gone and _is_amount(args.get("uncached_input_tokens")):
        whole = Decimal(str(args["uncached_input_tokens"])) + Decimal(str(args["cached_input_tokens"]))
        kept = {key: value for key, value in kept.items() if key != "uncached_input_tokens"} | {
            "input_tokens": plain(whole)
        }
    return kept


def _put_back(text: str, calls: Sequence[Earlier]) -> tuple[str, list[Earlier]] | None:
    """`Including credits` after they were left out."""
    found = PUT_BACK.search(text)
    said = text[found.end() :].casefold() if found else ""
    back = {
        str(item)
        for call in calls
        for item in call.args.get("without", ())
        if re.search(rf"(?<![\w-]){re.escape(str(item).partition('=')[2].casefold())}(?![\w-])", said)
    }
    if found is None or not back:
        return None
    rest = text[: found.start()] + text[found.end() :]
    for item in back:
        rest = re.sub(re.escape(item.partition("=")[2]), " ", rest, flags=re.IGNORECASE)
    again = []
    for call in calls:
        left = tuple(item for item in call.args.get("without", ()) if str(item) not in back)
        kept = {key: value for key, value in call.args.items() if key != "without"}
        again.append(replace(call, args={**kept, **({"without": left} if left else {})}))
    return " ".join(rest.split()), again


def _is_amount(value: Any) -> bool:
    try:
        return value is not None and not isinstance(value, bool) and Decimal(str(value)) > 0
    except InvalidOperation:
        return False
