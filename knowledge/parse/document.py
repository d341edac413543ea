"""A raw document to its articles, by its format."""

from __future__ import annotations

from knowledge.documents import Article, Format, RawDocument
from knowledge.errors import BadDocument

FORMATS: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}


def parse(raw: RawDocument) -> list[Article]:
    """At least one article, each with text. Raises BadDocument, whatever the bytes are."""
    if not raw.content.strip():
        raise BadDocument(raw.name, "the file is empty.")
    match raw.format:
        case "markdown" | "text":
            from knowledge.parse.markdown import parse_markdown as parser
        case "html":
            from knowledge.parse.html import parse_html as parser
        case "pdf":
            from knowledge.parse.pdf import parse_pdf as parser
        case "jsonl":
            from knowledge.parse.jsonl import parse_jsonl as parser
        case "jsonfeed":
            from knowledge.parse.jsonfeed import parse_jsonfeed as parser
        case "feed":
            from knowledge.parse.feed import parse_feed as parser
    return parser(raw)
