"""Markdown and plain text, with an optional front matter of title, publisher, published_on, url and topic."""

from __future__ import annotations

import re
from typing import Any

from knowledge.decide import article_id
from knowledge.documents import Article, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.byline import byline_of
from knowledge.parse.dates import day_from
from knowledge.parse.filing import filing_in
from knowledge.parse.text import cleaned, decoded, one_line
from knowledge.parse.unwrapped import unwrapped

FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
HEADING = re.compile(r"(?m)^#{1,3}\s+(.+?)\s*#*$")
COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
PLAIN = re.compile(r"(?P<name>[A-Za-z_]\w*):[ \t]+(?P<value>[^\s\[{&*!|>%@`\"'].*)$")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")


def parse_markdown(raw: RawDocument) -> list[Article]:
    """One article. Title, publisher and day are the front matter's, else those of its heading and first lines; the
    title is the file's name where there is none."""
    text = decoded(raw.content, raw.name)
    fields, body = _front_matter(text.replace("\r\n", "\n"), raw.name)
    if raw.format == "markdown":
        body = COMMENT.sub("", body)
    heading = HEADING.search(body) if raw.format == "markdown" else None
    stem = re.sub(r"\.[A-Za-z]+$", "", raw.name)
    title = one_line(fields.get("title")) or (one_line(heading.group(1)) if heading else "")
    if heading and one_line(heading.group(1)) == title:
        body = body[: heading.start()] + body[heading.end() :]
    body = cleaned(_plain(body) if raw.format == "markdown" else body)
    filing = filing_in(stem, (body,))
    if not filing:
        body = unwrapped(body)
    opening = byline_of(body, titled=not title) if not (fields or filing) else None
    if opening and opening.body:
        fields = {"publisher": opening.publisher, "published_on": opening.published_on, "url": opening.url}
        title, body = title or one_line(opening.title), opening.body
    title = title or stem
    if not body:
        raise BadDocument(raw.name, "there is no text in it.")
    published = fields.get("published_on") or fields.get("date")
    published_on = day_from(published)
    if published and published_on is None:
        raise BadDocument(raw.name, f"published_on must be a date such as 2026-11-20, not {published!r}.")
    publisher = one_line(fields.get("publisher"))
    return [
        Article(
            id=article_id(raw.key, title, publisher, published_on, body),
            key=raw.key,
            title=title,
            publisher=publisher,
            url=one_line(fields.get("url"), 2000) or raw.url,
            published_on=published_on,
            pages=(Page(body),),
            topic=one_line(fields.get("topic")),
            filing=filing,
        )
    ]


def _front_matter(text: str, name: str) -> tuple[dict[str, Any], str]:
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    import yaml

    try:
        fields = yaml.safe_load(found.group(1))
    except yaml.YAMLError as error:
        if plain := _plain_lines(found.group(1)):
            return plain, text[found.end() :]
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else None
        raise BadDocument(name, "the front matter between the --- lines is not valid YAML.", line) from error
    except ValueError as error:
        raise BadDocument(name, f"the front matter holds an impossible value: {error}.") from error
    if not isinstance(fields, dict):
        raise BadDocument(name, "the front matter must be lines such as `title: ...`.")
    return fields, text[found.end() :]


def _plain_lines(matter: str) -> dict[str, str]:
    """Lines such as `title: Survey 2026: more than half`, which YAML refuses for the second colon; empty where another
    line stands among them."""
    lines = [PLAIN.match(line) for line in matter.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return {one["name"].lower(): one["value"].strip().strip("\"'") for one in lines if one} if all(lines) else {}


def _plain(markdown: str) -> str:
    """Without link targets and emphasis marks; headings become lines of their own."""
    text = LINK.sub(r"\1", markdown)
    text = re.sub(r"(?m)^#{1,6}\s+(.+?)\s*#*$", r"\1\n", text)
    return re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
