"""The tokens a second that a volume of tokens needs, and how many accelerators of a known speed give them."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from tools.calculators.inputs import GIVEN, HOURS_A_MONTH, SECONDS_AN_HOUR, positive, share
from tools.calculators.wording import cell, number, percent
from tools.money import plain
from tools.results import Figure, Result, Table

SECONDS = {
    "second": Decimal(1),
    "minute": Decimal(60),
    "hour": SECONDS_AN_HOUR,
    "day": SECONDS_AN_HOUR * 24,
    "week": SECONDS_AN_HOUR * 168,
    "month": SECONDS_AN_HOUR * HOURS_A_MONTH,
    "year": SECONDS_AN_HOUR * 8760,
}


def needed_throughput(
    tokens: Decimal,
    every: str = "day",
    *,
    tokens_a_second_each: Decimal | None = None,
    utilisation: Decimal | None = None,
    hours_a_day: Decimal | None = None,
    peak: Decimal | None = None,
    name: str = "accelerator",
) -> Result:
    """Tokens a second, spread evenly over each `every` (a month is 730 hours) or over `hours_a_day` of it, times `peak`
    where that many times the mean is to be met; with the speed of one accelerator how many of them, rounded up, at
    `utilisation` (a share, 1 where none is said). Headline: the accelerators where a speed is told, else the rate."""
    positive("the tokens", tokens)
    seconds = SECONDS[every]
    if hours_a_day is not None:
        seconds *= positive("the hours a day", hours_a_day) / 24
    mean = tokens / seconds
    rate = mean * (Decimal(1) if peak is None else positive("the peak", peak))
    figures = [Figure("Throughput needed", rate, "tokens per second")]
    if peak is not None:
        figures.append(Figure("Mean throughput", mean, "tokens per second"))
    spread = "around the clock" if hours_a_day is None else f"over {plain(hours_a_day)} hours a day"
    article = "an" if every == "hour" else "a"
    said = f"{number(tokens)} tokens {article} {every} need {number(rate)} tokens a second, {spread}."
    notes = [f"Tokens a second = tokens / seconds, spread evenly {spread}; a month is 730 hours"]
    if peak is not None:
        notes.append(f"At the peak {plain(peak)} times the mean, {GIVEN}")
    if tokens_a_second_each is not None:
        used = Decimal(1) if utilisation is None else share("utilisation", utilisation, zero=False)
        each = positive("tokens a second of one", tokens_a_second_each) * used
        exact = rate / each
        whole = exact.to_integral_value(ROUND_CEILING)
        figures = [
            Figure("Accelerators needed", whole, name),
            *figures,
            Figure("Accelerators, not rounded", exact, name),
            Figure("Throughput of one", each, "tokens per second"),
        ]
        many = name if whole == 1 else f"{name}s"
        said = f"{number(whole)} {many} at {number(each)} tokens a second each. {said}"
        told = GIVEN if utilisation is not None else "since none was given"
        notes.append(
            f"Throughput of one: {plain(tokens_a_second_each)} tokens a second, {GIVEN}; {percent(used)} used, {told}"
        )
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(
            "Throughput", ("Quantity", "Value", "Unit"), tuple((f.label, cell(f.value), f.unit) for f in figures)
        ),
        assumptions=tuple(notes),
    )
