"""Tokens of a usage export that has no costs, kept until the cost export of the same days asks for them.

A usage export alone is never spend: its costs are unknown, not zero. So it is read beside a cost export of the same
command, and each count goes to the one cost row it belongs to. A count that fits no row, or several, goes to none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tools.ledger.readers.rows import Skipped

TOKENS = "tokens"
CountKey = tuple[str, ...]
"""Day, model, and whatever else the provider's two exports both say; last the meter (`input tokens`, ...)."""


@dataclass(slots=True)
class TokenCounts:
    """Counts by provider and key, and which of them a cost row has taken."""

    counts: dict[tuple[str, CountKey], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    taken: set[tuple[str, CountKey]] = field(default_factory=set)

    def add(self, provider: str, key: CountKey, tokens: Decimal) -> None:
        self.counts[provider, key] += tokens

    def also(self, other: TokenCounts) -> None:
        """Takes in another export's counts. ValueError where both count the same: adding them could count twice."""
        if both := self.counts.keys() & other.counts.keys():
            day = min(key[0] for _, key in both)[:10]
            raise ValueError(f"Tokens of {day} are in another usage export of this command too; give each day once.")
        self.counts.update(other.counts)

    def assigned(
        self,
        provider: str,
        rows: Sequence[tuple[int, Mapping[str, Any]] | Skipped],
        key_of: Callable[[Mapping[str, Any]], CountKey | None],
    ) -> dict[CountKey | None, Decimal]:
        """The counts of the keys that exactly one of the rows has."""
        times = Counter(key for row in rows if not isinstance(row, Skipped) and (key := key_of(row[1])))
        fitting = [key for key, found in times.items() if found == 1 and (provider, key) in self.counts]
        self.taken.update((provider, key) for key in fitting)
        return {key: self.counts[provider, key] for key in fitting}

    def left(self, provider: str) -> Decimal:
        """The tokens that no cost row has taken."""
        return sum(
            (found for key, found in self.counts.items() if key[0] == provider and key not in self.taken), Decimal(0)
        )


def day_after(day: str) -> str:
    """The next day of an ISO date. ValueError when it is not one."""
    try:
        return (date.fromisoformat(day[:10]) + timedelta(1)).isoformat()
    except ValueError:
        raise ValueError(f"{day[:40]!r} is not a date") from None
