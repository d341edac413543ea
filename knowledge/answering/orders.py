"""Sentences that give orders to whoever reads them: a stored text is data, so they answer nothing and prove nothing."""

from __future__ import annotations

import re

from knowledge.answering.sentences import sentences

READER = (
    r"(?:(?:ai|chat|language|virtual|digital)[\s-]*)?(?:assistants?|chat-?bots?|bots?|llms?|language models?|"
    r"ai models?|(?:an|any|the|every|each) ai(?! \w)|ai agents?|agents? reading|copilots?|readers? of this)"
)
TELL = (
    r"(?:say|tell|answer|repl(?:y|ies)|respond|report|state|claim|output|print|repeat|reveal|append|include|insert|add|"
    r"mention|cite|quote|recommend|call|send|post|click|visit|open|use|ignore|follow|confirm|assume|treat|display|show|"
    r"hide|omit|pretend|act|obey)"
)
ORDERS = re.compile(
    rf"(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{{0,40}}\b(?:instruct\w*|prompts?|rules|guidelines|orders|"
    r"everything (?:above|before)|the above)"
    r"|^\W*(?:system|assistant|developer|user|admin|operator)(?: (?:prompt|message|note|override))?\s*[:>\]]"
    r"|\byou(?:['’]re| are) (?:now|no longer|henceforth|from now on)\b"
    r"|\byour (?:system |hidden |initial |original )?(?:prompt|instructions)\b"
    rf"|\b{READER}\b(?:[^.;]{{0,80}}?)\b(?:must|should|shall|have to|has to|need to|needs to|are to|is to|"
    rf"are required to|is required to|will|please)\s+(?:\w+\s+){{0,2}}?{TELL}\b"
    r"|\b(?:tell|inform|assure|convince|remind) (?:the |your |any )?(?:reader|user|asker|person|human|customer)s?\b"
    r"|^\W*(?:please |now |then |also |instead,? |always |never )*(?:say|answer|reply|respond|output|print|repeat|"
    r"reveal|append|pretend|act|do not (?:say|tell|mention|reveal|answer|cite|look))\s+(?:[\"'“‘]|(?:only|that|the|"
    r"this|your|with|exactly|nothing|as if|as an?|to|it|anything)\b)"
    r"|\bcall (?:the )?(?:tool |function )?\w+_\w+\b"
    r"|\b(?:as|for) (?:an? )?(?:ai|assistants?|language models?) (?:reading|who|that)\b"
)


def gives_orders(sentence: str) -> bool:
    """Whether it tells an assistant, or whoever passes it on, what to say or do."""
    return ORDERS.search(sentence) is not None


def without_orders(text: str) -> str:
    """`text` without the sentences that give orders."""
    for sentence in sentences(text):
        if gives_orders(sentence):
            text = text.replace(sentence, " ")
    return text
