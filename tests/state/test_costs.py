"""What Outlay's own model costs a month: exact, within its cap, also of several processes at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from bot.state.costs import ModelMonth, Tokens
from bot.state.store import State
from tests.state.conftest import Where

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
GPT, CLAUDE = "openai:gpt-4o", "anthropic:claude-haiku-4-5"


def test_a_months_calls_add_up_exactly(state: State) -> None:
    """0.1 + 0.2 + 0.000000000000000001 = 0.300000000000000001; in floats it would be 0.30000000000000004."""
    for n, cost in enumerate(("0.1", "0.2", "0.000000000000000001")):
        assert state.model_call_held(f"k{n}", NOW, GPT, Decimal(1), None)
        state.model_call_settled(f"k{n}", Tokens(1000, 400, 50), Decimal(cost))
    assert state.model_costs("2026-11") == [
        ModelMonth(GPT, 3, 0, Tokens(3000, 1200, 150), Decimal("0.300000000000000001"))
    ]


def test_a_call_under_way_counts_as_what_it_may_cost(state: State) -> None:
    state.model_call_held("k", NOW, GPT, Decimal("0.25"), None)
    assert state.model_costs("2026-11") == [ModelMonth(GPT, 1, 0, Tokens(), Decimal("0.25"))]


def test_what_the_provider_refused_costs_nothing(state: State) -> None:
    state.model_call_held("k", NOW, GPT, Decimal("0.25"), None)
    state.model_call_dropped("k")
    assert state.model_costs("2026-11") == []


def test_an_unknown_cost_is_counted_and_is_not_zero(state: State) -> None:
    state.model_call_held("k1", NOW, "openai:house", None, None)
    state.model_call_settled("k1", Tokens(10, 0, 5), None)
    state.model_call_held("k2", NOW, GPT, Decimal("0.25"), None)
    state.model_call_settled("k2", Tokens(10, 0, 5), None)
    assert state.model_costs("2026-11") == [
        ModelMonth(GPT, 1, 1, Tokens(10, 0, 5), Decimal(0)),
        ModelMonth("openai:house", 1, 1, Tokens(10, 0, 5), Decimal(0)),
    ]


def test_a_call_that_would_pass_the_cap_is_not_held(state: State) -> None:
    """0.60 of 1.00 is used: 0.41 does not fit, 0.40 does, then not a cent more; the sum is over all models."""
    cap = Decimal("1.00")
    assert state.model_call_held("a", NOW, GPT, Decimal("0.60"), cap)
    assert not state.model_call_held("b", NOW, CLAUDE, Decimal("0.41"), cap)
    assert state.model_call_held("c", NOW, CLAUDE, Decimal("0.40"), cap)
    assert not state.model_call_held("d", NOW, GPT, Decimal("0.01"), cap)
    assert sum(month.cost for month in state.model_costs("2026-11")) == cap


def test_a_new_month_begins_with_nothing_used(state: State) -> None:
    cap = Decimal("1.00")
    assert state.model_call_held("a", NOW, GPT, cap, cap)
    assert not state.model_call_held("b", NOW, GPT, Decimal("0.01"), cap)
    assert state.model_call_held("c", DECEMBER, GPT, Decimal("0.01"), cap)


def test_single_calls_are_forgotten_and_the_months_sum_stays(state: State) -> None:
    state.model_call_held("k", NOW, GPT, Decimal("0.25"), None)
    state.model_call_settled("k", Tokens(10, 0, 5), Decimal("0.20"))
    state.forget(DECEMBER)
    assert [month.cost for month in state.model_costs("2026-11")] == [Decimal("0.2")]


CALLER = """
import sys
from datetime import UTC, datetime
from decimal import Decimal
from bot.state.costs import Tokens
from bot.state.store import State

state = State(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
held = 0
for n in range(100):
    key = f"{sys.argv[2]}-{n}"
    if state.model_call_held(key, now, "openai:gpt-4o", Decimal("0.03"), Decimal("1.00")):
        held += 1
        state.model_call_settled(key, Tokens(10, 0, 1), Decimal("0.01"))
print(held, flush=True)
"""


def test_two_processes_never_pass_the_cap_together(where: Where) -> None:
    """Each call is held at 0.03 and comes to 0.01. Alone, one could make 98 calls: the 98th is held at 0.97 + 0.03.
    Two at once may stop one call earlier, when the other's is under way; whatever they made is in the sum."""
    callers = [
        subprocess.Popen(
            [sys.executable, "-c", CALLER, str(where), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for name in ("one", "two")
    ]
    for caller in callers:
        assert caller.stdout is not None
        assert caller.stdout.readline() == "ready\n"
    for caller in callers:
        assert caller.stdin is not None
        caller.stdin.write("go\n")
        caller.stdin.flush()
    made = sum(int(caller.communicate(timeout=60)[0]) for caller in callers)
    assert 96 <= made <= 98
    state = State(where)
    (month,) = state.model_costs("2026-11")
    state.close()
    assert (month.calls, month.cost) == (made, Decimal("0.01") * made)
