"""What tokens cost at list price, worked out from the published prices of `list_prices.csv`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.evaluation.line import figure, usd
from tests.evaluation.rates import bill, rate
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import count, money, percent

M = 1_000_000
CALLED = {
    "gpt-4o": ("gpt-4o", "GPT-4o", "gpt4o"),
    "gpt-4.1": ("gpt-4.1", "GPT-4.1"),
    "gpt-4.1-mini": ("gpt-4.1-mini", "gpt 4.1 mini"),
    "gpt-5": ("gpt-5", "GPT-5"),
    "gpt-5-mini": ("gpt-5-mini", "gpt 5 mini"),
    "o3": ("o3",),
    "claude-haiku-4-5": ("claude-haiku-4-5", "Claude Haiku 4.5", "haiku 4.5"),
    "claude-sonnet-4-6": ("claude-sonnet-4-6", "Claude Sonnet 4.6"),
    "claude-opus-4-8": ("claude-opus-4-8", "opus 4.8"),
    "gemini-2.5-flash": ("gemini-2.5-flash", "Gemini 2.5 Flash"),
}


def _model(chance: random.Random) -> tuple[str, str]:
    name = chance.choice(list(CALLED))
    return name, chance.choice(CALLED[name])


def _tokens(chance: random.Random) -> tuple[int, int]:
    read = chance.choice((2, 3, 5, 8, 12, 20, 25, 40, 75)) * M
    written = chance.choice((200_000, 500_000, 750_000, M, 2 * M, 4 * M))
    return read, written


def price_intents() -> Iterator[Intent]:
    def plain(chance: random.Random) -> Asked:
        (name, called), (read, written) = _model(chance), _tokens(chance)
        slots = {"model": called, "read": count(read, chance), "written": count(written, chance)}
        return Asked(slots, (usd(bill(name, read, written)),))

    yield Intent(
        "price of tokens",
        (
            "What do {read} input and {written} output tokens cost on {model}?",
            "cost of {read} [input tokens|tokens in] and {written} [output tokens|tokens out] [on|with|for] {model}",
            "<{read} input;{written} output;{model}> cost?",
            "{model}: {read} in, {written} out, [how much|cost|price]?",
            "How much [is|are|would be] {written} output tokens and {read} input tokens on {model}?",
            "[What would|How much would] {model} charge for {read} prompt tokens and {written} completion tokens?",
            "{read} in / {written} out {model} price",
        ),
        plain,
    )

    def cached(chance: random.Random) -> Asked:
        (name, called), (read, written) = _model(chance), _tokens(chance)
        share = chance.choice((10, 25, 40, 50, 60, 75, 80))
        slots = {
            "model": called,
            "read": count(read, chance),
            "written": count(written, chance),
            "share": percent(share, chance),
        }
        return Asked(slots, (usd(bill(name, read, written, cached=read * share // 100)),))

    yield Intent(
        "price with cached input",
        (
            "What do {read} input and {written} output tokens cost on {model}, with {share} of the input cached?",
            "With {share} of the input cached, what do {read} input and {written} output tokens cost on {model}?",
            "<{model};{read} input;{written} output;{share} cached> cost?",
            "{model}: {read} input tokens ({share} cached) and {written} output tokens, how much?",
            "If {share} of the prompt tokens are cache hits: price of {read} in and {written} out on {model}?",
        ),
        cached,
    )

    def batch(chance: random.Random) -> Asked:
        (name, called), (read, written) = _model(chance), _tokens(chance)
        slots = {"model": called, "read": count(read, chance), "written": count(written, chance)}
        return Asked(slots, (usd(bill(name, read, written, batch=True)),))

    yield Intent(
        "price on batch",
        (
            "What do {read} input and {written} output tokens cost on {model} with the batch API?",
            "<{model};{read} in;{written} out;batch> price?",
            "Using batch, cost of {read} input and {written} output tokens on {model}?",
            "batched {model}: {read} input, {written} output, what does it cost",
        ),
        batch,
    )

    def requests(chance: random.Random) -> Asked:
        name, called = _model(chance)
        calls, read, written = chance.choice((500, 2_000, 10_000)), chance.choice((800, 1_500, 3_000)), 300
        days = chance.choice((7, 30, 90))
        slots = {
            "model": called,
            "calls": count(calls, chance),
            "read": count(read, chance),
            "written": "300",
            "days": f"{days}",
        }
        total = bill(name, calls * read * days, calls * written * days)
        return Asked(slots, (usd(total),))

    yield Intent(
        "price of requests",
        (
            "{calls} requests a day of {read} input and {written} output tokens each for {days} days on {model}: cost?",
            "{model}, {days} days, {calls} requests per day, {read} input and {written} output tokens each: total?",
            "On {model}, {calls} calls a day, each {read} tokens in and {written} out: cost over {days} days?",
            "For {days} days: {calls} requests a day, each {read} input and {written} output tokens, on {model}. Cost?",
        ),
        requests,
    )

    def unit(chance: random.Random) -> Asked:
        name, called = _model(chance)
        side, column = chance.choice((("input", "input"), ("output", "output"), ("cached input", "cache_read")))
        return Asked({"model": called, "side": side}, (usd(rate(name, column), "0.0001"),))

    yield Intent(
        "list price",
        (
            "What is the price of {model} per million {side} tokens?",
            "{side} price of {model}",
            "{model} {side} token price per million",
            "How much does {model} cost per million {side} tokens?",
            "per 1M {side} tokens, what does {model} cost?",
        ),
        unit,
    )

    def dearer(chance: random.Random) -> Asked:
        one, other = chance.sample(["gpt-4o", "gpt-5-mini", "gpt-4.1-mini", "claude-haiku-4-5"], 2)
        read, written = _tokens(chance)
        high, low = sorted((one, other), key=lambda name: -bill(name, read, written))
        slots = {"high": high, "low": low, "read": count(read, chance), "written": count(written, chance)}
        return Asked(slots, (usd(bill(high, read, written) - bill(low, read, written)),))

    yield Intent(
        "how much cheaper",
        (
            "How much cheaper is {low} than {high} for {read} input and {written} output tokens?",
            "For {read} in and {written} out, how much do we save with {low} instead of {high}?",
            "Difference in cost between {high} and {low} for {read} input and {written} output tokens?",
        ),
        dearer,
    )

    def two(chance: random.Random) -> Asked:
        one, other = chance.sample(["gpt-4o", "gpt-5", "claude-haiku-4-5", "gemini-2.5-flash", "gpt-4.1"], 2)
        read, written = _tokens(chance)
        slots = {"one": one, "other": other, "read": count(read, chance), "written": count(written, chance)}
        return Asked(slots, tuple(usd(bill(name, read, written)) for name in (one, other)))

    yield Intent(
        "two models",
        (
            "Compare {one} and {other} for {read} input and {written} output tokens",
            "{one} or {other} for {read} in, {written} out: which is cheaper?",
            "{read} input and {written} output tokens: {one} vs {other}",
        ),
        two,
    )

    def affordable(chance: random.Random) -> Asked:
        name = chance.choice(["gpt-4o", "gpt-4.1", "gpt-5", "claude-haiku-4-5"])
        side = chance.choice(("input", "output"))
        dollars = chance.choice((50, 100, 500, 2_000))
        slots = {"model": name, "side": side, "sum": money(dollars, chance)}
        return Asked(slots, (figure(Decimal(dollars) / rate(name, side) * M, "tokens", "1000"),))

    yield Intent(
        "tokens for a sum",
        (
            "How many {side} tokens does {sum} buy on {model}?",
            "With {sum}, how many {side} tokens do I get on {model}?",
            "{model}: how many {side} tokens for {sum}?",
        ),
        affordable,
    )
