"""What the tools work on: the ledger, the price catalogue, the knowledge base and the filings of one OUTLAY_HOME."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.agent.planner.routing.route import Router
    from bot.state.costs import ModelMonth
    from knowledge.embed import MiniLM
    from knowledge.store import Store
    from tools.ledger.ledger import Ledger
    from tools.prices.catalogue import Catalogue


@dataclass
class Services:
    """Each is opened on first use, then kept; threads may share them."""

    home: Path
    chroma_url: str = ""
    own_costs: Callable[[str], Sequence[ModelMonth]] | None = None
    """What Outlay's own chat model cost in a month (2026-11); None where nobody keeps it."""

    @cached_property
    def ledger(self) -> Ledger:
        from tools.ledger.ledger import Ledger

        return Ledger(self.home)

    @cached_property
    def embedder(self) -> MiniLM:
        from knowledge.embed import load_embedder

        return load_embedder()

    @cached_property
    def store(self) -> Store:
        from knowledge.store import open_store

        return open_store(self.home / "knowledge", self.embedder, self.chroma_url)

    @cached_property
    def catalogue(self) -> Catalogue:
        from tools.prices.catalogue import load_catalogue

        return load_catalogue()

    @cached_property
    def router(self) -> Router:
        from bot.agent.planner.routing.route import Router

        return Router(self.embedder, self.home / "cache")

    @cached_property
    def english(self) -> frozenset[str]:
        return self.embedder.words()
