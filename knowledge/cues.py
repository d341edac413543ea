"""The kind of thing a question asks for, looked for in a sentence: a person, a sum, a day, a place, a cause."""

from __future__ import annotations

import re

from knowledge.agreement import figures
from knowledge.focus import is_counted
from knowledge.lexical import raw_words, stem
from knowledge.question import Question
from knowledge.relevance import LONG, says, stems

NAME = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:de |van |von |al-)?[A-Z][a-zA-Z'’-]+)+\b")
WITH_UNIT = re.compile(
    r"(?i)[$€£¥]\s?\d|\d[\d,.]*\s*(?:%|percent|million|billion|trillion|thousand|dollars|euros|hours|days|weeks|months|"
    r"years|tokens|units|times|kWh|TWh|GW|MW|gigawatts?|megawatts?)|\bfactor of \d"
)
DAY = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"\b20\d\d\b"
)
MONEY = re.compile(
    r"(?i)[$€£¥]\s?\d|\d[\d,.]*\s*(?:(?:thousand|million|billion|trillion)\s+)?(?:US )?(?:dollars|euros|USD|EUR)\b"
)
ASKS_MONEY = re.compile(
    r"(?i)\b(?:cost|costs|price|prices|spend\w*|capex|revenue|pay|paid|worth|raise|raised|capital)\b"
)
ASKS_RATE = re.compile(r"(?i)\bhow (?:fast|quickly|steeply)\b|\b(?:percent\w*|share|proportion|rate) of\b")
PLACE = re.compile(r"\b(?:at|in|from|for) [A-Z]")
CAUSE = re.compile(
    r"(?i)\b(?:because|due to|driven by|drove|as a result|reasons?|owing to|why|since|led by|caused|drivers?)\b"
)


HOW_MUCH = re.compile(r"(?i)\bhow (?:much|many)\b")
COUNT = re.compile(
    r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|half|hundreds?|thousands?|millions?|billions?)$"
)


def cue(sentence: str, asked: Question) -> float:
    """1 where the sentence holds the kind of thing asked for, 0 where not."""
    match asked.asks:
        case "who":
            people = [name for name in NAME.findall(sentence) if not set(stems(name)) <= set(asked.names)]
            return float(bool(people))
        case "amount":
            if ASKS_MONEY.search(asked.text) and not ASKS_RATE.search(asked.text):
                return 1.0 if MONEY.search(sentence) else 0.3 * bool(WITH_UNIT.search(sentence))
            return 1.0 if WITH_UNIT.search(sentence) else 0.3 * bool(figures(sentence))
        case "when":
            return float(bool(DAY.search(sentence)))
        case "where":
            return float(bool(PLACE.search(sentence)))
        case "reason":
            return float(bool(CAUSE.search(sentence)))
        case _:
            return 0.0


def gives_amount(sentence: str, asked: Question) -> bool:
    """False where "how much" or "how many" is asked and the sentence has no such figure, for a number of things one
    that stands by their name."""
    if not HOW_MUCH.search(asked.text) or len(asked.terms) > LONG:
        return True
    if not (asked.focus and is_counted(asked.text)):
        return cue(sentence, asked) >= 1 or asked.asks != "amount"
    spoken = [stem(word) for word in raw_words(sentence)]
    places = [at for at, word in enumerate(spoken) if says(frozenset({word}), asked.focus[-1])]
    after = 8 if ASKS_MONEY.search(asked.text) else 3
    return any(COUNT.match(word) for at in places for word in spoken[max(0, at - 4) : at + after])
