"""The sentences of passages that can stand in an answer on their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.internal import is_internal
from knowledge.answering.orders import gives_orders
from knowledge.answering.sentences import sentences
from knowledge.documents import Passage
from knowledge.reports.cells import is_row
from knowledge.searching.lexical import stem
from knowledge.searching.relevance import says, stems

# Openings that point at what was said before.
DANGLING = re.compile(
    r"(?i)^[\"“'(]*(?:it(?! (?:is|was|has been|will be) (?:also |not |now )?(?:agreed|decided|resolved|planned|noted|"
    r"expected|clear|known|likely|unlikely|possible|forbidden|allowed|mandatory)\b)|its|this|that|these|those|they|their|them|he|she|his|her|such|both|another|then|"
    r"there|so(?! far)|the (?:former|latter|company|two|same|figures?|move|deal|report|increase|decrease|others?)|"
    r"(?:at|by|for|on|in|of|with|after|before|from|under|despite|because of|given|among|besides|unlike) "
    r"(?:that|this|these|those|them|it|the same|such|both|then)|by comparison|"
    r"(?:all|most|some|many|few|none|one|each|neither|either|half|part|much) of (?:that|this|these|those|them|it)|"
    r"other reports|otherwise)\b"
)
# Openings that only join a sentence to the one before: without them it says the same.
JOINING = re.compile(
    r"(?i)^(?:(?:but|and) |(?:also|however|moreover|furthermore|further|meanwhile|therefore|thus|still|"
    r"nevertheless|nonetheless|even so|since then|as a result|in addition|additionally|instead|similarly|likewise|"
    r"accordingly|in turn|in contrast|by contrast|on the other hand|for example|for instance|again|then|"
    r"besides|separately|by comparison|at the same time|in response|consequently|hence|overall|in short|indeed|"
    r"in fact), ?)+"
)
BOILERPLATE = re.compile(
    r"(?i)\b(?:subscribe|newsletter|cookies?|sign up|all rights reserved|click here|read more|share this|terms of use|"
    r"table of contents|forward-looking statements|incorporated by reference|refer to (?:the |part|note|item)|"
    r"see (?:accompanying|note|item|part) |i have reviewed this|as used herein|should be read in conjunction|"
    r"for (?:further|additional|more) information)\b|https?://|^\s*(?:note|item|part)\s+[\dIV]+[A-Z]?\.?"
)
# A sentence that says how many things follow, and not which.
ANNOUNCING = re.compile(
    r"(?i)^[^:]*\b(?:two|three|four|five|several|the following)\b[^:]*\b(?:scenarios|ways|reasons|levels|factors|steps|"
    r"options|causes|drivers|points|measures|paths|changes)\b[^:]*\.$"
)
# The one that the whole text is about, named in its title.
ITS_SUBJECT = re.compile(
    r"(?:It|They|The (?:company|firm|group|retailer|bank|maker|startup|vendor|provider|studio|insurer|carrier|airline|"
    r"supplier|operator|chipmaker|manufacturer|lab|agency|regulator|business))\s+(?!(?:is|was) \w+ (?:that|to)\b)"
)
LABELLED = re.compile(r"(?:[-*•]\s*)?[A-Z][\w/-]*(?: [\w/-]+){0,2}: \S")
FEW_WORDS = 8
PERSON = re.compile(r"\b(?!The |An? |In |On |At )[A-Z][\wÀ-ÿ’'-]+(?: (?:de |van |von |al-)?[A-Z][\wÀ-ÿ’'-]+)+")
POINTS_BACK = re.compile(r"(?<=[a-z]) (?:it|them|this|these)\b(?! (?:is|was|has|will|would|can|may)\b)")
THE_THING = re.compile(r"\b[Tt]h(?:e|is|at|ese|ose) (\w{3,})")
MOST_JOINED = 400
MOST_LETTERS = 700


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` stands word for word in the passage numbered `passage`; `parts` are the stems of each of its sentences.
    `lead` is the title that says who "it" is."""

    text: str
    passage: int
    place: int
    said: frozenset[str]
    parts: tuple[frozenset[str], ...]
    score: float = 0.0
    lead: str = ""


def candidates_in(
    passages: Sequence[Passage], kept: Sequence[int], joined: str = "", terms: Sequence[str] = ()
) -> list[Candidate]:
    """In reading order, without those that give orders. A sentence that leans on the one before is joined with it, or
    left out; one that announces what follows is joined with that. Where "who" or "yes or no" is asked (`joined`), one
    that speaks of "the club" of the sentence before stands both alone and joined with it, for "who" if it names a
    further person, and so does one that says of the `terms` what that did not."""
    found: list[Candidate] = []
    for at in kept:
        text, before, chain, title = passages[at].text, "", "", passages[at].title.strip()
        inside = is_internal(passages[at])
        for line in text.split("\n"):
            within = sentences(line)
            for place, sentence in enumerate(within):
                whole = sentence
                if gives_orders(sentence) or (sentence.strip() == title and len(text) > len(title) + 20):
                    before = chain = ""
                    continue
                if ANNOUNCING.match(sentence):
                    whole = _with_what_follows(within[place : place + 3], text)
                elif DANGLING.match(JOINING.sub("", sentence)) or _only_labelled(sentence):
                    whole = f"{before} {sentence}" if before and f"{before} {sentence}" in text else ""
                    if (
                        ITS_SUBJECT.match(sentence)
                        and title
                        and not passages[at].period
                        and _is_worth_saying(sentence, inside)
                    ):
                        found.append(replace(_candidate(sentence, at, len(found)), lead=title))
                elif joined and chain and _leans(sentence, chain, terms) and f"{chain} {sentence}" in text:
                    named = set(PERSON.findall(sentence)) - set(PERSON.findall(chain))
                    chain = f"{chain} {sentence}"
                    if joined != "who" or named:
                        found.append(_candidate(chain, at, len(found)))
                before = whole if len(whole) < MOST_JOINED else ""
                chain = before if before not in chain or len(chain) >= MOST_JOINED else chain
                if (
                    whole
                    and _is_worth_saying(whole, inside)
                    and not (passages[at].period and _is_printed_matter(whole))
                ):
                    found.append(_candidate(whole, at, len(found)))
    return found


def _only_labelled(sentence: str) -> bool:
    """`Owner: Rhys Morgan.`: it says of what only with the sentence before."""
    return LABELLED.match(sentence) is not None and len(sentence.split()) <= FEW_WORDS


def _leans(sentence: str, before: str, terms: Sequence[str]) -> bool:
    """Whether it speaks of what stood before, or says of what is asked what that did not."""
    said, told = stems(sentence), stems(before)
    return refers_back(sentence, before) or any(says(said, term) and not says(told, term) for term in terms)


def refers_back(sentence: str, before: str) -> bool:
    """Whether it speaks of a thing of the sentence before: "the club" after "a buying club", "stopped it"."""
    said = stems(before)
    return POINTS_BACK.search(sentence) is not None or any(
        says(said, stem(word.lower())) for word in THE_THING.findall(sentence)
    )


def _is_printed_matter(sentence: str) -> bool:
    """A heading or a row of a report's table, which says nothing on its own."""
    return (
        not sentence.rstrip("\"”')").endswith((".", "!"))
        or is_row(sentence)
        or "months ended" in sentence[-60:].lower()
    )


def _candidate(whole: str, at: int, place: int) -> Candidate:
    return Candidate(whole, at, place, stems(whole), tuple(map(stems, sentences(whole))))


def _with_what_follows(following: Sequence[str], text: str) -> str:
    """As many of the sentences as stand together in `text` and are not too long."""
    for count in range(len(following), 1, -1):
        whole = " ".join(following[:count])
        if len(whole) <= MOST_LETTERS and whole in text:
            return whole
    return following[0]


def as_said(text: str) -> str:
    """On one line, without a list's mark and without an opening that only joins it to what stood before."""
    line = re.sub(r"\s+", " ", re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", text)).strip()
    rest = JOINING.sub("", line)
    return rest if re.match(r"[a-z][A-Z]|[a-z]+[-_\d]", rest) else rest[:1].upper() + rest[1:]


def _is_worth_saying(sentence: str, internal: bool = False) -> bool:
    """Minutes open sentences with the names of teams, which may be in small letters."""
    letters = sum(map(str.isalpha, sentence))
    return (
        len(sentence.split()) >= 4
        and len(sentence) <= MOST_LETTERS
        and letters >= 0.6 * len(sentence.replace(" ", ""))
        and not sentence.endswith(("?", ":", ";", ","))
        and (internal or not re.match(r"[a-z](?![A-Z])", sentence))
        and not BOILERPLATE.search(sentence)
        and not sentence.isupper()
    )
