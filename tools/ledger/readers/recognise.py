"""Which format a file is in, by its content, and its reader."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from tools.errors import BadInput
from tools.ledger.readers import (
    anthropic_console,
    aws_cur,
    azure_cost,
    focus_csv,
    focus_parquet,
    gcp_billing,
    litellm_logs,
    openai_console,
    plain_csv,
)
from tools.ledger.readers.charges import records
from tools.ledger.readers.json_rows import JsonRows, Record, open_json
from tools.ledger.readers.mapping import Mapped
from tools.ledger.readers.parquet_table import open_parquet
from tools.ledger.readers.rows import Export, Skipped, focus_signs, other_focus_dataset
from tools.ledger.readers.text import Table, open_csv, open_text
from tools.ledger.readers.token_counts import TokenCounts

ACCEPTED = (
    "Read are FOCUS, AWS CUR, Azure cost, Google Cloud billing, OpenAI and Anthropic console exports and LiteLLM spend "
    "logs, as CSV, Parquet or JSON lines, and any other CSV with a mapping file."
)
PARQUET = b"PAR1"
MAGIC = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"ORC": "an ORC file",
}
ReadTokens = Callable[[Path, Table, TokenCounts], tuple[int, list[Skipped]]]
TOKENS_ONLY: dict[str, tuple[frozenset[str], ReadTokens]] = {
    "Anthropic usage": (anthropic_console.USAGE_SIGNS, anthropic_console.usage),
    "OpenAI activity": (openai_console.USAGE_SIGNS, openai_console.usage),
}
"""Exports that have tokens and no costs, by their format."""


def first_bytes(path: Path) -> bytes:
    """The first four bytes. BadInput for a folder, or a file that is not there or cannot be opened."""
    if path.is_dir():
        raise BadInput("This is a folder; give the files in it.", file=path.name)
    try:
        with path.open("rb") as file:
            return file.read(4)
    except FileNotFoundError:
        raise BadInput("There is no such file.", file=str(path)) from None
    except OSError as error:
        raise BadInput(f"The file cannot be opened ({error.strerror}).", file=path.name) from None


def open_export(path: Path, counts: TokenCounts | None = None, mapped: Mapped | None = None) -> Export:
    """The file, recognised and open; by `mapped` where one is given. `counts` are the tokens of usage exports given
    with it. BadInput, naming the file, for anything that cannot be read as billing data."""
    magic = first_bytes(path)
    for start, shown in MAGIC.items():
        if magic.startswith(start):
            raise BadInput(f"This is {shown}. {ACCEPTED}", file=path.name)
    table = None
    try:
        if magic != PARQUET and (opened := open_text(path)).first in "{[" and mapped is None:
            table = Table([], iter(()), opened.raw.tell, opened.lines.close, "JSON")
            return _json(path, table, open_json(path, opened))
        table = open_csv(path, opened) if magic != PARQUET else open_parquet(path)
        if mapped:
            return plain_csv.read(path, table, mapped)
        return _native(path, table, counts or TokenCounts())
    except BadInput:
        if table:
            table.close()
        raise


def tokens_only(path: Path) -> str | None:
    """The format of an export that has tokens and no costs; None for any other file, also one that cannot be read."""
    try:
        if first_bytes(path) == PARQUET or (opened := open_text(path)).first in "{[":
            return None
        table = open_csv(path, opened)
    except BadInput:
        return None
    titles = {title.casefold() for title in table.header}
    table.close()
    return next((form for form, (signs, _) in TOKENS_ONLY.items() if signs <= titles), None)


def read_tokens(path: Path, form: str, counts: TokenCounts) -> tuple[int, list[Skipped]]:
    """Adds the tokens of a usage export to `counts`; how many rows were read, and which were left out."""
    table = open_csv(path, open_text(path))
    try:
        return TOKENS_ONLY[form][1](path, table, counts)
    finally:
        table.close()


def _native(path: Path, table: Table, counts: TokenCounts) -> Export:
    header = table.header
    titles = {title.casefold() for title in header}
    if focus_signs(header) >= 3:
        if table.kind == "CSV":
            return focus_csv.read(path, table)
        table.close()
        return focus_parquet.read(path)
    if aws_cur.recognises(header):
        return aws_cur.read(path, table)
    if titles >= azure_cost.SIGNS:
        return azure_cost.read(
            path, table, lambda: open_parquet(path) if table.kind == "Parquet" else open_csv(path, open_text(path))
        )
    if titles >= anthropic_console.COST_SIGNS:
        return anthropic_console.costs(path, table, counts)
    if titles >= openai_console.COST_SIGNS:
        return openai_console.costs(path, table, counts)
    lowered = [title.casefold() for title in header]
    if gcp_billing.recognises(lowered):
        return gcp_billing.read(path, records(path, table, (), ""), lowered, table)
    if litellm_logs.recognises(lowered):
        return litellm_logs.read(path, records(path, table, (), ""), lowered, table)
    if other := other_focus_dataset(header):
        raise BadInput(f"This is the {other} dataset of FOCUS; the Cost and Usage dataset is needed.", file=path.name)
    if {"start_time", "end_time", "start_time_iso"} <= titles and len(titles) == 4:
        raise BadInput("This OpenAI export is of days without any use; there is nothing in it.", file=path.name)
    raise BadInput(
        f"This is not a billing export that is known here: FOCUS columns such as BilledCost are missing. {ACCEPTED}",
        file=path.name,
    )


def _json(path: Path, table: Table, rows: JsonRows) -> Export:
    """A reader by the names of the first object."""
    skipped: list[tuple[int, Record] | Skipped] = []
    for row in rows:
        skipped.append(row)
        if not isinstance(row, Skipped):
            header = [name.casefold() for name in row[1]]
            whole = chain(skipped, rows)
            if gcp_billing.recognises(header):
                return gcp_billing.read(path, whole, header, table)
            if litellm_logs.recognises(header):
                return litellm_logs.read(path, whole, header, table)
            break
    raise BadInput(f"This JSON is not a billing export that is known here. {ACCEPTED}", file=path.name)
