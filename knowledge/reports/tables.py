"""The tables printed in reports: each row with its label, what stands over it, and which period each column is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.documents import Chunk
from knowledge.parse.dates import day_from
from knowledge.reports.cells import split_row
from knowledge.reports.headings import is_statement
from knowledge.reports.measures import Statement, statement_in

YEARS = re.compile(r"(?<![\d,.$])(?:19|20)\d\d(?![\d,]|\.\d)")
MONTHS = re.compile(r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(rf"(?i)\b{MONTH}\.?\s+\d{{1,2}}\s*,\s*(?:19|20)\d\d")
UNIT = re.compile(
    r"(?i)\bin (?:u\.?s\.? )?(?:dollars in )?(millions|billions|thousands)\b|\$ ?(?:in )?(millions|thousands)\b|"
    r"\b(millions|billions|thousands) of (?:u\.?s\.? |united states )?dollars"
)
SPAN = re.compile(
    r"(?i)\b(?:(?:three|six|nine|twelve) months|(?:thirteen|twenty-six|thirty-nine|fifty-two|fifty-three|13|26|39|52|"
    r"53) weeks) ended|\b(?:fiscal )?(?:years?|quarters?) ended"
)
CHANGE_WORDS = "change|changes|increase|decrease|over|vs|versus|percent|percentage|variance|favorable|unfavorable|ratio"
DATE_WORDS = re.compile(
    r"(?i)\b(?:three|six|nine|twelve|months?|quarters?|years?|weeks|ended|ending|as|of|at|and|for|the|fiscal|q[1-4]|in|"
    r"millions|thousands|billions|dollars|u\.?s|except|per|share|data|amounts?|unaudited|restated|adjusted|thirteen|"
    rf"twenty-six|thirty-nine|fifty-two|fifty-three|to|note|notes|{CHANGE_WORDS}|{MONTH})\b|[\d,.%$()*:/-]"
)
CHANGES = re.compile(rf"(?i)\b(?:{CHANGE_WORDS})\b|%")
SMALL = re.compile(r"\(?\d{1,2}\)?")
LONGEST = 200
# A label that goes on from the line before begins with a small letter.
MOST_BEFORE = 90
# A text without pages that makes no more chunks than these is a page itself.
PAGE_CHUNKS = 6


@dataclass(frozen=True, slots=True)
class Over:
    """One printed line over a table, or several taken together: a year (and where told a day) for each column, the
    spans that share the columns, and whether columns of changes follow."""

    years: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    spans: tuple[str, ...] = ()
    has_changes: bool = False
    printed: str = ""

    def __add__(self, other: Over) -> Over:
        return Over(
            self.years + other.years,
            self.days + other.days,
            self.spans + other.spans,
            self.has_changes or other.has_changes,
            f"{self.printed} {other.printed}",
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the rows of a table: its lines of periods in order, the unit, the statement."""

    lines: tuple[Over, ...] = ()
    unit: str = ""
    statement: Statement = "any"

    def readings(self) -> Iterator[Over]:
        """Runs of neighbouring lines, those nearest to the rows first: a sentence before the table may name years too,
        and a date may be printed on two lines."""
        for end in range(len(self.lines), 0, -1):
            whole = Over()
            for line in reversed(self.lines[:end]):
                whole = line + whole
                yield whole


@dataclass(frozen=True, slots=True)
class Line:
    """`label` joins a label printed on two lines; `under` is the line without figures that the row stands under, such
    as `Gross profit:`; `printed` stands word for word in the chunk."""

    label: str
    cells: tuple[str, ...]
    printed: str
    under: str
    chunk: Chunk
    heading: Heading


def lines_of(chunks: Sequence[Chunk]) -> Iterator[Line]:
    """The rows in reading order. What stands over a table counts until the page ends or other years begin; the years of
    a page that prints them only below its rows count for those above."""
    lines = list(_lines(chunks))
    below: dict[int | None, Over] = {}
    for chunk in chunks:
        if (chunk.page is None and len(chunks) > PAGE_CHUNKS) or chunk.page in below:
            continue
        for printed in reversed(chunk.text.split("\n")):
            if (over := _columns(printed)) and len(_run(over.years)) > 1 and len(over.years) == len(_run(over.years)):
                below[chunk.page] = over
                break
    for line in lines:
        page = line.chunk.page
        if page in below and not any(over.years for over in line.heading.lines):
            line = replace(line, heading=replace(line.heading, lines=(*line.heading.lines, below[page])))
        yield line


def _lines(chunks: Sequence[Chunk]) -> Iterator[Line]:
    page: int | None = None
    heading, fresh = Heading(), True
    before = under = ""
    for chunk in chunks:
        if chunk.page is None:
            heading = replace(heading, statement=_statement_of(chunk))
        if chunk.page != page:
            page, heading, fresh, before, under = chunk.page, Heading(statement=_statement_of(chunk)), True, "", ""
        for printed in chunk.text.split("\n"):
            if len(printed) < LONGEST and (statement := statement_in(printed)) != "any":
                heading = replace(heading, statement=statement)
            if stated := UNIT.search(printed):
                heading = replace(heading, unit=next(filter(None, stated.groups())).lower())
            if over := _columns(printed):
                if not fresh and (over.years or over.spans or not over.has_changes):
                    heading, fresh = replace(heading, lines=()), True
                if fresh:
                    heading = replace(heading, lines=(*heading.lines, over))
                before = ""
            elif row := split_row(printed):
                label = f"{before} {row[0]}" if before and printed[:1].islower() else row[0]
                yield Line(label, row[1], printed, under, chunk, heading)
                before, fresh = "", False
            elif len(printed) < MOST_BEFORE:
                before = printed
                if not printed.endswith((".", ",", ";")) and printed[:1].isupper():
                    under = printed.strip(" :")
            else:
                before = ""


def column_of(line: Line, back: int, newest: Collection[int], ended_on: date | None, span: str = "") -> int | None:
    """Which cell is that of the period `back` years before the newest: told by the day that it ends on, else by its
    year, in columns whose newest year is one of `newest`; with `span` ("three months") where spans share the years.
    None where that is in doubt."""
    if (over := _for_each(line)) and max(over.years) in newest:
        found = _exactly(line.cells, over, max(over.years) - back, ended_on, span)
        if found is not None:
            return found if found >= 0 else None
    for over in line.heading.readings():
        if max(over.years, default=0) in newest:
            found = _with_more(line.cells, over, max(over.years) - back)
            if found is not None:
                return found
    return None


def _for_each(line: Line) -> Over | None:
    """The lines that tell a year for each cell, with as many spans as are told above them."""
    fitting = [over for over in line.heading.readings() if len(over.years) == len(line.cells)]
    return max(fitting, key=lambda over: (len(over.spans), len(MONTHS.findall(over.printed)))) if fitting else None


def span_of(line: Line, column: int) -> str:
    """The span that a column is of, as printed (`Three Months Ended`); empty where none is told or it is in doubt."""
    count = len(line.cells)
    if (over := _for_each(line)) and over.spans and count % len(over.spans) == 0:
        return over.spans[column * len(over.spans) // count]
    told = {one.lower(): one for over in line.heading.lines for one in over.spans}
    return next(iter(told.values())) if len(told) == 1 else ""


def _exactly(cells: Sequence[str], over: Over, year: int, day: date | None, span: str) -> int | None:
    """A year for each cell; -1 where the years are told, and the one wanted is not among them."""
    count, years = len(cells), over.years
    if day and len(over.days) == count and over.days.count(day) == 1 and len(over.spans) < 2:
        return over.days.index(day)
    if len(set(years)) == count:
        return years.index(year) if year in years else -1
    if len(over.spans) > 1 and count % len(over.spans) == 0:
        each = count // len(over.spans)
        wanted = [at for at, one in enumerate(over.spans) if span and span in one.lower()] or [0]
        places = [at for at in range(wanted[0] * each, (wanted[0] + 1) * each) if years[at] == year]
        return places[0] if len(places) == 1 else -1
    # Two days of one year: the newer stands first where its month does.
    if day and set(years) == {year} and (months := MONTHS.findall(over.printed)):
        return 0 if months[0].lower() == day.strftime("%b").lower() else -1
    return None


def _with_more(cells: Sequence[str], over: Over, year: int) -> int | None:
    """Fewer years than cells: each year with its share beside it, a note's number before, or changes after."""
    run, count = _run(over.years), len(cells)
    if year not in run or len(over.spans) > 1:
        return None
    at = run.index(year)
    if count == 2 * len(run) and _are_shares(cells[1::2]) and not _are_shares(cells[::2]):
        return 2 * at
    if count == len(run) + 1 and SMALL.fullmatch(cells[0]) and not over.has_changes:
        return at + 1
    has_more = count >= len(run) and (over.has_changes or len(over.years) > len(run))
    is_mixed = _are_shares(cells[1:2]) and not _are_shares(cells[:1])
    return at if has_more and len(run) > 1 and not is_mixed else None


def _run(years: Sequence[int]) -> tuple[int, ...]:
    """The years that lead, one below the other or one above."""
    for step in (-1, 1):
        run = list(years[:1])
        for year in years[1:]:
            if year != run[-1] + step:
                break
            run.append(year)
        if len(run) > 1:
            return tuple(run)
    return tuple(years[:1]) if len(set(years)) == 1 and len(years) == 1 else ()


def _are_shares(cells: Sequence[str]) -> bool:
    """Whether all are percentages, printed with their sign or as small numbers of one decimal."""
    return bool(cells) and all("%" in cell or re.fullmatch(r"\(?\d{1,3}\.\d ?\)?", cell) for cell in cells)


def _columns(printed: str) -> Over | None:
    """The years or spans of a line that holds nothing else."""
    if len(printed) >= LONGEST:
        return None
    spans = tuple(SPAN.findall(printed))
    years = tuple(map(int, YEARS.findall(printed)))
    only_dates = len(DATE_WORDS.sub("", printed).strip()) <= 3
    has_changes = bool(CHANGES.search(printed))
    if not only_dates and not (spans and split_row(printed) is None and not printed.rstrip().endswith(".")):
        return None
    if not years and not spans and not has_changes:
        # Days over a line of their years: `October 29, January 29,`.
        return Over(printed=printed) if only_dates and len(MONTHS.findall(printed)) > 1 else None
    if only_dates and not years and not spans and re.search(r"\d", printed):
        return None
    days = tuple(day for found in DATE.findall(printed) if (day := day_from(found.title())))
    return Over(years, days, spans, has_changes, printed)


def _statement_of(chunk: Chunk) -> Statement:
    title = chunk.header.rsplit(" | ", 1)[-1]
    return statement_in(title) if is_statement(title) else "any"
