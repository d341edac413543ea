"""What a question asks about: period, filters, which cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tools.ledger import columns as c
from tools.period import Period

Cost = Literal["effective", "billed", "list", "contracted"]

COST_COLUMNS: dict[Cost, str] = {
    "effective": c.EFFECTIVE_COST,
    "billed": c.BILLED_COST,
    "list": c.LIST_COST,
    "contracted": c.CONTRACTED_COST,
}
UNTAGGED_WORDS = frozenset({"untagged", "unknown", "none", "no model named", ""})


@dataclass(frozen=True, slots=True)
class Scope:
    """`period` None is all data. `where` pairs a dimension with the values that may be met, any of them; all pairs must
    hold. Values match in any case; "untagged" matches rows without one. `cost` is which of the four cost columns is
    summed; they are never added to each other. `without` pairs leave out rows that have any of the values; rows without
    one stay. `either` pairs keep the rows that have any of the values of any of them. `called` pairs a dimension of
    `where` with what its values are together: `p5`, say."""

    period: Period | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cost: Cost = "effective"
    ai_only: bool = False
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    called: tuple[tuple[str, str], ...] = ()
    either: tuple[tuple[str, tuple[str, ...]], ...] = ()
