"""Forms of one word that stemming keeps apart: settle and settlement, borrow and borrower, expand and expansion."""

from __future__ import annotations

from functools import cache

# What a stem may end in beside its root, and the fewest letters of such a root.
SUFFIXES = {"ment": 3, "ship": 5, "or": 5, "er": 5, "anc": 4, "eri": 4, "at": 4, "al": 5}
# Ends that change with the form: reduc(e) and reduct(ion), expand and expans(ion), consum(e) and consumpt(ion).
CHANGED = (("uct", "uc"), ("ens", "end"), ("ans", "and"), ("umpt", "um"))
# Words of other meanings that only look so, and what would come out of them.
NO_ROOTS = frozenset(
    """
    depart state apart docu seg ele custom clust comput consum chapt quart numb transform regist minist charact capit
    gener commerci instru comple fund mo parlia process intern materi physic princip person profession process proport
    """.split()  # noqa: SIM905
)


@cache
def forms(stemmed: str) -> frozenset[str]:
    """The stems of the other forms of a stemmed word."""
    root = _root(stemmed)
    made = {root, *(root + suffix for suffix in SUFFIXES), root + "ement"}
    made |= {root.removesuffix(short) + long for long, short in CHANGED if root.endswith(short)}
    return frozenset(one for one in made if _root(one) == root and one != stemmed)


def _root(stemmed: str) -> str:
    for suffix, fewest in SUFFIXES.items():
        rest = stemmed.removesuffix(suffix)
        if rest != stemmed and len(rest) >= fewest and rest not in NO_ROOTS:
            return rest.removesuffix("e")
    for long, short in CHANGED:
        if stemmed.endswith(long) and len(stemmed) > len(long) + 1:
            return stemmed.removesuffix(long) + short
    return stemmed
