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


def _restated(services: Services, turn: Turn, args: Restated) -> Output:
    if args.currency == "%":
        raise Unknown("That figure is a share; it has no amount a day or in thousands.")
    one_currency(turn)
    if scale := SCALES.get(args.to):
        word, size = scale
        unit = f"{word} {args.currency}".strip()
        said = f"{shown(args.amount, args.currency)} is {number(args.amount / size)} {unit}."
        return Output(Result(said, (Figure(f"In {args.to}", args.amount / size, unit),), _table(args)))
    unit, per, of = args.currency.partition(" per ")
    if per and of.lower().endswith("hour") and not (args.over_days or args.over_months):
        args = args.model_copy(update={"currency": unit, "over_days": IN_DAYS["hour"]})
    if not args.over_days and not args.over_months:
        raise NeedsChoice("Over how long is that amount?", ("a day", "a month", "a year"))
    value, how = _each(args)
    said = f"{shown(value, args.currency)} {'an' if args.to == 'hour' else 'a'} {args.to}: {how}."
    return Output(Result(said, (Figure(f"A {args.to}", value, args.currency),), _table(args), assumptions=(how,)))


def _each(args: Restated) -> tuple[Decimal, str]:
    """The amount of each span, and how it was worked out."""
    amount = shown(args.amount, args.currency)
    if args.to in IN_MONTHS and args.over_months:
        value = args.amount / args.over_months * IN_MONTHS[args.to]
        count = f"{number(args.over_months)} month{'s' * (args.over_months != 1)}"
        return value, f"{amount} over {count}, times {number(IN_MONTHS[args.to])}"
    days = args.over_days
    if not days and args.over_months:
        days = args.over_months * DAYS_A_YEAR / 12
    assert days is not None
    if days <= 0:
        raise BadInput("An amount is spread over more than no days.")
    length = IN_DAYS.get(args.to) or IN_MONTHS[args.to] * DAYS_A_YEAR / 12
    counted = f"{number(days)} day{'s' * (days != 1)}"
    return args.amount / days * length, f"{amount} over {counted}, a {args.to} as {number(length)} days"


def one_currency(turn: Turn) -> None:
    """A reply in two currencies has no one amount."""
    last = next((call.output.result for call in reversed(turn.calls) if call.output is not None), None)
    if last is None or len(last.figures) < 2:
        return
    first, second = last.figures[:2]
    both = all(len(f.unit) == 3 and f.unit.isupper() for f in (first, second))
    if both and first.unit != second.unit:
        raise NeedsChoice("That is in two currencies; which do you mean?", (first.unit, second.unit))


def _table(args: Restated) -> Table:
    rows: list[tuple[str, Decimal]] = [("Amount", args.amount)]
    if args.over_days:
        rows.append(("Days", args.over_days))
    if args.over_months:
        rows.append(("Months", args.over_months))
    return Table("Restated from", ("Item", f"Value ({args.currency})"), tuple(rows))


def shown(value: Decimal, unit: str) -> str:
    if len(unit) == 3 and unit.isupper():
        return Money(value, unit).shown()
    currency, per, of = unit.partition(" per ")
    if per and len(currency) == 3 and currency.isupper():
        return f"{Money(value, currency).shown()} per {of}"
    return f"{number(value)} {unit}".strip()


def number(value: Decimal) -> str:
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
)
