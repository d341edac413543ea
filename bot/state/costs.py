"""What Outlay's own chat model costs: every call and the sums of each month, exact, in USD at list price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.state.database import Database, Session
from tools.money import plain

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS model_calls (
    key TEXT PRIMARY KEY, at DOUBLE PRECISION NOT NULL, month TEXT NOT NULL, model TEXT NOT NULL,
    settled INTEGER NOT NULL, input_tokens BIGINT NOT NULL, cached_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL, cost TEXT)""",
    """CREATE TABLE IF NOT EXISTS model_months (
    month TEXT NOT NULL, model TEXT NOT NULL, calls BIGINT NOT NULL, unpriced BIGINT NOT NULL,
    input_tokens BIGINT NOT NULL, cached_tokens BIGINT NOT NULL, output_tokens BIGINT NOT NULL, cost TEXT NOT NULL,
    PRIMARY KEY (month, model))""",
)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Of one call or many. `input` is everything sent; `cached`, a part of it, was read from the provider's cache."""

    input: int = 0
    cached: int = 0
    output: int = 0


@dataclass(frozen=True, slots=True)
class ModelMonth:
    """One model in one month. `cost` is the sum over the calls whose price is known, `unpriced` counts the others."""

    model: str
    calls: int
    unpriced: int
    tokens: Tokens
    cost: Decimal


class Costs:
    """A call is held at what it may cost before it is made, then settled at what it cost: calls of several processes at
    once cannot pass the cap unseen, and a call whose end was never seen stays counted."""

    _db: Database

    def model_call_held(self, key: str, now: datetime, model: str, most: Decimal | None, cap: Decimal | None) -> bool:
        """Hold `most` USD (None: the price is unknown) for a call of `model` in the month of `now`. False, and nothing
        is held, when the month's sum would then pass `cap`; None is no cap."""
        month = f"{now:%Y-%m}"
        with self._db.write() as db:
            if cap is not None and _sum(db, month) + max(most or ZERO, ZERO) > cap:
                return False
            cost = None if most is None else plain(most)
            db.execute(
                "INSERT INTO model_calls VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)", (key, now.timestamp(), month, model, cost)
            )
            _add(db, month, model, 1, int(most is None), Tokens(), most or ZERO)
            return True

    def model_call_settled(self, key: str, tokens: Tokens, cost: Decimal | None) -> None:
        """What the held call came to; `cost` None is unknown, which is counted as such and never as nothing."""
        with self._db.write() as db:
            month, model, held = _held(db, key)
            db.execute(
                "UPDATE model_calls SET settled = 1, input_tokens = ?, cached_tokens = ?, output_tokens = ?, cost = ? "
                "WHERE key = ?",
                (tokens.input, tokens.cached, tokens.output, None if cost is None else plain(cost), key),
            )
            unpriced = int(cost is None) - int(held is None)
            _add(db, month, model, 0, unpriced, tokens, (cost or ZERO) - (held or ZERO))

    def model_call_dropped(self, key: str) -> None:
        """The provider refused the held call: it cost nothing."""
        with self._db.write() as db:
            month, model, held = _held(db, key)
            db.execute("DELETE FROM model_calls WHERE key = ?", (key,))
            _add(db, month, model, -1, -int(held is None), Tokens(), -(held or ZERO))

    def model_costs(self, month: str) -> list[ModelMonth]:
        """The models that were called in `month` (2026-11), dearest first."""
        with self._db.read() as db:
            rows = db.execute(
                "SELECT model, calls, unpriced, input_tokens, cached_tokens, output_tokens, cost FROM model_months "
                "WHERE month = ? AND calls > 0",
                (month,),
            ).fetchall()
        found = [
            ModelMonth(model, calls, unpriced, Tokens(sent, cached, returned), Decimal(cost))
            for model, calls, unpriced, sent, cached, returned, cost in rows
        ]
        return sorted(found, key=lambda one: (-one.cost, one.model))


def forget_calls(db: Session, before: float) -> None:
    """The single calls; the months' sums stay."""
    db.execute("DELETE FROM model_calls WHERE at < ?", (before,))


def _sum(db: Session, month: str) -> Decimal:
    rows = db.execute("SELECT cost FROM model_months WHERE month = ?", (month,)).fetchall()
    return sum((Decimal(cost) for (cost,) in rows), ZERO)


def _held(db: Session, key: str) -> tuple[str, str, Decimal | None]:
    month, model, cost = db.execute("SELECT month, model, cost FROM model_calls WHERE key = ?", (key,)).fetchone()
    return month, model, None if cost is None else Decimal(cost)


def _add(db: Session, month: str, model: str, calls: int, unpriced: int, tokens: Tokens, cost: Decimal) -> None:
    row = db.execute("SELECT cost FROM model_months WHERE month = ? AND model = ?", (month, model)).fetchone()
    if row is None:
        db.execute("INSERT INTO model_months VALUES (?, ?, 0, 0, 0, 0, 0, '0')", (month, model))
    total = plain((Decimal(row[0]) if row else ZERO) + cost)
    db.execute(
        "UPDATE model_months SET calls = calls + ?, unpriced = unpriced + ?, input_tokens = input_tokens + ?, "
        "cached_tokens = cached_tokens + ?, output_tokens = output_tokens + ?, cost = ? WHERE month = ? AND model = ?",
        (calls, unpriced, tokens.input, tokens.cached, tokens.output, total, month, model),
    )
