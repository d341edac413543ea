"""What a document is at each stage: RawDocument -> Article -> Chunk -> Passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Format = Literal["markdown", "text", "html", "pdf", "jsonl", "feed", "jsonfeed"]
Kind = Literal["news", "report"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Bytes as they came. `name` is shown in errors (a file name or an address); `key` is the same for every version
    of one document; `url` is what a reply may link or name."""

    name: str
    key: str
    url: str
    format: Format
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1 and is None where the document has no pages."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, or with `quarter` None a whole year, as some label, fiscal calendar or question names it."""

    year: int
    quarter: int | None = None

    def __str__(self) -> str:
        return f"Q{self.quarter} {self.year}" if self.quarter else f"{self.year}"


@dataclass(frozen=True, slots=True)
class Filing:
    """What a company's report says of itself. `label` is the period in the file's name, `fiscal` the period by the
    company's own fiscal year, `ended_on` the last day it covers; any may be unknown."""

    company: str = ""
    ticker: str = ""
    form: str = ""
    label: Quarter | None = None
    fiscal: Quarter | None = None
    ended_on: date | None = None

    @property
    def period(self) -> str:
        """`Q3 2023`, with the fiscal period where that is another: `Q3 2023 (fiscal Q3 2024)`; empty when unknown."""
        if self.label and self.fiscal and self.label != self.fiscal:
            return f"{self.label} (fiscal {self.fiscal})"
        return str(self.label or (f"fiscal {self.fiscal}" if self.fiscal else ""))


@dataclass(frozen=True, slots=True)
class Article:
    """A document that can be stored. Several articles may share a `key` (lines of one page); `id` follows from the key
    and what is said, so that the same article always gets the same id."""

    id: str
    key: str
    title: str
    publisher: str
    url: str
    published_on: date | None
    pages: tuple[Page, ...]
    topic: str = ""
    filing: Filing | None = None

    @property
    def kind(self) -> Kind:
        return "report" if self.filing else "news"

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


@dataclass(frozen=True, slots=True)
class Head:
    """A stored article without its text."""

    id: str
    key: str
    title: str
    publisher: str
    url: str
    published_on: date | None
    topic: str
    filing: Filing | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of one article, in reading order. `header` is embedded and indexed with `text` but never quoted."""

    id: str
    article_id: str
    position: int
    header: str
    text: str
    page: int | None = None

    @property
    def indexed(self) -> str:
        return f"{self.header}\n{self.text}" if self.header else self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored chunk found for a query. `score` is higher where it fits better and compares only within one search;
    `period` is empty and `page` None where there is none. `also` are the other publishers of nearly the same text."""

    id: str
    title: str
    publisher: str
    url: str
    published_on: date | None
    score: float
    text: str
    article_id: str = ""
    page: int | None = None
    company: str = ""
    period: str = ""
    also: tuple[str, ...] = ()


def day_of(passage: Passage) -> date:
    """When it was published; before everything else where that is not known."""
    return passage.published_on or date.min
