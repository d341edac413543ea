"""The check of every number in a reply against the results behind it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from bot.agent.grounding.check import check
from bot.agent.grounding.evidence import Evidence
from tests.benchmarks.timing import compared
from tests.grounding.replies import TODAY as REPLIES_TODAY
from tests.grounding.replies import case, corrupted
from tools.results import Figure, Result, Table

TODAY = date(2026, 11, 23)
THROUGH = date(2026, 11, 21)
REPLIES = 5_000


def _result(rows: int) -> Result:
    amounts = [Decimal(1_000_003 * (n + 1) % 9_999_991).scaleb(-2) for n in range(rows)]
    names = [f"team-{n}" for n in range(rows)]
    table = Table(
        "Cost by team",
        ("Team", "Currency", "EffectiveCost (USD)"),
        tuple(zip(names, ["USD"] * rows, amounts, strict=True)),
    )
    figures = tuple(Figure(name, amount, "USD", THROUGH) for name, amount in zip(names, amounts, strict=True))
    return Result(f"{names[0]} spent ${amounts[0]:,}.", figures, table, data_through=THROUGH)


def caught_and_touched(replies: int, seed: int) -> tuple[Counter[str], int]:
    """Of so many generated replies with one number wrong, how many were not caught, by how wrong; and how many
    of as many true ones were touched."""
    missed: Counter[str] = Counter()
    touched = 0
    for n in range(replies):
        rng = random.Random(f"{seed} {n}")
        true = case(rng)
        evidence = Evidence.of([true.result], today=REPLIES_TODAY)
        touched += bool(check(true.text(), evidence).removed)
        wrong, figure, how = corrupted(rng, true)
        if not any(figure in item.figure or item.figure in figure for item in check(wrong, evidence).removed):
            missed[how] += 1
    return missed, touched


def measured(runs: int) -> Iterator[str]:
    missed, touched = caught_and_touched(REPLIES, 1)
    yield f"Grounding, {REPLIES:,} generated replies with one wrong number each and {REPLIES:,} true ones"
    yield f"  not caught: {missed.total()} {dict(missed) or ''}"
    yield f"  true ones touched: {touched} ({100 * touched / REPLIES:.2f}%)"
    yield "Grounding check, a reply that tells every figure"
    for rows in (10, 100):
        result = _result(rows)
        text = "\n".join(f"- {figure.label} spent ${figure.value:,} in October 2026." for figure in result.figures)
        gather = partial(Evidence.of, [result], question="What did each team spend in October 2026?", today=TODAY)
        evidence = gather()
        if not check(text, evidence).ok:
            raise AssertionError("a true reply was refused")
        yield compared(f"gathering the evidence, {rows} rows", gather, {}, runs)
        yield compared(f"checking {rows} sentences", partial(check, text, evidence), {}, runs)
