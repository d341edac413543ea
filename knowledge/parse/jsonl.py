"""JSON lines: one document a line with title, url, publisher, published_on and text."""

from __future__ import annotations

import json
from typing import Any

from knowledge.decide import article_id
from knowledge.documents import Article, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.dates import day_from
from knowledge.parse.filing import filing_in
from knowledge.parse.text import cleaned, decoded, one_line

FIELDS = ("title", "url", "publisher", "published_on", "text")


def parse_jsonl(raw: RawDocument) -> list[Article]:
    """Every line's article, or none at all: the first bad line raises BadDocument with its number. Blank lines are
    skipped; further fields are ignored; the same document twice counts once."""
    articles: dict[str, Article] = {}
    for number, line in enumerate(decoded(raw.content, raw.name).split("\n"), start=1):
        if line.strip():
            article = _article(line, raw.name, number)
            articles[article.id] = article
    if not articles:
        raise BadDocument(raw.name, "there is no document in it.")
    return list(articles.values())


def _article(line: str, name: str, number: int) -> Article:
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
    url, publisher = one_line(fields.get("url"), 2000), one_line(fields.get("publisher"))
    key = url or f"{title}|{publisher}|{published}"
    title = title or text.split("\n", 1)[0][:120]
    return Article(
        id=article_id(key, title, publisher, published_on, text),
        key=key,
        title=title,
        publisher=publisher,
        url=url,
        published_on=published_on,
        pages=(Page(text),),
        filing=filing_in(title, (text,)),
    )
