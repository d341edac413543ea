"""JSON Feed (jsonfeed.org, version 1 and 1.1): each item with text of its own is an article."""

from __future__ import annotations

import json
from typing import Any

from knowledge.decide import article_id
from knowledge.documents import Article, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.dates import day_from
from knowledge.parse.feed import link_within, without_markup
from knowledge.parse.text import cleaned, decoded, one_line


def parse_jsonfeed(raw: RawDocument) -> list[Article]:
    """The items that carry text, in the feed's order. Raises BadDocument when it is no JSON Feed or has none."""
    try:
        feed: Any = json.loads(decoded(raw.content, raw.name))
    except (ValueError, RecursionError) as error:
        raise BadDocument(raw.name, "this is not JSON.") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise BadDocument(raw.name, "this is not a JSON Feed: it has no list of items.")
    publisher = one_line(feed.get("title")) or raw.url
    articles = [found for item in items if isinstance(item, dict) and (found := _article(item, publisher, raw))]
    if not articles:
        raise BadDocument(raw.name, "no item of the feed has text.")
    return articles


def _article(item: dict[str, Any], publisher: str, raw: RawDocument) -> Article | None:
    plain = item.get("content_text") or item.get("summary") or ""
    text = without_markup(str(item["content_html"])) if item.get("content_html") else cleaned(str(plain))
    url, title = link_within(raw.url, item.get("url")), one_line(without_markup(str(item.get("title") or "")))
    key = url or f"{raw.key}#{item.get('id') or title}"
    if not text or key == f"{raw.key}#":
        return None
    published_on = day_from(item.get("date_published") or item.get("date_modified"))
    return Article(
        id=article_id(key, title, publisher, published_on, text),
        key=key,
        title=title or text[:120],
        publisher=publisher,
        url=url,
        published_on=published_on,
        pages=(Page(text),),
    )
