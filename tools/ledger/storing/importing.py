"""Export files into the ledger: all of them, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.naming.names import sum_up
from tools.ledger.readers.litellm_logs import FORM as ESTIMATE
from tools.ledger.readers.mapping import read_mapping
from tools.ledger.readers.parse import WIDE
from tools.ledger.readers.recognise import first_bytes, open_export, read_tokens, tokens_only
from tools.ledger.readers.rows import Export, Skipped
from tools.ledger.readers.token_counts import TokenCounts
from tools.ledger.storing import store
from tools.ledger.storing.normalise import PLACE, normaliser
from tools.ledger.storing.parts import PartWriter
from tools.ledger.storing.replacing import SYNCED, superseded
from tools.ledger.sync.estimates import give_way
from tools.money import plain

Progress = Callable[[Path, int, int], None]
"""Called now and then with a file, the bytes of it read so far, and its size."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was read of one file. Sums are over the rows read, exact, None where they are of several currencies (then
    `by_currency` has code -> (billed, effective)) or no row was read. `replaced` counts former rows that went."""

    file: str
    format: str
    rows: int
    skipped: tuple[Skipped, ...]
    billed: Decimal | None
    effective: Decimal | None
    currency: str | None
    first_day: date | None
    last_day: date | None
    by_currency: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    replaced: int = 0
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One object of `files` in `outlay spend import --json`. With several currencies `billed` and `effective` are
        null, `currency` joins the codes with "+", and the key `by_currency` has the sums of each."""
        several = len(self.by_currency) > 1
        sums = {code: {"billed": plain(b), "effective": plain(e)} for code, (b, e) in self.by_currency.items()}
        return {
            "file": self.file,
            "format": self.format,
            "rows": self.rows,
            "skipped": [{"line": item.line, "why": item.why} for item in self.skipped],
            "billed": None if self.billed is None else plain(self.billed),
            "effective": None if self.effective is None else plain(self.effective),
            "currency": self.currency,
            "from": self.first_day.isoformat() if self.first_day else None,
            "to": self.last_day.isoformat() if self.last_day else None,
        } | ({"by_currency": sums} if several else {})


def import_files(
    home_folder: Path, files: Sequence[Path], *, mapping: Path | None = None, progress: Progress | None = None
) -> list[ImportReport]:
    """Reads every file into the ledger under `home_folder`; with `mapping`, every file is a CSV or Parquet table that
    the TOML file describes (see `readers.mapping`). A console's usage export, which has tokens and no costs, is read
    for the cost export of the same command. The same charges given again replace the former ones, as `replacing`
    says. When one file cannot be used, BadInput names it and the ledger stays as it was."""
    ledger = store.folder(home_folder)
    fresh = not ledger.exists()
    try:
        for path in files:
            first_bytes(path)
        mapped = read_mapping(mapping) if mapping else None
        counted, counts = ({}, TokenCounts()) if mapped else _counted(files)
        with store.changing(ledger) as staging:
            manifest = store.read_manifest(ledger)
            earlier = frozenset(source.id for source in manifest.sources)
            reports: list[ImportReport] = []
            read: dict[str, ImportReport] = {}
            for path in files:
                if path in counted:
                    reports.append(counted[path])
                    continue
                digest = _sha256(path)
                if digest in read:
                    reports.append(replace(read[digest], file=path.name, notes=("The same content was given twice.",)))
                    continue
                source_id = f"{manifest.generation}-{len(reports)}-{digest[:12]}"
                report, source = _read(path, open_export(path, counts, mapped), staging, source_id, digest, progress)
                if source:
                    manifest, gone, notes = superseded(manifest, source, ledger, earlier)
                    report = replace(report, replaced=gone, notes=report.notes + notes)
                read[digest] = report
                reports.append(report)
            manifest, said = _estimates_give_way(ledger, staging, manifest)
            reports = [replace(item, notes=item.notes + _unused(item, counts)) for item in reports]
            reports[-1:] = [replace(last, notes=last.notes + said) for last in reports[-1:]]
            store.commit(ledger, manifest)
            sum_up(home_folder)
            return reports
    except BaseException:
        if fresh:
            _forget(ledger)
        raise


def _counted(files: Sequence[Path]) -> tuple[dict[Path, ImportReport], TokenCounts]:
    """The usage exports among the files, read. BadInput for one without a cost export: what its tokens cost is unknown,
    not zero."""
    counts, reports = TokenCounts(), dict[Path, ImportReport]()
    seen: set[str] = set()
    forms = {path: form for path in files if (form := tokens_only(path))}
    for path, form in forms.items():
        if len(forms) == len(set(files)):
            raise BadInput(
                f"This {form} export has tokens and no costs; give it together with the cost export of the same days.",
                file=path.name,
            )
        found, digest = TokenCounts(), _sha256(path)
        read, skipped = read_tokens(path, form, found)
        report = ImportReport(path.name, f"{form} CSV", read, tuple(skipped), None, None, None, None, None)
        reports[path] = replace(report, notes=("The same content was given twice.",)) if digest in seen else report
        try:
            counts.also(TokenCounts() if digest in seen else found)
        except ValueError as error:
            raise BadInput(str(error), file=path.name) from None
        seen.add(digest)
    return reports, counts


def _unused(report: ImportReport, counts: TokenCounts) -> tuple[str, ...]:
    for provider in ("Anthropic", "OpenAI"):
        if report.format.startswith(provider) and report.billed is None and (left := counts.left(provider)):
            return (f"{left:,} tokens fit no single cost row of the files given with it, and were left out.",)
    return ()


def _estimates_give_way(
    ledger: Path, staging: Path, manifest: store.Manifest
) -> tuple[store.Manifest, tuple[str, ...]]:
    """Where a bill covers the same days, estimates go: synced ones, and LiteLLM's logs read from a file alike."""
    forms = {source.id: source.format for source in manifest.sources if source.format.startswith(ESTIMATE)}
    marked = (replace(s, format=f"{SYNCED} estimate 1") if s.id in forms else s for s in manifest.sources)
    result, _, said = give_way(ledger, staging, replace(manifest, sources=tuple(marked)))
    kept = (replace(source, format=forms.get(source.id, source.format)) for source in result.sources)
    return replace(result, sources=tuple(kept)), said


def _read(
    path: Path, export: Export, staging: Path, source_id: str, digest: str, progress: Progress | None
) -> tuple[ImportReport, store.Source | None]:
    checked = normaliser(export.columns, export.file)
    writer = PartWriter(staging, source_id)
    skipped: list[Skipped] = []
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    billed, effective, currency = (PLACE[name] for name in (c.BILLED_COST, c.EFFECTIVE_COST, c.BILLING_CURRENCY))
    try:
        for count, raw in enumerate(export.rows):
            if progress and not count % 5000:
                progress(path, export.read_bytes, export.total_bytes)
            row = raw if isinstance(raw, Skipped) else checked(raw)
            if isinstance(row, Skipped):
                skipped.append(row)
                continue
            writer.add(row)
            one, other = sums.get(row[currency], (Decimal(0), Decimal(0)))
            sums[row[currency]] = WIDE.add(one, row[billed]), WIDE.add(other, row[effective])
        parts, slices = writer.close()
    except BaseException:
        writer.abandon()
        raise
    if progress:
        progress(path, export.total_bytes, export.total_bytes)
    if not writer.count and skipped:
        first = skipped[0]
        raise BadInput(f"No row of the file can be read; the first: {first.why}.", file=path.name, line=first.line)
    report = _report(export, writer.count, skipped, sums, slices)
    if not writer.count:
        return report, None
    return report, store.Source(source_id, path.name, digest, export.format, writer.count, parts, slices)


def _report(
    export: Export,
    rows: int,
    skipped: list[Skipped],
    sums: dict[str, tuple[Decimal, Decimal]],
    slices: Sequence[store.Slice],
) -> ImportReport:
    alone = next(iter(sums.values())) if len(sums) == 1 else None
    return ImportReport(
        export.file,
        export.format,
        rows,
        tuple(skipped),
        alone[0] if alone else None,
        alone[1] if alone else None,
        "+".join(sorted(sums)) or None,
        min((item.first for item in slices), default=None),
        max((item.last for item in slices), default=None),
        sums,
        notes=tuple(export.notes),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _forget(ledger: Path) -> None:
    """Removes the folder that a refused first import made."""
    (ledger / ".lock").unlink(missing_ok=True)
    try:
        ledger.rmdir()
    except OSError:
        return
