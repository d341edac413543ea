"""What questions on own spend are drawn from: a month of the example company's bills, a team, a provider, a model."""

from __future__ import annotations

import random

from tests.evaluation.ledger_arithmetic import Charges, between
from tests.rewording.values import month

TEAMS = ("atlas", "orion", "search", "support", "growth", "research")
CALLED = {
    "OpenAI": ("OpenAI", "openai", "Open AI"),
    "Anthropic": ("Anthropic", "anthropic"),
    "AWS": ("AWS", "aws", "Amazon Web Services"),
    "Google Cloud": ("Google Cloud", "GCP", "google cloud"),
    "Microsoft": ("Microsoft", "Azure", "microsoft"),
}
MODELS = {
    "gpt-4o": ("gpt-4o", "GPT-4o", "gpt4o"),
    "gpt-4o-mini": ("gpt-4o-mini", "gpt 4o mini", "GPT-4o mini"),
    "gpt-5": ("gpt-5", "GPT-5", "gpt 5"),
    "claude-sonnet-4-5": ("claude-sonnet-4-5", "Claude Sonnet 4.5", "sonnet 4.5"),
    "claude-haiku-4-5": ("claude-haiku-4-5", "Claude Haiku 4.5", "haiku 4.5"),
    "gemini-2.5-flash": ("gemini-2.5-flash", "Gemini 2.5 Flash"),
    "gemini-2.5-pro": ("gemini-2.5-pro", "Gemini 2.5 Pro"),
}


class Drawn:
    """The bills, and one month of 2026 drawn from them."""

    def __init__(self, charges: Charges) -> None:
        self.charges = charges
        self.of_month = {
            (year, number): between(charges, f"{year}-{number:02}-01", f"{year + number // 12}-{number % 12 + 1:02}-01")
            for year, number in [(2025, 11), (2025, 12), *((2026, n) for n in range(1, 11))]
        }

    def month(self, chance: random.Random) -> tuple[Charges, str]:
        at = chance.choice([*self.of_month, *[(2026, 8), (2026, 9), (2026, 10), (2026, 10)]])
        return self.of_month[at], month(*at, chance)

    def team(self, chance: random.Random) -> tuple[str, str]:
        """As a team of such a name is called: `spend growth` alone would ask how spend grew."""
        name = chance.choice(TEAMS)
        called = "growth team" if name == "growth" else name
        return name, chance.choice((called, called, called.capitalize()))

    def provider(self, chance: random.Random) -> tuple[str, str]:
        name = chance.choice(list(CALLED))
        return name, chance.choice(CALLED[name])
