"""Costs of several kinds added up: what is paid once, what is paid each month or year, over a time that is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.agent.planner.quantities.asked import Asked
from bot.agent.planner.quantities.dimensions import IN_ONE, LONG_TIMES, TIMES, Quantity
from bot.agent.planner.quantities.solve import Solved, solve
from tools.calculators.arithmetic import calculate

TOGETHER = re.compile(
    r"\btco\b|\btotal\b|\ball[\s-]?in\b|\baltogether\b|\btogether\b|\bcombined\b|\bsum\b|\bin\s+all\b|\boverall\b|\b(?:annual|yearly"
    r"|monthly)\s+(?:run[\s-]?rate|costs?|bill|spend)\b|\bper\s+(?:year|month)\b|\bhow\s+much\b|\bwhat\b",
    re.IGNORECASE,
)
APART = re.compile(r",|;|\.(?=\s)|\band\b|\bplus\b|\+|\bwith\b|:|\(|\)|\balong\b|\bas well\b", re.IGNORECASE)
LESS = re.compile(
    r"\b(?:sav\w+|benefit\w*|earn\w*|revenue|income|gain\w*|brings?|instead|resale|resell\w*|resold|salvage|residual|sell\w*|sold|trade[\s-]in|rebate|refund\w*|credit\w*|replac\w+|versus|vs|minus|less|cheaper)\b",
    re.I,
)
SALARY = Decimal(20000)


@dataclass(frozen=True, slots=True)
class Term:
    """One cost: its expression, and the time it is paid each of; None is once."""

    expression: str
    span: str | None


def added(text: str, quantities: Sequence[Quantity], wanted: Asked) -> Solved | None:
    """The sum of the costs over the time that is told, or for the time asked; None where an amount has no place."""
    money = [q for q in quantities if q.kind == "money"]
    if len(money) < 2 or TOGETHER.search(wanted.free) is None or LESS.search(text) or wanted.of:
        return None
    if any(unit not in TIMES for unit, power in wanted.dims.items() if power < 0):
        return None
    asked_span = next((unit for unit in wanted.dims if unit in TIMES), None)
    groups = _groups(text, quantities)
    if groups is None:
        return None
    terms, horizon, notes = groups
    recurring = [term for term in terms if term.span]
    once = [term for term in terms if not term.span]
    if horizon is not None and asked_span is None and recurring:
        parts = [_over(term, horizon) for term in terms]
    elif horizon is None and asked_span is not None and not once:
        parts = [_each(term, asked_span) for term in terms]
    elif horizon is None and asked_span is None and len({term.span for term in terms}) == 1:
        parts = [term.expression for term in terms]
    else:
        return None
    if any(part is None for part in parts):
        return None
    expression = " + ".join(str(part) for part in parts)
    span = asked_span or (terms[0].span if horizon is None else None)
    return Solved(expression, calculate(expression).figures[0].value, tuple(notes), None if asked_span else span)


def _groups(text: str, quantities: Sequence[Quantity]) -> tuple[list[Term], Quantity | None, list[str]] | None:
    """The costs, each worked out of the amounts of its clause, and the time that they are added up over."""
    clauses: list[list[Quantity]] = []
    for quantity in sorted(quantities, key=lambda q: q.start):
        fresh = not clauses or APART.search(text[clauses[-1][-1].end : quantity.start])
        if fresh:
            clauses.append([quantity])
        else:
            clauses[-1].append(quantity)
    horizon: Quantity | None = None
    terms, notes = [], []
    for clause in clauses:
        if not any(q.kind == "money" for q in clause):
            if horizon is not None or len(clause) != 1 or not _is_span(clause[0]):
                return None
            horizon = clause[0]
            continue
        spare = [q for q in clause if _is_span(q)]
        if spare and horizon is None and len([q for q in clause if q.kind == "money"]) == 1 and len(clauses) > 1:
            horizon = spare[0]
            clause = [q for q in clause if q is not horizon]
        code = next(q.currency for q in clause if q.kind == "money")
        found = solve(clause, {str(code): 1})
        lone = len(clause) == 1 and (clause[0].each or clause[0].of_one())
        if found is None or lone or sum(q.kind == "money" for q in clause) != 1:
            return None
        span = found.span
        people = any(q.dims.get("person") == 1 for q in clause)
        if span is None and people and all(q.value >= SALARY for q in clause if q.kind == "money"):
            span = "year"
            notes.append("A salary without a time is that of a year")
        terms.append(Term(found.expression, span))
        notes += found.notes
    return terms, horizon, notes


def _is_span(quantity: Quantity) -> bool:
    return quantity.kind == "count" and set(quantity.dims) <= LONG_TIMES and set(quantity.dims.values()) == {1}


def _over(term: Term, horizon: Quantity) -> str | None:
    """A cost over the whole time: once, or as often as it is paid."""
    if term.span is None:
        return term.expression
    unit = next(iter(horizon.dims))
    times = _factor(term.span, unit)
    if times is None:
        return None
    return f"{term.expression} * {horizon.written}{times}"


def _each(term: Term, span: str) -> str | None:
    times = _factor(str(term.span), span)
    return None if times is None else f"{term.expression}{times}"


def _factor(small: str, large: str) -> str | None:
    """How a cost each `small` becomes one each `large`."""
    if small == large:
        return ""
    if many := IN_ONE.get((small, large)):
        return f" * {many}"
    if many := IN_ONE.get((large, small)):
        return f" / ({many})"
    return None
