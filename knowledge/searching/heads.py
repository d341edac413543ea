"""The stored articles without their texts, with what searching asks of them looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.documents import Filing, Head, Quarter
from knowledge.reports.companies import squashed
from knowledge.reports.company_names import CompanyNames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Heads(tuple[Head, ...]):
    """In the order of a snapshot; a place is an index into it."""

    @cached_property
    def companies(self) -> dict[str, list[int]]:
        """The places of each company's reports, under one of its spellings."""
        found: dict[str, list[int]] = defaultdict(list)
        spelling: dict[str, str] = {}
        for at, head in enumerate(self):
            if head.filing:
                name = spelling.setdefault(squashed(head.filing.company), head.filing.company)
                found[name].append(at)
        return dict(found)

    @cached_property
    def names(self) -> CompanyNames:
        """What each of the companies is called."""
        tickers: dict[str, str] = {}
        for company, places in self.companies.items():
            for at in places:
                filing = self[at].filing
                if filing and filing.ticker:
                    tickers[filing.ticker] = company
        return CompanyNames.of(self.companies, tickers)

    @cached_property
    def publishers(self) -> dict[str, list[int]]:
        """The places of each publisher's articles, publishers as written."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, head in enumerate(self):
            found[head.publisher].append(at)
        return dict(found)

    @cached_property
    def news_publishers(self) -> frozenset[str]:
        """The publishers that have more than reports."""
        return frozenset(name for name, places in self.publishers.items() if any(not self[at].filing for at in places))

    @cached_property
    def days(self) -> NDArray[np.int64]:
        """The ordinal of the day on which each was published, 0 where it is not known."""
        import numpy as np

        return np.array([one.published_on.toordinal() if one.published_on else 0 for one in self], dtype=np.int64)

    def of_publisher(self, casefolded: str) -> list[int]:
        return [at for name, places in self.publishers.items() if name.casefold() == casefolded for at in places]

    def of_company(self, casefolded: str) -> list[int]:
        wanted = squashed(casefolded)
        return [at for name, places in self.companies.items() if squashed(name) == wanted for at in places]


def head_of(row: Sequence[object]) -> Head:
    """From a row of the registry's table of articles."""
    (article, key, title, publisher, url, published, topic, company, ticker, form, *period, ended) = row
    filing = None
    if company is not None:
        label_year, label_quarter, fiscal_year, fiscal_quarter = (p if isinstance(p, int) else None for p in period)
        filing = Filing(
            str(company),
            str(ticker),
            str(form),
            Quarter(label_year, label_quarter) if label_year else None,
            Quarter(fiscal_year, fiscal_quarter) if fiscal_year else None,
            date.fromisoformat(str(ended)) if ended else None,
        )
    day = date.fromisoformat(str(published)) if published else None
    return Head(str(article), str(key), str(title), str(publisher), str(url), day, str(topic), filing)
