"""How uses, ratios, parts of the traffic and spans of savings are read into arguments."""

from __future__ import annotations

from typing import Any

import pytest

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.planner import Context, plan
from bot.agent.planner.routing.route import Router
from knowledge.embed import MiniLM
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.prices.catalogue import load_catalogue


@pytest.fixture(scope="module")
def context(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Context:
    return Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))


USES: list[tuple[str, dict[str, Any]]] = [
    ("40M tokens on gpt-4.1 at 4:1 input to output, cost?", {"tokens": "40000000", "output_share": "25"}),
    ("60M input tokens and half that in output on gpt-4.1?", {"input_tokens": "60000000", "output_share": "50"}),
    ("20M in on gpt-4.1, twice as many output tokens, price?", {"input_tokens": "20000000", "output_share": "200"}),
    ("write 5M tokens to the one-hour cache of claude opus 5, cost?", {"cache_write_1h_tokens": "5000000"}),
    ("2M 5-minute cache writes on claude opus 5, cost?", {"cache_write_tokens": "2000000"}),
    ("1M in / 2M out on gpt-4.1?", {"input_tokens": "1000000", "output_tokens": "2000000"}),
    ("cost of 1k input, 2k output and 5k thinking tokens on o4-mini?", {"reasoning_tokens": "5000"}),
    ("9,000 invoices of 2k tokens each on gpt-4.1-mini, with 100 tokens output each?", {"requests": "9000"}),
    ("each of our 300 lawyers sends 2M input tokens a month on gpt-4.1, cost?", {"users": "300", "every": "month"}),
]


@pytest.mark.parametrize(("question", "holds"), USES)
def test_a_use_in_other_words_is_priced(context: Context, question: str, holds: dict[str, Any]) -> None:
    (call,) = plan(question, context)
    assert call.tool == "price_usage", call
    assert {name: call.args.get(name) for name in holds} == holds


MOVES: list[tuple[str, dict[str, Any]]] = [
    ("what would we save a year moving search from gpt-4o to gpt-4o-mini, by April's traffic?",
     {"saving": True, "over": "year", "to_model": "gpt-4o-mini", "model": ("gpt-4o",), "team": ("search",)}),
    ("if 30% of search's gpt-4o traffic in May had gone to gpt-4o-mini, what would it have cost?",
     {"moved_share": "30", "to_model": "gpt-4o-mini"}),
    ("untagged gpt-4o usage of May repriced on gpt-4o-mini?", {"team": ("untagged",)}),
    ("if search had cached nothing in May, what would gpt-4o have cost?", {"cached_share": "0", "model": ("gpt-4o",)}),
    ("search's gpt-4o traffic of May, but through the batch api", {"batch": True, "model": ("gpt-4o",)}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "holds"), MOVES)
def test_a_move_in_other_words_is_priced(context: Context, question: str, holds: dict[str, Any]) -> None:
    (call,) = plan(question, context)
    assert call.tool == "what_if", call
    assert {name: call.args.get(name) for name in holds} == holds


def test_traffic_of_nobody_known_is_not_everybodys(context: Context) -> None:
    (call,) = plan("what if billing's traffic of May moved to gpt-4o-mini?", context)
    assert call.tool == "ask_back" or call.args.get("team") == ("billing",)


def test_a_name_that_looks_like_a_model_is_looked_up_as_one(context: Context) -> None:
    (call,) = plan("what would falcon-9-ultra cost for 1M input tokens?", context)
    assert call.args.get("model") == "falcon-9-ultra"
