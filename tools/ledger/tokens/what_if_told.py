"""How tokens priced again are told: the sentence, the figures, the table, the bars, and what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.ledger.found.share import shown_share
from tools.ledger.query import View, trimmed
from tools.ledger.spend import added, percent, through
from tools.ledger.tokens.reprice import Repriced
from tools.ledger.tokens.tokens import INPUTS, Kind
from tools.money import Money
from tools.period import Period, day_shown
from tools.prices.catalogue import ModelRef
from tools.prices.cost import list_price_note
from tools.results import Cell, Chart, Figure, Series, Table, listed

NOT_KNOWN = (
    "Not known: whether the other model does the work as well, and how long its answers are. The range allows its "
    "tokenizer 15% fewer to 15% more tokens for the same text."
)
BATCH = "A batch is answered within hours, not at once; work that a person waits for cannot move."


def cost_ends(done: Sequence[Repriced]) -> tuple[Money, Money, Money]:
    """The cost as the mix is, the low and the high end."""
    at = added([one.bill.total for one in done])
    low, high = (sum(ends, Decimal(0)) for ends in zip(*((one.low, one.high) for one in done), strict=True))
    return tuple(Money(trimmed(end), at.currency) for end in (at.amount, low, high))  # type: ignore[return-value]


def paid_now(covered: dict[str, Money], code: str) -> Money | None:
    """What the same tokens cost, where it can be set against prices in that currency."""
    return covered[code] if list(covered) == [code] else None


def at_rates_paid(paid: Sequence[Repriced], rows: View, period: Period) -> tuple[Figure, ...]:
    """The cost so at the rates paid, where those are not the list's, and what it differs from what is paid by."""
    if not paid:
        return ()
    so = cost_ends(paid)[0]
    now = added([amount for one in paid for amount in one.mix.cost])
    more = Money(trimmed((so - now).amount), so.currency)
    share = percent(more, now) if now.amount > 0 else None
    return (
        Figure.of(f"Cost so at the rates paid, {rows.words}, {period.shown()}", so),
        Figure.of("Difference at the rates paid", more),
        *([Figure("Difference at the rates paid, in percent", share, "%")] if share is not None else []),
    )


def which_rates(paid: Sequence[Repriced]) -> tuple[str, ...]:
    """What is taken for the rates paid."""
    if not paid:
        return ()
    code = paid[0].bill.total.currency
    why = "" if code == "USD" else f" The bill is in {code}, the price list in USD; no rate is known between them."
    return (f"The rates paid: what each model is billed at now, as a share of its list price, holds so, too.{why}",)


def target_words(done: Sequence[Repriced], to_model: ModelRef | None, batch: bool, cached_share: Decimal | None) -> str:
    words = [f"on {done[0].bill.entry.shown}"] if to_model else []
    words += ["as a batch"] if batch else []
    if cached_share is not None:
        share = f"with {shown_share(cached_share * 100)}% of the input cached"
        words.append(share if cached_share else "with no cache")
    return ", ".join(words)


def _less(so: Money, paid: Money) -> str:
    """`$152.16 (18.8%) less`."""
    more = so - paid
    share = percent(more, paid) if paid.amount > 0 else None
    of = f" ({shown_share(share.copy_abs())}%)" if share is not None else ""
    return f"{Money(more.amount.copy_abs(), more.currency).shown()}{of} {'more' if more.amount > 0 else 'less'}"


def sentence(
    done: Sequence[Repriced],
    covered: dict[str, Money],
    part: Decimal | None,
    rows: View,
    period: Period,
    to_model: ModelRef | None,
    batch: bool,
    cached_share: Decimal | None,
    other: Sequence[Repriced],
) -> str:
    at, low, high = cost_ends(done)
    paid = paid_now(covered, at.currency)
    target = target_words(done, to_model, batch, cached_share)
    if part is None:
        told = f"Between {low.shown()} and {high.shown()} {target}"
        told += f", against {paid.shown()} {rows.scope.cost} cost now" if paid else ""
    else:
        told = f"{at.shown()} {target}"
        own = cost_ends(other)[0] if other and to_model is None else at
        if paid is not None and own is not at:
            told += f" at list prices; {own.shown()} at the rates you pay, {_less(own, paid)} than the"
            told += f" {paid.shown()} {rows.scope.cost} cost"
        elif paid is not None:
            told += f", {_less(at, paid)} than the {paid.shown()} {rows.scope.cost} cost"
        told += f"; range {low.shown()} to {high.shown()}" if low != high else ""
        if paid is None and covered:
            told += f", where {listed([money.shown() for money in covered.values()])} was paid"
    as_of = min(one.bill.sheet.as_of for one in done)
    same = other and to_model is None and paid is not None
    so = f" At the rates you pay it would be {cost_ends(other)[0].shown()}." if other and not same else ""
    return f"{told}: {rows.words}, {period.shown()}, list prices as of {day_shown(as_of)}.{so} {through(rows)}"


def figures_of(
    done: Sequence[Repriced],
    covered: dict[str, Money],
    part: Decimal | None,
    now_list: Money | None,
    rows: View,
    period: Period,
) -> list[Figure]:
    as_of, data = min(one.bill.sheet.as_of for one in done), rows.span.through
    at, low, high = cost_ends(done)
    paid = paid_now(covered, at.currency)
    figures = [Figure.of(f"Cost so, {rows.words}, {period.shown()}", at, as_of)] if part is not None else []
    ends = [Figure.of("Low end of the range", low, as_of), Figure.of("High end of the range", high, as_of)]
    figures += ends if part is None else []
    figures += [
        Figure.of(f"{rows.scope.cost.capitalize()} cost of the same tokens now", amount, data)
        for amount in covered.values()
    ]
    if part is not None and paid is not None:
        figures.append(Figure.of("Difference", at - paid, as_of))
        share = percent(at - paid, paid) if paid.amount > 0 else None
        figures += [Figure("Difference in percent", share, "%", as_of)] if share is not None else []
    figures += ends if part is not None and low != high else []
    figures += [Figure.of("The same tokens at list price today, as they are", now_list, as_of)] if now_list else []
    counted: tuple[tuple[str, tuple[Kind, ...]], ...] = (
        ("Input", INPUTS),
        ("of which cached input", ("cached_input",)),
        ("Output", ("output",)),
    )
    for label, kinds in counted:
        count = sum(one.mix.tokens.get(kind, 0) for one in done for kind in kinds)
        figures.append(Figure(f"{label} tokens billed", Decimal(count), "tokens", data))
    unsaid = sum(one.mix.unsaid for one in done)
    figures += [Figure("Tokens of which the bill says no kind", Decimal(unsaid), "tokens", data)] if unsaid else []
    return figures


def table_of(done: Sequence[Repriced], rows: View, period: Period) -> Table:
    lines: list[tuple[Cell, ...]] = []
    code = done[0].bill.total.currency
    for one in done:
        mix = one.mix
        cost = {money.currency: money.amount for money in mix.cost}
        cells = (mix.inputs, mix.tokens.get("cached_input", 0), mix.outputs, mix.unsaid)
        lines.append((mix.model, mix.provider, *cells, cost.get(code), one.bill.entry.shown, one.bill.total.amount))
    tokens = ("Input tokens", "of which cached", "Output tokens", "Tokens of no kind")
    money = (f"{rows.scope.cost.capitalize()} cost now ({code})", "Priced as", f"Cost so ({code})")
    columns = ("Model", "Provider", *tokens, *money)
    return Table(f"Token use priced again, {rows.words}, {period.shown()}", columns, tuple(lines))


def bars_of(
    done: Sequence[Repriced], covered: dict[str, Money], part: Decimal | None, heading: str, target: str
) -> Chart | None:
    at, low, high = cost_ends(done)
    paid = paid_now(covered, at.currency)
    if paid is None or part is None:
        return None
    bars = [("now", paid), (target, at)] + ([("low end", low), ("high end", high)] if low != high else [])
    series = Series("cost", tuple(money.amount for _, money in bars))
    return Chart("bar", heading, at.currency, tuple(name for name, _ in bars), (series,))


def assumed(
    done: Sequence[Repriced],
    part: Decimal | None,
    to_model: ModelRef | None,
    batch: bool,
    cached_share: Decimal | None,
    rows: View,
) -> tuple[str, ...]:
    said = [NOT_KNOWN] if to_model else []
    said += [BATCH] if batch else []
    if cached_share == 0:
        said.append("Nothing is written to a cache or read from one: all input is taken as plain input.")
    elif cached_share is not None:
        said.append(
            f"{shown_share(cached_share * 100)}% of the input is taken as read from the cache; that needs prompts that "
            "begin alike. Tokens written to the cache stay as billed."
        )
    elif to_model:
        said.append("The cached part of the input stays as billed; another provider's cache may hold more or less.")
    if any(one.mix.unsaid for one in done):
        split = "all input for the low end and all output for the high end"
        said.append(
            f"Tokens of which the bill says no kind are taken as {split}"
            + (", and in between as the rest of the tokens are." if part is not None else ".")
        )
    said.append("Input and cached input are taken as billed apart, each token once.")
    lines = [list_price_note([one.bill for one in done]), *(line for one in done for line in one.bill.assumptions)]
    return tuple(dict.fromkeys((*said, *lines, *rows.assumptions)))
