"""Which format a file is in, by its content, and its reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tools.errors import BadInput
from tools.ledger.readers import aws_cur, focus_csv, focus_parquet
from tools.ledger.readers.rows import Export, focus_signs
from tools.ledger.readers.text import open_csv

MAGIC = {b"PK\x03\x04": "a ZIP archive (or a spreadsheet)", b"%PDF": "a PDF"}
NATIVE: tuple[tuple[str, frozenset[str]], ...] = (
    ("an AWS CUR 2.0 export", frozenset({"line_item_unblended_cost", "line_item_usage_start_date"})),
    ("an Azure cost export", frozenset({"costinbillingcurrency", "metercategory"})),
    ("a Google Cloud billing export", frozenset({"usage_start_time", "project.id"})),
    ("an OpenAI usage export", frozenset({"amount_value", "line_item"})),
    ("an Anthropic cost export", frozenset({"cost_usd", "model"})),
    ("LiteLLM spend logs", frozenset({"spend", "api_key", "model"})),
)


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


def open_export(path: Path) -> Export:
    """The file, recognised and open. BadInput, naming the file, for anything that cannot be read as billing data."""
    magic = first_bytes(path)
    if magic == b"PAR1":
        return focus_parquet.read(path)
    if magic in MAGIC:
        raise BadInput(f"This is {MAGIC[magic]}; a FOCUS CSV or Parquet file is needed.", file=path.name)
    opened = open_csv(path)
    try:
        if focus_signs(opened.header) >= 3:
            return focus_csv.read(path, opened)
        if aws_cur.recognises(opened.header):
            return aws_cur.read(path, opened)
        raise BadInput(_refusal(opened.header), file=path.name)
    except BadInput:
        opened.raw.close()
        raise


def _refusal(header: Sequence[str]) -> str:
    titles = {title.casefold() for title in header}
    for shown, signs in NATIVE:
        if signs <= titles:
            return f"This looks like {shown}, which is not read yet; export it as FOCUS instead."
    return "This is not a billing export that is known here: FOCUS columns such as BilledCost are missing."
