"""The scripted model speaks both wire formats; expected bodies are written out after the providers' own pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fakes.models.script import Break, Call, Drop, Fail, Hang, Turn, Usage, calls, refuses, says
from tests.fakes.models.server import ScriptedModel

SPEND = Call("total_spend", {"month": "2026-10"})
PRICE = Call("price", {"model": "gpt-4o"})
PARAMETERS = {"type": "object", "properties": {"month": {"type": "string"}}}
OPENAI_TOOL = {"type": "function", "function": {"name": "total_spend", "parameters": PARAMETERS}}
ANTHROPIC_TOOL = {"name": "total_spend", "input_schema": PARAMETERS}
ASK = [{"role": "user", "content": "What did we spend?"}]


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        yield client


def to_openai(model: ScriptedModel, **body: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {model.key}"}
    json_body = {"model": "gpt-4o", "messages": ASK, **body}
    return {"url": f"{model.openai_url}/chat/completions", "headers": headers, "json": json_body}


def to_anthropic(model: ScriptedModel, **body: Any) -> dict[str, Any]:
    headers = {"x-api-key": model.key, "anthropic-version": "2023-06-01"}
    json_body = {"model": "claude-haiku-4-5", "max_tokens": 100, "messages": ASK, **body}
    return {"url": f"{model.anthropic_url}/v1/messages", "headers": headers, "json": json_body}


async def streamed(http: httpx.AsyncClient, request: dict[str, Any]) -> list[dict[str, Any]]:
    """The data of the events in order; OpenAI's closing [DONE] is left out."""
    async with http.stream("POST", **request) as answer:
        lines = [line.removeprefix("data: ") async for line in answer.aiter_lines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


async def test_openai_answers_whole_with_text_and_usage(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([says("You spent $5.", Usage(input=70, output=9, cached=30))]) as model:
        answer = (await http.post(**to_openai(model))).json()
    assert answer["object"] == "chat.completion"
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert answer["choices"][0]["message"]["content"] == "You spent $5."
    assert (answer["usage"]["prompt_tokens"], answer["usage"]["total_tokens"]) == (100, 109)
    assert answer["usage"]["prompt_tokens_details"]["cached_tokens"] == 30


async def test_anthropic_answers_whole_with_text_and_usage(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([says("You spent $5.", Usage(input=70, output=9, cached=30))]) as model:
        answer = (await http.post(**to_anthropic(model))).json()
    assert (answer["type"], answer["role"], answer["stop_reason"]) == ("message", "assistant", "end_turn")
    assert answer["content"] == [{"type": "text", "text": "You spent $5."}]
    assert (answer["usage"]["input_tokens"], answer["usage"]["cache_read_input_tokens"]) == (70, 30)


async def test_openai_makes_parallel_tool_calls(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([calls(SPEND, PRICE)]) as model:
        choice = (await http.post(**to_openai(model, tools=[OPENAI_TOOL]))).json()["choices"][0]
    made = choice["message"]["tool_calls"]
    assert (choice["finish_reason"], choice["message"]["content"]) == ("tool_calls", None)
    assert [call["function"]["name"] for call in made] == ["total_spend", "price"]
    assert json.loads(made[0]["function"]["arguments"]) == {"month": "2026-10"}
    assert len({call["id"] for call in made}) == 2


async def test_anthropic_makes_parallel_tool_calls(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([calls(SPEND, PRICE, text="Looking.")]) as model:
        answer = (await http.post(**to_anthropic(model, tools=[ANTHROPIC_TOOL]))).json()
    assert answer["stop_reason"] == "tool_use"
    assert [part["type"] for part in answer["content"]] == ["text", "tool_use", "tool_use"]
    assert [part["input"] for part in answer["content"][1:]] == [{"month": "2026-10"}, {"model": "gpt-4o"}]


async def test_openai_streams_text_and_calls_in_pieces(http: httpx.AsyncClient) -> None:
    script = [calls(SPEND, PRICE, text="Looking it up.")]
    async with ScriptedModel(script, piece=4) as model:
        chunks = await streamed(http, to_openai(model, stream=True, stream_options={"include_usage": True}))
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if chunk["choices"]]
    parts = [part for delta in deltas for part in delta.get("tool_calls", [])]
    joined = ["".join(p["function"]["arguments"] for p in parts if p["index"] == place) for place in (0, 1)]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert "".join(delta.get("content") or "" for delta in deltas) == "Looking it up."
    assert [json.loads(text) for text in joined] == [{"month": "2026-10"}, {"model": "gpt-4o"}]
    assert [part["function"]["name"] for part in parts if "id" in part] == ["total_spend", "price"]
    assert [c["choices"][0]["finish_reason"] for c in chunks if c["choices"]][-1] == "tool_calls"
    assert (chunks[-1]["choices"], chunks[-1]["usage"]["prompt_tokens"]) == ([], 100)


async def test_openai_streams_usage_only_where_asked(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([says("x")]) as model:
        chunks = await streamed(http, to_openai(model, stream=True))
    assert all("usage" not in chunk for chunk in chunks)


async def test_anthropic_streams_blocks_with_start_and_stop(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([calls(SPEND, text="Looking.")], piece=4) as model:
        events = await streamed(http, to_anthropic(model, stream=True))
    kinds = [event["type"] for event in events]
    deltas = [event["delta"] for event in events if event["type"] == "content_block_delta"]
    assert (kinds[0], kinds[-2:], kinds.count("content_block_start")) == (
        "message_start",
        ["message_delta", "message_stop"],
        2,
    )
    assert "".join(delta.get("text", "") for delta in deltas) == "Looking."
    assert json.loads("".join(delta.get("partial_json", "") for delta in deltas)) == {"month": "2026-10"}
    assert events[-2]["delta"]["stop_reason"] == "tool_use"
    assert events[0]["message"]["usage"]["input_tokens"] == 100
    assert (events[-2]["usage"]["input_tokens"], events[-2]["usage"]["output_tokens"]) == (100, 20)


async def test_malformed_arguments_go_out_as_written(http: httpx.AsyncClient) -> None:
    bad = calls(Call("total_spend", '{"month": '))
    async with ScriptedModel([bad, bad, bad]) as model:
        whole = (await http.post(**to_openai(model))).json()["choices"][0]["message"]["tool_calls"][0]
        events = await streamed(http, to_anthropic(model, stream=True))
        refused = await http.post(**to_anthropic(model))
    parts = [e["delta"]["partial_json"] for e in events if e.get("delta", {}).get("type") == "input_json_delta"]
    assert whole["function"]["arguments"] == '{"month": '
    assert "".join(parts) == '{"month": '
    assert refused.status_code == 500


async def test_a_refusal_and_a_cut_are_told_in_each_format(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([refuses("No."), refuses("No."), Turn("You", cut=True), Turn("You", cut=True)]) as model:
        openai_no = (await http.post(**to_openai(model))).json()["choices"][0]
        anthropic_no = (await http.post(**to_anthropic(model))).json()
        openai_cut = (await http.post(**to_openai(model))).json()["choices"][0]
        anthropic_cut = (await http.post(**to_anthropic(model))).json()
    assert (openai_no["message"]["refusal"], openai_no["message"]["content"]) == ("No.", None)
    assert anthropic_no["stop_reason"] == "refusal"
    assert openai_cut["finish_reason"] == "length"
    assert anthropic_cut["stop_reason"] == "max_tokens"


async def test_a_rate_limit_says_when_to_come_back(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([Fail(429, "Slow down", retry_after=2), Fail(429, retry_after=0.5), Fail(529)]) as model:
        first = await http.post(**to_openai(model))
        second = await http.post(**to_anthropic(model))
        third = await http.post(**to_anthropic(model))
    assert (first.status_code, first.headers["retry-after"]) == (429, "2")
    assert first.json()["error"]["code"] == "rate_limit_exceeded"
    assert (second.headers["retry-after"], second.json()["error"]["type"]) == ("0.5", "rate_limit_error")
    assert third.json()["error"]["type"] == "overloaded_error"
    assert model.left == 0


async def test_a_model_that_hangs_runs_into_the_callers_time_limit(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([Hang(30), says("back")]) as model:
        with pytest.raises(httpx.ReadTimeout):
            await http.post(**to_openai(model), timeout=0.1)
        answer = (await http.post(**to_openai(model))).json()
    assert answer["choices"][0]["message"]["content"] == "back"


@pytest.mark.parametrize("request_of", [to_openai, to_anthropic])
async def test_a_dropped_connection_breaks_off_in_the_middle(http: httpx.AsyncClient, request_of: Any) -> None:
    long = says("word " * 50)
    async with ScriptedModel([Drop(long, events=4), Drop(long), Drop(says("x"), events=99)]) as model:
        with pytest.raises(httpx.HTTPError):
            await streamed(http, request_of(model, stream=True))
        with pytest.raises(httpx.HTTPError):
            await http.post(**request_of(model))
        with pytest.raises(httpx.HTTPError):
            await streamed(http, request_of(model, stream=True))


async def test_an_error_event_comes_in_place_of_the_rest(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([Break(says("word " * 9), events=4)] * 2) as model:
        openai_events = await streamed(http, to_openai(model, stream=True))
        anthropic_events = await streamed(http, to_anthropic(model, stream=True))
    assert (len(openai_events), openai_events[-1]["error"]["message"]) == (5, "Overloaded")
    assert (len(anthropic_events), anthropic_events[-1]["type"]) == (5, "error")


async def test_a_step_may_answer_from_what_the_tools_said(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([calls(SPEND), lambda asked: says(f"In all {asked.results['call_000001_0']}.")]) as model:
        first = (await http.post(**to_openai(model, tools=[OPENAI_TOOL]))).json()["choices"][0]["message"]
        result = {"role": "tool", "tool_call_id": first["tool_calls"][0]["id"], "content": "$12.00"}
        second = (await http.post(**to_openai(model, messages=[*ASK, first, result]))).json()
    assert second["choices"][0]["message"]["content"] == "In all $12.00."
    assert model.requests[0].tools == ["total_spend"]
    assert model.requests[1].asked == "What did we spend?"


async def test_what_was_asked_is_kept_in_either_format(http: httpx.AsyncClient) -> None:
    made = {"type": "tool_use", "id": "t1", "name": "total_spend", "input": {}}
    told = {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "$12.00"}]}
    talk = [*ASK, {"role": "assistant", "content": [made]}, {"role": "user", "content": [told]}]
    async with ScriptedModel([says("x"), says("y")]) as model:
        await http.post(**to_anthropic(model, system="Be exact.", tools=[ANTHROPIC_TOOL], messages=talk))
        await http.post(**to_openai(model, messages=[{"role": "system", "content": "Be exact."}, *ASK]))
    first, second = model.requests
    assert (first.api, first.system, first.results) == ("anthropic", "Be exact.", {"t1": "$12.00"})
    assert (second.api, second.system, second.asked) == ("openai", "Be exact.", "What did we spend?")


CALL = {"id": "c1", "type": "function", "function": {"name": "total_spend", "arguments": "{}"}}
MADE = {"role": "assistant", "content": None, "tool_calls": [CALL]}
USE = {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "total_spend", "input": {}}]}
RESULT = {"type": "tool_result", "tool_use_id": "t2", "content": "x"}
MISNAMED = {"name": "total spend", "input_schema": PARAMETERS}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"messages": []}, "Missing required parameter: 'messages'"),
        ({"messages": [{"role": "bot", "content": "x"}]}, "Invalid value: 'bot'"),
        ({"messages": [*ASK, MADE]}, "did not have response messages: c1"),
        ({"messages": [*ASK, MADE, *ASK]}, "did not have response messages: c1"),
        ({"messages": [*ASK, {"role": "tool", "tool_call_id": "c1", "content": "x"}]}, "must be a response to"),
        ({"messages": [*ASK, {"role": "assistant", "content": None}]}, "expected a string, got null"),
        ({"tools": []}, "expected between 1 and 128"),
        ({"tools": [OPENAI_TOOL] * 129}, "expected between 1 and 128"),
        ({"tools": [{"type": "function", "function": {"name": "total spend"}}]}, "should match pattern"),
        ({"tools": [{"type": "function", "function": {"name": "x", "parameters": {"type": "string"}}}]}, "object"),
    ],
)
async def test_openai_refuses_what_the_real_one_refuses(
    http: httpx.AsyncClient, body: dict[str, Any], message: str
) -> None:
    await refused_without_a_step(http, "openai", body, message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"max_tokens": None}, "max_tokens: Field required"),
        ({"messages": []}, "messages: Field required"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "first message must use"),
        ({"messages": [*ASK, {"role": "system", "content": "x"}]}, "top-level `system`"),
        ({"messages": [{"role": "user", "content": "  "}]}, "must be non-empty"),
        ({"messages": [*ASK, USE]}, "without `tool_result` right after: t1"),
        ({"messages": [*ASK, USE, *ASK]}, "without `tool_result` right after: t1"),
        ({"messages": [*ASK, USE, {"role": "user", "content": [RESULT]}]}, "unexpected `tool_use_id`"),
        ({"tools": [MISNAMED]}, "should match pattern"),
        ({"tools": [{"name": "total_spend", "input_schema": {"type": "string"}}]}, "object"),
    ],
)
async def test_anthropic_refuses_what_the_real_one_refuses(
    http: httpx.AsyncClient, body: dict[str, Any], message: str
) -> None:
    await refused_without_a_step(http, "anthropic", body, message)


async def refused_without_a_step(http: httpx.AsyncClient, api: str, body: dict[str, Any], message: str) -> None:
    async with ScriptedModel([says("x")]) as model:
        request = to_openai(model, **body) if api == "openai" else to_anthropic(model, **body)
        answer = await http.post(**request)
    assert answer.status_code == 400
    assert message in answer.json()["error"]["message"]
    assert (model.left, model.requests, [status for status, _ in model.refused]) == (1, [], [400])


async def test_a_wrong_key_is_refused(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([says("x")]) as model:
        first = await http.post(**{**to_openai(model), "headers": {"Authorization": "Bearer sk-other"}})
        headers = {"x-api-key": "sk-other", "anthropic-version": "2023-06-01"}
        second = await http.post(**{**to_anthropic(model), "headers": headers})
        third = await http.post(**{**to_anthropic(model), "headers": {"x-api-key": model.key}})
        bearer = {"Authorization": f"Bearer {model.key}", "anthropic-version": "2023-06-01"}
        fourth = await http.post(**{**to_anthropic(model), "headers": bearer})
    assert [first.status_code, second.status_code, third.status_code, fourth.status_code] == [401, 401, 400, 200]


async def test_a_request_beyond_the_script_is_refused_and_counted(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([]) as model:
        answer = await http.post(**to_openai(model))
    assert (answer.status_code, model.overrun, len(model.requests)) == (400, 1, 1)
    assert "The script is over" in answer.json()["error"]["message"]


async def test_a_caller_that_leaves_a_stream_is_noticed(http: httpx.AsyncClient) -> None:
    async with ScriptedModel([says("word " * 200)], pause=0.02) as model:
        async with http.stream("POST", **to_openai(model, stream=True)) as answer:
            async for _ in answer.aiter_lines():
                break
        await http.aclose()
        for _ in range(100):
            if model.broken_off:
                break
            await asyncio.sleep(0.02)
    assert model.broken_off == 1


def test_a_caller_that_blocks_can_use_it_from_its_own_thread() -> None:
    script: Sequence[Turn] = [says("one"), says("two")]
    with ScriptedModel(script) as model, httpx.Client(timeout=5, trust_env=False) as client:
        texts = [client.post(**to_openai(model)).json()["choices"][0]["message"]["content"] for _ in script]
    assert texts == ["one", "two"]
    with pytest.raises(httpx.ConnectError):
        httpx.post(**to_openai(model), trust_env=False)
