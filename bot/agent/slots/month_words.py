"""Whether "may", "march" and "mar" are months or verbs where they stand."""

from __future__ import annotations

import re

from bot.agent.slots.calendar_words import YEAR

SURE_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_CUE = re.compile(
    r"(?:\b(?:in|for|during|since|until|till|through|of|last|next|early|late|mid|vs\.?|versus|against|from|and|to|by|with"
    r"|over|between|month|than|was|is)\s+|\bmid-|->|-|/)$",
    re.IGNORECASE,
)
_FIRM_CUE = re.compile(r"\b(?:in|for|during|since|until|till|from|of|last|vs\.?|versus|against)\s+$", re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    rf"\b{SURE_MONTH}\.?(?:\s+{YEAR})?\s*(?:-|/|,|\bto\b|\band\b|\bvs\.?|\bversus\b|\bagainst\b|\bor\b)\s*$", re.I
)
_OTHER_AFTER = re.compile(
    rf"\s*(?:-|/|,|\bto\b|\band\b|\bvs\.?|\bversus\b|\bagainst\b|\bor\b)\s*{SURE_MONTH}\b", re.IGNORECASE
)
_NOUN_AFTER = re.compile(
    r"\s*(?:'s\b|\?|$|[,;:).]|(?:spend|cost|bill|usage|total|invoice|figure|number|budget|so\s+far|month|to\s+date|vs\.?"
    r"|versus|against|compared|by|per|with|for)\w*)",
    re.IGNORECASE,
)
VERB_AFTER = re.compile(
    r"\s+(?:i|we|you|it|he|she|they|be|have|not|also|need|well|or\s+may|on|ahead|forward|towards?)\b", re.I
)
_AUXILIARY = re.compile(r"\b(?:would|will|did|does|should|could)\s+$", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:i|we|you|it|they|he|she|that|this|which|who|prices?|costs?|companies)\s+$", re.IGNORECASE)


def is_month(flat: str, match: re.Match[str]) -> bool:
    """Whether "may", "march" and "mar" are months here; the other names always are."""
    name = match["month"].rstrip(".")
    if name.lower() not in ("may", "march", "mar") or match.end() > match.end("month"):
        return True
    before, after = flat[max(0, match.start() - 24) : match.start()], match.end()
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(flat, after):
        return True
    if _FIRM_CUE.search(before) or _AUXILIARY.search(before):
        return True
    if VERB_AFTER.match(flat, after):
        return False
    if name.lower() == "mar" and before.strip():
        return True
    if name == "May" and re.search(r"[a-z'’]\s+$", before):
        return True
    if name.islower():
        verb = _SOMEBODY.search(before) is not None
        return _FIRM_CUE.search(before) is not None or (not verb and _NOUN_AFTER.match(flat, after) is not None)
    if _CUE.search(before):
        return True
    opening = not re.search(r"\w\s*$|[,;:(]\s*$", before)
    if opening and name in ("May", "March"):
        return True  # "May I" and its like are verbs and were left above
    return _NOUN_AFTER.match(flat, after) is not None or (name == "March" and not opening)
