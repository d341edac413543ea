"""The example company: its teams, what they use and at which prices. The company, its teams and its quantities are
invented; token rows are priced at the models' public list prices, GPUs and storage at the clouds' on-demand prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

TODAY = date(2026, 11, 23)
LAST_DAY = date(2026, 11, 21)
"""The last day of the bills, two days before the day that counts as today: bills come late."""
MONTHS = 13

TEAMS = ("atlas", "orion", "search", "support", "growth", "research")
BY_WEEKDAY = (1.06, 1.1, 1.12, 1.09, 1.0, 0.48, 0.42)
ANOMALY_DAYS_BACK = 5
ANOMALY = ("search", "Anthropic", "claude-sonnet-4-5")
ANOMALY_FACTOR = 6


@dataclass(frozen=True)
class TokenPrice:
    """USD per million tokens: input, cached input (read), output."""

    model: str
    input: str
    cached: str
    output: str


TOKEN_PRICES = (
    TokenPrice("gpt-4o", "2.50", "1.25", "10.00"),
    TokenPrice("gpt-4o-mini", "0.15", "0.075", "0.60"),
    TokenPrice("gpt-5", "1.25", "0.125", "10.00"),
    TokenPrice("claude-sonnet-4-5", "3.00", "0.30", "15.00"),
    TokenPrice("claude-haiku-4-5", "1.00", "0.10", "5.00"),
    TokenPrice("gemini-2.5-flash", "0.30", "0.03", "2.50"),
    TokenPrice("gemini-2.5-pro", "1.25", "0.125", "10.00"),
)
"""Public list prices: platform.openai.com, docs.claude.com and ai.google.dev pricing pages, as kept by genai-prices
0.2.3, read 2026-11-01."""
PRICES = {price.model: price for price in TOKEN_PRICES}

HOURLY = {"p5.48xlarge": "55.04", "g5.12xlarge": "5.672"}
"""USD an instance-hour, on demand, us-east-1: aws.amazon.com/ec2/pricing/on-demand, read 2026-11-01."""
STORAGE_GB_MONTH = "0.023"
"""S3 Standard, first 50 TB, us-east-1: aws.amazon.com/s3/pricing, read 2026-11-01."""


@dataclass(frozen=True)
class Seller:
    """A provider as it appears on a bill, and the service that serves models there."""

    provider: str
    account: str
    service: str
    region: str | None


SELLERS = {
    "OpenAI": Seller("OpenAI", "org-7Q2", "OpenAI API", None),
    "Anthropic": Seller("Anthropic", "ant-5512", "Claude API", None),
    "AWS": Seller("AWS", "210987654321", "Amazon Bedrock", "us-east-1"),
    "Google Cloud": Seller("Google Cloud", "01A7C2-44D1F0-93BE77", "Vertex AI", "us-central1"),
    "Microsoft": Seller("Microsoft", "ea-8841207", "Azure OpenAI Service", "eastus2"),
}

TRAFFIC = (
    ("atlas", "OpenAI", "gpt-4o", 150, 0.3),
    ("atlas", "Anthropic", "claude-sonnet-4-5", 110, 0.4),
    ("orion", "OpenAI", "gpt-4o", 130, 0.2),
    ("orion", "OpenAI", "gpt-4o-mini", 420, 0.2),
    ("orion", "Microsoft", "gpt-4o", 90, 0.2),
    ("search", "Anthropic", "claude-sonnet-4-5", 120, 0.5),
    ("search", "Google Cloud", "gemini-2.5-flash", 800, 0.3),
    ("support", "OpenAI", "gpt-4o", 160, 0.4),
    ("support", "Anthropic", "claude-haiku-4-5", 240, 0.5),
    ("support", "Microsoft", "gpt-4o-mini", 500, 0.1),
    ("growth", "OpenAI", "gpt-5", 140, 0.3),
    ("growth", "Google Cloud", "gemini-2.5-pro", 120, 0.2),
    ("research", "AWS", "claude-sonnet-4-5", 130, 0.3),
    ("research", "Google Cloud", "gemini-2.5-pro", 150, 0.1),
    (None, "OpenAI", "gpt-4o-mini", 260, 0.0),
    (None, "AWS", "claude-haiku-4-5", 45, 0.0),
)
"""Team (None is untagged), provider, model, million input tokens a weekday at the start, share of input that is cached.
Output is a sixth of input."""

MACHINES = (
    ("research", "p5.48xlarge", 48, Decimal("0.62")),
    ("atlas", "g5.12xlarge", 120, Decimal(1)),
    (None, "g5.12xlarge", 24, Decimal(1)),
)
"""Team, instance, hours a day, effective over list: research's GPUs are under a savings plan."""
