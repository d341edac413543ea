"""Names in a question that nothing has read: an unknown team or vendor must not silently become "everybody"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from bot.agent.planner.words.currency_words import IN_CURRENCY
from bot.agent.planner.words.lexicon import cue_words, stem
from bot.agent.slots.lexing import Span, touches

# Words that may stand where a name could without naming anybody: what is measured, how, and small talk.


@lru_cache(maxsize=1)
def general_words() -> frozenset[str]:
    """Stems of the words that may stand where a name could without naming anybody: measures, time, small talk."""
    listed = files("bot.agent.planner.left_over").joinpath("general_words.txt").read_text("utf-8").split()
    return frozenset(stem(word) for word in (*listed, *cue_words()))


@lru_cache(maxsize=1)
def describing_words() -> frozenset[str]:
    """What may stand right before "spend" or as its subject without naming anybody: we, total, monthly, AI."""
    return frozenset(files("bot.agent.planner.left_over").joinpath("describing_words.txt").read_text("utf-8").split())


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Stems of the words that change no figure: courtesies, who asks and why."""
    listed = files("bot.agent.planner.left_over").joinpath("filler_words.txt").read_text("utf-8").split()
    return frozenset(stem(word) for word in listed)


# What follows is a verb, as in `trying to close the books`; not a name, as in `compared to close`.
TO_DO = re.compile(
    r"(?<!compared )(?<!compare )(?<!comparison )(?<!relative )(?<!next )(?<!went )(?<!goes )(?<!belongs )"
    r"(?<!charged )(?<!attributed )(?<!attributable )(?<!allocated )(?<!billed )(?<!tagged )(?<!assigned )(?<!paid )"
    r"(?<!due )\bto\s+$",
    re.IGNORECASE,
)
NAME = r"(?P<name>[A-Za-z][\w&'’.+-]*[A-Za-z0-9]|[A-Za-z])"
SUBJECT = re.compile(
    rf"\b(?:did|does|do|has|have|had|will|was|is|are|were|can|would)\s+(?:the\s+|team\s+|our\s+)*{NAME}", re.I
)
POSSESSIVE = re.compile(rf"(?<![\w-]){NAME}(?:'s|’s|s'|s’)(?=\s)", re.I)
BESIDE_TEAM = re.compile(
    rf"\bteam\s+{NAME}|(?<![\w-])(?P<before>[A-Za-z][\w&+-]*)\s+(?:team|squad|group|department|dept|division|unit)\b",
    re.I,
)
FOR_SOMEBODY = re.compile(rf"\b(?:for|by|of)\s+(?:the\s+|our\s+|team\s+)*{NAME}", re.I)
AFTER_PREPOSITION = re.compile(
    rf"\b(?:on|from|in|at|with|via|through|to|across|into|within|under|versus|vs\.?|against|and|or)\s+"
    rf"(?:the\s+|our\s+|my\s+|their\s+|team\s+|all\s+)*{NAME}",
    re.I,
)
CAPITALISED = re.compile(r"(?<=[a-z,;:0-9] )(?P<name>[A-Z][\w&+-]*[A-Za-z0-9])")
CODED = re.compile(r"(?<![\w.@/-])(?P<name>(?=[\w-]*[A-Za-z])(?=[\w-]*[\d_-])[A-Za-z0-9][\w-]+)(?![\w@/])")
MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
BEFORE_SPEND = re.compile(
    rf"(?<![\w'’-]){NAME}\s+(?:{MONTHS}\s+)?(?:spend|spending|costs?|bills?|invoice|usage)\b", re.IGNORECASE
)
# Where only a name or one of a few words can stand: `did X spend`, and `X spend` at the start.
STRICT_SUBJECT = re.compile(
    rf"\b(?:did|does|do|has|have|had|will)\s+(?:the\s+|team\s+|our\s+)*{NAME}\s+(?:team\s+)?"
    r"(?:spend|spent|spending|pay|paid|cost|use|used|burn\w*|consume\w*|rack\w*)\b",
    re.IGNORECASE,
)
STRICT_START = re.compile(
    rf"^\W*(?:{NAME})\s+(?:team\s+)?(?:{MONTHS}\s+)?(?:spend|spending|costs?|bills?|invoice|usage)\b", re.IGNORECASE
)
STRICT_IS = re.compile(
    rf"\b(?:was|is|were|are|what['’]?s)\s+(?:the\s+)?{NAME}\s+(?:{MONTHS}\s+)?(?:spend|spending|costs?|bills?|invoice|usage)\b",
    re.IGNORECASE,
)
# Whose traffic or spend it is, however general the word: `billing's traffic`; what is nobody's name is left out.
STRICT_OWNER = re.compile(
    rf"(?<![\w-])(?!(?:every|any|some|no)(?:one|body)\b|(?:to|yester)day\b|(?:month|week|year|quarter|day|company|firm"
    rf"|business|organi[sz]ation|org|period|it|that|this|what|who|here|there|how|let|he|she|{MONTHS[3:-1]})\b)"
    rf"{NAME}(?:'s|’s)\s+(?:ai\s+|llm\s+)?(?:traffic|spend|spending|bills?|usage|calls|requests|workloads?|tokens)\b",
    re.IGNORECASE,
)
STRICT = (STRICT_SUBJECT, STRICT_START, STRICT_IS, STRICT_OWNER)
# Where a word can only be a name, or one that describes spend.
NAME_PLACES = (STRICT_SUBJECT, re.compile(rf"\b(?:team|squad)\s+{NAME}", re.I))
NO_TEAM = {
    *("the", "our", "my", "your", "their", "each", "every", "which", "what", "whole", "per", "by", "any", "one", "all"),
    *(
        "a",
        "other",
        "another",
        "same",
        "that",
        "this",
        "top",
        "biggest",
        "largest",
        "of",
        "team",
        "without",
        "untagged",
    ),
    *("most", "least", "for", "and", "or", "with", "single", "entire", "full", "big", "small", "as", "in", "business"),
    *("no", "did", "does", "do", "has", "have", "had", "will", "was", "were", "is", "are", "can", "would", "on", "to"),
    *("excluding", "exclude", "except", "minus", "besides", "including", "plus", "per", "ex"),
    *("from", "at", "than", "vs", "versus", "against", "but", "not", "both", "two", "three", "smallest", "cheapest"),
}
# What figures are asked for, not whose they are: `totals for the accruals`.
PURPOSE = re.compile(
    r"accruals?|qbr|mbr|wbr|books|deck|slides?|audit|variance|reconciliation|journal|memo|board|pack|steerco",
    re.IGNORECASE,
)
FOR_A_PURPOSE = re.compile(r"\bfor\s+(?:(?:the|my|our|a|tomorrow['’]?s|today['’]?s|next|this)\s+)*$", re.IGNORECASE)
# `Re-run October`: done once more.
AGAIN = re.compile(r"re-(?:run|do|cost|price|check|calculate|compute|route|send|state|base)\w*", re.IGNORECASE)
# `What would that have added`: a verb, not whose it is.
HAVE = re.compile(r"\b(?:that|this|it|we|they|would|should|could|might|must)\s+(?:have|has|had)\s+$", re.IGNORECASE)
SUBJECTS = (SUBJECT, STRICT_SUBJECT)
# `if teleop had taken`, `if the requests were answered`: what is done, where whoever does it stands before.
PARTICIPLE = re.compile(
    r"\w+ed|taken|run|gone|put|sent|kept|held|made|given|been|done|had|got|gotten|come|cut|chosen|driven|written|built|paid"
    r"|bought|sold|set|shut|spent|brought|left|lost|met|moved|cheaper|dearer|extra|enough|wholly|fully|half|twice|halved"
    r"|(?:trimm|cutt|rais|lower|hik|increas|reduc|slash|dropp|ris|fall|mov|go|gett|becom|plann|think|consider|chang|doubl)ing",
    re.IGNORECASE,
)
ASKING = re.compile(r"(?:^|[,;:.!?]\s*|\b(?:what|how|much|many|which|who|where|when|why|and|or|if|so|then)\s+)$", re.I)
# Whose prices move, where what they are paid on is named beside: `if Alibaba's 20% rise hits our OpenRouter traffic`.
MOVER = re.compile(
    r"(?:['’]s?)?\s+(?:\w+\s+)?\d[\d.]*\s*(?:%|percent|per\s+cent)\s+(?:\w+\s+)?(?:rise|increase|hike|cut|drop|reduction|raise)"
    r"\b(?=.*\bour\b)",
    re.IGNORECASE,
)
# `at the index of 2.14`, `with a target of 40%`: what a number is.
# `the 40% target in the minutes`: where a figure comes from.
DOCUMENTS = re.compile(
    r"targets?|minutes|memo|goals?|notes?|proposal|offer|quote|roadmap|policy|survey|wiki|guideline", re.IGNORECASE
)
FROM_IT = re.compile(r"(?:%|percent)\s[^,;.?]*\b(?:of|in|from|per)\s+(?:(?:the|our|their)\s+)?$", re.IGNORECASE)
OF_THE_OUTCOME = frozenset({"extra", "additional", "added", "resulting", "hypothetical", "eventual"})
SUPPOSING = re.compile(r"\b(?:if|when|would|suppos\w+|assum\w+|imagine)\b", re.IGNORECASE)
A_QUANTITY = re.compile(r"\s+of\s+(?:about\s+|around\s+)?[$€£]?\d")
# Who meets, not who spends: `the steering group`.
MEETS = re.compile(
    r"(?:steering|working|focus|interest|user|planning|project|core|expert|study|discussion|peer|age|control|advisory"
    r"|architecture|review|guild|tiger|task)",
    re.IGNORECASE,
)
OF_A_TEAM = (*STRICT, SUBJECT, BEFORE_SPEND, POSSESSIVE, BESIDE_TEAM, FOR_SOMEBODY)
PATTERNS = (*OF_A_TEAM, AFTER_PREPOSITION, CAPITALISED, CODED)


@dataclass(frozen=True, slots=True)
class Unread:
    """`name` as written; `team` when the words around it say that it is a team."""

    name: str
    start: int
    end: int
    team: bool = False


def unread_names(text: str, taken: Iterable[Span]) -> list[Unread]:
    """Words outside `taken` that stand where a name stands and are not general words, in order, each once."""
    spans = list(taken)
    found: dict[tuple[int, int], Unread] = {}
    for pattern in PATTERNS:
        at = 0
        while match := pattern.search(text, at):
            group = "name" if match["name"] is not None else "before"
            start, end = match.span(group)
            name = match[group].removesuffix("'s").removesuffix("’s").rstrip("'’.")
            end = start + len(name)
            at = max(match.start() + 1, start)
            besides = (group == "before" and name.lower() not in NO_TEAM) or (
                pattern in STRICT and name.lower() not in describing_words()
            )
            if IN_CURRENCY.fullmatch(name) or touches(start, end, spans) or (_is_general(name) and not besides):
                continue
            if pattern is AFTER_PREPOSITION and TO_DO.search(text[:start]) and stem(name) in everyday_words():
                continue
            if pattern in SUBJECTS and name.islower() and name.endswith("ed") and HAVE.search(text[:start]):
                continue
            if pattern is BESIDE_TEAM and group == "name" and _ends_at(spans, text, match.start()):
                continue  # `the ads team process`: the team is named before
            if pattern is SUBJECT and name.islower() and _is_done(text, match.start(), name):
                continue
            if pattern in (POSSESSIVE, CAPITALISED) and MOVER.match(text, end):
                continue
            if name.islower() and (
                A_QUANTITY.match(text, end) or (DOCUMENTS.fullmatch(name) and FROM_IT.search(text[:start]))
            ):
                continue
            if name.lower() in OF_THE_OUTCOME and SUPPOSING.search(text):
                continue
            if pattern is CODED and AGAIN.fullmatch(name):
                continue
            if group == "before" and MEETS.fullmatch(name) and text[end:].lstrip().lower().startswith("group"):
                continue
            if PURPOSE.fullmatch(name) and FOR_A_PURPOSE.search(text[:start]):
                continue
            team = pattern in OF_A_TEAM
            known = found.get((start, end))
            if known is None or (team and not known.team):
                found[start, end] = Unread(name, start, end, team)
    return [found[span] for span in sorted(found)]


def _ends_at(spans: Sequence[Span], text: str, at: int) -> bool:
    return any(end <= at and not text[end:at].strip() for _, end in spans)


def _is_done(text: str, at: int, name: str) -> bool:
    """Whether what follows the verb at `at` says what somebody before it did, and is not who did it."""
    before = text[:at]
    return PARTICIPLE.fullmatch(name) is not None and bool(before.strip()) and ASKING.search(before) is None


def _is_general(name: str) -> bool:
    parts = [part for part in re.split(r"[-_&'’/.]+", name) if part]
    return all(stem(part) in general_words() or len(part) == 1 for part in parts)
