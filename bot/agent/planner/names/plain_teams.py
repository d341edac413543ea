"""Whether an ordinary word that is also a team's name is meant as one: payments, ads, growth, search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.agent.planner.words.lexicon import cue_words, stem

TEAM_BEFORE = re.compile(
    r"(?:^|[,;:?]\s*|\b(?:team|did|does|has|have|will|by|for|and|vs\.?|versus|or|between|plus|without|excluding"
    r"|except|but|outside|outside of|minus|than|is|about|only|just|compare|show|if|could|would|should|might|can"
    r"|had|wants?|suppos(?:e|ing)|imagine|assum(?:e|ing)|say|let"
    r"|mov(?:ed?|es|ing)|switch(?:ed|es|ing)?|migrat(?:ed?|es|ing)|put(?:ting)?|swap(?:ped|ping)?|against|from|of|to|same|mean"
    r"|make that|rather|next\s+to|alongside|relative\s+to|compar\w+\s+(?:[\w'’-]+\s+){0,3}?(?:with|to))\s+"
    r"|[+&]\s*)(?:the\s+|team\s+)?$",
    re.IGNORECASE,
)
TEAM_AFTER = re.compile(
    r"(?:['’]s?(?!\w)|\s+(?:team|squad|department|dept|ha(?:s|ve|d)\s+(?:been|spent|cost|paid|used|burn\w*)|spen[dt]\w*|costs?|bills?|usage|uses?|used|pays?|paid|traffic|budget|share|total|invoice|burn\w*"
    r"|ai|llm|cloud|gpu|and|plus|vs\.?|versus|or"
    r"|(?:over|under|within|above|below|beyond|inside|exceed\w*)\s+(?:its\s+|their\s+|the\s+|our\s+)?budgets?"
    r"|(?:runs?|ran)\s+on|(?:had|has|have)\s+(?:run|gone|moved|switched|migrated|cached|handled|closed|served|not)"
    r"|(?:moved|switched|migrated|handled|closed|resolved|processed|served)"
    r"|(?:on|off)\s+(?:track|budget|target)|heading|tracking|trending)\b|\s*[,;:+&])",
    re.IGNORECASE,
)
# `could claims run its load`: a modal before, a verb after.
WHO_COULD = re.compile(
    r"\b(?:could|would|should|might|can|had|if|suppos(?:e|ing)|imagine|assum(?:e|ing)|say|let|were)\s+(?:the\s+|team\s+)?$",
    re.I,
)
A_VERB = re.compile(
    r"\s+(?:ran?|go|went|move[ds]?|use[ds]?|put|send|sent|take|took|had|has|have|were|switch\w*|cache[ds]?)\b", re.I
)
LISTED = re.compile(
    r"\b(?:and|vs\.?|versus|or|than|did|team|by|for|compare|against|compared\s+(?:with|to)|relative\s+to)\s+$", re.I
)
NOT_A_TEAM = re.compile(
    r"(?<=growth)\s+(?:of|in|rate|rates|from\s+\w+\s+to)\b"
    r"|\s+(?:through|into|for\s+(?:the|a|news|anything)|you|do|does|are|is\s+(?:fresh|from|old)"
    r"|(?:cent(?:er|re)|bot|chat|chatbot|agent|model|project|server|run|costs?\s+of)s?)\b",
    re.IGNORECASE,
)


MOVES = frozenset(("growth", "change", "changes", "increase", "trend", "forecast", "total"))
A_MONTH = re.compile(
    r"\s+(?:in\s+)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|20\d\d|q[1-4]|h[12])\b(?:\s+20\d\d)?\s*(?:[?.,;]|$|spend|cost|bill|total)",
    re.IGNORECASE,
)
OF_SPEND = re.compile(
    r"\b(?:spen[dt]\w*|cost\w*|bills?|billed|budget\w*|forecast\w*|burn\w*|usage|pa(?:y|id)|track\w*|anomal\w*|total|ytd"
    r"|mtd|qtd|(?:last|this|past|previous)\s+(?:\w+\s+)?(?:day|week|month|quarter|year)s?|q[1-4]|h[12]|20\d\d"
    r"|yesterday|january|february|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


# Whom something cost: `how much did gpt-4o cost support in May`.
COST_WHOM = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would)\s+(?:[\w.-]+\s+){1,6}?cost\s+(?:the\s+|team\s+)?$", re.IGNORECASE
)
ENDS_OR_WHEN = re.compile(
    r"\s*(?:[?.!,;]|$)|\s+(?:in|for|during|over|on|last|this|since|from|between|so\s+far|per|a|yesterday)\b",
    re.IGNORECASE,
)
# Whose a share is: `which percentage of our spend was support`.
WAS_WHOSE = re.compile(
    r"\b(?:share|percent(?:age)?|%|part|fraction|proportion|portion|much)\s+of\s+.*\b(?:was|were|is|are)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# What stands beside names where only names are written: `spend 2025-11 support gpt-4o`.
BESIDE_NAMES = re.compile(
    r"(?:\W|\b(?:spen[dt]|spending|costs?|bills?|total|our|the|last|this|previous|month|quarter|year|of|in|for|on|with"
    r"|please|pls|plz|so|ok|thanks|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|claude|gpt|gemini|sonnet|haiku|opus|flash|mini|pro|lite"
    r"|team)\b|\b\w*\d[\w.-]*|-)*",
    re.IGNORECASE,
)


def only_names(text: str, names: Sequence[tuple[int, int]], word: str) -> bool:
    """Whether a message only puts names and times beside `spend`, so that `word`, a team's name, is nothing else."""
    rest = "".join(" " if any(start <= i < end for start, end in names) else char for i, char in enumerate(text))
    return word.lower() not in MOVES and bool(OF_SPEND.search(text)) and BESIDE_NAMES.fullmatch(rest) is not None


@lru_cache(maxsize=1)
def _of_questions() -> frozenset[str]:
    """Stems of the words that questions on cost use in a meaning of their own: these name a team only where a team
    stands; any other (`mobile`, `legal`) wherever spend is spoken of."""
    from bot.agent.planner.left_over.unread import describing_words
    from bot.agent.planner.left_over.vocabulary import everyday
    from bot.agent.planner.routing.route import examples

    asked = [word for lines in examples().values() for line in lines for word in re.findall(r"[A-Za-z]+", line)]
    return frozenset(stem(word) for word in (*asked, *cue_words(), *describing_words(), *MEANING_MORE)) | everyday()


MEANING_MORE = frozenset(
    "payment payments data platform engine account service product stack workload run batch core edge".split()  # noqa: SIM905
)


def names_a_team(text: str, match: re.Match[str]) -> bool:
    """Whether an ordinary word that is also a team's name stands where a team stands: `did growth spend`, `search's`;
    not `growth of spend`, `search for`."""
    before, after = text[: match.start()], text[match.end() :]
    if COST_WHOM.search(before) and ENDS_OR_WHEN.match(after):
        return True
    if WHO_COULD.search(before) and (A_VERB.match(after) or after.startswith(" run ")):
        return True
    if NOT_A_TEAM.match(text, match.end()) and not LISTED.search(text[: match.start()]):
        return False
    if match[0][0].isupper() and match.start() > 0:
        return True
    if match[0].lower() not in MOVES and A_MONTH.match(after):
        return True
    if stem(match[0]) not in _of_questions() and OF_SPEND.search(text):
        return True
    alone = not after.strip(" ?.!") and len(text.split()) <= 4
    if WAS_WHOSE.search(before) and not after.strip(" ?.!"):
        return True
    return alone or TEAM_AFTER.match(after) is not None or TEAM_BEFORE.search(text[: match.start()]) is not None
