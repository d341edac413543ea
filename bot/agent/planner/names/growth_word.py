"""The word growth, which asks for a change or is what a team is called."""

from __future__ import annotations

import re

# The word growth where it asks for a change; where a team is called so, elsewhere either may be meant.
GROWTH = re.compile(
    r"\b(?:spen[dt]\w*|costs?|bills?|usage|tokens?|traffic|the|our|what|which|much|fast\w*|high\w*|strong\w*|percent\w*"
    r"|(?:month|year|quarter|week)ly|annual|mom|yoy|qoq|(?:month|year|quarter|week)|by|of)\W+growth\b|[%'’]s?\s+growth\b"
    r"|(?<!with )(?<!to )(?<!vs )(?<!against )(?<!and )(?<!than )(?<!or )\bgrowth\s+(?:of|in|rates?|from|over|since"
    r"|between|compared|versus|vs|for|per|month|quarter|year|percent\w*|%)",
    re.IGNORECASE,
)
