"""Cash flows told in a question: paid or received, once or each period; by hand and drawn from a grammar."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal as D

import pytest

from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.told_whole import told_whole
from bot.agent.toolbox.catalogue import all_tools
from tools.results import Result

Read = Callable[[str], Reading]
TOOLS = {tool.name: tool for tool in all_tools()}
A_YEAR = {"month": 12, "quarter": 4, "year": 1}


def worked_out(call: Planned) -> Result:
    tool = TOOLS[call.tool]
    return tool.run(None, None, tool.arguments.model_validate(call.args)).result  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A pilot: 20,000 dollars, brings 1,500 a month. When is it earned back?", ["13.33"]),  # 20000 / 1500
        ("Payback when 15,000 brings 1,100 a month but costs 200 a month?", ["16.67"]),  # 15000 / 900
        ("Labelling tool: 64,000 once plus 1,000 a month, saves 9,000 a month. Payback in months?", ["8.00"]),
        ("Upfront 30,000 and 2,000 a month: total over a year?", ["54000.00"]),
        ("ROI of spending $18,000 on caching that cuts our bill by $2,300 a month over a year?", ["53.33"]),
        # what is gained is beyond what is paid, what comes back is not
        ("ROI if we invest 80,000 and get 100,000 back?", ["25.00"]),
        ("What is the ROI of spending 40,000 and gaining 58,000?", ["45.00"]),  # 58000 / 40000 - 1
        ("ROI of 40,000 spent with a net gain of 18,000?", ["45.00"]),  # 18000 / 40000
        ("ROI: cost 20k, gain 9k", ["45.00"]),  # less than is paid: beyond it
        ("Rank by ROI: P1 cost 20k gain 9k; P2 cost 35k gain 21k; P3 cost 12k gain 4k", ["60.00", "45.00", "33.33"]),
        ("NPV of 10,000 a year forever at 8 percent, investment 90,000?", ["35000.00"]),  # 10000 / 0.08 - 90000
        ("What yearly saving over 4 years makes 25,000 pay at 10 percent?", ["7886.77"]),
        ("What annual saving is needed to pay back 75,000 in 18 months?", ["50000.00"]),
        ("Lease: 36 months at 9.2% interest for a 300,000 loan. Monthly payment?", ["9567.87"]),
        ("TCO of a machine for 250,000 over 4 years with 30,000 a year to run and 40,000 resale?", ["330000.00"]),
        ("Compare the NPV at 8 percent of A: -50,000 then 20,000 for 4 years, and B: -30,000 then 13,000 for 3 years",
         ["16242.54", "3502.26"]),
        ("X wants 30,000 now and 2,000 a month, Y wants 3,600 a month. Which is cheaper over two years?",
         ["78000.00", "8400.00", "86400.00"]),
        ("Project Lisbon: cost 40,000, gain 15,000 a year for 5 years. ROI and payback?", ["87.50", "2.67"]),
        ("A router cuts our 20,000 a month bill by 35% and costs 42,000. Payback?", ["6.00"]),  # 42000 / 7000
        ("48k budget, spent 31k by day 20 of 30", ["46500.00"]),
        ("What use do we need for a savings plan of 28 percent off to pay?", ["72.00"]),
        ("Commit to 2,000 GPU hours a month at 1.80 or pay 2.60 on demand; we need 1,300.", ["3380.00", "220.00"]),
        ("Profit if we charge 0.02 per answer, cost is 0.007, 2 million answers a month?", ["26000.00"]),
    ],
)  # fmt: skip
def test_what_a_question_tells_is_worked_out(reading: Read, text: str, values: list[str]) -> None:
    call = told_whole(reading(text))
    assert call is not None
    figures = [figure.value for figure in worked_out(call).figures]
    assert figures[0].quantize(D("0.01")) == D(values[0])
    assert set(values) <= {str(value.quantize(D("0.01"))) for value in figures}


def test_less_gained_than_spent_may_be_a_loss_or_a_gain_beyond_it_and_is_asked_about(reading: Read) -> None:
    call = told_whole(reading("We spend 40,000 and gain 15,000. ROI?"))
    assert call is not None
    assert call.tool == "ask_back"
    assert "15,000" in call.args["question"]


@pytest.mark.parametrize(
    "text",
    [
        "It costs 40,000 and saves 3,000 a month. Payback? The saving grows 5% a year.",
        "It costs 40,000 and saves 3,000 a month. Payback? That is per user, 40 users.",
        "It costs 40,000 and saves 3,000 a month. Payback? In the first year it saves half of that.",
        "It costs 40,000 and saves 3,000 a month. Payback? The first 6 months are free.",
        "It costs $40,000 and saves €3,000 a month. Payback?",
        "It costs 40,000 to 60,000 and saves 3,000 a month. Payback?",
        "It costs 40,000 and saves 3,000 a month. Payback at 40% adoption?",
    ],
)
def test_what_would_change_the_figure_and_is_not_read_is_no_answer(reading: Read, text: str) -> None:
    assert told_whole(reading(text)) is None


def project(draw: random.Random) -> tuple[str, set[D]]:
    """A project in random words, and its payback or ROI in any unit of time that may be told."""
    sign, span, years = draw.choice(["$", "€", ""]), draw.choice(list(A_YEAR)), draw.randint(2, 5)
    outlay = draw.randint(5, 90) * 1000
    benefit = outlay // (draw.randint(2, 4) * A_YEAR[span]) // 10 * 10 + 100
    running, of_span = draw.choice([(0, span), (benefit // 40 * 10, span), (benefit // 40 * 10, "year")])
    paid = draw.choice(["costs {} upfront", "needs {} now", "takes an investment of {}", "costs {} once"])
    comes = draw.choice(["saves us {} {}", "brings in {} {}", "cuts our bill by {} {}", "gives us {} {} back"])
    each = {s: draw.choice([f"a {s}", f"per {s}", f"each {s}", f"{s}ly"]) for s in A_YEAR}
    said = f"The Vega pilot {paid.format(f'{sign}{outlay:,}')} and {comes.format(f'{sign}{benefit}', each[span])}"
    if running:
        said += draw.choice(
            [f" but costs {sign}{running} {each[of_span]} to run", f", upkeep is {sign}{running} {each[of_span]}"]
        )
    net = D(benefit) * A_YEAR[span] - D(running) * A_YEAR[of_span]
    if draw.random() < 0.5:
        return f"{said}. When is it paid back?", {outlay / net * times for times in A_YEAR.values()}
    return f"{said}. What is the ROI over {years} years?", {(net * years - outlay) / outlay * 100}


def test_no_project_of_a_random_grammar_is_worked_out_wrong(reading: Read) -> None:
    draw = random.Random(20260620)
    answered = 0
    for _ in range(120):
        text, expected = project(draw)
        if (call := told_whole(reading(text))) is None:
            continue
        answered += 1
        value = worked_out(call).figures[0].value
        assert any(abs(value - one) < D("0.001") for one in expected), (text, value, expected)
    assert answered >= 114


def test_a_sum_paid_once_is_never_taken_from_one_that_comes_each_month(reading: Read) -> None:
    call = told_whole(reading("We put 42,000 into a tool that saves 1,750 a month. When is it paid back?"))
    assert call is not None
    assert worked_out(call).figures[0].value == 24
    assert told_whole(reading("We pay 42,000 once, it saves 1,750 a month. What is the difference?")) is None
