"""Words for the most and the least that something costs, as parts of regular expressions."""

from __future__ import annotations

MOST = (
    r"(?:most[\s-]+(?:expensive|costly)|biggest|largest|highest|priciest|costliest|dearest|heaviest|greatest|worst|top"
    r"|peak\w*|busiest)"
)
LEAST = r"(?:least[\s-]+(?:expensive|costly)|smallest|lowest|cheapest|fewest|lightest|quietest|bottom)"
EITHER = rf"(?:{MOST}|{LEAST})"
