"""Rewordings asked of the built-in planner, and whether each got its figures, no answer, or another figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.agent.ask import Agent
from bot.evaluation.cases import Expected as ExpectedFigure
from bot.evaluation.example_company import TODAY
from bot.reply import Question, Reply
from tests.rewording.rewordings import Rewording
from tools.money import plain

NOT_TOLD = ("could not place", "have nothing on that", "No billing data here has")
Verdict = Literal["same", "asked back", "wrong"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rewording got."""

    intent: str
    plain: str
    question: str
    expected: str
    got: str
    verdict: Verdict


def judged(reply: Reply, wanted: Sequence[ExpectedFigure], headline: bool = True) -> Verdict:
    """Where one figure is wanted, it must be the `headline`; of several, each must be told, or the reply must say what
    it could not place beside the others."""
    if reply.status in {"clarify", "unknown"}:
        return "asked back"
    if len(wanted) > 1 and any(said in reply.text for said in NOT_TOLD):
        return "asked back"
    told = reply.figures[:1] if headline and len(wanted) == 1 else reply.figures
    met = all(any(figure.meets(found.value, found.unit) for found in told) for figure in wanted)
    return "same" if reply.status == "answered" and met else "wrong"


def asked(agent: Agent, each: Iterable[Rewording]) -> Iterator[Outcome]:
    """`wrong` is an answer with another figure; a failure counts as wrong, too."""
    for n, one in enumerate(each):
        thread = f"rewording {n}" if one.before else None
        if one.before:
            agent.ask(Question(one.before, TODAY, thread=thread))
        reply = agent.ask(Question(one.question, TODAY, thread=thread))
        wanted = [ExpectedFigure.model_validate(figure) for figure in one.figures]
        verdict = judged(reply, wanted, one.headline)
        expected = ", ".join(f"{figure['value']} {figure['unit']}" for figure in one.figures)
        have = ", ".join(f"{plain(found.value)} {found.unit}" for found in reply.figures[:3])
        text = " ".join(reply.text.split())[:200]
        yield Outcome(
            one.intent,
            f"{one.before} {one.plain}".strip(),
            one.question,
            expected,
            f"{reply.status}: {have} | {text}",
            verdict,
        )
