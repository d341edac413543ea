"""Prices, training, hardware and decisions in wordings that were written without looking at the planner.

Prices from `list_prices.csv`; training is 6 x parameters x tokens over MFU x peak FLOP/s, as in
`calculator_questions.py`.
"""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.calculator_questions import A100, BILLION, H100, TRILLION, gpu_hours, present_value
from tests.evaluation.line import Expected, Line, figure, line, near, percent, usd
from tests.evaluation.rates import bill, rate

M = 1_000_000
Asked = tuple[str, Expected]


def calculations() -> list[Line]:
    groups = {"price": prices(), "training": training(), "hardware": hardware(), "decide": decisions()}
    return [
        line(f"unseen-{kind}-{n:02}", kind, text, expected)
        for kind, asked in groups.items()
        for n, (text, expected) in enumerate(asked, 1)
    ] + [
        line(f"unseen-clarify-{n:02}", "clarify", text, status="clarify")
        for n, text in enumerate(("What do 3M input tokens cost?", "Price of 1M tokens on claude?", "npv of 100k"), 1)
    ]


def prices() -> list[Asked]:
    twice = bill("gpt-4.1", 1 * M, 1 * M) - bill("gpt-4.1-mini", 1 * M, 1 * M)
    return [
        ("cost of 12M input + 3M output on gpt-4o-mini", usd(bill("gpt-4o-mini", 12 * M, 3 * M))),
        ("3m in 500K out gpt4o", usd(bill("gpt-4o", 3 * M, 500_000))),
        ("waht do 4M input and 1M ouput tokens cost on gpt 4.1 nano", usd(bill("gpt-4.1-nano", 4 * M, M))),
        ("price gpt-5: 40M in, 6M out, 75% of input cached", usd(bill("gpt-5", 40 * M, 6 * M, cached=30 * M))),
        ("20M input 5M output haiku 4.5 via batch", usd(bill("claude-haiku-4-5", 20 * M, 5 * M, batch=True))),
        (
            "10,000 requests of 1,200 input tokens and 300 output tokens each on gpt-4.1: cost?",
            usd(bill("gpt-4.1", 12 * M, 3 * M)),
        ),
        (
            "50k requests a day, 800 tokens in 200 out, gpt-4o-mini, for 30 days",
            usd(bill("gpt-4o-mini", 1_200 * M, 300 * M)),
        ),
        (
            "our bot does 3M in and 1M out a day on gpt-4o, what is that a year",
            usd(bill("gpt-4o", 3 * M, M) * 365),
        ),
        (
            "if half the input of 10M in 2M out on gpt-4o is cached how much",
            usd(bill("gpt-4o", 10 * M, 2 * M, cached=5 * M)),
        ),
        (
            "If gpt-4o prices rise 10% what do 10M in and 2M out cost?",
            usd(bill("gpt-4o", 10 * M, 2 * M) * Decimal("1.1")),
        ),
        ("Cost of 5M input, no wait, 8M input and 1M output on gpt-4o", usd(bill("gpt-4o", 8 * M, M))),
        (
            "How many input tokens can I buy for $100 on gpt-4.1?",
            figure(100 / rate("gpt-4.1", "input") * M, "tokens", "1"),
        ),
        ("How much dearer is gpt-4.1 than gpt-4.1-mini for 1M in & 1M out?", usd(twice)),
        (
            "cheapest of gpt-4.1-nano, gpt-5-nano and gpt-4o-mini for 100M in, 20M out",
            usd(bill("gpt-5-nano", 100 * M, 20 * M)),
        ),
    ]


def training() -> list[Asked]:
    return [
        (
            "train a 13B model on 1T tokens, H100, 40% MFU, $2.30 per GPU-hour",
            near(gpu_hours(13 * BILLION, TRILLION, "0.4", H100) * Decimal("2.3"), "USD"),
        ),
        (
            "GPU-hours for 34B params, 3T tokens on A100 at 45% utilisation (MFU)",
            near(gpu_hours(34 * BILLION, 3 * TRILLION, "0.45", A100), "GPU hours"),
        ),
        (
            "training 3B on 300B tokens: 8 H100 at 45% MFU, days?",
            near(gpu_hours(3 * BILLION, 300 * BILLION, "0.45", H100) / 8 / 24, "days"),
        ),
        ("What FLOPs for 70B on 2T tokens", near(6 * 70 * BILLION * 2 * TRILLION, "FLOP")),
    ]


def hardware() -> list[Asked]:
    return [
        ("8 H100 for 3 weeks at $2.99/hr", usd(8 * Decimal("2.99") * 24 * 21)),
        ("4x A100 at $1.60 for 12 hours", usd(4 * Decimal("1.60") * 12)),
        ("cost of running 16 H100 24/7 for a year at $2", usd(16 * 2 * 8760)),
        (
            "spot H100 at $1.40 vs on-demand $2.20, 16 GPUs, 500 hours: how much saved?",
            usd((Decimal("2.20") - Decimal("1.40")) * 16 * 500),
        ),
        ("Energy in kWh of 16 GPUs at 1000 W for 100 hours with PUE 1.25", figure(2000, "kWh", "0.5")),
        ("13B at 4bit how many GB", figure("6.5", "GB", "0.05")),
    ]


def decisions() -> list[Asked]:
    return [
        ("NPV at 12% of -50k, 20k, 25k, 30k", usd(present_value("0.12", [-50_000, 20_000, 25_000, 30_000]))),
        (
            "Invest $80k today, get 30k a year for 4 years, discount rate 9%: net present value?",
            usd(present_value("0.09", [-80_000, *[30_000] * 4])),
        ),
        ("ROI of 30k benefit on 20k cost", percent(50)),
        ("Return on investment: cost 40k, benefit 100k", percent(150)),
        ("payback: $45k upfront, $3,750 monthly benefit", figure(12, "months", "0.01")),
        ("Savings plan 45% off. Utilisation 60%. Do it?", percent(55)),
        ("break-even utilisation at 37% discount", percent(63)),
        ("3 year reserved with 56% discount: what utilization do we need", percent(44)),
        (
            "at 25% discount and 90% utilisation how much do we save vs on demand",
            percent(100 - Decimal(75) / Decimal("0.9")),
        ),
        ("depreciate $1.2M over 4 years straight line", usd(300_000)),
    ]
