"""The name of the company whose bills these are, where a question says it instead of `we`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.agent.planner.left_over.unread import BESIDE_TEAM, Unread

SHORTEST = 4


def company_names(accounts: Sequence[str], english: frozenset[str]) -> frozenset[str]:
    """How people call who pays all these billing accounts: what their names have in common at the start, and the first
    word of it; nothing where that is an everyday word, which may be somebody else's name. Lower case."""
    words = [account.casefold().split() for account in accounts]
    common: list[str] = []
    for place in zip(*words, strict=False):
        if len(set(place)) > 1:
            break
        common.append(place[0])
    if not common or common[0] in english or len(common[0]) < SHORTEST or not common[0].isalpha():
        return frozenset()
    return frozenset({common[0], " ".join(common)})


def of_the_company(found: Iterable[Unread], text: str, company: frozenset[str]) -> tuple[list[Unread], list[Unread]]:
    """Of names that nothing has read, first those of somebody else, then those of the company that all bills are for:
    `how much did Norvik spend`; a team that is called so is somebody else."""
    teams = {match.span(name) for match in BESIDE_TEAM.finditer(text) for name in ("name", "before") if match[name]}
    payer = [u for u in found if u.name.casefold() in company and (u.start, u.end) not in teams]
    return [u for u in found if u not in payer], payer
