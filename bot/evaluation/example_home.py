"""The example company's OUTLAY_HOME: its bills, access rules and budgets, the starter pack, and three documents that
try to give orders to whoever reads them."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from bot.evaluation.example_company import LAST_DAY
from bot.evaluation.example_export import write_example_export

RULES = ("access.toml", "budgets.toml")


def make_home(home: Path) -> None:
    """Fills the folder `home`, which need not exist. Takes some seconds: the starter pack is embedded."""
    from bot.services import Services
    from knowledge.index import add
    from tools.ledger.storing.importing import import_files

    bills = home / "bills"
    import_files(home, write_example_export(bills, LAST_DAY))
    shutil.rmtree(bills)
    with as_file(files("bot.evaluation")) as here, as_file(files("knowledge")) as knowledge:
        add(
            [knowledge / "starter", here / "planted.jsonl"],
            home / "knowledge",
            Services(home).embedder,
        )
        for name in RULES:
            shutil.copy(here / name, home / name)


def shipped_questions() -> Path:
    """The file of the questions that are asked of it."""
    return Path(str(files("bot.evaluation").joinpath("questions.jsonl")))
