"""What a question asks about: period, filters, which cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tools.errors import Unknown
from tools.ledger import columns as c
from tools.period import Period

Cost = Literal["effective", "billed", "list", "contracted"]
Grain = Literal["day", "week", "month"]

COST_COLUMNS: dict[Cost, str] = {
    "effective": c.EFFECTIVE_COST,
    "billed": c.BILLED_COST,
    "list": c.LIST_COST,
    "contracted": c.CONTRACTED_COST,
}
GRAINS: tuple[Grain, ...] = ("day", "week", "month")
DIMENSIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "team": ((c.X_TEAM_KEY,), (c.X_TEAM,)),
    "provider": ((c.X_PROVIDER,), (c.X_PROVIDER,)),
    "service": ((c.SERVICE_NAME,), (c.SERVICE_NAME,)),
    "model": ((c.X_MODEL,), (c.X_MODEL,)),
    "sub_account": ((c.SUB_ACCOUNT_ID, c.SUB_ACCOUNT_NAME), (c.SUB_ACCOUNT_NAME, c.SUB_ACCOUNT_ID)),
    "region": ((c.REGION_ID, c.REGION_NAME), (c.REGION_ID, c.REGION_NAME)),
    "charge_category": ((c.CHARGE_CATEGORY,), (c.CHARGE_CATEGORY,)),
    "service_category": ((c.SERVICE_CATEGORY,), (c.SERVICE_CATEGORY,)),
    "resource": ((c.RESOURCE_ID, c.RESOURCE_NAME), (c.RESOURCE_NAME, c.RESOURCE_ID)),
    "sku": ((c.SKU_ID, c.SKU_METER), (c.SKU_METER, c.SKU_ID)),
}
"""Name -> the columns that identify a group, the first that is filled, and those that name it to a person."""
TAG = "tag:"
LARGE = frozenset({"resource", "sku"})
"""Dimensions of which there may be millions of values: looked up one by one, never listed whole."""
UNTAGGED_WORDS = frozenset({"untagged", "unknown", "none", "no model named", ""})


@dataclass(frozen=True, slots=True)
class Scope:
    """`period` None is all data. `where` pairs a dimension with the values that may be met, any of them; all pairs must
    hold. Values match in any case; "untagged" matches rows without one. `cost` is which of the four cost columns is
    summed; they are never added to each other. `without` pairs leave out rows that have any of the values; rows without
    one stay."""

    period: Period | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cost: Cost = "effective"
    ai_only: bool = False
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()


def dimension_named(name: str) -> str:
    """The dimension's own spelling. Unknown, with all that there are, for any other name."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_") if not name.startswith(TAG) else name
    if plain.startswith(TAG) and len(plain) > len(TAG):
        key = plain[len(TAG) :].strip().casefold()
        return "team" if key == "team" else TAG + key
    if plain in DIMENSIONS or plain in GRAINS:
        return plain
    known = (*DIMENSIONS, "tag:KEY")
    raise Unknown(f"Spend cannot be split by {name!r}; it can by {', '.join(known)}.", known)


def title(dimension: str) -> str:
    """The dimension as a table's heading."""
    if dimension.startswith(TAG):
        return f"Tag {dimension[len(TAG) :]}"
    return {"sku": "SKU", "sub_account": "Sub-account"}.get(dimension, dimension.replace("_", " ").capitalize())


def missing(dimension: str) -> str:
    """How the group without a value is called."""
    if dimension == "model":
        return "no model named"
    return "untagged" if dimension == "team" or dimension.startswith(TAG) else "unknown"


def key(table: Any, dimension: str) -> Any:
    """The ibis expression that identifies a row's group; null where it has none."""
    if dimension in GRAINS:
        return table[c.X_DAY] if dimension == "day" else table[c.X_DAY].truncate(dimension[0].upper())
    if dimension.startswith(TAG):
        return table[c.X_TAGS].get(dimension[len(TAG) :]).lower()
    return _first(table, DIMENSIONS[dimension][0])


def label(table: Any, dimension: str) -> Any:
    """The ibis expression that names a row's group to a person."""
    if dimension in GRAINS:
        return key(table, dimension)
    if dimension.startswith(TAG):
        return table[c.X_TAGS].get(dimension[len(TAG) :])
    return _first(table, DIMENSIONS[dimension][1])


def singles_out(dimension: str) -> bool:
    """Whether a filter or split by it shows one team's spend: team itself, any tag, and what belongs to one team."""
    return dimension in ("team", "sub_account", "resource") or dimension.startswith(TAG)


def _first(table: Any, names: Sequence[str]) -> Any:
    import ibis

    return table[names[0]] if len(names) == 1 else ibis.coalesce(*(table[name] for name in names))
