"""RSS and Atom feeds: each entry with text of its own is an article."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from knowledge.decide import article_id
from knowledge.documents import Article, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.hidden import without_hidden
from knowledge.parse.text import cleaned, one_line

# No feed needs entities of its own, and what they stand for may be a file or grow without end.
ENTITY = re.compile(rb"<!ENTITY\s[^>]*>")


def parse_feed(raw: RawDocument) -> list[Article]:
    """The entries that carry text, in the feed's order. Raises BadDocument when it is no feed or has no entry."""
    import feedparser

    try:
        feed: Any = feedparser.parse(ENTITY.sub(b"", raw.content), sanitize_html=False)
    except Exception as error:
        # It means never to raise, and does for dates in no year and the like.
        raise BadDocument(raw.name, "this is not a feed that can be read.") from error
    articles = [article for entry in feed.entries if (article := _article(entry, feed.feed, raw)) is not None]
    if not articles:
        raise BadDocument(raw.name, "this is not a feed that can be read, or it has no entries with text.")
    return articles


def _article(entry: Any, feed: Any, raw: RawDocument) -> Article | None:
    content = entry.get("content") or [{"value": entry.get("summary", "")}]
    text = without_markup(max((str(part.get("value", "")) for part in content), key=len))
    url, title = link_within(raw.url, entry.get("link")), one_line(without_markup(str(entry.get("title") or "")))
    if not text or not (url or title):
        return None
    key = url or f"{raw.key}#{entry.get('id') or title}"
    publisher, published_on = one_line(feed.get("title")) or raw.url, _day(entry)
    return Article(
        id=article_id(key, title, publisher, published_on, text),
        key=key,
        title=title or text[:120],
        publisher=publisher,
        url=url,
        published_on=published_on,
        pages=(Page(text),),
    )


def link_within(base: str, link: object) -> str:
    """The address as it stands on the page at `base`; empty where it is none of the web, such as `javascript:`."""
    try:
        url = urljoin(base, one_line(link, 2000)) if link else ""
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _day(entry: Any) -> date | None:
    try:
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        return date(*moment[:3]) if moment else None
    except (ValueError, TypeError, OverflowError):
        return None


def without_markup(value: str) -> str:
    """The text that a reader of the markup sees."""
    if "<" not in value:
        return cleaned(value)
    from trafilatura.utils import load_html

    tree: Any = load_html(f"<html><body><div>{value}</div></body></html>")
    if tree is None:
        return ""
    for node in without_hidden(tree).xpath("//p|//br|//li|//div"):
        node.tail = "\n" + (node.tail or "")
    return cleaned(str(tree.text_content()))
