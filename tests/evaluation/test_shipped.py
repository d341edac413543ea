"""`outlay eval` over the questions that are shipped, with the built-in planner, and over a file of one's own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.cases import Case, read_cases
from bot.evaluation.example_home import shipped_questions
from tests.agent.fixtures import example, services
from tests.cli.conftest import Outlay, environment, home, outlay
from tests.evaluation.expected import write_questions

__all__ = ["environment", "example", "home", "outlay", "services"]

KINDS = {
    *("price", "spend", "what-if", "plan", "training", "hardware", "decide", "news", "mixed", "unknown", "clarify"),
    *("follow-up", "access", "injection"),
}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(shipped_questions())


def test_the_shipped_file_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_questions(tmp_path / "questions.jsonl")
    fresh = (tmp_path / "questions.jsonl").read_bytes()
    assert shipped_questions().read_bytes() == fresh, "run: python -m tests.evaluation.expected"


def test_at_least_two_hundred_questions_of_every_kind_are_shipped(cases: list[Case]) -> None:
    asked = Counter(case.kind for case in cases)
    assert len(cases) >= 200
    assert set(asked) == KINDS
    assert all(number >= 6 for number in asked.values()), asked


def test_figures_refusals_people_threads_and_sources_are_among_them(cases: list[Case]) -> None:
    assert sum(bool(case.figures) for case in cases) >= 150
    assert sum("answered" not in case.status for case in cases) >= 30
    assert sum(case.asker is not None for case in cases) >= 20
    assert len({case.thread for case in cases if case.thread}) >= 8
    assert sum(bool(case.sources_any) for case in cases) >= 30
    assert sum(bool(case.never) for case in cases) >= 15


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_the_planner_answers_98_of_100_shipped_questions_and_none_wrongly(outlay: Outlay) -> None:
    ran = outlay("eval", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    wrong = [miss for miss in told["misses"] if miss["verdict"] == "wrong"]
    assert wrong == []
    assert told["accuracy"] >= 0.98, told["misses"]


def test_each_time_is_a_conversation_of_its_own(outlay: Outlay, home: Path, tmp_path: Path) -> None:
    """`and in September?` is understood after orion's October, both times; asked first it would not be."""
    follow_up: dict[str, Any] = {"question": "and in September?", "figures": [{"value": "60", "unit": "USD"}]}
    first = {"question": "What did orion spend in October 2026?", "figures": [{"value": "142", "unit": "USD"}]}
    lines = [{**one, "thread": "t", "today": "2026-11-23", "kind": "follow-up"} for one in (first, follow_up)]
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    told = json.loads(outlay("eval", path, "--times", "2", "--json").out)
    assert (told["questions"], told["times"], told["asked"], told["right"]) == (2, 2, 4, 4)
    assert (told["accuracy"], told["pass^2"]) == (1.0, 1.0)
    assert not (home / "threads.sqlite").exists()
    assert "pass^2 100.0%" in outlay("eval", path, "--times", "2").out


@pytest.mark.parametrize("times", ["0", "-1", "101", "many"])
def test_a_number_of_times_that_cannot_be_is_told(outlay: Outlay, times: str) -> None:
    ran = outlay("eval", "--times", times)
    assert (ran.code, ran.out) == (2, "")
    assert "--times" in ran.err
