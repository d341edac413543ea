"""`outlay spend`: bring billing exports into the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Import billing data into the spend ledger.", no_args_is_help=True)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="FOCUS CSV or Parquet exports.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
) -> None:
    """Import exports; importing one again replaces its rows and never doubles them."""
    from bot.terminal import progress_bar
    from bot.wiring import load_settings
    from tools.ledger.store import import_files

    with progress_bar("Importing") as progress:
        reports = import_files(load_settings().home, files, progress=progress)
    if as_json:
        print(json.dumps({"files": [report.to_json() for report in reports]}, ensure_ascii=False))
        return
    for report in reports:
        print(report.sentence())
