"""Figures in the tables of reports: the row with the label and the column of the period that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge.documents import Passage, Quarter
from knowledge.figures_told import in_asked_unit, number_of, rescaled, shown, stands_alone, unit_of
from knowledge.lexical import words, words_of_label
from knowledge.measures import Measure, measures, measures_in
from knowledge.periods import Report, column_for, may_hold, reports_for, told_as
from knowledge.qualifiers import IN_LABELS, NARROWED, clause_of, qualifiers
from knowledge.question import Question
from knowledge.registry import Registry
from knowledge.search import passage
from knowledge.store import Store
from knowledge.tables import Line, lines_of, span_of
from knowledge.understand import OVER_TIME, Understanding, understand

COMPARES = re.compile(
    r"(?i)\b(?:compar\w+|chang\w+|improv\w+|increas\w+|decreas\w+|gr[eo]w\w*|trend\w*|versus|vs|between|differen\w+|"
    r"declin\w+|dropp\w+|f[ae]ll\w*|rose|ris\w+|stable|consistent|higher|lower|year[- ]over[- ]year|yoy)\b"
)
ASKS_WHY = re.compile(
    r"(?i)^\W*(?:why|what (?:\w+ ){0,3}(?:drove|drives?|caused|causes|reasons?|explains?|influence))|"
    r"\bdrivers?\b|\breasons?\b|\bfactors?\b|\binfluence[sd]?\b|\bcontribut(?:ors?|ed|ing)\b"
)
ASKS_WHICH = re.compile(
    r"(?i)\b(?:which|what)\b(?: [\w'’.&-]+){0,4}? (?:segments?|regions?|products?|customers?|categor\w+|groups?|"
    r"business(?:es)?|divisions?|countr\w+|geograph\w+|brands?|lines?|units?)\b(?! (?:revenue|sales|income))"
)
SHARE = re.compile(r"(?i)\b(?:percent(?:age)?|proportion|share of)\b")
# What names a measure without being it.
OTHER_THING = re.compile(
    r"(?i)\b(?:unearned|deferred|costs? of|remaining|pro forma|percent(?:age)? of|as a % of|% of|unbilled|intersegment|"
    r"excluding|contract) (?:total |net |service |product )*(?:revenues?|(?:net )?sales|income)"
)
MOST_ROWS = 4
MOST_REPORTS_READ = 12
# How nearly a label must be the one looked for, by Dice's coefficient of their words.
LEAST_FIT = 0.75
# What a row gains for standing in the statement itself, for its table's unit, for the measure it is said to be.
IN_STATEMENT, ON_STATEMENT_PAGE, HAS_UNIT, SAYS_MEASURE, UNDER_MEASURE = 0.05, 0.04, 0.03, 0.4, 0.3
TOO_MUCH = 0.08
LEAST_TO_QUOTE = 1.0
MOST_QUOTED = 80


@dataclass(frozen=True, slots=True)
class Row:
    """`quote` is the row as printed in `passage`; `text` says its figure with unit, period and page. `label` names the
    figure `value`, which is in `unit` ("USD million", "%", or empty where it is a count); None where it is in doubt."""

    text: str
    quote: str
    passage: Passage
    label: str = ""
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure, narrowed by `narrower` (stems that the row, or what it stands under, must say). Without a measure the
    stems are the label."""

    measure: Measure | None
    narrower: tuple[str, ...] = ()


def rows_for(store: Store, question: str, asked: Question) -> list[Row]:
    """The figures that a question about companies' reports asks for, at most four; one for each report, newest first,
    where it asks about several periods. Empty where it asks for no figure, where no row bears the label, or where the
    column of the period is in doubt."""
    at = store.snapshot()
    said = understand(question, at.heads)
    if not said.articles or asked.asks == "who" or ASKS_WHY.search(question) or ASKS_WHICH.search(question):
        return []
    own = {word for company in said.companies for name in at.heads.names.all_of(company) for word in words(name)}
    wanted = wanted_in(question, own)
    if not wanted:
        return []
    reports = reports_for(at.heads, said)
    found: list[Row] = []
    for period, candidates, few in _periods(said, reports):
        for one in wanted[: 1 if few else MOST_ROWS]:
            for report in candidates:
                if rows := _rows(store, report, one, period, question):
                    found += rows
                    break
    rows = list({row.text: row for row in found}.values())[:MOST_ROWS]
    return [*_share(rows, question), *rows]


def _share(rows: Sequence[Row], question: str) -> list[Row]:
    """The part as a percentage of the whole, to two places, where the question asks for it and both are told."""
    if len(rows) != 2 or not SHARE.search(question):
        return []
    part, whole = rows
    if part.value is None or whole.value is None or not 0 < part.value <= whole.value:
        return []
    if part.unit != whole.unit or part.passage.article_id != whole.passage.article_id:
        return []
    share = (100 * part.value / whole.value).quantize(Decimal("0.01"))
    text = f"Share: {share}%, worked out from the two figures that follow."
    return [Row(text, part.quote, part.passage, f"Share: {part.label}", share, "%")]


def wanted_in(question: str, own: set[str]) -> list[Wanted]:
    """The measures named, each with the words that narrow it; with a share of the whole the whole is wanted too. Where
    no measure is named, the words that are left are a label."""
    wanted: list[Wanted] = []
    found = measures_in(question)
    for measure in found:
        clause = clause_of(question, measure.asked)
        named = [match.group() for one in found for match in one.asked.finditer(clause)]
        narrower = qualifiers(clause, named, own)
        wanted.append(Wanted(measure, narrower))
        if narrower and SHARE.search(question):
            wanted.append(Wanted(measure))
    if not found and (label := qualifiers(question, (), own, NARROWED - IN_LABELS)) and len(label) <= 5:
        wanted.append(Wanted(None, label))
    return wanted


def _periods(
    said: Understanding, reports: Sequence[Report]
) -> list[tuple[tuple[Quarter, ...], Sequence[Report], bool]]:
    """Each period with the reports to look in, and whether only the first measure is wanted of each. Several years are
    one: the newest one's report has the others beside it."""
    companies = list(dict.fromkeys(report.filing.company for report in reports))
    each = [[report for report in reports if report.filing.company == company] for company in companies]
    years = tuple(sorted((one for one in said.quarters if one.quarter is None), key=lambda one: -one.year))
    quarters = sorted(
        (one for one in said.quarters if one.quarter), key=lambda one: (one.year, one.quarter), reverse=True
    )
    wanted = [*((years,) if years else ()), *((quarter,) for quarter in quarters)]
    if wanted:
        return [
            (period, fitting, len(companies) > 1 or len(wanted) > 1)
            for own in each
            for period in wanted
            if (fitting := [report for report in own if may_hold(report, period[0])])
        ]
    if said.over_time:
        newest = sorted(reports, key=lambda one: str(one.filing.ended_on), reverse=True)
        return [((), [report], True) for report in newest[:MOST_ROWS]]
    return [((), own[:1], len(companies) > 1) for own in each]


@lru_cache(maxsize=MOST_REPORTS_READ)
def _lines_of(registry: Registry, article_id: str) -> tuple[Line, ...]:
    """An article's id follows from its text, so what was read once stays true."""
    return tuple(lines_of(registry.chunks_of(article_id)))


def _rows(store: Store, report: Report, wanted: Wanted, period: tuple[Quarter, ...], question: str) -> list[Row]:
    if len(report.heads) == 1:
        lines: Sequence[Line] = _lines_of(store.registry, report.heads[0].id)
    else:
        lines = [line for head in report.heads for line in lines_of(store.registry.chunks_of(head.id))]
    if row := _row(lines, report, wanted, period, question):
        return [row]
    if wanted.measure is None or wanted.narrower:
        return []
    known = measures()
    others = wanted.measure.instead or wanted.measure.parts
    rows = [_row(lines, report, Wanted(known[name]), period, question) for name in others]
    return [row for row in rows if row is not None]


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    column: int
    score: float


def _row(
    lines: Sequence[Line], report: Report, wanted: Wanted, period: tuple[Quarter, ...], question: str
) -> Row | None:
    """The row whose label fits best; None where equally good ones tell different figures."""
    first = period[0] if period else None
    fitting = [
        _Candidate(line, column, score)
        for line in lines
        if (score := _score(line, wanted)) > 0
        and (column := column_for(line, report, first, 0, question)) is not None
        and re.search(r"\d", line.cells[column])
    ]
    if not fitting:
        return _in_doubt(lines, report, wanted)
    best = max(one.score for one in fitting)
    top = [one for one in fitting if one.score >= best - 0.005]
    if len({number_of(one.line.cells[one.column]) for one in top}) > 1 or _is_one_of_several(top[0], lines, wanted):
        return None
    return _told(top[0], report, period, question)


def _is_one_of_several(best: _Candidate, lines: Sequence[Line], wanted: Wanted) -> bool:
    """Whether the question's words are only a part of the row's label, and of another row's label as well."""
    narrower = frozenset(wanted.narrower)
    if not narrower or words_of_label(best.line.label) - GENERAL <= narrower:
        return False
    labels = {words_of_label(line.label) - GENERAL for line in lines}
    return sum(narrower <= label for label in labels) > 1


def _in_doubt(lines: Sequence[Line], report: Report, wanted: Wanted) -> Row | None:
    """The row as it is printed, where its columns do not say which period each is of: only where one row fits best."""
    scored = [(score, line) for line in lines if (score := _score(line, wanted)) >= LEAST_TO_QUOTE]
    best = max((score for score, _ in scored), default=0.0)
    top = {line.printed: line for score, line in scored if score >= best - 0.005}
    if len(top) != 1:
        return None
    line = next(iter(top.values()))
    over = next((told.printed for told in line.heading.readings() if told.years), "").strip()
    page = f"page {line.chunk.page}" if line.chunk.page else ""
    about = ", ".join(part for part in (report.filing.company, report.filing.form, report.filing.period, page) if part)
    unit = f" in {line.heading.unit}" if line.heading.unit else ""
    under = f' under "{over}"' if 0 < len(over) < MOST_QUOTED else ""
    head = next(head for head in report.heads if head.id == line.chunk.article_id)
    return Row(
        f'The table prints "{line.printed}"{unit}{under} ({about}).', line.printed, passage(line.chunk, head, 1.0)
    )


def _score(line: Line, wanted: Wanted) -> float:
    """0 for a row that is not the one wanted."""
    measure = wanted.measure
    if wanted.narrower or measure is None:
        return _narrowed(line, wanted)
    if measure.statement not in ("any", line.heading.statement):
        return 0.0
    said = words_of_label(line.label)
    fit = max(
        (found - 0.01 * rank for rank, label in enumerate(measure.labels) if (found := _fit(said, label)) >= LEAST_FIT),
        default=0.0,
    )
    if not fit or not _is_kind(line, measure):
        return 0.0
    return fit + _standing(line)


def _narrowed(line: Line, wanted: Wanted) -> float:
    """The row says what narrows the measure, in its label or in what it stands under; what it measures is said by its
    label, by what it stands under or by the heading of its section."""
    measure, narrower = wanted.measure, frozenset(wanted.narrower)
    label, under = words_of_label(line.label), words_of_label(line.under)
    if not narrower <= label | under:
        return 0.0
    if measure is None:
        fit = 2 * len(narrower & label) / (len(narrower) + len(label)) if label else 0.0
        return fit + _standing(line) if fit >= LEAST_FIT and not _is_per_share(line) else 0.0
    if not _is_kind(line, measure):
        return 0.0
    says = measure.asked.search(OTHER_THING.sub(" ", line.label))
    if not narrower & label and not says:
        return 0.0
    more = len(label - narrower - frozenset(words(measure.name)) - GENERAL)
    score = 1.0 - TOO_MUCH * more + _standing(line)
    if says:
        return score + SAYS_MEASURE
    if measure.asked.search(OTHER_THING.sub(" ", line.under)):
        return score + UNDER_MEASURE
    others = (one for one in measures().values() if one.name != measure.name)
    if any(one.asked.search(line.under) for one in others) or any(one.asked.search(line.label) for one in others):
        return 0.0
    if OTHER_THING.search(line.under):
        return 0.0
    is_said_above = measure.asked.search(line.chunk.header.rsplit(" | ", 1)[-1])
    return score if is_said_above or measure.name == "revenue" else 0.0


GENERAL = frozenset(words("total net segment revenue revenues sales group and other business consolidated reportable"))


def _standing(line: Line) -> float:
    in_statement = line.heading.statement != "any"
    titled = in_statement and line.chunk.header.lower().endswith(
        (
            "cash flows",
            "cashflows",
            "operations",
            "income",
            "earnings",
            "balance sheets",
            "balance sheet",
            "position",
            "(loss)",
            "statements",
            "condition",
        )
    )
    return IN_STATEMENT * titled + ON_STATEMENT_PAGE * in_statement + HAS_UNIT * bool(line.heading.unit)


def _is_kind(line: Line, measure: Measure) -> bool:
    """A row of shares, or of amounts a share, only where these are asked for."""
    if measure.name in ("earnings per share", "dividends per share"):
        return _is_per_share(line) and any("." in cell for cell in line.cells)
    return not _is_per_share(line) and ("%" in line.cells[0]) <= ("rate" in measure.name)


def _is_per_share(line: Line) -> bool:
    return bool(re.search(r"(?i)\bper (?:\w+ ){0,3}share", f"{line.under} {line.label}"))


def _fit(said: frozenset[str], wanted: str) -> float:
    """1 for the same words, less for words too many or missing (Dice's coefficient); a label of several words that is
    within the printed one is enough."""
    other = words_of_label(wanted)
    if len(other) > 1 and other < said and len(said) <= len(other) + 2:
        return LEAST_FIT
    return 2 * len(said & other) / (len(said) + len(other)) if said and other else 0.0


def _told(one: _Candidate, report: Report, period: tuple[Quarter, ...], question: str) -> Row:
    line, filing = one.line, report.filing
    unit = unit_of(line)
    cell = line.cells[one.column]
    first = period[0] if period else None
    when = told_as(report, first, 0, span_of(line, one.column))
    compares = bool(COMPARES.search(question)) and not OVER_TIME.search(question)
    backs = [first.year - other.year for other in period[1:] if first] or [1] * compares
    beside = "".join(_earlier(one, report, first, back, question) for back in backs)
    page = f"page {line.chunk.page}" if line.chunk.page else ""
    about = ", ".join(part for part in (filing.company, filing.form, when, page) if part)
    label = line.label if stands_alone(line) else f"{line.under}, {line.label}"
    head = next(head for head in report.heads if head.id == line.chunk.article_id)
    number = number_of(cell, line)
    value, value_unit = in_asked_unit(number, unit, question) if number is not None else (None, unit)
    return Row(
        f"{label}: {shown(cell, line, unit)}{rescaled(cell, line, unit, question)}{beside} ({about}).",
        line.printed,
        passage(line.chunk, head, 1.0),
        f"{label}, {filing.company} {when}",
        value,
        value_unit,
    )


def _earlier(one: _Candidate, report: Report, period: Quarter | None, back: int, question: str) -> str:
    """`, against $24,835 thousand in fiscal 2021`; empty where that column is not there."""
    line = one.line
    at = column_for(line, report, period, back, question)
    if at is None or at == one.column or not re.search(r"\d", line.cells[at]):
        return ""
    told = told_as(report, period, back, "")
    return f", against {shown(line.cells[at], line, unit_of(line))} in {told}"
