"""What counts as right, wrong and refused, with replies written out here."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.cases import Case, read_cases, same_unit
from bot.evaluation.judge import judge
from bot.reply import Reply, Source
from tools.errors import BadInput, Status
from tools.results import Figure


def case(**keys: Any) -> Case:
    return Case.model_validate({"question": "What did orion spend?", **keys})


def reply(*figures: tuple[str, str], status: Status = "answered", text: str = "$12.50", url: str = "") -> Reply:
    return Reply(
        status,
        "What did orion spend?",
        text,
        tuple(Figure("Spend", Decimal(value), unit) for value, unit in figures),
        sources=(Source("A title", "A publisher", url, None, "a quote"),) if url else (),
    )


EXPECTED = {"value": "12.50", "unit": "USD", "tolerance": "0.01"}


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ([("12.50", "USD")], "right"),
        ([("12.51", "USD")], "right"),
        ([("12.511", "USD")], "wrong"),
        ([("-12.50", "USD")], "wrong"),
        ([("12.50", "EUR")], "wrong"),
        ([("12.50", "%")], "wrong"),
        ([("12.50", "USD per GPU hour")], "right"),
        ([("99", "USD"), ("12.5", "usd")], "right"),
        ([], "wrong"),
    ],
)
def test_a_figure_is_right_within_its_tolerance_and_in_its_unit(found: list[tuple[str, str]], verdict: str) -> None:
    assert judge(case(figures=[EXPECTED]), reply(*found)).verdict == verdict


def test_each_expected_figure_must_be_there() -> None:
    both = case(figures=[EXPECTED, {"value": 7, "unit": "USD"}])
    assert judge(both, reply(("12.50", "USD"))).verdict == "wrong"
    assert judge(both, reply(("7", "USD"), ("12.50", "USD"))).verdict == "right"


def test_a_share_as_tolerance_is_of_the_expected_value() -> None:
    """2% of 50 is 1."""
    about = case(figures=[{"value": "50", "tolerance": "2%"}])
    assert [judge(about, reply((value, "GB"))).verdict for value in ("49", "51", "51.01")] == [
        "right",
        "right",
        "wrong",
    ]


@pytest.mark.parametrize(
    ("wanted", "got", "verdict"),
    [
        ("answered", "clarify", "refused"),
        ("answered", "unknown", "refused"),
        ("answered", "failed", "refused"),
        ("unknown", "clarify", "refused"),
        ("unknown", "answered", "wrong"),
        ("denied", "answered", "wrong"),
        ("denied", "denied", "right"),
        (["unknown", "clarify"], "clarify", "right"),
    ],
)
def test_an_answer_where_none_is_due_is_wrong_and_a_refusal_only_refused(
    wanted: str | list[str], got: Status, verdict: str
) -> None:
    assert judge(case(status=wanted), reply(status=got)).verdict == verdict


def test_where_a_refusal_is_as_good_an_answer_must_still_hold_the_figure() -> None:
    either = case(status=["answered", "unknown"], figures=[EXPECTED])
    assert judge(either, reply(status="unknown")).verdict == "right"
    assert judge(either, reply(("12.50", "USD"))).verdict == "right"
    assert judge(either, reply(("13", "USD"))).verdict == "wrong"


def test_one_of_the_sources_must_be_cited() -> None:
    cites = case(sources_any=["https://a.example/1", "https://a.example/2"])
    assert judge(cites, reply(url="https://a.example/2")).verdict == "right"
    assert judge(cites, reply(url="https://a.example/3")).verdict == "wrong"
    assert judge(cites, reply()).verdict == "wrong"


def test_what_must_never_be_said_makes_any_reply_wrong() -> None:
    silent = case(status="denied", never=["collect.example"])
    assert judge(silent, reply(status="denied", text="See https://COLLECT.example/x")).verdict == "wrong"
    assert judge(silent, reply(status="denied", text="You may not see that.")).verdict == "right"


@pytest.mark.parametrize(
    ("one", "other"),
    [("USD", "$"), ("percent", "%"), ("month", "Months"), ("USD/GPU hour", "usd per GPU hours"), ("dollars", "usd")],
)
def test_a_unit_is_the_same_in_another_hand(one: str, other: str) -> None:
    assert same_unit(one) == same_unit(other)


@pytest.mark.parametrize(("one", "other"), [("USD", "EUR"), ("days", "months"), ("GB", "kWh"), ("USD", "%")])
def test_another_unit_is_another(one: str, other: str) -> None:
    assert same_unit(one) != same_unit(other)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[1]", "no object"),
        ('"text"', "no object"),
        ("[" * 100_000, "line 2"),
        ('{"question": ""}', "question"),
        ('{"status": "answered"}', "question"),
        ('{"question": "a", "status": "maybe"}', "status"),
        ('{"question": "a", "figures": [{"value": "ten"}]}', "figures.0.value"),
        ('{"question": "a", "figures": [{"value": true}]}', "figures.0.value"),
        ('{"question": "a", "figures": [{"value": NaN}]}', "figures.0.value"),
        ('{"question": "a", "figures": [{"value": "1e999999999"}]}', "figures.0.value"),
        ('{"question": "a", "figures": [{"value": "1", "tolerance": "-1"}]}', "figures.0.tolerance"),
        ('{"question": "a", "figures": {"value": "1"}}', "figures"),
        ('{"question": "a", "today": "yesterday"}', "today"),
        ('{"question": "a", "today": 20261123}', "today"),
        ('{"question": "a", "sources_any": "https://a.example"}', "sources_any"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_key(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"question": "What did we spend?"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"questions\.jsonl, line 2") as told:
        read_cases(path)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_keys_that_are_absent_empty_or_unknown_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"question": "a", "figures": None, "status": None, "today": "", "note": [1]}))
    (one,) = read_cases(path)
    assert (one.figures, one.status, one.today, one.kind) == ((), ("answered",), None, "all")
