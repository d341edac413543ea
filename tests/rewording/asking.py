"""Rewordings asked of the built-in planner, and whether each got its figures, no answer, or another figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.agent.ask import Agent
from bot.evaluation.cases import Expected as ExpectedFigure
from bot.evaluation.example_company import TODAY
from bot.reply import Question
from tests.rewording.rewordings import Rewording
from tools.money import plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rewording got."""

    intent: str
    plain: str
    question: str
    expected: str
    got: str
    verdict: Literal["same", "asked back", "wrong"]


def asked(agent: Agent, each: Iterable[Rewording]) -> Iterator[Outcome]:
    """`wrong` is an answer that lacks a figure of the question; a failure counts as wrong, too."""
    for one in each:
        reply = agent.ask(Question(one.question, TODAY))
        wanted = [ExpectedFigure.model_validate(figure) for figure in one.figures]
        if reply.status in {"clarify", "unknown"}:
            verdict: Literal["same", "asked back", "wrong"] = "asked back"
        elif reply.status == "answered" and all(
            any(figure.meets(found.value, found.unit) for found in reply.figures) for figure in wanted
        ):
            verdict = "same"
        else:
            verdict = "wrong"
        expected = ", ".join(f"{figure['value']} {figure['unit']}" for figure in one.figures)
        have = ", ".join(f"{plain(found.value)} {found.unit}" for found in reply.figures[:3])
        text = " ".join(reply.text.split())[:200]
        yield Outcome(one.intent, one.plain, one.question, expected, f"{reply.status}: {have} | {text}", verdict)
