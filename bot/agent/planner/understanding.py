"""What a reading is made against, and which kinds of question it may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.agent.planner.kinds import INTENTS
from bot.agent.planner.names.catalogue_models import model_ids, model_words
from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.plan import Intent
from bot.agent.planner.reading import Reading, read
from bot.agent.planner.routing.route import Router
from bot.agent.planner.spelling.spelling import corrected
from bot.agent.planner.spelling.spelling_models import models_spelt
from bot.agent.planner.wording.chips_written import with_memory_in_names
from bot.agent.planner.wording.fractions_written import fractions_as_percent
from bot.agent.planner.wording.hourly_prices import with_hourly_prices
from bot.agent.planner.wording.universal import added_up, everybody_alike, without_what_for
from bot.agent.planner.wording.written_out import amount_asked, months_as_iso, written_out
from tools.prices.catalogue import Catalogue

# Below this, a question is not taken to be of any kind; the knowledge base is asked.
SURE = 0.45
# An intent that is chosen for a follow-up must be this much better than changing the call before.
NEW_QUESTION = 0.85
LAST_RESORTS = frozenset({"knowledge", "none", "about_outlay"})

# Another word for a team, where the ledger has no such name or tag.
SQUAD = re.compile(r"\bsquad(?P<many>s?)\b(?![-_])", re.IGNORECASE)
Ranked = Sequence[tuple[float, Intent]]


@dataclass
class Context:
    """What a reading is made against: the day, the ledger's names and end, the price catalogue, the English words.
    `told` says whether something indexed answers a question, `stated` whether it does so in nearly all its
    words; `meets`, whether any charge is of all that a call is for.
    `seen` are the names that the asker may see, None for all: a misspelt word is never put right into another, nor is
    another ever listed."""

    today: date
    data_through: date | None
    names: LedgerNames
    catalogue: Catalogue
    english: frozenset[str]
    router: Router
    filings: frozenset[str] = frozenset()
    told: Callable[[str], bool] = lambda question: False
    stated: Callable[[str], bool] = lambda question: False
    meets: Callable[[Mapping[str, Any]], bool] = lambda args: True
    seen: LedgerNames | None = None


def understood(segment: str, context: Context) -> Reading:
    """What a question says, its spelling put right."""
    seen = context.seen or context.names
    variants = model_words(context.catalogue)
    written = written_out(months_as_iso(fractions_as_percent(everybody_alike(without_what_for(added_up(segment))))))
    written = with_hourly_prices(with_memory_in_names(written))
    if not context.names.calls_itself("squad"):
        written = SQUAD.sub(r"team\g<many>", written)
    written, models = models_spelt(written, model_ids(context.catalogue) | {name.lower() for name in seen.models})
    fixed = corrected(written, context.english | variants, seen.spelt, variants)
    found = read(
        amount_asked(fixed.text),
        segment,
        context.today,
        context.data_through,
        context.names,
        context.catalogue,
        (*models, *fixed.changes),
        context.filings,
    )
    return replace(found, tag_keys=tuple(seen.keys))


def ranked(r: Reading, router: Router) -> list[tuple[float, Intent]]:
    """The kinds that a question can be of, the best first: nearness in meaning plus what it names."""
    near = router.scores(r.masked())
    scored = []
    for intent in INTENTS:
        weight = intent.weigh(r)
        if weight is not None:
            scored.append((near.get(intent.name, 0.0) + weight, intent))
    return sorted(scored, key=lambda pair: -pair[0])


def unsure(best: tuple[float, Intent] | None) -> bool:
    """Whether no kind but a last resort fits."""
    return best is None or best[0] < SURE or best[1].name in LAST_RESORTS
