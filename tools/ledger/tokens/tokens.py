"""How many tokens of which kind the bill says were used, by model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from tools.ledger import columns as c
from tools.ledger.dimensions import key, label
from tools.ledger.ledger import Ledger
from tools.ledger.query import View
from tools.ledger.scope import COST_COLUMNS
from tools.ledger.shared import together
from tools.ledger.spend import EXACT
from tools.money import Money

Kind = Literal["input", "cached_input", "cache_write", "cache_write_1h", "output", "unsaid", "other"]
INPUTS: tuple[Kind, ...] = ("input", "cached_input", "cache_write", "cache_write_1h")

_UNIT = re.compile(r"(?:(?P<count>[\d,]+)\s*)?(?P<word>k|m|thousand|million|mtok)?\s*(?P<token>(?:\w+ )?tokens?)?")
_SCALES = {None: 1, "k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "mtok": 10**6}
_OTHER = re.compile(r"\b(?:audio|image|video|speech|storage|search|grounding|training|fine ?tun\w*|tuning|pages?)\b")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("cache_write_1h", re.compile(r"cache ?(?:write|creation).*\b1 ?h|\b1 ?h\w* cache ?(?:write|creation)")),
    ("cache_write", re.compile(r"cache ?(?:write|creation)|write cache")),
    ("cached_input", re.compile(r"\b(?:cach(?:e|ed|ing)|cchd)\b|cache ?(?:read|hit)|cachedinput")),
    ("output", re.compile(r"\b(?:out|outp|opt|output|completions?|response|reasoning|thinking)\b|outputtoken")),
    ("input", re.compile(r"\b(?:in|inp|input|prompts?)\b|inputtoken")),
)


@dataclass(frozen=True, slots=True)
class TokenUse:
    """The tokens of one kind that one provider billed for one model, and their cost. `unsaid` is a token quantity of
    which the bill does not say whether it is input or output; `batch` that it was billed as a batch. `group` is the
    value of the dimension that they were split by."""

    provider: str
    model: str
    kind: Kind
    batch: bool
    tokens: int
    cost: Money
    group: Any = None


def token_uses(ledger: Ledger, rows: View, by: str | None = None) -> list[TokenUse]:
    """What usage rows that name a model and state a token quantity add up to, in the view's cost, split by a dimension
    if given; parts of a token are rounded. Rows of audio, images and the like are left out."""
    table = together(ledger, rows, ("provider", "model", *([by] if by else ())))
    priced = table[COST_COLUMNS[rows.scope.cost]]
    kept = table.filter((table[c.CHARGE_CATEGORY].lower() == "usage") & table[c.X_MODEL].notnull() & priced.notnull())
    consumed, asked = kept[c.CONSUMED_QUANTITY], kept[c.PRICING_QUANTITY]
    query = kept.group_by(
        provider=kept[c.X_PROVIDER],
        model=kept[c.X_MODEL],
        currency=kept[c.BILLING_CURRENCY],
        meter=kept[c.SKU_METER],
        sku=kept[c.SKU_ID],
        description=kept[c.CHARGE_DESCRIPTION],
        consumed_unit=kept[c.CONSUMED_UNIT],
        asked_unit=kept[c.PRICING_UNIT],
        has_consumed=consumed.notnull(),
        has_asked=asked.notnull(),
        **({"split": key(kept, by)} if by else {}),
    ).agg(
        **({"called": label(kept, by).max()} if by else {}),
        consumed=consumed.sum(),
        asked=asked.sum(),
        cost=kept[COST_COLUMNS[rows.scope.cost]].sum(),
    )
    found: dict[tuple[str, str, Kind, bool, str, Any], tuple[Decimal, Decimal]] = {}
    called: dict[Any, Any] = {}
    for row in ledger.rows(query):
        provider, model, code, meter, sku, description, *units, has_consumed, has_asked = row[:10]
        used, asked_for, cost = row[-3:]
        split = row[10] if by else None
        if by and row[11] is not None:
            called[split] = max(row[11], called.get(split, row[11]))
        names = tuple(name for name in (meter, sku, description) if name)
        quantities = ((units[0], used if has_consumed else None), (units[1], asked_for if has_asked else None))
        tokens = _tokens(quantities, names)
        kind = kind_of(names)
        if tokens is None or kind == "other":
            continue
        place = (provider, model, kind, is_batch(names), code, split)
        before = found.get(place, (Decimal(0), Decimal(0)))
        found[place] = EXACT.add(before[0], tokens), EXACT.add(before[1], cost)
    uses = [
        TokenUse(provider, model, kind, batch, int(tokens.to_integral_value()), Money(cost, code), called.get(split))
        for (provider, model, kind, batch, code, split), (tokens, cost) in found.items()
        if tokens >= 0
    ]
    return sorted(uses, key=lambda use: (use.provider, use.model, use.kind, use.batch, use.cost.currency))


@lru_cache(maxsize=4096)
def kind_of(names: tuple[str, ...]) -> Kind:
    """What a meter, SKU or description says of its tokens: the first of them that says anything."""
    for name in names:
        plain = re.sub(r"[-_/.:,()]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower()
        if _OTHER.search(plain):
            return "other"
        for kind, pattern in _KINDS:
            if pattern.search(plain):
                return kind
    return "unsaid"


def is_batch(names: Sequence[str]) -> bool:
    return any(re.search(r"\bbatch(?:es)?\b", name.replace("_", " ").lower()) for name in names)


@lru_cache(maxsize=1024)
def tokens_in(unit: str | None, about_tokens: bool) -> int | None:
    """How many tokens one of this unit is: `tokens` 1, `1K tokens` 1,000, `1M` 1,000,000; None where it is none.
    `about_tokens`: the meter speaks of tokens, so that `1K` and `count` are of those."""
    plain = (unit or "").strip().lower()
    found = _UNIT.fullmatch(plain)
    if plain in ("count", "counts"):
        return 1 if about_tokens else None
    if not plain or not found or not (found["token"] or (about_tokens and (found["count"] or found["word"]))):
        return None
    return int((found["count"] or "1").replace(",", "")) * _SCALES[found["word"]]


def _tokens(quantities: Sequence[tuple[str | None, Decimal | None]], names: Sequence[str]) -> Decimal | None:
    about = any("token" in name.lower() for name in names)
    for unit, quantity in quantities:
        scale = tokens_in(unit, about)
        if scale and quantity is not None:
            return EXACT.multiply(quantity, Decimal(scale))
    return None
