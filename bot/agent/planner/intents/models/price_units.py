"""Prices that are not by the token: transcribed hours, pages read, characters spoken, web searches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.list_prices import dated
from bot.agent.planner.intents.models.token_counts import volumes
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

SOUND = re.compile(
    r"\b(?:audio|transcri\w+|speech|recordings?|calls? recorded|podcasts?|voice|whisper|meetings?|dictation|sound)\b",
    re.I,
)
AUDIO = re.compile(r"\b(?:hours?|hrs?|h|minutes?|mins?)\b", re.IGNORECASE)
UNITS = (
    ("annotated pages", re.compile(r"\bannotat\w+\s+(?:\w+\s+)?pages?\b|\bpages?\b.{0,30}\bannotat\w+", re.I)),
    ("pages", re.compile(r"\bpages?\b", re.IGNORECASE)),
    ("characters", re.compile(r"\b(?:characters?|chars?)\b", re.IGNORECASE)),
    ("web searches", re.compile(r"\b(?:web|internet|google|grounding)[\s-]?search(?:es)?\b", re.IGNORECASE)),
)
WHISPER = re.compile(r"\bwhisper\b", re.IGNORECASE)
OF_ONE = re.compile(
    r"\b(?:per|an?|each|every|one|single)\s+(?P<one>minute|min|hour|hr|(?:annotated\s+)?page|character|char|(?:web\s+)?search)\b"
    r"|/\s?(?P<slash>min|minute|hour|hr|h|page|char|character|search)\b",
    re.IGNORECASE,
)
ONE = {"min": "minute", "hr": "hour", "h": "hour", "char": "character", "web search": "search"}


def _unit(r: Reading) -> str | None:
    if SOUND.search(r.text) and AUDIO.search(r.text):
        return "audio hours"
    return next((name for name, words in UNITS if words.search(r.text)), None)


def _models(r: Reading) -> tuple[str, ...]:
    """The models named; Whisper alone is its maker's one model of that name."""
    return r.model_names() or (("whisper-1",) if WHISPER.search(r.text) else ())


def _weigh(r: Reading) -> float | None:
    if len(_models(r)) != 1 or volumes(r) or r.money or r.percents or _unit(r) is None or r.of("team"):
        return None
    return 0.7


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {"model": _models(r)[0], "unit": _unit(r), **dated(r)}
    if args["unit"] == "audio hours":
        if hours := r.unit("hour"):
            args["count"] = plain(hours.value)
        elif minutes := r.unit("minute"):
            args["minutes"] = plain(minutes.value)
    elif counted := next((a for a in r.amounts if a.kind == "number" and a.unit in {None, "page", "character"}), None):
        args["count"] = plain(counted.value)
    if not {"count", "minutes"} & args.keys() and (of := OF_ONE.search(r.text)):
        one = " ".join((of["one"] or of["slash"]).lower().split())
        args["each"] = ONE.get(one, one)
    return (Planned("price_units", args),)


INTENTS = (Intent("price_units", _weigh, _fill),)
