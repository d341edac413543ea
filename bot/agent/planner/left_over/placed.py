"""Whether each word of a question on own spend has been read, or is one that changes no figure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from functools import lru_cache

from bot.agent.planner.intents.own.models_named import FAMILY
from bot.agent.planner.left_over.taken_words import OF_A_MOVE, OF_A_PRICE
from bot.agent.planner.left_over.unread import describing_words, everyday_words, general_words
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.currency_words import IN_CURRENCY
from bot.agent.planner.words.fiscal_years import start_month
from bot.agent.planner.words.lexicon import stem
from bot.agent.planner.words.supposed_words import narrows
from bot.agent.slots.lexing import touches
from tools.results import listed

# A month that no period holds is never a word without meaning; may and march are verbs, too.
MONTHS = frozenset(name.lower() for name in calendar.month_name if name) - {"may", "march"}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SPLIT_BY = re.compile(
    r"(?<!as )\b(?:per|by|each|every|across(?:\s+all)?)\s+(?:the\s+|our\s+|single\s+|individual\s+)*"
    r"(?!(?:month|quarter|year)(?:['’]?s)?[\s-]+(?:end|close)\b)(?P<word>[a-z]+)",
    re.I,
)
A_MILLION = re.compile(
    r"\b(?:per|a|an|each)\s+(?:million|thousand|hundred|1?[mk]\b|1,?000(?:,000)?\b)\s*(?:tokens?|requests?|calls?)?",
    re.I,
)
YEAR = re.compile(r"(?<![\w.,-])20\d\d(?![\w.,-]*\d)")
WHICH = re.compile(r"(?<!on )\b(?:which|what|whose)\s+(?P<word>[a-z]+)", re.IGNORECASE)
# What may follow "by" or "per" without being what the figures are split by.
NO_SPLIT = frozenset((
    "ai", "genai", "llm", "far", "any", "chance", "now", "then", "how", "way", "the", "what", "cost", "costs", "spend",
    "spending",
    "amount", "total", "totals", "share", "value", "size", "name", "date", "end", "ending", "of", "in", "it",
    "us", "me", "them", "which", "that", "this", "one", "head", "capita", "month-end", "each", "and", "or",
    "percent", "percentage", "everything", "everyone", "all", "board", "company", "organisation", "organization",
    "business", "currency", "currencies", "side", "itself",
))  # fmt: skip
# What may follow "which" or "what" without asking for one of a kind.
NO_KIND = frozenset((
    "a", "about", "actually", "all", "amount", "an", "and", "are", "bill", "bills", "caused", "causes", "change",
    "changed", "changes", "cost", "costs", "did", "difference", "discount", "discounts", "do", "does", "drives",
    "driver", "drivers",
    "drove", "else", "exactly", "explains", "extent", "figure", "figures", "fraction", "go", "goes", "had",
    "happened", "happens", "has", "have", "if", "in", "increase", "invoice", "is", "it", "kind", "made", "makes",
    "much", "number", "of", "on", "one", "ones", "our", "part", "percent", "percentage", "period", "portion",
    "proportion", "rate", "reason", "reasons", "s", "savings", "share", "should", "spend", "spending", "stands",
    "sum", "stood", "sticks", "the", "they", "this", "total", "totals", "trend", "up", "us", "was", "way", "we", "we"
    "nt", "were", "discount", "discounts",
    "will", "would", "you", "your", "percentages", "moved", "unusual", "strange", "odd", "weird",
    "unexpected", "abnormal", "must", "can", "could", "may", "might", "need", "needs", "shall",
))  # fmt: skip


@lru_cache(maxsize=1)
def fillers() -> frozenset[str]:
    """Stems of everyday words that change no figure: courtesies, who asks and why, verbs of paying."""
    return everyday_words() | frozenset(stem(word) for word in describing_words()) | general_words()


# A verb in small letters, or at the start.
A_MONTH_INSIDE = frozenset({"March", "May", "march"})
LONG = 6
LEAVES_OUT = frozenset({"except", "without", "exclude", "excluding", "besides", "minus", "only", "not"})


def may_leave_out(slip: str, put_right: str) -> bool:
    """Whether a misspelt word that was read as one without weight is as near to one that leaves something out."""
    from rapidfuzz.distance import DamerauLevenshtein

    word, read = slip.lower(), put_right.lower()
    if read in LEAVES_OUT or stem(read) not in fillers():
        return False
    return any(DamerauLevenshtein.distance(word, one) <= (2 if len(one) >= LONG else 1) for one in LEAVES_OUT)


def unplaced_words(
    r: Reading,
    priced: bool = False,
    moved: bool = False,
    held: frozenset[str] = frozenset(),
    counted: bool = False,
    supposed: bool = False,
) -> list[str]:
    """Words of a question on own spend that nothing has read and that are no fillers; and kinds to split by or to
    choose from ("per ticket", "which customers") that the ledger does not know. `priced`: the price of a million tokens
    is told, or with `counted` of so many of something; `moved`: traffic is priced again elsewhere; `supposed`: spend is
    told as it would have been, so that only words that may narrow it count; `held` are words that the calls take into
    account. In order, as written."""
    spans = [*r.taken, *((u.start, u.end) for u in r.unread), *(match.span() for match in FAMILY.finditer(r.text))]
    found = {}
    more = (OF_A_PRICE if priced else frozenset()) | (OF_A_MOVE if moved else frozenset()) | held
    for match in WORD.finditer(r.text):
        parts = re.split(r"['’]", match[0])
        if match[0].lower() in more or IN_CURRENCY.fullmatch(match[0]):
            continue
        plain = _plain(parts) and not (match[0] in A_MONTH_INSIDE and match.start() > 0)
        plain = plain or (supposed and not narrows(r.text, *match.span()))
        if not touches(match.start(), match.end(), spans) and len(match[0]) > 1 and not plain:
            found[match.start()] = match[0]
    found |= {r.text.find(put_right): slip for slip, put_right in r.changes if may_leave_out(slip, put_right)}
    for pattern, allowed in ((SPLIT_BY, NO_SPLIT | more), (WHICH, NO_KIND | more)):
        for match in pattern.finditer(r.text):
            currency = IN_CURRENCY.fullmatch(match["word"]) is not None
            if supposed and match["word"].lower().endswith("ing"):
                continue  # `by switching to haiku`
            if match["word"].lower() not in allowed and not currency and not touches(*match.span("word"), spans):
                found[match.start("word")] = match[0]
    for match in YEAR.finditer(r.text):
        if not touches(*match.span(), [*spans, *((a.start, a.phrase_end) for a in r.amounts)]):
            found[match.start()] = match[0]
    for match in A_MILLION.finditer("" if priced or counted else r.text):
        found[match.start()] = match[0]
    return [found[start] for start in sorted(found)]


# What is said of a budget: each is read by what `measure` asks, or asks for its whole standing.
OF_A_BUDGET = re.compile(
    r"(?:which\s+|what\s+)?budgets?|what\s+(?:can|remains)|bust\w*|still|rest|over(?:shoot|shot|run|runs|spend|spent)|under"
    r"(?:spend|spent|run)|exceed\w*"
    r"|exhaust\w*|burn\w*|used|usage|lasts?|runs?|running|breach\w*|blow\w*|blown"
    r"|risk|track|remaining|remains|consumed|headroom|standing|status|cover\w*|hit|hits|hitting|reach\w*|soon"
    r"|enough|until|dry|keeps?|keeping|kept|stay\w*|inside|within|below|above|caps?|limits?|ceilings?|targets?|envelopes?"
    r"|allocat\w+|allotted|approved|granted|earmarked|pots?|planned|thresholds?|quotas?|guardrails?|daily|afford|allowed"
    r"|beats?|miss(?:es)?|suffic\w+|gone|given|make|pace|burn|sets?|aside|beyond|past|anywhere|capped|limited|budgeted|hold\w*|going|miss|realistic|adequate|reasonable|achievable|feasible|sav(?:e|ed|ing)|cut\w*"
    r"|reduc\w+|trim\w*|need|needs|working|business|per\s+working",
    re.IGNORECASE,
)


def without_budget_words(words: Sequence[str], tools: Sequence[str]) -> list[str]:
    """`words` without those that a budget's standing answers, where that is what is told."""
    return [word for word in words if "budget_status" not in tools or not OF_A_BUDGET.fullmatch(word)]


def _plain(parts: Sequence[str]) -> bool:
    return all(len(part) < 3 or (stem(part) in fillers() and part.lower() not in MONTHS) for part in parts)


def _currencies(r: Reading) -> list[tuple[str, str]]:
    """The words for currencies, amounts apart, and their codes."""
    spans = [*((a.start, a.phrase_end) for a in r.amounts), *((v.start, v.end) for v in r.values)]
    found = [match for match in IN_CURRENCY.finditer(r.text) if not touches(*match.span(), spans)]
    return [(match[0], str(match.lastgroup)) for match in found]


def other_currencies(r: Reading) -> list[str]:
    """The currencies named that no bill is in: sums are never converted."""
    return [said for said, code in _currencies(r) if code not in r.currencies]


def named_currencies(r: Reading) -> tuple[str, ...]:
    """The currency to keep to, where bills are in several and one of them is named."""
    codes = tuple(dict.fromkeys(code for _, code in _currencies(r) if code in r.currencies))
    return codes if len(r.currencies) > len(codes) == 1 else ()


def unknown_tags(r: Reading) -> str:
    """That no charge has a tag that the question splits by, and which tags there are; nothing where all are known."""
    missing = [name for g in r.groupings if (name := g.dimension.removeprefix("tag:")) != g.dimension]
    missing = [name for name in missing if name not in r.tag_keys]
    if not missing:
        return ""
    known = f"Tags here: {', '.join(r.tag_keys)}." if r.tag_keys else "No charge here has any tag but a team's."
    return f"No charge here has the tag {listed([repr(name) for name in missing])}. {known}"


FISCAL = re.compile(r"\bfiscal|\bFY", re.IGNORECASE)
# A text that begins with a figure, or that holds a date in figures.
FIGURES = re.compile(r"^\d|\d{1,2}[/.]\d{1,2}")
SHORT_YEAR = re.compile(r"[a-z]\.?\s+\d\d$", re.IGNORECASE)


def unsure_period(r: Reading) -> tuple[str, tuple[str, ...]] | None:
    """A question back, and its options, where a period may be another than the one read: a fiscal one, and a date in
    figures whose day and month may be the other way round."""
    told = start_month(r.text) is not None
    for mention in r.periods:
        if told:
            continue
        if FISCAL.search(mention.text) or FISCAL.search(r.text[max(0, mention.start - 8) : mention.start]):
            return f"I do not know when your fiscal year starts. Which months are “{mention.text}”?", ()
        if mention.others and (FIGURES.search(mention.text) or SHORT_YEAR.search(mention.text)):
            kind = "day" if mention.grain == "day" else "time"
            return f"Which {kind} is “{mention.text}”?", tuple(p.shown() for p in (mention.period, *mention.others))
    return None
