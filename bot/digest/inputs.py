"""The digest's inputs bound to a real ledger and knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.digest.compose import QUOTE, Inputs
from bot.reply import Source
from tools.ledger.audience import Audience
from tools.period import Period
from tools.results import Result

if TYPE_CHECKING:
    from knowledge.documents import Passage
    from knowledge.store import Store
    from tools.ledger.budgets.budgets import Budget
    from tools.ledger.ledger import Ledger

STORIES_OF_INTEREST = "AI compute cost, prices, chips, data centers, cloud spending, funding and finance"


def inputs(ledger: Ledger, store: Store, budgets: Callable[[], Sequence[Budget]] = tuple) -> Inputs:
    """Effective cost of all spend (its AI part is said beside it); stories on what AI costs."""

    def total(period: Period, audience: Audience, today: date) -> Result:
        from tools.ledger.scope import Scope
        from tools.ledger.spend import spend_total

        return spend_total(ledger, Scope(period=period), audience, today)

    def change(period: Period, audience: Audience, today: date) -> Result:
        from tools.ledger.over_time.change import spend_change
        from tools.ledger.scope import Scope

        return spend_change(ledger, Scope(period=period), audience, today)

    def unusual(period: Period, audience: Audience, today: date) -> Result:
        from tools.ledger.over_time.anomalies import anomalies

        return anomalies(ledger, audience, today, period)

    def stories(since: date, until: date, most: int) -> Sequence[Source]:
        from knowledge.searching.search import search

        passages = search(store, STORIES_OF_INTEREST, 4 * most, since)
        kept: dict[str, Source] = {}
        for passage in passages:
            if passage.published_on is not None and passage.published_on < until:
                kept.setdefault(passage.article_id or passage.url, _source(passage))
        return list(kept.values())[:most]

    def standing(audience: Audience, today: date) -> Result:
        from tools.ledger.budgets.budget_status import budget_status

        return budget_status(ledger, budgets(), audience, today)

    return Inputs(total, change, unusual, stories, standing)


def _source(passage: Passage) -> Source:
    """The passage's first sentences that fit, word for word as stored."""
    from knowledge.answering.sentences import sentences

    parts = sentences(passage.text)
    quote = next((part for part in parts if 40 <= len(part) <= QUOTE), "")
    if not quote:
        quote = passage.text[:QUOTE].rsplit(" ", 1)[0]
    return Source(passage.title, passage.publisher, passage.url, passage.published_on, quote.strip())
