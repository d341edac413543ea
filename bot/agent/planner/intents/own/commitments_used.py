"""How far our own savings plans, reservations and committed use are used, and what goes unused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading

COMMITMENT = re.compile(
    r"\b(?:commitments?|committed[\s-]use(?:\s+discounts?)?|CUDs?|savings?[\s-]plans?|reserved[\s-]instances?|RIs?"
    r"|reservations?|reserved\s+capacity)\b",
    re.IGNORECASE,
)
UNUSED = re.compile(
    r"\b(?:unused|un-?utili[sz]ed|idle|wast(?:e[ds]?|ing)|left\s+over|leftover|(?:not|never|n't)\s+(?:being\s+)?us(?:ed|ing)"
    r"|(?:sit|lie|sat|lay)\w*\s+idle|go(?:es|ing|ne)?\s+(?:unused|to\s+waste)|went\s+(?:unused|to\s+waste))\b",
    re.IGNORECASE,
)
BOUGHT = re.compile(
    r"\b(?:purchas(?:e[ds]?|ing)|bought|buy(?:ing)?|up-?front|pre-?pa(?:y|id)\w*|fees?"
    r"|(?:pay|paid)\s+(?:\w+\s+)?for)\b",
    re.IGNORECASE,
)
USED = re.compile(
    r"\b(?:utili[sz](?:e[ds]?|ing|ation)|usage|covered|how\s+(?:well|far|fully)\b.*\bus(?:e[ds]?|ing)\b"
    r"|us(?:e[ds]?|ing)\b)",
    re.IGNORECASE,
)
IN_MONEY = re.compile(r"\bhow\s+much\b(?!\s+of)|\b(?:cost|spend|spent|dollars|usd|value)\b", re.IGNORECASE)
NOT_OF_IT = frozenset({"ai_only", "charge_kind", "cost", "pricing_category"})
AHEAD = re.compile(r"\b(?:should|would|worth|if|could|break[\s-]?even)\b", re.IGNORECASE)


def _part(text: str) -> str | None:
    if UNUSED.search(text):
        return "unused"
    if BOUGHT.search(text):
        return "bought"
    if USED.search(text):
        return "used" if IN_MONEY.search(text) and not re.search(r"\butili[sz]ation\b", text, re.I) else "utilisation"
    return None


def _weigh(r: Reading) -> float | None:
    if r.amounts or r.accelerators or r.groupings or AHEAD.search(r.text) or not COMMITMENT.search(r.text):
        return None
    return None if _part(r.text) is None or any(p.is_future for p in r.periods) else 2.4


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key not in NOT_OF_IT}
    args["part"] = _part(r.text) or "utilisation"
    return tuple(Planned("commitment_use", {**args, "period": period} if period else args) for period in spans(r, base))


INTENTS = (Intent("commitment_use", _weigh, _fill),)
