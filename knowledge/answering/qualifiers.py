"""Which words of a question narrow the figure that it asks for: a segment, a product, a region."""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.searching.lexical import STOP_WORDS, raw_words, stem
from knowledge.searching.question import FILLING

# A question's words that say how to answer, or which period, or that a figure is wanted; none of them narrows it.
UNNARROWING = frozenset(
    """
    10-k 10-q 10k 10q accord according account accounted accounts across against ago also amount amounted analyst
    annual annualized annually answer approximately apr april asked assume assuming aug august available average
    balance base basic basis before being below best bill billion billions book books bring brought business
    businesses calculate calculated came carried carries carry cash categories category change changed changes
    changing clearly co come comes company's compare comparison component components compute consolidated contribute
    contributed contributes contribution corp corporation corresponding cost costs current date dec december
    decimal decimals decline declined decrease decreased decreasing define defined deliver derive derived details
    determine did difference diluted disclosed display division divisions document documents does dollar dollars drive
    due during earlier earn earned end ended ending equal equities exact expense expenses explain expressed fall
    fallen feb february fell figure filing final financial financials first fiscal flow flows follow following form
    fourth full fy gaap generate generated get given got grew group grow growing grown growth had half have healthy
    helpful high higher highest historical hold holding holdings holds implied imply improve improved improving inc
    income incorporated increase increased increasing incur incurred indicate indicated indicates infer information
    investor investors item items its jan january jul july jun june just kind last later latest least less level
    levels line lines listed llc lot low lower lowest ltd made make makes making managed many mar march margin
    meaningful measure measured mention mentioned mentions million millions minus mm more most mostly nearest net
    newest nov november now number numeric obtained oct october operations otherwise outlay outlays outline outlined
    over overall own paid part parts pay pays period periods place places plc please point points portion position
    post posted presented previous primarily primary prior produce produced profile profitability provide provided
    provides public published purely q1 q2 q3 q4 quantity quarter quarterly quarters question rate rather ratio reach
    reached really reasonable recent recently record recorded reflect reflected relation relative relevant relied rely
    relying remain report reported reporting reports represent represented represents respective respond response
    return returned reveal revealed reveals rise risen rose round rounded sa second see segment segments sep sept
    september share shareholder shareholders sheet sheets shown shows significantly since single size spend spending
    spent stand standing stated statement statements stem stemmed stockholders stood strong suggest suggests sum
    summarize summary supposed table take tell term terms than third thousand thousands throughout today took total
    totaled totals trend turn under unit units us usd use used uses using value values versus view vs want went were
    whole within without wonder would year year-end years yoy ytd time times fluctuate fluctuated fluctuates vary varied
    varies varying might ones shift shifted shifts trends identify identified identifiable notable noteworthy
    substantial considerable stack evolve evolved evolves evolving expenditure expenditures
    """.split()  # noqa: SIM905
)
NARROWED = (UNNARROWING | FILLING | STOP_WORDS) - {"benefits", "data"}
# Where no measure is named these belong to a label: `fuel expenses`.
IN_LABELS = frozenset("expense expenses cost costs income rate assets liabilities benefits".split())  # noqa: SIM905
# Words that say what sort of part is named beside them.
SORTS = frozenset(map(stem, ("product", "service", "reportable", "operating")))
CLAUSE = re.compile(r"(?i)(?<=[.?!;:])\s+|\n|(?:,\s*|\s+)and\s+(?=(?:what|how|why|whether|which)\b)")
PERIOD = re.compile(r"(?i)(?:fy|q|cy)?[’']?\d[\d.,]*(?:q\d)?|(?:fy|cy)\d+q\d|10-?[kq]s?|\d+-?(?:month|year|day)s?")


def clause_of(question: str, pattern: re.Pattern[str]) -> str:
    """The part of a question that names what `pattern` reads; a definition or an instruction may stand beside it."""
    parts = CLAUSE.split(question)
    return next((part for part in parts if pattern.search(part)), question)


def qualifiers(
    clause: str, named: Collection[str], own: Collection[str], narrowed: Collection[str] = NARROWED
) -> tuple[str, ...]:
    """The stems of what is left of a clause without the measure's own words `named` (each a run of words as written),
    the company's words `own` (stems), periods, and words that narrow nothing (`narrowed`)."""
    for run in named:
        clause = clause.replace(run, " ")
    found = [
        stem(word)
        for word in raw_words(clause)
        if word not in narrowed and not PERIOD.fullmatch(word) and stem(word) not in own and len(word) > 1
    ]
    unique = tuple(dict.fromkeys(found))
    return tuple(one for one in unique if one not in SORTS) or unique
