"""Questions on a cloud bill in FOCUS columns: commitments, pricing categories, regions by name, tags of many values."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.agent.ask import Agent
from bot.agent.planner.names.long_tags import long_values
from bot.agent.planner.names.name_forms import place_aliases
from bot.agent.planner.words.pricing_words import pricing_values
from bot.reply import Question
from bot.services import Services
from tests.ledger.focus import charge, write
from tools.ledger.audience import EVERYTHING
from tools.ledger.storing.importing import import_files

KNOWN = {
    "pricing_category": ("Standard", "Committed", "Dynamic"),
    "commitment_type": ("Savings Plan", "Reserved Instance", "Reservation", "Committed Use Discount"),
}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("what did we spend on demand in May", ["Standard"]),
        ("spot costs last month", ["Dynamic"]),
        ("on-demand vs reserved instances: what did we pay", ["Standard", "Committed"]),
        ("what did savings plans cost us", ["Savings Plan"]),
        ("how well are our RIs used", ["Reserved Instance", "Reservation"]),
        ("unused CUDs", ["Committed Use Discount"]),
        ("should we commit or stay on demand", []),
        ("what do our savings plan discounts save", []),
        ("H100 on demand", []),
    ],
)
def test_words_for_pricing_are_filters_where_spend_is_asked_about(text: str, values: list[str]) -> None:
    assert [value.value for value in pricing_values(text, KNOWN)] == values


def test_no_pricing_category_is_read_that_no_bill_states() -> None:
    assert pricing_values("what did we spend on demand in May", {}) == ()


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("US East (N. Virginia)", {"us east (n. virginia)", "us east n. virginia", "n. virginia", "virginia"}),
        ("Belgium", {"belgium"}),
        ("External", set()),
        ("Global", set()),
    ],
)
def test_a_region_goes_by_the_place_in_its_name(name: str, called: set[str]) -> None:
    assert place_aliases([name]) == called


def test_a_value_of_a_long_tag_is_found_by_itself_or_beside_its_key() -> None:
    long = {"application": ("BrightLens", "status", "red panda"), "cost-center": ("4711",)}
    english = frozenset(("status", "red", "panda", "spend", "application", "in"))

    def found(text: str) -> list[tuple[str, str]]:
        return [(dimension, value) for dimension, value, _, _ in long_values(text, long, english)]

    assert found("spend of brightlens, please") == [("tag:application", "BrightLens")]
    assert found("spend of the application status in May") == [("tag:application", "status")]
    assert found("what is the status of our spend") == []
    assert found("cost center 4711 in May") == [("tag:cost-center", "4711")]
    assert found("4711 tokens") == []
    assert found("red panda spend") == [("tag:application", "red panda")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bills of May 2026, whose tags are spelled differently."""
    folder = tmp_path_factory.mktemp("bills")
    covered = {"CommitmentDiscountId": "sp-1", "CommitmentDiscountType": "Savings Plan", "PricingCategory": "Committed"}
    oregon = {"RegionId": "us-west-2", "RegionName": "US West (Oregon)"}
    aws = [
        charge("2026-05-02", "40", service="AWSLambda", PricingCategory="Standard", **oregon),
        charge("2026-05-03", "9", CommitmentDiscountStatus="Used", **covered),
        charge("2026-05-04", "3", CommitmentDiscountStatus="Unused", **covered),
        charge("2026-05-31", "11", PricingCategory="Standard", Tags=json.dumps({"CostCenter": "cc-9"})),
    ]
    google = [charge("2026-05-31", "8", provider="Google Cloud", Tags=json.dumps({"cost-center": "cc-9"}))]
    import_files(folder, [write(folder / "aws.csv", aws), write(folder / "google.csv", google)])
    return folder


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What share of our savings plans went unused in May?", 25),
        ("savings plan utilization in may", 75),
        ("What did we spend on demand in May?", 40 + 11),
        ("How much did Lambda cost in May in Oregon?", 40),
        ("what did cost center cc-9 cost in May", 11 + 8),
    ],
)
def test_a_cloud_bill_is_asked_in_its_owners_words(home: Path, question: str, value: int) -> None:
    assert first_value(home, question) == value


def first_value(home: Path, question: str) -> Decimal:
    agent = Agent(Services(home), lambda asker, channel: EVERYTHING)
    reply = agent.ask(Question(question, today=date(2026, 6, 15)))
    assert reply.figures, reply.text
    return reply.figures[0].value


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """April and May 2026: two teams with AI and without, one machine's hours under a meter that others share."""
    folder = tmp_path_factory.mktemp("mixed")
    plain = {"service": "Amazon EC2", "service_category": "Compute"}
    hours = {**plain, "SkuMeter": "Compute hours"}
    rows = [
        charge("2026-04-10", "100", team="red"),
        charge("2026-05-03", "20", team="red", **plain),
        charge("2026-05-10", "200", team="red"),
        charge("2026-05-11", "50", team="blue", provider="OpenAI", service="OpenAI API"),
        charge("2026-05-12", "7", team="blue", SkuId="p4d.24xlarge", **hours),
        charge("2026-05-13", "3", team="blue", SkuId="p5.48xlarge", **hours),
        charge("2026-05-14", "1", provider="OpenAI", service="OpenAI API"),
    ]
    import_files(folder, [write(folder / "bill.csv", rows)])
    return folder


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Last month, what were we charged for AI all told?", 200 + 50 + 7 + 3 + 1),
        ("The May AI figure, please.", 200 + 50 + 7 + 3 + 1),
        ("Of red's bill in May, which part is not AI?", 20),
        ("what did blue's accelerators cost in May", 7 + 3),
        ("what did OpenAI cost in May, and how much of that has no team?", 50 + 1),
        ("Which two days in May were the most expensive?", 200),
        ("Is OpenAI our biggest provider in May?", 200 + 20 + 7 + 3),
        ("split May's cost into teams", 200 + 20 + 50 + 7 + 3 + 1),
    ],
)
def test_what_is_asked_of_a_bill_keeps_its_scope(mixed: Path, question: str, value: int) -> None:
    assert first_value(mixed, question) == value


def test_three_periods_are_each_told(mixed: Path) -> None:
    agent = Agent(Services(mixed), lambda asker, channel: EVERYTHING)
    reply = agent.ask(Question("March vs April vs May totals", today=date(2026, 6, 15)))
    assert [step.tool for step in reply.steps] == ["spend_total"] * 3
