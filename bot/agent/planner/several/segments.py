"""Several questions in one message, one by one."""

from __future__ import annotations

import re

from bot.agent.planner.several.enumerated import numbered, one_after_another
from bot.agent.planner.spelling.spelling_targets import MONTHS
from bot.agent.planner.wording.asides import without_asides

STARTS = r"what|how|who|which|when|where|why|is|are|do|does|did|can|could|would|should|will|compare|show|give|list|tell"
# A new question begins after ? or a line break, and after ; or "and"/"also" when a question follows.
BREAK = re.compile(
    rf"(?<=\?)\s+|(?<=;)\s+(?=(?:(?:and|also|then)\s+)*(?:{STARTS})\b)|[\n\r]+"
    rf"|(?:,|\.)?\s+(?:and\s+also|and|also|plus|then)\s+(?=(?:{STARTS})\b[^?;\n]*\?)",
    re.IGNORECASE,
)
# Two questions of which neither is marked: `what did search spend in May and what does gpt-4o cost`.
UNMARKED = re.compile(
    r",?\s+(?:and\s+also|and|&|also|plus)\s+(?=(?:what|how|which|who)\s+(?:did|do|does|is|was|were|much|many|will|would|has|have)\b"
    r"(?!.*\b(?:it|that|this|them|those|these|each)\b))",
    re.IGNORECASE,
)
SENTENCE = re.compile(rf"(?<=[a-z0-9])\.\s+(?=(?:also|and|{STARTS})\b)", re.IGNORECASE)
ASKS = re.compile(rf"^\W*(?:(?:hi|hey|hello|please|pls|so|ok|and|also)\W+)*(?:{STARTS})\b", re.IGNORECASE)
AGAIN = re.compile(r"^\W*(?:and|also|same|then|now|plus|with|for|in|vs)\b", re.IGNORECASE)
# How to answer, or what to take as given: `Answer in USD billions.`, `If it is not relevant, say why.`
TELLS_HOW = re.compile(
    r"^\W*(?:(?:and|also|please|pls|kindly)\W+)*(?:(?:please|answer|use|assume|round|express|state|respond|reply|"
    r"take|consider|look at|go with|let['’]?s (?:take|use|say)|if|unless|note that|base|relying|your answer|the answer|"
    r"[\w -]{2,40}? is (?:defined|calculated|computed) (?:as|by))\b|"
    r"(?:give|provide|show|tell|report|write|put) (?:me |us )?(?:your|the|this|that|it|an?|both|all|them)?\s*"
    r"(?:final |numerical |numeric |exact )?(?:answers?|response|result|figures?|values?|numbers?|it|amounts?)?\s*"
    r"(?:in|to|as|rounded|with|using|up to)\b)(?![^.]*\?\s*$)",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"\W*(?:many\s+)?(?:thanks?(?:\s+you)?(?:\s+(?:a lot|so much|very much|in advance))?|thx|cheers|please|pls)\W*",
    re.IGNORECASE,
)


# A word or three after a question are the rest of it ("... at weekends? August"), not a question of their own.
REST = re.compile(
    rf"(?!(?:and|or|also|but|same|why|now|then|{STARTS})\b)[\w'’.-]+(?:\s+[\w'’.-]+){{0,2}}[.!]?", re.IGNORECASE
)
# What is to be told of the question before: no question of its own.
GAP = re.compile(
    r"\W*(?:and\s+)?(?:please\s+)?(?:(?:tell|give|show)\s+me|what(?:['’]?s|\s+is)|i\s+need)\s+the\s+"
    r"(?:gap|difference|delta)(?:\s+in\s+(?:price|cost|dollars))?\W*(?:please)?\W*",
    re.IGNORECASE,
)


FIGURE = re.compile(r"\b(?:prices?|spend(?:ing)?|spent|costs?|bills?|rents?|forecast|budget|total)\b", re.IGNORECASE)
ENDS_IN_FIGURE = re.compile(
    r"\b(?:prices?|spend(?:ing)?|costs?|bills?|rents?|effective|list|billed)\W*$", re.IGNORECASE
)
SIDE_BY_SIDE = re.compile(
    r"\b(?:compar\w+|vs\.?|versus|against|between|difference|ratio|sum|together|combined|if|than|both|relative)\b",
    re.IGNORECASE,
)
LEAST_WORDS = 4
JOINED = re.compile(
    r"(?:,?\s+(?:and\s+also|and|also|plus)|;|,)\s+(?=(?:the\s+|our\s+)?(?:\w+\s+)?(?:price|rent|spend|bill)s?\s+"
    r"(?:of|for)\s+(?![$€£\d])\S)"
    r"|;\s+(?=(?:the\s+|our\s+)?[\w&'’-]+(?:\s+[\w&'’-]+)?\s+(?:spend|spending)\b)",
    re.IGNORECASE,
)


def segments(text: str) -> list[str]:
    """The questions of a message in order, each as written but for doubled spaces and a greeting.

    A piece with no letters, or a greeting's comma, does not become a question of its own.
    """
    kept: list[str] = []
    flat = without_asides(re.sub(r"[^\S\n]+", " ", text.strip()))
    if listed := numbered(flat):
        return [one for part in listed for one in segments(part)]
    pieces = [one for piece in BREAK.split(flat) for one in _unmarked(piece)]
    for piece in filter(None, (piece.strip(" -•*") for piece in pieces)):
        if kept and not re.search(r"[A-Za-z]{2}", piece):
            kept[-1] = f"{kept[-1]} {piece}"
            continue
        if kept and THANKS.fullmatch(piece):
            continue
        if kept and GAP.fullmatch(piece):
            kept[-1] = f"{kept[-1].rstrip('? ')}, {piece}"
            continue
        if kept and TELLS_HOW.match(piece):
            kept[-1] = f"{kept[-1]} {piece}"
            continue
        if kept and kept[-1].endswith(";") and not _asks(kept[-1]):
            kept[-1] = f"{kept[-1]} {piece}"
            continue
        if (
            kept
            and kept[-1].endswith("?")
            and (REST.fullmatch(piece) or _goes_on(piece) or _says_when(kept[-1], piece))
        ):
            joint = ". " if ASKS_BARELY.search(piece) else " "
            kept[-1] = f"{kept[-1].rstrip('? ')}{joint}{piece}"
            continue
        told = ""
        for sentence in SENTENCE.split(piece):
            told = f"{told}. {sentence}" if told else sentence
            if _asks(told):
                kept.append(told)
                told = ""
        if told:
            kept.append(told)
    return [clause for piece in kept for one in one_after_another(piece) for clause in _clauses(one)] or [flat]


def _unmarked(piece: str) -> list[str]:
    """Two questions joined without a question mark, where the first is one by itself."""
    parts = UNMARKED.split(piece, maxsplit=1)
    whole = len(parts) == 1 or not ASKS.search(parts[0]) or len(parts[0].split()) < LEAST_WORDS
    return [piece] if whole or SIDE_BY_SIDE.search(piece) else parts


def _clauses(piece: str) -> list[str]:
    """A piece whose clauses each ask for a figure of their own without a question word, clause by clause: `search spend
    in May and the price of gpt-4o`."""
    found = JOINED.search(piece)
    if found is None or SIDE_BY_SIDE.search(piece):
        return [piece]
    left, right = piece[: found.start()].strip(), piece[found.end() :].strip()
    if len(left.split()) < 3 or not FIGURE.search(left) or ENDS_IN_FIGURE.search(left):
        return [piece]
    return [left, *_clauses(right)]


# A question with nothing of its own to ask about, after a sentence that only adds to what was asked before.
ASKS_BARELY = re.compile(
    r"^(?!\W*(?:what|how|who|which|when|where|why)\b)[^?]*[.;!]\s+(?:so\s+|and\s+)?"
    r"(?:what(?:['’]s|\s+is|\s+would\s+be)\s+the\s+(?:difference|saving|gap|result|answer)"
    r"|which(?:\s+one)?\s+(?:is|would\s+be)\s+(?:cheaper|better|less)|what\s+do\s+we\s+(?:save|lose)"
    r"|is\s+it\s+worth\s+it)\W*$",
    re.IGNORECASE,
)


TELLS = re.compile(
    r"^\W*(?:there\s+(?:are|were)|we(?:['’]re|['’]ve|\s+(?:are|have|had|were|employ|made))|our\s+(?:revenue"
    r"|headcount|turnover|sales|arr)|headcount|i['’]?m\s+assuming|fyi)\b",
    re.IGNORECASE,
)


# What a calculation is given: `running costs 45 cents an hour`.
GIVEN = re.compile(
    r"^\W*(?:the\s+|our\s+)?(?:running|operating|power|electricity|energy|maintenance|opex|upkeep|hosting|housing|staff"
    r"|utili[sz]ation|pue|residual|resale|discount rate|assume|assuming)\b",
    re.IGNORECASE,
)


def _goes_on(piece: str) -> bool:
    """Whether a piece after a question only adds values to it: `Should we commit? 20% off, 85% used`."""
    if ASKS_BARELY.search(piece) and re.search(r"\d", piece):
        return True
    if (TELLS.match(piece) or GIVEN.match(piece)) and re.search(r"\d", piece) and not _asks(piece):
        return True
    return not _asks(piece) and AGAIN.match(piece) is None and len(re.findall(r"\d+", piece)) >= 2


A_TIME = re.compile(
    r"\b(?:yesterday|today|[ymwq]td|[qh][1-4]|20\d\d|days?|weeks?|months?|quarters?|years?"
    rf"|{'|'.join(sorted(MONTHS))})\b",
    re.IGNORECASE,
)
ONLY_A_TIME = re.compile(
    r"(?:(?:for|in|over|during|across)\s+)?(?:the\s+)?(?:last|past|previous|this|first|second|since|from|between"
    r"|calendar"
    r"|full|complete|q[1-4]|h[12]|20\d\d)\b(?:\s+[\w'’-]+){0,7}\W*",
    re.IGNORECASE,
)


def _says_when(asked: str, piece: str) -> bool:
    """Whether a piece after a question without a time only says the time: `what is it weekly? last 4 weeks`."""
    return ONLY_A_TIME.fullmatch(piece) is not None and A_TIME.search(piece) is not None and not A_TIME.search(asked)


def _asks(piece: str) -> bool:
    """Whether a piece asks something by itself; what is only told belongs to the question after it."""
    return piece.endswith("?") or ASKS.search(piece) is not None
