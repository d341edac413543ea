"""JSON exports (one object a line, or one array) as rows with line numbers; numbers keep every digit."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger.readers.rows import Skipped
from tools.ledger.readers.text import LONGEST_LINE, Text, whole_lines

Record = Mapping[str, Any]
JsonRows = Iterator[tuple[int, Record] | Skipped]


def open_json(path: Path, opened: Text) -> JsonRows:
    """The objects of the file, each with its line (its place in the array, for an array). A line that is no object is
    skipped; text that is not UTF-8, an array that does not close, or a last line cut short raises BadInput."""
    line = 0
    try:
        with opened.lines as lines:
            if opened.first == "[":
                yield from _array(path.name, lines.read(LONGEST_LINE + 1))
                return
            for line, found in enumerate(whole_lines(lines), 1):
                if found.strip():
                    yield _object(path.name, line, found.lstrip("\ufeff"))
    except csv.Error as error:
        raise BadInput(f"Not readable as JSON ({error}).", file=path.name, line=line + 1) from None
    except UnicodeError:
        raise BadInput(f"The text is not {opened.lines.encoding.upper()}.", file=path.name, line=line + 1) from None
    except (OSError, EOFError, zlib.error):
        raise BadInput("The file is broken or cut short.", file=path.name, line=line + 1) from None


def nested(record: Record, path: str) -> Any:
    """`project.id` of `{"project": {"id": ...}}`, of `{"project.id": ...}` or of `{"project_id": ...}`; else None."""
    for name in (path, path.replace(".", "_")):
        if name in record:
            return record[name]
    found: Any = record
    for part in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def unpacked(cell: Any) -> Any:
    """A JSON value that a CSV cell may hold as text; None where it is empty. ValueError for text that is not JSON."""
    if not isinstance(cell, str):
        return cell
    stripped = cell.strip()
    if not stripped or stripped.casefold() in ("null", "none"):
        return None
    try:
        return _loads(stripped)
    except ValueError as error:
        raise ValueError(f"{stripped[:40]!r} is not JSON ({error})") from None


def _object(name: str, line: int, found: str) -> tuple[int, Record] | Skipped:
    try:
        value = _loads(found)
    except (ValueError, RecursionError) as error:
        if not found.endswith(("\n", "\r")):
            raise BadInput("The file ends in the middle of this row; it was cut short.", file=name, line=line) from None
        return Skipped(line, f"is not a JSON object ({error})")
    return (line, value) if isinstance(value, dict) else Skipped(line, "is not a JSON object")


def _array(name: str, found: str) -> JsonRows:
    if len(found) > LONGEST_LINE:
        raise BadInput(
            "The JSON array is too large to be read at once; write one object a line (JSON lines) instead.", file=name
        )
    try:
        values = _loads(found.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise BadInput("The JSON is damaged or cut short.", file=name) from None
    for place, value in enumerate(values, 1):
        yield (place, value) if isinstance(value, dict) else Skipped(place, "is not a JSON object")


def _loads(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_unique)


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found
