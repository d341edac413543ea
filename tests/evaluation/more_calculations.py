"""More of what is computed from figures in the question alone: energy, commitments, projects, unit prices, serving."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.calculator_questions import A100, BILLION, H100, TRILLION, gpu_hours, present_value
from tests.evaluation.line import Expected, Line, figure, line, near, percent, usd
from tests.evaluation.rates import bill, rate

M = 1_000_000
Asked = tuple[str, tuple[Expected, ...]]


def more_calculations() -> list[Line]:
    groups = {"price": prices(), "training": training(), "hardware": hardware(), "decide": decisions()}
    return [
        line(f"more-{kind}-{n:02}", kind, text, *figures)
        for kind, asked in groups.items()
        for n, (text, figures) in enumerate(asked, 1)
    ]


def prices() -> list[Asked]:
    pair = (bill("gpt-5", 2 * M, M), bill("gpt-5-mini", 2 * M, M))
    mostly_cached = bill("o3", 1_500_000, 0, cached=1_350_000)
    return [
        ("gpt-5 for 2 million in and 1 million out, and the same on gpt-5-mini?", (usd(pair[0]), usd(pair[1]))),
        ("What is the cached input price of claude-sonnet-4-6?", (usd(rate("claude-sonnet-4-6", "cache_read")),)),
        ("How much is a million tokens of output from Claude Haiku 4.5?", (usd(rate("claude-haiku-4-5", "output")),)),
        ("embed 2.5bn tokens with text-embedding-3-small", (usd(bill("text-embedding-3-small", 2_500 * M)),)),
        (
            "We expect 4,000 chats a day with 2,500 tokens in and 350 out each. A 30-day month on gpt-4.1-mini costs?",
            (usd(bill("gpt-4.1-mini", 4_000 * 2_500 * 30, 4_000 * 350 * 30)),),
        ),
        (
            "A prompt of 6,000 tokens and an answer of 900 on claude-opus-4-8: what does one such call cost?",
            (usd(bill("claude-opus-4-8", 6_000, 900), "0.0005"),),
        ),
        (
            "What do 1.5M input tokens cost on o3 with a 90% cache hit rate?",
            (usd(mostly_cached),),
        ),
    ]


def training() -> list[Asked]:
    eight = gpu_hours(8 * BILLION, TRILLION, "0.38", H100)
    ten = gpu_hours(10 * BILLION, 200 * BILLION, "0.42", A100)
    return [
        (
            "Training 8B on 1T tokens, H100s, 38% MFU, 2.10 dollars per GPU-hour. Cost?",
            (near(eight * Decimal("2.1"), "USD"),),
        ),
        ("how many A100 hours for 10B parameters and 200B tokens at 42% mfu?", (near(ten, "GPU hours"),)),
        ("FLOPs to train a 1.3B model on 26B tokens?", (near(6 * Decimal("1.3") * BILLION * 26 * BILLION, "FLOP"),)),
    ]


def hardware() -> list[Asked]:
    kwh = 64 * Decimal("0.7") * Decimal("1.2") * 24 * 30
    return [
        ("Energy used by 64 GPUs of 700 W in 30 days at PUE 1.2, in kWh?", (figure(kwh, "kWh", "1"),)),
        ("what would that electricity cost: 2000 kWh at $0.15 per kWh", (usd(300),)),
        ("32 A100s for two weeks at $1.50 an hour each", (usd(32 * Decimal("1.5") * 24 * 14),)),
        ("How much memory do 8B parameters need in bf16?", (figure(16, "GB", "0.1"),)),
        ("weights of a 405B model at 8 bit, in GB", (figure(405, "GB", "1"),)),
        (
            "A GPU costs $28,000 to buy and $0.50 an hour to run; renting is $2.50 an hour. Break-even hours?",
            (figure(14_000, "hours", "1"),),
        ),
    ]


def decisions() -> list[Asked]:
    five = present_value("0.07", [-200_000, *[55_000] * 5])
    return [
        ("NPV of -200k now and 55k a year for five years at 7%?", (usd(five),)),
        ("We put in 75k and got 90k back. What was the return on investment?", (percent(20),)),
        ("How long until a $96,000 investment pays back at $8,000 a month?", (figure(12, "months", "0.01"),)),
        ("A reserved instance is 38% off. Above which utilisation does it pay?", (percent(62),)),
        (
            "Budget 100k. Search costs 40k and brings 90k, Chat costs 70k and brings 120k, Agents cost 60k and bring"
            " 100k. Which projects fit best?",
            (usd(190_000), usd(100_000)),
        ),
        ("Spot at $1.20 instead of $2.00 on demand for 8 GPUs over 1,000 hours: what do we save?", (usd(6_400),)),
    ]
