"""Questions that need the ledger and arithmetic, prices or news in one answer."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.ledger_arithmetic import (
    OCTOBER,
    Charges,
    ai_providers,
    between,
    effective,
    of_provider,
    of_team,
    teams,
)
from tests.evaluation.line import Line, line, percent, usd
from tests.evaluation.news_questions import link
from tests.evaluation.rates import bill

GPU_NEWS = ("h100-contract-prices-rebound-2026", "gpu-rental-index-may-2026", "gpu-supply-lead-times-2026")


def mixed_questions(charges: Charges) -> list[Line]:
    october = between(charges, *OCTOBER)
    first, second, *_ = teams(charges)
    provider = ai_providers(charges)[0]
    theirs = effective(of_team(october, first))
    million = 1_000_000
    price = bill("gpt-4.1", 5_000 * million, 500 * million)
    return [
        line(
            "mixed-01",
            "mixed",
            f"If {provider} raised its prices by 10%, what would October have cost us with {provider}?",
            usd(effective(of_provider(october, provider)) * Decimal("1.1")),
        ),
        line(
            "mixed-02",
            "mixed",
            f"What percentage of {first}'s October spend would 5bn input and 500M output tokens on gpt-4.1 be?",
            percent(price / theirs * 100),
        ),
        line(
            "mixed-03",
            "mixed",
            f"What did {second} spend in October, and what do reports say about GPU prices this year?",
            usd(effective(of_team(october, second))),
            sources=tuple(map(link, GPU_NEWS)),
        ),
        line(
            "mixed-04",
            "mixed",
            "Total October spend, and who looks after compute spending at OpenAI?",
            usd(effective(october)),
            sources=(link("openai-hires-xai-cfo-mike-liberatore"), link("mike-liberatore-career-and-duties")),
        ),
        line(
            "mixed-05",
            "mixed",
            "What would 10M input and 1M output tokens cost on claude-haiku-4-5, and how fast have LLM prices been"
            " falling?",
            usd(bill("claude-haiku-4-5", 10 * million, million)),
            sources=(link("llm-price-decline-epoch"), link("ai-index-2025-training-and-inference-cost")),
        ),
        line(
            "mixed-06",
            "mixed",
            f"What's October's total for {first} and {second} together?",
            usd(theirs + effective(of_team(october, second))),
        ),
    ]
