"""What a question wants its figures broken down by, and how many of the largest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.agent.slots import superlatives
from bot.agent.slots.lexing import Span, flatten, touches
from bot.agent.slots.superlatives import EITHER

DIMENSIONS = {
    "team": r"teams?|groups?|squads?|departments?|business\s+units?|owners?",
    "provider": r"providers?|vendors?|suppliers?|clouds?|cloud\s+providers?|model\s+providers?",
    "service_category": r"(?:service|spend|cost)[\s_-]+categor(?:y|ies)|(?:kinds?|types?)\s+of\s+services?",
    "charge_class": r"charge[\s_-]+class(?:es)?",
    "pricing_category": r"pricing[\s_-]+(?:categor(?:y|ies)|models?)|purchas(?:e|ing)[\s_-]+(?:options?|models?)",
    "commitment_type": r"(?:commitment|discount)[\s_-]+types?|(?:types?|kinds?)\s+of\s+commitments?",
    "resource_type": r"(?:resource|instance|machine)[\s_-]+types?",
    "account": r"billing[\s_-]+accounts?",
    "service": r"services?|products?",
    "model": r"(?:ai\s+|language\s+)?models?|llms?",
    "sub_account": r"(?:sub[\s_-]?|linked\s+|cloud\s+)?accounts?|projects?|subscriptions?|workspaces?",
    "region": r"regions?|locations?|geograph(?:y|ies)",
    "charge_category": r"charge\s+(?:categor(?:y|ies)|types?|kinds?)|categor(?:y|ies)",
    "resource": r"resources?|instances?",
    "sku": r"skus?|meters?|line\s+items?",
    "day": r"days?",
    "week": r"weeks?",
    "month": r"months?",
    "quarter": r"quarters?",
}
TIMES = ("day", "week", "month", "quarter")
_KINDS = "|".join(words for name, words in DIMENSIONS.items() if name not in TIMES)
_NAMED = "|".join(f"(?P<{name}>{words})" for name, words in DIMENSIONS.items())
_NAME = re.compile(rf"(?:{_NAMED})(?!\w)", re.IGNORECASE)
_OPENS = re.compile(
    r"\b(?P<how>(?:broken\s+down|break(?:\s+\w+){0,3}\s+down|breakdown|split|grouped?|sliced?|separated|divided|itemi[sz]ed|listed|shown)"
    r"(?:\s+\w+){0,2}\s+(?:by|per|into|across|for\s+each|over)"
    r"|by|per|for\s+(?:each|every)|across(?:\s+all)?|each|every)\s+(?:the\s+|our\s+|each\s+|individual\s+)?",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"\b(?:break|split|divide|separate|slice)\b[^?.;]{1,60}?\s(?P<how>into)\s+(?:the\s+|our\s+|each\s+|individual\s+)?",
    re.I,
)
_ASKS = re.compile(
    r"\b(?P<how>which|what|whose|(?:top|bottom)\s+(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|spending|cost)\s+)?"
    rf"|{EITHER}\s+(?:spending\s+)?"
    r"|(?:ranking|leaderboard|league\s+table)\s+(?:of|by)\s+|(?:rank|list|compare)\s+(?:all\s+|the\s+|our\s+)*)(?:\s*(?:of\s+)?(?:our|the|\d+|two|three|four|five|six|seven|eight|nine|ten)\s+)*\s*"
    rf"(?:(?:{superlatives.MOST}|spending|single)\s+)*",
    re.IGNORECASE,
)
# `list the months of 2026 with ...`: each of them is asked for.
_SPANS_OF = re.compile(
    r"\b(?:list|rank|compare|show|give|tabulate)\s+(?:me\s+|us\s+)?(?:(?:all|the|our|each\s+of\s+the)\s+)*(?P<noun>days|weeks|months|quarters)\b"
    r"(?=\s+(?:of|in|from|with|since|for|by)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    rf"\b(?:{_NAMED})\s+(?:by|ranked\s+by|sorted\s+by|in\s+order\s+of)\s+(?:\w+\s+)?(?:spend|cost|bill)", re.I
)
_RANKED = re.compile(r"\s+(?:by|ranked\s+by|sorted\s+by|in\s+order\s+of)\s+(?:\w+\s+)?(?:spend|cost|bill)", re.I)
_LISTS = re.compile(
    r"\b(?:rank|list|compare|break(?:\s+down)?|split(?:\s+up)?)\s+(?:all\s+|the\s+|our\s+)*$", re.IGNORECASE
)
# "team breakdown", "the provider split": what is split by comes first.
_BREAKDOWN = re.compile(
    r"(?<![\w-])(?P<noun>[A-Za-z][\w.-]*(?:[ _-]cent(?:er|re))?)[\s-]+"
    r"(?:break-?down|split|ranking|league\s+table|level|totals)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"(?:business|internal|company|own)\s+", re.IGNORECASE)
_MORE = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|\band\b(?:\s+then)?|\bthen\b|&|\+|/|\bx\b|\bwithin\b)\s*(?:by\s+|per\s+|each\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\b(?:by|per|for\s+each|across)\s+(?:the\s+)?(?:(?:tag|label)\s*[:=]?\s*[\"'`]?(?P<tag>[A-Za-z][\w.-]*)[\"'`]?"
    r"|[\"'`]?(?P<tag2>[A-Za-z][\w.-]*)[\"'`]?\s+(?:tag|label)(?!\w)"
    r"|(?P<known>cost[\s_-]?cent(?:re|er)|env(?:ironment)?|application|app|feature|customer|stage|cluster|namespace|component"
    r"|api\s+key|use\s+case|initiative|division|organi[sz]ation))(?!\w)",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"\b(?:(?P<day>daily|day[\s-]by[\s-]day)|(?P<week>weekly|week[\s-]by[\s-]week)|(?P<month>monthly|month[\s-]by[\s-]month)|(?P<quarter>quarterly))\b"
    r"(?!\s+(?:business\s+)?(?:reports?|reviews?|updates?|close|closing|decks?|meetings?|e?-?mails?|calls?|sync|packs?|reporting|qbr))",
    re.I,
)
_OVER_TIME = re.compile(r"\b(?:over|through)\s+time\b", re.IGNORECASE)
_AFTER_TIME = re.compile(r"\s*(?:\d|of\s+(?:the\s+)?(?:data|\d))", re.IGNORECASE)
MOST = re.compile(rf"\b(?:most|least|{EITHER})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GroupBy:
    """`dimension` is a key of `DIMENSIONS`, or `tag:NAME` with the tag as written; `end` is exclusive."""

    dimension: str
    start: int
    end: int


def groupings(
    text: str, masked: Sequence[Span] = (), tags: Sequence[str] = (), named: Sequence[Span] = ()
) -> list[GroupBy]:
    """What to break down by, in order, each dimension once, none overlapping another or `masked`. Never raises.

    "by team and model", "per provider", "for each region", "which team", "top 5 models", "daily", "by tag env". A rate
    behind a number ("50M tokens a day", "$3 per month") is for the caller to mask: it reads as a breakdown here. `tags`
    are tag keys in use: their names are groupings too, and come before a dimension's other names ("product"). `named`
    are names of the ledger, one of which may stand before what is split by: "per AWS account".
    """
    flat = flatten(text)
    keys = _tag_names(tuple(tags))

    def name_at(position: int) -> tuple[str, int] | None:
        for key, pattern in keys:
            if key not in DIMENSIONS and (tagged := pattern.match(flat, position)):
                return f"tag:{key}", tagged.end()
        plain = _NAME.match(flat, position)
        return (str(plain.lastgroup), plain.end()) if plain else None

    found: list[GroupBy] = []

    def add(dimension: str, start: int, end: int) -> None:
        new = all(dimension != group.dimension for group in found)
        if new and not touches(start, end, [*masked, *((g.start, g.end) for g in found)]):
            found.append(GroupBy(dimension, start, end))

    for match in _TAG.finditer(flat):
        name = next(part for part in (match["tag"], match["tag2"], match["known"]) if part)
        if _NAME.fullmatch(name) is None:
            key = next((key for key, pattern in keys if pattern.fullmatch(name)), name)
            add(f"tag:{key}", *match.span())
    for match in (*_OPENS.finditer(flat), *_INTO.finditer(flat)):
        start, end = match.start("how"), match.end()
        beyond = next((after for begin, after in named if begin == end), end)
        end = len(flat) - len(flat[beyond:].lstrip())
        if name_at(end) is None and (described := _DESCRIBED.match(flat, end)):
            end = described.end()
        while found_here := name_at(end):
            dimension, stop = found_here
            if dimension in TIMES and match["how"].lower() in ("each", "every") and _AFTER_TIME.match(flat, stop):
                break
            add(dimension, start, stop)
            more = _MORE.match(flat, stop)
            if not more:
                break
            start = end = more.end()
    for match in _ASKS.finditer(flat):
        kind = name_at(match.end())
        if kind and (kind[0] not in TIMES or match["how"].lower() in ("which", "what")):
            add(kind[0], match.start(), kind[1])
    for match in _SPANS_OF.finditer(flat):
        kind = name_at(match.start("noun"))
        if kind and kind[0] in TIMES:
            add(kind[0], match.start("noun"), kind[1])
    for match in _LEADING.finditer(flat):
        add(str(match.lastgroup), match.start(match.lastgroup or 0), match.end(match.lastgroup or 0))
    for tag in tag_mentions(text, tags):
        if _RANKED.match(flat, tag.end) or _LISTS.search(flat, 0, tag.start):
            add(tag.dimension, tag.start, tag.end)
    for match in _BREAKDOWN.finditer(flat):
        kind = name_at(match.start("noun"))
        if kind and kind[1] == match.end("noun") and kind[0] not in TIMES:
            add(kind[0], match.start("noun"), match.end())
    for match in _ADVERB.finditer(flat):
        add(str(match.lastgroup), *match.span())
    return sorted(found, key=lambda group: group.start)


_SAME_TAG = {
    "env": "env(?:ironment)?s?",
    "environment": "env(?:ironment)?s?",
    "app": "app(?:lication)?s?",
    "application": "app(?:lication)?s?",
    "dept": "dep(?:artmen)?ts?",
    "department": "dep(?:artmen)?ts?",
    "center": "cent(?:er|re)s?",
    "centre": "cent(?:er|re)s?",
    "costcenter": r"cost[\s_-]?cent(?:er|re)s?",
    "costcentre": r"cost[\s_-]?cent(?:er|re)s?",
}


@lru_cache(maxsize=64)
def _tag_names(keys: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How people write each tag key: `cost-center` as "cost centre", `env` as "environments"; the longest first."""
    found = []
    for key in sorted(keys, key=len, reverse=True):
        parts = [part for part in re.split(r"[\s_.:/-]+", key.casefold()) if part]
        words = [_SAME_TAG.get(part, rf"{re.escape(part)}(?:s|es)?") for part in parts]
        if words:
            joined = r"[\s_.:/-]*".join(words)
            found.append((key, re.compile(rf"(?:{joined})(?:\s+(?:tag|label)s?)?(?!\w)", re.IGNORECASE)))
    return tuple(found)


def tag_mentions(text: str, keys: Sequence[str]) -> list[GroupBy]:
    """Where a text names tag keys in use, in order; `keys` are those."""
    flat = flatten(text)
    found: list[GroupBy] = []
    for key, pattern in _tag_names(tuple(keys)):
        for match in re.finditer(rf"(?<![\w-]){pattern.pattern}", flat, re.IGNORECASE):
            if not touches(*match.span(), ((g.start, g.end) for g in found)):
                found.append(GroupBy(f"tag:{key}", *match.span()))
    return sorted(found, key=lambda group: group.start)


def kinds_named(text: str, tags: Sequence[str] = ()) -> list[GroupBy]:
    """Where a text names a dimension by its word alone ("teams", "the average model"), in order, spans of time aside;
    `tags` as for `groupings`."""
    flat = flatten(text)
    keys = _tag_names(tuple(tags))
    found: list[GroupBy] = []
    for match in re.finditer(r"(?<![\w-])[A-Za-z]", flat):
        key = next((f"tag:{k}" for k, p in keys if k not in DIMENSIONS and p.match(flat, match.start())), None)
        plain = _NAME.match(flat, match.start())
        end = next((m.end() for k, p in keys if f"tag:{k}" == key and (m := p.match(flat, match.start()))), None)
        dimension, stop = (key, end) if key and end else (str(plain.lastgroup), plain.end()) if plain else (None, 0)
        if dimension and dimension not in TIMES and not touches(match.start(), stop, ((g.start, g.end) for g in found)):
            found.append(GroupBy(dimension, match.start(), stop))
    return found
