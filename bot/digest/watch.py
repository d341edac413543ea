"""Which channels are alerted, and what is due in each: only what that channel may see."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.errors import Denied, ToolError, Unknown
from tools.ledger.audience import Audience
from tools.period import Period

if TYPE_CHECKING:
    from bot.digest.alerts import Due
    from tools.ledger.budgets.budgets import Budget
    from tools.ledger.ledger import Ledger
    from tools.results import Result

log = logging.getLogger("outlay.digest")

DAYS = 7
LATE_DAYS = 5
"""Bills come late: in the first days of a month the period before is looked at too."""


@dataclass(frozen=True, slots=True)
class Watch:
    """`budgets` are read anew at each look. `audience(channel)` is what the channel may see, whoever reads it. Budgets
    without a channel of their own, and days that stand out, go to `everywhere`."""

    ledger: Ledger
    budgets: Callable[[], Sequence[Budget]]
    audience: Callable[[str], Audience]
    everywhere: Sequence[str] = ()

    def channels(self) -> list[str]:
        own = [budget.channel for budget in self.budgets() if budget.channel]
        return list(dict.fromkeys([*self.everywhere, *own]))

    def due(self, channel: str, today: date, told: Collection[str]) -> Due | None:
        """What the channel is to be told that is not among the keys `told`; None when there is nothing."""
        from bot.digest.alerts import due
        from tools.ledger.budgets.standings import standings

        if self.ledger.is_empty:
            return None
        audience = self.audience(channel)
        common = channel in self.everywhere
        meant = [b for b in self.budgets() if (b.channel or (channel if common else "")).upper() == channel.upper()]
        for budget in meant:
            if budget.channel and not budget.visible_to(audience):
                log.warning("The budget %s is not told in %s, which may not see it.", budget.name, channel)
        found = standings(self.ledger, meant, audience, today)
        if today.day <= LATE_DAYS:
            last_month = standings(self.ledger, meant, audience, today, today.replace(day=1) - timedelta(1))
            found += [one for one in last_month if one.period.end <= today]
        return due(found, self._unusual(audience, today) if common else None, told, today)

    def _unusual(self, audience: Audience, today: date) -> Result | None:
        from tools.ledger.over_time.anomalies import anomalies

        try:
            return anomalies(self.ledger, audience, today, Period(today - timedelta(DAYS), today))
        except (Denied, Unknown):
            return None
        except ToolError as error:
            log.warning("Days that stand out were not looked for: %s", error)
            return None
