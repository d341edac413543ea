"""The output of a use told by its input, or the other way round: `half of that out`, `3:1 input to output`."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.reading import Reading

PARTS = {
    "half": Decimal(50),
    "a third": Decimal(100) / 3,
    "one third": Decimal(100) / 3,
    "a quarter": Decimal(25),
    "one quarter": Decimal(25),
    "a fifth": Decimal(20),
    "one fifth": Decimal(20),
    "a sixth": Decimal(100) / 6,
    "an eighth": Decimal(100) / 8,
    "a tenth": Decimal(10),
    "one tenth": Decimal(10),
    "two thirds": Decimal(200) / 3,
    "three quarters": Decimal(75),
    "twice": Decimal(200),
    "double": Decimal(200),
    "two times": Decimal(200),
    "three times": Decimal(300),
    "four times": Decimal(400),
    "the same": Decimal(100),
    "the same amount": Decimal(100),
    "just as many": Decimal(100),
    "equally many": Decimal(100),
}
MANY = rf"(?P<part>{'|'.join(sorted(PARTS, key=len, reverse=True))}|(?P<percent>\d+(?:\.\d+)?)\s?(?:%|percent))"
OUT = r"(?:output|out|completion|generated|back)"
IN = r"(?:input|in|prompt|sent)"
ENDS = r"(?!\w)(?!\s+of\b)"
OF_IT = (
    rf"(?:\s+(?:of\s+)?(?:that|this|it|them|those|the\s+(?:{IN}|{OUT}|amount)|as\s+(?:many|much)|the\s+number"
    r"|many|much))?"
)
# `half that in output`, `twice as many output tokens`, `a quarter of it out`
SIDE_AFTER = re.compile(
    rf"(?<![\w-]){MANY}{OF_IT}\s+(?:tokens?\s+)?(?:(?:coming|comes|came|going|goes|returned|back|in|as|for|the|of)\s+){{0,3}}(?:(?P<out>{OUT})|(?P<in>{IN})){ENDS}",
    re.IGNORECASE,
)
# `output is half the input`, `output at 20% of the input`
SIDE_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<out>{OUT})|(?P<in>{IN}))(?:\s+tokens?)?\s*(?:=|:|is|are|was|being|at|of|about|roughly|around|~|\s)*\s*{MANY}"
    rf"\s+(?:of\s+|as\s+(?:many|much)\s+as\s+)?(?:that|this|it|the\s+{IN}|the\s+{OUT}|{IN}|{OUT}|the\s+amount)(?!\w)",
    re.IGNORECASE,
)
RATIO = re.compile(
    r"(?<![\w.:/-])(?P<one>\d{1,3}(?:\.\d+)?)\s?(?:[:/]|\bto\b)\s?(?P<other>\d{1,3}(?:\.\d+)?)(?![\w:/]|\.\d)\s*"
    rf"(?:\(|,)?\s*(?:(?:ratio|split|mix)\s+)?(?:of\s+|for\s+|between\s+)?\(?(?:(?P<in>{IN}s?)|{OUT}s?)(?:\s+tokens?)?\s?"
    rf"(?:[/:]|-to-|to|and|vs\.?|versus|over)\s?(?:{OUT}|{IN})s?\b\)?",
    re.IGNORECASE,
)
RATIO_AFTER = re.compile(
    rf"\b(?:(?P<in>{IN}s?)|{OUT}s?)(?:\s+tokens?)?\s?(?:[/:]|-to-|to|and|vs\.?)\s?(?:{OUT}|{IN})s?\b\s*(?:tokens?\s+)?"
    r"(?:ratio|split|mix)?\s*(?:of|is|at|=|:|was|being)?\s*(?P<one>\d{1,3}(?:\.\d+)?)\s?(?:[:/]|\bto\b)\s?(?P<other>\d{1,3}(?:\.\d+)?)(?![\w:/]|\.\d)",
    re.IGNORECASE,
)


def output_share(r: Reading) -> Decimal | None:
    """The output tokens in percent of the input tokens, where the one is told by the other; None where neither is."""
    if ratio := _ratio(r.text):
        return ratio
    for pattern in (SIDE_AFTER, SIDE_BEFORE):
        if found := pattern.search(r.text):
            share = Decimal(found["percent"]) if found["percent"] else PARTS[re.sub(r"\s+", " ", found["part"].lower())]
            return share if found["out"] else Decimal(10000) / share
    return None


AS_MANY = re.compile(r"\bas\s+(?:many|much)\b|\bsame\b|\bequally\b|\bjust\b", re.IGNORECASE)


def input_of_all(r: Reading) -> Decimal | None:
    """The input in percent of all tokens, where the tokens have no side and a part of them is said to be of one: `40M
    tokens, a quarter of them output`; None where a side is told by the other one."""
    if _ratio(r.text):
        return None
    if (told := next((a for a in r.percents if a.role in {"input", "output"}), None)) is not None:
        return told.value if told.role == "input" else 100 - told.value
    found = SIDE_AFTER.search(r.text)
    if found is None or AS_MANY.search(found[0]):
        return None
    share = Decimal(found["percent"]) if found["percent"] else PARTS[re.sub(r"\s+", " ", found["part"].lower())]
    if share > 100:
        return None
    return share if found["in"] else 100 - share


def ratio_numbers(r: Reading) -> tuple[int, int] | None:
    """Where the two numbers of a ratio of input to output stand: they count nothing by themselves."""
    found = RATIO.search(r.text) or RATIO_AFTER.search(r.text)
    return (found.start("one"), found.end("other")) if found else None


def _ratio(text: str) -> Decimal | None:
    found = RATIO.search(text) or RATIO_AFTER.search(text)
    if found is None:
        return None
    one, other = Decimal(found["one"]), Decimal(found["other"])
    if not one or not other:
        return None
    return other / one * 100 if found["in"] else one / other * 100
