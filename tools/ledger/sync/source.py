"""What is synced from: one provider's cost API, for one billing account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.errors import ToolError
from tools.period import Period

if TYPE_CHECKING:
    from tools.ledger.sync.api import Api
    from tools.ledger.sync.charge import Charge


class SyncFailed(ToolError):
    """A source could not be pulled; the sentence says why and never holds a key."""


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is a kind of `kinds.KINDS`. `account` becomes BillingAccountId: another account is another bill, kept
    beside the first; give it the account that imported exports of the same bill have. `base_url` takes the place of the
    provider's address. `since` is the first day ever pulled. `organization` is the GitHub organization's login."""

    name: str
    account: str | None = None
    base_url: str | None = None
    since: date | None = None
    organization: str | None = None

    @property
    def billing_account(self) -> str:
        return self.account or self.organization or self.name


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one answer held. `provisional` days are pulled again at the next sync. `replaces` is the span the charges
    stand for where it is not the one asked for (a billing cycle given only as a whole)."""

    charges: tuple[Charge, ...]
    provisional: frozenset[date] = frozenset()
    notes: tuple[str, ...] = ()
    replaces: Period | None = None


Pull = Callable[["Api", Source, Period], Pulled]
"""Asks for the charges of whole UTC days. SyncFailed when the answer cannot be had or is not what is documented."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A provider that can be synced. `keys` are the environment variables it needs, `optional_keys` those it may use;
    `where` says where to get them. One request covers at most `chunk_days`; data older than `reach_days` is not given.
    `estimate` is 0 for a bill; others are measurements of calls that others bill, which give way to a bill and to a
    lower number. `whole_cycle`: only the running billing cycle can be had. `own_server`: run by the customer, where
    plain http is usual."""

    name: str
    title: str
    pull: Pull
    keys: tuple[str, ...]
    where: str
    base_url: str | None
    chunk_days: int
    reach_days: int
    optional_keys: tuple[str, ...] = ()
    estimate: int = 0
    whole_cycle: bool = False
    own_server: bool = False
    needs: tuple[tuple[str, str], ...] = field(default=())
    """Fields of Source that must be set, with the words for what is missing."""


def each_day(period: Period) -> list[date]:
    return [period.start + timedelta(count) for count in range(period.days)]
