"""What a message does that asks nothing new: thanks, takes back, asks for the origin or another form of the answer."""

from __future__ import annotations

import re

from bot.agent.planner.reading import Reading
from bot.agent.planner.routing.route import Router

LONGEST = 14
# A message whose meaning is this near to an act's examples, and nearer than to any kind of question, is that act.
MEANT = 0.62
AHEAD = 0.04
ACT = "act:"

LEADS = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|hm+|well|wait|great|cool|thanks|thank you|nice|good|now|then|also|please"
    r"|sorry|hey|actually"
    r"|(?:can|could|would|will)\s+(?:you|i|we)(?:\s+(?:please|get|have|see))?|i(?:['’]d"
    r"| would)\s+like(?:\s+to\s+(?:see|have|know))?"
    r"|let me (?:see|have)|i\s+do(?:n['’]t| not)\s+(?:believe|trust|buy)\s+(?:it|that|this|you))[\s,.:;!]+)+",
    re.IGNORECASE,
)
COURTESY = re.compile(
    r"(?:(?:many\s+)?thanks?(?:\s+you)?|thx|ty|cheers|ok(?:ay)?|k|cool|great|nice|perfect|awesome|good|got\s+it"
    r"|understood|i\s+see"
    r"|al+\s?right|fine|makes\s+sense|noted|never\s?mind|nvm|hi(?:ya)?|hello|hey|good\s+(?:morning|afternoon"
    r"|evening|day)"
    r"|(?:good)?bye|that(?:['’]s|\s+is)\s+(?:all|it|great|good|fine|helpful|perfect|clear)|very\s+(?:helpful"
    r"|good|nice|much)"
    r"|so\s+much|a\s+lot|for\s+(?:that|the\s+help|your\s+help|now)|outlay|there|team|everyone|excellent"
    r"|wonderful|super|lovely"
    r"|brilliant|wow|interesting|hm+|aha|helpful|you|too|then|for|that|is|was|appreciated|much|really|job|work"
    r"|one|all|again|👍|🙏|👌|✅|🎉)"
    r"[\s,.!:)]*",
    re.IGNORECASE,
)
THANKS = re.compile(r"\bthank|\bthx\b|\bty\b|\bcheers\b|appreciated|🙏", re.IGNORECASE)
GREETS = re.compile(r"^\W*(?:hi(?:ya)?|hello|hey|good\s+(?:morning|afternoon|evening|day))\b", re.IGNORECASE)
FORGETS = re.compile(
    r"(?:let['’]?s\s+)?(?:start|begin)(?:\s+(?:all\s+)?(?:over|again|afresh|anew|from\s+scratch)"
    r"|\s+a\s+new\s+(?:conversation|topic|chat))(?:\s+again)?"
    r"|(?:please\s+)?(?:forget|clear|reset|delete|erase|wipe)(?:\s+(?:that|this|it|all|everything"
    r"|all of (?:that|it|this)|the\s+(?:conversation|chat|thread|context)))?",
    re.IGNORECASE,
)
UNDO = re.compile(
    r"(?:undo|revert|roll\s?back|go\s+back|take\s+(?:that|it|this)\s+back|scrap\s+(?:that|it|this)"
    r"|cancel\s+(?:that|it)"
    r"|back(?=\s+to|\s*$)|(?:as|like)\s+(?:it\s+was\s+)?before|change\s+(?:it|that)\s+back"
    r"|the\s+(?:previous|earlier)\s+(?:one|answer|result|figure)(?:\s+again)?)"
    r"(?:\s+(?:that|it|this|please|the\s+last\s+(?:change|one|step)|one\s+step|to\s+(?:the\s+)?(?P<first>first"
    r"|original)(?:\s+\w+)?"
    r"|to\s+(?:the\s+)?(?:one\s+before|previous(?:\s+\w+)?|what\s+(?:it|we)\s+(?:was|had)(?:\s+before)?|before)))*",
    re.IGNORECASE,
)
NOUN = r"(?:number|figure|amount|answer|result|total|sum|cost|price|value|estimate)s?"
IT = rf"(?:it|that|this|these|those|them|the\s+{NOUN}|(?:this|that|these|those)\s+{NOUN})"
MOVED = r"(?:jump|rise|increase|growth|change|difference|drop|fall|decrease|decline|spike|hike|swing|move|gap|surge)"
MOVE = rf"(?:the|that|this|such\s+an?)\s+(?:\w+\s+)?{MOVED}"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "taxes",
            rf"(?:is|are|does|do|did|was)\s+(?:{IT}\s+)?(?:\w+\s+){{0,2}}?(?:includ\w+|with|contain\w*|cover\w*"
            rf"|net of|before|after|have|gross)\b.*\b(?:tax(?:es)?|vat|gst)\b.*"
            r"|(?:incl\w*|excl\w*|with|before|after|net of)\.?\s+(?:of\s+)?(?:tax(?:es)?|vat|gst)\??|(?:are"
            r"|is)\s+(?:the\s+)?(?:tax(?:es)?|vat)\s+(?:in|part|includ).*"
            r"|(?:tax(?:es)?|vat)\s+(?:included|in there|in it)",
        ),
        (
            "credits",
            rf"(?:is|are|does|do|did|was)\s+(?:{IT}\s+)?(?:\w+\s+){{0,2}}?(?:includ\w+|with|contain\w*|cover\w*"
            rf"|net of|before|after|have|count\w*)\b.*\b(?:credits?|refunds?|discounts?)\b.*"
            r"|(?:incl\w*|net of|before|after)\.?\s+(?:of\s+)?(?:credits?|refunds?)\?+|(?:are"
            r"|is)\s+(?:the\s+)?(?:credits?|refunds?)\s+(?:in|part|includ|count).*"
            r"|(?:credits?|refunds?)\s+(?:included|in there|in it)",
        ),
        (
            "assumptions",
            rf"(?:what|which)\b.*\b(?:assum\w+|presum\w+|suppos(?:e|ing|ed)|take for granted)\b.*|(?:the\s+"
            rf"|your\s+|any\s+)?assumptions?|(?:list|show|tell)\s+(?:me\s+)?(?:the\s+|your\s+)?assumptions?.*"
            rf"|under\s+(?:what|which)\s+assumptions?.*|what\s+(?:is|are)\s+{IT}\s+assuming",
        ),
        (
            "origin",
            rf"how\s+(?:do|did|would|can|could)\s+(?:you|i|we|u)\s+(?:know|get|come|arrive|work|calculate"
            rf"|compute|figure|derive|reach|find|verify|check|tell)\b.*"
            rf"|(?:where|what)\s*(?:['’]?s|is|are|do|does|did|was|were)?\s+{IT}\s+(?:\w+\s+)?(?:come|comes"
            rf"|coming|taken|from)\b.*|where\s+did\s+you\s+(?:get|find|take)\b.*"
            rf"|(?:what(?:['’]?s|\s+is|\s+are)?\s+)?(?:the\s+|your\s+)?(?:data\s+)?(?:sources?|origins?"
            rf"|provenance|references?|citations?)(?:\s+(?:of|for|behind)\s+{IT})?"
            rf"|(?:show|give|tell)\s+(?:me\s+)?(?:your|the)\s+(?:work(?:ing)?s?|calculations?|calc|maths?|steps"
            rf"|sources?|derivation|formula)(?:\s+.*)?"
            rf"|how\s+(?:is|was|are|were)\s+{IT}\s+(?:\w+\s+)?(?:calculated|computed|worked\s+out|derived"
            rf"|determined|measured|made\s+up|composed|estimated|priced|put together).*"
            rf"|what(?:['’]?s|\s+is|\s+are|\s+was)?\s+{IT}\s+(?:based\s+on|made\s+(?:up\s+)?of|derived\s+from)"
            rf"|(?:explain|justify|prove|back\s+up)\s+(?:{IT}|your\s+\w+|the\s+(?:calculation|maths?))"
            rf"|(?:is|was|are|were)\s+{IT}\s+(?:\w+\s+){{0,3}}?(?:billed|effective|amorti[sz]ed|invoiced|list|actuals?"
            r"|forecast|estimated?|gross|net|contracted)\b(?:\s+\w+){0,2}(?:\s+or\s+.{2,40})?"
            rf"|(?:in\s+)?(?:which|what)\s+(?:currency|units?)(?:\s+(?:is|are)\s+{IT}(?:\s+in)?)?"
            rf"|(?:for|over|of)?\s*(?:which|what)\s+(?:period|months?|dates?|days|time)\s+(?:is|are|was)\s+{IT}(?:\s+\w+)?"
            r"|(?:walk|take|talk)\s+(?:me|us)\s+through\b.*|how\s+(?:sure|certain|confident|reliable|accurate"
            r"|exact)\b.*|says\s+who|are\s+you\s+(?:sure|certain)(?:\s+.*)?|which\s+(?:data|files?|exports?"
            r"|sources?)\s+(?:did\s+you\s+use|is|are|was|were)\b.*|what\s+data\s+.*\b(?:use|from|based)\b.*"
            rf"|on\s+what\s+(?:basis|data|grounds?).*|how\s+(?:fresh|recent|current|up[\s-]to[\s-]date)\s+(?:is"
            rf"|are)\s+{IT}.*|as\s+of\s+when(?:\s+.*)?",
        ),
        (
            "chart",
            r"(?:show|draw|plot|give|make|put|have|see|get|display|turn|do|visuali[sz]e|graph"
            r"|chart)?\s*(?:me\s+)?(?:it|that|this|these|those|them|the\s+\w+)?\s*(?:as|in|into|on"
            r"|with)?\s*(?:an?\s+|the\s+)?(?:\w+\s+)?(?:charts?|graphs?|plots?|diagrams?"
            r"|visuali[sz]ation)(?:\s+(?:of\s+)?(?:it|that|this))?"
            r"|(?:plot|draw|graph|chart|visuali[sz]e)\s+(?:it|that|this|them|these|those)",
        ),
        (
            "csv",
            r"(?:\w+\s+){0,4}(?:csv|spreadsheet|excel)(?:\s+\w+)?|(?:export|download)(?:\s+.*)?|(?:.*\b)?(?:as"
            r"|in|to|into)\s+(?:an?\s+)?(?:csv|excel|spreadsheet"
            r"|xlsx?|file)(?:\s+file)?|(?:an?\s+)?(?:csv|spreadsheet|excel)(?:\s+(?:file|export|version"
            r"|please))?|(?:send|give|get|show)\s+(?:me\s+)?(?:it|that|this|the|an?)?\s*(?:as\s+)?(?:an?\s+)?csv",
        ),
        (
            "table",
            r"(?:show|give|make|put|have|see|display|turn|list)?\s*(?:me\s+)?(?:it|that|this|these|those"
            r"|them)?\s*(?:as|in|into)?\s*(?:an?\s+|the\s+)?tab(?:le|ular(?:\s+form)?)",
        ),
        (
            "short",
            r"(?:say|put|make|give|tell|keep)?\s*(?:me\s+)?(?:it|that|this)?\s*(?:more\s+)?(?:shorter|briefer"
            r"|brief(?:ly)?|short|concise(?:ly)?|in\s+(?:short|brief|one\s+(?:sentence|line)|a\s+(?:sentence"
            r"|nutshell|line)|fewer\s+words))(?:\s+version)?|tl;?dr|summari[sz]e(?:\s+(?:it|that|this))?|too\s+long",
        ),
        (
            "plain",
            r"(?:explain|say|put|describe|phrase|tell)\s+(?:it|that|this|me)?\s*(?:that\s+)?(?:to|for|in|like"
            r"|as\s+if)\b.*\b(?:cfo|ceo|cto|board|boss|manager|finance|executives?|management|layman['’]?s?"
            r"|simple|simpler|plain|five|5|beginners?|non[\s-]?technical|words|terms|english|leadership)\b.*"
            r"|(?:in\s+)?(?:plain|simple|layman['’]?s|simpler)\s+(?:words|terms|english|language)|eli5"
            r"|what\s+does\s+(?:that|it|this)\s+mean|i\s+do(?:n['’]?t| not)\s+(?:understand|get\s+(?:it|that))",
        ),
        (
            "why",
            rf"(?:why|how\s+come)(?:\s+(?:not|so|is|was|did|does|are|were)\b)?(?:\s+(?:{IT}|so|much|high|low"
            rf"|expensive|cheap|big|large|more|less|happen(?:ed)?|change[ds]?|rise|fall|not"
            rf"|can['’]?t\s+you(?:\s+\w+)*))*"
            rf"|what(?:['’]?s|\s+is|\s+was)?\s+(?:drove|drives|driving|caused?|causing|explains?|behind"
            rf"|happened|the\s+reason|moved)(?:\s+(?:for\s+|with\s+|behind\s+)?(?:{IT}|{MOVE}))?"
            rf"|why\s+(?:the|that|this|such\s+an?)\s+(?:\w+\s+)?{MOVED}|how\s+come\s+{MOVE}"
            r"|(?:the\s+)?reasons?|because\s+of\s+what",
        ),
    )
)


def small_talk(text: str) -> str | None:
    """Which small talk a message is: thanks, greeting, noted; None where it says anything else."""
    said = text.strip()
    rest = COURTESY.sub("", said)
    if not said or re.search(r"\w", rest) or not COURTESY.search(said) or "?" in said or re.search(r"\d", said):
        return None
    if THANKS.search(said):
        return "thanks"
    return "greeting" if GREETS.match(said) else "noted"


def bare(text: str) -> str:
    """A message without what leads in to it, politeness and marks at its end."""
    said = " ".join(text.replace("’", "'").split()).strip(" .!,;:-")
    said = LEADS.sub("", said)
    return re.sub(r"[\s,]*\b(?:please|pls|thanks|thank you|then|instead|again|for me|now)?\W*$", "", said, flags=re.I)


def forgets(text: str) -> bool:
    return FORGETS.fullmatch(bare(text)) is not None


def takes_back(text: str) -> re.Match[str] | None:
    return UNDO.fullmatch(bare(text))


def act_of(r: Reading, router: Router) -> str | None:
    """The act that a message is by its words or, where it names nothing, by its meaning."""
    said = bare(r.original)
    if len(said.split()) > LONGEST or r.models or r.periods or r.accelerators or r.groupings or r.amounts:
        return None
    found = next((name for name, pattern in PATTERNS if pattern.fullmatch(said)), None)
    if found is not None or r.values or any(unread.name[0].isupper() for unread in r.unread) or r.has("ours"):
        return found
    scores = router.scores(said)
    acts = {name: score for name, score in scores.items() if name.startswith(ACT)}
    if not acts:
        return None
    best = max(acts, key=lambda name: acts[name])
    other = max(score for name, score in scores.items() if not name.startswith(ACT))
    return best.removeprefix(ACT) if acts[best] >= MEANT and acts[best] >= other + AHEAD else None
