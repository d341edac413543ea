"""Questions that have no answer here, or too many: the reply says so, or asks back, and never guesses."""

from __future__ import annotations

from tests.evaluation.line import Line, line

UNKNOWN = (
    "What is our CEO's salary?",
    "What do 2M tokens cost on gpt-97-hyper?",
    "how much would llama-99-giga charge for 10M input tokens",
    "What did team narwhal spend in October?",
    "What did we spend in March 2019?",
    "Total spend in September 2025?",
    "How much AI spend did we have in December 2026?",
    "Did the Zorblax cloud cost us anything last month?",
    "What's the weather in Lisbon tomorrow?",
    "How many days of annual leave do I have left?",
    "Price per hour of an Nvidia Q7000 accelerator?",
    "Who won the 2026 World Cup?",
)
CLARIFY = (
    "What does haiku cost for 3M tokens in and 1M out?",
    "How much is it on gpt-4o?",
    "What would a training run cost?",
    "Is a commitment worth it?",
    "NPV of our chatbot project?",
    "What does claude cost?",
)


def unknown_questions() -> list[Line]:
    return [
        *(line(f"unknown-{n:02}", "unknown", text, status="unknown") for n, text in enumerate(UNKNOWN, 1)),
        *(line(f"clarify-{n:02}", "clarify", text, status="clarify") for n, text in enumerate(CLARIFY, 1)),
    ]
