"""Sentences that tell of people and occasions and say nothing of a figure: `my boss keeps asking`, `no rush at all`."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.agent.planner.left_over.weights import changes_the_figure
from bot.agent.planner.reading import Reading

BE = r"(?:['’](?:m|re|ve|d|ll|s)|\s+(?:am|are|is|was|were|have|has|had|will|would|can|could|keeps?|just|still|really))"
LEADS = (
    r"(?:(?:so|ok(?:ay)?|well|and|but|btw|by\s+the\s+way|fyi|also|anyway|sorry|apologies|happy\s+\w+day|context|background"
    r"|(?:some|quick|a\s+bit\s+of)\s+(?:context|background)|(?:to\s+cut\s+a\s+)?long\s+story\s+short|heads[\s-]up|hope\s+you\W*re\s+well"
    r"|full\s+disclosure|tbh|honestly|yes|no|ah|oh|hm+|right|good\s+news|bad\s+news)\b[\s,:;.!–—-]*)*"
)
SOMEBODY = (
    r"(?:(?:my|our|the|one\s+of\s+(?:my|our|the)|some\s+of\s+(?:my|our|the))\s+(?:[a-z'’-]+\s+){1,3}?"
    r"(?:(?:is|are|was|were|has|have|had|keeps?|wants?|wanted|needs?|needed|thinks?|thought|says?|said|asks?|asked|claims?"
    r"|believes?|insists?|told|will|would|can|can['’]?t|cannot|could|won['’]?t|isn['’]?t|aren['’]?t|does|doesn['’]?t|did"
    r"|didn['’]?t|just|broke|died|crashed|came|comes|went|got|gets|made|loves?|hates?|likes?|showed)\b|[a-z]{3,}ed\b))"
)
# How a sentence opens that is about somebody, or about asking itself.
OPENS = re.compile(
    rf"^\W*{LEADS}(?:"
    rf"(?:i|we|they|he|she|you|y['’]?all|everyone|everybody|somebody|someone|nobody|people|finance|leadership|management|procurement"
    rf"|legal|accounting|who(?:ever)?)(?:{BE}|\s+\w+)"
    rf"|{SOMEBODY}|(?:there|it|this|that|here)(?:['’]s|\s+(?:is|was|has))\b"
    r"|no\s+(?:rush|hurry|pressure|worries|stress|urgency|need|biggie|big\s+deal|problem)\b"
    r"|not\s+(?:sure|certain|urgent|a\s+(?:rush|priority|big\s+deal)|that\s+it\s+matters)\b"
    r"|(?:just\s+|only\s+)?(?:want(?:ed|ing)?\s+to|trying\s+to|hoping|looking|checking|curious|wondering|thinking|following|circling"
    r"|catching|leaving|putting|setting|asking|preparing|prepping|need(?:ing)?\s+(?:this|it|that|to)|bear|bit\s+of|hope)\b"
    r"|when(?:ever)?\s+you\s+(?:have|get|can)\b|if\s+(?:you\s+(?:can|could|have|don['’]?t\s+mind|know|get)|that['’]?s|possible|it['’]?s\s+not)\b"
    r"|(?:many\s+|thanks?\s+)?(?:thanks?|thx|ty|cheers|tyia|appreciate\w*)\b"
    r"|(?:tomorrow|monday|friday|later|eod|any\s*time)\s+(?:is|would\s+be)\s+(?:fine|ok\w*|great|good)\b"
    r")",
    re.IGNORECASE,
)
# Says what is to be counted, or how; or supposes something.
DEFINES = re.compile(
    r"\b(?:means?|meant|meaning|count(?:s|ing)?|exclud\w*|includ\w*|only(?!\s+(?:asking|wondering|checking))|except|consider\w*"
    r"|assum\w*|suppos\w*|imagine|defin\w*|ignor\w*|treat\w*|takes?|taking|keep(?!s)|limit\w*|restrict\w*|focus\w*|without|never|ex"
    r"|outside|minus|skip\w*|remove\w*|drop(?:s|ped|ping)?|instead|rather|same|based|according|switch\w*|mov(?:e[ds]?|ing)|migrat\w*"
    r"|replac\w*|grow\w*|doubl\w*|cut\w*|use[ds]?|using|pays?|paid|charge[ds]?|buy\w*|bought|rent\w*|run(?:s|ning)?|serv\w*"
    r"|train\w*|deploy\w*|hosts?|hosting|process\w*|handl\w*|generat\w*|send|sends|sent|get\s+a|discount\w*|negotiat\w*"
    r"|forecast\w*|budget\w*|compar\w*|versus|vs|split|by|per|each|every|if|unless|whose|in\s+(?:the|our)\s+\w+\s+(?:area|region|env\w*))\b"
    r"|\d|%|[$€£]",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"\bif\s+(?:you\s+(?:can|could|have|don['’]?t\s+mind|know|get)|that['’]?s|possible|it['’]?s\s+not)\b|\bby\s+(?:the\s+way|\w+day|tomorrow|then|eod|now|noon)\b"
    r"|\bcan['’]?t\s+run\b|\bin\s+\d+\s*(?:min\w*|hours?|hrs?)\b|\bat\s+\d{1,2}(?::\d\d)?(?:\s?(?:am|pm|o['’]?clock))?\b(?!\s*(?:%|[kmb]\b|\w*llion|tokens?))"
    r"|\brunning\s+(?:late|around|out\s+of\s+time)\b|\b(?:used|needs?|needed)\s+to\s+know\b|\ball\s+the\s+same\b|\bwant\w*\s+to\s+double\b"
    r"|\bno\s+(?:rush|hurry|pressure|worries|stress|urgency|need(?:\s+to\s+(?:rush|hurry))?|biggie|big\s+deal|problem)\b"
    r"|\bnot\s+(?:sure|certain|urgent|a\s+(?:rush|priority|big\s+deal)|that\s+it\s+matters)\b|\b(?:leaving|putting|setting)\s+\w+\s+aside\b"
    r"|\bnever\s*mind\b|\bdouble[\s-]check\w*\b",
    re.IGNORECASE,
)
OCCASION = re.compile(
    r"\b(?:(?:this|tomorrow|yesterday|late)\s+(?:morning|afternoon|evening|night)|tonight|to(?:day|morrow)|yesterday|(?:on\s+|next\s+|this\s+)?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)?(?:\s+(?:morning|afternoon|evening))?|(?:this|next)\s+week|last\s+night)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"\b(?:spen[dt]\w*|costs?|prices?|bills?|invoices?|budgets?|forecast|rates?|totals?)\b", re.IGNORECASE
)
GUESS = re.compile(
    rf"^\W*{LEADS}(?:i\s+(?:think|thought|guess|believe|remember|recall|heard|assumed|estimated|was\s+told|would\s+(?:guess|say))"
    r"|i['’]d\s+(?:guess|say)|somebody\s+(?:said|told\s+me)|someone\s+(?:said|told\s+me)|my\s+(?:guess|estimate)\s+(?:is|was)|apparently)\s+"
    r"(?:(?:it|that|we|this|they|he|she)\s+)?(?:\w+['’]?\w*\s+){0,5}?[$€£~]?\s?\d[\d.,]*\s?(?:k|m|mn|million|thousand|grand|bucks|dollars|usd|eur)?"
    r"(?:\s+(?:or\s+(?:so|something)|ish|ish\.|total|in\s+total|all\s+in))*\W*$",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"^\W*(?:(?:and|so|also|but|please|pls)\W+)*(?:what|how|who|which|when|where|why|is|are|do|does|did|can|could|would|should|will"
    r"|compare|show|give|list|tell|calculate|compute|work\s+out|break)\b",
    re.IGNORECASE,
)
JOINTS = re.compile(r"(?P<mark>[,;:.!–—]+\s+(?:(?:but|so|and)\s+)?|\s-+\s+|\s(?:but|so)\s)", re.IGNORECASE)
TAILS = re.compile(
    r"(?P<mark>[?!]+\s+(?=\S)|\s[-–—]+\s+|[.;]\s+|\s\((?=[^)]*\)\W*$)|,\s*(?=(?:no|when(?:ever)?|if|not|my|our|i|we)\s+\S))",
    re.I,
)
BACK = re.compile(r"\b(?:it|that|this|them)\b", re.IGNORECASE)
SHORTEST = 2
CLAUSES = re.compile(
    r"\s*(?:[.!;:–—]+\s+|,\s+(?:and|but|so)\s+|\s-+\s|,\s*(?=(?:no|not|i|we|my|our|the|it|they|he|she|you)\b))\s*", re.I
)


def without_occasions(text: str) -> str:
    """`text` without the day or hour on which something is to be done, as told of people."""
    return OCCASION.sub(" ", POLITE.sub(" ", text))


def tells_of_people(text: str) -> bool:
    """Whether every clause of a text only tells of people or of asking, and none says what is to be counted."""
    clauses = [clause for clause in CLAUSES.split(text.strip(" .!,;:-–—")) if re.search(r"\w", clause)]
    return bool(clauses) and all(_of_people(clause) for clause in clauses)


def _of_people(clause: str) -> bool:
    rest = without_occasions(clause)
    if not re.search(r"\w{2}", rest) or re.fullmatch(rf"\W*{LEADS}\W*", f"{clause} ", re.I):
        return True
    return OPENS.match(clause) is not None and not DEFINES.search(rest) and "?" not in clause


def guesses(text: str) -> bool:
    """Whether a text only says what somebody takes an amount to be."""
    return GUESS.match(text) is not None and not re.search(
        r"\b(?:tokens?|requests?|users?|gpus?|calls?|hours?)\b", text, re.I
    )


def names_nothing(r: Reading) -> bool:
    """Whether a sentence about people names nothing that a question could be about."""
    capital = any(unread.name[:1].isupper() and unread.start for unread in r.unread)
    named = r.models or r.accelerators or r.values or r.periods or r.amounts or r.groupings or capital
    return not named and not changes_the_figure(r.text)


def says_nothing(text: str, reads: Callable[[str], Reading]) -> bool:
    """Whether a text tells of people only, or what somebody guesses, and names nothing that a figure is of."""
    if guesses(text):
        return True
    return tells_of_people(text) and names_nothing(reads(without_occasions(text)))


def without_telling(text: str, reads: Callable[[str], Reading]) -> str:
    """`text` without what is told of people before its question and after it."""
    return _without_end(_without_start(text, reads), reads)


def _without_start(text: str, reads: Callable[[str], Reading]) -> str:
    for joint in reversed([*JOINTS.finditer(text)]):
        head, rest = text[: joint.start()], text[joint.end() :]
        strong = joint["mark"].strip(", ") not in {"", "but", "so", "and"}
        asks = ASKS.match(rest) or (strong and (FIGURE.search(rest) or _names(reads(rest))))
        if not asks or len(rest.split()) < SHORTEST or not says_nothing(head, reads):
            continue
        if (FIGURE.search(head) or guesses(head)) and (not _names(reads(rest)) or BACK.search(rest)):
            continue
        return rest
    return text


def _without_end(text: str, reads: Callable[[str], Reading]) -> str:
    for joint in TAILS.finditer(text):
        head, tail = text[: joint.start()], text[joint.end() :].rstrip(" )")
        if len(head.split()) < SHORTEST or FIGURE.search(tail) or ASKS.match(tail) or guesses(tail):
            continue
        if says_nothing(tail, reads):
            return f"{head.rstrip()}{joint['mark'].strip() if joint['mark'].strip() in {'?', '!'} else ''}"
    return text


def _names(r: Reading) -> bool:
    return bool(r.models or r.accelerators or r.values or r.periods or r.amounts or r.groupings)


def told_beside(piece: str, reads: Callable[[str], Reading]) -> bool:
    """Whether a sentence of its own beside a question only tells of people."""
    return not ASKS.match(piece) and not FIGURE.search(piece) and not guesses(piece) and says_nothing(piece, reads)
