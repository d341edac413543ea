"""One line of questions.jsonl."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

TODAY = "2026-11-23"
Line = dict[str, Any]
Expected = dict[str, str]


def usd(value: Decimal | str | int, tolerance: str = "0.01") -> Expected:
    """An amount in US dollars; `tolerance` is absolute, in US dollars."""
    return figure(value, "USD", tolerance)


def percent(value: Decimal | str | int, tolerance: str = "0.05") -> Expected:
    """A share or a change in percent; `tolerance` in percentage points."""
    return figure(value, "%", tolerance)


def near(value: Decimal, unit: str, per_mille: str = "2") -> Expected:
    """A figure that may differ by so many thousandths, for constants that sources round differently."""
    return figure(value, unit, f"{abs(value) * Decimal(per_mille) / 1000:.6f}")


def figure(value: Decimal | str | int, unit: str, tolerance: str) -> Expected:
    return {"value": format(Decimal(value), "f"), "unit": unit, "tolerance": tolerance}


def line(
    name: str,
    kind: str,
    question: str,
    *figures: Expected,
    status: str | list[str] = "answered",
    sources: tuple[str, ...] = (),
    thread: str | None = None,
    never: tuple[str, ...] = (),
    person: str | None = None,
    channel: str | None = None,
) -> Line:
    """`sources` are links of which the reply must cite at least one; `thread` joins follow-ups, asked in file order;
    `never` are texts that the reply may not hold; `person` asks in `channel`."""
    made: Line = {
        "id": name,
        "kind": kind,
        "question": question,
        "figures": list(figures),
        "status": status,
        "today": TODAY,
    }
    if sources:
        made["sources_any"] = list(sources)
    optional = {"thread": thread, "never": list(never), "as": person, "channel": channel}
    return made | {key: value for key, value in optional.items() if value}
