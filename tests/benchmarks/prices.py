"""The price catalogue: loading it, reading models out of a sentence, finding one, pricing on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.benchmarks.timing import compared
from tools.prices.catalogue import load_catalogue
from tools.prices.compare import cheapest
from tools.prices.cost import price_usage
from tools.prices.mentions import mentions
from tools.prices.resolve import find_model
from tools.prices.usage import Usage

TODAY = date(2026, 11, 23)
SENTENCE = (
    "If support's gpt-4o traffic of last month had run on claude-haiku-4-5 or Gemini 2.5 flash, what would it cost?"
)


def measured(runs: int) -> Iterator[str]:
    yield "Prices"
    catalogue = load_catalogue()
    found = find_model("gpt-4o", catalogue)
    usage = Usage(input_tokens=3_000_000, output_tokens=500_000)
    for name, work in {
        "mentions in a sentence of 19 words": lambda: mentions(SENTENCE, catalogue),
        "find_model, as spelt": lambda: find_model("claude-haiku-4-5", catalogue),
        "find_model, misspelt": lambda: find_model("claude hiaku 4.5", catalogue),
        "price of 3.5M tokens": lambda: price_usage(usage, found, TODAY, catalogue),
        "cheapest of the catalogue for it": lambda: cheapest(usage, catalogue, TODAY),
    }.items():
        yield compared(name, work, {}, runs)
