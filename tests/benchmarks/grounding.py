"""The check of every number in a reply against the results behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from bot.agent.grounding.check import check
from bot.agent.grounding.evidence import Evidence
from tests.benchmarks.timing import compared
from tools.results import Figure, Result, Table

TODAY = date(2026, 11, 23)
THROUGH = date(2026, 11, 21)


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


def measured(runs: int) -> Iterator[str]:
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
