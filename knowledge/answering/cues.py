"""The kind of thing a question asks for, looked for in a sentence: a person, a sum, a day, a place, a cause."""

from __future__ import annotations

import re

from knowledge.answering.agreement import figures
from knowledge.answering.focus import is_counted, is_theme
from knowledge.answering.nations import ADJECTIVES
from knowledge.searching.alike import wordings
from knowledge.searching.lexical import raw_words, stem
from knowledge.searching.question import Question
from knowledge.searching.relevance import LONG, says, stems

NAME = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:de |van |von |al-)?[A-Z][a-zA-Z'’-]+)+\b")
WITH_UNIT = re.compile(
    r"(?i)[$€£¥]\s?\d|\d[\d,.]*\s*(?:%|per ?cent|prozent|million|billion|trillion|thousand|dollars|euros|hours|days|"
    r"weeks|months|years|tokens|units|times|kWh|MWh|TWh|kW|GW|MW|gigawatts?|megawatts?|kilowatts?|watts?|[GT]i?B\b|gigabytes?|"
    r"terabytes?)|\bfactor of \d|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety)(?:-\w+)?) (?:per ?cent|in (?:ten|five|three|four|a hundred))\b|"
    r"\b(?:half|(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?|twice|doubled?|tripled?|halved)\b"
)
DAY = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"\b20\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bQ[1-4]\b|"
    r"\b(?:last|next|this|in|by|since|until|late|early|mid-?) ?(?:week|month|quarter|year|spring|summer|autumn|winter)|"
    r"\b(?:yesterday|today|tomorrow|now|soon)\b|"
    r"\b(?:in|within|after|for) (?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:days|weeks|months|years)"
)
MONEY = re.compile(
    r"(?i)[$€£¥]\s?\d|\d[\d,.]*\s*(?:(?:thousand|million|billion|trillion)\s+)?(?:US )?(?:dollars|euros|USD|EUR)\b"
)
ASKS_MONEY = re.compile(
    r"(?i)\b(?:cost|costs|price|prices|spend\w*|capex|revenue|pay|paid|worth|raise|raised|capital)\b"
)
COSTS = re.compile(r"(?i)^\W*what (?:does|did|do|will|would) (?:(?!\bsay\b|\babout\b).)*\b(?:cost|pay|charge|earn)\b")
# What rises or falls may do so by a share as well as by a sum.
ASKS_CHANGE = re.compile(
    r"(?i)\b(?:rais\w+|increas\w+|r[io]se\w*|grow\w*|cut\w*|lower\w*|reduc\w+|fall\w*|drop\w*|cheaper|dearer|"
    r"(?:go|goes|going|gone|went) (?:up|down)|climb\w*|jump\w*|surg\w*|chang\w*|mov(?:e|ed|es)|"
    r"more expensive|sav(?:e|es|ed|ings?))\b"
)
ASKS_RATE = re.compile(r"(?i)\bhow (?:fast|quickly|steeply)\b|\b(?:percent\w*|share|proportion|rate) of\b")
PLACE = re.compile(r"\b(?:at|in|from|for) [A-Z]")
CAUSE = re.compile(
    r"(?i)\b(?:because|due to|driven by|drove|as a result|reasons?|owing to|why|led by|caus\w+|drivers?|blam\w+|"
    r"thanks to|possible|enabl\w+|allow\w+|forc(?:ed|es)|prompt(?:ed|s)|led to|push(?:ed|es)|trigger\w+|in order to|"
    r"so that|citing|cites|"
    r"after (?!\d|an? |one |two |three |four |five |six |seven |eight |nine |ten |\w+teen |several )|"
    r"over (?:\w+ )?(?:overruns?|concerns?|fears?|costs?|disputes?|loss(?:es)?|delays?|doubts?)|"
    r"for \w+ing|comes? from|came from|stems? from|means that|attribut\w+|"
    r"results? (?:from|in)|explain\w*|"
    r"reflect\w*|amid|given|since (?!(?:\w+ )?(?:19|20)\d\d|last|spring|summer|autumn|winter|then)|"
    r"as (?:\w+ ){1,3}(?:got|became|grew|rose|fell|was|were|is|are|has|have|had|climbed|slowed|ran|took|takes)|"
    r"led (?:\w+ ){1,4}to|"
    r"to (?:avoid|save|free|meet|keep|pay|serve|make|cut))\b"
)
MEANS = re.compile(
    r"(?i)\b(?:by \w+ing|through|thanks to|with (?:a|an|the|its)|came from|comes? from|using|via|switch\w*|"
    r"credit(?:s|ed))\b"
)
# What happens on a day: a sentence that answers "when" says what happens.
EVENTS = frozenset(
    map(
        stem,
        """
        open close launch release ship arrive deliver decide rule leave join start begin end expire finish complete
        raise cut sell buy order announce hire appoint publish merge acquire invest sign retire sue fine build move
        """.split(),  # noqa: SIM905
    )
)
# "from 1 March 2027" says when something starts.
BEGINNINGS = frozenset(("start", "begin", "launch", "open"))
FROM_A_DAY = re.compile(
    r"\b(?:from|as of|effective|starting) (?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December|20\d\d|next)\b"
)
# The share of a question's words after which one may be a noun: "the 100-hour rule".
MOSTLY = 0.6
NO_NAMES = frozenset(
    """
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday AI GPU GPUs HBM LLM LLMs CPU CPUs APIs API CEO CFO CTO US EU UK
    """.split()  # noqa: SIM905
)
PLACES = frozenset(
    ("United States", "United Kingdom", "European Union", "New York", "North America", "South Korea", "Middle East")
)
OPENING = re.compile(
    r"^(?:The|A|An|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|In|On|At|Our|Its|His|Her|For|From|By|As|After|Since|With|"
    r"When|While|And|But|That|This|Both|Several|Many|Most|Some|All)\s+"
)
ONE_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zA-Z]+")
# A role is a person's, and a name that ends so is not.
ROLE = re.compile(
    r"(?i)\b(?:runs?|leads?|heads?|manages?|oversees?|in charge|responsible|chief|c[a-z]o|president|founder|boss|"
    r"director|treasurer|hired|appointed|joined|left)\b"
)
ORGANISATION = re.compile(
    r"\b(?:Labs?|Systems|Cloud|Power|Bank|Inc|Corp|Group|Research|Compute|Computing|University|Foundation|Institute|"
    r"Insurance|Technologies|Energy|Capital|Partners|Ventures|Holdings|Networks|Semiconductor|Electronics|Services)$"
)


# Whose superior is asked for, which a sentence tells in the same few words.
REPORTS_TO = re.compile(r"(?i)\b(?:report(?:s|ed|ing)?|answer(?:s|ed|ing)?)(?: directly)? to\b")
HOW_MUCH = re.compile(r"(?i)\bhow (?:much|many|long)\b")
HOW_MANY = re.compile(r"(?i)\bhow many\b")
# Which may be told as a share of them: `how many of the buyers`.
HOW_MANY_OF = re.compile(r"(?i)\bhow many of\b")
HOW_LONG = re.compile(r"(?i)\bhow long\b|\blead times?\b")
DURATION = re.compile(
    r"(?i)\b(?:\d[\d,.]*|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|half an?)[\s-]+"
    r"(?:(?:and )?(?:a half|more|full|working) )?(?:minute|hour|day|week|month|quarter|year|decade)s?\b"
)
UNTIL = re.compile(
    r"(?i)\buntil (?:\w+ ){0,3}?(?:20\d\d|(?:the )?(?:end|spring|summer|autumn|winter|january|february|march|"
    r"april|may|june|july|august|september|october|november|december))\b"
)
# What is a price or a share and no number of things.
OF_MONEY = re.compile(
    r"(?i)[$€£¥]\s?\d[\d.,]*(?:\s*(?:thousand|million|billion|trillion|bn|m)\b)?|\d[\d.,]*\s*(?:%|per ?cent)"
)
COUNT = re.compile(
    r"\d[\d,]*$|(?:two|three|four|five|six|seven|eight|nine|ten|half|hundreds?|thousands?|millions?|billions?)$"
)


def cue(sentence: str, asked: Question) -> float:
    """1 where the sentence holds the kind of thing asked for, 0 where not."""
    match asked.asks:
        case "who":
            named = _names_in(sentence)
            if ROLE.search(asked.text):
                named = [name for name in named if not ORGANISATION.search(name)]
            return float(any(not set(stems(name)) <= set(asked.names) for name in named))
        case "amount":
            if asked.focus and is_counted(asked.text):
                return float(_counts(sentence, asked))
            if HOW_LONG.search(asked.text):
                return float(bool(DURATION.search(sentence) or UNTIL.search(sentence)))
            if asks_money(asked) and not (ASKS_RATE.search(asked.text) or ASKS_CHANGE.search(asked.text)):
                return 1.0 if MONEY.search(sentence) else 0.3 * bool(WITH_UNIT.search(sentence))
            return 1.0 if WITH_UNIT.search(sentence) else 0.3 * bool(figures(sentence))
        case "when":
            return float(bool(DAY.search(sentence)))
        case "where":
            return float(bool(PLACE.search(sentence)))
        case "reason":
            return float(bool(CAUSE.search(sentence)))
        case "way":
            return float(bool(MEANS.search(sentence)))
        case _:
            return 0.0


def asks_money(asked: Question) -> bool:
    return ASKS_MONEY.search(asked.text) is not None and HOW_MANY.search(asked.text) is None


def _names_in(sentence: str) -> list[str]:
    full = [OPENING.sub("", name) for name in NAME.findall(sentence) if name not in PLACES]
    full = [name for name in full if " " in name and ADJECTIVES.isdisjoint(name.split())]
    return [*full, *(set(ONE_NAME.findall(NAME.sub("", sentence))) - NO_NAMES - ADJECTIVES)]


def names_nobody_else(sentence: str, asked: Question) -> bool:
    """Whether every name in the sentence is one that the question has too."""
    return all(set(stems(name)) & set(asked.names) for name in _names_in(sentence))


def names_only_persons(sentence: str, asked: Question) -> bool:
    """Whether every name in the sentence that the question has not is written as a person's."""
    others = [name for name in _names_in(sentence) if not set(stems(name)) & set(asked.names)]
    return all(" " in name and not ORGANISATION.search(name) for name in others)


def gives_kind(sentence: str, said: frozenset[str], asked: Question) -> bool:
    """False where a person, a day or a cause is asked for and the sentence has none, where it has a person or a day
    without what is done or happens, and where it has no figure though a cost is asked for."""
    if COSTS.search(asked.text) and not WITH_UNIT.search(sentence):
        return False
    if REPORTS_TO.search(asked.text) and not REPORTS_TO.search(sentence):
        return False
    if len(asked.terms) > LONG or asked.asks not in ("who", "when", "reason"):
        return True
    if not cue(sentence, asked):
        return False
    saying = sum(says(said, term) for term in asked.terms)
    if asked.asks == "reason" or (asked.asks == "who" and saying >= MOSTLY * len(asked.terms)):
        return True
    begins = FROM_A_DAY.search(sentence) is not None
    return all(says(said, term) or (begins and term in BEGINNINGS) for term in asked.terms if term in EVENTS)


def gives_amount(sentence: str, asked: Question) -> bool:
    """False where "how much", "how many" or "how long" is asked and the sentence has no such figure, for a number of
    things one that stands by their name; and where a measure of somebody is asked for and it has no figure."""
    if len(asked.terms) > LONG:
        return True
    if not HOW_MUCH.search(asked.text):
        return asked.asks != "amount" or not asked.focus or is_theme(asked.text) or bool(cue(sentence, asked))
    if not (asked.focus and is_counted(asked.text)):
        return cue(sentence, asked) >= 1 or asked.asks != "amount"
    return _counts(sentence, asked)


def _counts(sentence: str, asked: Question) -> bool:
    """Whether a number stands by the name of the things asked about."""
    whole = asks_money(asked) or HOW_MANY_OF.search(asked.text)
    counted = sentence if whole else OF_MONEY.sub(" ", sentence)
    spoken = [stem(word) for word in raw_words(counted)]
    thing = wordings(asked.focus[-1])
    places = [at for at, word in enumerate(spoken) if word in thing]
    after = 8 if asks_money(asked) else 3
    return any(COUNT.match(word) for at in places for word in spoken[max(0, at - 5) : at + after])
