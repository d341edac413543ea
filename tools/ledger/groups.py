"""Sums by group, and how a group is called where a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tools.ledger.dimensions import PARTS_OF_WEEK, WEEKDAYS, missing
from tools.money import Money


@dataclass(frozen=True, slots=True)
class Group:
    """One group's sum in one currency. `keys` identify it, `labels` name it; None where rows have no value. `unknown`
    is how many of its `rows` state no such cost and are not in the amount."""

    keys: tuple[Any, ...]
    labels: tuple[Any, ...]
    amount: Money
    rows: int
    unknown: int


def told_apart(*lists: Sequence[Group]) -> list[list[Group]]:
    """The same groups; those of different ones that share their names are called by what identifies them, too: of many
    SKUs the meter says only `Compute hours`."""
    called: dict[tuple[Any, ...], set[tuple[Any, ...]]] = {}
    for groups in lists:
        for group in groups:
            called.setdefault(group.labels, set()).add(group.keys)
    return [[group if len(called[group.labels]) == 1 else _with_keys(group) for group in groups] for groups in lists]


def _with_keys(group: Group) -> Group:
    return replace(group, labels=tuple(_with_key(*pair) for pair in zip(group.keys, group.labels, strict=True)))


def _with_key(identity: Any, called: Any) -> Any:
    same = not (isinstance(identity, str) and isinstance(called, str)) or identity.casefold() == called.casefold()
    return called if same else f"{called} ({identity})"


def shown_label(dimension: str, value: Any) -> str:
    """As a person reads it: a month as `2026-10`, a quarter as `2026-Q4`, a week by its Monday."""
    if value is None:
        return missing(dimension)
    if dimension == "day_of_week":
        return WEEKDAYS[int(value)]
    if dimension == "part_of_week":
        return PARTS_OF_WEEK[int(value)]
    if dimension == "quarter":
        return f"{value:%Y}-Q{(value.month + 2) // 3}"
    return f"{value:%Y-%m}" if dimension == "month" else f"{value:%Y}" if dimension == "year" else str(value)
