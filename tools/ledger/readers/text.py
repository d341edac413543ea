"""CSV files as rows with line numbers; a file that is not whole text, or is cut short, is refused."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from tools.errors import BadInput
from tools.ledger.readers.rows import Skipped

LARGEST_FIELD = 16 * 1024 * 1024
LONGEST_LINE = 64 * 1024 * 1024
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(slots=True)
class Table:
    """An open export: its header, its rows, and how far it has been read, in bytes. A row with too few or too many
    fields comes as `Skipped`."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]] | Skipped]
    position: Callable[[], int]
    close: Callable[[], None]
    kind: str = "CSV"


@dataclass(slots=True)
class Text:
    """An open text file, unpacked where it was gzipped. `first` is its first character that is not space."""

    lines: io.TextIOWrapper
    raw: BinaryIO
    first: str


def open_text(path: Path) -> Text:
    """UTF-8 or UTF-16 text, gzipped or not. BadInput, naming the file, for an empty one or one that is not text."""
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
    start = head.removeprefix(BOMS[0][0]).decode(encoding if encoding == "utf-16" else "utf-8", "replace").lstrip()
    if not start:
        raw.close()
        raise BadInput("The file is empty.", file=name)
    return Text(io.TextIOWrapper(stream, encoding=encoding, newline=""), raw, start[0])


def open_csv(path: Path, opened: Text) -> Table:
    """The file's header and rows. A wrong encoding, a quote that never closes, or a last line cut short raises
    BadInput, also while the rows are being read."""
    rows = _records(path.name, opened.lines)
    try:
        _, header = next(rows)
    except StopIteration:
        opened.lines.close()
        raise BadInput("The file is empty.", file=path.name) from None
    except BadInput:
        opened.lines.close()
        raise
    even = _even(path.name, rows, len(header), opened.lines)
    return Table([title.strip() for title in header], even, opened.raw.tell, opened.raw.close)


class _Watched:
    """Text lines that remember whether the last one was ended."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        self.lines, self.ended = lines, True

    def __iter__(self) -> Iterator[str]:
        for line in whole_lines(self.lines):
            self.ended = line.endswith(("\n", "\r"))
            yield line


def whole_lines(lines: io.TextIOWrapper) -> Iterator[str]:
    """Each line with its end. csv.Error for one too long to be a row of a bill, before it fills the memory."""
    for line in iter(partial(lines.readline, LONGEST_LINE), ""):
        if len(line) >= LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise csv.Error(f"a line of more than {LONGEST_LINE // 2**20} million characters")
        yield line


def _records(name: str, lines: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """Each non-empty record with the line it starts on."""
    before = csv.field_size_limit(LARGEST_FIELD)
    start, width = 1, 0
    try:
        first = next(whole_lines(lines), "")
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
