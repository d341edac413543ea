"""A company's facts as the SEC publishes them (XBRL companyfacts JSON), read into typed values."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput

TAXONOMIES = ("us-gaap", "ifrs-full")
PERIODIC_FORMS = frozenset({"10-K", "10-K/A", "10-KT", "10-Q", "10-Q/A", "20-F", "20-F/A", "40-F", "40-F/A", "6-K"})
ANNUAL_FORMS = frozenset({"10-K", "10-K/A", "20-F", "20-F/A", "40-F", "40-F/A"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One value as one filing stated it, for `start` to `end` (both inclusive), or at `end` where `start` is None."""

    tag: str
    start: date | None
    end: date
    value: Decimal
    unit: str
    accession: str
    form: str
    filed: date
    fiscal_year_of_filing: int | None = None

    @property
    def days(self) -> int:
        """Days covered; 0 for a value at a date."""
        return (self.end - self.start).days + 1 if self.start else 0


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """All facts of one company by tag, those of periodic reports (10-K, 10-Q, 20-F and amendments) only."""

    cik: int
    name: str
    facts: Mapping[str, tuple[Fact, ...]]

    def filed_by(self, day: date) -> CompanyFacts:
        """What was known on `day`: facts filed later are left out."""
        kept = {tag: tuple(fact for fact in facts if fact.filed <= day) for tag, facts in self.facts.items()}
        return CompanyFacts(self.cik, self.name, {tag: facts for tag, facts in kept.items() if facts})

    def filing_url(self, accession: str) -> str:
        """The SEC's index page of one filing."""
        folder = accession.replace("-", "")
        return f"https://www.sec.gov/Archives/edgar/data/{self.cik}/{folder}/{accession}-index.htm"


def load_facts(path: Path, tags: Collection[str] | None = None) -> CompanyFacts:
    """Read a companyfacts JSON file, of `tags` alone where given (`figures.ASKED_TAGS` are all that figures need).

    BadInput naming the file when it is missing, no JSON, or of another shape.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput("cannot be read as a companyfacts file.", file=path.name) from None
    return parse_facts(text, file=path.name, tags=tags)


def parse_facts(text: str, *, file: str = "companyfacts", tags: Collection[str] | None = None) -> CompanyFacts:
    """The facts in a companyfacts JSON document; numbers are kept exact."""
    try:
        document = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise BadInput("is not JSON.", file=file, line=error.lineno) from None
    try:
        named = {
            tag: tuple(_facts(tag, concept))
            for taxonomy in reversed(TAXONOMIES)
            for tag, concept in document["facts"].get(taxonomy, {}).items()
            if tags is None or tag in tags
        }
        return CompanyFacts(
            int(document["cik"]), str(document["entityName"]), {tag: facts for tag, facts in named.items() if facts}
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadInput("is not the SEC's companyfacts format.", file=file) from None


def _facts(tag: str, concept: Mapping[str, Any]) -> list[Fact]:
    return [
        Fact(
            tag,
            date.fromisoformat(row["start"]) if row.get("start") else None,
            date.fromisoformat(row["end"]),
            Decimal(row["val"]),
            unit,
            row["accn"],
            row["form"],
            date.fromisoformat(row["filed"]),
            int(row["fy"]) if row.get("fy") else None,
        )
        for unit, rows in concept["units"].items()
        for row in rows
        if row["form"] in PERIODIC_FORMS
    ]
