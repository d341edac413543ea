from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.ledger.focus import write
from tools.ledger.ledger import Ledger
from tools.ledger.storing.importing import import_files

Fill = Callable[..., Ledger]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """A ledger of the given rows, imported as one file."""

    def made(*rows: Mapping[str, str]) -> Ledger:
        home = tmp_path / "home"
        import_files(home, [write(tmp_path / "bill.csv", rows)])
        return Ledger(home)

    return made
