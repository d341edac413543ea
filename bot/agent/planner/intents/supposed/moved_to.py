"""Which of the models named traffic is supposed to move to, and which one it comes from."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.agent.planner.intents.own.models_named import FAMILY
from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import blanked
from tools.ledger.naming.model_names import VARIANTS, stated
from tools.ledger.naming.spoken_models import models_meant
from tools.prices.mentions import Mention

CACHES = re.compile(r"\bcach\w+", re.IGNORECASE)
MOVES = (
    r"(?:switch|swap|mov|migrat|re-?pric|replac|shift|re-?rout|rout|port|transfer|redirect|exchang|substitut)"
    r"(?:e[ds]?|p?ing|p?ed|ing|ed|s)?"
)
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
# `what would it have cost haiku`: the `on` left out.
HAVE_COST = re.compile(r"\b(?:cost|costs|been)\s+$", re.IGNORECASE)
ITS_TRAFFIC = re.compile(
    r"(?:['’]s)?\s+(?:api\s+|token\s+)?(?:traffic|usage|use|volumes?|calls|requests|tokens|workloads?)\b", re.IGNORECASE
)
STAYS = re.compile(r"\b(?:stay|keep|remain)(?:s|ing)?\s+(?:on|with|using|at)\s+(?:\w+\s+)?$", re.IGNORECASE)
RIGHT_ONTO = re.compile(r"\b(?:on|to|onto|into|with|using)\s+$|(?:->|→|=>|⇒)\s*$", re.IGNORECASE)
ONTO = re.compile(r"\b(?:to|onto|into|with|by)\s+(?:\w+\s+){0,2}$|(?:->|→|=>|⇒)\s*$", re.IGNORECASE)
ARROW = re.compile(r"\s*(?:->|→|=>|⇒|-->)\s*")
# `replaced by X`, `X replaced with Y`, `dropping X for Y`, `X out, Y in`.
GIVEN_UP = re.compile(r"\b(?:drop|ditch|leav|abandon|replac|retir|quit|swap)\w*\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
AT_RATES = re.compile(
    r"(?:['’]s)?\s+(?:list\s+|token\s+|standard\s+|api\s+)*(?:rates?|prices?|pricing|tariffs?|price\s+list)\b", re.I
)
# What joins options of which each is to be priced: `on haiku or on gpt-5-mini`.
OR = re.compile(
    r"\s*,?\s*(?:(?:or|vs\.?|versus|compared\s+(?:to|with)|respectively)\s+)(?:on\s+|with\s+|to\s+)?|\s*,\s*",
    re.IGNORECASE,
)
BESIDE = re.compile(r"\s*(?:\bvs?\.?|\bversus|\bto|\bagainst|->|→|=>|/)\s*", re.IGNORECASE)
INSTEAD_OF = re.compile(
    r"\b(?:instead of|in place of|rather than|not|from|off)\s+(?:the\s+)?(?P<variant>[a-z]+)\b", re.I
)


def at_its_rates(r: Reading) -> bool:
    """`at gpt-4o-mini rates`: our own use at another model's prices."""
    return any(
        AT_RATES.match(r.text, m.end)
        and re.search(r"\b(?:at|with|on|using|for)\s+(?:the\s+)?$", r.text[: m.start], re.I)
        for m in r.models
    )


def unbilled(r: Reading, mention: Mention) -> bool:
    """Whether a model of the price list is one that no bill here names."""
    if mention.ref is None or not r.billed:
        return False
    names = {name.casefold() for name in r.billed}
    meant = {name.casefold() for name in models_meant(mention.text, r.billed)} | {stated(mention.text).model}
    return not meant & names


def beside_another(r: Reading) -> bool:
    """A billed model and one that is not, put side by side: `4o vs gpt-5-nano for search in May`."""
    if len(r.models) != 2 or not r.periods:
        return False
    one, other = r.models
    joined = BESIDE.search(r.text[one.end : other.start])
    return joined is not None and unbilled(r, one) != unbilled(r, other)


def from_one_to_another(r: Reading) -> bool:
    """`search May, gpt-4o to haiku`, `o3 -> gpt-5 for July`."""
    if any(ARROW.search(r.text[: m.start]) and r.text[: m.start].rstrip().endswith((">", "→", "⇒")) for m in r.models):
        return True
    return len(r.models) == 2 and r.text[r.models[0].end : r.models[1].start].strip() == "to" and bool(r.periods)


def variant_said(r: Reading) -> str | None:
    """The word of a variant that stands for a whole model: `pro` in `gemini-2.5-flash instead of pro`."""
    said = INSTEAD_OF.search(r.text) if variant_left(r) else None
    return said["variant"] if said else None


def variant_left(r: Reading) -> str | None:
    """The model that a variant alone names as the one before: `gemini-2.5-flash instead of pro` is gemini-2.5-pro."""
    if len(r.models) != 1:
        return None
    said = INSTEAD_OF.search(r.text)
    words = re.split(r"([\s.-]+)", r.models[0].text)
    at = next((i for i, word in enumerate(words) if word.casefold() in VARIANTS), None)
    if said is None or said["variant"].casefold() not in VARIANTS or at is None:
        return None
    meant = "".join([*words[:at], said["variant"], *words[at + 1 :]])
    return meant if set(models_meant(meant, r.billed)) & set(r.billed) else None


THAT = re.compile(r"\b(?:that|it|this|those|they)\b", re.IGNORECASE)
# Of an answer before: `what if that had been gpt-4o-mini`, `and if it ran in batch?`, `instead on gpt-5-nano`.
HAD_IT_BEEN = re.compile(
    rf"\b(?:what\s+if|if|suppos\w+|imagine|assum\w+|would|had|{MOVES})\b|\bat\s+\d[\d.]*\s?%\s+cach", re.IGNORECASE
)


def onto_another(r: Reading) -> bool:
    """Whether a follow-up of what was spent asks what it would have been elsewhere: on a model that no bill names, or,
    in so many words, on another, as a batch or with a cache."""
    if any(unbilled(r, m) for m in r.models):
        return True
    said = r.models or BATCH.search(r.text) or CACHES.search(r.text)
    return bool(said) and HAD_IT_BEEN.search(r.text) is not None


def onto_unbilled(r: Reading) -> bool:
    """`opus in June, but on claude-sonnet-4-5`: a model that no bill names after `on`, and another one."""
    onto = [m for m in r.models if unbilled(r, m) and RIGHT_ONTO.search(r.text[: m.start])]
    return len(onto) == 1 and (
        len(r.models) > 1 or FAMILY.search(blanked(r.text, [(onto[0].start, onto[0].end)])) is not None
    )


def of_that_use(r: Reading) -> bool:
    """`what would that be on gpt-5-mini`: elsewhere, of what has just been told, and no usage of its own."""
    alone = not (r.values or r.periods or any(a.unit in {"token", "request"} for a in r.amounts))
    return alone and THAT.search(r.text) is not None and onto_another(r)


def targets(r: Reading) -> tuple[int, ...]:
    """Which of the models named are moved to: the one before `instead`, after `on`, `to`, `with`, and not the one that
    the other was used `instead of` or that something `did` run on, else the last; and what `or`, `vs` join to it. A
    model that no bill names is rather moved to than from."""
    said: dict[str, list[tuple[int, int, int]]] = {name: [] for name in r.model_names()}
    for one in r.models:
        name = replace(r, models=(one,)).model_names()[0]
        said[name].append((moved_to(r, one), one.start, one.end))
    if not said:
        return ()
    scores = [min(found)[0] if min(found)[0] < 0 else max(found)[0] for found in said.values()]
    spans = [found[0][1:] for found in said.values()]
    first = last = max(i for i, score in enumerate(scores) if score == max(scores))
    least = 0 if min(scores) < 0 else 1  # where another model is said to be the one in use, what is joined is no source
    while first and scores[first - 1] >= least and OR.fullmatch(r.text[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and scores[last + 1] >= 0 and OR.fullmatch(r.text[spans[last][1] : spans[last + 1][0]]):
        last += 1
    return tuple(range(first, last + 1))


def moved_to(r: Reading, mention: Mention) -> int:
    """How much the words beside a model say that traffic moves to it; below 0 that it comes from there."""
    before, end = r.text[: mention.start], mention.end
    came = FROM.search(before)
    if came and any(came.start() <= p.start and p.end <= mention.start for p in r.periods):
        came = None  # `traffic from August haiku`: the month is what it is from
    if USED.search(before) or STAYS.search(before) or (came and not RIGHT_ONTO.search(before)):
        return -2
    if THEN.match(r.text, end):
        return 3
    if unbilled(r, mention) and not ITS_TRAFFIC.match(r.text, end):
        return 2
    if RAN.search(before) or DID.match(r.text, end) or GIVEN_UP.search(before):
        return -1
    if ONTO.search(before):
        return 2
    if INSTEAD.search(before) or HAVE_COST.search(before):
        return 1
    return -1 if ITS_TRAFFIC.match(r.text, end) else 0
