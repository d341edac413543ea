"""A tool on several amounts together: added up, how far apart they are, the least or the most of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.restated import number, shown
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Call, Output, Turn
from bot.services import Services
from tools.errors import Unknown
from tools.results import Figure, Result, Table

LEADS = {
    "percent_less": "Difference in percent of the larger",
    "percent_more": "Difference in percent of the smaller",
    "times": "The larger over the smaller",
}
# What may tell two figures of one name apart, and the word between the name and it.
TELLING = (
    *(("model", "of"), ("accelerator", "of"), ("provider", "at"), ("region", "in"), ("pricing_model", "as")),
    *(("on", "in"), ("hours", "for"), ("price_per_hour", "at")),
)


class Combined(Arguments):
    how: Literal["sum", "difference", "least", "most"]
    lead: Literal["amount", "percent_less", "percent_more", "times"] = Field(
        default="amount",
        description="What of a difference is told first: how many percent the smaller is less or the larger more, or "
        "how many times the larger is the smaller: a ratio, factor or multiple.",
    )


def _combined(services: Services, turn: Turn, args: Combined) -> Output:
    heads = _heads(turn.calls)
    if len(heads) < 2:
        raise Unknown("There are no two answers to set side by side.")
    if len({figure.unit for figure in heads}) > 1:
        raise Unknown("Those figures are in different units; they can't be added up or compared.")
    unit = heads[0].unit
    parts = "; ".join(f"{figure.label} {shown(figure.value, unit)}" for figure in heads)
    rows = tuple((figure.label, figure.value) for figure in heads)
    table = Table("Side by side", ("Figure", f"Value ({unit})"), rows)
    if args.how == "sum":
        total = sum((figure.value for figure in heads), Decimal(0))
        return Output(Result(f"Together {shown(total, unit)}: {parts}.", (Figure("Together", total, unit),), table))
    if args.how in {"least", "most"}:
        ordered = sorted(heads, key=lambda figure: figure.value, reverse=args.how == "most")
        word = "The lowest" if args.how == "least" else "The highest"
        said = f"{word} is {ordered[0].label} with {shown(ordered[0].value, unit)}: {parts}."
        return Output(Result(said, tuple(ordered), table))
    said, figures = _apart(heads, args.lead, parts)
    return Output(Result(said, figures, table))


def _apart(heads: Sequence[Figure], lead: str, parts: str) -> tuple[str, tuple[Figure, ...]]:
    """How far the first and the last are apart: as an amount, in percent of each, and as a multiple."""
    first, last, unit = heads[0], heads[-1], heads[0].unit
    gap = abs(first.value - last.value)
    larger, smaller = (first, last) if first.value >= last.value else (last, first)
    figures = [Figure("Difference", gap, unit), *heads]
    if not gap:
        figures.insert(1, Figure("Difference in percent of the larger", Decimal(0), "%"))
        return f"No difference: {parts}.", tuple(figures)
    of_it = ""
    if smaller.value >= 0 and unit != "%":
        share = gap / larger.value * 100
        figures.insert(1, Figure(LEADS["percent_less"], share, "%"))
        of_it = f" ({number(share.quantize(Decimal('0.1')))}% of the larger)"
        if smaller.value:
            figures.insert(2, Figure(LEADS["percent_more"], gap / smaller.value * 100, "%"))
            figures.insert(3, Figure(LEADS["times"], larger.value / smaller.value, "times"))
    told = next((figure for figure in figures if figure.label == LEADS.get(lead)), None)
    set_against = f"{shown(larger.value, unit)} against {shown(smaller.value, unit)}"
    said = f"{larger.label} is {shown(gap, unit)} above {smaller.label}{of_it}: {set_against}."
    if told is not None:
        figures = [told, *(figure for figure in figures if figure is not told)]
        said = f"{_led(lead, told.value, larger.label, smaller.label)} {said}"
    return said, tuple(figures)


def _led(lead: str, value: Decimal, larger: str, smaller: str) -> str:
    rounded = number(value if value == value.to_integral_value() else value.quantize(Decimal("0.01")))
    if lead == "times":
        return f"{larger} is {rounded} times {smaller}."
    if lead == "percent_more":
        return f"{larger} is {rounded}% above {smaller}."
    return f"{smaller} is {rounded}% below {larger}."


def _heads(calls: Sequence[Call]) -> list[Figure]:
    """The headline of each call; those of one name with what the calls differ in."""
    made = [(call, call.output.result.figures[0]) for call in calls if call.output and call.output.result.figures]
    labels = [figure.label for _, figure in made]
    if len(made) < 2 or len(set(labels)) == len(labels):
        return [figure for _, figure in made]
    for key, word in TELLING:
        values = [str(call.args.get(key) or "").replace("_", " ") for call, _ in made]
        if len(set(values)) == len(values) and sum(map(bool, values)) >= len(values) - (key in {"on", "pricing_model"}):
            return [
                replace(figure, label=f"{figure.label} {word} {value}" if value else f"{figure.label} now")
                for (_, figure), value in zip(made, values, strict=True)
            ]
    return [figure for _, figure in made]


TOOLS = (
    Tool(
        "combined_amounts",
        "The headline figures of this question's earlier calls added up, how far apart they are, or the least or most.",
        Combined,
        _combined,
        "Setting the figures side by side",
    ),
)
