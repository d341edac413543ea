"""A company's figures of the quarter or year before or after those of the answer before."""

from __future__ import annotations

import re
from typing import Any

from bot.agent.planner.plan import Planned
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.threads.relative_periods import LATER, RELATIVE

LONGEST = 9
AGO = re.compile(r"\b(?:last\s+year|(?:a|one)\s+year\s+ago|the\s+year\s+before|year[\s-]ago)\b", re.IGNORECASE)


def another_time(text: str, call: Earlier) -> list[Planned] | None:
    """The call for the time that `text` tells from that of the answer before; None where it tells none so, or where
    that has no single time to tell it from."""
    if call.tool != "company_figures" or len(text.split()) > LONGEST:
        return None
    found = RELATIVE.search(text)
    if found is None:
        step = -4 if AGO.search(text) else 0
    elif found["e_way"]:
        step = -4
    else:
        way = next(found[f"{name}_way"] for name in "abcd" if found[f"{name}_way"]).lower()
        unit = next(found[name] for name in "abcd" if found[name]).lower()
        step = (1 if way in LATER else -1) * {"quarter": 1, "year": 4}.get(unit, 0)
        if unit in {"one", "period"}:
            step = (1 if way in LATER else -1) * (1 if _quarterly(call.args) else 4)
    if not step or any(call.args.get(key) for key in ("fiscal_years", "calendar_year", "year", "growth")):
        return None
    return [Planned(call.tool, shifted)] if (shifted := _shifted(call.args, step)) else None


def _quarterly(args: dict[str, Any]) -> bool:
    return args.get("by", "quarter") == "quarter" or "quarter" in args


def _shifted(args: dict[str, Any], step: int) -> dict[str, Any] | None:
    """The arguments a number of quarters later; of years, a quarter of that. None where that can't be told."""
    if not _quarterly(args):
        if step % 4:
            return None
        step //= 4
    year, quarter = args.get("fiscal_year"), args.get("quarter")
    if year is not None and quarter is not None:
        index = year * 4 + quarter - 1 + step
        return {**args, "fiscal_year": index // 4, "quarter": index % 4 + 1}
    if quarter is not None:
        return None
    if year is not None:
        years = step / 4 if _quarterly(args) else step
        return {**args, "fiscal_year": year + int(years)} if years == int(years) else None
    back = int(args.get("skip", 0)) - step
    return {**args, "last": args.get("last", 1), "skip": back} if back >= 0 else None
