"""Names that the ledger knows, found in a question: teams, providers, services, models, accounts, regions, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.agent.slots.lexing import Span, touches

# Where one name is a team and also something else, the first of these is meant.
ORDER = ("team", "provider", "service", "sub_account", "region", "charge_category", "service_category")
PREFIXES = re.compile(r"^(?:amazon|aws|google cloud|google|azure|microsoft|cloud|vertex ai)\s+", re.IGNORECASE)
TOO_PLAIN = frozenset(
    [
        "usage",
        "purchase",
        "tax",
        "credit",
        "adjustment",
        "other",
        "compute",
        "storage",
        "network",
        "networking",
        "general",
        "default",
        "none",
        "null",
        "all",
        "total",
        "api",
        "data",
        "cloud",
        "ai",
        "service",
        "services",
        "support",
        "analytics",
        "security",
        "management",
        "integration",
        "web",
        "media",
        "databases",
        "database",
        "global",
        "standard",
        "model",
        "models",
        "team",
        "teams",
        "cost",
        "costs",
        "production",
        "prod",
        "test",
        "dev",
        "development",
        "staging",
        "engine",
        "run",
        "one",
        "core",
        "key",
        "lake",
        "hub",
        "search",
        "research",
        "growth",
        "batch",
    ]
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a ledger dimension in a text; `start` to `end` (exclusive) are where it stands."""

    dimension: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class LedgerNames:
    """`known` maps a dimension to its values, all of them ones that the asker may see; `tags` a tag's key to its."""

    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Lower-case alias -> the dimension and every value it stands for."""
        table: dict[str, tuple[str, dict[str, None]]] = {}
        dimensions = [*(d for d in ORDER if d in self.known), *(f"tag:{key}" for key in self.tags)]
        for dimension in dimensions:
            values = self.known.get(dimension) or self.tags.get(dimension.removeprefix("tag:")) or ()
            for value in values:
                for alias in aliases(dimension, value):
                    owner, held = table.setdefault(alias, (dimension, {}))
                    if owner == dimension:
                        held[value] = None
        return {alias: (dimension, tuple(held)) for alias, (dimension, held) in table.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._aliases:
            return None
        longest = sorted(self._aliases, key=len, reverse=True)
        joined = "|".join(re.escape(alias).replace(r"\ ", r"[\s_-]+") for alias in longest)
        return re.compile(rf"(?<![\w.@-])(?:{joined})(?![\w@]|-\d|\.\d)", re.IGNORECASE)

    @cached_property
    def words(self) -> frozenset[str]:
        """Single words among the names: what a misspelt word may have meant."""
        return frozenset(alias for alias in self._aliases if alias.isalpha())

    def mentions(self, text: str, masked: Iterable[Span] = ()) -> list[Value]:
        """Every known name in `text` outside `masked`, longest first where they overlap, in order."""
        if self._pattern is None:
            return []
        masked = list(masked)
        found = []
        for match in self._pattern.finditer(text):
            if touches(match.start(), match.end(), masked):
                continue
            dimension, values = (
                self._aliases[re.sub(r"[\s_-]+", " ", match[0].lower())]
                if (re.sub(r"[\s_-]+", " ", match[0].lower()) in self._aliases)
                else self._aliases.get(match[0].lower(), ("", ()))
            )
            found += [Value(dimension, value, match.start(), match.end()) for value in values]
        return found


def aliases(dimension: str, value: str) -> set[str]:
    """The lower-case forms in which people write a value: as it is, with spaces, without a vendor's prefix."""
    plain = " ".join(value.split()).casefold()
    names = {plain, re.sub(r"[_\-/]+", " ", plain)}
    if dimension == "provider":
        from tools.ledger.classify import PROVIDER_ALIASES

        names |= set(PROVIDER_ALIASES.get(value, ()))
        return {name for name in names if len(name) > 1}
    if dimension in {"service", "service_category"}:
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", value).casefold()
        for name in (spaced, plain):
            short = PREFIXES.sub("", name)
            names |= {name, short, PREFIXES.sub("", short), re.sub(r"\s+(?:service|api)$", "", short)}
        names = {name for name in names if name not in TOO_PLAIN}
    if dimension not in {"team", "service"}:
        names = {name for name in names if name not in TOO_PLAIN or (name == plain and dimension.startswith("tag:"))}
    if dimension.startswith("tag:"):
        names = {name for name in names if len(name) > 2 and name not in TOO_PLAIN and not name.isdigit()}
    return {name for name in names if len(name) > 1}
