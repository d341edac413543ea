"""Figures in the tables of reports: the row with the label and the column of the period that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.cells import split_row
from knowledge.documents import Chunk, Head, Passage
from knowledge.lexical import words
from knowledge.measures import BY_NAME, MEASURES, Measure, Statement
from knowledge.question import Question
from knowledge.search import passage
from knowledge.store import Store
from knowledge.understand import understand

ASKS_FIGURE = re.compile(
    r"(?i)\b(?:how much|how many|what (?:was|were|is|are|did|changes?|details|percentage|proportion|share)|"
    r"what (?:\w+ ){1,4}(?:was|were|did|has|is|are)|how (?:did|has|have|does|do)|percentage|proportion|"
    r"measure up|relate|breakdown|report|compare|changed?|trends?|rates?)\b"
)
# The name of a part of a business before a word such as revenue.
PART = re.compile(
    r"\b((?:[A-Z][\w&-]*\s+)*[A-Z][\w&-]+|data cent(?:er|re)s?|gaming|(?:cloud )?services|online stores?|advertising)"
    r"(?='s|\s+(?:segment|business|division|unit|revenues?|(?:net )?sales|group|"
    r"products?|services|subscriptions?)\b|, including)"
)
SHARE = re.compile(r"(?i)\b(?:percent(?:age)?|proportion|share of)\b")
STATEMENTS: tuple[tuple[Statement, re.Pattern[str]], ...] = (
    ("cash", re.compile(r"(?i)\bstatements? of (?:consolidated )?cash ?flows?|\bcash flows statements?")),
    (
        "balance",
        re.compile(r"(?i)\bbalance sheets?\b|\bstatements? of (?:consolidated )?financial (?:position|condition)"),
    ),
    (
        "income",
        re.compile(r"(?i)\bstatements? of (?:consolidated )?(?:operations|income|earnings)|\bincome statements?"),
    ),
)
YEARS = re.compile(r"\b(?:19|20)\d\d\b")
UNIT = re.compile(r"(?i)\bin (millions|billions|thousands)\b")
SPAN = re.compile(r"(?i)\b(?:three|six|nine|twelve) months ended|\b(?:fiscal )?years? ended")
DATE_WORDS = re.compile(
    r"(?i)\b(?:three|six|nine|twelve|months?|quarters?|years?|weeks|ended|ending|as of|and|for the|fiscal|q[1-4]|"
    r"change|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b|[\d,.%$()]"
)
MOST_ROWS = 4
LEAST_FIT = 0.75


@dataclass(frozen=True, slots=True)
class Row:
    """`quote` is the row as printed in `passage`; `text` says its figure with unit and period."""

    text: str
    quote: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the rows of a table: a year for each column, the spans that share the columns, the unit."""

    years: tuple[int, ...] = ()
    spans: tuple[str, ...] = ()
    unit: str = ""
    statement: Statement = "any"


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[str, ...]
    printed: str
    chunk: Chunk
    heading: Heading


def rows_for(store: Store, question: str, asked: Question) -> list[Row]:
    """The figures that a question about companies' reports asks for, at most four; one for each report, newest first,
    where it asks about several periods. Empty where it asks for no figure, or where no row bears the label."""
    at = store.snapshot()
    said = understand(question, at.heads)
    if not said.articles or asked.asks in ("reason", "who") or not ASKS_FIGURE.search(question):
        return []
    heads = sorted((at.heads[place] for place in said.articles), key=_ended, reverse=True)
    own = {word for company in said.companies for word in words(company)}
    wanted = _wanted(question, own)
    several = len(heads) > 1 and (said.over_time or len(said.companies) > 1 or len(said.quarters) > 1)
    found: list[Row] = []
    for head in heads[:MOST_ROWS] if several else heads[:1]:
        lines = _lines(store.registry.chunks_of(head.id))
        for measure in wanted[: 1 if several else MOST_ROWS]:
            found += _rows(lines, measure, head)
    return list({row.text: row for row in found}.values())[:MOST_ROWS]


def _rows(lines: Sequence[Line], measure: Measure, head: Head) -> list[Row]:
    if line := _best(lines, measure):
        return [_row(line, head)]
    return [_row(line, head) for name in measure.instead if (line := _best(lines, BY_NAME[name])) is not None]


def _ended(head: Head) -> str:
    day = (head.filing.ended_on if head.filing else None) or head.published_on
    return day.isoformat() if day else ""


def _wanted(question: str, own: set[str]) -> list[Measure]:
    """The measures named; a part of the business named beside revenue or operating income is a row of its own, and
    with a share of the whole the whole is wanted too."""
    wanted: list[Measure] = []
    rest = question
    for measure in MEASURES:
        if not measure.asked.search(rest):
            continue
        rest = measure.asked.sub(" ", rest)
        parts = _parts(question, own) if measure.name in ("revenue", "operating income") else ()
        if parts:
            wanted.append(replace(measure, labels=parts, statement="any", instead=(measure.name,)))
        if not parts or SHARE.search(question):
            wanted.append(measure)
    return wanted


def _parts(question: str, own: set[str]) -> tuple[str, ...]:
    names = [found.group(1) for found in PART.finditer(question)]
    return tuple(
        name
        for name in names
        if any(word not in own and not re.fullmatch(r"(?:fy)?q[1-4]|\d+|10-?[kq]", word) for word in words(name))
        and not any(measure.asked.fullmatch(name) for measure in MEASURES)
    )


def _lines(chunks: Sequence[Chunk]) -> list[Line]:
    found: list[Line] = []
    page: int | None = None
    heading = Heading()
    fresh = True
    for chunk in chunks:
        if chunk.page != page:
            page, heading, fresh = chunk.page, Heading(), True
        for printed in chunk.text.split("\n"):
            if (statement := _statement(printed)) != "any":
                heading = replace(heading, statement=statement)
            if stated := UNIT.search(printed):
                heading = replace(heading, unit=stated.group(1).lower())
            years, spans = tuple(map(int, YEARS.findall(printed))), tuple(SPAN.findall(printed))
            row = None if _only_dates(printed) else split_row(printed)
            if (years or spans) and len(printed) < 200 and (_only_dates(printed) or (spans and not row)):
                if not fresh:
                    heading, fresh = replace(heading, years=(), spans=()), True
                heading = replace(heading, years=heading.years + years, spans=heading.spans + spans)
            elif row:
                found.append(Line(row[0], row[1], printed, chunk, heading))
                fresh = False
    return found


def _statement(printed: str) -> Statement:
    found = (kind for kind, title in STATEMENTS if len(printed) < 200 and title.search(printed))
    return next(found, "any")


def _only_dates(printed: str) -> bool:
    return len(DATE_WORDS.sub("", printed).strip()) <= 3


def _best(lines: Sequence[Line], measure: Measure) -> Line | None:
    best: tuple[float, Line] | None = None
    for line in lines:
        if not re.search(r"\d", line.cells[0]) or (measure.statement not in ("any", line.heading.statement)):
            continue
        said = words(line.label)
        for rank, label in enumerate(measure.labels):
            fit = _fit(said, words(label))
            if fit < LEAST_FIT:
                continue
            full = len(line.heading.years) == len(line.cells)
            score = (
                fit
                - 0.02 * rank
                + 0.06 * full
                + 0.04 * (line.heading.statement != "any")
                + 0.03 * bool(line.heading.unit)
            )
            score -= 0.1 * ("%" in line.cells[0] and "rate" not in label)
            if best is None or score > best[0]:
                best = (score, line)
    return best[1] if best else None


def _fit(said: Sequence[str], wanted: Sequence[str]) -> float:
    """1 for the same words, less for words too many or missing (Dice's coefficient); a label of several words that is
    within the printed one is enough."""
    one, other = set(said), set(wanted)
    if len(other) > 1 and other < one and len(one) <= len(other) + 2:
        return LEAST_FIT
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _row(line: Line, head: Head) -> Row:
    heading, filing = line.heading, head.filing
    column, span = 0, ""
    if heading.years and len(line.cells) == len(heading.years):
        ended = filing.ended_on.year if filing and filing.ended_on else max(heading.years)
        column = heading.years.index(ended if ended in heading.years else max(heading.years))
        if heading.spans and len(heading.years) % len(heading.spans) == 0:
            span = heading.spans[column * len(heading.spans) // len(heading.years)].lower()
    value = re.sub(r"[\s$]", "", line.cells[column])
    is_money = (
        ("$" in line.printed or bool(heading.unit)) and "%" not in value and "per share" not in line.label.lower()
    )
    unit = f" {heading.unit.removesuffix('s')}" if is_money and heading.unit else ""
    when = f"{span} {_day(head)}".strip() if span else (f"period ended {_day(head)}" if _day(head) else "")
    about = ", ".join(
        part for part in (filing.company if filing else head.title, filing.period if filing else "", when) if part
    )
    text = f"{line.label}: {'$' if is_money else ''}{value}{unit} ({about})."
    return Row(text, line.printed, passage(line.chunk, head, 1.0))


def _day(head: Head) -> str:
    day = head.filing.ended_on if head.filing else None
    return f"{day.day} {day.strftime('%B %Y')}" if day else ""
