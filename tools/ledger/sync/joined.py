"""Token quantities of a usage report put onto the cost rows they belong to.

Providers report money and tokens apart. Costs carry the money; a quantity goes onto the cost rows of its day, project,
model and meter, so that money and tokens add up to what both reports say at each of these. In this order:

1. Cost rows that state their own quantity keep it, and the usage of the same day, project, model and meter is dropped.
2. A usage with exactly one cost row of the same full key (service tier, context window, ...) goes onto that row.
3. What is left goes onto the one cost row of the same day, project, model and meter; onto several in proportion to
   their cost, as one meter of one model has one price. A batch's usage goes to the plain meter where costs know no
   batch.
4. Where the model has costs that day and project but none of the meter, the quantity becomes a row of its own with
   cost 0, whose description says where the money is.
5. Where no cost row has the day, project and model, its cost is not known: it is left out, not stored as free, and
   told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tools.ledger.sync.charge import QUANTITY_ONLY, TOKENS, Charge

BATCH = ", batch"
Full = tuple[str | None, ...]
Coarse = tuple[date, str | None, str, str]
"""Day, project, model and meter."""


@dataclass(frozen=True, slots=True)
class Cost:
    """A charge with what the usage report may know it by. Only charges with model and meter take a quantity."""

    charge: Charge
    full: Full = ()

    @property
    def coarse(self) -> Coarse | None:
        model, meter = self.charge.model, self.charge.meter
        return (self.charge.day, self.charge.sub_account, model, meter) if model and meter else None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one meter; `full` is compared with `Cost.full` beside day, project, model and meter."""

    day: date
    project: str | None
    model: str
    meter: str
    tokens: int
    full: Full = ()

    @property
    def coarse(self) -> Coarse:
        return self.day, self.project, self.model, self.meter


@dataclass(frozen=True, slots=True)
class Joined:
    """`unpriced` is the usage whose cost is not known."""

    charges: tuple[Charge, ...]
    unpriced: tuple[Usage, ...]


def joined(costs: Sequence[Cost], usage: Iterable[Usage]) -> Joined:
    charges = [cost.charge for cost in costs]
    by_coarse: dict[Coarse, list[int]] = defaultdict(list)
    by_full: dict[tuple[Coarse, Full], list[int]] = defaultdict(list)
    billed: dict[tuple[date, str | None, str], Charge] = {}
    for place, cost in enumerate(costs):
        if cost.charge.model:
            billed.setdefault((cost.charge.day, cost.charge.sub_account, cost.charge.model), cost.charge)
        if cost.coarse:
            by_coarse[cost.coarse].append(place)
            by_full[cost.coarse, cost.full].append(place)
    stated = {key for key, places in by_coarse.items() if any(charges[p].quantity is not None for p in places)}
    used: dict[tuple[Coarse, Full], int] = defaultdict(int)
    for item in usage:
        plain = (item.day, item.project, item.model, item.meter.removesuffix(BATCH))
        coarse = plain if item.coarse not in by_coarse and plain in by_coarse else item.coarse
        if item.tokens and coarse not in stated:
            used[coarse, item.full] += item.tokens
    left: dict[Coarse, int] = defaultdict(int)
    for (coarse, full), tokens in used.items():
        places = by_full.get((coarse, full), [])
        if len(places) == 1:
            charges[places[0]] = _with(charges[places[0]], tokens)
        else:
            left[coarse] += tokens
    alone: list[Charge] = []
    unpriced: list[Usage] = []
    for coarse, tokens in left.items():
        free = [place for place in by_coarse.get(coarse, []) if charges[place].quantity is None]
        money = billed.get(coarse[:3])
        if free:
            for place, part in zip(free, _shared(tokens, [charges[place].billed for place in free]), strict=True):
                charges[place] = _with(charges[place], part)
        elif money:
            alone.append(_companion(money, coarse, tokens))
        else:
            unpriced.append(Usage(*coarse, tokens))
    return Joined((*charges, *alone), tuple(unpriced))


def _with(charge: Charge, tokens: int) -> Charge:
    return replace(charge, quantity=Decimal(tokens), unit=TOKENS)


def _shared(tokens: int, costs: Sequence[Decimal]) -> list[int]:
    """Whole tokens in proportion to the costs, summing exactly; the last takes what rounding leaves. All to the first
    where no cost is above zero."""
    total = sum((max(cost, Decimal(0)) for cost in costs), Decimal(0))
    if not total:
        return [tokens, *(0 for _ in costs[1:])]
    shares = [int(tokens * max(cost, Decimal(0)) / total) for cost in costs[:-1]]
    return [*shares, tokens - sum(shares)]


def _companion(money: Charge, coarse: Coarse, tokens: int) -> Charge:
    _, _, model, meter = coarse
    return replace(
        money,
        billed=Decimal(0),
        effective=Decimal(0),
        listed=None,
        description=f"{QUANTITY_ONLY}{model}, {meter}",
        sku=None,
        meter=meter,
        quantity=Decimal(tokens),
        unit=TOKENS,
    )
