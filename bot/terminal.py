"""A reply as it is read in a terminal, and progress bars for what takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.reply import Reply
from bot.slack.table_file import table_file
from tools.results import Cell, Table

if TYPE_CHECKING:
    from bot.agent.progress import Listener

MOST_ROWS = 30
MOST_ASSUMPTIONS = 6


def show(reply: Reply) -> None:
    """Text, tables, assumptions, warnings and sources on standard output; plain when it is not a terminal."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    if sys.stdout.isatty():
        console.print(Markdown(reply.text))
    else:
        console.print(reply.text, markup=False)
    exported = any(step.tool == "show_again" and step.args.get("form") == "csv" for step in reply.steps)
    for table in reply.tables:
        if exported:
            sys.stdout.write(table_file(table).decode("utf-8-sig").replace("\r\n", "\n"))
        else:
            _show_table(console, table)
    notes = [
        *(f"Warning: {warning}" for warning in reply.warnings),
        *(f"Assumed: {assumption}" for assumption in reply.assumptions[:MOST_ASSUMPTIONS]),
        *(
            f"[{n}] {s.title} ({s.publisher}, {s.published_on or 'undated'}) {s.url}"
            for n, s in enumerate({source.url or source.title: source for source in reply.sources}.values(), start=1)
        ),
        *(f"- {option}" for option in reply.options),
    ]
    for note in notes:
        console.print(note, markup=False, style="dim")
    if sys.stdout.isatty():
        console.print(f"{reply.seconds:.2f} s, {reply.model}", style="dim")


def _show_table(console: object, table: Table) -> None:
    from rich.box import SIMPLE
    from rich.table import Table as RichTable

    shown = RichTable(title=table.title, box=SIMPLE, title_justify="left", title_style="bold")
    numeric = [all(isinstance(row[at], Decimal | int | None) for row in table.rows) for at in range(len(table.columns))]
    for name, number in zip(table.columns, numeric, strict=True):
        shown.add_column(name, justify="right" if number else "left")
    cents = [any(_has_cents(row[at]) for row in table.rows) for at in range(len(table.columns))]
    for row in table.rows[:MOST_ROWS]:
        shown.add_row(*(cell_shown(cell, cents=both) for cell, both in zip(row, cents, strict=True)))
    console.print(shown, markup=False)  # type: ignore[attr-defined]
    if len(table.rows) > MOST_ROWS:
        console.print(f"{len(table.rows) - MOST_ROWS} more rows; --json has them all.", style="dim")  # type: ignore[attr-defined]


def _has_cents(cell: Cell) -> bool:
    return isinstance(cell, Decimal) and abs(cell) >= 1 and cell != cell.to_integral_value()


def cell_shown(cell: Cell, *, cents: bool = False) -> str:
    """A cell for people: thousands separated, two decimals from one upward, four significant digits below. `cents`
    keeps the decimals of a whole number, for a column in which others have some."""
    if cell is None:
        return "unknown"
    if isinstance(cell, Decimal):
        if not cents and cell == cell.to_integral_value() and abs(cell) < 10**15:
            return f"{int(cell):,}"
        return f"{cell:,.2f}" if abs(cell) >= 1 else f"{cell:.4g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


@contextmanager
def live_steps() -> Iterator[Listener | None]:
    """What shows the steps of a question on standard error while the block runs, on a terminal only: what is being done
    now, and above it each step that is over with its seconds. Yields a listener, or None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    from bot.agent.progress import Ended, Event, Said, Started

    console = Console(stderr=True, highlight=False)
    under_way: dict[str, str] = {}
    with console.status("Reading the question", spinner="dots") as status:

        def listen(event: Event) -> None:
            if isinstance(event, Said):
                return
            if isinstance(event, Started):
                under_way[event.id] = event.doing
            elif isinstance(event, Ended):
                under_way.pop(event.id, None)
                mark = "" if event.fine else ", without a result"
                console.print(f"{event.doing}: {event.seconds:.2f} s{mark}", style="dim", markup=False)
            status.update(", ".join(dict.fromkeys(under_way.values())) or "Checking the figures")

        yield listen


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar on standard error while the block runs, on a terminal only. Yields `report(done, of)`, or None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def report(done: int, of: int | None = None) -> None:
            bar.update(task, completed=done, total=of)

        yield report
