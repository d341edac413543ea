"""What tokens cost at list price."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.line import Line, figure, line, percent, usd
from tests.evaluation.rates import MILLION, bill, rate

K, M = 1_000, 1_000_000


def price_questions() -> list[Line]:
    return [*one_model(), *discounts(), *requests(), *comparisons()]


def one_model() -> list[Line]:
    asked = [
        ("What would three million input tokens and 500k output tokens cost on gpt-4o?", "gpt-4o", 3 * M, 500 * K),
        ("cost of 10M in / 2M out on claude-sonnet-4-6", "claude-sonnet-4-6", 10 * M, 2 * M),
        (
            "hey, quick one: 750k tokens in and 120k out on GPT-5 mini, how much is that?",
            "gpt-5-mini",
            750 * K,
            120 * K,
        ),
        ("gemini-2.5-flash 40m input 6m output price?", "gemini-2.5-flash", 40 * M, 6 * M),
        (
            "Please work out the charge for 1.2 billion input tokens and 90 million output tokens on gpt-4.1-mini.",
            "gpt-4.1-mini",
            1_200 * M,
            90 * M,
        ),
        (
            "How much do 8 million prompt tokens plus a million completion tokens cost with o4-mini?",
            "o4-mini",
            8 * M,
            M,
        ),
        ("wat does 5M input and 1M output cost on claude haiku 4.5", "claude-haiku-4-5", 5 * M, M),
        (
            "25,000,000 input tokens, 3,500,000 output tokens, Claude Opus 5.5: cost?",
            "claude-opus-5-5",
            25 * M,
            3_500 * K,
        ),
        ("What do I pay for half a million output tokens on gpt-4o-mini, nothing else?", "gpt-4o-mini", 0, 500 * K),
        (
            "Embedding 600 million tokens with text-embedding-3-small would set us back how much?",
            "text-embedding-3-small",
            600 * M,
            0,
        ),
    ]
    lines = [
        line(f"price-{number:02}", "price", text, usd(bill(model, read, written)))
        for number, (text, model, read, written) in enumerate(asked, 1)
    ]
    return [
        *lines,
        line(
            "price-11",
            "price",
            "What's the list price per million output tokens of gpt-5?",
            usd(rate("gpt-5", "output")),
        ),
        line(
            "price-12",
            "price",
            "input price for gemini 2.5 flash lite pls",
            usd(rate("gemini-2.5-flash-lite", "input")),
        ),
    ]


def discounts() -> list[Line]:
    sonnet_cache = (
        100 * K * rate("claude-sonnet-4-6", "cache_write") + 50 * 100 * K * rate("claude-sonnet-4-6", "cache_read")
    ) / MILLION
    return [
        line(
            "price-cache-01",
            "price",
            "3M input tokens with 60% of them cached and 500k output on gpt-4o, what's the bill?",
            usd(bill("gpt-4o", 3 * M, 500 * K, cached=1_800 * K)),
        ),
        line(
            "price-cache-02",
            "price",
            "On gpt-5, if three quarters of 20 million prompt tokens hit the cache and we get 1M tokens back, cost?",
            usd(bill("gpt-5", 20 * M, M, cached=15 * M)),
        ),
        line(
            "price-cache-03",
            "price",
            "claude-haiku-4-5: 50M in, 80% cache reads, 4M out",
            usd(bill("claude-haiku-4-5", 50 * M, 4 * M, cached=40 * M)),
        ),
        line(
            "price-cache-04",
            "price",
            "With claude-sonnet-4-6 I write 100k tokens to the 5 minute cache once and then read that 100k from the"
            " cache 50 times. What do the cached tokens cost?",
            usd(sonnet_cache),
        ),
        line(
            "price-batch-01",
            "price",
            "Price for 30M input and 5M output on gpt-4.1 through the batch API?",
            usd(bill("gpt-4.1", 30 * M, 5 * M, batch=True)),
        ),
        line(
            "price-batch-02",
            "price",
            "batched claude-opus-4-8, 12m tokens in, 2m out. how much?",
            usd(bill("claude-opus-4-8", 12 * M, 2 * M, batch=True)),
        ),
        line(
            "price-cache-05",
            "price",
            "How much would a 70% cache hit rate save us on 30M gpt-4.1 input tokens?",
            usd(bill("gpt-4.1", 30 * M) - bill("gpt-4.1", 30 * M, cached=21 * M)),
        ),
    ]


def requests() -> list[Line]:
    daily = bill("gpt-4o-mini", 2_000 * 1_500 * 30, 2_000 * 300 * 30)
    one_long = (
        300 * K * rate("gemini-2.5-pro", "long_input") + 5 * K * rate("gemini-2.5-pro", "long_output")
    ) / MILLION
    return [
        line(
            "price-requests-01",
            "price",
            "2,000 requests a day of 1,500 input and 300 output tokens for 30 days on gpt-4o-mini, total?",
            usd(daily),
        ),
        line(
            "price-requests-02",
            "price",
            "If every one of our 450 employees sends 20 prompts a day of 800 tokens and gets 400 tokens back, what is a"
            " day of that on claude-haiku-4-5?",
            usd(bill("claude-haiku-4-5", 450 * 20 * 800, 450 * 20 * 400)),
        ),
        line(
            "price-requests-03",
            "price",
            "one call, 12k tokens in 800 out, gpt-5. cost per call?",
            usd(bill("gpt-5", 12 * K, 800), "0.0005"),
        ),
        line(
            "price-requests-04",
            "price",
            "A single gemini-2.5-pro request with 300k tokens of context and a 5k answer costs what?",
            usd(one_long, "0.005"),
        ),
        line(
            "price-requests-05",
            "price",
            "And a thousand gemini-2.5-pro requests of 100k input and 1k output tokens each?",
            usd(bill("gemini-2.5-pro", 1_000 * 100 * K, 1_000 * K)),
        ),
    ]


def comparisons() -> list[Line]:
    gpt, haiku = bill("gpt-4.1", 100 * M, 10 * M), bill("claude-haiku-4-5", 100 * M, 10 * M)
    three = {model: bill(model, 60 * M, 9 * M) for model in ("gpt-4o-mini", "gemini-2.5-flash-lite", "gpt-5-nano")}
    cheapest = min(three.values())
    flash, sonnet = bill("gemini-2.5-flash", 15 * M, 3 * M), bill("claude-sonnet-4-6", 15 * M, 3 * M)
    four_o, mini = bill("gpt-4o", M, M), bill("gpt-4o-mini", M, M)
    return [
        line(
            "price-compare-01",
            "price",
            "Compare gpt-4.1 and claude-haiku-4-5 for 100M input and 10M output tokens.",
            usd(gpt),
            usd(haiku),
        ),
        line(
            "price-compare-02",
            "price",
            "which is cheapest for 60M in and 9M out: gpt-4o-mini, gemini-2.5-flash-lite or gpt-5-nano?",
            usd(cheapest),
        ),
        line(
            "price-compare-03",
            "price",
            "How much cheaper is gemini-2.5-flash than claude-sonnet-4-6 for fifteen million tokens in, three million"
            " out?",
            usd(sonnet - flash),
        ),
        line(
            "price-compare-04",
            "price",
            "By what percentage is gpt-4o-mini cheaper than gpt-4o on a million in and a million out?",
            percent((four_o - mini) / four_o * 100, "0.1"),
        ),
        line(
            "price-compare-05",
            "price",
            "cheapest model you know for 2M input 1M output with at least 200k context?",
        ),
        line(
            "price-compare-06",
            "price",
            "o3 versus gpt-5: 4M prompt tokens, 1M completion tokens, which one costs less?",
            usd(min(bill("o3", 4 * M, M), bill("gpt-5", 4 * M, M))),
        ),
        line(
            "price-budget-01",
            "price",
            "How many output tokens does $100 buy on gpt-4.1?",
            figure(Decimal(100) / rate("gpt-4.1", "output") * M, "tokens", "1000"),
        ),
    ]
