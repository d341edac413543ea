"""What of the told flows is paid once, paid each period, received each period, and got back at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.agent.planner.cashflows.flows import Flow, Length
from bot.agent.planner.cashflows.words import A_YEAR
from tools.money import plain


@dataclass(frozen=True, slots=True)
class Sides:
    paid: tuple[Flow, ...]
    running: tuple[Flow, ...]
    received: tuple[Flow, ...]
    once_in: tuple[Flow, ...]
    left: tuple[Flow, ...]

    @property
    def all(self) -> tuple[Flow, ...]:
        return (*self.paid, *self.running, *self.received, *self.once_in, *self.left)


def of_a_project(flows: Sequence[Flow]) -> Sides | None:
    """The sides of a project: of amounts that nothing says which way they go, one that comes once is paid, one that
    comes each period is received; None where there are more such."""
    loose = [f for f in flows if f.way == ""]
    once = [f for f in loose if f.every is None]
    each = [f for f in loose if f.every is not None]
    told_in = any(f.way == "in" and f.every for f in flows)
    if (
        len(once) > 1
        or len(each) > 1
        or (once and any(f.way == "out" and f.every is None for f in flows))
        or (each and told_in)
    ):
        return None
    return _sides(flows, once, [], each)


def of_costs(flows: Sequence[Flow]) -> Sides | None:
    """The sides of what only costs: whatever says nothing else is paid; None where something is received."""
    if any(f.way == "in" for f in flows):
        return None
    once = [f for f in flows if f.way == "" and f.every is None]
    each = [f for f in flows if f.way == "" and f.every is not None]
    return None if len(once) > 1 or len(each) > 1 else _sides(flows, once, each, [])


def _sides(flows: Sequence[Flow], once: Sequence[Flow], running: Sequence[Flow], received: Sequence[Flow]) -> Sides:
    def side(way: str, each: bool, more: Sequence[Flow]) -> tuple[Flow, ...]:
        return tuple(f for f in flows if (f.way == way and (f.every is not None) == each) or any(f is m for m in more))

    left = tuple(f for f in flows if f.way == "left")
    return Sides(
        side("out", False, once), side("out", True, running), side("in", True, received), side("in", False, []), left
    )


def one_currency(flows: Sequence[Flow]) -> str | None:
    """The currency of all of them, USD where none is told; None where there are several."""
    codes = {f.currency for f in flows if f.currency}
    return None if len(codes) > 1 else codes.pop() if codes else "USD"


def summed(flows: Sequence[Flow], span: str | None = None) -> Decimal:
    """Their sum, of amounts each period that of one `span`."""
    if span is None:
        return sum((f.value for f in flows), Decimal(0))
    return sum((f.value * A_YEAR[str(f.every)] / A_YEAR[span] for f in flows), Decimal(0))


def over(flow: Flow, length: Length) -> str | None:
    """What is paid in a length of time, as an expression; None where that is no whole number of payments."""
    if flow.every is None:
        return plain(flow.value)
    times = length.count * A_YEAR[flow.every] / A_YEAR[length.span]
    if times != times.to_integral_value() or times < 1:
        return None
    return plain(flow.value) if times == 1 else f"{plain(flow.value)} * {plain(times)}"


def total(sides: Sides, length: Length | None) -> str | None:
    """The cost of everything over a length of time, less what is got back at the end."""
    parts = []
    for flow in (*sides.paid, *sides.running):
        part = (
            plain(flow.value)
            if length is None and flow.every is None
            else None
            if length is None
            else over(flow, length)
        )
        if part is None:
            return None
        parts.append(part)
    return " - ".join([" + ".join(parts), *(plain(f.value) for f in sides.left)]) if parts else None
