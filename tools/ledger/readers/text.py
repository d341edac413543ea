"""CSV files as rows with line numbers; a file that is not whole text, or is cut short, is refused."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from tools.errors import BadInput
from tools.ledger.readers.rows import Skipped

LARGEST_FIELD = 16 * 1024 * 1024
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(slots=True)
class TextFile:
    """An open CSV: its header, its rows, and how far it has been read. `tail` is whether the file ends in a newline."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]] | Skipped]
    raw: BinaryIO

    def position(self) -> int:
        return self.raw.tell()


def open_csv(path: Path) -> TextFile:
    """The file's header and rows. A row with too few or too many fields is skipped; a wrong encoding, a quote that
    never closes, or a last line cut short raises BadInput, also while the rows are being read."""
    name = path.name
    raw = path.open("rb")
    head = raw.read(65536)
    raw.seek(0)
    if not head.strip():
        raw.close()
        raise BadInput("The file is empty.", file=name)
    packed = head[:2] == b"\x1f\x8b"
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
    if packed:
        try:
            head = stream.read(65536)
        except (OSError, EOFError, zlib.error):
            raw.close()
            raise BadInput("The gzip file is broken or cut short.", file=name) from None
        stream.seek(0)
    encoding = next((encoding for mark, encoding in BOMS if head.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in head:
        raw.close()
        raise BadInput("This is not a text file; a CSV, or a Parquet file, is needed.", file=name)
    lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
    rows = _records(name, lines)
    try:
        _, header = next(rows)
    except StopIteration:
        lines.close()
        raise BadInput("The file is empty.", file=name) from None
    except BadInput:
        lines.close()
        raise
    return TextFile([title.strip() for title in header], _even(name, rows, len(header), lines), raw)


class _Watched:
    """Text lines that remember whether the last one was ended."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        self.lines, self.ended = lines, True

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.ended = line.endswith(("\n", "\r"))
            yield line


def _records(name: str, lines: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """Each non-empty record with the line it starts on."""
    before = csv.field_size_limit(LARGEST_FIELD)
    start, width = 1, 0
    try:
        first = lines.readline()
        delimiter = "," if "," in first else next((mark for mark in ";\t|" if mark in first), ",")
        watched = _Watched(lines)
        reader = csv.reader(_with(first, watched), delimiter=delimiter, strict=True)
        for record in reader:
            line, start = start, reader.line_num + 1
            width = width or len(record)
            if not watched.ended and len(record) < width and record:
                raise BadInput("The file ends in the middle of this row; it was cut short.", file=name, line=line)
            if record:
                yield line, record
    except csv.Error as error:
        why = "A quote is opened and never closed" if "end of data" in str(error) else f"Not readable as CSV ({error})"
        raise BadInput(f"{why}; the file is damaged or cut short.", file=name, line=start) from None
    except UnicodeError:
        raise BadInput(f"The text is not {lines.encoding.upper()}.", file=name, line=start) from None
    except (OSError, EOFError, zlib.error):
        raise BadInput("The file is broken or cut short.", file=name, line=start) from None
    finally:
        csv.field_size_limit(before)


def _with(first: str, rest: _Watched) -> Iterator[str]:
    rest.ended = first.endswith(("\n", "\r"))
    yield first
    yield from rest


def _even(
    name: str, rows: Iterator[tuple[int, list[str]]], width: int, lines: io.TextIOWrapper
) -> Iterator[tuple[int, list[str]] | Skipped]:
    with lines:
        for line, record in rows:
            if len(record) == width:
                yield line, record
            elif any(field.strip() for field in record):
                yield Skipped(line, f"has {len(record)} fields where the header has {width}")
