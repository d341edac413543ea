"""A question that nothing else answers, taken to be on own spend where it reads as one without a word left over."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bot.agent.planner.intents.own import outlooks, own_pace, own_tokens, spend
from bot.agent.planner.intents.own.spend_words import WHO_MOST
from bot.agent.planner.left_over.accounted import asks_back, settled
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.route import Router
from bot.agent.planner.understanding import ranked
from bot.agent.slots.lexing import touches

OF_MONEY = ("spend", "cost", "trend", "share", "change", "forecast", "untagged", "credit", "ours")
TOLD = ("spend", "cost", "trend", "share", "untagged", "credit", "ours")
# What others have, too: that OpenAI is named does not say whose OpenAI bill is meant.
OF_ANYBODY = frozenset({"provider", "service_category"})
OF_THE_WORLD = ("price", "news", "headline", "company", "others", "help", "rent", "rentbuy", "train", "serve", "energy")
OURS = frozenset(intent.name for intent in (*spend.INTENTS, *own_tokens.INTENTS, *outlooks.INTENTS, *own_pace.INTENTS))


def may_be_ours(r: Reading) -> bool:
    """Whether it speaks of money and names a part of the ledger or what to split it by, and nothing of the world."""
    if not r.has(*OF_MONEY) or r.money:
        return False
    if WHO_MOST.search(r.text) and r.has("spend"):
        return not r.has("company", "others", "headline")
    if r.has(*OF_THE_WORLD):
        return False
    if r.groupings or any(value.dimension not in OF_ANYBODY for value in r.values):
        return True
    return bool(r.values or r.models) and (bool(r.periods) or r.has(*TOLD))


ASKS = re.compile(r"\b(?:what|who|whose|which|when|where|why|how|news|latest|is|are|did|does|do)\b", re.IGNORECASE)
A_WORD = re.compile(r"(?<![\w'’.-])[a-z]{4,}(?![\w'’-])")
FEW = 8


def unknown_word(r: Reading, english: Collection[str]) -> str:
    """The word that nothing knows in a few words of a name of the ledger and a time, as `August: speddn with OpenAI`:
    the news is not searched with a slip of the hand; empty where there is none."""
    if not (r.values and r.periods) or ASKS.search(r.text) or len(r.text.split()) > FEW:
        return ""
    unknown = (m for m in A_WORD.finditer(r.text) if m[0] not in english and not touches(*m.span(), r.taken))
    return next((m[0] for m in unknown), "")


def taken_as_ours(r: Reading, router: Router) -> list[Planned]:
    """The calls of the best kind on own spend that leaves nothing of the question out; none where there is none."""
    taken = replace(r, ours=True)
    for _, intent in ranked(taken, router):
        if intent.name in OURS:
            calls = settled(taken, intent.fill(taken, {}))
            if calls and not asks_back(calls):
                return calls
    return []
