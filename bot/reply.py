"""A question as it comes in and the reply that every surface renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tools.errors import Status
from tools.money import plain
from tools.results import Cell, Chart, Figure, Table


@dataclass(frozen=True, slots=True)
class Question:
    """`today` is the asker's date. `asker` None is the operator at the command line, who sees all. `channel` None is a
    direct message or the command line. `thread` names the conversation whose earlier turns count; None is a new one."""

    text: str
    today: date
    asker: str | None = None
    channel: str | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A stored passage that a claim rests on. `quote` is found word for word in the stored text."""

    title: str
    publisher: str
    url: str
    published_on: date | None
    quote: str

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "publisher": self.publisher,
            "url": self.url,
            "published_on": self.published_on.isoformat() if self.published_on else None,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One tool call: its name, the arguments it ran with, how long it took in seconds."""

    tool: str
    args: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is markdown and stands alone; `options` are short answers to offer when `status` is clarify."""

    status: Status
    question: str
    text: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    sources: tuple[Source, ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    options: tuple[str, ...] = ()
    data_through: date | None = None
    model: str = "builtin"
    cost_usd: Decimal | None = Decimal(0)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The object that `outlay ask --json` prints; decimals as exact strings, dates as YYYY-MM-DD. The options of a
        question back are a list below its text."""
        return {
            "status": self.status,
            "question": self.question,
            "text": "\n".join([self.text, *(f"- {option}" for option in self.options)]),
            "figures": [
                {"label": f.label, "value": plain(f.value), "unit": f.unit, "as_of": json_cell(f.as_of)}
                for f in self.figures
            ],
            "tables": [
                {
                    "title": t.title,
                    "columns": list(t.columns),
                    "rows": [[json_cell(cell) for cell in row] for row in t.rows],
                }
                for t in self.tables
            ],
            "charts": [
                {
                    "kind": c.kind,
                    "title": c.title,
                    "unit": c.unit,
                    "labels": list(c.labels),
                    "series": [{"name": s.name, "values": [json_cell(v) for v in s.values]} for s in c.series],
                }
                for c in self.charts
            ],
            "sources": [source.to_json() for source in self.sources],
            "assumptions": list(self.assumptions),
            "warnings": list(self.warnings),
            "steps": [{"tool": s.tool, "args": dict(s.args), "seconds": round(s.seconds, 4)} for s in self.steps],
            "data_through": json_cell(self.data_through),
            "model": self.model,
            "cost_usd": None if self.cost_usd is None else plain(self.cost_usd),
            "seconds": round(self.seconds, 3),
        }


def json_cell(cell: Cell) -> str | int | None:
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
