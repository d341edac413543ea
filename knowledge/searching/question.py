"""What a question asks for, and which of its words an answer cannot do without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.answering.focus import focus_of, is_counted
from knowledge.answering.german import STOP, Asks, asks_in_german, is_german
from knowledge.searching.alike import plainly
from knowledge.searching.lexical import STOP_WORDS, WORD, stem

# Words that ask or fill and need not stand in an answer.
FILLING = frozenset(
    """
    any anything many much mean means really roughly there like look looks going go get gets got currently current now
    biggest largest greatest latest newest recent recently news today ago still yet ever also just happen happened
    happening thing things kind sort type types name names named called know information detail details explain
    describe summarize summarise outline list give show find compare comparing compared relate relates related affect
    affects effect impact impacts role whats who's hows i'm us dollars dollar percent percentage proportion amount
    number figure figures total cost costs long far often fast big large high company companies firm firms business
    specific significant main major key primary possible potential based using use used year years quarter month
    months week day days period first second third fourth one two three four mention mentioned discuss discussed
    disclose disclosed state stated provide provided include included including make makes made do done trying try
    tries take takes took taken getting gotten doing quite pretty actually probably lately soon right other others
    another people person someone anyone guy folks stuff worth next last previous tip tips idea ideas way ways want
    wants need needs let hear heard think thought believe seem seems better good bad well off out not only very even
    present reading readings
    these benefit benefits advantage advantages pros cons moment
    originally initially per ended end up against until till
    """.split()  # noqa: SIM905
)
# What somebody does with what they run, which an answer says by their role.
RUNNING = frozenset(map(stem, ("run", "lead", "head", "manage", "oversee", "responsible", "handle", "own", "control")))
# Whoever came after is not who is asked for.
SUCCESSOR = re.compile(r"\s+(?:before|prior to|ahead of)(?:\s+[A-Z][\w-]+)+")
# Where only "the job" is asked about, the name says which.
ITS_HOLDER = re.compile(r"(?i)\b(?:the|that|this|his|her) (?:job|role|post|position|seat|office)\b|\bit\b")
# `H100s` are several H100; an L40S is one card.
PLURAL = r"(?<=\d)(?<![Ll]40)s$|['’]s?$"
# A sentence may say "second quarter".
QUARTER = re.compile(r"q[1-4]")
# Capitals that name a kind of thing, not one of them.
KINDS = frozenset("gpu cpu tpu ai ml llm api roi capex opex it ceo cfo cto coo cio".split())  # noqa: SIM905
OWN = re.compile(
    r"(?i)\b(?:our|my|mine|ours)\b|\b(?:do|have|did|are|am|can) (?:we|i)\b.*\b(?:spend|spent|pay|left|have|get)\b"
)
# A measure itself, and not what it only describes: `revenue` and not `revenue sharing`.
MEASURE = re.compile(
    r"\b(?:prices?|costs?|spend(?:ing)?|revenue|capex|shipments?|gpu hours|budget|valuation|headcount|salary|profit|"
    r"rents?|rentals?|rates?|fees?|tariffs?|penalt(?:y|ies)|fines?|levy|overruns?|utili[sz]ation|deposit|"
    r"loss|income|margin|turnover|debt|market (?:cap|share|value)|backlog|earnings|sales|coupon|yield|churn(?: rate)?)"
    r"(?=\s*(?:[?.,;!]|$)|\s+(?:of|for|in|on|at|per|to|did|does|do|was|is|were|are|has|have|by|last|this|next|now|"
    r"q[1-4]|fy|20\d\d|and|guidance|forecast|growth)\b)"
)
# A line of a company's accounts: a sentence on another line of the same company is no answer.
OF_BOOKS = re.compile(r"(?i)\b(capex|revenues?|profits?|income|debt|backlog|earnings|headcount|valuation|turnover)\b")
# Whom a statement is ascribed to, which the sentence itself need not repeat.
SAYING = re.compile(
    r"\b(?:(?:[Aa]ccording to|[Pp]er)\s+(?:the\s+)?(?P<source>[A-Z][\w&.-]+(?:\s+(?:&\s+)?[A-Z][\w&.-]+)*)|"
    r"(?:[Dd]oes|[Dd]id|[Dd]o)\s+(?:the\s+)?(?P<who>[A-Z][\w&.-]+(?:\s+(?:&\s+)?[A-Z][\w&.-]+)*)\s+"
    r"(?:say|think|estimate|predict|expect|forecast|report)\b)"
)
# Who that asks, and not "leaders who overspent".
WHO = re.compile(
    r"(?:^\W*|[.,;:?!()-]\s*|\b(?:and|or|but|so|then|know|knows|say|says|said|remember|me|out|see|wonder|wondering|ask|hey"
    r"|hi|hello|ok|okay|also|now|please|pls|for|to|by|from|of|with|person|people|man|woman|guy|name|executives?|somebody"
    r"|someone|outlay)\s+)(?:who|whom|whose|who['’]?s)\b"
)
# "how much money did X lose": an amount in dollars says as much.
SAID_OF_MONEY = re.compile(r"(?i)\b(how much)\s+(?:money|cash)\s+(?=(?:do|does|did|has|have|will|is|was|were)\b)")
# A time after which something is asked, and no name: "from May".
IN_TIME = re.compile(
    r"(?i)\b(?:from|since|in|by|until|as of|starting|before|after)\s+"
    r"(?:(?:early|late|mid|the (?:end|start) of)[\s-]+)?$"
)
MONTH = re.compile(
    r"(?i)(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:['’]s)?"
)
WAYS = re.compile(
    r"\b(?:what|which) (?:\w+ )?(?:measures?|steps|means|methods|tricks?|tactics|levers) (?:did|do|does|has|have|is|"
    r"are|were|was|will|can)\b|\bwhat (?:did|does|is|has|have|are|do) (?:[\w.&'’-]+ ){1,5}?(?:do|doing|done) "
    r"(?:to|about|against|in order to|so that)\b"
)
PAID_FOR = re.compile(
    r"\bwhat (?:did|does|do|will|has|have) (?:(?!\b(?:say|said|think|about)\b)[^?])*?"
    r"\b(?:invest(?:ed)?|spen[dt]|put into|charged?|earn(?:ed)?|lo[sc]e|lost)\b(?! (?:most|its|their)\b)(?!.*\bon\W*$)"
)
FULL_NAME = re.compile(r"\b[A-Z]\w+(?: (?:& )?[A-Z]\w+)+")
NUMBERED = re.compile(r"\b([A-Za-z][A-Za-z.]*)[\s-](\d+(?:\.\d+)*)\b")
# What stands before a number without the two being one name.
NOT_NUMBERED = frozenset(
    """
    january february march april may june july august september october november december q fy fiscal year in of for to
    by the than about over under until since from at and or top last next past first ended item note page form
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Question:
    """`terms` are the stems of the words that carry the meaning, `names` those of them that name somebody or something
    (capitals inside a sentence, or letters with digits): an answer must have every one. `focus` are the stems of the
    thing asked after, names left out, and `ascribed` those of the names of who is said to state it. `full_names` are
    the names of several words. `own` asks about the asker or the asker's company, which no published text knows."""

    text: str
    asks: Asks
    terms: tuple[str, ...]
    names: tuple[str, ...]
    numbered: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]
    own: bool
    focus: tuple[str, ...] = ()
    ascribed: tuple[str, ...] = ()
    full_names: tuple[tuple[str, ...], ...] = ()


def read_question(text: str) -> Question:
    text = plainly(SAID_OF_MONEY.sub(r"\1 ", text))
    if _asks(text) == "who" and not ITS_HOLDER.search(text):
        text = SUCCESSOR.sub(" before", text)
    names = _names(re.sub(r"\b[A-ZÄÖÜ][a-zäöüß]+\b", lambda one: one[0].lower(), text) if is_german(text) else text)
    unique = tuple(dict.fromkeys(map(stem, _carrying(text))))
    rest = tuple(one for one in unique if one not in RUNNING)
    if _asks(text) == "who" and set(rest) - {*names, *KINDS}:
        unique = rest
    focus = tuple(one for one in map(stem, _carrying(focus_of(text))) if one not in names)
    focus = tuple(one for one in focus if one in unique)
    if not focus and is_counted(text):
        focus = tuple(map(stem, focus_of(text).lower().split()[-1:]))
    if not focus and (measure := OF_BOOKS.search(text)) and _asks(text) == "amount":
        focus = tuple(one for one in (stem(measure[1].lower()),) if one in unique)
    pairs = _pairs(text, names)
    return Question(
        text,
        _asks(text),
        unique,
        names,
        _numbered(text),
        pairs,
        bool(OWN.search(text)),
        focus,
        _ascribed(text),
        _full_names(text, names),
    )


def _full_names(text: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    found = (tuple(map(stem, map(str.lower, WORD.findall(name)))) for name in FULL_NAME.findall(text))
    return tuple(name for name in found if len(name) > 1 and all(word in names for word in name))


def _ascribed(text: str) -> tuple[str, ...]:
    names = [found.group("source") or found.group("who") for found in SAYING.finditer(text)]
    return tuple(stem(word.lower()) for name in names for word in WORD.findall(name))


def _carrying(text: str) -> list[str]:
    """The words that carry meaning, in lower case."""
    plain = (re.sub(PLURAL, "", word.lower()) for word in WORD.findall(text))
    unmeant = STOP_WORDS | FILLING | (STOP if is_german(text) else frozenset())
    return [
        word
        for word in plain
        if word not in unmeant
        and word not in STOP_WORDS
        and word not in FILLING
        and len(word) > 1
        and not QUARTER.fullmatch(word)
    ]


def _pairs(text: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Neighbours among the words that carry the meaning, names left out: `share price`, `lead times`."""
    carry = []
    for word in WORD.findall(text):
        plain = re.sub(r"['’]s?$", "", word.lower())
        is_term = plain not in STOP_WORDS and plain not in FILLING and stem(plain) not in names
        carry.append(stem(plain) if is_term else "")
    return tuple((one, other) for one, other in pairwise(carry) if one and other)


def _numbered(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (found.group(1).lower(), found.group(2))
        for found in NUMBERED.finditer(text)
        if found.group(1).lower() not in NOT_NUMBERED
        and not re.fullmatch(r"(?:19|20)\d\d", found.group(2))
        and (found.group(1)[0].isupper() or found.group(0)[len(found.group(1))] == "-")
    )


def _names(text: str) -> tuple[str, ...]:
    """In a text of capitals only, or of lower case only, capitals say nothing."""
    letters = re.sub(r"[^A-Za-z]", "", text)
    says_nothing = letters.isupper()
    names = []
    for found in WORD.finditer(text):
        word = re.sub(PLURAL, "", found.group())
        before = text[: found.start()].rstrip()
        opens = not before or before[-1] in ".!?:"
        mixed = bool(re.search(r"[A-Za-z]", word) and re.search(r"\d", word))
        capital = (word[:1].isupper() and not opens) or word[1:] != word[1:].lower()
        plain = word.lower()
        if plain in STOP_WORDS or plain in FILLING or len(plain) < 2 or re.fullmatch(r"(?:fy)?q[1-4]|(?:fy)\d+", plain):
            continue
        if re.fullmatch(r"10-?[kq]s?", plain):
            continue
        if MONTH.fullmatch(plain) and (
            IN_TIME.search(text[: found.start()]) or re.match(r"['’]?s?\s+(?i:quarter|month)\b", text[found.end() :])
        ):
            continue
        if mixed or (capital and not says_nothing and not plain.isdigit() and stem(plain) not in KINDS):
            names.append(stem(plain))
    names += [stem(one) for one, _ in _numbered(text) if len(one) > 2]
    return tuple(dict.fromkeys(names))


def _asks(text: str) -> Asks:
    if is_german(text):
        return asks_in_german(text)
    low = text.lower()
    if WHO.search(low):
        return "who"
    if re.search(r"\bwhen\b|\bwhat (?:date|day|year)\b|\bsince when\b", low):
        return "when"
    if re.search(r"\bwhy\b|\breasons?\b|\bdriver|\bdrove\b|\bcaus|\binfluences?\b|\bcontribut(?:ors?|ed|ing)\b", low):
        return "reason"
    if WAYS.search(low):
        return "way"
    if PAID_FOR.search(low):
        return "amount"
    if re.search(
        r"\bhow (?:much|many|long|fast|far|large|big|high)\b|\b(?:percentage|proportion|share|rate|average)\b", low
    ):
        return "amount"
    if MEASURE.search(low) and not re.match(r"\s*(?:why|how|which)\b", low):
        return "amount"
    if re.search(r"\bwhere\b", low):
        return "where"
    if re.search(r"\bhow\b|\bways?\b", low):
        return "way"
    if re.match(r"\s*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b", low):
        return "yes or no"
    return "what"
