"""`outlay spend`: bring billing exports into the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tools.money import Money

if TYPE_CHECKING:
    from tools.ledger.importing import ImportReport

MOST_SKIPPED = 10

app = typer.Typer(help="Import billing data into the spend ledger.", no_args_is_help=True, callback=lambda: None)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="FOCUS CSV or Parquet exports.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
) -> None:
    """Import exports; importing one again replaces its rows and never doubles them."""
    from bot.terminal import progress_bar
    from bot.wiring import load_settings
    from tools.ledger.importing import import_files

    with progress_bar("Importing") as shown:
        progress = None if shown is None else lambda _, done, size: shown(done, size)
        reports = import_files(load_settings().home, files, progress=progress)
    if as_json:
        print(json.dumps({"files": [report.to_json() for report in reports]}, ensure_ascii=False))
        return
    for report in reports:
        print(_sentence(report))


def _sentence(report: ImportReport) -> str:
    """What was read of one file, and what of it was not."""
    sums = report.by_currency or {}
    amounts = "; ".join(
        f"billed {Money(billed, code).shown()}, effective {Money(effective, code).shown()}"
        for code, (billed, effective) in sums.items()
    )
    days = f", {report.first_day} to {report.last_day}" if report.first_day else ""
    lines = [f"{report.file}: {report.rows:,} rows of {report.format}{days}{f'; {amounts}' if amounts else ''}."]
    lines += [f"  replaced {report.replaced:,} rows imported before."] if report.replaced else []
    lines += [f"  {note}" for note in report.notes]
    lines += [f"  skipped line {item.line}: {item.why}" for item in report.skipped[:MOST_SKIPPED]]
    if len(report.skipped) > MOST_SKIPPED:
        lines.append(f"  and {len(report.skipped) - MOST_SKIPPED:,} more rows were skipped; --json lists them all.")
    return "\n".join(lines)
