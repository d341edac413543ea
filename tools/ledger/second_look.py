"""A second look at the rows that answer a question, after every filter: none may be of a team outside the audience."""

from __future__ import annotations

from typing import Any

from tools.errors import Denied
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger

NOT_THEIRS = "This would show spend that may not be seen here, so nothing of it is shown."


def only_theirs(ledger: Ledger, table: Any, audience: Audience) -> None:
    """Denied when a row of `table` is of a team that the audience may not see, or of none. It asks the ledger itself
    and trusts no filter before it."""
    if audience.teams is None:
        return
    team = table[c.X_TEAM_KEY]
    strangers = table.filter(team.isnull() | team.notin(sorted(audience.teams)))
    if ledger.rows(strangers.select(c.X_TEAM_KEY).limit(1)):
        raise Denied(NOT_THEIRS)
