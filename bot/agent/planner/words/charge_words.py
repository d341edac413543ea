"""Words for kinds of charges and parts of the week: refunds alone, before tax, without credits, on weekends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.agent.planner.names.ledger_names import CHAIN, EXCLUDING, LEFT_OUT_AFTER, Value
from bot.agent.slots.lexing import Span, touches

KIND, WEEK = "charge_kind", "part_of_week"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = (
    (KIND, "taxes", re.compile(r"\b(?:sales )?tax(?:es)?\b|\b(?:vat|gst|hst|mwst)\b", re.IGNORECASE)),
    (KIND, "credits", re.compile(
        r"\bcredit(?:s|ed)?\b(?!\s+(?:cards?|risk|scor\w+|limits?))|\brebates?\b", re.IGNORECASE)),
    (KIND, "refunds", re.compile(r"\brefund(?:s|ed)?\b|\breimburse(?:d|ments?)\b", re.IGNORECASE)),
    (KIND, "purchases", re.compile(
        r"\b(?:commitment|reservation|reserved instance|savings[- ]plan|upfront)s? purchases?\b|\bpurchases\b"
        r"|\b(?:buy|bought|buying|purchas\w+)\s+(?:\w+\s+){0,3}?(?:reservations?|reserved[- ]instances?|commitments?"
        r"|savings?[- ]plans?|provisioned[- ]throughput|ptus?)\b"
        r"|\b(?:reservations?|reserved[- ]instances?|commitments?|savings?[- ]plans?)\s+"
        r"(?:(?:we|were|was|that|have|had|did)\s+)*(?:bought|purchased|buy)\b"
        r"|\b(?:commitment|reservation|reserved[- ]instance|savings?[- ]plan|committed[- ]use|up-?front)s?"
        r"(?:\s+(?:monthly|annual|recurring|upfront))?\s+(?:fees?|payments?)\b", re.I)),
    (KIND, "usage", re.compile(
        r"\busage\b(?=\s*(?:vs\.?|versus|against|and|or|,)\s+(?:\w+\s+)?"
        r"(?:purchases|tax(?:es)?|credits|refunds)\b)"
        r"|(?<=purchases vs )usage\b|(?<=purchases versus )usage\b|(?<=purchases and )usage\b"
        r"|(?<=purchases against )usage\b", re.I)),
    (KIND, "adjustments", re.compile(r"\badjustments?\b", re.IGNORECASE)),
    (KIND, "corrections", re.compile(r"\bcorrections?\b(?!\s+(?:factor|model|bot|team))", re.IGNORECASE)),
    ("ai", "yes", re.compile(
        r"\bnon[- ](?:gen-?)?(?:ai|llm)s?\b"
        r"|\b(?:ordinary|classic|regular|traditional|normal)\s+(?:cloud|compute|infra(?:structure)?|it|hosting)\b"
        r"|\b(?:not|isn['’]?t|aren['’]?t|wasn['’]?t|no|without|exclud(?:ing|es?)|except(?:\s+for)?|outside(?:\s+of)?|besides"
        r"|other\s+than|apart\s+from|minus|less|ex)\s+(?:the\s+|our\s+|any\s+|for\s+|on\s+)*(?:gen-?)?ai\b"
        r"(?!\s+(?:teams?|models?|tools?|and\s+machine))", re.I)),
    ("charged_for", "models", re.compile(
        r"(?<=\bon )(?:the\s+|our\s+|ai\s+|language\s+|hosted\s+|just\s+|only\s+)*(?:models|tokens)\b"
        r"(?!\s+(?:by|per|like|such|and|or|vs|versus|with|that|which|alone\s+and)\b|\s*[,/&])", re.I)),
    ("charged_for", "machines", re.compile(
        r"(?<=\bon )(?:the\s+|our\s+|just\s+|only\s+)*(?:machines|servers|instances|vms)\b"
        r"(?!\s+(?:by|per|like|such|and|or|vs|versus|with|that|which)\b|\s*[,/&])", re.I)),
    (WEEK, "weekend", re.compile(r"\bweekends?\b", re.IGNORECASE)),
    *(("day_of_week", day, re.compile(rf"\b{day}s\b", re.IGNORECASE)) for day in DAYS),
    (WEEK, "weekday", re.compile(r"(?<!\d )(?<!\d-)\b(?:weekdays?|working days|business days|workdays?)\b", re.I)),
)  # fmt: skip
BEFORE = re.compile(r"\b(?:before|pre|no|gross of)[\s-]+(?:any\s+|the\s+|all\s+|our\s+|that\s+)*$", re.IGNORECASE)
COUNTED_IN = re.compile(
    r"\b(?:after|includ(?:ing|es?)|incl\.?|inclusive of|with|counting)\s+(?:all\s+|any\s+|the\s+|our\s+)*$",
    re.IGNORECASE,
)
# A credit that is taken off makes the sum smaller, as all sums here have it.
DEDUCTED = re.compile(
    r"\s*,?\s*(?:(?:is|are|was|were|being|already)\s+)*(?:(?:taken|netted|knocked)\s+off|deducted|subtracted|applied)\b",
    re.I,
)
NET_OF = re.compile(r"\bnet of\s+(?:all\s+|any\s+|the\s+)*$", re.IGNORECASE)
AND = re.compile(r"\s*(?:,|and|&|or|/)\s*(?:and\s+)?(?:any\s+|the\s+)?", re.IGNORECASE)
COUNTED_AFTER = re.compile(
    r"(?:\s*(?:,|and|&)\s*(?:any\s+|sales\s+)*(?:tax(?:es)?|vat|credits?|refunds?))*\s*(?:(?:are\s+)?(?:counted|included)|incl\.?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ChargeWords:
    """`values` are the kinds asked for, or with `excluded` left out; `counted` is where a text only says that a kind is
    counted, as all kinds are unless left out."""

    values: tuple[Value, ...]
    counted: tuple[Span, ...]


def charge_words(text: str, masked: Sequence[Span] = (), names: Sequence[Span] = ()) -> ChargeWords:
    """Kinds of charges and parts of the week that `text` names outside `masked` and not as a part of one of the
    `names` of the ledger (the team Credit Risk), in order. Credits and refunds are
    negative amounts: spend net of them, or after them, has them counted; net of tax, it leaves tax out."""
    values: list[Value] = []
    counted: list[Span] = []
    every = [(m, dimension, name) for dimension, name, pattern in WORDS for m in pattern.finditer(text)]
    for match, dimension, name in sorted(every, key=lambda found: found[0].start()):
        start, end = match.span()
        if touches(start, end, masked) or any(begin <= start and end <= stop for begin, stop in names):
            continue
        before = text[:start]
        after_counted = bool(counted) and AND.fullmatch(text[counted[-1][1] : start]) is not None
        net = NET_OF.search(before) is not None and name != "taxes"
        deducted = name in {"credits", "refunds"} and DEDUCTED.match(text, end) is not None
        left_out = LEFT_OUT_AFTER.match(text, end) is not None and not deducted
        if (
            dimension == KIND
            and not left_out
            and (net or deducted or after_counted or COUNTED_IN.search(before) or COUNTED_AFTER.match(text, end))
        ):
            said = NET_OF.search(before) or COUNTED_IN.search(before)
            taken_off = DEDUCTED.match(text, end) if deducted else None
            counted.append((said.start() if said else start, taken_off.end() if taken_off else end))
            continue
        chained = bool(values) and values[-1].excluded and CHAIN.fullmatch(text[values[-1].end : start]) is not None
        out = bool(EXCLUDING.search(before) or BEFORE.search(before)) or chained or dimension == "ai"
        out = out or left_out
        values.append(Value(dimension, name, start, end, out))
    return ChargeWords(tuple(values), tuple(counted))
