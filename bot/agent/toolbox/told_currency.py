"""Calculations in the currency of the prices that a person gave: nothing is converted, so every price must be given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot.agent.turn import Output, Turn
from tools.errors import NeedsChoice
from tools.money import SYMBOLS
from tools.results import Cell, Result

if TYPE_CHECKING:
    from bot.services import Services

CURRENCY = "ISO code of all prices that the person gave, where they are not in US dollars: EUR."
ONLY_DOLLARS = (
    "The prices that I know are in US dollars, and I hold no exchange rate. Could you give every price in {code}, or "
    "all amounts in US dollars?"
)
A = TypeVar("A")


def in_told_currency(
    run: Callable[[Services, Turn, A], Output], complete: Callable[[A], bool]
) -> Callable[[Services, Turn, A], Output]:
    """`run`, its amounts told in the currency of the arguments; NeedsChoice where prices that are not all given, as
    `complete` says, would have to come from the tables, which are in US dollars."""

    def told(services: Services, turn: Turn, args: A) -> Output:
        code = str(getattr(args, "currency", None) or "USD").upper()
        if code == "USD":
            return run(services, turn, args)
        if not complete(args):
            raise NeedsChoice(ONLY_DOLLARS.format(code=code))
        output = run(services, turn, args)
        return replace(output, result=relabelled(output.result, code))

    return told


def relabelled(result: Result, code: str) -> Result:
    """`result` of amounts that were worked out as dollars and are of `code`; figures keep their values."""
    sign = SYMBOLS.get(code, f"{code} ")

    def said(text: str) -> str:
        return text.replace("$", sign).replace("USD", code)

    def cell(value: Cell) -> Any:
        return said(value) if isinstance(value, str) else value

    table = result.table
    if table is not None:
        rows = tuple(tuple(cell(value) for value in row) for row in table.rows)
        table = replace(table, title=said(table.title), columns=tuple(map(said, table.columns)), rows=rows)
    chart = result.chart
    if chart is not None:
        series = tuple(replace(one, name=said(one.name)) for one in chart.series)
        chart = replace(chart, title=said(chart.title), unit=said(chart.unit), series=series)
    return replace(
        result,
        summary=said(result.summary),
        figures=tuple(replace(one, label=said(one.label), unit=said(one.unit)) for one in result.figures),
        table=table,
        chart=chart,
        assumptions=tuple(map(said, result.assumptions)),
        warnings=tuple(map(said, result.warnings)),
    )
