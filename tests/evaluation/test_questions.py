"""The questions as written: whole, distinct, the same every time, and of every kind."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.evaluation.expected import write_questions
from tests.evaluation.line import Line

AT_LEAST = {
    "price": 25,
    "spend": 30,
    "training": 8,
    "hardware": 5,
    "decide": 8,
    "news": 10,
    "mixed": 5,
    "follow-up": 12,
}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    path = tmp_path_factory.mktemp("questions") / "questions.jsonl"
    write_questions(path)
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def test_every_kind_is_asked_often_enough(lines: list[Line]) -> None:
    asked = Counter(line["kind"] for line in lines)
    assert len(lines) >= 90
    assert all(asked[kind] >= least for kind, least in AT_LEAST.items()), asked
    assert asked["unknown"] + asked["clarify"] >= 12


def test_ids_and_sentences_are_distinct(lines: list[Line]) -> None:
    assert max(Counter(line["id"] for line in lines).values()) == 1
    alone = ((line["question"], line.get("as"), line.get("channel")) for line in lines if "thread" not in line)
    assert max(Counter(alone).values()) == 1


def test_every_expected_figure_is_a_number_with_unit_and_tolerance(lines: list[Line]) -> None:
    for line in lines:
        for figure in line["figures"]:
            assert Decimal(figure["value"]).is_finite(), line
            assert 0 < Decimal(figure["tolerance"]) <= max(abs(Decimal(figure["value"])) / 40, Decimal("0.01")), line
            assert figure["unit"], line


def test_no_spend_expectation_is_zero(lines: list[Line]) -> None:
    for line in lines:
        if line["kind"] in {"spend", "mixed"}:
            assert all(Decimal(figure["value"]) != 0 for figure in line["figures"]), line


def test_a_question_without_an_answer_expects_no_figure(lines: list[Line]) -> None:
    assert not [line["id"] for line in lines if "answered" not in line["status"] and line["figures"]]


def test_the_same_questions_are_written_every_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    assert write_questions(one) == write_questions(other)
    assert one.read_bytes() == other.read_bytes()
