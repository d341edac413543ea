"""Tools that say an amount another way: a day, a year, in thousands; several amounts together or side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.money import Money
from tools.results import Figure, Result, Table

SCALES = {"thousands": ("thousand", Decimal(10**3)), "millions": ("million", Decimal(10**6))}
DAYS_A_YEAR = 365
IN_DAYS = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7)}
IN_MONTHS = {"month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)}


class Restated(Arguments):
    amount: Number
    currency: str = Field(default="USD", description="The amount's unit.")
    to: Literal["hour", "day", "week", "month", "quarter", "year", "thousands", "millions"]
    over_days: Number | None = Field(default=None, description="Over how many days the amount was charged.")
    over_months: Number | None = Field(default=None, description="Over how many whole months, where it is such.")


class Combined(Arguments):
    how: Literal["sum", "difference", "least", "most"]
    lead: Literal["amount", "percent_less", "percent_more", "times"] = Field(
        default="amount",
        description="What of a difference is told first: how many percent the smaller is less or the larger more, or "
        "how many times the larger is the smaller: a ratio, factor or multiple.",
    )


def _restated(services: Services, turn: Turn, args: Restated) -> Output:
    if args.currency == "%":
        raise Unknown("That figure is a share; it has no amount a day or in thousands.")
    one_currency(turn)
    if scale := SCALES.get(args.to):
        word, size = scale
        unit = f"{word} {args.currency}".strip()
        said = f"{_shown(args.amount, args.currency)} is {_number(args.amount / size)} {unit}."
        return Output(Result(said, (Figure(f"In {args.to}", args.amount / size, unit),), _table(args)))
    unit, per, of = args.currency.partition(" per ")
    if per and of.lower().endswith("hour") and not (args.over_days or args.over_months):
        args = args.model_copy(update={"currency": unit, "over_days": IN_DAYS["hour"]})
    if not args.over_days and not args.over_months:
        raise NeedsChoice("Over how long is that amount?", ("a day", "a month", "a year"))
    value, how = _each(args)
    said = f"{_shown(value, args.currency)} {'an' if args.to == 'hour' else 'a'} {args.to}: {how}."
    return Output(Result(said, (Figure(f"A {args.to}", value, args.currency),), _table(args), assumptions=(how,)))


def _each(args: Restated) -> tuple[Decimal, str]:
    """The amount of each span, and how it was worked out."""
    amount = _shown(args.amount, args.currency)
    if args.to in IN_MONTHS and args.over_months:
        value = args.amount / args.over_months * IN_MONTHS[args.to]
        count = f"{_number(args.over_months)} month{'s' * (args.over_months != 1)}"
        return value, f"{amount} over {count}, times {_number(IN_MONTHS[args.to])}"
    days = args.over_days
    if not days and args.over_months:
        days = args.over_months * DAYS_A_YEAR / 12
    assert days is not None
    if days <= 0:
        raise BadInput("An amount is spread over more than no days.")
    length = IN_DAYS.get(args.to) or IN_MONTHS[args.to] * DAYS_A_YEAR / 12
    counted = f"{_number(days)} day{'s' * (days != 1)}"
    return args.amount / days * length, f"{amount} over {counted}, a {args.to} as {_number(length)} days"


def one_currency(turn: Turn) -> None:
    """A reply in two currencies has no one amount."""
    last = next((call.output.result for call in reversed(turn.calls) if call.output is not None), None)
    if last is None or len(last.figures) < 2:
        return
    first, second = last.figures[:2]
    both = all(len(f.unit) == 3 and f.unit.isupper() for f in (first, second))
    if both and first.unit != second.unit:
        raise NeedsChoice("That is in two currencies; which do you mean?", (first.unit, second.unit))


def _combined(services: Services, turn: Turn, args: Combined) -> Output:
    heads = [call.output.result.figures[0] for call in turn.calls if call.output and call.output.result.figures]
    if len(heads) < 2:
        raise Unknown("There are no two answers to set side by side.")
    if len({figure.unit for figure in heads}) > 1:
        raise Unknown("Those figures are in different units; they can't be added up or compared.")
    unit = heads[0].unit
    parts = [f"{figure.label} {_shown(figure.value, unit)}" for figure in heads]
    rows = tuple((figure.label, figure.value) for figure in heads)
    table = Table("Side by side", ("Figure", f"Value ({unit})"), rows)
    if args.how == "sum":
        total = sum((figure.value for figure in heads), Decimal(0))
        return Output(
            Result(f"Together {_shown(total, unit)}: {'; '.join(parts)}.", (Figure("Together", total, unit),), table)
        )
    if args.how in {"least", "most"}:
        ordered = sorted(heads, key=lambda figure: figure.value, reverse=args.how == "most")
        word = "The lowest" if args.how == "least" else "The highest"
        said = f"{word} is {ordered[0].label} with {_shown(ordered[0].value, unit)}: {'; '.join(parts)}."
        return Output(Result(said, tuple(ordered), table))
    first, last = heads[0].value, heads[-1].value
    gap = abs(first - last)
    larger = heads[0] if first >= last else heads[-1]
    smaller = heads[-1] if larger is heads[0] else heads[0]
    figures = [Figure("Difference", gap, unit), *heads]
    of_it = ""
    if larger.value > 0 and min(first, last) >= 0 and unit != "%":
        share = gap / larger.value * 100
        figures.insert(1, Figure("Difference in percent of the larger", share, "%"))
        of_it = f" ({_number(share.quantize(Decimal('0.1')))}%)"
        if smaller.value and gap:
            more = gap / smaller.value * 100
            figures.insert(2, Figure("Difference in percent of the smaller", more, "%"))
            figures.insert(3, Figure("The larger over the smaller", larger.value / smaller.value, "times"))
    said = f"{_shown(gap, unit)}{of_it} apart, {larger.label} the larger: {'; '.join(parts)}."
    first_told = next((figure for figure in figures if figure.label == LEADS.get(args.lead)), None)
    if first_told is not None:
        figures = [first_told, *(figure for figure in figures if figure is not first_told)]
        said = f"{_led(args.lead, first_told.value, larger.label, smaller.label)} {said}"
    return Output(Result(said, tuple(figures), table))


LEADS = {
    "percent_less": "Difference in percent of the larger",
    "percent_more": "Difference in percent of the smaller",
    "times": "The larger over the smaller",
}


def _led(lead: str, value: Decimal, larger: str, smaller: str) -> str:
    shown = _number(value if value == value.to_integral_value() else value.quantize(Decimal("0.01")))
    if lead == "times":
        return f"{larger} is {shown} times {smaller}."
    if lead == "percent_more":
        return f"{larger} is {shown}% above {smaller}."
    return f"{smaller} is {shown}% below {larger}."


def _table(args: Restated) -> Table:
    rows: list[tuple[str, Decimal]] = [("Amount", args.amount)]
    if args.over_days:
        rows.append(("Days", args.over_days))
    if args.over_months:
        rows.append(("Months", args.over_months))
    return Table("Restated from", ("Item", f"Value ({args.currency})"), tuple(rows))


def _shown(value: Decimal, unit: str) -> str:
    if len(unit) == 3 and unit.isupper():
        return Money(value, unit).shown()
    return f"{_number(value)} {unit}".strip()


def _number(value: Decimal) -> str:
    """Whole as it is, else to two decimals from one upward and four significant digits below."""
    if value == value.to_integral_value():
        return f"{int(value):,}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.4g}"


TOOLS = (
    Tool(
        "restated_amount",
        "An amount said another way: a day, a month, a year (over how long it was charged must be known), in thousands "
        "or millions.",
        Restated,
        _restated,
        "Putting the amount another way",
    ),
    Tool(
        "combined_amounts",
        "The headline figures of this question's earlier calls added up, how far apart they are, or the least or most.",
        Combined,
        _combined,
        "Setting the figures side by side",
    ),
)
