"""Whether a text is the asker's company's own: minutes, a policy, a memo; such a one answers what is asked of "us"."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from knowledge.documents import Passage

INSIDE = re.compile(
    r"(?:^|\.)(?:intranet|wiki|confluence|notion|internal|sharepoint|docs|drive|gitlab|jira|corp|local|lan|localhost)"
    r"(?:\.|$)|\.(?:internal|local|lan|corp|intranet)$",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")


def is_internal(passage: Passage) -> bool:
    """A file, a page of the company's own network, or a text that says "we" outside of quotations; no filing."""
    if passage.period:
        return False
    address = urlsplit(passage.url)
    if address.scheme not in ("http", "https"):
        return True
    return INSIDE.search(address.hostname or "") is not None or WE.search(QUOTED.sub(" ", passage.text)) is not None
