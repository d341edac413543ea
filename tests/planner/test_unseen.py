"""The second example ledger asked of the built-in planner: it may ask back, but it may not be wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.agent.ask import Agent
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.judge import Judged, judge
from bot.reply import Question, Reply
from bot.settings import Settings
from bot.wiring import build_agent
from tests.agent.example import TODAY
from tests.evaluation.unseen_calculations import calculations
from tests.evaluation.unseen_ledger import ACCESS, write_unseen_export
from tests.evaluation.unseen_questions import questions
from tools.ledger.storing.importing import import_files

AT_LEAST_RIGHT = 128
"""Of 133. Raise it when more is answered; a line that asks back instead of answering is not wrong, only not right."""


@dataclass(frozen=True)
class Unseen:
    """An agent over the second ledger, and the file of its questions."""

    agent: Agent
    lines: Path


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unseen]:
    base = tmp_path_factory.mktemp("unseen")
    home, exports, lines = base / "home", base / "exports", base / "questions.jsonl"
    import_files(home, write_unseen_export(exports))
    (home / "access.toml").write_text(ACCESS, encoding="utf-8")
    asked = [*questions(exports), *calculations()]
    lines.write_text("\n".join(json.dumps(line) for line in asked) + "\n", encoding="utf-8")
    with build_agent(Settings(home=home, model=None)) as agent:
        yield Unseen(agent, lines)


@pytest.fixture(scope="module")
def judged(unseen: Unseen) -> list[Judged]:
    def ask(case: Case) -> Reply:
        return unseen.agent.ask(Question(case.question, case.today or TODAY, case.asker, case.channel, case.thread))

    return [judge(case, ask(case)) for case in read_cases(unseen.lines)]


@pytest.mark.slow
def test_every_unseen_question_is_asked(judged: list[Judged]) -> None:
    assert len(judged) == len({one.case.id for one in judged}) == 133


@pytest.mark.slow
def test_no_unseen_question_gets_a_wrong_figure(judged: list[Judged]) -> None:
    assert [f"{one.case.id}: {one.case.question} -> {one.why}" for one in judged if one.verdict == "wrong"] == []


@pytest.mark.slow
def test_at_least_as_many_unseen_questions_are_right_as_before(judged: list[Judged]) -> None:
    missed = [f"{one.case.id}: {one.case.question} -> {one.why}" for one in judged if one.verdict != "right"]
    assert len(judged) - len(missed) >= AT_LEAST_RIGHT, missed


def periods_used(reply: Reply) -> list[object]:
    return [step.args.get("period") for step in reply.steps if step.tool.startswith("spend")]


@pytest.mark.slow
@pytest.mark.parametrize("question", ["May spend", "our May AI spend", "AI spend in May", "core may spend"])
def test_a_month_is_the_period_of_a_question(unseen: Unseen, question: str) -> None:
    reply = unseen.agent.ask(Question(question, date(2026, 6, 20)))
    assert (reply.status, periods_used(reply)) == ("answered", ["2026-05-01 to 2026-05-31"])


@pytest.mark.slow
@pytest.mark.parametrize("question", ["May AI spend", "May OpenAI bill", "May cloud bill", "May LLM costs"])
def test_a_month_that_begins_a_question_is_never_left_out(unseen: Unseen, question: str) -> None:
    reply = unseen.agent.ask(Question(question, date(2026, 6, 20)))
    assert reply.status == "clarify" or periods_used(reply) == ["2026-05-01 to 2026-05-31"], reply.text


@pytest.mark.slow
def test_the_28th_of_a_leap_february_has_a_year_before(unseen: Unseen) -> None:
    reply = unseen.agent.ask(Question("Spend on 28 February 2024 against the year before?", date(2026, 6, 20)))
    assert reply.status == "unknown", reply.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "how much went to anthropic models via bedrock in May",
        "what did checkout spend in May",
        "what was growths bill in May",
        "what changed in core's spend from March to April",
    ],
)
def test_what_would_silently_meet_all_rows_or_none_gets_no_figure(unseen: Unseen, question: str) -> None:
    reply = unseen.agent.ask(Question(question, date(2026, 6, 20)))
    assert reply.status in {"clarify", "unknown"}
    assert reply.figures == ()
