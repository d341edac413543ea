"""The built-in planner is a LangChain chat model like any other, and the prompt is small."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage, SystemMessage, ToolMessage
from langchain_core.runnables import RunnableConfig

from bot.agent.loop import system_prompt
from bot.agent.models import load_model
from bot.agent.planner.chat_model import Planner
from bot.agent.planner.context import context_of
from bot.agent.toolbox.as_langchain import TURN, as_langchain
from bot.agent.toolbox.catalogue import all_tools
from bot.agent.turn import Turn
from bot.reply import Question
from bot.services import Services
from tests.agent.example import TODAY
from tools.errors import BadInput
from tools.ledger.audience import EVERYTHING

ASKED = "What do 3M input and 500k output tokens cost on gpt-4o?"
Plan = Callable[[str], tuple[Turn, Planner]]


@pytest.fixture
def planner(services: Services) -> Plan:
    def made(text: str) -> tuple[Turn, Planner]:
        turn = Turn(Question(text, TODAY), EVERYTHING)
        return turn, Planner(turn, lambda: context_of(services, turn))

    return made


def test_it_answers_a_question_with_a_call_and_the_calls_result_with_its_summary(
    planner: Plan, services: Services
) -> None:
    """3M x $2.50 + 0.5M x $10 = $12.50."""
    turn, model = planner(ASKED)
    tools = [as_langchain(tool, services) for tool in all_tools()]
    bound = model.bind_tools(tools)
    first = bound.invoke([SystemMessage("Be exact."), HumanMessage(ASKED)])
    assert isinstance(first, AIMessage)
    assert [call["name"] for call in first.tool_calls] == ["price_usage"]
    by_name = {tool.name: tool for tool in tools}
    of_turn: RunnableConfig = {"configurable": {TURN: turn}}
    answers = [by_name[call["name"]].invoke({**call, "type": "tool_call"}, of_turn) for call in first.tool_calls]
    assert all(isinstance(answer, ToolMessage) for answer in answers)
    last = bound.invoke([HumanMessage(ASKED), first, *answers])
    assert last.tool_calls == []
    assert "$12.50" in str(last.content)
    assert turn.calls[0].output is not None
    assert turn.calls[0].output.result.figures[0].value == Decimal("12.50")


def test_its_stream_adds_up_to_what_it_says_at_once(planner: Plan) -> None:
    _, at_once = planner(ASKED)
    _, in_parts = planner(ASKED)
    whole = at_once.invoke([HumanMessage(ASKED)])
    streamed: AIMessageChunk | None = None
    for part in in_parts.stream([HumanMessage(ASKED)]):
        assert isinstance(part, AIMessageChunk)
        streamed = part if streamed is None else streamed + part  # type: ignore[assignment]
    assert streamed is not None
    assert [(c["name"], c["args"]) for c in streamed.tool_calls] == [(c["name"], c["args"]) for c in whole.tool_calls]


async def test_it_can_be_awaited(planner: Plan) -> None:
    _, model = planner(ASKED)
    answer = await model.ainvoke([HumanMessage(ASKED)])
    assert [call["name"] for call in answer.tool_calls] == ["price_usage"]


def test_every_tool_has_a_name_a_description_and_a_schema_that_providers_take(services: Services) -> None:
    tools = [as_langchain(tool, services) for tool in all_tools()]
    assert len({tool.name for tool in tools}) == len(tools) <= 128
    for tool in tools:
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", tool.name)
        assert 20 <= len(tool.description) <= 1024, tool.name
        schema = tool.tool_call_schema
        assert isinstance(schema, dict)
        assert schema["type"] == "object"
        assert "$ref" not in json.dumps(schema)


def test_the_prompt_is_under_1500_tokens_and_says_what_day_it_is() -> None:
    """At the usual four characters a token; English prose has fewer tokens than words times 1.5, too."""
    text = system_prompt(Question(ASKED, TODAY))
    assert len(text) / 4 < 1500
    assert len(text.split()) * 1.5 < 1500
    assert text.endswith("Today is 2026-11-23.")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gpt-4o", "'gpt-4o' must be provider:name"),
        ("openai:", "must be provider:name"),
        (":gpt-4o", "must be provider:name"),
        ("nobody:gpt-4o", "Unsupported provider"),
        ("ollama:llama3", "pip install 'outlay[ollama]'"),
        ("google_genai:gemini-2.5-pro", "pip install 'outlay[gemini]'"),
        ("openai:gpt-4o", "set OPENAI_API_KEY"),
        ("anthropic:claude-haiku-4-5", "set ANTHROPIC_API_KEY"),
        ("azure_openai:gpt-4o", "set AZURE_OPENAI_API_KEY"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_in_one_sentence(
    name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "ANTHROPIC_API_KEY", "AZURE_OPENAI_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(BadInput) as refused:
        load_model(name, None, 5)
    sentence = str(refused.value)
    assert sentence.startswith("OUTLAY_MODEL: ")
    assert says in sentence
    assert "\n" not in sentence
    assert sentence.endswith((".", "'"))
