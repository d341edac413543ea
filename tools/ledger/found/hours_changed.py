"""What machines would have cost at another price an hour, or running other hours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.found.sku_hours import chip_hours, hours_by_sku, number
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, trimmed, view
from tools.ledger.scope import Scope
from tools.ledger.spend import through
from tools.money import Money, plain
from tools.results import Figure, Result, Table

First = Literal["bill", "difference"]


def hours_changed(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    *,
    at_most: Decimal | None = None,
    hours: Decimal | None = None,
    hours_a_day: Decimal | None = None,
    so_many: Decimal | None = None,
    of_now: Decimal | None = None,
    price: Decimal | None = None,
    per_gpu: bool = False,
    gpus: Decimal | None = None,
    first: First = "bill",
) -> Result:
    """The hours that the scope's usage rows state, at what an hour of them cost or at `price` an hour: all of them, at
    most `at_most`, `hours` of them, `hours_a_day` on each day, `so_many` of each `of_now`. `per_gpu`: the price is of
    one GPU, of which `gpus` are in a machine, else as many as its name says. NeedsChoice where nothing changes; Unknown
    where no hours are stated, where the bills are in several currencies, or the number of GPUs is not known."""
    if at_most is None and hours is None and hours_a_day is None and price is None and not (so_many and of_now):
        raise NeedsChoice("What should change: the hours, or the price of an hour?", ("100 hours", "at $2 an hour"))
    if any(number is not None and number < 0 for number in (at_most, hours, hours_a_day, price, gpus)):
        raise BadInput("Hours and prices are not below zero.")
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    found, _ = hours_by_sku(ledger, rows, period, scope)
    if not found:
        raise Unknown(f"The bill states no hours for {rows.words}, {period.shown()}.")
    codes = sorted({code for _, code in found})
    if len(codes) > 1:
        raise Unknown(f"The hours are billed in several currencies: {', '.join(codes)}. Name a team or a provider.")
    code = codes[0]
    ran = trimmed(sum((pair[0] for pair in found.values()), Decimal(0)))
    paid = Money(trimmed(sum((pair[1] for pair in found.values()), Decimal(0))), code)
    so_many_hours = ran if at_most is None else min(ran, at_most)
    so_many_hours = hours if hours is not None else so_many_hours
    so_many_hours = hours_a_day * period.days if hours_a_day is not None else so_many_hours
    so_many_hours = so_many_hours * so_many / of_now if so_many is not None and of_now else so_many_hours
    each = 1 if not per_gpu else _gpus_in_one({sku: pair[0] for (sku, _), pair in found.items()}, ran, gpus)
    rate = paid.amount / ran if price is None else price * each
    so = Money(trimmed(so_many_hours * rate), code)
    more = so - paid
    where = f"{rows.words}, {period.shown()}"
    as_of = rows.span.through
    size = Money(abs(more.amount), code)
    named = {
        "bill": Figure.of(f"Cost so, {where}", so, as_of),
        "difference": Figure.of("Difference", size if first == "difference" else more, as_of),
    }
    figures = [
        *(named[name] for name in sorted(named, key=lambda name: name != first)),
        Figure.of(f"{scope.cost.capitalize()} cost, {where}", paid, as_of),
        Figure(f"Hours billed, {where}", ran, "hours", as_of),
        Figure("Hours so", so_many_hours, "hours"),
        Figure("Price of an hour so", trimmed(rate), f"{code} per hour"),
    ]
    figures += [Figure("GPUs in a machine", Decimal(each), "GPUs")] if per_gpu else []
    way = "less" if more.amount < 0 else "more"
    if not more.amount:
        told = f"{so.shown()}, no other than what was paid"
    elif first == "difference":
        told = f"{size.shown()} {way}: {so.shown()} instead of {paid.shown()}"
    else:
        told = f"{so.shown()} instead of {paid.shown()}, {size.shown()} {way}"
    machines = f" of {plain(Decimal(each))} GPUs each" if per_gpu and each != 1 else ""
    at = f" at {Money(price, code).shown()} {'a GPU hour' if per_gpu else 'an hour'}" if price is not None else ""
    billed = f" The bill states {number(ran)} hours." if so_many_hours != ran else ""
    with_so_many = f"with {number(so_many_hours)} hours{machines}{at}"
    return Result(
        f"{told}, {with_so_many}: {where}, {scope.cost} cost.{billed} {through(rows)}",
        tuple(figures),
        Table(
            f"Machine hours so, {where}",
            ("", "Hours", "Price of an hour", f"Cost ({code})"),
            (("billed", ran, trimmed(paid.amount / ran), paid.amount), ("so", so_many_hours, trimmed(rate), so.amount)),
        ),
        None,
        (
            "Only usage rows that state hours are counted; tax, credits and refunds are not.",
            *(("One machine runs so many hours on each day.",) if hours_a_day is not None else ()),
            *(
                ("Of all the hours, as many as that are kept to; fewer are not filled up.",)
                if at_most is not None
                else ()
            ),
            *rows.assumptions,
        ),
        warnings,
        as_of,
    )


def _gpus_in_one(hours: dict[str, Decimal], ran: Decimal, gpus: Decimal | None) -> Decimal | int:
    """How many GPUs a machine hour is of."""
    if gpus is not None:
        return gpus
    chips, known = chip_hours(hours)
    if not known:
        raise Unknown("How many GPUs are in one of these machines is not known. Say how many, as in “eight GPUs each”.")
    return chips / ran
