"""Arithmetic in words: every amount is told, its units lead to what is asked, and no amount is left over."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.agent.planner.left_over.accounted import asks_back
from bot.agent.planner.names.ledger_names import LedgerNames
from bot.agent.planner.plan import Planned
from bot.agent.planner.planner import Context, plan
from bot.agent.planner.quantities.dimensions import Quantity, balance
from bot.agent.planner.quantities.solve import solve
from bot.agent.planner.routing.route import Router
from knowledge.embed import MiniLM
from tests.planner.conftest import DATA_THROUGH, TODAY
from tools.calculators.arithmetic import calculate
from tools.prices.catalogue import load_catalogue

Plan = Callable[[str], list[Planned]]


@pytest.fixture(scope="module")
def planned(names: LedgerNames, english: frozenset[str], embedder: MiniLM) -> Plan:
    context = Context(TODAY, DATA_THROUGH, names, load_catalogue(), english, Router(embedder))
    return lambda text: plan(text, context)


def value(call: Planned) -> tuple[Decimal, str]:
    return calculate(call.args["expression"]).figures[0].value, call.args.get("unit", "")


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        # 40 x 19 x 12
        ("40 licences at $19 a month, what's that per year?", "9120", "USD per year"),
        # 135 x 40 x 12
        ("we have 135 engineers on an assistant at $40/seat/month - annual cost?", "64800", "USD per year"),
        # 320 x 25 / 60 x 46 x 220 = 1,349,333.33
        ("If each of our 320 agents saves 25 minutes a day at a loaded cost of $46 an hour, over 220 working days, "
         "what is that worth a year?", "1349333.33", "USD per year"),
        # 48,000 x 35% x (7.20 - 0.85)
        ("The bot resolves a ticket for $0.85, a human needs $7.20. With 48,000 tickets a month and 35% deflection, "
         "what do we save per month?", "106680", "USD per month"),
        # 6,200 / 31,000
        ("our chatbot costs $6,200 a month and handles 31,000 conversations. cost per conversation?", "0.20",
         "USD per conversation"),
        # 52,000 / 11,000
        ("A human agent costs $52,000 a year and handles 11,000 tickets. What does one ticket cost?", "4.73",
         "USD per ticket"),
        # 54,000 / 150 / 12
        ("We pay $54,000 a year for 150 seats. What's that per seat per month?", "30", "USD per seat per month"),
        # 500 x 60% x 15 x 30 x 0.012
        ("500 users, 60% of them active, each 15 requests a day at $0.012 per request. cost for 30 days?", "1620",
         "USD"),
        # 3,400,000 / 1,000 x 2: the price is for a thousand pages
        ("vendor charges $2 per 1,000 pages, how much for 3.4 million pages?", "6800", "USD"),
        # 12,000 x 60 x 0.006
        ("We transcribe 12,000 hours of calls a month at $0.006 per minute. What's the monthly cost?", "4320",
         "USD per month"),
        # 600 x 20 x 0.85 x 24
        ("A two-year contract gives 15% off the list price of $20 per user per month for 600 users. What is the total "
         "contract value?", "244800", "USD"),
        # 7M x 0.0008 + 3M x 0.006
        ("70% of 10M requests go to a small model at $0.0008 each, the rest to a big one at $0.006 each. Total cost?",
         "23600", "USD"),
        # 500,000 + 3 x (60,000 + 90,000)
        ("Three-year TCO: $500k purchase, $60k a year for power, $90k a year for staff?", "950000", "USD"),
        # 2.5 x 140,000 + 12 x 22,000
        ("2.5 FTE at $140k each run the stack and the servers are $22k a month. What's the yearly TCO?", "614000",
         "USD per year"),
        # 12,000 / 0.03
        ("monthly budget of $12,000 and each summary costs 3 cents, how many summaries can we run?", "400000",
         "summaries"),
        # 310,000 / (15,500 - 4,200)
        ("Buy: $310,000 for 8 GPUs plus $4,200 a month for colo. Rent: $15,500 a month. When does buying pay off?",
         "27.43", "months"),
        # 22% x 31,000 x 12: what is saved, not what is left
        ("if we cut 22% off a $31,000 monthly bill, what do we save per year?", "81840", "USD per year"),
        # 12,000 x (5.60 - 0.04)
        ("If a chat costs 4 cents and a phone call $5.60, what do we save by moving 12,000 calls a month to chat?",
         "66720", "USD per month"),
        # (49 - 6.30) / 49
        ("gross margin: customers pay $49 per month, inference costs us $6.30 per customer per month. margin in "
         "percent?", "87.14", "%"),
        # 7,200 / 1,800,000 x 1,000
        ("We spend $7,200 a month on inference for 1.8 million requests a month. What's the cost per 1,000 requests?",
         "4", "USD per 1,000 requests"),
        # 14 x 0.018 x 25,000
        ("An agent run uses 14 calls at $0.018 each. Cost of 25,000 runs?", "6300", "USD"),
        # (48 - 36) / 48
        ("monthly spend is $48k and we want to be at $36k. how many percent do we need to cut?", "25", "%"),
        # (260 - 200) x 39 x 12
        ("if we go from 200 to 260 seats at $39 a month, how much more is that per year?", "28080", "USD per year"),
        # (6.80 - 0.95) x 40% x 25,000 x 12
        ("A call handled by staff costs $6.80 and by the bot $0.95. The bot takes 40% of 25,000 calls a month. Annual "
         "saving?", "702000", "USD per year"),
        # 18,600 / 1,240: what stands before the colon is asked, not told
        ("cost per user: $18,600 monthly bill, 1,240 active users", "15", "USD per user per month"),
        # 22,500 / 0.9
        ("monthly bill is $22,500 after a 10% discount. what was it before the discount?", "25000", "USD per month"),
        # 10 x 2 ^ (18 / 6)
        ("usage doubles every 6 months. We're at $10k/month now, what will it be in 18 months?", "80000",
         "USD per month"),
        # 90,000 / 60 x 21
        ("annotating 90,000 images at 60 images per hour and $21 an hour?", "31500", "USD"),
        # 98 x 11 x 22
        ("a GPU node costs us $98/h, we use it 11 hours a day, 22 days a month. monthly?", "23716",
         "USD per month"),
        # (14,000 + 9,000) / 1.15 million
        ("Self hosting: $14,000 a month for the GPUs and $9,000 for the engineer. At $1.15 per million tokens API "
         "price, how many tokens per month to break even?", "20000000000", "tokens"),
        # 18,000 / 30%: what is told is the part
        ("our inference bill is $18k per month. it's 30% of the total platform cost. what's the total platform cost?",
         "60000", "USD per month"),
        # 1.70 / 1,000 x 2,600,000
        ("if 1,000 answers cost $1.70, what do 2.6 million answers cost?", "4420", "USD"),
        # 5,000 / 0.04
        ("how many essays can we grade for $5,000 at $0.04 each?", "125000", "essays"),
        ("Three invoices: $12,450.20, $8,310.75 and $9,002.05. Total?", "29763", "USD"),
        ("average of $1200, $1850, $2400 and $950?", "1600", "USD"),
        ("difference between $48,200 and $39,750", "8450", "USD"),
        # (97 - 84) / 84
        ("We spent $84k in March and $97k in April. How much growth is that in percent?", "15.48", "%"),
        ("what's 18% of $245,000", "44100", "USD"),
    ],
)  # fmt: skip
def test_amounts_are_multiplied_along_their_units(planned: Plan, text: str, expected: str, unit: str) -> None:
    calls = planned(text)
    assert [call.tool for call in calls] == ["calculate"]
    found, told = value(calls[0])
    assert abs(found - Decimal(expected)) < Decimal("0.01")
    assert told == unit


@pytest.mark.parametrize(
    "text",
    [
        "we have 120 devs but only 40 licences at $19 a month, what's that per year?",
        "our 8 servers cost $18,000 a month, what is that per user with 40 chairs?",
        "40 licences at $19 a month, 10 of them free, what's that per year?",
        "50 people save 20 minutes a day at $60 an hour. per year?",
        "$20 per user, what do 30 trucks cost?",
        "cost per seat: $40, 1,240 seats",
        "we pay $22,500 after a 10% discount, what is that per year?",
        "32 GPUs at $50k a month, what's that per year?",
    ],
)
def test_a_number_without_a_place_is_asked_about(planned: Plan, text: str) -> None:
    calls = planned(text)
    assert asks_back(calls) or calls[0].tool in {"search_knowledge", "say_unknown"}


def test_what_is_taken_for_granted_is_told(planned: Plan) -> None:
    (call,) = planned("saves 3 hours a week for 50 analysts at $80/h, what's that a year?")
    assert value(call)[0] == Decimal(3 * 50 * 80 * 52)
    (call,) = planned("our helpdesk costs $52,000 a year and handles 11,000 tickets. What does one ticket cost?")
    assert call.args["notes"] == ("What is counted is of the same year as the cost",)


@pytest.mark.parametrize(
    "text",
    [
        "Reserved at 1.60 or on demand at 2.40 per GPU hour: what do I save on 20,000 hours?",
        "50 hours saved at 40 dollars an hour, cost 19 dollars per seat: net benefit?",
        "a contractor at $90 per hour for 12 weeks of 40 hours: total?",
    ],
)
def test_amounts_of_unlike_units_are_never_added_or_set_against_one_another(planned: Plan, text: str) -> None:
    assert not {call.tool for call in planned(text)} & {"calculate", "spend_pace"}


def test_amounts_balance_where_they_are_of_one_span_or_say_none() -> None:
    assert balance(None, "month")
    assert balance("month", "working month")
    assert not balance("month", "year")
    assert not balance(None, "GPU hour")
    assert not balance("person", "person")


def test_the_rate_of_a_price_is_not_what_the_time_after_it_is_of(planned: Plan) -> None:
    (call,) = planned("Renting 16 H100s at 2.99 dollars per GPU-hour for 90 days: what amoount??")
    assert value(call)[0] == 16 * Decimal("2.99") * 24 * 90


def test_a_length_of_time_divides_only_where_one_of_it_is_asked_for() -> None:
    rent = Quantity(Decimal(450), "450", "money", {"USD": 1})
    days = Quantity(Decimal(90), "90", "count", {"day": 1, "them": -1})
    count = Quantity(Decimal(3), "3", "count", {"them": -1})
    assert solve([rent, days, count], {"USD": 1}) is None
    assert solve([rent, Quantity(Decimal(90), "90", "count", {"day": 1})], {"USD": 1, "day": -1}) is not None
