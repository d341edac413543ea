"""Figures in the tables of reports: the row with the label and the column of the period that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from knowledge.answering.qualifiers import IN_LABELS, NARROWED, clause_of, qualifiers
from knowledge.documents import Quarter
from knowledge.reports.formulas import formulas_in
from knowledge.reports.measures import measures, measures_in
from knowledge.reports.periods import Report, may_hold, reports_for
from knowledge.reports.row_fit import Wanted
from knowledge.reports.row_found import found_in, row_of
from knowledge.reports.row_told import Row
from knowledge.reports.worked_out import compared, worked_out, years_between
from knowledge.searching.lexical import words
from knowledge.searching.question import Question
from knowledge.searching.understand import Understanding, understand
from knowledge.store import Store

ASKS_WHY = re.compile(
    r"(?i)^\W*(?:why|what (?:\w+ ){0,3}(?:drove|drives?|caused|causes|reasons?|explains?|influence))|"
    r"\bdrivers?\b|\breasons?\b|\bfactors?\b|\binfluence[sd]?\b|\bcontribut(?:ors?|ed|ing)\b"
)
ASKS_WHICH = re.compile(
    r"(?i)\b(?:which|what)\b(?: [\w'’.&-]+){0,4}? (?:segments?|regions?|products?|customers?|categor\w+|groups?|"
    r"business(?:es)?|divisions?|countr\w+|geograph\w+|brands?|lines?|units?)\b(?! (?:revenue|sales|income))"
)
SHARE = re.compile(r"(?i)\b(?:percent(?:age)?|proportion|share of)\b")
MOST_ROWS = 4
MOST_TRIED = 2


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
    if worked := _worked_out(store, question, said, reports, wanted):
        return worked
    found: list[Row] = []
    for period, candidates, few in _periods(said, reports):
        for one in wanted[: 1 if few else MOST_ROWS]:
            for report in candidates:
                if rows := found_in(store, report, one, period, question):
                    found += rows
                    break
    rows = list({row.text: row for row in found}.values())[:MOST_ROWS]
    return compared([*_share(rows, question), *rows], question)


def _worked_out(
    store: Store, question: str, said: Understanding, reports: Sequence[Report], wanted: Sequence[Wanted]
) -> list[Row]:
    """From the first report of one company that has all it takes. A part's figures are not worked out from others."""
    measured = [one.measure for one in wanted if one.measure]
    if len(said.companies) != 1 or said.over_time or len(measured) < len(wanted):
        return []
    narrower = wanted[0].narrower if len(wanted) == 1 else ()
    if any(one.narrower for one in wanted) and (not narrower or formulas_in(question, measured)):
        return []
    periods = said.quarters
    if len({one.quarter for one in periods}) > 1 or (len(periods) > 1 and periods[0].quarter):
        return []
    newest = tuple(sorted(periods, key=lambda one: -one.year))
    known = measures()
    for report in [one for one in reports if not newest or may_hold(one, newest[0])][:MOST_TRIED]:

        def find(name: str, before: int, report: Report = report) -> Row | None:
            return row_of(store, report, Wanted(known[name], narrower), newest, question, before)

        if worked := worked_out(question, measured, find, years_between(periods)):
            return worked
    return []


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
