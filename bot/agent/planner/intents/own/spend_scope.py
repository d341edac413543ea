"""Which part of one's own spend a question is about, as the arguments that all spend tools share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from bot.agent.planner.intents.own.beside import beside
from bot.agent.planner.intents.own.models_named import model_filters, of_a_family
from bot.agent.planner.left_over.placed import named_currencies
from bot.agent.planner.names.ledger_names import EXCLUDING, LEFT_OUT_AFTER, Value
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches
from bot.agent.slots.machines import INSTANCE
from bot.agent.slots.superlatives import EITHER
from bot.agent.toolbox.arguments import as_text
from bot.agent.toolbox.scoped import FILTERS
from tools.period import Period

AI = re.compile(
    r"\b(?:ai|gen-?ai|llm|ml|model)[\s-]+(?:related\s+)?(?:spend|cost|bill|usage|expens|charge|invoice)\w*"
    r"|\bon\s+(?:gen-?)?(?:ai|llms?)\b(?!\s+(?:servers?|chips?|compute))"
    r"|\b(?:gen-?)?ai[\s-]+only\b|\b(?:only|just)\s+(?:the\s+)?(?:gen-?)?ai\b",
    re.IGNORECASE,
)
A_WORD = re.compile(
    r"\b(?:gen[\s-]?)?ai\b(?!\s+(?:teams?|squads?|groups?|departments?|unit|labs?|compan(?:y|ies)|industry|news|act"
    r"|servers?|chips?|budgets?|policy)\b)",
    re.IGNORECASE,
)
COST_KINDS = (
    ("billed", re.compile(
        r"\b(?:billed|invoiced|owe|owed|owing|invoice (?:amount|total)s?|total invoices?|on the invoice"
        r"|cash[\s-](?:basis|based|view|terms))\b"
        r"|\b(?:invoice|bill|invoices|bills)\s+us\b|\b(?:did|does|do|will)\s+(?:(?!(?:our|my|its|their)\b)\w+\s+){1,3}?(?:invoice|bill)\b"
        rf"|\b{EITHER}\s+(?:single\s+)?invoices?\b", re.IGNORECASE)),
    ("list", re.compile(
        r"\b(?:list (?:cost|price|spend)s?|at list|before (?:any |the )?discounts?|undiscounted)\b", re.IGNORECASE)),
    ("contracted", re.compile(r"\bcontracted\b", re.IGNORECASE)),
    ("effective", re.compile(r"\b(?:effective|amorti[sz]ed|accru(?:ed|als?))\b", re.IGNORECASE)),
)  # fmt: skip
SCOPE = frozenset({*FILTERS, "tags", "without", "either", "cost", "ai_only", "currency", "period", "accelerator"})
GPUS = re.compile(r"\b(?:gpus?|accelerators?)\b(?!\s+(?:hour|price))", re.IGNORECASE)
PLURAL = re.compile(r"(?<=[\duU])['’]?s$")
SIDE_BY_SIDE = re.compile(
    r"(?:['’]s)?(?:\s+(?:direct(?:ly)?|itself|api|first[\s-]party|proper))?\s*"
    r"(?:&|\+|/|,|\b(?:and|or|vs\.?|versus|against|plus|to|with|compared\s+(?:to|with)|together\s+with|as\s+well\s+as)\b)"
    r"\s*(?:(?:and|the|our|on|via|through|from|in|at|of|what|we|pay|that|direct(?:ly)?|straight|bought|by|billed)\s+)*",
    re.IGNORECASE,
)
# `AI bill, GPUs included`: all of it is asked for.
INCLUDED = re.compile(r"\s+(?:included|incl\.?|as\s+well|too|counted)\b", re.IGNORECASE)
WITH = re.compile(r"\b(?:including|incl\.?|plus|also|counting)\s+(?:the\s+|our\s+|all\s+)*$", re.IGNORECASE)
BARE_COUNT = re.compile(r"^\d[\d,]*\s*(?:x\s*|×\s*)?(?=[A-Za-z])")
UNTAGGED = re.compile(r"\b(?:un(?:tagged|allocated|attributed|assigned))\b", re.IGNORECASE)


def filters(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments of any spend tool but the period: what `r` names replaces what `base` held of the same kind. A name
    that nothing has read is passed on as it is, so that the ledger refuses it instead of leaving the filter out."""
    args = {
        key: value
        for key, value in base.items()
        if key in {*FILTERS, "tags", "without", "either", "cost", "ai_only", "currency", "period", "accelerator"}
    }
    for dimension in FILTERS:
        if named := r.of(dimension):
            args[dimension] = named
    meant, unwanted = model_filters(r)
    if meant:
        args["model"] = tuple(dict.fromkeys((*r.of("model"), *meant)))
    chips, idle = accelerators_named(r)
    if chips:
        args["accelerator"] = chips
    if called := tuple(v.value for v in r.values if _called_a_team(r, v)):
        args["team"] = (*args.get("team", ()), *called)
    if tags := tuple(
        f"{v.dimension.removeprefix('tag:')}={v.value}"
        for v in r.values
        if v.dimension.startswith("tag:") and not v.excluded
    ):
        new = {tag.partition("=")[0] for tag in tags}
        args["tags"] = (*(tag for tag in args.get("tags", ()) if tag.partition("=")[0] not in new), *tags)
    for unread in r.unread:
        if of_a_family(r.text, unread.start) or any(known.fullmatch(unread.name) for known in (INSTANCE, GPUS)):
            continue
        dimension = beside(r, unread) or ("team" if unread.team else "provider")
        if dimension.startswith("tag:"):
            args["tags"] = (*args.get("tags", ()), f"{dimension.removeprefix('tag:')}={unread.name}")
        else:
            args[dimension] = (*args.get(dimension, ()), unread.name)
    for kind, pattern in COST_KINDS:
        if pattern.search(r.text):
            args["cost"] = kind
    if both := sold_by_either(r):
        args = {key: value for key, value in args.items() if key not in {"provider", "service"}}
        args["either"] = both
    if left_out := (*r.left_out(), *(f"model={name}" for name in unwanted), *untagged_left_out(r.text), *idle):
        args["without"] = left_out
    if currencies := named_currencies(r):
        args["currency"] = currencies
    if args.get("charge_kind") == ("purchases",):
        args.setdefault("cost", "billed")
    if says_ai(r) and not r.models:
        args["ai_only"] = True
    if "ai=yes" in r.left_out():
        args.pop("ai_only", None)
    return args


def sold_by_either(r: Reading) -> tuple[str, ...]:
    """A provider and a service of another one, put side by side: both are meant, and not what they have in common, as
    in `sonnet on Anthropic and Bedrock`; each as dimension=value, nothing where no such are named."""
    named = [v for v in r.values if v.dimension in {"provider", "service"} and not v.excluded]
    if {v.dimension for v in named} != {"provider", "service"}:
        return ()
    providers = {v.value for v in named if v.dimension == "provider"}
    ordered = sorted(named, key=lambda v: v.start)
    if not all(SIDE_BY_SIDE.fullmatch(r.text[one.end : other.start]) for one, other in pairwise(ordered)):
        return ()
    sellers = r.sellers()
    if any(sellers.get(v.value, "") in {"", *providers} for v in named if v.dimension == "service"):
        return ()
    return tuple(dict.fromkeys(f"{v.dimension}={v.value}" for v in ordered))


def accelerators_named(r: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The accelerators that the question is about, and those that it leaves out, these as `accelerator=p5`."""
    named = [(m.start, m.end, BARE_COUNT.sub("", m.text)) for m in r.accelerators]
    spoken = [(start, end) for start, end, _ in named]
    named += [(*m.span(), m[0]) for m in INSTANCE.finditer(r.text) if not touches(*m.span(), spoken)]
    held = [(v.start, v.end) for v in r.values if v.dimension == "sub_account"]
    gpus = None if named else next((m for m in GPUS.finditer(r.text) if not touches(*m.span(), held)), None)
    if gpus and not (INCLUDED.match(r.text, gpus.end()) or WITH.search(r.text[: gpus.start()])):
        named = [(*gpus.span(), "gpu")]
    asked, idle = dict[str, str](), dict[str, str]()
    for start, end, chip in sorted(named):
        out = EXCLUDING.search(r.text[:start]) or LEFT_OUT_AFTER.match(r.text, end)
        (idle if out else asked).setdefault((bare := PLURAL.sub("", chip)).casefold(), bare)
    return tuple(asked.values()), tuple(f"accelerator={chip}" for chip in idle.values())


# AI is named beside all the rest: `our cloud and AI bill`.
WITH_THE_REST = re.compile(
    r"\b(?:cloud|infra(?:structure)?|it|non-?ai|other)\s*(?:and|&|\+|/|plus)\s*(?:gen-?)?ai\b(?!\s+(?:only|separately))"
    r"|\bai\s*(?:and|&|\+|/|plus)\s*(?:the\s+|our\s+|all\s+)*(?:non-?ai|cloud|infra(?:structure)?|the\s+rest|everything\s+else|other)\b",
    re.IGNORECASE,
)


def says_ai(r: Reading) -> bool:
    """Whether AI spend is meant, and not a name that holds the word: `the Vertex AI bill`, `the AI team`."""
    named = [*((v.start, v.end) for v in r.values), *((u.start, u.end) for u in r.unread)]
    named += [*((m.start, m.end) for m in r.models), *(_last_words(r.text, g.start, g.end) for g in r.groupings)]
    if WITH_THE_REST.search(r.text):
        return False
    every = (*AI.finditer(r.text), *A_WORD.finditer(r.text))
    return any(not touches(*found.span(), named) for found in every)


def _last_words(text: str, start: int, end: int) -> tuple[int, int]:
    """What a grouping splits by, without the words before: of `break AI spend down by AI model`, the last two."""
    found = re.search(r"\S+(?:\s+\S+)?$", text[start:end])
    return (start + found.start(), end) if found else (start, end)


def ai_and_the_rest(r: Reading) -> bool:
    """Whether AI spend and what is none are both asked about: `AI against non-AI`."""
    apart = [(v.start, v.end) for v in r.values if v.dimension == "ai"]
    alone = any(not touches(*found.span(), apart) for found in A_WORD.finditer(r.text))
    return bool(apart) and r.left_out() == ("ai=yes",) and alone


def untagged_left_out(text: str) -> tuple[str, ...]:
    """`team=untagged` where what has no team is to be left out: `total less untagged`."""
    return ("team=untagged",) if any(EXCLUDING.search(text[: m.start()]) for m in UNTAGGED.finditer(text)) else ()


def _called_a_team(r: Reading, value: Value) -> bool:
    """Whether the question says that what is no team's name in the ledger is one: `the checkout team`."""
    return (value.dimension.startswith("tag:") or value.dimension in {"sub_account", "service"}) and re.match(
        r"\s+(?:team|squad)\b", r.text[value.end :], re.IGNORECASE
    ) is not None


TOGETHER = re.compile(
    r"\b(?:together|combined|altogether|in (?:sum|total)|sum of|total (?:of|for|across|over)|added up)\b|\w\s*\+\s*\w",
    re.I,
)


TO_DATE = re.compile(r"\bto[\s-]date\b|\bytd\b|\bso\s+far\b", re.IGNORECASE)


def united(r: Reading) -> Period | None:
    """The one stretch that periods named one after the other make, where their sum is asked for: `Oct + Nov`."""
    named = sorted({mention.period for mention in r.periods}, key=lambda period: (period.start, period.end))
    until_now = bool(named) and named[0].contains(r.today)
    if len(named) == 2 and named[0].start == named[1].start and until_now and TO_DATE.search(r.text):
        return named[0]  # `year to date for 2026`
    if len(named) < 2 or not TOGETHER.search(r.text) or r.groupings or (r.compared and r.compared[1]):
        return None
    meet = all(one.end == other.start for one, other in pairwise(named))
    return Period(named[0].start, named[-1].end) if meet else None


def spans(r: Reading, base: Mapping[str, Any]) -> list[str | None]:
    """The periods asked about, as tool arguments; the base's where none is named; [None] where none is known."""
    if whole := united(r):
        return [as_text(whole)]
    if r.periods:
        return list(dict.fromkeys(as_text(mention.period) for mention in r.periods))
    return [base.get("period")]
