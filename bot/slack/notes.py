"""What stands below an answer: warnings, assumptions, sources, how far the data goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reply import Reply, Source
from bot.slack.markup import cut, escaped, linked
from tools.period import day_shown

SECTION = 2_900
NOTES = 1_500
CITED = re.compile(r"\[\d+\]")


def all_notes(reply: Reply) -> list[str]:
    return [note for note in (warnings(reply), *small_notes(reply)) if note]


def warnings(reply: Reply) -> str:
    """One a line; empty where there are none."""
    return cut("\n".join(f":warning: {escaped(warning)}" for warning in reply.warnings), NOTES, " …")


def small_notes(reply: Reply) -> list[str]:
    notes = []
    if reply.assumptions:
        listing = "\n".join(f"• {escaped(assumption)}" for assumption in reply.assumptions)
        notes.append(cut(f"*Assumptions*\n{listing}", NOTES, "\n• …"))
    if reply.sources:
        notes += _sources(reply.sources, reply.text)
    said = reply.data_through is None or f"through {day_shown(reply.data_through)}" in reply.text
    if reply.data_through and not said:
        notes.append(f"Billing data through {reply.data_through.isoformat()}")
    return notes


def _sources(sources: Sequence[Source], text: str) -> list[str]:
    """One line a source; one a page where the text does not cite them by number."""
    if not CITED.search(text):
        sources = list({source.url or source.title: source for source in reversed(sources)}.values())[::-1]
    parts: list[str] = []
    lines = ["*Sources*"]
    for number, source in enumerate(sources, 1):
        about = ", ".join(
            escaped(part)
            for part in (source.publisher, day_shown(source.published_on) if source.published_on else "no date")
            if part
        )
        line = f"[{number}] {linked(source.url, source.title[:200] or source.url[:200])} ({about})"
        if sum(map(len, lines)) + len(line) + len(lines) > SECTION:
            parts, lines = [*parts, "\n".join(lines)], []
        if len(parts) == 1 and not lines:
            lines = [f"and {len(sources) - number + 1} more sources"]
            break
        lines.append(line)
    return [*parts, "\n".join(lines)]
