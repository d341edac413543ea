"""One line of the accounts in percent of another: margins, capital expenditure of revenue."""

from __future__ import annotations

from typing import Any

from tools.calculators.wording import percent
from tools.errors import Unknown
from tools.filings.facts import CompanyFacts
from tools.filings.figures import company_figures
from tools.results import Figure, Result

# What the share of one line in another is called.
MARGINS = {
    ("Gross profit", "Revenue"): "Gross margin",
    ("Operating income", "Revenue"): "Operating margin",
    ("Net income", "Revenue"): "Net margin",
}


def share_of_line(facts: CompanyFacts, metric: str, whole: str, **periods: Any) -> Result:
    """`metric` in percent of `whole`, both `company_figures` of the same periods; the share first. Unknown where the
    whole is zero, or where the two are not known for the same periods."""
    part, total = (
        company_figures(facts, line, **{**periods, "growth": False, "total": False}) for line in (metric, whole)
    )
    one, other = part.figures[0], total.figures[0]
    span = one.label.partition(",")[2].strip()
    if not other.value or other.label.partition(",")[2].strip() != span:
        raise Unknown(f"{one.label} and {other.label} are not known for the same periods.")
    share = one.value / other.value * 100
    line, of = (figure.label.partition(",")[0] for figure in (one, other))
    name = MARGINS.get((line, of), f"{line} of {of.lower()}")
    return Result(
        summary=f"{name} of {span} is {percent(share / 100)}. {part.summary} {total.summary}",
        figures=(Figure(f"{name}, {span}", share, "%", one.as_of), one, other),
        table=part.table,
        assumptions=tuple(dict.fromkeys([*part.assumptions, *total.assumptions])),
        warnings=tuple(dict.fromkeys([*part.warnings, *total.warnings])),
    )
