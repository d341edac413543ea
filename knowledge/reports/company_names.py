"""Which companies with reports a question names, by whichever of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.reports.companies import KNOWN, LEAST_PART, is_general, other_names, squashed

# A name in a question has up to so many words.
MOST_WORDS = 4
SHORT = 4


@dataclass(frozen=True, slots=True)
class CompanyNames:
    """Each dictionary leads from a name to the companies that it may mean. `whole` and `parts` (first words of a name,
    or the first letters of one written together) are squashed; `exact` (tickers and short names) are as written."""

    whole: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    exact: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, companies: Iterable[str], tickers: Mapping[str, str] | None = None) -> CompanyNames:
        whole: dict[str, set[str]] = defaultdict(set)
        parts: dict[str, set[str]] = defaultdict(set)
        exact: dict[str, set[str]] = defaultdict(set)
        for company in companies:
            for name in other_names(company):
                is_ticker = name in KNOWN and name != company
                if is_ticker:
                    exact[name].add(company)
                elif len(squashed(name)) <= SHORT:
                    for written in (name, name.title(), name.upper()):
                        exact[written].add(company)
                    if name.isupper() and len(name) > 2 and not is_general(name):
                        exact[name.lower()].add(company)
                else:
                    whole[squashed(name)].add(company)
            words = company.split()
            for size in range(1, len(words)):
                parts[squashed(" ".join(words[:size]))].add(company)
        for ticker, company in (tickers or {}).items():
            if len(ticker) > 1:
                exact[ticker].add(company)
        return cls(*({name: frozenset(found) for name, found in one.items()} for one in (whole, parts, exact)))

    def all_of(self, company: str) -> frozenset[str]:
        """Every name that may mean the company, squashed ones as well."""
        known = (
            name for one in (self.whole, self.parts, self.exact) for name, meant in one.items() if company in meant
        )
        return frozenset((company, *other_names(company), *known))

    def named_in(self, query: str) -> frozenset[str]:
        """A whole name counts in any case, unless its words are ordinary ones; tickers and names of up to four letters
        count only as they are written (`META`, not `meta`); a part of a name, written as a name, where no other company
        shares it and no longer name was meant."""
        shouted = query.isupper()
        found: set[str] = set()
        rest: list[str] = []
        for gram in _grams(query):
            plain = squashed(gram)
            is_name = gram[:1].isupper() or gram[:1].isdigit()
            if not shouted or len(gram) > SHORT:
                found |= self.exact.get(gram, frozenset())
            if plain in self.whole and (is_name or not is_general(gram)):
                found |= self.whole[plain]
            elif is_name and not is_general(gram) and len(plain) >= LEAST_PART - 1:
                rest.append(gram)
        for gram in rest:
            meant = self._of_part(gram)
            if len(meant) == 1 and not meant & found:
                found |= meant
        return frozenset(found)

    def _of_part(self, gram: str) -> frozenset[str]:
        plain = squashed(gram)
        meant = self.parts.get(plain, frozenset())
        if meant or len(plain) <= LEAST_PART:
            return meant
        together = {name for name in self.whole if name.startswith(plain) and len(name) > len(plain)}
        return frozenset(one for name in together for one in self.whole[name] if " " not in one)


def _grams(query: str) -> list[str]:
    """The runs of one to four words, longest first."""
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9&.'’-]*|&", query)
    words = [re.sub(r"['’]s?$", "", word).rstrip(".-") for word in words]
    grams = [
        " ".join(words[at : at + size]) for size in range(MOST_WORDS, 0, -1) for at in range(len(words) - size + 1)
    ]
    return list(dict.fromkeys(grams))
