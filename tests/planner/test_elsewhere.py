"""Orders are declined; questions that only look like orders are not."""

import pytest

from bot.agent.planner.routing.elsewhere import is_order


@pytest.mark.parametrize(
    "text",
    [
        "Please pay the OpenAI invoice",
        "cancel our Bedrock subscription",
        "Delete the ledger",
        "can you order 20 H100s for us",
        "could you book a meeting with finance for tomorrow",
        "send the October report to bob@example.com",
        "email this to Anna in finance",
        "remind me on Friday to check the budget",
        "transfer 5000 dollars to Anthropic",
        "raise search's budget to 50k",
        "shut down the idle p5 instances",
        "create a new API key",
    ],
)
def test_an_order_is_one(text: str) -> None:
    assert is_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did we pay OpenAI in October?",
        "pay per token or reserve?",
        "If we cancel our Bedrock subscription, what do we save?",
        "cancel the 3-year commitment: what would it cost?",
        "send it as csv",
        "show me the bill of October",
        "order the teams by spend",
        "book value of 64 H100 after 2 years",
        "delete that",
        "Should we shut down the idle p5 instances?",
        "buy or rent 64 H100 for 3 years",
        "tell me about Anthropic",
        "tell me what search spent",
        "compare search and support in October",
    ],
)
def test_a_question_is_none(text: str) -> None:
    assert not is_order(text)
