"""Follow-ups: pairs of questions in one thread, where the second only makes sense after the first."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.calculator_questions import H100, gpu_hours, present_value
from tests.evaluation.ledger_arithmetic import (
    AUGUST,
    OCTOBER,
    SEPTEMBER,
    Charges,
    ai_providers,
    between,
    effective,
    of_provider,
    of_team,
    teams,
)
from tests.evaluation.line import Expected, Line, line, near, percent, usd
from tests.evaluation.rates import bill

M = 1_000_000
Turn = tuple[str, tuple[Expected, ...]]


def follow_ups(charges: Charges) -> list[Line]:
    return [
        line(f"follow-{thread}-{number}", "follow-up", text, *figures, thread=thread)
        for thread, turns in {**calculated(), **spent(charges)}.items()
        for number, (text, figures) in enumerate(turns, 1)
    ]


def calculated() -> dict[str, list[Turn]]:
    seven = gpu_hours(Decimal(7 * 10**9), Decimal(2 * 10**12), "0.4", H100)
    half = gpu_hours(Decimal(7 * 10**9), Decimal(2 * 10**12), "0.5", H100)
    return {
        "tokens": [
            ("What do 20M input and 2M output tokens cost on gpt-4.1?", (usd(bill("gpt-4.1", 20 * M, 2 * M)),)),
            (
                "and with half of the input cached?",
                (usd(bill("gpt-4.1", 20 * M, 2 * M, cached=10 * M)),),
            ),
        ],
        "another-model": [
            ("6M in, 1M out on gpt-4o please", (usd(bill("gpt-4o", 6 * M, M)),)),
            ("what about claude-haiku-4-5?", (usd(bill("claude-haiku-4-5", 6 * M, M)),)),
            ("on batch?", (usd(bill("claude-haiku-4-5", 6 * M, M, batch=True)),)),
        ],
        "double": [
            ("Cost of 4M input and 400k output tokens on gpt-5-mini?", (usd(bill("gpt-5-mini", 4 * M, 400_000)),)),
            ("Make that 8M input.", (usd(bill("gpt-5-mini", 8 * M, 400_000)),)),
        ],
        "training": [
            (
                "Train 7B on 2T tokens with H100s, 40% MFU, $2 per GPU hour: cost?",
                (near(seven * 2, "USD"),),
            ),
            ("Make that 50% MFU.", (near(half * 2, "USD"),)),
        ],
        "present-value": [
            (
                "What's the NPV at 10% of paying 100k now and getting 60k a year for two years?",
                (usd(present_value("0.10", [-100_000, 60_000, 60_000])),),
            ),
            ("And at 5%?", (usd(present_value("0.05", [-100_000, 60_000, 60_000])),)),
        ],
        "commitment": [
            ("Break-even utilisation of a 30% commitment discount?", (percent(70),)),
            ("What if the discount were 45%?", (percent(55),)),
        ],
    }


def spent(charges: Charges) -> dict[str, list[Turn]]:
    first, second, *_ = teams(charges)
    provider = ai_providers(charges)[0]
    october, september = between(charges, *OCTOBER), between(charges, *SEPTEMBER)
    return {
        "another-month": [
            (f"What did {first} spend in October 2026?", (usd(effective(of_team(october, first))),)),
            ("and in September?", (usd(effective(of_team(september, first))),)),
            ("August too please", (usd(effective(of_team(between(charges, *AUGUST), first))),)),
        ],
        "another-team": [
            (f"{first} spend last month?", (usd(effective(of_team(october, first))),)),
            (f"and {second}?", (usd(effective(of_team(october, second))),)),
        ],
        "narrower": [
            ("total spend October 2026", (usd(effective(october)),)),
            (f"only {provider}", (usd(effective(of_provider(october, provider))),)),
        ],
    }
