"""`outlay spend`: bring billing exports into the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tools.errors import BadInput
from tools.money import Money

if TYPE_CHECKING:
    from tools.ledger.storing.importing import ImportReport
    from tools.ledger.sync.syncing import SyncReport

MOST_SKIPPED = 10

app = typer.Typer(help="Import billing data into the spend ledger.", no_args_is_help=True, callback=lambda: None)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="FOCUS files or providers' own exports.")],
    mapping: Annotated[Path | None, typer.Option(metavar="TOML", help="Which column of a plain CSV is what.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
) -> None:
    """Import exports; importing one again replaces its rows and never doubles them."""
    from bot.terminal import progress_bar
    from bot.wiring import load_settings
    from tools.ledger.storing.importing import import_files

    with progress_bar("Importing") as shown:
        progress = None if shown is None else lambda _, done, size: shown(done, size)
        reports = import_files(load_settings().home, files, mapping=mapping, progress=progress)
    if as_json:
        print(json.dumps({"files": [report.to_json() for report in reports]}, ensure_ascii=False))
        return
    for report in reports:
        print(_sentence(report))


@app.command()
def sync(
    source: Annotated[str | None, typer.Argument(help="Only this one: openai, anthropic, aws, litellm, ...")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="The first day of a first sync.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was pulled as JSON.")] = False,
) -> None:
    """Pull from the cost APIs of the providers whose keys are in the environment; nothing is counted twice."""
    import os

    import httpx

    from bot.commands.ask import read_day
    from bot.terminal import progress_bar
    from bot.wiring import load_settings, today_in
    from tools.ledger.sync.kinds import KINDS, configured
    from tools.ledger.sync.syncing import sync as pull

    settings = load_settings()
    sources = configured(os.environ, source, read_day(since, "--since"))
    if not sources:
        keys = "; ".join(f"{name} {' and '.join(kind.keys)}" for name, kind in KINDS.items())
        raise BadInput(f"No provider's key is set in the environment. Keys: {keys}.")
    with progress_bar("Pulling") as shown:
        reports = pull(
            settings.home,
            sources,
            today_in(settings),
            client_factory=lambda: httpx.Client(timeout=60),
            keys=os.environ,
            progress=None if shown is None else lambda _, done, of: shown(done, of),
        )
    if as_json:
        print(json.dumps({"sources": [report.to_json() for report in reports]}, ensure_ascii=False))
    else:
        for report in reports:
            print(_pulled(report))
    if any(report.failure for report in reports):
        raise typer.Exit(1)


@app.command()
def metrics(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with date, metric, value and maybe team and kind.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
) -> None:
    """Import business metrics, such as requests or active users, to see what one of them costs."""
    from dataclasses import asdict

    from bot.wiring import load_settings
    from tools.ledger.storing.metrics import import_metrics

    report = import_metrics(load_settings().home, file)
    if as_json:
        print(json.dumps(asdict(report), default=str, ensure_ascii=False))
        return
    replaced = f"; {report.replaced:,} former readings were replaced" if report.replaced else ""
    names = ", ".join(report.metrics)
    print(f"{report.file}: {report.readings:,} readings of {names}, {report.first} to {report.last}{replaced}.")


def _pulled(report: SyncReport) -> str:
    """What one source gave, and what went wrong."""
    days = f", {report.first_day} to {report.last_day}" if report.first_day else ""
    sums = "; ".join(f"billed {Money(billed, code).shown()}" for code, (billed, _) in (report.sums or {}).items())
    lines = [f"{report.title}: {report.rows:,} rows{days}{f'; {sums}' if sums else ''}."]
    if report.provisional:
        lines.append(f"  {report.provisional} of the days may still change and will be pulled again.")
    lines += [f"  {note}" for note in report.notes]
    lines += [f"  Failed: {report.failure}"] if report.failure else []
    return "\n".join(lines)


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
