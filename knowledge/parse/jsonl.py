"""JSON lines: one document a line with title, url, publisher, published_on and text."""

from __future__ import annotations

import json
from typing import Any

from knowledge.decide import article_id
from knowledge.documents import Article, Filing, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.dates import day_from
from knowledge.parse.report_lines import Line, filings_of
from knowledge.parse.text import cleaned, decoded, one_line

FIELDS = ("title", "url", "publisher", "published_on", "text")


def parse_jsonl(raw: RawDocument) -> list[Article]:
    """Every line's article, or none at all: the first bad line raises BadDocument with its number. Blank lines are
    skipped; further fields are ignored; the same document twice counts once."""
    read = [
        _line(line, raw.name, number)
        for number, line in enumerate(decoded(raw.content, raw.name).split("\n"), start=1)
        if line.strip()
    ]
    if not read:
        raise BadDocument(raw.name, "there is no document in it.")
    articles = (_article(line, filing) for line, filing in zip(read, filings_of(read), strict=True))
    return list({article.id: article for article in articles}.values())


def _line(line: str, name: str, number: int) -> Line:
    try:
        fields: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise BadDocument(name, f"this line is not JSON: {why}.", number) from error
    if not isinstance(fields, dict):
        raise BadDocument(name, "a line must be one JSON object with the fields title, url, text.", number)
    for field in FIELDS:
        if not isinstance(fields.get(field), str | None):
            raise BadDocument(name, f"the field {field!r} must be text, not {fields[field]!r:.60}.", number)
    text, title = cleaned(fields.get("text") or ""), one_line(fields.get("title"))
    if not text:
        raise BadDocument(name, "the field 'text' is missing or empty.", number)
    published = fields.get("published_on") or ""
    published_on = day_from(published)
    if published and published_on is None:
        raise BadDocument(name, f"published_on must be a date such as 2026-11-20, not {published!r:.60}.", number)
    return Line(title, one_line(fields.get("url"), 2000), one_line(fields.get("publisher")), published_on, text)


def _article(line: Line, filing: Filing | None) -> Article:
    day = line.published_on.isoformat() if line.published_on else ""
    key = line.url or f"{line.title}|{line.publisher}|{day}"
    title = line.title or line.text.split("\n", 1)[0][:120]
    return Article(
        id=article_id(key, title, line.publisher, line.published_on, line.text),
        key=key,
        title=title,
        publisher=line.publisher,
        url=line.url,
        published_on=line.published_on,
        pages=(Page(line.text),),
        filing=filing,
    )
