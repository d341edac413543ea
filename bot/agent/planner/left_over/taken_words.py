"""Words whose meaning a call holds by itself: of a move, of use that changes, of prices, of tokens."""

from __future__ import annotations

from collections.abc import Sequence

# What the price of a million tokens, or of an hour, may be called: it is the cost over their number in any case.
OF_A_PRICE = frozenset(
    (
        "blended",
        "effective",
        "realised",
        "realized",
        "unit",
        "hourly",
        "hour",
        "million",
        "thousand",
        "billion",
        "token",
        "price",
        "rate",
    )
)
# How traffic is said to be moved elsewhere, where it is priced again there.
OF_A_MOVE = frozenset((
    "onto", "move", "moves", "moved", "moving", "switch", "switches", "switched", "switching", "swap", "swapped",
    "swapping", "route", "routed", "routing", "reroute", "rerouted", "shift", "shifted", "shifting", "migrate",
    "migrated", "migrating", "migration", "port", "ported", "porting", "replace", "replaced", "replacing", "put",
    "putting", "push", "pushed", "pushing", "redirect", "redirected", "transfer", "transferred", "reprice",
    "repriced", "run", "ran", "running", "stay", "stays", "stayed", "rest", "mix", "workload", "workloads", "serve",
    "served", "serving", "using", "mode", "jobs", "job", "processing", "api", "caching", "batching", "batch", "model",
    "year", "month", "quarter",
))  # fmt: skip


# What is more or less of where use changes, and how the bill that it starts from is called.
OF_USE = frozenset((
    "token", "tokens", "usage", "volume", "volumes", "traffic", "demand", "consumption", "requests", "request",
    "growth", "grows", "grow", "disappears", "disappear", "vanishes", "stays", "stayed", "same", "expects", "base",
    "basis", "baseline", "starting", "point", "reference",
))  # fmt: skip
OF_A_PRICE_MOVE = frozenset((
    "price", "prices", "list", "rates", "everything", "base", "basis", "baseline", "reference",
    "negotiated", "discount", "announces", "announced", "across", "board", "contract", "deal", "impact", "effect",
    "worth", "became", "becomes", "become", "stays", "stayed", "same", "rose", "rise", "fall",
    "apply", "applied", "applies", "charges",
))  # fmt: skip
# What these arguments of a call take into account, whoever says it.
TAKEN_BY_ARGUMENT = {
    "volume_change": OF_USE,
    "price_change": OF_A_PRICE_MOVE,
    "growth": frozenset(("fast", "quickly", "rapidly", "rate", "rates", "growing")),
    "mover": frozenset(("fastest", "quickest", "slowest", "growing", "rate", "strongest", "steepest", "weakest")),
    "portion": frozenset(("percent", "half")),
    "count": frozenset(("number", "count", "distinct", "different")),
    "above": frozenset(("exceed", "exceeded", "exceeding", "exceeds", "beyond", "topped", "threshold")),
    "either": frozenset(("direct", "directly", "itself", "proper")),
    "difference": frozenset(("ahead", "margin", "lead", "leads", "leading", "runner", "number")),
    "without": frozenset(("stripped", "backed", "netted", "omitted", "aside", "taken")),
    "below": frozenset(("threshold",)),
    "above_share": frozenset(("exceed", "exceeded", "exceeding", "exceeds", "beyond", "topped", "threshold")),
}
OF_TOKENS = frozenset((
    "process", "processed", "consume", "consumed", "generate", "generated", "burn", "burned", "sent", "send", "token",
    "tokens", "kind", "kinds", "type", "types", "input", "output", "cached", "uncached", "cache", "prompt",
    "completion", "fewest",
))  # fmt: skip
OF_COMMITMENTS = frozenset((
    "utilisation", "utilization", "utilised", "utilized", "unutilised", "unutilized", "unused", "idle", "waste",
    "wasted", "leftover", "upfront", "prepaid", "prepay", "bought", "purchased", "purchases", "purchase", "commitment",
    "commitments", "committed", "savings", "plan", "plans", "reserved", "reservation", "reservations", "instance",
    "instances", "ris", "cuds", "cud", "discount", "discounts", "capacity", "fees", "fully",
))  # fmt: skip
ENDS_AND_BEGINS = frozenset((
    "stop", "stops", "stopped", "stopping", "cease", "ceased", "cancel", "cancelled", "canceled", "discontinued",
    "recent", "recently", "earliest", "begin", "began", "begun", "onboard", "onboarded", "adopt", "adopted", "box",
    "machine", "server", "node", "date", "call", "calls", "switch", "switched", "move", "moved", "migrate", "migrated",
    "change", "changed", "shift", "shifted", "replace", "replaced", "swap", "swapped", "upgrade", "upgraded", "retire",
    "retired", "drop", "dropped", "dropping", "longer", "abandon", "abandoned", "gone", "disappear", "disappeared",
    "whom", "introduce", "introduced", "transition", "quit", "anymore", "phase", "phased", "final", "appear", "started",
    "starting", "start",
))  # fmt: skip
OF_CREDITS = frozenset((
    "grant", "granted", "grants", "land", "landed", "issue", "issued", "give", "gave", "given", "receive", "received",
    "arrive", "arrived", "book", "booked", "post", "posted", "apply", "applied", "back", "came", "come", "get", "got",
    "anything", "large", "big", "size", "money", "afterwards", "afterward", "later", "corrected", "through",
))  # fmt: skip
MOST_AND_LEAST = frozenset((
    "dearest", "heaviest", "greatest", "worst", "busiest", "peak", "lightest", "quietest", "fewest", "priciest",
    "costliest", "spender", "spenders", "max", "maximum",
))  # fmt: skip


def taken_words(tools: Sequence[str], arguments: Sequence[str]) -> frozenset[str]:
    """The words whose meaning calls of these tools, with these arguments, hold by themselves."""
    found = set().union(*(TAKEN_BY_ARGUMENT.get(name, frozenset()) for name in arguments))
    if {"least", "smallest", "top", "rank"} & set(arguments) or {"spend_extreme", "spend_leaders"} & set(tools):
        found |= MOST_AND_LEAST
    if any(tool in {"token_usage", "token_costs"} for tool in tools):
        found |= OF_TOKENS
    if {"spend_first_charge", "spend_leavers", "spend_newcomers"} & set(tools):
        found |= ENDS_AND_BEGINS
    if "spend_run_rate" in tools:
        found |= {"year", "month", "quarter", "week", "day", "level", "levels"}
    if "untagged_share" in tools:
        found |= {
            "carry",
            "carries",
            "carried",
            "carrying",
            "bear",
            "bears",
            "label",
            "labels",
            "lack",
            "lacks",
            "whom",
        }
    if "forecast" in tools:
        found |= {"range", "interval", "confidence", "band", "bounds", "uncertainty"}
    if "by" in arguments:
        found |= {"each", "directly"}
    if "spend_models_machines" in tools:
        found |= {"machine", "machines", "server", "servers", "hardware", "instances", "vms", "tokens", "apis"}
    if "spend_credits" in tools:
        found |= OF_CREDITS
    if "commitment_use" in tools:
        found |= OF_COMMITMENTS
    return frozenset(found)
