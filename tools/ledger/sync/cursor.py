"""Cursor team spend of the running billing cycle, by member.

Documented: https://cursor.com/docs/account/teams/admin-api (Get Spending Data), read November 2026. `POST
/teams/spend` with `page` and `pageSize`; the admin key is the user name of Basic auth, without a password; 20
requests a minute. `spendCents` are cents, with parts of a cent; `subscriptionCycleStart` is in Unix milliseconds. The
figures are sums since the cycle began and there are no days: one row a member stands for the cycle from its start
through yesterday, and each sync replaces it. An ended cycle keeps what the last sync within it saw.

Assumed: where `overallSpendCents` is there, it is all use at list price and `spendCents` the part charged beyond the
plan. Answers with `includedSpendCents` alone are refused: sources disagree on whether `spendCents` then holds it.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tools.ledger.sync.api import Api
from tools.ledger.sync.charge import Charge, decimal
from tools.ledger.sync.source import Pulled, Source, SyncFailed
from tools.period import Period, day_shown

KEY = "CURSOR_ADMIN_KEY"
PAGE = 100
CENT = Decimal("0.01")


def pull(api: Api, source: Source, period: Period) -> Pulled:
    """`period` is yesterday, through which the sums are taken to go."""
    headers = {"Authorization": "Basic " + b64encode(f"{api.keys[KEY]}:".encode()).decode()}
    members: list[Any] = []
    starts: set[date] = set()
    page, last = 1, 1
    while page <= last:
        answer = api.post("/teams/spend", {"page": page, "pageSize": PAGE}, headers)
        members += answer["teamMemberSpend"]
        starts.add(datetime.fromtimestamp(int(answer["subscriptionCycleStart"]) / 1000, UTC).date())
        page, last = page + 1, int(answer["totalPages"])
    if len(starts) != 1:
        raise SyncFailed("Cursor's billing cycle changed while it was read; sync again.")
    if len({member["email"] for member in members}) != len(members):
        raise SyncFailed("Cursor gave a member twice; sync again.")
    start = starts.pop()
    if start >= period.end:
        return Pulled((), notes=("Cursor's billing cycle began today; there is no complete day of it yet.",))
    cycle = Period(start, period.end)
    charges = tuple(_charge(source, cycle, member) for member in members)
    since = f"Cursor's spend is the sum since {day_shown(start)}, when its billing cycle began"
    return Pulled(charges, replaces=cycle, notes=(f"{since}; it has no days, and seats are not in it.",))


def _charge(source: Source, cycle: Period, member: Any) -> Charge:
    spent, overall = member["spendCents"], member.get("overallSpendCents")
    if overall is None and member.get("includedSpendCents") is not None:
        raise SyncFailed("Cursor's answer does not say whether its spend holds what the plan includes.")
    money = decimal(spent, "Cursor's spendCents") * CENT
    return Charge(
        cycle.start,
        "Cursor",
        source.billing_account,
        "Cursor",
        f"Use by {member['email']} since {day_shown(cycle.start)}",
        money,
        money,
        listed=None if overall is None else decimal(overall, "Cursor's overallSpendCents") * CENT,
        end=cycle.end,
        sub_account=member["email"],
        sub_account_name=member.get("name"),
    )
