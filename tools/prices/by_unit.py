"""What is not priced by the token: hours of audio, pages of documents, characters to speak, web searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.calculators.inputs import positive
from tools.errors import Unknown
from tools.money import Money, plain
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.history import standard_price
from tools.prices.sheet import ending_notes
from tools.results import Figure, Result, Table

Unit = Literal["audio hours", "pages", "annotated pages", "characters", "web searches"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`keys` are the library's names for the price of `size` of the unit, the first that a model has counting."""

    keys: tuple[str, ...]
    size: int
    each: str


MEASURES: dict[Unit, Measure] = {
    "audio hours": Measure(("input_audio_hours", "audio_hours"), 1, "hour of audio"),
    "pages": Measure(("input_document_kpages",), 1000, "1,000 pages"),
    "annotated pages": Measure(("input_annotated_document_kpages",), 1000, "1,000 annotated pages"),
    "characters": Measure(("input_mchars",), 10**6, "million characters"),
    "web searches": Measure(("web_searches_kcount",), 1000, "1,000 web searches"),
}


ONE = {
    "minute": ("audio hours", "minute of audio", 60),
    "hour": ("audio hours", "hour of audio", 1),
    "page": ("pages", "page", 1),
    "annotated page": ("annotated pages", "annotated page", 1),
    "character": ("characters", "character", 1),
    "search": ("web searches", "web search", 1),
}
"""What may be asked the price of one of: the unit that it is priced by, its name, how many make one of the unit."""


def price_units(
    model: ModelRef, unit: Unit, count: Decimal | None, on: date, catalogue: Catalogue, each: str | None = None
) -> Result:
    """List price of `count` units on `on`, in USD; without a count, the price of as many as it is listed for, or of one
    where `each` names what. Unknown where the model has no such price."""
    entry = catalogue.entry(model)
    measure = MEASURES[unit]
    prices, since, _ = standard_price(entry.info, on)
    found = [value for key in measure.keys if isinstance(value := prices.__dict__.get(key), Decimal)]
    if not found or found[0] <= 0:
        raise Unknown(f"No price by {unit} is known for {entry.shown}. It is unknown, not free.")
    price, as_of = found[0], min(on, catalogue.data_date)
    rate = Figure(
        f"Price of a {measure.each}" if measure.size == 1 else f"Price of {measure.each}", price, "USD", as_of
    )
    said = f"{_shown(price)} per {measure.each} on {entry.shown}, at list prices as of {day_shown(as_of)}."
    notes = (
        f"List price without discounts or tax, from {catalogue.source}.",
        *([f"In force since {day_shown(since)}."] if since else []),
    )
    if count is None and each in ONE:
        _, name, parts = ONE[each]
        one = price / measure.size / parts
        figure = Figure(f"Price of one {name}", one, "USD", as_of)
        notice = ending_notes(model, on, catalogue)
        return Result(f"{_shown(one)} per {name}: {said}", (figure, rate), assumptions=notes, warnings=notice)
    if count is None:
        return Result(said, (rate,), assumptions=notes, warnings=ending_notes(model, on, catalogue))
    positive(unit, count)
    cost = count * price / measure.size
    counted = f"{plain(count) if count % 1 else format(int(count), ',')} {unit}"
    return Result(
        summary=f"{_shown(cost)} for {counted}: {said}",
        figures=(Figure(f"Cost of {counted}", cost, "USD", as_of), rate, Figure(unit.capitalize(), count, unit)),
        table=Table(
            f"{counted} on {entry.shown}",
            ("Units", "Counted", f"Price (USD per {measure.each})", "Cost (USD)"),
            ((unit, count, price, cost),),
        ),
        assumptions=notes,
        warnings=ending_notes(model, on, catalogue),
    )


def _shown(amount: Decimal) -> str:
    """In cents, and exactly where that would round."""
    return Money(amount).shown() if amount * 100 == (amount * 100).to_integral_value() else f"${plain(amount)}"
