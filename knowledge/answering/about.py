"""Whether a sentence speaks of what a question asks after, and of those it names."""

from __future__ import annotations

from knowledge.answering.cues import HOW_LONG, names_nobody_else, names_only_persons
from knowledge.answering.focus import is_counted, is_theme
from knowledge.documents import Passage
from knowledge.searching.lexical import stem
from knowledge.searching.question import Question
from knowledge.searching.relevance import Weights, says, stems

# What many companies' names end in.
GENERAL = frozenset(
    map(
        stem,
        """
        labs lab systems cloud power bank inc corp group research compute computing university foundation institute
        insurance technologies energy capital partners ventures holdings networks semiconductor electronics services ai
        data analysts media
        """.split(),  # noqa: SIM905
    )
)


def is_about(
    asked: Question,
    sentence: str,
    said: frozenset[str],
    home: Passage,
    weights: Weights,
    alone: bool,
    leaning: frozenset[str] = frozenset(),
) -> bool:
    """Whether one sentence (its stems are `said`) under its title speaks of those named; one that answers "who" says
    itself what they do, and one with an amount whose it is, unless it names nobody else under a title that does not
    either. A title that names others too speaks for no person, unless the sentence names persons only. `leaning` is
    said by the sentences before it, on which it leans with an "it"."""
    with_title = said | stems(home.title, home.company, home.publisher)
    named = [name for name in asked.names if name not in asked.ascribed]
    with_title |= completed(asked, with_title, home)
    if len(asked.names) <= 3 and not all(says(with_title, name) for name in named):
        return False
    own = said | leaning
    itself = all(says(own | completed(asked, own, home), one) for one in named)
    owned = itself or (alone and (is_counted(asked.text) or names_nobody_else(home.title, asked)))
    if asked.asks == "amount" and asked.focus and not is_theme(asked.text):
        # What lasted may be named by the title alone: "the outage" over "offline for nine hours".
        told = with_title if itself and HOW_LONG.search(asked.text) else said
        if not (owned and all(says(told, one) for one in asked.focus)):
            return False
    if asked.asks == "who" and not owned:
        titled = stems(home.title)
        titled |= completed(asked, titled, home)
        of_title = all(says(titled, name) for name in named) and names_only_persons(sentence, asked)
        if not of_title and not names_nobody_else(home.title, asked):
            return False
    if not all(says(with_title, one) for one in asked.focus):
        return False
    return asked.asks != "who" or len(asked.terms) > 6 or weights.of_rest(asked.names, said) >= 0.5


def completed(asked: Question, said: frozenset[str], home: Passage) -> frozenset[str]:
    """The rest of a name of which `said` has a part, where the passage says it in full: "Ferro" for "Ferro Systems",
    "Adeyemi" for "Jonas Adeyemi"."""
    in_part = [name for name in asked.full_names if name[0] in said or (name[-1] in said and name[-1] not in GENERAL)]
    return frozenset(word for name in in_part if set(name) <= stems(home.title, home.text) for word in name)
