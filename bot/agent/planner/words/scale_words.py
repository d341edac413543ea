"""Words for a power of ten that belong to no number that has been read."""

from __future__ import annotations

import re

from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches

SCALE = re.compile(
    r"(?<!how many )(?<!per )(?<!per one )(?<!a )(?<!an )(?<!each )(?<!every )(?<!the )(?<![\w/.,-])"
    r"(?:hundred|thousand|million|billion|trillion)s?\b"
    r"(?!\s*(?:of\b|token price|price))",
    re.IGNORECASE,
)


def scales(r: Reading) -> list[str]:
    """Words for a power of ten that belong to no number that has been read: `fie million`."""
    spans = [*r.taken, *((a.start, a.phrase_end) for a in r.amounts)]
    return [match[0] for match in SCALE.finditer(r.text) if not touches(*match.span(), spans)]
