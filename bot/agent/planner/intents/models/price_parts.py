"""Which of a model's prices are named: input, output, read from the cache, written to it, as a batch."""

from __future__ import annotations

import re

from bot.agent.planner.names.catalogue_models import BATCH, CODED
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading

TOKENS = r"(?:\s+(?:input|prompt))?(?:\s+tokens?)?"
HOUR = r"(?:(?:1|one|an)[\s-]?(?:h|hr|hour)s?|extended)"
MINUTES = r"(?:5|five)[\s-]?(?:m|min|mins|minutes?)"
WRITE = r"cache[\s-]?(?:writ\w+|creation)"
PARTS = re.compile(
    rf"\b(?P<cache_write_1h>{HOUR}[\s-]+(?:{WRITE}|cach\w+(?:\s+writ\w+)?)|{WRITE}{TOKENS}\s*\(?(?:for\s+|at\s+|,\s*)?{HOUR}\b)"
    r"|(?<![\w-])(?P<audio_output>audio[\s-]+(?:outputs?|out|completions?)|outputs?\s+audio|(?:spoken|speech)\s+outputs?)\b"
    r"|(?<![\w-])(?P<audio_input>audio(?:[\s-]+(?:inputs?|in|prompts?|tokens?))?|inputs?\s+audio)\b(?!-)"
    r"|(?<![\w-])(?P<image_output>images?[\s-]+(?:outputs?|out|generation)|outputs?\s+images?|generated\s+images?)\b"
    r"|(?<![\w-])(?P<image_input>images?(?:[\s-]+(?:inputs?|in|prompts?|tokens?))?|inputs?\s+images?)\b(?!-)"
    rf"|\b(?P<cache_write>(?:{MINUTES}[\s-]+)?{WRITE}|{MINUTES}[\s-]+cach\w+|writ\w+ to (?:the )?cache)\b{TOKENS}"
    rf"|(?<![\w-])(?P<plain>(?:un|non-?\s?)cached|fresh|regular|normal|plain|standard|ordinary|full[\s-]price)\b{TOKENS}"
    rf"|(?<!\w)(?P<cached>cach(?:ed|ing|e)(?:[\s-](?:reads?|hits?))?)\b{TOKENS}"
    r"|\b(?P<output>outputs?|completions?|generated|reasoning|thinking)\b"
    r"|\b(?P<input>inputs?|prompts?)\b",
    re.IGNORECASE,
)
SET_APART = re.compile(
    r"\b(?:than|versus|vs\.?|against|compared (?:to|with)|relative to|difference|gap|ratio|between|times)\b"
    r"|\bhow much (?:\w+ ){0,2}(?:cheaper|less|more|dearer)\b|\bdiscount\b|\bsav(?:e|es|ing|ings)\b|\bper ?cent\b",
    re.IGNORECASE,
)


def like_a_model(r: Reading) -> str | None:
    """A name that nothing has read and that is written as models' names are: `falcon-9-ultra`."""
    return next((u.name for u in r.unread if CODED.fullmatch(u.name) and re.search(r"\d", u.name)), None)


def components(text: str) -> list[str]:
    """The prices named, each once, in order: `input`, `cached`, `cache_write`, `cache_write_1h`, `output`, and those of
    sound and pictures, `audio_input` to `image_output`."""
    named = list(dict.fromkeys("input" if m.lastgroup == "plain" else str(m.lastgroup) for m in PARTS.finditer(text)))
    for kind in ("audio", "image"):  # `what do images cost as output`
        if f"{kind}_input" in named and len(named) == 2 and ({"input", "output"} & set(named)):
            return [f"{kind}_output" if "output" in named else f"{kind}_input"]
    return named


def component(text: str) -> str | None:
    """The one price that is named; None where none or several are."""
    named = components(text)
    return named[0] if len(named) == 1 else None


def side_by_side(r: Reading) -> tuple[Args, Args] | None:
    """Two prices of one model that are set against each other, as arguments: a cached token and a fresh one, output and
    input, a batch and the standard price; None where no two are."""
    if not SET_APART.search(r.text):
        return None
    named = components(r.text)
    if BATCH.search(r.text):
        one: Args = {"component": named[0]} if len(named) == 1 else {"component": "input"}
        return ({**one, "batch": True}, one) if len(named) < 2 else None
    if len(named) == 1 and named[0] == "cached":
        named.append("input")  # `how much cheaper is cached input`: than what is not cached
    return ({"component": named[0]}, {"component": named[1]}) if len(named) == 2 else None
