"""The one product of all told amounts whose units are those of the figure asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product as every

from bot.agent.planner.quantities.dimensions import TIMES, Quantity, conversions, is_currency, product
from tools.calculators.arithmetic import calculate

MOST = 8
# What is there all the time: a cost of them by the month is one of each by the month.
LASTING = frozenset({"person", "team", "GPU", "node"})
IN_WORDS = {
    "60": "60 seconds a minute, 60 minutes an hour",
    "730": "730 hours a month: around the clock",
    "8760": "8,760 hours a year: around the clock",
    "24": "24 hours a day: around the clock",
    "30": "a month of 30 days",
    "90": "a quarter of 90 days",
    "365": "365 days a year",
    "7": "7 days a week",
    "52": "52 weeks a year",
    "13": "13 weeks a quarter",
    "52 / 12": "52 weeks a year, 12 months a year",
    "12": "12 months a year",
}


@dataclass(frozen=True, slots=True)
class Solved:
    """`span` is the time that the figure is for where none was asked: `month` for $5,000 a month."""

    expression: str
    value: Decimal
    notes: tuple[str, ...]
    span: str | None


def solve(quantities: Sequence[Quantity], target: dict[str, int], *, always_on: bool = False) -> Solved | None:
    """The product, each amount used once and multiplied or divided by; None where there is none, or where there are
    several of different values."""
    if not 1 <= len(quantities) <= MOST:
        return None
    working = any(q.dims.get("hour", 0) > 0 or q.dims.get("minute", 0) > 0 for q in quantities)
    found = [
        one
        for powers in every((1, -1), repeat=len(quantities))
        if _allowed(quantities, powers, target)
        and (one := _tried(quantities, powers, target, working=working, always_on=always_on))
    ]
    plain = [one for one in found if not one.notes] or found
    return plain[0] if len({one.value for one in plain}) == 1 else None


def _allowed(quantities: Sequence[Quantity], powers: Sequence[int], target: dict[str, int]) -> bool:
    """Whether it makes sense to divide by what is divided by: money is never multiplied by money, a share never
    divides, and a sum of money is divided only where it is asked for one of something or of one span of time."""
    pairs = list(zip(quantities, powers, strict=True))
    money = sorted(power for quantity, power in pairs if quantity.kind == "money")
    of_money = any(is_currency(unit) for unit in target)
    if money not in ([1],) if of_money else money not in ([], [-1, 1]):
        return False
    if any(quantity.kind == "share" and power < 0 for quantity, power in pairs):
        return False
    dividing = any(power < 0 for power in target.values())
    return dividing or not of_money or all(power > 0 or quantity.of_one() or quantity.span for quantity, power in pairs)


def _tried(
    quantities: Sequence[Quantity], powers: Sequence[int], target: dict[str, int], *, working: bool, always_on: bool
) -> Solved | None:
    used = [q for q in quantities if "used" in q.dims]
    parts = [(q, p) for q, p in zip(quantities, powers, strict=True) if "used" not in q.dims]
    left = product(parts)
    for unit, power in target.items():
        left[unit] = left.get(unit, 0) - power
    left = {unit: power for unit, power in left.items() if power}
    factors, left = conversions(left, working=working)
    notes = [IN_WORDS[factor.strip("*/ ()")] for factor in factors if factor.strip("*/ ()") in IN_WORDS]
    if "* 24" in factors and not always_on:
        return None
    left, more = _of_each(left, quantities, powers)
    notes += more
    span = None
    asked_time = any(unit in TIMES for unit in target)
    if not asked_time and len(left) == 1 and (only := next(iter(left))) in TIMES and left[only] == -1:
        if any(p < 0 and q.dims.get(only, 0) > 0 for q, p in parts):
            return None  # a length of time divides only where the figure of one such time is asked for
        counts = [q for q, p in parts if p < 0 and q.kind == "count" and q.span is None]
        if counts and not all(set(q.dims) <= LASTING for q in counts):
            notes.append(f"What is counted is of the same {only} as the cost")
        else:
            span = only
        left = {}
    if (
        asked_time
        and len(left) == 1
        and (only := next(iter(left))) in TIMES
        and left[only] == 1
        and target.get(only) == -1
    ):
        within = [q for q, p in parts if p > 0 and q.kind == "count" and _is_span(q) and q.dims.get(only) is None]
        done = [q for q, _ in parts if q.kind == "count" and not q.of_one()]
        if len(within) == 1:
            notes.append(f"The {within[0].written} {next(iter(within[0].dims))}s are those of one {only}")
        elif (
            len(done) == 1 and not within and not any(set(q.dims) & {*TIMES, "person", "GPU", "node"} for q, _ in parts)
        ):
            notes.append(f"The {done[0].written} are those of one {only}")
        else:
            return None
        left = {}
    if left:
        return None
    if used and "hour" not in {u for u, p in target.items() if p < 0}:
        return None
    expression = _written([*parts, *((q, -1) for q in used)], factors)
    try:
        value = calculate(expression).figures[0].value
    except ValueError:
        return None
    return Solved(expression, value, tuple(dict.fromkeys(notes)), span)


def _is_span(quantity: Quantity) -> bool:
    return set(quantity.dims) <= set(TIMES) and set(quantity.dims.values()) == {1}


def _of_each(
    left: dict[str, int], quantities: Sequence[Quantity], powers: Sequence[int]
) -> tuple[dict[str, int], list[str]]:
    """What is left when things counted that the other amounts are told of each are taken out."""
    notes: list[str] = []
    rest = dict(left)
    words = {q.each for q in quantities}
    by_the_hour = any(q.kind == "money" and q.span == "hour" for q in quantities)
    for unit in [unit for unit, power in rest.items() if power == 1 and unit not in TIMES]:
        counts = [
            q for q, p in zip(quantities, powers, strict=True) if p > 0 and q.dims.get(unit) == 1 and q.kind == "count"
        ]
        # `32 GPUs at $50k a month` is a price of all of them, `at $2 an hour` of each.
        spread = "each" in words or ("at" in words and (by_the_hour or unit not in {"GPU", "node"}))
        if spread and len(counts) == 1:
            del rest[unit]
    return rest, notes


def _written(parts: Sequence[tuple[Quantity, int]], factors: Sequence[str]) -> str:
    def one(quantity: Quantity) -> str:
        return (
            f"({quantity.written})"
            if "/" in quantity.written and not quantity.written.startswith("(")
            else quantity.written
        )

    up = [one(q) for q, power in parts if power > 0] or ["1"]
    down = [one(q) for q, power in parts if power < 0]
    return " ".join([" * ".join(up), *(f"/ {part}" for part in down), *factors])
