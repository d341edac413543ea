"""PDFs page by page; the rows of their tables stay lines."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from knowledge.decide import article_id
from knowledge.documents import Article, Filing, Page, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.byline import Byline, byline_of
from knowledge.parse.dates import day_from
from knowledge.parse.filing import filing_in
from knowledge.parse.text import cleaned, one_line
from knowledge.parse.unwrapped import unwrapped

FILED = re.compile(r"(?i)filed (?:on )?(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})")
# The dots that lead from a row's label to its figures.
LEADERS = re.compile(r"(?:[ \t]?[.…·]){4,}")
FEWEST_LETTERS = 20


def parse_pdf(raw: RawDocument) -> list[Article]:
    """One article. Raises BadDocument for a file that is broken, locked, or holds pictures of text only."""
    pages, metadata = _read(raw)
    kept = tuple(Page(text, number) for number, text in enumerate(pages, start=1) if text)
    everything = "\n".join(page.text for page in kept)
    if sum(map(str.isalpha, everything)) < FEWEST_LETTERS:
        raise BadDocument(raw.name, "there is no text in it; it may be a scan, which needs text recognition first.")
    stem = re.sub(r"(?i)\.pdf$", "", raw.name.rsplit("/", 1)[-1])
    filing = filing_in(stem, [page.text for page in kept])
    opening = byline_of(kept[0].text) if kept and not filing else None
    title = _title(stem, metadata, filing, opening)
    publisher = (
        filing.company if filing else one_line(metadata.get("Author"), 80) or (opening.publisher if opening else "")
    )
    stated = opening.published_on if opening else None
    published_on = stated or _published_on(metadata, filing)
    return [
        Article(
            id=article_id(raw.key, title, publisher, published_on, everything),
            key=raw.key,
            title=title,
            publisher=publisher,
            url=raw.url,
            published_on=published_on,
            pages=kept if filing else tuple(replace(page, text=unwrapped(page.text)) for page in kept),
            filing=filing,
        )
    ]


def _read(raw: RawDocument) -> tuple[list[str], dict[str, Any]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw.content)
    except pypdfium2.PdfiumError as error:
        why = "it is locked with a password." if "assword" in str(error) else "it is not a readable PDF."
        raise BadDocument(raw.name, why) from error
    try:
        return [_page_text(document, at) for at in range(len(document))], document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise BadDocument(raw.name, "one of its pages cannot be read; the file is damaged.") from error
    finally:
        document.close()


def _page_text(document: Any, at: int) -> str:
    page = document[at]
    text_page = page.get_textpage()
    try:
        # U+FFFE marks a word broken at a line's end.
        text = text_page.get_text_bounded().replace("\ufffe", "").replace("\u0002", "")
        return cleaned(LEADERS.sub(" ", text))
    finally:
        text_page.close()
        page.close()


def _title(stem: str, metadata: dict[str, Any], filing: Filing | None, opening: Byline | None) -> str:
    if filing:
        ended = f" for the period ended {filing.ended_on.isoformat()}" if filing.ended_on else ""
        return f"{stem}: {filing.company} {filing.form or 'report'}{ended}"
    stated = one_line(metadata.get("Title"), 200)
    is_prose = " " in stated and re.search(r"[A-Za-z]{3}", stated) and "untitled" not in stated.lower()
    if is_prose and not re.match(r"(?i)microsoft word|powerpoint", stated):
        return stated
    return one_line(opening.title, 200) if opening and len(opening.title.split()) > 2 else stem


def _published_on(metadata: dict[str, Any], filing: Filing | None) -> Any:
    """The filing date stated in the metadata, else the day the file was made."""
    for field in ("Subject", "Title"):
        if found := FILED.search(str(metadata.get(field) or "")):
            day = found.group(1)
            if "/" in day:
                month, number, year = day.split("/")
                day = f"{year}-{int(month):02d}-{int(number):02d}"
            return day_from(day)
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(metadata.get("CreationDate") or ""))
    return day_from("-".join(made.groups())) if made else (filing.ended_on if filing else None)
