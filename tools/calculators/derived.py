"""What follows from one known amount: for each of a number, as a share, in another currency, grown, against a plan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.calculators.compounding import MONTHS, Span
from tools.calculators.inputs import between, not_negative, positive
from tools.calculators.wording import money, number, percent
from tools.errors import BadInput
from tools.money import Money
from tools.results import Figure, Result, Table

LONGEST_MONTHS = 600
NOT_CONVERTED = "The rate is the one given in the question; no other rate is known here"


def for_each(amount: Money, count: Decimal, noun: str = "part") -> Result:
    """The amount divided by `count` of `noun` (one of them, singular). BadInput where the count is not above zero."""
    positive(f"the number of {noun}s", count)
    each = amount.amount / count
    said, per, nouns = Money(each, amount.currency), f"per {noun}", "people" if noun == "person" else f"{noun}s"
    return _result(
        f"{money(said)} {per}: {money(amount)} over {number(count)} {nouns}.",
        Figure(per[0].upper() + per[1:], each, amount.currency if noun == "part" else f"{amount.currency} per {noun}"),
        (("Amount", amount.amount, amount.currency), (f"Number of {noun}s", count, noun)),
        (f"{number(count)} {nouns}, as given",),
    )


def share_of(amount: Money, whole: Decimal, of: str = "that") -> Result:
    """What share of `whole`, in the amount's currency, the amount is. BadInput where the whole is not above zero."""
    positive("the amount that it is a share of", whole)
    total = Money(whole, amount.currency)
    part = amount.amount / whole
    return _result(
        f"{money(amount)} is {percent(part, 2)} of {of} of {money(total)}.",
        Figure("Share", part * 100, "%"),
        (("Amount", amount.amount, amount.currency), ("Whole", whole, amount.currency)),
        (f"The whole is {money(total)}, as given, for the same time",),
    )


def converted(amount: Money, rate: Decimal, to: str) -> Result:
    """The amount in currency `to` at `rate` of it for one of the amount's own."""
    positive("the exchange rate", rate)
    if to == amount.currency:
        raise BadInput(f"The amount is in {to} already.")
    value = amount.amount * rate
    return _result(
        f"{money(amount)} is {money(Money(value, to))} at {number(rate)} {to} for one {amount.currency}.",
        Figure(f"In {to}", value, to),
        (("Amount", amount.amount, amount.currency), (f"Rate ({to} for one {amount.currency})", rate, "")),
        (NOT_CONVERTED,),
    )


def against(amount: Money, target: Decimal, what: str = "the amount given") -> Result:
    """How far the amount is above or below `target`, in the amount's currency."""
    not_negative(what, target)
    gap = amount.amount - target
    side = "above" if gap > 0 else "below" if gap < 0 else "exactly at"
    told = f"{money(Money(abs(gap), amount.currency))} {side}" if gap else side
    rows = [("Amount", amount.amount, amount.currency), ("Compared with", target, amount.currency)]
    part = [Figure("Difference in percent", abs(gap) / target * 100, "%")] if target else []
    share = f" ({percent(abs(gap) / target, 1)})" if target and gap else ""
    return _result(
        f"{money(amount)} is {told}{share} {what} of {money(Money(target, amount.currency))}.",
        Figure(f"Amount {side} it", abs(gap), amount.currency),
        rows,
        (),
        part,
    )


DAYS_OF = {"day": Decimal(1), "week": Decimal(7), "month": Decimal(365) / 12, "year": Decimal(365)}


def lasts(amount: Money, budget: Decimal, span: str = "day") -> Result:
    """How long `budget`, in the amount's currency, lasts where the amount is spent each day; in days, weeks, months (a
    twelfth of 365 days) or years."""
    positive("what is spent a day", amount.amount)
    not_negative("the budget", budget)
    days = budget / amount.amount
    told = days / DAYS_OF[span]
    long = f"{number(told)} {span}s" + ("" if span == "day" else f" ({number(days)} days)")
    return _result(
        f"{money(Money(budget, amount.currency))} lasts {long} at {money(amount)} a day.",
        Figure("It lasts", told, f"{span}s"),
        (("Spent a day", amount.amount, amount.currency), ("Budget", budget, amount.currency)),
        ("The pace is carried on as it is",),
        () if span == "day" else (Figure("In days", days, "days"),),
    )


def bought(amount: Money, price: Decimal, noun: str = "unit") -> Result:
    """How many of `noun` at `price` each the amount pays for."""
    positive(f"the price of one {noun}", price)
    count = amount.amount / price
    return _result(
        f"{money(amount)} pays for {number(count)} {noun}s at {money(Money(price, amount.currency))} each.",
        Figure(f"Number of {noun}s", count, noun),
        (("Amount", amount.amount, amount.currency), (f"Price of one {noun}", price, amount.currency)),
        (f"A {noun} costs {money(Money(price, amount.currency))} for the same time, as given",),
    )


def changed(amount: Money, by: Decimal, *, saving: bool = False, what: str = "") -> Result:
    """The amount after a step of `by` (a share; negative is a fall). Headline: the new amount or, with `saving`, the
    difference."""
    between("the change", by, Decimal(-1), Decimal(100))
    new, gap = amount * (1 + by), Money(abs(amount.amount * by), amount.currency)
    way = "less" if by < 0 else "more"
    after, apart = Figure.of("After the change", new), Figure.of("Difference", gap)
    told = f"{money(amount)} {'with' if what else 'at'} {percent(abs(by), 2)} {what or way}"
    said = f"{percent(abs(by), 2)} of {money(amount)} is {money(gap)}, which leaves {money(new)}."
    return _result(
        said if saving and by < 0 else f"{told} is {money(new)}, {money(gap)} {way}.",
        apart if saving else after,
        (("Amount", amount.amount, amount.currency), ("Change", by * 100, "%")),
        (),
        [after] if saving else [apart],
    )


def multiplied(amount: Money, factor: Decimal, label: str = "In all") -> Result:
    """The amount so many times."""
    not_negative("the factor", factor)
    value = amount * factor
    return _result(
        f"{label}: {money(value)}, {number(factor)} times {money(amount)}.",
        Figure.of(label, value),
        (("Amount", amount.amount, amount.currency), ("Times", factor, "")),
        ("Every such period is taken to cost the same",),
    )


def grown(
    amount: Money,
    rate: Decimal,
    every: Span,
    length: Decimal,
    over: Span,
    *,
    held: Decimal = Decimal(1),
    total: bool = False,
) -> Result:
    """The amount of a month that grows by `rate` (a share; negative is a decline) each `every`, `length` of `over` from
    now; with `total` the sum of those months, the first of them with one month's growth. `amount` may be that of `held`
    months."""
    positive("the months that the amount is of", held)
    months = length * MONTHS[over]
    if months != months.to_integral_value() or not 1 <= months <= LONGEST_MONTHS:
        raise BadInput(f"Growth is told for 1 to {LONGEST_MONTHS} whole months, not {months:f}.")
    between("the rate", rate, Decimal("-0.999"), Decimal(10))
    start = amount * (1 / held) if held != 1 else amount
    step = 1 + rate if MONTHS[every] == 1 else (1 + rate) ** (Decimal(1) / MONTHS[every])
    bills = [start * step**month for month in range(1, int(months) + 1)]
    last, summed = bills[-1], sum(bills[1:], bills[0])
    way = f"{percent(rate, 2)} a {every}"
    then = Figure.of(f"A month, {number(length)} {over}s from now", last)
    in_all = Figure.of(f"Sum of the {number(months)} months ahead", summed)
    told = f"{money(start)} a month becomes {money(last)} a month in {number(length)} {over}{'s' * (length != 1)}"
    return _result(
        f"The next {number(months)} months together come to {money(summed)} at {way}: {told}."
        if total
        else f"{told} at {way}; the {number(months)} months together come to {money(summed)}.",
        in_all if total else then,
        (
            ("A month now", start.amount, amount.currency),
            (f"Rate a {every}", rate * 100, "%"),
            ("Months", months, "months"),
        ),
        ("The first month ahead has one month's growth", "Amount after n periods = amount x (1 + rate)^n"),
        [then] if total else [in_all],
    )


def _result(
    said: str,
    headline: Figure,
    rows: Sequence[tuple[str, Decimal, str]],
    assumptions: tuple[str, ...],
    more: Sequence[Figure] = (),
) -> Result:
    """The headline first, then what else is told and what it was worked out from."""
    given = [Figure(label, value, unit) for label, value, unit in rows]
    table = Table(
        "Worked out",
        ("Item", "Value", "Unit"),
        (*((label, value, unit) for label, value, unit in rows), (headline.label, headline.value, headline.unit)),
    )
    return Result(said, (headline, *more, *given), table, None, assumptions)
