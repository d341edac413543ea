"""RSS and Atom feeds: each entry with text of its own is an article."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.decide import article_id
from knowledge.documents import Article, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.text import cleaned, one_line


def parse_feed(raw: RawDocument) -> list[Article]:
    """The entries that carry text, in the feed's order. Raises BadDocument when it is no feed or has no entry."""
    import feedparser

    feed: Any = feedparser.parse(raw.content)
    articles = [article for entry in feed.entries if (article := _article(entry, feed.feed, raw)) is not None]
    if not articles:
        raise BadDocument(raw.name, "this is not a feed that can be read, or it has no entries with text.")
    return articles


def _article(entry: Any, feed: Any, raw: RawDocument) -> Article | None:
    content = entry.get("content") or [{"value": entry.get("summary", "")}]
    text = without_markup(max((str(part.get("value", "")) for part in content), key=len))
    url, title = one_line(entry.get("link"), 2000), one_line(entry.get("title"))
    if not text or not (url or title):
        return None
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    key = url or f"{raw.key}#{entry.get('id') or title}"
    publisher, published_on = one_line(feed.get("title")) or raw.url, date(*moment[:3]) if moment else None
    return Article(
        id=article_id(key, title, publisher, published_on, text),
        key=key,
        title=title or text[:120],
        publisher=publisher,
        url=url,
        published_on=published_on,
        pages=(Page(text),),
    )


def without_markup(value: str) -> str:
    if "<" not in value:
        return cleaned(value)
    from trafilatura.utils import load_html

    tree: Any = load_html(f"<html><body><div>{value}</div></body></html>")
    if tree is None:
        return ""
    for node in tree.xpath("//script|//style"):
        node.drop_tree()
    for node in tree.xpath("//p|//br|//li|//div"):
        node.tail = "\n" + (node.tail or "")
    return cleaned(str(tree.text_content()))
