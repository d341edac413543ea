"""NPV, IRR, payback and ROI against worked figures and numpy-financial; choosing projects against brute force."""

from __future__ import annotations

from decimal import Decimal as D
from itertools import combinations

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.grounded import ungrounded
from tools.calculators.discounting import irrs, npv, payback
from tools.calculators.knapsack import Project, TooLarge, best_choice, choose_projects
from tools.calculators.projects import project_value, roi
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Result

CLASSIC = [Money(D(-1000)), Money(D(500)), Money(D(500)), Money(D(500))]
cents = st.integers(1, 10**7).map(lambda n: D(n) / 100)


def figure(result: Result, label: str) -> D:
    return next(f.value for f in result.figures if f.label == label)


def test_npv_and_irr_of_the_textbook_project() -> None:
    # -1000 + 500/1.1 + 500/1.21 + 500/1.331 = 243.43; the IRR is 23.38%
    result = project_value(CLASSIC, D("0.10"))
    assert result.figures[0].label == "Net present value"
    assert result.figures[0].value.quantize(D("0.01")) == D("243.43")
    assert figure(result, "Internal rate of return").quantize(D("0.01")) == D("23.38")
    assert figure(result, "Return on investment") == 50
    assert ungrounded(result) == []


def test_payback_is_counted_within_the_period() -> None:
    # After two years 1000 of 1000 is back; discounted 454.55 + 413.22 = 867.77, and 132.23 of 375.66 is 0.352.
    result = project_value(CLASSIC, D("0.10"))
    assert figure(result, "Payback") == 2
    assert figure(result, "Discounted payback").quantize(D("0.001")) == D("2.352")


def test_without_a_discount_rate_it_asks_back() -> None:
    with pytest.raises(NeedsChoice):
        project_value(CLASSIC)


def test_flows_that_never_change_sign_have_no_irr_and_say_so() -> None:
    result = project_value([Money(D(100)), Money(D(50))], D("0.1"))
    assert "no internal rate of return" in result.warnings[0]
    assert all(f.label != "Internal rate of return" for f in result.figures)


def test_several_irrs_are_all_named_and_none_is_a_figure() -> None:
    # -1000 + 2500/(1+r) - 1540/(1+r)^2 = 0 at r = 10% and r = 40%
    result = project_value([Money(D(-1000)), Money(D(2500)), Money(D(-1540))], D("0.1"))
    assert "10%" in result.warnings[0]
    assert "40%" in result.warnings[0]
    assert all(f.label != "Internal rate of return" for f in result.figures)


def test_a_project_that_never_pays_back_says_so() -> None:
    result = project_value([Money(D(-1000)), Money(D(100))], D("0.1"))
    assert "never pays back" in result.summary
    assert all(f.label != "Payback" for f in result.figures)


def test_a_project_that_must_be_paid_for_again_pays_back_after_the_last_time() -> None:
    assert payback([D(-100), D(150), D(-100), D(200)], D(0)).simple == D(2) + D(50) / 200


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([Money(D(-1))], D("0.1")),
        (CLASSIC, D("-1")),
        (CLASSIC, D("NaN")),
        ([Money(D(-1), "EUR"), Money(D(2))], D("0.1")),
    ],
)
def test_senseless_projects_are_refused(flows: list[Money], rate: D) -> None:
    with pytest.raises(BadInput):
        project_value(flows, rate)


@given(st.lists(cents, min_size=1, max_size=8), cents, st.integers(0, 50))
def test_npv_agrees_with_numpy_financial(returns: list[D], outlay: D, percent: int) -> None:
    flows = [-outlay, *returns]
    expected = npf.npv(percent / 100, [float(flow) for flow in flows])
    assert abs(float(npv(D(percent) / 100, flows)) - expected) <= 1e-6 * float(outlay + sum(returns))


@given(st.lists(cents, min_size=1, max_size=8), cents)
def test_the_npv_at_the_irr_is_zero_and_the_irr_is_numpy_financials(returns: list[D], outlay: D) -> None:
    flows = [-outlay, *returns]
    rates = irrs(flows)
    for rate in rates:
        assert abs(npv(rate, flows)) <= (outlay + sum(returns)) * D("1e-6")
    expected = npf.irr([float(flow) for flow in flows])
    if rates and expected == expected and -0.9 < expected < 100:
        assert abs(float(rates[0]) - expected) < 1e-6 * max(1, abs(expected))


@given(st.lists(cents, min_size=1, max_size=8), cents, st.integers(0, 49))
def test_a_higher_rate_lowers_the_npv_of_later_income(returns: list[D], outlay: D, percent: int) -> None:
    flows = [-outlay, *returns]
    assert npv(D(percent + 1) / 100, flows) < npv(D(percent) / 100, flows)


def test_roi_is_the_gain_over_the_cost() -> None:
    result = roi(Money(D(80000)), Money(D(100000)))
    assert result.figures[0].value == 25
    assert ungrounded(result) == []
    with pytest.raises(BadInput):
        roi(Money(D(0)), Money(D(1)))


def brute_force(projects: list[tuple[D, D, str | None]], budget: D) -> tuple[D, D]:
    best = (D(0), D(0))
    for size in range(len(projects) + 1):
        for chosen in combinations(projects, size):
            groups = [group for _, _, group in chosen if group]
            cost, value = sum((c for c, _, _ in chosen), D(0)), sum((v for _, v, _ in chosen), D(0))
            if cost <= budget and len(groups) == len(set(groups)):
                best = max(best, (value, -cost))
    return best[0], -best[1]


@given(
    st.lists(st.tuples(cents, cents, st.sampled_from([None, None, "a", "b"])), max_size=9),
    st.integers(0, 3 * 10**7).map(lambda n: D(n) / 100),
)
def test_the_choice_is_the_best_of_all_choices(projects: list[tuple[D, D, str | None]], budget: D) -> None:
    choice = best_choice([p[0] for p in projects], [p[1] for p in projects], budget, [p[2] for p in projects])
    cost = sum((projects[i][0] for i in choice.chosen), D(0))
    value = sum((projects[i][1] for i in choice.chosen), D(0))
    assert (value, cost) == brute_force(projects, budget)


def test_ranking_by_value_for_money_is_not_enough() -> None:
    # A has the best ratio (100/60), but B and C together bring 160 for the whole 100.
    projects = [
        Project("A", Money(D(60)), D(100)),
        Project("B", Money(D(50)), D(80)),
        Project("C", Money(D(50)), D(80)),
    ]
    result = choose_projects(projects, Money(D(100)))
    assert result.figures[0].value == 160
    assert result.table is not None
    assert [row[3] for row in result.table.rows] == ["no", "yes", "yes"]
    assert ungrounded(result) == []


def test_must_haves_come_first_and_options_exclude_each_other() -> None:
    projects = [
        Project("audit", Money(D(40)), D(-5), must=True),
        Project("small cluster", Money(D(30)), D(50), group="cluster"),
        Project("large cluster", Money(D(55)), D(60), group="cluster"),
        Project("tuning", Money(D(25)), D(20)),
    ]
    result = choose_projects(projects, Money(D(100)))
    assert figure(result, "Total value") == -5 + 50 + 20
    assert figure(result, "Left") == 100 - 40 - 30 - 25


def test_of_equal_values_the_cheaper_is_taken_and_a_tie_is_said() -> None:
    same = [Project("A", Money(D(50)), D(80)), Project("B", Money(D(50)), D(80))]
    assert choose_projects(same, Money(D(60))).warnings == ("Another choice brings as much for the same money.",)
    cheaper = [Project("A", Money(D(50)), D(80)), Project("B", Money(D("49.99")), D(80))]
    result = choose_projects(cheaper, Money(D(60)))
    assert figure(result, "Spent") == D("49.99")
    assert result.warnings == ()


@pytest.mark.parametrize(
    "projects",
    [
        [Project("A", Money(D(200)), D(1), must=True)],
        [Project("A", Money(D(1)), D(1)), Project("A", Money(D(2)), D(1))],
        [Project("A", Money(D(1), "EUR"), D(1))],
        [Project("A", Money(D(-1)), D(1))],
        [Project("A", Money(D(1)), D(1), must=True, group="x"), Project("B", Money(D(1)), D(1), must=True, group="x")],
    ],
)
def test_impossible_choices_are_refused(projects: list[Project]) -> None:
    with pytest.raises(BadInput):
        choose_projects(projects, Money(D(100)))


def test_what_cannot_be_proved_is_refused_and_never_approximated() -> None:
    # Even costs, an odd budget and values equal to costs: no choice reaches the bound, so every one must be tried.
    costs = [D(2 * (10**6 + 7919 * i)) for i in range(60)]
    with pytest.raises(TooLarge, match="cannot be proved"):
        best_choice(costs, costs, sum(costs, D(0)) / 2 + 1, [None] * 60)
    many = [Project(str(i), Money(D(1)), D(1)) for i in range(201)]
    with pytest.raises(TooLarge):
        choose_projects(many, Money(D(10)))


def test_without_projects_it_asks_back() -> None:
    with pytest.raises(NeedsChoice):
        choose_projects([], Money(D(10)))
