from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.reading import Reading, read
from knowledge.embed import MiniLM, load_embedder
from tools.prices.catalogue import load_catalogue

TODAY, DATA_THROUGH = date(2026, 6, 20), date(2026, 6, 17)
TEAMS = ("core", "growth", "data", "search", "platform eng", "ML-Infra", "q3-launch", "R&D", "may")
KNOWN = {
    "team": TEAMS,
    "provider": ("OpenAI", "Anthropic", "AWS", "Microsoft"),
    "service": ("Amazon EC2", "Amazon Bedrock", "Azure OpenAI Service", "BigQuery"),
    "sub_account": ("org-main", "Payments"),
    "region": ("us-east-1",),
}
TAGS = {"env": ("prod", "dev"), "project": ("falcon", "heron")}


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return load_embedder()


@pytest.fixture(scope="session")
def english(embedder: MiniLM) -> frozenset[str]:
    return embedder.words()


@pytest.fixture(scope="session")
def names(english: frozenset[str]) -> LedgerNames:
    return LedgerNames(KNOWN, TAGS, english)


@pytest.fixture(scope="session")
def reading(names: LedgerNames) -> Callable[[str], Reading]:
    """What a question names, read on 20 June 2026 against the names above."""
    catalogue = load_catalogue()
    return lambda text: read(text, text, TODAY, DATA_THROUGH, names, catalogue)
