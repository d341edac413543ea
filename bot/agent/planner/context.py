"""What a turn's questions are read against, from the services and what the asker may see."""

from __future__ import annotations

from pathlib import Path

from bot.agent.planner.ledger_names import LedgerNames
from bot.agent.planner.planner import Context
from bot.agent.toolbox.companies import filings_folder
from bot.agent.turn import Turn
from bot.services import Services
from tools.filings.companies import known_companies
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger

DIMENSIONS = ("team", "provider", "service", "sub_account", "region")
MOST_TAG_VALUES = 200


def context_of(services: Services, turn: Turn) -> Context:
    """The context of one turn; names come from the ledger only as far as the turn's audience goes."""
    from tools.ledger.known import data_span

    span = data_span(services.ledger)
    return Context(
        today=turn.question.today,
        data_through=span[1] if span else None,
        names=names_of(services.ledger, turn.audience, services.english) if span else LedgerNames(),
        catalogue=services.catalogue,
        english=services.english,
        router=services.router,
        filings=_filings(services.home),
    )


def _filings(home: Path) -> frozenset[str]:
    """How people call the companies whose filings are on record, lower case."""
    held = [company for company, _ in known_companies(filings_folder(home))]
    return frozenset(name.casefold() for company in held for name in (*company.names, company.ticker))


def names_of(ledger: Ledger, audience: Audience, english: frozenset[str]) -> LedgerNames:
    """The names that the audience may see, kept for each state of the ledger."""
    from tools.ledger.known import known_values, tag_keys

    def ask() -> LedgerNames:
        known = {dimension: known_values(ledger, audience, dimension) for dimension in DIMENSIONS}
        tags = {
            key: values
            for key in tag_keys(ledger, audience)
            if key != "team" and len(values := known_values(ledger, audience, f"tag:{key}")) <= MOST_TAG_VALUES
        }
        return LedgerNames(known, tags, english)

    return ledger.cached(("planner names", audience), ask)
