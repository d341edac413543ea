"""Going back to what was talked about before: `back to orion: and September?`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.together import answers
from bot.agent.planner.threads.changes import OF_AN_ANSWER, again
from bot.agent.planner.threads.history import Earlier, Turn
from bot.agent.planner.understanding import Context, understood

RETURNS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|and|now|anyways?|right|thanks|cool|great|let['’]?s(?:\s+(?:go|get|come))?|can\s+we\s+(?:go|get)"
    r"|go(?:ing)?|get(?:ting)?|com(?:e|ing)|switch(?:ing)?|please)[\s,.!]+)*"
    r"(?:back|return(?:ing)?)\s+(?:on\s+)?to\s+(?:the\s+|our\s+|my\s+|that\s+|those\s+|team\s+)?"
    r"(?P<what>[^:;,?!–]{2,60}?)(?:\s+(?:question|topic|numbers?|figures?|thing|stuff|one|again|calculation|example|case|for\s+a\s+(?:sec\w*|moment)))*"
    r"\s*(?:(?:[:;,!–?]|\.\s|\s-\s)\s*(?P<rest>\S.*)|[?.!]*)$",
    re.IGNORECASE | re.DOTALL,
)
# What people call the answers of each tool by.
CALLED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), tools)
    for words, tools in (
        (r"budgets?", ("budget_status",)),
        (r"forecasts?|projections?", ("forecast",)),
        (r"spend\w*|bills?|costs?|our\s+\w+", ("spend_", "token_usage", "untagged")),
        (r"train\w*|runs?", ("training_cost",)),
        (r"fine-?\s?tun\w*|loras?", ("fine_tuning",)),
        (r"serv\w*|host\w*|inference", ("serving",)),
        (r"gpus?|chips?|rent\w*|hardware|accelerators?", ("rent_", "purchase_", "accelerator_", "energy")),
        (r"energy|power|electricity", ("energy",)),
        (r"npv|irr|roi|payback|projects?|investments?|business\s+case", ("project_value", "choose_projects")),
        (r"commit\w*|reserv\w*", ("commitment_",)),
        (
            r"(?:token\s+)?(?:prices?|pricing)|api|models?|tokens?",
            ("price_", "model_price", "compare_", "cheapest_", "tokens_for"),
        ),
        (r"what[\s-]?ifs?|scenarios?", ("what_if", "bill_after_change")),
        (r"anomal\w+|spikes?", ("spend_anomalies",)),
        (r"news|articles?|reports?", ("search_knowledge",)),
        (r"filings?|books|capex|revenue|earnings", ("company_figures",)),
    )
)
GROUPED = {"teams": "team", "providers": "provider", "vendors": "provider", "models": "model", "services": "service"}


def returned(found: re.Match[str], context: Context, before: Sequence[Turn]) -> list[Planned] | None:
    """What is asked anew of an earlier topic, or its answer again; None where nothing before was about it."""
    at = returned_to(understood(found["what"], context), before)
    if at is None:
        return None
    if not found["rest"]:
        return again(answers(before[: at + 1]))
    return [Planned("again", {"question": found["rest"], "turns": at + 1})]


def returned_to(what: Reading, before: Sequence[Turn]) -> int | None:
    """The place of the latest turn that answered about `what`, None where none did."""
    names = [value.value for value in what.values]
    names += [mention.text for mention in what.models] + [mention.text for mention in what.accelerators]
    names += [unread.name for unread in what.unread]
    best: tuple[int, int] | None = None
    for at, turn in enumerate(before):
        calls = [call for call in turn if call.tool not in OF_AN_ANSWER and not call.failed]
        score = max((_score(call, what.text, names) for call in calls), default=0)
        if score and (best is None or score >= best[0]):
            best = (score, at)
    return None if best is None else best[1]


def _score(call: Earlier, what: str, names: Sequence[str]) -> int:
    """3 where a name is among the arguments, 2 where the split is meant, 1 where the kind of answer is; 0 for none."""
    told = json.dumps(call.args, default=str).casefold()
    if any(name.casefold() in told for name in names):
        return 3
    by = call.args.get("by") or ()
    if any(word in what.casefold().split() and GROUPED[word] in by for word in GROUPED):
        return 2
    said = next((tools for pattern, tools in CALLED if pattern.search(what) and call.tool.startswith(tools)), None)
    if said:
        return 2
    asked = set(re.findall(r"[a-z]{4,}", what.casefold()))
    return 1 if asked and asked <= set(re.findall(r"[a-z]{4,}", call.asked.casefold())) else 0
