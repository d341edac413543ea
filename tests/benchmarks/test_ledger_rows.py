"""The made-up bill that is measured is one that the ledger could have read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.benchmarks.ledger_rows import MODELS, PROVIDERS, TEAMS, fill, write_straight
from tools.ledger.columns import STORED, X_SOURCE
from tools.ledger.ledger import Ledger, charges
from tools.ledger.storing import store

ROWS = 3_000


def _stored(home: Path) -> list[tuple[Any, ...]]:
    return sorted(Ledger(home).rows(charges()), key=lambda row: (row[STORED.index(X_SOURCE)], row[-1]))


def test_rows_written_straight_are_those_that_an_import_reads(tmp_path: Path) -> None:
    imported, straight = tmp_path / "imported", tmp_path / "straight"
    imported.mkdir()
    straight.mkdir()
    fill(imported, ROWS)
    write_straight(straight, ROWS)
    assert _stored(imported) == _stored(straight)
    slices = [
        {(item.bill, item.first, item.last, item.rows) for source in manifest.sources for item in source.slices}
        for manifest in (store.read_manifest(store.folder(home)) for home in (imported, straight))
    ]
    assert slices[0] == slices[1]


def test_the_bill_has_every_team_provider_and_model_and_hardly_an_amount_twice(tmp_path: Path) -> None:
    write_straight(tmp_path, ROWS)
    table = charges()
    ledger = Ledger(tmp_path)
    found = table.agg(
        teams=table.x_TeamKey.nunique(),
        providers=table.x_Provider.nunique(),
        models=table.x_Model.nunique(),
        months=table.x_Day.truncate("M").nunique(),
        amounts=table.EffectiveCost.nunique(),
    )
    teams, providers, models, months, amounts = ledger.rows(found)[0]
    assert (teams, providers, models, months) == (len(TEAMS), len(PROVIDERS), len(MODELS), 24) == (12, 6, 40, 24)
    assert amounts > 0.9 * ROWS
