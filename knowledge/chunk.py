"""Articles to chunks that fit the embedding model's window."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.answering.sentences import sentences
from knowledge.documents import Article, Chunk
from knowledge.reports.cells import heads_columns, is_row
from knowledge.reports.headings import heading_of, is_contents, is_statement, last_heading

# The model reads 256 tokens, its header's among them.
MOST_TOKENS = 220
OVERLAP_TOKENS = 40
# A heading within so many lines is that of the whole chunk.
OPENING = 6
TOKEN = re.compile(r"[A-Za-z]{1,7}|\d{1,2}|[^\sA-Za-z\d]")


def token_count(text: str) -> int:
    """About how many tokens the model sees: within a fifth for English prose and for tables of figures."""
    return len(TOKEN.findall(text))


def header_of(article: Article) -> str:
    """Who speaks, about what, when: `NVIDIA | 10-Q | Q3 2023 (fiscal Q3 2024) | October 2023`."""
    filing = article.filing
    if filing:
        ended = filing.ended_on.strftime("%B %Y") if filing.ended_on else ""
        parts = [filing.company, filing.form, filing.period, ended]
    else:
        parts = [article.publisher, article.title, article.published_on.isoformat() if article.published_on else ""]
    return " | ".join(part for part in parts if part)


def chunks_of(article: Article) -> list[Chunk]:
    """In reading order, no chunk across two pages, ids from the article's id and the position. A report's chunks also
    say under which heading they stand."""
    header = header_of(article)
    heading = ""
    chunks: list[Chunk] = []
    for page in article.pages:
        named = article.filing is not None and not is_contents(page.text)
        # A statement fills its page; notes go on over several.
        heading = "" if is_statement(heading) else heading
        for text in _parts(page.text):
            lines = text.split("\n") if named else []
            under = last_heading(lines[:OPENING], heading)
            full = f"{header} | {under}" if under else header
            chunks.append(Chunk(f"{article.id}-{len(chunks)}", article.id, len(chunks), full, text, page.number))
            heading = last_heading(lines, heading)
    return chunks


def _parts(text: str) -> Iterator[str]:
    """Whole units packed up to the limit; each part begins with the last unit of the one before where that is short.
    Sentences of one paragraph are parted by a blank, paragraphs and rows by a line end."""
    held: list[tuple[str, str]] = []
    size = 0
    for gap, unit in _units(text):
        tokens = token_count(unit)
        if held and size + tokens > MOST_TOKENS:
            yield _joined(held)
            last = token_count(held[-1][1])
            held = held[-1:] if last <= min(OVERLAP_TOKENS, MOST_TOKENS - tokens) else []
            size = last if held else 0
        held.append((gap, unit))
        size += tokens
    if held:
        yield _joined(held)


def _joined(units: list[tuple[str, str]]) -> str:
    return "".join(gap + unit for gap, unit in units).strip()


def _units(text: str) -> Iterator[tuple[str, str]]:
    """Sentences of prose and rows of tables, none longer than the limit, each with the gap before it."""
    for block in _blocks(text):
        gap = "\n"
        for sentence in sentences(block):
            for piece in _cut(sentence):
                yield gap, piece
                gap = " "


def _blocks(text: str) -> Iterator[str]:
    """Runs of prose with their wrapped lines joined by spaces, and each table row alone."""
    prose: list[str] = []
    for line in text.split("\n"):
        if not line.strip() or is_row(line) or heads_columns(line):
            if prose:
                yield " ".join(prose)
            prose = []
            if line.strip():
                yield line.strip()
        elif prose and _starts_anew(prose[-1], line):
            yield " ".join(prose)
            prose = [line.strip()]
        else:
            prose.append(line.strip())
    if prose:
        yield " ".join(prose)


def _starts_anew(before: str, line: str) -> bool:
    """A short line without a full stop before a capital is a heading, not a wrapped line."""
    if heading_of(line) or heading_of(before):
        return True
    return (len(before) < 70 and not before.endswith((",", ";", "-")) and line[:1].isupper()) or line[:1] in "•-*"


def _cut(unit: str) -> Iterator[str]:
    if token_count(unit) <= MOST_TOKENS:
        yield unit
        return
    words: list[str] = []
    size = 0
    for word in unit.split(" "):
        for piece in [word[at : at + 400] for at in range(0, len(word), 400)] or [""]:
            tokens = token_count(piece)
            if words and size + tokens > MOST_TOKENS:
                yield " ".join(words)
                words, size = [], 0
            words.append(piece)
            size += tokens
    if words:
        yield " ".join(words)
