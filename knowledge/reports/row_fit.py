"""How well a row of a report's table bears what is asked: its label, what it stands under, the statement it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.reports.measures import Measure, measures
from knowledge.reports.tables import Line
from knowledge.searching.lexical import words, words_of_label

# What names a measure without being it.
OTHER_THING = re.compile(
    r"(?i)\b(?:unearned|deferred|costs? of|remaining|pro forma|percent(?:age)? of|as a % of|% of|unbilled|intersegment|"
    r"excluding|contract) (?:total |net |service |product )*(?:revenues?|(?:net )?sales|income)"
)
# How nearly a label must be the one looked for, by Dice's coefficient of their words.
LEAST_FIT = 0.75
# What a row gains for standing in the statement itself, for its table's unit, for the measure it is said to be.
IN_STATEMENT, ON_STATEMENT_PAGE, HAS_UNIT, SAYS_MEASURE, UNDER_MEASURE = 0.05, 0.04, 0.03, 0.4, 0.3
TOO_MUCH = 0.08


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure, narrowed by `narrower` (stems that the row, or what it stands under, must say). Without a measure the
    stems are the label."""

    measure: Measure | None
    narrower: tuple[str, ...] = ()


def fit_of(line: Line, wanted: Wanted) -> float:
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
