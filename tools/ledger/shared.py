"""Sums over all teams for those who may see no single team: what comes from one team alone is not shown by itself.

Whom the company buys from and what kind of charge it is are for everyone who may see totals, also where one team alone
does the buying. Anything finer (a model, a region, an account) could be put together to single out a team.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tools.errors import Denied
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import DIMENSIONS, TIMES, key
from tools.ledger.ledger import Ledger

if TYPE_CHECKING:
    from tools.ledger.query import View

TOGETHER = "of one team each"
"""How the groups are called that are shown as one, since each is of one team."""
ONE_TEAM = (
    "Only sums over several teams may be shown here, and what is asked about is not the spend of at least two teams."
)
FOR_ALL = frozenset(
    {"provider", "service_category", "charge_category", "charge_kind", "pricing_category", "charged_for"}
)
_BETWEEN = "\x1f"


def is_fine(names: Iterable[str]) -> bool:
    """Whether any of the dimensions tells more than whom is bought from and what kind of charge it is."""
    return any(name not in FOR_ALL and name not in TIMES for name in names)


def must_be_shared(ledger: Ledger, table: Any, audience: Audience) -> None:
    """Denied when the rows, whatever their day, belong to a single team beyond those that may be seen."""
    others, _ = _others(table, audience)
    if ledger.rows(table.aggregate(teams=others))[0][0] == 1:
        raise Denied(ONE_TEAM)


def together(ledger: Ledger, rows: View, by: Sequence[str]) -> Any:
    """The view's rows, in which the groups of the dimensions `by` that belong to a single team are one group. It holds
    at least two teams, so that no difference of sums tells one. Denied when that cannot be."""
    names = tuple(name for name in dict.fromkeys(by) if name not in TIMES)
    if rows.shared_with is None or not is_fine(names):
        return rows.table
    hidden = _alone(ledger, rows, rows.shared_with, names)
    if not hidden:
        return rows.table
    table = rows.table
    inside = _joined(table, names).isin(hidden)
    places = {place for name in names for place in (*DIMENSIONS[name].keys, *DIMENSIONS[name].labels)}
    return table.mutate(**{place: inside.ifelse(TOGETHER, table[place]) for place in sorted(places)})


def _alone(ledger: Ledger, rows: View, audience: Audience, names: tuple[str, ...]) -> list[str]:
    """The groups that are shown as one. They are the same for every period, or periods could be played off."""
    scope = rows.scope

    def ask() -> list[str]:
        table = rows.whole
        others, one = _others(table, audience)
        query = table.group_by(cell=_joined(table, names)).agg(teams=others, one=one, rows=table.count())
        cells = [(str(cell), teams, team, count) for cell, teams, team, count in ledger.rows(query)]
        alone = {cell: team for cell, teams, team, _ in cells if teams == 1}
        if len(set(alone.values())) == 1:
            shared = sorted((count, cell) for cell, teams, _, count in cells if teams > 1)
            if not shared:
                raise Denied(ONE_TEAM)
            alone[shared[0][1]] = ""
        return sorted(alone)

    found: list[str] = ledger.cached(("one team", audience, scope.where, scope.without, scope.ai_only, names), ask)
    return found


def _others(table: Any, audience: Audience) -> tuple[Any, Any]:
    """How many teams there are beside those that may be seen, and one of them."""
    team = table[c.X_TEAM_KEY]
    beside = team.notnull() & ~team.isin(sorted(audience.teams or ())) if audience.teams else team.notnull()
    return team.nunique(where=beside), team.min(where=beside)


def _joined(table: Any, names: Sequence[str]) -> Any:
    joined: Any = None
    for name in names:
        part = key(table, name).fill_null("")
        joined = part if joined is None else joined + _BETWEEN + part
    return joined
