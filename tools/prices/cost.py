"""What a usage costs on a model, at list price, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.errors import NeedsChoice, Unknown
from tools.money import Money, plain
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, Entry, ModelRef
from tools.prices.history import Rate
from tools.prices.sheet import LABELS, PriceSheet, price_sheet
from tools.prices.usage import Usage
from tools.results import Figure, Result, Table, listed

SMALL = Decimal(10)
MILLION = 10**6
PER_MILLION = "USD per million tokens"


@dataclass(frozen=True, slots=True)
class Line:
    """`tokens` of one component at `usd_per_million`."""

    component: str
    tokens: int
    usd_per_million: Decimal
    cost: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """The exact cost of `usage` on one model; the lines add up to `total`."""

    entry: Entry
    usage: Usage
    sheet: PriceSheet
    lines: tuple[Line, ...]
    total: Money
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def bill(usage: Usage, model: ModelRef, on: date, catalogue: Catalogue) -> Bill:
    """List price of `usage` on `on`. Raises Unknown for a model, component or batch without a known price, and
    NeedsChoice for an empty usage.

    Cached input without a cached price is charged as plain input, with a warning; so is a cache write. Audio without an
    audio price, and output without an output price, are Unknown. A long-context tier applies by the mean input tokens
    of one request, where the number of requests is given.
    """
    if usage.is_empty:
        raise NeedsChoice("How many input and output tokens should I price?")
    entry = catalogue.entry(model)
    sheet = price_sheet(model, on, catalogue, batch=usage.batch)
    warnings = list(sheet.warnings)
    lines = [
        Line(component, tokens, price, Money(tokens * price / MILLION))
        for component, tokens in usage.parts().items()
        if tokens
        for price in [_price_of(component, usage, sheet, entry, warnings)]
    ]
    amount = sum((line.cost.amount for line in lines), Decimal(0))
    if sheet.usd_per_thousand_requests:
        if usage.requests is None:
            warnings.append(
                f"{entry.name} also charges {_shown(sheet.usd_per_thousand_requests)} per 1,000 requests; "
                "the number of requests is unknown, so that fee is not included."
            )
        else:
            amount += usage.requests * sheet.usd_per_thousand_requests / 1000
    if amount == 0:
        raise Unknown(f"No price above zero is known for {usage.shown()} on {entry.shown}. It is unknown, not free.")
    if sheet.other_hours:
        warnings.append(_other_hours(usage, sheet, entry))
    return Bill(entry, usage, sheet, tuple(lines), Money(amount), _assumptions(usage, sheet, entry), tuple(warnings))


def price_usage(usage: Usage, model: ModelRef, on: date, catalogue: Catalogue) -> Result:
    """The total in USD first, then the cost and the price per million tokens of each component."""
    priced = bill(usage, model, on, catalogue)
    as_of = priced.sheet.as_of
    figures = [Figure.of(f"Cost on {priced.entry.name}", priced.total, as_of)]
    for line in priced.lines:
        label = LABELS[line.component]
        figures += [
            Figure.of(f"{label} cost", line.cost, as_of),
            Figure(f"{label} tokens", Decimal(line.tokens), "tokens"),
            Figure(f"{label} price", line.usd_per_million, PER_MILLION, as_of),
        ]
    rows = [(LABELS[i.component], i.tokens, i.usd_per_million, i.cost.amount) for i in priced.lines]
    if priced.sheet.usd_per_thousand_requests and usage.requests:
        fee = priced.total.amount - sum(line.cost.amount for line in priced.lines)
        figures.append(Figure("Request fees", fee, "USD", as_of))
        rows.append(("Request fees", usage.requests, priced.sheet.usd_per_thousand_requests * 1000, fee))
    rows.append(("Total", usage.input_tokens + usage.output_tokens, "", priced.total.amount))  # type: ignore[arg-type]
    return Result(
        summary=(
            f"{_told(priced.total)} for {usage.shown()} on {priced.entry.shown}, "
            f"at {'batch' if usage.batch else 'list'} prices as of {day_shown(as_of)}."
        ),
        figures=tuple(figures),
        table=Table(
            f"Cost of {usage.shown()} on {priced.entry.shown}",
            ("Component", "Tokens", "Price (USD per million tokens)", "Cost (USD)"),
            tuple(rows),
        ),
        assumptions=(list_price_note([priced]), *priced.assumptions),
        warnings=priced.warnings,
    )


def model_price(model: ModelRef, on: date, catalogue: Catalogue) -> Result:
    """List prices per million tokens of each component, the long-context tiers, the batch price and the context window;
    input first, then output."""
    entry = catalogue.entry(model)
    sheet = price_sheet(model, on, catalogue)
    batch = _batch_sheet(model, on, catalogue)
    as_of = sheet.as_of
    order = sorted(sheet.rates, key=lambda component: (component != "input", component != "output"))
    figures: list[Figure] = []
    rows: list[tuple[str, Decimal]] = []
    for word, rates in (("", sheet.rates), (", batch", batch.rates if batch else {})):
        for component in order:
            if component not in rates or (word and rates[component] == sheet.rates[component]):
                continue
            for name, price in _steps(LABELS[component] + word, rates[component]):
                figures.append(Figure(f"{name} price", price, PER_MILLION, as_of))
                rows.append((name, price))
    if entry.context_window:
        figures.append(Figure("Context window", Decimal(entry.context_window), "tokens", as_of))
    spoken = [
        f"{_shown(sheet.rates[c].base)} per million {words}"
        for c, words in (
            ("input", "input tokens"),
            ("output", "output tokens"),
            ("cached_input", "cached input tokens"),
        )
        if c in sheet.rates
    ]
    window = f" Its context window is {entry.context_window:,} tokens." if entry.context_window else ""
    warnings = list(sheet.warnings)
    if sheet.other_hours:
        other = sheet.other_hours
        warnings.append(
            f"At {other.word} hours other prices hold: "
            + ", ".join(f"{LABELS[c].lower()} {_shown(rate.base)}" for c, rate in other.rates.items())
            + " per million tokens."
        )
    return Result(
        summary=f"{entry.shown}: {', '.join(spoken)}, at list prices as of {day_shown(as_of)}.{window}",
        figures=tuple(figures),
        table=Table(f"List prices of {entry.shown}", ("Component", "Price (USD per million tokens)"), tuple(rows)),
        assumptions=(f"Source of the prices: {sheet.source}.", *sheet.notes),
        warnings=tuple(warnings),
    )


def list_price_note(bills: Sequence[Bill]) -> str:
    """What kind of price these bills use, from where and of which day."""
    sources = listed(sorted({priced.sheet.source for priced in bills}))
    as_of = min(priced.sheet.as_of for priced in bills)
    kind = "Batch" if bills[0].usage.batch else "Standard on-demand"
    return f"{kind} list prices, without negotiated discounts or tax, as of {day_shown(as_of)} from {sources}."


def _price_of(component: str, usage: Usage, sheet: PriceSheet, entry: Entry, warnings: list[str]) -> Decimal:
    rate = sheet.rates.get(component)
    if component == "cache_write_1h" and rate is None and "cache_write" in sheet.rates:
        raise Unknown(f"No price is known for one-hour cache writes on {entry.shown}.")
    if rate is None and component in ("cached_input", "cache_write", "cache_write_1h"):
        rate = sheet.rates.get("input")
        if rate is not None:
            warnings.append(
                f"No {LABELS[component].lower()} price is known for {entry.shown}; those tokens are charged at the "
                f"full input price of {_shown(rate.at(usage.tokens_per_request))} per million."
            )
    if rate is None:
        raise Unknown(f"No {LABELS[component].lower()} price is known for {entry.shown}. It is unknown, not zero.")
    return rate.at(usage.tokens_per_request)


def _assumptions(usage: Usage, sheet: PriceSheet, entry: Entry) -> tuple[str, ...]:
    said = [f"{entry.shown}: {note}" for note in sheet.notes]
    if sheet.has_tiers:
        starts = sorted({above for rate in sheet.rates.values() for above, _ in rate.tiers})
        thresholds = " and ".join(f"{start:,}" for start in starts)
        size = usage.tokens_per_request
        if size is None:
            said.append(
                f"Each request is taken to stay at or under {starts[0]:,} input tokens: {entry.name} charges more for "
                f"a single request above {thresholds}."
            )
        else:
            said.append(
                f"The price tier follows the mean of {size.to_integral_value():,} input tokens a request; the tiers "
                f"start above {thresholds}."
            )
    if usage.batch and "cached_input" in sheet.rates and usage.cached_input_tokens:
        said.append(
            f"Cached input in a batch is charged {_shown(sheet.rates['cached_input'].base)} per million tokens."
        )
    return tuple(said)


def _other_hours(usage: Usage, sheet: PriceSheet, entry: Entry) -> str:
    other = sheet.other_hours
    assert other is not None
    rates: Mapping[str, Rate] = {**sheet.rates, **other.rates}
    amount = sum(
        (
            tokens * rates.get(component, rates["input"]).at(usage.tokens_per_request) / MILLION
            for component, tokens in usage.parts().items()
            if tokens
        ),
        Decimal(0),
    )
    hours = f" ({other.hours})" if other.word == "peak" else f" (outside {other.hours})"
    return f"{entry.name} has {other.word} prices{hours}: wholly at those hours this costs {Money(amount).shown()}."


def _told(total: Money) -> str:
    """In cents; a small sum that a few more digits tell exactly, with those."""
    exact = total.amount < SMALL and total.amount == total.amount.quantize(Decimal("0.0001"))
    return _shown(total.amount) if exact else total.shown()


def _shown(price: Decimal) -> str:
    """A unit price to the last digit, with cents at least: `$2.50`, `$0.075`."""
    whole, _, part = plain(price).partition(".")
    return f"${whole}.{part.ljust(2, '0')}"


def _steps(name: str, rate: Rate) -> list[tuple[str, Decimal]]:
    steps = [(name, rate.base)]
    return steps + [(f"{name}, requests above {above:,} input tokens", price) for above, price in rate.tiers]


def _batch_sheet(model: ModelRef, on: date, catalogue: Catalogue) -> PriceSheet | None:
    try:
        return price_sheet(model, on, catalogue, batch=True)
    except Unknown:
        return None
