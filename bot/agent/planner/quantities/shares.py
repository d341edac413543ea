"""What a percent of a question does to the amounts beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.quantities.dimensions import Quantity
from bot.agent.slots.amount import Amount
from tools.money import plain

OFF = re.compile(
    r"\s*(?:volume\s+|multi-?year\s+|annual\s+|negotiated\s+|enterprise\s+|upfront\s+|commit\w*\s+|prepay\w*\s+)?"
    r"(?:off\b|discount\w*|cheaper|rebate|reduction|less\b|lower\b|below\b|fewer\b)",
    re.IGNORECASE,
)
OFF_BEFORE = re.compile(
    r"\b(?:discount(?:ed)?|rebate|reduction|(?:cuts?|reduc\w+|drops?|fall\w*|lower\w*|declin\w+|shrinks?|go\s+down)"
    r"(?:\s+(?:it|them|that|this|the\s+\w+|costs?|prices?))?)\s*(?:of|by|is|:)?\s*(?:about\s+|around\s+)?$",
    re.IGNORECASE,
)
ON_TOP = re.compile(
    r"\s*(?:of\s+)?(?:\w+\s+)?(?:overhead|mark-?up|on\s+top|buffer|contingency|uplift|vat\b|sales\s+tax|tax\b|more\b|higher\b"
    r"|surcharge|extra\b|headroom|premium)",
    re.IGNORECASE,
)
ON_TOP_BEFORE = re.compile(
    r"\b(?:plus|mark(?:ed)?\s*-?up(?:\s+of)?|overhead(?:\s+of)?|vat(?:\s+of)?|(?:increas\w+|ris\w+|go(?:es)?\s+up|up|grow\w*)\s+by)\s*$",
    re.IGNORECASE,
)
PART = re.compile(
    r"\s*(?:of\b(?!\s+(?:overhead|mark))|(?:\w+\s+)?(?:active|adoption|deflect\w+|automat\w+|resolved|resolution|coverage|covered|uptake|accept\w*"
    r"|usage|contain\w+|conversion|convert\w*|penetration|handled|self-?serv\w+|engage\w*|participat\w+|response\s+rate"
    r"|hit\s+rate|success\s+rate|attach|time\s+savings?)\b"
    r"|(?:actually\s+)?(?:use|uses|adopt|adopts|go(?:es)?|are|is|get|need|needs|can\s+be|will\s+be|would\s+be)\b)",
    re.IGNORECASE,
)
PART_BEFORE = re.compile(
    r"\b(?:deflect\w*|automat\w*|adoption|coverage|resolv\w*|contain\w*|uptake|saves?|saving|handles?|handling|takes\s+over)"
    r"(?:\s+rate)?\s*(?:of|is|at|:|by|about|around)?\s*$",
    re.IGNORECASE,
)
USED = re.compile(
    r"\s*(?:\w+\s+)?(?:utili[sz]\w+|used\b|busy\b|load\b|occupan\w+|uptime|of\s+the\s+time)", re.IGNORECASE
)
USED_BEFORE = re.compile(r"\b(?:utili[sz]\w+|used|busy|load(?:ed)?)\s*(?:of|is|at|:)?\s*$", re.IGNORECASE)


# `it's 30% of the total`: what is told before is that part.
IT_IS = re.compile(
    r"(?:\bit(?:['’]?s|\s+is)|\bthat(?:['’]?s|\s+is)|\bthis\s+is|\bwhich\s+is|\bmakes?\s+up|\brepresents?|\baccounts?\s+for|\bonly|\bare)"
    r"\s+(?:about\s+|only\s+|just\s+)?$",
    re.IGNORECASE,
)
OF_WHOLE = re.compile(
    r"\s*of\s+(?:(?:the|our|all|its|their)\s+)*(?:total|overall|whole|entire|full|budget|bill|spend\w*|costs?)\b",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(?:total|overall|whole|entire|full)\b", re.IGNORECASE)
PART_OF_WHOLE = "part of the whole"
ADDED = re.compile(r"\s*(?:\w+\s+){0,2}?(?:on\s+top|added|extra|to\s+be\s+added)\b", re.IGNORECASE)
APPLIED = re.compile(r"\b(?:after|incl\w*\.?|including|already|with)\s+(?:an?\s+|the\s+|our\s+)?$", re.IGNORECASE)
APPLIED_ALREADY = "applied already"


def share(text: str, amount: Amount) -> Quantity | None:
    """A percent as a factor: 15% off is (1 - 15%), 19% VAT (1 + 19%), 60% of them 60%; of hours paid that are used, the
    part that is used divides. None where nothing says which."""
    value = plain(abs(amount.value))
    before, after = text[: amount.start], amount.end
    if APPLIED.search(before) and not ADDED.match(text, after):
        return Quantity(amount.value, f"{value}%", "share", {APPLIED_ALREADY: 1}, amount.start, amount.end)
    if OF_WHOLE.match(text, after) and IT_IS.search(before):
        return Quantity(amount.value, f"{value}%", "share", {PART_OF_WHOLE: 1}, amount.start, amount.end)
    if USED.match(text, after) or USED_BEFORE.search(before):
        return Quantity(amount.value, f"{value}%", "share", {"used": 1}, amount.start, amount.end)
    if OFF.match(text, after) or OFF_BEFORE.search(before):
        written = f"(1 - {value}%)"
    elif ON_TOP.match(text, after) or ON_TOP_BEFORE.search(before):
        written = f"(1 + {value}%)"
    elif PART.match(text, after) or PART_BEFORE.search(before):
        written = f"{value}%"
    else:
        return None
    return Quantity(amount.value, written, "share", {}, amount.start, amount.end)


SPARED = re.compile(
    r"\b(?:do|would|will|does|could|can)\s+(?:we|it|that|this|i|they|us)\s+save\b|\bhow\s+much\s+(?:is\s+|are\s+)?(?:saved|the\s+saving)"
    r"|\bsavings?\b|\bsave\s+us\b|\bis\s+saved\b|\bdiscount\s+worth\b",
    re.IGNORECASE,
)


def spared(free: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The amounts where what is saved is asked for: of 22% off, the 22%, not what is left."""
    off = [q for q in quantities if q.kind == "share" and q.written.startswith("(1 -")]
    prices = [q for q in quantities if q.kind == "money"]
    if len(off) != 1 or len(prices) != 1 or not SPARED.search(free):
        return list(quantities)
    return [replace(q, written=f"{q.value.normalize():f}%") if q is off[0] else q for q in quantities]


BEFORE = re.compile(
    r"\bbefore\b|\boriginal(?:ly)?\b|\bwithout\s+(?:the\s+)?(?:discount|tax|vat)\b|\blist\s+price\b"
    r"|\bex(?:cl\w*)?\.?\s+(?:the\s+)?(?:vat|tax)\b",
    re.IGNORECASE,
)


def before_it(text: str, free: str, quantities: Sequence[Quantity]) -> list[Quantity] | None:
    """The amounts where the sum before a discount or tax that it already holds is asked for; None where that is not."""
    money = [q for q in quantities if q.kind == "money"]
    parts = [q for q in quantities if PART_OF_WHOLE in q.dims]
    if len(parts) == len(money) == 1 and WHOLE.search(free):
        whole = replace(money[0], written=f"{money[0].written} / {parts[0].written}")
        return [whole, *(q for q in quantities if q is not money[0] and q is not parts[0])]
    held = [q for q in quantities if APPLIED_ALREADY in q.dims]
    if len(held) != 1 or len(money) != 1 or not BEFORE.search(free):
        return None
    sign = "-" if OFF.match(text, held[0].end) else "+" if ON_TOP.match(text, held[0].end) else ""
    if not sign:
        return None
    whole = replace(money[0], written=f"{money[0].written} / (1 {sign} {held[0].written})")
    return [whole, *(q for q in quantities if q is not money[0] and q is not held[0])]
