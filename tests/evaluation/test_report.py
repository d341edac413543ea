"""The numbers of an evaluation, counted here by hand."""

from __future__ import annotations

from decimal import Decimal

from bot.evaluation.cases import Case
from bot.evaluation.judge import Judged, Verdict
from bot.evaluation.report import Report, at
from bot.reply import Reply


def one(name: str, kind: str, verdict: Verdict, seconds: float, cost: str | None = "0.01", by: str = "x:y") -> Judged:
    known = None if cost is None else Decimal(cost)
    reply = Reply("answered", "q", "t", model=by, cost_usd=known, seconds=seconds)
    return Judged(Case(question="q", id=name, kind=kind), reply, verdict, "" if verdict == "right" else "because")


TWICE = Report(
    "x:y",
    (
        (one("a", "price", "right", 0.1), one("b", "price", "right", 0.2), one("c", "news", "refused", 0.3)),
        (
            one("a", "price", "right", 0.4),
            one("b", "price", "wrong", 0.5),
            one("c", "news", "right", 0.6, None, "builtin"),
        ),
    ),
)


def test_pass_at_one_is_of_askings_and_pass_to_the_power_of_questions_right_each_time() -> None:
    found = TWICE.to_json()
    assert (found["questions"], found["times"], found["asked"]) == (3, 2, 6)
    assert (found["right"], found["wrong"], found["refused"]) == (4, 1, 1)
    assert found["accuracy"] == 0.6667, "4 of 6"
    assert found["pass^2"] == 0.3333, "only a, of 3"


def test_cost_and_latency_are_by_kind_and_an_unknown_cost_is_not_zero() -> None:
    found = TWICE.to_json()
    price, news = found["by_kind"]["price"], found["by_kind"]["news"]
    assert (price["cost_usd"], news["cost_usd"], found["cost_usd"]) == ("0.04", "0.01", "0.05")
    assert (price["cost_unknown"], news["cost_unknown"]) == (0, 1)
    assert (price["median_seconds"], price["p95_seconds"]) == (0.4, 0.5)
    assert price["pass^2"] == 0.5
    assert "not known" in "\n".join(TWICE.lines())


def test_replies_that_the_planner_gave_in_the_models_place_are_told() -> None:
    assert TWICE.to_json()["by_planner"] == 1
    assert "1 were answered by the built-in planner" in "\n".join(TWICE.lines())


def test_each_miss_is_told_with_its_reason_and_when() -> None:
    misses = TWICE.to_json()["misses"]
    assert [(miss["id"], miss["verdict"], miss["try"]) for miss in misses] == [("c", "refused", 1), ("b", "wrong", 2)]
    assert "wrong    b (time 2): q" in list(TWICE.lines())


def test_the_95th_percentile_of_twenty_is_the_largest() -> None:
    """Nineteen of twenty are 95%: the twentieth is what so many stay below."""
    assert at([float(n) for n in range(1, 21)], 0.95) == 20.0
    assert at([1.0], 0.95) == 1.0
