"""Which count a question on accelerators asks for, and how many of them the machines that it names hold."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.reading import Reading

ASKS = re.compile(
    r"\b(?:how many|number of|what (?:number|count) of|count of|(?:what|which) size(?: of)?(?: a)?"
    r"|how (?:big|large)(?: of)?(?: a)?)\s+",
    re.IGNORECASE,
)
KINDS = re.compile(
    r"(?:[\w.-]+\s+){0,3}?(?:(?P<nodes>nodes?|servers?|machines?|boxes|hosts?|instances?)"
    r"|(?P<chips>gpus?|chips?|cards?|accelerators?|tpus?|clusters?))\b(?![\s-]*(?:hours?|hrs?)\b)",
    re.IGNORECASE,
)
NEEDED = re.compile(r"\b(?:gpus|cards|chips|accelerators)\s+(?:are\s+)?(?:needed|required|necessary)\b", re.IGNORECASE)
HOUR_AFTER = re.compile(r"[\s-]*(?:gpu|chip)?[\s-]*(?:hours?|hrs?)\b", re.IGNORECASE)
SKIPPED = re.compile(r"(?:(?:of|the|our|nvidia|amd|more|extra|total)\s+)*", re.IGNORECASE)
NODES_AFTER = re.compile(r"[\s-]*(?:gpus?\s+)?(?:nodes?|servers?|machines?|boxes|hosts?)\b", re.IGNORECASE)
MACHINES = r"(?:nodes?|servers?|machines?|boxes|box|hosts?|rigs?|systems?)"
OF_EACH = re.compile(
    rf"(?:\s*(?:x|×|\*)?\s*(?:dgx|hgx)?\s*|\s+{MACHINES}\s+(?:(?:of|with|having|each|that|holding|x|×|\*)\s+)+)",
    re.IGNORECASE,
)
BOXED = re.compile(r"\b(?:dgx|hgx)[\s-]*$", re.IGNORECASE)
IN_EACH = re.compile(r"\s*(?:each|apiece|(?:per|in each|in every|a)\s+(?:node|server|machine|box))\b", re.IGNORECASE)
A_BOX = 8
LARGEST_NODE = 16


def count_asked(r: Reading) -> str | None:
    """`chips` or `nodes` where a question asks how many of them; None where it asks no such count."""
    if NEEDED.search(r.text):
        return "chips"
    for asks in ASKS.finditer(r.text):
        at = SKIPPED.match(r.text, asks.end())
        start = at.end() if at else asks.end()
        chip = next((m for m in r.accelerators if 0 <= m.start - start <= 1), None)
        if chip is not None:
            if HOUR_AFTER.match(r.text, chip.end):
                continue
            return "nodes" if NODES_AFTER.match(r.text, chip.end) else "chips"
        kind = KINDS.match(r.text, asks.end())
        if kind is not None:
            return "nodes" if kind["nodes"] else "chips"
    return None


def machines(r: Reading) -> tuple[Decimal, Decimal] | None:
    """How many machines, and how many accelerators each holds: `4 nodes of 8 H100`, `3 8xH100 servers`, `2 DGX H100`;
    None where a question counts no machines of several accelerators."""
    for chip in r.accelerators:
        boxed = BOXED.search(r.text[: chip.start])
        if boxed is not None:
            before = next((a for a in r.amounts if a.end <= boxed.start() and boxed.start() - a.end <= 1), None)
            return (before.value if before else Decimal(chip.count or 1)), Decimal(A_BOX)
        if chip.gpus_per_instance or chip.count is None or not 1 < chip.count <= LARGEST_NODE:
            continue
        for amount in r.amounts:
            between = r.text[amount.end : chip.start]
            if amount.kind == "number" and amount.end <= chip.start and amount.unit in {None, "node", "x"}:
                named = re.search(rf"\b{MACHINES}\b", between, re.IGNORECASE) or NODES_AFTER.match(r.text, chip.end)
                if OF_EACH.fullmatch(between) and named:
                    return amount.value, Decimal(chip.count)
    eight = next((a for a in r.amounts if a.unit == "GPU" and 1 < a.value <= LARGEST_NODE), None)
    nodes = r.unit("node")
    if eight is None or nodes is None or nodes is eight:
        return None
    if NODES_AFTER.match(r.text, eight.phrase_end) or IN_EACH.match(r.text, eight.phrase_end):
        return nodes.value, eight.value
    return None


def a_node(r: Reading) -> Decimal | None:
    """How many accelerators a node holds, where nodes are asked for: `how many nodes of 8 H100`, `8-GPU nodes`."""
    chip = next((m for m in r.accelerators if m.count and 1 < m.count <= LARGEST_NODE), None)
    if chip is not None:
        return Decimal(chip.count or A_BOX)
    each = next((a for a in r.amounts if a.unit == "GPU" and 1 < a.value <= LARGEST_NODE), None)
    return each.value if each else None
