"""Whether two files hold one bill at two granularities: by the hour and by the day, by the day and by the month.

Their rows have nothing in common, so they are told by what they add up to: the effective cost of the usage of each
service, a day, or a calendar month where one of the two has rows of several days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.storing.opening import quoted
from tools.ledger.storing.store import Slice, Source

SAME_SUM = 0.01
"""Sums that differ by no more than this share are the same: days are cut at other hours, late charges are added."""
SAME_BILL = 0.5


@dataclass(frozen=True, slots=True)
class Regrained:
    """The services that both files hold in charges of another length, and whether they add up to the same."""

    services: tuple[str | None, ...]
    same: bool


def covered(ledger: Path, source: Source, bill: Slice) -> tuple[date, date]:
    """The first and last day that the source's rows of the bill cover."""
    import duckdb

    where, values = of_bill(bill)
    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT min({c.X_DAY}), max({c.X_THROUGH}) FROM {rows_of(ledger, source.parts)} WHERE {where}", values
        ).fetchone()
    return found if found and found[0] is not None else (bill.first, bill.last)


def regrained(ledger: Path, new: Source, old: Source, bill: Slice, first: date, last: date) -> Regrained | None:
    """How the two files' charges of a bill on these days, both inclusive, compare; None where no service is in both, or
    where its charges are of one length."""
    import duckdb

    where, values = of_bill(bill)
    usage = f"{where} AND lower({c.CHARGE_CATEGORY}) = 'usage' AND {c.X_THROUGH} >= ? AND {c.X_DAY} <= ?"
    with duckdb.connect() as database:
        long = f"epoch({c.CHARGE_PERIOD_END}) - epoch({c.CHARGE_PERIOD_START})"
        for name, source in (("mine", new), ("theirs", old)):
            database.execute(
                f"CREATE TABLE {name} AS SELECT {c.SERVICE_NAME} AS service, {c.BILLING_CURRENCY} AS code, "
                f"{c.X_DAY} AS day, {c.X_THROUGH} AS through, {long} AS long, {c.EFFECTIVE_COST} AS cost "
                f"FROM {rows_of(ledger, source.parts)} WHERE {usage}",
                [*values, first, last],
            )
        usual = "SELECT service, mode(long) AS long FROM {} GROUP BY 1"
        database.execute(
            f"CREATE TABLE other AS SELECT a.service FROM ({usual.format('mine')}) AS a "
            f"JOIN ({usual.format('theirs')}) AS b ON a.service IS NOT DISTINCT FROM b.service WHERE a.long <> b.long"
        )
        services = database.execute("SELECT service FROM other ORDER BY 1").fetchall()
        if not services:
            return None
        longest = database.execute("SELECT max(through - day) FROM (FROM mine UNION ALL FROM theirs)").fetchone()
        bucket = "day" if longest == (0,) else "date_trunc('month', day)"
        one, two = (
            f"SELECT service, code, {bucket} AS bucket, sum(cost)::DOUBLE AS cost FROM {name} GROUP BY ALL"
            for name in ("mine", "theirs")
        )
        alike = database.execute(
            f"SELECT count(*) FILTER (abs(a.cost - b.cost) <= {SAME_SUM} * greatest(abs(a.cost), abs(b.cost))), "
            f"count(*) FROM ({one}) AS a JOIN ({two}) AS b ON a.service IS NOT DISTINCT FROM b.service AND "
            "a.code = b.code AND a.bucket = b.bucket JOIN other ON a.service IS NOT DISTINCT FROM other.service"
        ).fetchone()
    assert alike is not None
    return Regrained(tuple(row[0] for row in services), alike[1] > 0 and alike[0] >= SAME_BILL * alike[1])


def of_bill(bill: Slice) -> tuple[str, list[Any]]:
    """SQL for the rows of a bill, and its values."""
    where = (
        f"{c.X_PROVIDER} = ? AND {c.BILLING_ACCOUNT_ID} IS NOT DISTINCT FROM ? "
        f"AND date_trunc('month', {c.BILLING_PERIOD_START})::DATE = ?"
    )
    return where, [bill.provider, bill.account, bill.billing_month]


def rows_of(ledger: Path, parts: Iterable[str]) -> str:
    return f"read_parquet([{', '.join(quoted(ledger / part) for part in parts)}], hive_partitioning = false)"
