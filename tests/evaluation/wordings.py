"""The same question in several people's words: terse, chatty, misspelt, polite, with a correction or an aside."""

from __future__ import annotations

from tests.evaluation.ledger_arithmetic import (
    AUGUST,
    OCTOBER,
    SEPTEMBER,
    Charges,
    between,
    effective,
    of_model,
    of_provider,
    of_team,
)
from tests.evaluation.line import Expected, Line, line, percent, usd
from tests.evaluation.rates import bill

M = 1_000_000
Worded = tuple[str, Expected, tuple[str, ...]]


def wordings(charges: Charges) -> list[Line]:
    return [
        line(f"words-{number:02}-{letter}", kind, text, expected)
        for number, (kind, expected, texts) in enumerate(_worded(charges), 1)
        for letter, text in zip("abcdef", texts, strict=False)
    ]


def _worded(charges: Charges) -> list[Worded]:
    october, september = between(charges, *OCTOBER), between(charges, *SEPTEMBER)
    orion = effective(of_team(october, "orion"))
    return [
        (
            "spend",
            usd(orion),
            (
                "orion oct 2026",
                "Could you tell me, roughly or exactly, what orion's spending came to in October?",
                "Hi! Finance is asking again... how much money did orion burn through last month? Thanks",
                "waht did oroin spend last mnth",
                "What did atlas, sorry, orion spend in October?",
                "In October 2026, orion: total cost?",
            ),
        ),
        (
            "spend",
            usd(effective(of_provider(between(charges, *AUGUST), "Anthropic"))),
            (
                "anthropic, aug 2026",
                "How large was the Anthropic bill for August this year?",
                "I need the August 2026 number for Anthropic please",
                "spend with anthropic 2026-08",
            ),
        ),
        (
            "spend",
            usd(effective(of_model(of_team(october, "growth"), "gpt-5"))),
            (
                "growth gpt-5 october",
                "For gpt-5, what did growth pay in Oct?",
                "what was growth's gpt 5 cost last month",
                "How much of our money went to GPT-5 for the growth team in October 2026?",
            ),
        ),
        (
            "spend",
            percent((effective(october) - effective(september)) / effective(september) * 100),
            (
                "By what percentage did total spend change from September to October?",
                "total spend oct vs sep in %",
                "In percent, how did October compare with September, all spend together?",
            ),
        ),
        (
            "price",
            usd(bill("gpt-4o", 3 * M, 500_000, cached=1_800_000)),
            (
                "3M in / 500k out, gpt-4o, 60% cached",
                "gpt-4o: three million input tokens, sixty percent of them cached, half a million output. How much?",
                "how much would gpt4o charge for 3,000,000 input (60% from cache) and 500,000 output tokens",
                "If 60% of 3m prompt tokens are cache hits and there are 500k completion tokens, gpt-4o costs what?",
            ),
        ),
        (
            "price",
            usd(bill("claude-haiku-4-5", 8 * M, 2 * M, batch=True)),
            (
                "haiku 4.5 batch 8M in 2M out",
                "Using the batch API, what would 8 million input and 2 million output tokens on claude-haiku-4-5 cost?",
                "8M/2M tokens in/out with claude haiku 4.5, batched",
            ),
        ),
    ]
