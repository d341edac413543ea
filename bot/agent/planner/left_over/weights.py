"""Words that change which figure is meant: a call that takes no account of one is not made."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.names.things import of_a_thing
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches

OF_PRICES = (
    "price",
    "model_price",
    "compare_models",
    "cheapest",
    "tokens_for",
    "requests_for",
    "ranked",
    "prices_within",
    "provider_disc",
)
OF_SPEND = ("spend", "untagged", "forecast", "what_if", "token_usage", "token_costs", "budget", "unit_cost", *OF_PRICES)
CALCULATORS = (
    *(
        "rent_price",
        "purchase_price",
        "rent_or_buy",
        "energy",
        "training_",
        "compute_budget",
        "fine_tuning",
        "serving",
        "model_memory",
    ),
    *("rent_for_budget", "accelerator_value", "rent_history", "cost_at_throughput", "compute_budget"),
    *("needed_throughput", "decode_speed", "token_energy"),
    *("project_value", "commitment_worth", "depreciation", "blended_rate", "choose_projects", "accelerator_spec"),
)
WITHIN_BUDGET = re.compile(r"without\s+(?:bust|exceed|blow|break|go|over|breach|cross)\w*", re.IGNORECASE)
KEPT_RUNNING = r"(?:power|electricity|energy|running|operating|other|opex|hosting)"
NO_RUNNING = re.compile(
    rf"\w+(?:\s+(?:aside|out))?\s+(?:the\s+|any\s+|all\s+)?(?:cost of\s+)?{KEPT_RUNNING}\b"
    rf"(?:\s+(?:and|or)\s+{KEPT_RUNNING})?(?:\s+costs?)?\b(?!\s+(?:and|or|of|for)\b)",
    re.IGNORECASE,
)
GREETED = re.compile(r"\w+\s*[!,.]")


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[re.Pattern[str], frozenset[str], frozenset[str], tuple[str, ...]], ...]:
    """Each pattern of `weighty.toml`, the tools and the arguments that take it into account, the calls it is for."""
    table = tomllib.loads(files("bot.agent.planner.left_over").joinpath("weighty.toml").read_text("utf-8"))
    return tuple(
        (
            re.compile(rf"(?<![\w-])(?:{entry['words']})(?![\w-])", re.IGNORECASE),
            frozenset(entry.get("tools", ())),
            frozenset(entry.get("arguments", ())),
            _beginnings(entry.get("of", OF_SPEND)),
        )
        for entry in table["word"]
    )


def _beginnings(names: Sequence[str]) -> tuple[str, ...]:
    """What the names of tools begin with, "calculators" standing for all of those."""
    return tuple(begin for name in names for begin in (CALCULATORS if name == "calculators" else (name,)))


def changes_the_figure(text: str) -> bool:
    """Whether a text holds a word that changes which figure of one's own spend is meant."""
    return any(pattern.search(text) for pattern, _, _, of in _weights() if "spend_total".startswith(of))


def _reaches(name: str, calls: Sequence[Planned]) -> bool:
    """Whether a call is for the team of that name, so that the ledger tells whether there is one."""
    return any(name in (call.args.get("team") or ()) for call in calls)


def weighty(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """Words that change which figure is meant, where no call takes them into account."""
    spans = [(p.start, p.end) for p in r.periods] + [(v.start, v.end) for v in r.values]
    spans += [(a.start, a.phrase_end) for a in r.amounts] + [(m.start, m.end) for m in r.models]
    if not any(call.tool.startswith((*OF_PRICES, *CALCULATORS)) for call in calls):
        spans += [*r.counted]
    split = {str(name) for call in calls for name in call.args.get("by", ()) or ()}
    spans += [(u.start, u.end) for u in r.unread if u.team and _reaches(u.name, calls)]
    spans += [(g.start, g.end) for g in r.groupings if g.dimension.startswith("tag:") and g.dimension in split]
    tools = {call.tool for call in calls}
    arguments = {name for call in calls for name in (*call.args, call.amount_from or "")}
    found = []
    dropped = any(call.args.get("batch") is False for call in calls)
    for pattern, served, needed, of in _weights():
        if not any(tool.startswith(of) for tool in tools):
            continue
        for match in pattern.finditer(r.text):
            if touches(match.start(), match.end(), spans) or tools & served or arguments & needed:
                continue
            if match.start() == 0 and GREETED.match(r.text):
                continue
            if tools == {"budget_status"} and WITHIN_BUDGET.match(r.text, match.start()):
                continue
            if "running_per_hour" in arguments and NO_RUNNING.match(r.text, match.start()):
                continue
            if of_a_thing(r.text, *match.span()) and all(tool.startswith(OF_PRICES) for tool in tools):
                continue
            if dropped and BATCH.match(r.text, match.end() + 1):
                continue
            found.append(match[0].strip())
    return found
