"""Projects set side by side by a measure, and offers by what they cost over one time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.agent.planner.cashflows.asked import DIFFERENCE, MOST, WORTH, Measure, measures
from bot.agent.planner.cashflows.cases import Case, named
from bot.agent.planner.cashflows.flows import Length
from bot.agent.planner.cashflows.one_project import discount_rate, project_args
from bot.agent.planner.cashflows.sides import of_a_project, of_costs, total
from bot.agent.planner.cashflows.words import A_YEAR, ONE_SPAN
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

MANY_CASES = re.compile(
    r"\s+(?:offers?|vendors?|options?|projects?|plans?|quotes?|proposals?|suppliers?|providers?|tools?|bids?|ways?|deals?)\b",
    re.IGNORECASE,
)


def compared(r: Reading, parts: Sequence[Case], free: str, code: str) -> Planned | None:
    """Projects by a measure, or offers by what they cost over one time."""
    shared = [part for part in parts if not part.flows]
    told_cases = [part for part in parts if part.flows]
    bare = [
        b for part in parts for b in part.bare if not (b.value == len(told_cases) and MANY_CASES.match(r.text, b.end))
    ]
    if bare:
        return None
    own = [part.lengths for part in told_cases]
    common = [s for part in shared for s in part.lengths]
    if len({len(spans) for spans in own}) > 1:
        common += [s for spans in own for s in spans]
        own = [()] * len(told_cases)
        if len({s.months() for s in common}) > 1:
            return None
    one = ONE_SPAN.search(r.text)
    if one is not None and not common and not any(own):
        common = [Length(told_cases[0].flows[0].amount, Decimal(1), one["span"].lower())]
    elif one is not None:
        return None
    if any(len(spans) > 1 for spans in own) or len({s.months() for s in common}) > 1 or (common and any(own)):
        return None
    percents = [p for part in parts for p in part.percents]
    rate, read = discount_rate(percents, r.text, free)
    if not read:
        return None
    lengths = [spans[0] if spans else common[0] if common else None for spans in own]
    asked = measures(free) or (("npv",) if rate is not None and WORTH.search(free) else ())
    names = named(r.text, told_cases)
    if asked and not (asked == ("payback",) and all(of_costs(c.flows) for c in told_cases)):
        return _projects(told_cases, names, lengths, asked, rate, code)
    return None if rate is not None or asked else _offers(told_cases, names, lengths, free, code)


def _projects(
    told_cases: Sequence[Case], names: Sequence[str], lengths: Sequence[Length | None], asked: tuple[Measure, ...],
    rate: Amount | None, code: str,
) -> Planned | None:  # fmt: skip
    if len(asked) > 1:
        return None
    filled = []
    for case, length in zip(told_cases, lengths, strict=True):
        sides = of_a_project(case.flows)
        args = None if sides is None else project_args(sides, length, asked)
        if args is None or "residual" in args:
            return None
        filled.append(args)
    if len({args["period"] for args in filled}) > 1:
        return None
    projects = tuple(
        {"name": name} | {k: v for k, v in args.items() if k not in {"period", "notes"}}
        for name, args in zip(names, filled, strict=True)
    )
    call = {"measure": asked[0], "projects": projects, "period": filled[0]["period"], "currency": code}
    return Planned("compare_projects", call | ({"discount_rate": plain(rate.value)} if rate is not None else {}))


def _offers(
    told_cases: Sequence[Case], names: Sequence[str], lengths: Sequence[Length | None], free: str, code: str
) -> Planned | None:
    sides = [of_costs(case.flows) for case in told_cases]
    if len({length.months() if length else None for length in lengths}) > 1:
        return None
    length = lengths[0]
    spans = {f.every for case in told_cases for f in case.flows}
    if length is None and None not in spans and len(spans) > 1:
        longest = min((str(s) for s in spans), key=lambda s: A_YEAR[s])
        length = Length(told_cases[0].flows[0].amount, Decimal(1), longest)
    elif length is None and len(spans) > 1:
        return None
    elif length is None and None not in spans:
        length = Length(told_cases[0].flows[0].amount, Decimal(1), str(next(iter(spans))))
    sums = [None if side is None else total(side, length) for side in sides]
    if any(one is None for one in sums):
        return None
    over = (
        ""
        if length is None
        else f"over {plain(length.count)} {length.span}s"
        if length.count != 1
        else f"a {length.span}"
    )
    args: dict[str, Any] = {
        "options": tuple({"name": name, "expression": str(one)} for name, one in zip(names, sums, strict=True)),
        "over": over,
        "currency": code,
    }
    if DIFFERENCE.search(free):
        args["difference"] = True
    if MOST.search(free):
        args["dearest"] = True
    return Planned("compare_costs", args)
