from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.state.store import State
from tests.parity import postgres

Where = Path | str
NUMBERS = count(1)


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """The URL of an empty database on a PostgreSQL server of the tests' own; skips where none can be started."""
    psycopg = pytest.importorskip("psycopg", reason="PostgreSQL's packages are not installed")
    try:
        server = postgres.server()
        folder = server.__enter__()
    except postgres.Absent as reason:
        pytest.skip(str(reason))

    def made() -> str:
        name = f"outlay_{next(NUMBERS)}"
        with psycopg.connect(f"postgresql://{postgres.SUPERUSER}@/postgres?host={folder}", autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{postgres.SUPERUSER}@/{name}?host={folder}"

    try:
        yield made
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Once a file, once a database."""
    if request.param == "sqlite":
        return tmp_path / "state.sqlite"
    url: str = request.getfixturevalue("new_database")()
    return url


@pytest.fixture
def state(where: Where) -> Iterator[State]:
    opened = State(where)
    yield opened
    opened.close()
