"""The example company's home: its ledger of thirteen months and the starter pack, made once for all test processes."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.evaluation.example_company import LAST_DAY, TODAY
from bot.evaluation.example_export import write_example_export

__all__ = ["LAST_DAY", "TODAY", "Example", "example_in"]


@dataclass(frozen=True, slots=True)
class Example:
    """`home` is an OUTLAY_HOME, `exports` the CSV files that were imported. Both are only read."""

    home: Path
    exports: Path


def example_in(folder: Path) -> Example:
    """Made in `folder` by whoever comes first; the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Example(folder / "home", folder / "exports")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _make(made)
            (folder / "ready").touch()
    return made


def _make(example: Example) -> None:
    from bot.services import Services
    from knowledge.index import add
    from tools.ledger.storing.importing import import_files

    import_files(example.home, write_example_export(example.exports, LAST_DAY))
    services = Services(example.home)
    add([str(files("knowledge").joinpath("starter"))], example.home / "knowledge", services.embedder)
    _ = services.router
