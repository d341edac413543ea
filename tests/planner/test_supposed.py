"""What-ifs on own spend in everyday words: which call is made, and which words still stop one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.plan import Planned
from bot.agent.planner.planner import Context, plan
from bot.agent.planner.routing.route import Router
from bot.agent.planner.threads.history import Earlier
from bot.agent.planner.words.supposed_words import narrows
from knowledge.embed import MiniLM
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.prices.catalogue import load_catalogue

Plan = Callable[[str], list[Planned]]
BILLED = ("gpt-4o", "gpt-4.1", "claude-sonnet-4-5", "gemini-2.5-pro")


@pytest.fixture(scope="module")
def context(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Context:
    billed = replace(names, models=BILLED, currencies=("USD",))
    return Context(TODAY, DATA_THROUGH, billed, load_catalogue(), english, Router(embedder))


@pytest.fixture(scope="module")
def planned(context: Context) -> Plan:
    return lambda text: plan(text, context)


MAY = "2026-05-01 to 2026-05-31"


@pytest.mark.parametrize(
    ("text", "tool", "args"),
    [
        ("Suppose core had used gpt-5-nano in place of gpt-4o throughout May: what would the bill have been?",
         "what_if", {"team": ("core",), "model": ("gpt-4o",), "to_model": "gpt-5-nano"}),
        ("The steering group wants core on claude-haiku-4-5. Using May volumes, how much would that have saved?",
         "what_if", {"team": ("core",), "to_model": "claude-haiku-4-5", "saving": True}),
        ("Price core's May OpenAI traffic at gpt-5-nano rates.", "what_if", {"to_model": "gpt-5-nano"}),
        ("R&D: gpt-4o -> gpt-5 for May, difference?", "what_if", {"model": ("gpt-4o",), "to_model": "gpt-5"}),
        ("If core had taken gemini-2.5-flash instead of pro in May?",
         "what_if", {"model": ("gemini-2.5-pro",), "to_model": "gemini-2.5-flash"}),
        ("core has about 27% of its gpt-4.1 input cached; with 60% cached in May what would it pay?",
         "what_if", {"cached_share": "60"}),
        ("What would core have paid in May had half its input been cached?", "what_if", {"cached_share": "50"}),
        ("Assume Anthropic withdraws our 10% discount. What would May have cost?",
         "spend_at_list", {"provider": ("Anthropic",), "discount": "10"}),
        ("How much more would core have paid for OpenAI in May without its 5 percent discount?",
         "spend_at_list", {"team": ("core",), "provider": ("OpenAI",), "first": "difference"}),
        ("What would the p5 hours of May have cost at 1.98 per GPU hour, eight GPUs each?",
         "spend_hours_if", {"price_per_hour": "1.98", "per_gpu": True, "gpus": "8"}),
        ("If the a3 machine were limited to 80 hours, would May have been cheaper?",
         "spend_hours_if", {"accelerator": ("a3",), "at_most": "80"}),
        ("What would we have saved in May if the p5 machine had run half the hours?",
         "spend_if", {"volume_change": "-50"}),
        ("If we had cut p5 hours by a quarter in May, what would it have cost?", "spend_if", {"volume_change": "-25"}),
        ("If core traffic on gpt-4o rose by 20%, what would gpt-4o have cost in May?",
         "spend_if", {"team": ("core",), "model": ("gpt-4o",), "volume_change": "20"}),
        ("If core's gpt-4o traffic doubled, what would gpt-4o have cost them in May?",
         "spend_if", {"team": ("core",), "model": ("gpt-4o",), "volume_change": "100"}),
        ("Reprice core's gpt-4o traffic from May claude-sonnet-4-5",
         "what_if", {"model": ("gpt-4o",), "to_model": "claude-sonnet-4-5"}),
        ("What would core's gpt-4o usage in May have cost claude-sonnet-4-5?",
         "what_if", {"model": ("gpt-4o",), "to_model": "claude-sonnet-4-5"}),
        ("When gpt-4o gets 25% dearer, what is the extra cost at May volume?", "spend_if", {"price_change": "25"}),
    ],
)  # fmt: skip
def test_a_what_if_in_everyday_words_is_answered(planned: Plan, text: str, tool: str, args: dict[str, Any]) -> None:
    (call,) = planned(text)
    assert call.tool == tool
    assert {key: call.args.get(key) for key in args} == args
    assert call.args["period"] == MAY


@pytest.mark.parametrize(
    "text",
    [
        "What would core's streaming traffic of May have cost on claude-haiku-4-5?",
        "What would core have paid in May on claude-haiku-4-5 for premium users?",
        "If only premium requests of core had run on claude-haiku-4-5 in May, what would they have cost?",
    ],
)
def test_a_word_that_narrows_the_use_is_asked_about(planned: Plan, text: str) -> None:
    assert planned(text)[0].tool in {"ask_back", "what_if"}
    assert planned(text)[0].tool == "ask_back" or planned(text)[0].args.get("team") != ("core",)


def test_a_word_narrows_by_where_it_stands() -> None:
    def at(text: str, word: str) -> bool:
        return narrows(text, text.index(word), text.index(word) + len(word))

    assert at("its streaming traffic on haiku", "streaming")
    assert at("on haiku for premium users", "premium")
    assert at("requests that are short on haiku", "short")
    assert not at("could core run its load overnight through haiku", "overnight")
    assert not at("would haiku have been enough for core", "enough")


def test_news_without_a_figure_in_the_question_are_read_before_the_bill_is_worked_out(planned: Plan) -> None:
    told, bill = planned("AWS is trimming P5 prices: by how much, and what does that save us on a month like May?")
    assert (told.tool, told.args["names"]) == ("price_news", ("P5",))
    assert (bill.tool, bill.amount_from, bill.args["period"]) == ("spend_if", "price_change", MAY)


@pytest.mark.parametrize(
    "text",
    [
        "aws cuts p5, how much would our May p5 bill have dropped?",
        "AWS is raising the p5, how much would our May p5 bill have risen?",
    ],
)
def test_a_seller_that_cuts_a_machine_moves_its_price(planned: Plan, text: str) -> None:
    told, bill = planned(text)
    assert (told.tool, told.args["names"]) == ("price_news", ("p5",))
    assert (bill.tool, bill.args["period"], bill.args["first"]) == ("spend_if", MAY, "difference")
    assert bill.amount_from == "price_change"


def test_both_models_after_cost_are_moved_to(planned: Plan) -> None:
    calls = planned("What would core's gpt-4o usage in May have cost claude-sonnet-4-5 or gpt-4.1-mini?")
    assert [(c.tool, c.args["model"], c.args["to_model"]) for c in calls] == [
        ("what_if", ("gpt-4o",), "claude-sonnet-4-5"),
        ("what_if", ("gpt-4o",), "gpt-4.1-mini"),
    ]


def test_options_beside_the_model_in_use_are_moved_to_where_no_word_says_so(planned: Plan) -> None:
    calls = planned("core's gpt-4o usage of May claude-haiku-4-5 vs gpt-5-nano: what would it have cost?")
    assert [(call.args["model"], call.args["to_model"]) for call in calls] == [
        (("gpt-4o",), "claude-haiku-4-5"),
        (("gpt-4o",), "gpt-5-nano"),
    ]


def test_a_follow_up_onto_another_model_is_a_what_if_of_what_was_told(context: Context) -> None:
    before = [
        (Earlier("spend_total", {"period": MAY, "team": ("core",), "model": ("gpt-4o",)}, asked="gpt-4o in May?"),)
    ]
    (call,) = plan("and on gpt-5-nano instead?", context, before)
    assert (call.tool, call.args["to_model"], call.args["model"]) == ("what_if", "gpt-5-nano", ("gpt-4o",))
    assert (call.args["period"], call.args["team"]) == (MAY, ("core",))
