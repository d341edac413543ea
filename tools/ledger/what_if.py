"""Our own token use priced again: on another model, as a batch, or with another part of the input cached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, asked_period, sums, trimmed, view
from tools.ledger.reprice import Repriced, at_list, by_currency, mixes_of, output_part, repriced
from tools.ledger.scope import Scope
from tools.ledger.share import shown_share
from tools.ledger.spend import added, percent, through
from tools.ledger.tokens import INPUTS, Kind, token_uses
from tools.money import Money
from tools.period import Period, day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import list_price_note
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

NOT_KNOWN = (
    "Not known: whether the other model does the work as well, and how long its answers are. The range allows its "
    "tokenizer 15% fewer to 15% more tokens for the same text."
)
BATCH = "A batch is answered within hours, not at once; work that a person waits for cannot move."


def what_if(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    catalogue: Catalogue,
    *,
    to_model: ModelRef | None = None,
    batch: bool = False,
    cached_share: Decimal | None = None,
) -> Result:
    """The tokens of the scope's period at list prices of `today`: on `to_model` (else each on its own), as a batch,
    with `cached_share` (0 to 1) of the input read from the cache. Headline: the cost so, in USD; then the cost now, the
    difference, and a range. Rows that state no token quantity are left out and said with their amount. Unknown where
    none states one, or where no model or price can be told; NeedsChoice where nothing is to change."""
    if to_model is None and not batch and cached_share is None:
        raise NeedsChoice(
            "What should change: the model, batch instead of at once, or the cached share?",
            ("another model", "batch", "40% cached"),
        )
    if cached_share is not None and not 0 <= cached_share <= 1:
        raise BadInput(f"the cached share of the input must be between 0% and 100%, not {cached_share * 100:f}%")
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    inside = rows.within(period)
    mixes = mixes_of(token_uses(ledger, inside))
    everything = [group.amount for group in sums(ledger, inside)]
    if not mixes:
        raise Unknown(
            f"No charge states how many tokens a model used: {rows.words}, {period.shown()}. Without them its use "
            "cannot be priced again."
        )
    part = output_part(mixes)
    done, refused = repriced(mixes, part, today, catalogue, to_model, batch, cached_share)
    now_list, unresolved = at_list([one.mix for one in done], part, today, catalogue)
    covered = by_currency([amount for one in done for amount in one.mix.cost])
    left_out = _left_out(everything, covered)
    notes = [*refused]
    if left_out:
        notes.append(f"{listed(left_out)} of the charges is left out: no token quantity, or no price for it, is known.")
    if unresolved and to_model is not None:
        notes.append(f"No list price of today is known for {listed(unresolved)}.")
    if any(one.mix.batch_tokens for one in done):
        notes.append("Some of it was billed as a batch already.")
    notes += [line for one in done for line in one.bill.warnings]
    return Result(
        _summary(done, covered, part, rows, period, to_model, batch, cached_share),
        tuple(_figures(done, covered, part, now_list, rows, period)),
        _table(done, rows, period),
        _chart(done, covered, part, f"{rows.words}, {period.shown()}", _target(done, to_model, batch, cached_share)),
        _assumptions(done, part, to_model, batch, cached_share, rows),
        tuple(dict.fromkeys((*warnings, *notes))),
        rows.span.through,
    )


def _left_out(everything: Sequence[Money], covered: dict[str, Money]) -> list[str]:
    rest = {money.currency: money - covered.get(money.currency, money * 0) for money in everything}
    return [money.shown() for money in rest.values() if money.amount]


def _ends(done: Sequence[Repriced]) -> tuple[Money, Money, Money]:
    """The cost as the mix is, the low and the high end, in USD."""
    at = added([one.bill.total for one in done])
    low, high = (sum(ends, Decimal(0)) for ends in zip(*((one.low, one.high) for one in done), strict=True))
    return Money(trimmed(at.amount)), Money(trimmed(low)), Money(trimmed(high))


def _now(covered: dict[str, Money]) -> Money | None:
    """What the same tokens cost, where it can be set against USD prices."""
    return covered["USD"] if list(covered) == ["USD"] else None


def _target(done: Sequence[Repriced], to_model: ModelRef | None, batch: bool, cached_share: Decimal | None) -> str:
    words = [f"on {done[0].bill.entry.shown}"] if to_model else []
    words += ["as a batch"] if batch else []
    if cached_share is not None:
        share = f"with {shown_share(cached_share * 100)}% of the input cached"
        words.append(share if cached_share else "with no cache")
    return ", ".join(words)


def _summary(
    done: Sequence[Repriced],
    covered: dict[str, Money],
    part: Decimal | None,
    rows: View,
    period: Period,
    to_model: ModelRef | None,
    batch: bool,
    cached_share: Decimal | None,
) -> str:
    at, low, high = _ends(done)
    now = _now(covered)
    target = _target(done, to_model, batch, cached_share)
    if part is None:
        told = f"Between {low.shown()} and {high.shown()} {target}"
        told += f", against {now.shown()} {rows.scope.cost} cost now" if now else ""
    else:
        told = f"{at.shown()} {target}"
        if now is not None:
            more = at - now
            share = percent(more, now) if now.amount > 0 else None
            of = f" ({shown_share(share.copy_abs())}%)" if share is not None else ""
            way = "more" if more.amount > 0 else "less"
            told += f", {Money(more.amount.copy_abs()).shown()}{of} {way} than the {now.shown()} {rows.scope.cost} cost"
        told += f"; range {low.shown()} to {high.shown()}" if low != high else ""
    as_of = min(one.bill.sheet.as_of for one in done)
    return f"{told}: {rows.words}, {period.shown()}, list prices as of {day_shown(as_of)}. {through(rows)}"


def _figures(
    done: Sequence[Repriced],
    covered: dict[str, Money],
    part: Decimal | None,
    now_list: Money | None,
    rows: View,
    period: Period,
) -> list[Figure]:
    as_of, data = min(one.bill.sheet.as_of for one in done), rows.span.through
    at, low, high = _ends(done)
    now = _now(covered)
    figures = [Figure.of(f"Cost so, {rows.words}, {period.shown()}", at, as_of)] if part is not None else []
    ends = [Figure.of("Low end of the range", low, as_of), Figure.of("High end of the range", high, as_of)]
    figures += ends if part is None else []
    figures += [
        Figure.of(f"{rows.scope.cost.capitalize()} cost of the same tokens now", amount, data)
        for amount in covered.values()
    ]
    if part is not None and now is not None:
        figures.append(Figure.of("Difference", at - now, as_of))
        share = percent(at - now, now) if now.amount > 0 else None
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


def _table(done: Sequence[Repriced], rows: View, period: Period) -> Table:
    lines: list[tuple[Cell, ...]] = []
    for one in done:
        mix = one.mix
        cost = {money.currency: money.amount for money in mix.cost}
        cells = (mix.inputs, mix.tokens.get("cached_input", 0), mix.outputs, mix.unsaid)
        lines.append((mix.model, mix.provider, *cells, cost.get("USD"), one.bill.entry.shown, one.bill.total.amount))
    tokens = ("Input tokens", "of which cached", "Output tokens", "Tokens of no kind")
    money = (f"{rows.scope.cost.capitalize()} cost now (USD)", "Priced as", "Cost so (USD)")
    columns = ("Model", "Provider", *tokens, *money)
    return Table(f"Token use priced again, {rows.words}, {period.shown()}", columns, tuple(lines))


def _chart(
    done: Sequence[Repriced], covered: dict[str, Money], part: Decimal | None, heading: str, target: str
) -> Chart | None:
    now = _now(covered)
    if now is None or part is None:
        return None
    at, low, high = _ends(done)
    bars = [("now", now), (target, at)] + ([("low end", low), ("high end", high)] if low != high else [])
    series = Series("cost", tuple(money.amount for _, money in bars))
    return Chart("bar", heading, "USD", tuple(name for name, _ in bars), (series,))


def _assumptions(
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
