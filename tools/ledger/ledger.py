"""An open ledger: runs ibis queries on DuckDB over the Parquet files that the manifest counts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tools.errors import Unknown
from tools.ledger import columns as c
from tools.ledger.naming import names
from tools.ledger.storing import store
from tools.ledger.storing.allocation import FILE as ALLOCATION
from tools.ledger.storing.allocation import Rule, load_allocation
from tools.ledger.storing.opening import VIEW, connected

T = TypeVar("T")


@dataclass(slots=True)
class _Opened:
    stamp: tuple[int, ...]
    manifest: store.Manifest
    database: Any
    rules: tuple[Rule, ...]
    summed_up: bool
    answers: dict[Any, Any] = field(default_factory=dict)


class Ledger:
    """The ledger under a home folder. Cheap to make and meant to be kept: it connects at the first question, and sees a
    new import by itself. Threads may share it. Every amount it gives is an exact Decimal."""

    def __init__(self, home_folder: Path) -> None:
        self.folder = store.folder(home_folder)
        self._home = home_folder
        self._opened: _Opened | None = None
        self._lock = threading.RLock()

    @property
    def is_empty(self) -> bool:
        return not store.read_manifest(self.folder).sources

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        """The rows of an ibis expression over `charges()`. Unknown while nothing has been imported."""
        import duckdb
        import ibis

        statement = str(ibis.to_sql(query, dialect="duckdb"))
        try:
            return self._execute(statement)
        except duckdb.IOException:  # an import removed a file between our looking and our reading
            with self._lock:
                self._opened = None
            return self._execute(statement)

    def cached(self, key: Any, answer: Callable[[], T]) -> T:
        """`answer()`, computed once for each state of the ledger."""
        opened = self._current()
        if key not in opened.answers:
            opened.answers[key] = answer()
        found: T = opened.answers[key]
        return found

    @property
    def summed_up(self) -> bool:
        """Whether `names` lists what is in the ledger, so that its rows need not be read for that."""
        return self._current().summed_up

    def allocated_charges(self) -> int:
        """How many charges of the ledger a rule of `allocation.toml` gives to teams."""
        from tools.ledger.storing.allocating import ruled

        rules = self._current().rules
        return self.cached("allocated", lambda: int(self.rows(ruled(rules))[0][0])) if rules else 0

    def _stamp(self) -> tuple[int, ...] | None:
        """Changes with every import and with the allocation rules; None while nothing has been imported."""
        imported = store.stamp(self.folder)
        try:
            rules = (self._home / ALLOCATION).stat().st_mtime_ns
        except FileNotFoundError:
            rules = 0
        return None if imported is None else (*imported, rules)

    def _execute(self, statement: str) -> list[tuple[Any, ...]]:
        with self._lock:
            cursor = self._current().database.cursor()
        try:
            found: list[tuple[Any, ...]] = cursor.execute(statement).fetchall()
            return found
        finally:
            cursor.close()

    def _current(self) -> _Opened:
        stamp = self._stamp()
        with self._lock:
            if self._opened is None or self._opened.stamp != stamp:
                manifest = store.read_manifest(self.folder) if stamp else store.Manifest()
                if stamp is None or not manifest.sources:
                    raise Unknown("No billing data has been imported yet; `outlay spend import FILE` reads an export.")
                self._opened = _opened(self.folder, stamp, manifest, load_allocation(self._home))
            return self._opened


def _opened(folder: Path, stamp: tuple[int, ...], manifest: store.Manifest, rules: Sequence[Rule]) -> _Opened:
    """Up to `names.FROM_ROWS` rows are kept in memory; past that Parquet is read at each query."""
    in_memory = manifest.rows() <= names.FROM_ROWS
    portions = names.refresh(folder, manifest, rules)
    database = connected(folder, manifest.parts(), rules, in_memory=in_memory)
    return _Opened(stamp, manifest, database, tuple(rules), names.put_into(database, folder, portions))


@cache
def summary() -> Any:
    """The summary of a ledger that is `summed_up`, as an ibis table bound to no database."""
    import ibis

    return ibis.table(names.SHAPE, name=names.TABLE)


@cache
def charges() -> Any:
    """The ledger's rows as an ibis table, bound to no database."""
    import ibis

    return ibis.table(c.ibis_types(), name=VIEW)
