"""Questions that need the ledger and arithmetic, prices or news in one answer."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.ledger_arithmetic import Charges, between, effective
from tests.evaluation.line import Line, line, percent, usd
from tests.evaluation.news_questions import link
from tests.evaluation.rates import bill
from tests.evaluation.spend_questions import OCTOBER, ai_providers, of_provider, of_team, teams

GPU_NEWS = ("h100-contract-prices-rebound-2026", "gpu-rental-index-may-2026", "gpu-supply-lead-times-2026")


def mixed_questions(charges: Charges) -> list[Line]:
    october = between(charges, *OCTOBER)
    first, second, *_ = teams(charges)
    provider = ai_providers(charges)[0]
    theirs = effective(of_team(october, first))
    million = 1_000_000
    price = bill("gpt-4.1", 50 * million, 5 * million)
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
            f"How much of {first}'s October spend would 50M input and 5M output tokens on gpt-4.1 be, in percent?",
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
