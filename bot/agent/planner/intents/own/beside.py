"""Of which dimension a name is that nothing has read: that of the known name which it is put beside."""

from __future__ import annotations

import re

from bot.agent.planner.left_over.unread import Unread
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.scoped import FILTERS

PAIRED = re.compile(
    r"\s*(?:,|/|&|\+|\b(?:and|or|vs\.?|versus|against|(?:as\s+)?compared\s+(?:to|with)|than|relative\s+to)(?=\s))"
    r"\s*(?:the\s+|team\s+|our\s+)*",
    re.IGNORECASE,
)


def beside(r: Reading, unread: Unread) -> str | None:
    """The dimension of the name that an unread one is put beside: of `prod vs dev`, `atlas compared with orin`."""
    for value in r.values:
        first, second = sorted(((value.start, value.end), (unread.start, unread.end)))
        filtered = value.dimension in (*FILTERS, "team") or value.dimension.startswith("tag:")
        if filtered and PAIRED.fullmatch(r.text[first[1] : second[0]]):
            return value.dimension
    return None
