"""Web pages: the article's own text, without menus, scripts and styles."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from knowledge.decide import article_id
from knowledge.documents import Article, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.fetching.charset import charset_of, text_in
from knowledge.parse.dates import day_from
from knowledge.parse.hidden import without_hidden
from knowledge.parse.tables import rows_with_header
from knowledge.parse.text import cleaned, decoded, one_line


def parse_html(raw: RawDocument) -> list[Article]:
    """One article. Title, date and site name come from the page's metadata."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree: Any = load_html(_markup(raw))
    if tree is None:
        raise BadDocument(raw.name, "no article text was found in the page.")
    found = bare_extraction(without_hidden(tree), url=raw.url or None, include_comments=False, with_metadata=True)
    fields = found.as_dict() if found is not None and hasattr(found, "as_dict") else (found or {})
    body = cleaned(rows_with_header(str(fields.get("text") or "")))
    if not body:
        raise BadDocument(raw.name, "no article text was found in the page.")
    title = one_line(fields.get("title")) or re.sub(r"\.[A-Za-z]+$", "", raw.name)
    url = raw.url if raw.url.startswith("http") else one_line(fields.get("url"), 2000) or raw.url
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    publisher = one_line(fields.get("sitename")) or host
    published_on = day_from(fields.get("date"))
    return [
        Article(
            id=article_id(raw.key, title, publisher, published_on, body),
            key=raw.key,
            title=title,
            publisher=publisher,
            url=url,
            published_on=published_on,
            pages=(Page(body),),
        )
    ]


def _markup(raw: RawDocument) -> str:
    text = text_in(raw.content, charset_of(raw.content[:2048].decode("latin-1")))
    return text if text is not None and "\x00" not in text else decoded(raw.content, raw.name)
