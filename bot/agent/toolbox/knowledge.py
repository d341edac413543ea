"""Tools over the knowledge base: news and reports, cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.reply import Source
from bot.services import Services
from tools.errors import Unknown
from tools.period import day_shown
from tools.results import Figure, Result, listed

if TYPE_CHECKING:
    from knowledge.answering.answer import Claim
    from knowledge.documents import Passage

DISAGREE = "The sources give different figures for the same thing; the newest stands first."
MOST_FIGURES = 8
LATEST = "The latest in the indexed texts, newest first:"
UNEXPLAINED = "I found no reason given in the indexed texts."
NOTHING = (
    "I have nothing on that, neither in the indexed news and reports nor in the spend ledger or the price tables. "
    "I can answer on model prices, our own AI spend, GPU and training costs, project calculations, and indexed news."
)


class SearchKnowledge(Arguments):
    question: str


def _search(services: Services, turn: Turn, args: SearchKnowledge) -> Output:
    from knowledge.answering.answer import answer
    from knowledge.answering.orders import without_orders

    found = answer(services.store, args.question, turn.question.today)
    if found is None or not found.sentences:
        raise Unknown(NOTHING)
    sources: list[Source] = []
    said: list[str] = []
    for n, claim in enumerate(found.sentences):
        passage = found.passages[claim.passage_index]
        source = Source(passage.title, passage.publisher, passage.url, passage.published_on, claim.quote)
        following = found.sentences[n + 1 : n + 2]
        # Sentences in a row from one article are cited once, after the last of them.
        same = bool(following) and found.passages[following[0].passage_index].url == passage.url
        sources.append(source)
        also = f" Also reported by {listed(claim.publishers[1:])}." if len(claim.publishers) > 1 else ""
        said.append(claim.text + also if same and passage.url else f"{claim.text} {citation(source)}{also}")
    told = " ".join([*([found.note] if found.note else []), *([UNEXPLAINED] if found.unexplained else []), *said])
    if found.latest and len(said) > 1:
        told = "\n".join([found.note or LATEST, *(f"- {one}" for one in said)])
    return Output(
        Result(
            told,
            _figures(args.question, found.sentences, found.passages),
            warnings=(DISAGREE,) if found.disagree else (),
        ),
        tuple(dict.fromkeys(sources)),
        tuple(without_orders(p.text) for p in found.passages),
    )


def _figures(question: str, claims: Sequence[Claim], passages: Sequence[Passage]) -> tuple[Figure, ...]:
    """The figures told from tables and in sentences, as of the day of publication, that asked for first."""
    from knowledge.answering.figures_said import answering
    from knowledge.searching.question import read_question

    told = [(claim.figure, passages[claim.passage_index]) for claim in claims]
    rows = tuple(
        Figure(row.label, row.value, row.unit or "as printed", passage.published_on)
        for row, passage in told
        if row is not None and row.value is not None
    )
    asked = read_question(question)
    said = [
        Figure(passages[claim.passage_index].title, one.value, one.unit, passages[claim.passage_index].published_on)
        for claim in claims
        if claim.figure is None
        for one in answering([claim.text], asked)
    ]
    return (*rows, *dict.fromkeys(said))[:MOST_FIGURES]


def citation(source: Source) -> str:
    """Who published it and when, as a link where there is one."""
    dated = f", {day_shown(source.published_on)}" if source.published_on else ""
    label = f"{source.publisher or source.title}{dated}"
    return f"([{label}]({source.url}))" if source.url else f"({label})"


TOOLS = (
    Tool(
        "search_knowledge",
        "Indexed news, reports and filings on AI costs, chips, companies and people: what they say, with sources.",
        SearchKnowledge,
        _search,
        "Reading the news and reports",
    ),
)
