"""Passages for a query: meaning and words together, led by what the question says of company, period and publisher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from knowledge.answering.agreement import figures
from knowledge.documents import Chunk, Head, Passage
from knowledge.reports.report_search import Sought, gains, sought_in
from knowledge.searching.lexical import largest, words
from knowledge.searching.understand import Understanding, understand
from knowledge.store import Snapshot, Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Weights tuned on the development questions over news sentences and quarterly reports (tests/benchmarks/knowledge.py).
LEXICAL = 0.5
PUBLISHER = 0.2
FITTING = 0.6
NAMED = 0.35
OF_COMPANY = 0.3
WORDING_MEANS, WORDING_SAYS = 0.5, 0.3
RECONSIDERED = 120
NEWEST = 0.25
CANDIDATES = 200
# The share of two passages' words that both have.
SAME_TEXT = 0.9
NEAR_DUPLICATE = 0.8


def search(
    store: Store,
    query: str,
    k: int = 10,
    since: date | None = None,
    *,
    publisher: str | None = None,
    company: str | None = None,
) -> list[Passage]:
    """Up to `k` passages, best first, none twice: of near duplicates the best stands for all and names the publishers
    of the others in `also`. `since`, `publisher` and `company` (compared casefolded) leave out
    all else; a passage without a date is left out by `since`. What the query itself names only raises what fits."""
    import numpy as np

    at = store.snapshot()
    if not len(at.numbers) or not query.strip() or k < 1:
        return []
    said = understand(query, at.heads)
    sought = sought_in(query, said, [name for one in said.companies for name in at.heads.names.all_of(one)])
    allowed = _allowed(at, since, publisher, company)
    if not len(allowed):
        return []
    vector = store.vectors_of([query])[0]
    scores = _scores(store, at, query, vector, allowed, said, sought)
    order = sorted(scores, key=lambda row: (-scores[row], row))[: max(6 * k + 20, RECONSIDERED if sought else 0)]
    chunks = store.registry.chunks(at.numbers[np.array(order, dtype=np.int64)].tolist())
    if sought:
        fitting = {row: chunk for row in order if (chunk := chunks.get(int(at.numbers[row])))}
        fitting = {row: one for row, one in fitting.items() if said.fits.get(int(at.article_of[row]), 0)}
        for row, gained in gains(fitting, sought, at.lexical).items():
            scores[row] += gained
        order.sort(key=lambda row: (-scores[row], row))
    found: list[Passage] = []
    kept: list[tuple[frozenset[str], Passage]] = []
    for row in order:
        chunk = chunks.get(int(at.numbers[row]))
        if chunk is None:
            continue
        one = passage(chunk, at.heads[at.article_of[row]], scores[row])
        told = frozenset(words(one.text))
        first = next((place for place, (other, its) in enumerate(kept) if _repeats(told, one, other, its)), None)
        if first is not None:
            found[first] = _also(found[first], one)
            continue
        found.append(one)
        kept.append((told, one))
        if len(found) == k:
            break
    return found


def passage(chunk: Chunk, head: Head, score: float) -> Passage:
    filing = head.filing
    return Passage(
        chunk.id,
        head.title,
        head.publisher,
        head.url,
        head.published_on,
        round(float(score), 6),
        chunk.text,
        head.id,
        chunk.page,
        filing.company if filing else "",
        filing.period if filing else "",
    )


def _allowed(at: Snapshot, since: date | None, publisher: str | None, company: str | None) -> NDArray[np.int64]:
    import numpy as np

    if since is None and publisher is None and company is None:
        return np.arange(len(at.numbers))
    fits = np.ones(len(at.heads), dtype=bool)
    if since is not None:
        fits &= at.heads.days >= since.toordinal()
    for wanted, places in ((publisher, at.heads.of_publisher), (company, at.heads.of_company)):
        if wanted is not None:
            chosen = np.zeros(len(at.heads), dtype=bool)
            chosen[places(wanted.casefold())] = True
            fits &= chosen
    return np.flatnonzero(fits[at.article_of])


def _scores(
    store: Store,
    at: Snapshot,
    query: str,
    vector: NDArray[np.float32],
    allowed: NDArray[np.int64],
    said: Understanding,
    sought: Sought | None,
) -> dict[int, float]:
    """Cosine, plus the share of the best BM25 score, plus what fits the question, for the likely rows."""
    import numpy as np

    lexical = at.lexical.scores(query)
    within = lexical[allowed]
    top = float(within.max()) if len(within) else 0.0
    likely = set(allowed[largest(within, CANDIDATES)].tolist())
    cosines = dict(store.nearest(vector, allowed, CANDIDATES))
    boost = _boosts(at, said, sought)
    favoured = np.flatnonzero(boost[at.article_of] > 0)
    favoured = favoured[np.isin(favoured, allowed)] if len(allowed) < len(at.numbers) else favoured
    if len(favoured):
        cosines |= dict(store.nearest(vector, favoured, CANDIDATES))
        likely |= set(favoured[largest(lexical[favoured], CANDIDATES)].tolist())
    within_reports = _within_reports(store, at, favoured, sought) if sought and len(favoured) else {}
    likely |= within_reports.keys()
    missing = np.array(sorted(likely - cosines.keys()), dtype=np.int64)
    if len(missing):
        cosines |= dict(store.nearest(vector, missing, len(missing)))
    return {
        row: cosine
        + LEXICAL * (float(lexical[row]) / top if top else 0.0)
        + float(boost[at.article_of[row]])
        + within_reports.get(row, 0.0)
        for row, cosine in cosines.items()
    }


def _within_reports(store: Store, at: Snapshot, favoured: NDArray[np.int64], sought: Sought) -> dict[int, float]:
    """By the wording of reports: inside them the company and the period tell nothing apart."""
    lexical = at.lexical.scores(sought.wording)[favoured]
    top = float(lexical.max()) or 1.0
    vector = store.vectors_of([sought.wording])[0]
    found = {row: WORDING_MEANS * cosine for row, cosine in store.nearest(vector, favoured, CANDIDATES)}
    for place in largest(lexical, CANDIDATES):
        row = int(favoured[place])
        found[row] = found.get(row, 0.0) + WORDING_SAYS * float(lexical[place]) / top
    return found


def _boosts(at: Snapshot, said: Understanding, sought: Sought | None) -> NDArray[np.float32]:
    """One number an article."""
    import numpy as np

    boost = np.zeros(len(at.heads), dtype=np.float32)
    for place, fit in said.fits.items():
        # A question that is not about reports may mean the news of the company as well.
        boost[place] += (FITTING if sought else NAMED) * (OF_COMPANY + (1 - OF_COMPANY) * fit)
    for publisher in said.publishers:
        boost[at.heads.of_publisher(publisher)] += PUBLISHER
    if said.latest and not said.articles:
        days = at.heads.days
        if days.max(initial=0) > 0:
            # Half of the bonus is gone after 90 days.
            boost += (NEWEST * 0.5 ** ((days.max() - days) / 90.0)).astype(np.float32) * (days > 0)
    return boost


def _repeats(said: frozenset[str], one: Passage, other_said: frozenset[str], other: Passage) -> bool:
    """Nearly the same words with the same figures; in two reports of different periods they are no repeat."""
    least = SAME_TEXT if one.article_id == other.article_id else NEAR_DUPLICATE
    return (
        len(said & other_said) >= least * max(1, len(said | other_said))
        and one.period == other.period
        and (one.article_id == other.article_id or figures(one.text) == figures(other.text))
    )


def _also(one: Passage, copy: Passage) -> Passage:
    if not copy.publisher or copy.publisher in (one.publisher, *one.also):
        return one
    return replace(one, also=(*one.also, copy.publisher))


def newest_first(passages: Sequence[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda one: one.published_on or date.min, reverse=True)
