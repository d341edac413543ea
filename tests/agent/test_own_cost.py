"""What Outlay's own model costs: recorded call by call, capped by the month, told to who may know."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.agent.ask import Agent
from bot.agent.memory import Conversations
from bot.agent.models import Talker
from bot.reply import Question, Reply
from bot.services import Services
from bot.state.costs import ModelMonth, Tokens
from bot.state.store import State
from tests.agent.conftest import NOW, Provider, Talks
from tests.agent.example import TODAY, Example
from tests.evaluation.ledger_arithmetic import OCTOBER, between, effective, read_charges
from tests.fakes.models.script import Call, Turn, Usage, calls, says
from tools.ledger.audience import EVERYTHING, Audience

ASKED = "What did we spend in October?"
OCTOBER_SPEND = Call("spend_total", {"period": "October 2026"})
VIEWS = {"U_ALL": EVERYTHING, "U_SEARCH": Audience.of("search"), "U_SUMS": Audience.of(totals=True)}


@pytest.fixture(scope="module")
def october(example: Example) -> Decimal:
    return effective(between(read_charges(example.exports), *OCTOBER))


def ask(
    services: Services, state: State, text: str, asker: str = "U_ALL", memory: Conversations | None = None
) -> Reply:
    with_costs = Services(services.home, own_costs=state.model_costs)
    agent = Agent(with_costs, lambda who, where: VIEWS[who or "U_ALL"], memory=(lambda: memory) if memory else None)
    return agent.ask(Question(text, TODAY, asker, thread="T" if memory else None))


def spent(state: State, model: str, cost: str | None, key: str) -> None:
    """A call of 1,000 input tokens, of which 200 cached, and 50 output tokens."""
    state.model_call_held(key, NOW, model, None if cost is None else Decimal(1), None)
    state.model_call_settled(key, Tokens(1000, 200, 50), None if cost is None else Decimal(cost))


def test_every_call_is_recorded_with_its_tokens_and_its_cost(
    talk: Talks, provider: Provider, october: Decimal, state: State
) -> None:
    """As in the reply: gpt-4o (1,600 x $2.50 + 400 x $1.25 + 200 x $10) / 1M = $0.0065; claude-haiku-4-5 (1,600 x $1 +
    400 x $0.10 + 200 x $5) / 1M = $0.00264."""
    with talk(
        Turn(calls=(OCTOBER_SPEND,), usage=Usage(input=1000, output=100)),
        says(f"${october:,.2f} in October 2026.", Usage(input=600, output=100, cached=400)),
    ) as talking:
        reply = talking.ask(ASKED)
    cost = {"openai": Decimal("0.0065"), "anthropic": Decimal("0.00264")}[provider]
    assert state.model_costs("2026-11") == [ModelMonth(talking.name, 2, 0, Tokens(2000, 400, 200), cost)]
    assert reply.cost_usd == cost


def test_the_planner_answers_when_the_cap_is_reached(talk: Talks, october: Decimal, state: State) -> None:
    spent(state, "openai:gpt-4o", "4.99", "before")
    with talk(calls(OCTOBER_SPEND), cap=Decimal("4.99")) as talking:
        reply = talking.ask(ASKED)
    assert (reply.model, reply.cost_usd) == ("builtin", Decimal(0))
    assert reply.figures[0].value == october
    assert reply.warnings[0] == (
        "This month's cap of $4.99 for Outlay's own chat model is reached; the built-in planner answered."
    )
    assert talking.model.requests == []


def test_a_cap_that_is_met_midway_ends_the_models_part(talk: Talks, october: Decimal, state: State) -> None:
    """The first call alone costs more than the cap: 1M input tokens are $2.50 on gpt-4o and $1 on claude-haiku-4-5."""
    big = Turn(calls=(OCTOBER_SPEND,), usage=Usage(input=1_000_000, output=100))
    with talk(big, cap=Decimal("0.50")) as talking:
        reply = talking.ask(ASKED)
    assert len(talking.model.requests) == 1
    assert reply.model == "builtin"
    assert reply.figures[0].value == october
    assert reply.cost_usd is not None
    assert reply.cost_usd >= 1
    assert "is reached" in reply.warnings[0]


def test_under_the_cap_the_model_answers(talk: Talks, october: Decimal) -> None:
    with talk(calls(OCTOBER_SPEND), says(f"${october:,.2f} in October 2026."), cap=Decimal(5)) as talking:
        reply = talking.ask(ASKED)
    assert (reply.model, reply.warnings) == (talking.name, ())


def test_a_model_without_a_list_price_costs_an_unknown_amount(talk: Talks, october: Decimal, state: State) -> None:
    with talk(calls(OCTOBER_SPEND), says(f"${october:,.2f} in October 2026.")) as talking:
        assert talking.agent.talker is not None
        provider = talking.name.split(":")[0]
        talking.agent.talker = Talker(f"{provider}:house-model-1", talking.agent.talker.url)
        reply = talking.ask(ASKED)
    assert reply.cost_usd is None
    (month,) = state.model_costs("2026-11")
    assert (month.calls, month.unpriced, month.cost) == (2, 2, Decimal(0))


@pytest.mark.parametrize(
    "text",
    [
        "How much has Outlay's own model cost this month?",
        "what do you cost us per month?",
        "how expensive is it to run you?",
        "What is Outlay's bill for November?",
    ],
)
def test_the_months_sum_is_told_with_calls_and_tokens(services: Services, state: State, text: str) -> None:
    """1.25 + 0.50 = 1.75 dollars; 2 x 1,000 input tokens, of them 2 x 200 cached, 2 x 50 output."""
    spent(state, "openai:gpt-4o", "1.25", "k1")
    spent(state, "anthropic:claude-haiku-4-5", "0.50", "k2")
    reply = ask(services, state, text)
    assert (reply.status, [step.tool for step in reply.steps]) == ("answered", ["own_model_cost"])
    assert [(figure.value, figure.unit) for figure in reply.figures] == [
        (Decimal("1.75"), "USD"),
        (Decimal(2), "calls"),
        (Decimal(2000), "tokens"),
        (Decimal(400), "tokens"),
        (Decimal(100), "tokens"),
    ]
    assert reply.text == "Outlay's own chat model cost $1.75 in November 2026 so far, in 2 calls."
    assert reply.tables[0].rows[0] == ("openai:gpt-4o", 1, 1000, 200, 50, Decimal("1.25"))


def test_a_sum_with_calls_of_unknown_cost_is_called_partial(services: Services, state: State) -> None:
    spent(state, "openai:gpt-4o", "1.25", "k1")
    spent(state, "openai:house", None, "k2")
    reply = ask(services, state, "How much has Outlay's own model cost this month?")
    assert reply.figures[0].value == Decimal("1.25")
    assert "The sum is partial: the cost of 1 of 2 calls is unknown." in reply.warnings
    assert reply.tables[0].rows[1][-1] is None, "unknown, not zero"


def test_only_unknown_costs_are_unknown_and_not_zero(services: Services, state: State) -> None:
    spent(state, "openai:house", None, "k")
    reply = ask(services, state, "How much has Outlay's own model cost this month?")
    assert (reply.status, reply.figures) == ("unknown", ())


def test_a_month_without_a_record_is_unknown(services: Services, state: State) -> None:
    spent(state, "openai:gpt-4o", "1.25", "k1")
    reply = ask(services, state, "What did Outlay's own model cost in September 2026?")
    assert (reply.status, reply.figures) == ("unknown", ())
    assert "September 2026" in reply.text


@pytest.mark.parametrize("asker", ["U_SEARCH", "U_SUMS"])
def test_the_whole_sum_is_for_those_who_see_all_spend(services: Services, state: State, asker: str) -> None:
    spent(state, "openai:gpt-4o", "1.25", "k1")
    reply = ask(services, state, "How much has Outlay's own model cost this month?", asker)
    assert (reply.status, reply.figures) == ("denied", ())
    assert "1.25" not in reply.text


def test_what_the_answer_before_cost_is_told_on_request(
    talk: Talks, provider: Provider, october: Decimal, services: Services, state: State, memory: Conversations
) -> None:
    """One call of 1,000 + 100 tokens and one of 600 + 100: gpt-4o 1,600 x $2.50/M + 200 x $10/M = $0.006;
    claude-haiku-4-5 1,600 x $1/M + 200 x $5/M = $0.0026."""
    with talk(
        Turn(calls=(OCTOBER_SPEND,), usage=Usage(input=1000, output=100)),
        says(f"${october:,.2f} in October 2026.", Usage(input=600, output=100)),
    ) as talking:
        talking.ask(ASKED, "U_ALL", "T")
    reply = ask(services, state, "What did your last answer cost?", "U_ALL", memory)
    cost = {"openai": Decimal("0.006"), "anthropic": Decimal("0.0026")}[provider]
    assert [figure.value for figure in reply.figures] == [cost, Decimal(1600), Decimal(0), Decimal(200)]
    assert f"${cost}" in reply.text


def test_an_answer_of_the_planner_cost_nothing(services: Services, state: State, memory: Conversations) -> None:
    ask(services, state, "What did search spend in October 2026?", "U_ALL", memory)
    reply = ask(services, state, "How much did that answer cost?", "U_ALL", memory)
    assert [figure.value for figure in reply.figures] == [Decimal(0)]
    assert "built-in planner" in reply.text


def test_without_an_answer_before_there_is_no_cost_to_tell(services: Services, state: State) -> None:
    reply = ask(services, state, "What did your last answer cost?")
    assert (reply.status, reply.figures) == ("unknown", ())


@pytest.mark.parametrize("text", ["What did OpenAI cost us in October?", "how many tokens did we use last month?"])
def test_the_companys_own_spend_is_not_taken_for_outlays(services: Services, state: State, text: str) -> None:
    reply = ask(services, state, text)
    assert "own_model_cost" not in [step.tool for step in reply.steps]
