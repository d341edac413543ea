"""What a turn's questions are read against, from the services and what the asker may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.agent.planner.names.company_names import company_names
from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.understanding import Context
from bot.agent.toolbox.companies import filings_folder
from bot.agent.turn import Turn
from bot.services import Services
from tools.errors import ToolError
from tools.filings.companies import known_companies
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope

DIMENSIONS = (
    *("team", "provider", "service", "sub_account", "region", "service_category"),
    *("pricing_category", "commitment_type"),
)
MOST_TAG_VALUES = 200
# The share of a question's words that a text must say to be preferred to bills.
STATED = 0.7


def context_of(services: Services, turn: Turn) -> Context:
    """The context of one turn."""
    from tools.ledger.known import data_span

    span = data_span(services.ledger)
    return Context(
        today=turn.question.today,
        data_through=span[1] if span else None,
        names=names_of(services.ledger, services.english) if span else LedgerNames(),
        catalogue=services.catalogue,
        english=services.english,
        router=services.router,
        filings=_filings(services.home),
        told=lambda question: _told(services, question, turn.question.today),
        stated=lambda question: _told(services, question, turn.question.today, STATED),
        meets=lambda args: _meets(services, turn, args),
        seen=None if turn.audience.sees_all or not span else names_of(services.ledger, services.english, turn.audience),
    )


def _meets(services: Services, turn: Turn, args: Mapping[str, Any]) -> bool:
    """Whether the asker sees any charge that all these arguments of a call are of; true where that can't be told."""
    from bot.agent.toolbox.scoped import Spend, query
    from tools.ledger.query import view
    from tools.results import Result

    found = []

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        found.extend(ledger.rows(view(ledger, scope, turn.audience).table.limit(1)))
        return Result(summary="")

    try:
        query(services, turn, Spend.model_validate(dict(args)), run)
    except (ToolError, ValueError):
        return True
    return bool(found)


def _told(services: Services, question: str, today: date, covered: float = 0.0) -> bool:
    """Whether a text answers a question and says so much of it. One word alone, as in "where will the month end", is no
    question about the world."""
    from knowledge.answering.answer import answer
    from knowledge.searching.question import read_question

    if len(read_question(question).terms) < 2:
        return False
    found = answer(services.store, question, today)
    return found is not None and not found.unexplained and found.covers >= covered


def _filings(home: Path) -> frozenset[str]:
    """How people call the companies whose filings are on record, lower case."""
    held = [company for company, _ in known_companies(filings_folder(home))]
    return frozenset(name.casefold() for company in held for name in (*company.names, company.ticker) if name)


def names_of(ledger: Ledger, english: frozenset[str], audience: Audience = EVERYTHING) -> LedgerNames:
    """The names of the ledger that an audience may see, kept for each of its states. Those of everything serve to read
    anybody's question: a name that the asker may not see goes into the query as it stands and is denied there, as an
    unknown one is."""
    from tools.ledger.found.descriptions import charge_names
    from tools.ledger.known import data_span, known_values, tag_keys
    from tools.ledger.naming.regions import region_names
    from tools.ledger.naming.sellers import sellers

    def ask() -> LedgerNames:
        known = {dimension: known_values(ledger, audience, dimension) for dimension in DIMENSIONS}
        known["description"] = charge_names(ledger, audience)
        every = {k: known_values(ledger, audience, f"tag:{k}") for k in tag_keys(ledger, audience) if k != "team"}
        tags = {key: values for key, values in every.items() if len(values) <= MOST_TAG_VALUES}
        long = {key: values for key, values in every.items() if key not in tags}
        keys = tuple(every)
        span = data_span(ledger)
        models = known_values(ledger, audience, "model")
        places = region_names(ledger, audience)
        return LedgerNames(
            known,
            tags,
            english,
            keys,
            span[2] if span else (),
            models,
            places,
            long,
            lambda: sellers(ledger, audience),
            company_names(known_values(ledger, audience, "account"), english),
        )

    return ledger.cached(("planner names", audience), ask)
