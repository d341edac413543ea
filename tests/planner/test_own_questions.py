"""Questions on own spend whose words say which rows, which time or which figure is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.agent.planner.kinds import BY_NAME
from bot.agent.planner.left_over.accounted import settled
from bot.agent.planner.names.company_names import company_names
from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading, read
from bot.agent.planner.wording.asides import without_asides
from bot.agent.planner.wording.written_out import written_out
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.prices.catalogue import load_catalogue

Read = Callable[[str], Reading]


def calls(r: Reading, intent: str) -> list[Planned]:
    assert BY_NAME[intent].weigh(r) is not None, r.text
    return settled(r, BY_NAME[intent].fill(r, {}))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("did core really spend more than 9k in May?", "above"),
        ("Was Anthropic under $9,000 in May?", "below"),
        ("can you check if we spent over 9k with Anthropic in May", "above"),
    ],
)
def test_one_total_is_held_against_an_amount(reading: Read, text: str, way: str) -> None:
    (call,) = calls(replace(reading(text), currencies=("USD",)), "total_held_against")
    assert (call.tool, call.args[way]) == ("spend_total", "9000")


def test_a_share_is_held_against_percent(reading: Read) -> None:
    (call,) = calls(reading("Is Anthropic more than 10% of our bill in May?"), "share_held_against")
    assert (call.tool, call.args["above_share"], call.args["of"]) == ("spend_share", "10", ("provider",))


def test_an_amount_in_a_currency_of_no_bill_is_not_compared(reading: Read) -> None:
    bills = replace(reading("Did core spend more than €9,000 in May?"), currencies=("USD",))
    assert BY_NAME["total_held_against"].weigh(bills) is None


@pytest.mark.parametrize(
    "text",
    [
        "Which team spent the most in May and by how much over number two?",
        "top team in May, and how far ahead of the second?",
        "Biggest team in May and the gap to the runner-up",
    ],
)
def test_the_first_is_told_with_its_lead(reading: Read, text: str) -> None:
    (call,) = calls(reading(text), "spend_by")
    assert (call.args["top"], call.args["difference"]) == (1, True)


def test_machines_are_left_out(reading: Read) -> None:
    (call,) = calls(reading("What was AWS in May without the p5?"), "spend_total")
    assert call.args["without"] == ("accelerator=p5",)
    assert "accelerator" not in call.args
    (call,) = calls(reading("AWS spend in May excluding H100s"), "spend_total")
    assert call.args["without"] == ("accelerator=H100",)


def test_a_provider_beside_a_service_of_another_is_meant_too(names: LedgerNames) -> None:
    sold = replace(names, sellers=lambda: {"Amazon Bedrock": "AWS"})

    def asked(text: str, intent: str) -> Planned:
        return calls(read(text, text, TODAY, DATA_THROUGH, sold, load_catalogue()), intent)[0]

    both = ("provider=Anthropic", "service=Amazon Bedrock")
    call = asked("What did we pay Anthropic and Bedrock together in May?", "spend_total")
    assert (call.args["either"], call.args.get("provider")) == (both, None)
    assert asked("Anthropic direct vs Bedrock in May, our cost", "spend_by").args["by"] == ("provider",)
    assert "either" not in asked("What did we pay AWS for Bedrock in May?", "spend_total").args


@pytest.mark.parametrize("text", ["Is our Anthropic bill going up or down?", "is spend on OpenAI rising?"])
def test_without_a_time_the_last_complete_month_is_set_against_the_one_before(reading: Read, text: str) -> None:
    (call,) = calls(reading(text), "spend_change")
    assert call.args["period"] == "2026-05-01 to 2026-05-31"


@pytest.mark.parametrize(
    "text", ["Split of OpenAI cost in May into input and output?", "input vs output cost on OpenAI in May"]
)
def test_the_two_sides_of_the_tokens_are_told_apart(reading: Read, text: str) -> None:
    (call,) = calls(reading(text), "token_costs")
    assert call.tool == "token_costs"


def test_a_total_is_not_told_for_one_side_of_the_tokens(reading: Read) -> None:
    (call,) = calls(reading("What did core spend on output in May?"), "spend_total")
    assert call.tool == "ask_back"


@pytest.mark.parametrize("said", ["since the start of the data", "from day one", "since records began"])
def test_the_start_of_the_data_is_all_of_it(said: str) -> None:
    assert written_out(f"What did we pay OpenAI {said}?") == "What did we pay OpenAI to date?"


def test_a_part_of_the_year_is_of_this_one() -> None:
    assert written_out("spend in the first four months of the year").endswith("of this year")
    assert written_out("since the start of the year") == "year to date"


def test_a_bare_no_between_two_months_takes_back_the_first() -> None:
    assert written_out("OpenAI in July, no June") == "OpenAI in July, sorry, June"


def test_whoever_bills_it_leaves_nothing_out() -> None:
    assert without_asides("Claude spend in May, whichever cloud it runs on") == "Claude spend in May"
    assert without_asides("Claude spend in May regardless of provider") == "Claude spend in May"


def test_a_comparison_whose_other_side_is_not_read_is_asked_about(reading: Read) -> None:
    (call,) = calls(reading("Anthropic in May vs the pilot"), "spend_total")
    assert call.tool == "ask_back"


def test_the_credit_of_one_provider_is_not_taken_for_its_spend(reading: Read) -> None:
    (call,) = calls(reading("Our spend in May without the Anthropic credit"), "spend_total")
    assert call.tool == "ask_back"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("what part of AWS can't be tied to a team", "what part of AWS has no team"),
        ("did Azure get more expensive in May", "did Azure going up in May"),
        ("what share fell on weekends", "what share went on weekends"),
        ("billed as opposed to effective", "billed versus effective"),
    ],
)
def test_what_is_said_otherwise_is_read_as_what_it_means(written: str, read_as: str) -> None:
    assert written_out(written) == read_as


def test_a_fiscal_quarter_is_known_where_its_start_is_told(reading: Read) -> None:
    (call,) = calls(reading("Our fiscal year starts in April. What did we spend in fiscal Q1?"), "spend_total")
    assert call.args["period"] == "2026-04-01 to 2026-06-30"
    (call,) = calls(reading("What did we spend in fiscal Q1?"), "spend_total")
    assert call.tool == "ask_back"


@pytest.mark.parametrize(
    ("text", "rank"),
    [("who came second in our May spend?", 2), ("our number three team in May", 3), ("our runner-up team in May", 2)],
)
def test_a_place_in_the_ranking_is_read(reading: Read, text: str, rank: int) -> None:
    (call,) = calls(reading(text), "spend_by")
    assert call.args["rank"] == rank


def test_when_it_stopped_is_no_sum(reading: Read) -> None:
    (call,) = calls(reading("When did we stop paying Anthropic?"), "first_charge")
    assert call.tool == "spend_first_charge"
    (call,) = settled(r := reading("When did we stop paying Anthropic?"), BY_NAME["spend_total"].fill(r, {}))
    assert call.tool == "ask_back"


def test_how_all_bills_call_who_pays_is_the_company_and_nobody_else() -> None:
    assert company_names(("Norvik Robotics", "Norvik Labs"), frozenset()) == {"norvik"}
    assert company_names(("Norvik Robotics",), frozenset()) == {"norvik", "norvik robotics"}
    assert company_names(("Norvik", "Acme"), frozenset()) == frozenset()
    assert company_names(("Payments prod",), frozenset({"payments"})) == frozenset()
