"""What is written around a question and asks nothing: greetings, apologies, who wants to know, and why."""

from __future__ import annotations

import re

# Who may want to know: an office, never the name of somebody.
OFFICE = (
    r"(?:(?:the|my|our)\s+)?(?:finance|cfo|ceo|cto|coo|cio|boss|manager|board|auditors?|director|vp|leadership|management"
    r"|controllers?|procurement|accounting|investors?|execs?|executives|bosses|somebody|someone|they|head\s+of\s+\w+)"
    r"(?:\s+(?:team|people|dept|department|folks|guys))?"
)
# What the answer is for.
PAPER = (
    rf"(?:{OFFICE}|(?:(?:the|my|our|a|tomorrow['’]?s|today['’]?s|next)\s+)*(?:(?:board|cfo|finance|management|weekly|monthly"
    r"|quarterly)\s+)*(?:deck|slides?|memo|qbr|mbr|wbr|board|report|meeting|steerco|standup|newsletter))"
)
AT_THE_START = (
    r"@?outlay\s*[,:!-]+(?=\s)",
    r"(?:so\s+)?sorry\s+(?:to\s+(?:bother|bug|disturb|trouble|interrupt|ask|pester|keep\s+asking)|for\s+(?:the|another|asking|all))"
    r"\b(?:\s+(?:you|you\s+all|y['’]all|everyone|again|once\s+more|so\s+late|bother|interruption|trouble|spam|noise|ping"
    r"|question|questions|these|but))*\s*[,.!:;-]+",
    r"(?:(?:ah+|oh|ok(?:ay)?|cool|great|nice|perfect|awesome|super|brilliant|excellent|lovely|wonderful|interesting|(?-i:[Ww]ow)|got\s+it"
    r"|i\s+see|makes\s+sense|understood|good\s+to\s+know|fair\s+enough|noted|thanks?(?:\s+(?:you|a\s+lot|so\s+much|a\s+bunch|for\s+that))?"
    r"|thx|ty|cheers|alright|all\s+right|hm+|that(?:['’]s|\s+is)\s+(?:helpful|great|perfect|good|interesting|useful|clear|fine))\s*[,.!:;–—-]+\s*)+",
    r"(?:excuse\s+me|pardon\s+me|apologies)\s*[,.!:;-]+",
    r"(?-i:[A-Z][a-z]+)(?:\s+(?-i:[A-Z][a-z]+))?\s+here(?:\s*,?\s*(?:from|in)\s+\w+)?\s*[,.!:;–—-]+",
    r"(?:(?:can|could|would|will)\s+(?:you|u)\s+)?(?:(?:please|pls|quickly|kindly|just)\s+)*(?:tell|answer|help|check|look\s+up)"
    r"(?:\s+(?:me|us|for\s+me|this|please|quickly|with\s+this))*\s*:",
    r"(?:i|we)(?:['’]?d|\s+would|\s+just)?\s+(?:like|love|want|need)\s+to\s+(?:know|see|check)\s*:",
    rf"(?:(?:this|a|the|another|one|quick)\s+)*(?:one\s+)?for\s+{PAPER}\s*:",
    r"(?:just\s+)?(?:(?:a|one|yet\s+another|another)\s+)?(?:quick|short|silly|dumb|stupid|simple|easy|random|small|tiny)\s+"
    r"(?:one|question|q|thing)(?:\s+for\s+(?:you|the\s+bot))?\s*[,.!:;-]+",
)
AT_THE_END = (
    r"\(\s*(?:(?:i|we)\s+)?(?:just\s+)?need(?:ed)?\s+(?:it|this|that|these)\b[^()\d]{0,40}\)",
    rf"(?:[-–—,.;( ]*[-–—,.;(]|\bas|\bbecause|\bsince)\s*{OFFICE}\s+"
    r"(?:(?:is|are|keeps?|was|were)\s+(?:asking|waiting|wondering|curious)"
    r"|wants?|needs?|asks?|asked|would\s+like)(?:\s+(?:me|us|for|about|to|know|see|it|this|that|on|today|now))*\s*\)?",
    r"[-–—,.;?!(\s]\s*(?:any\s+(?:idea|ideas|clue|guess|thoughts?)|do\s+you\s+know|does\s+anyone\s+know|can\s+you\s+(?:help|check)"
    r"|could\s+you\s+(?:help|check)|you\s+know)\s*\)?",
)
# That nothing is left out, whoever bills it: `whichever cloud it runs on`, `regardless of provider`.
KINDS_OF = (
    r"(?:clouds?|providers?|vendors?|suppliers?|hosts?|platforms?|accounts?|regions?|teams?|services?|routes?"
    r"|channels?)"
)
NO_MATTER = re.compile(
    rf"[\s,(–—-]*\b(?:(?:no\s+matter|regardless\s+of|irrespective\s+of|independent(?:ly)?\s+of)\s+(?:(?:which|what|the|whose)\s+)?"
    rf"(?:{KINDS_OF}|where|who|how)|(?:which|what)ever\s+(?:the\s+)?{KINDS_OF}|wherever|whoever"
    r"|(?:across\s+|over\s+|via\s+|through\s+)?(?:all|both|any)\s+(?:the\s+|our\s+|of\s+the\s+)?(?:routes|paths|channels|resellers|sources|ways)"
    r"(?:\s+(?:combined|together|taken\s+together|added\s+up))?)"
    r"(?:\s+(?:it|they|that|we|us|is|are|was|were|runs?|ran|sits?|comes?|came|gets?|got|bills?|billed|bought|buy|hosts?|hosted"
    r"|sells?|sold|served|serves|used?|paid|on|in|from|through|via|by|for|to))*(?=\s*[),.;?!]|\s*$)\s*\)?",
    re.IGNORECASE,
)
# Nothing is cut where nothing would be left to ask.
LEFT = r"(?=\s*[^\W_]+\W+[^\W_])"
START = re.compile(rf"^\W*(?:{'|'.join(AT_THE_START)})\s*{LEFT}", re.IGNORECASE)
END = re.compile(rf"(?<=\w)(?P<mark>[?!.]*)\s*(?:{'|'.join(AT_THE_END)})[\s.!?]*$", re.IGNORECASE)
GREETING = re.compile(
    r"^\W*(?:(?:hi|hey|hello|hiya|dear|good\s+(?:morning|afternoon|evening))\b[^.!?;:\n]{0,60}?"
    r"(?:\bhere\b[^.!?;:\n]{0,40}[.!:]|[.!]|(?<=question):|(?<=one):|(?<=all):|(?<=finops team):|(?<=the team):)"
    r"|this is \w+(?: \w+)? (?:from|in|of)\b[^.!?;:\n]{0,40}[.!:])\s+(?=\S+\s+\S+)",
    re.IGNORECASE,
)
TELLS = re.compile(r"\d|spen|cost|bill", re.IGNORECASE)


def without_asides(text: str) -> str:
    """`text` without what greets, excuses itself or tells who wants to know, at its start and its end, and without the
    assurance that nothing is to be left out."""
    rest = NO_MATTER.sub("", text)
    text = rest if len(rest.split()) > 2 else text
    while True:
        shorter = _without_end(_without_start(text))
        if shorter == text:
            return text
        text = shorter


def _without_start(text: str) -> str:
    for pattern in (START, GREETING):
        opening = pattern.match(text)
        if opening and not TELLS.search(opening[0]):
            return text[opening.end() :].lstrip()
    return text


def _without_end(text: str) -> str:
    closing = END.search(text)
    if closing is None or closing.start() == 0 or TELLS.search(closing[0]):
        return text
    return f"{text[: closing.start()].rstrip()}{closing['mark']}"
