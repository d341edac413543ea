"""Accounts, subscriptions and projects named by a part of their name: `the gpu account` for halcyon-gpu."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.names.ledger_names import Value, leaves_out
from bot.agent.slots.lexing import Span, touches

NAMED = re.compile(
    r"(?<![\w-])(?P<part>[A-Za-z][\w-]*)\s+(?:(?:aws|azure|gcp|google|cloud|linked)\s+)?(?:sub-?)?"
    r"(?:account|subscription|project|workspace)\b(?!\s+(?:tag|label))",
    re.IGNORECASE,
)
NO_PART = frozenset(
    ("per", "by", "each", "every", "which", "what", "the", "our", "all", "this", "that", "aws", "azure", "gcp",
     "google", "cloud", "sub", "linked", "billing", "any", "one", "an", "a", "single", "whose", "other", "no",
     "into", "total")
)  # fmt: skip


def accounts_in_part(text: str, known: Sequence[str], taken: Sequence[Span]) -> list[Value]:
    """The one account of `known` whose name holds the word before `account`, for each such word outside `taken`; none
    where several do."""
    found = []
    for match in NAMED.finditer(text):
        part = match["part"].casefold()
        if part in NO_PART or touches(*match.span("part"), taken):
            continue
        meant = [name for name in known if part in re.split(r"[\s_./:-]+", name.casefold())]
        if len(meant) == 1:
            found.append(Value("sub_account", meant[0], *match.span(), leaves_out(text, match.start())))
    return found
