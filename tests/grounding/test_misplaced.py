"""A right number beside a wrong name, month or model is a wrong number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.agent.grounding.check import check
from bot.agent.grounding.evidence import Evidence
from tools.results import Figure, Result, Table

TODAY = date(2026, 11, 23)
TEAMS = Result(
    "search spent $6,000.50, the most; support $4,000.25.",
    (Figure("EffectiveCost", Decimal("12129"), "USD"), Figure("search", Decimal("6000.50"), "USD")),
    Table(
        "By team",
        ("Team", "EffectiveCost (USD)", "Share (%)"),
        (
            ("search", Decimal("6000.50"), Decimal("49.47")),
            ("support", Decimal("4000.25"), Decimal("32.98")),
            ("ads", Decimal("2128.25"), Decimal("17.55")),
        ),
    ),
)
MONTHS = Result(
    "By month.",
    (),
    Table(
        "By month",
        ("Month", "EffectiveCost (USD)"),
        (("2026-08", Decimal("10.55")), ("2026-09", Decimal("20.66")), ("2026-10", Decimal("30.77"))),
    ),
)
MODELS = Result(
    "By model.",
    (),
    Table(
        "By model",
        ("Model", "Provider", "EffectiveCost (USD)"),
        (
            ("gpt-4o", "OpenAI", Decimal("111.55")),
            ("claude-haiku-4-5", "Anthropic", Decimal("222.66")),
            ("gpt-4o-mini", "OpenAI", Decimal("333.77")),
        ),
    ),
)
FIGURES = Result(
    "Two months.",
    (
        Figure("October 2026", Decimal("77.1"), "USD"),
        Figure("September 2026", Decimal("66.1"), "USD"),
        Figure("Change", Decimal(11), "USD"),
    ),
)


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (TEAMS, "Search spent $6,000.50 (49.5%), support $4,000.25 and ads $2,128.25."),
        (TEAMS, "$6,000.50 went to search and $4,000.25 to support."),
        (TEAMS, "Search and support spent $6,000.50 and $4,000.25."),
        (TEAMS, "At $6,000.50, search leads support ($4,000.25)."),
        (TEAMS, "Search, which overtook support, spent $6,000.50."),
        (TEAMS, "Search spent $6,000.50 of $12,129, more than support's $4,000.25."),
        (TEAMS, "The total is $12,129; search has 49%."),
        (TEAMS, "- **search**: $6.0k\n- **ads**: 17.6%"),
        (TEAMS, "| Team | Cost (USD) |\n|---|---|\n| search | 6,000.50 |\n| ads | 2,128 |"),
        (TEAMS, "Support (33%) and ads (17.6%) follow search."),
        (TEAMS, "The next one spent $4,000.25."),
        (MONTHS, "In October 2026 it was $30.77, after $20.66 in September."),
        (MONTHS, "It rose from $20.66 in September 2026 to $30.77 in October 2026."),
        (MONTHS, "October rose from September's $20.66 to $30.77."),
        (MODELS, "gpt-4o cost $111.55 and gpt-4o-mini $333.77."),
        (MODELS, "Claude Haiku 4.5 cost $222.66, gpt-4o $111.55."),
        (MODELS, "OpenAI's gpt-4o took $111.55."),
        (FIGURES, "October was $77.10, up $11 on September's $66.10."),
    ],
)
def test_a_number_beside_its_own_name_stays(result: Result, text: str) -> None:
    assert check(text, Evidence.of([result], today=TODAY)).text == text


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (TEAMS, "Search spent $4,000.25, support $6,000.50 and ads $2,128.25."),
        (TEAMS, "Search spent $6,000.50, support $2,128.25 and ads $4,000.25."),
        (TEAMS, "$4,000.25 went to search and $6,000.50 to support."),
        (TEAMS, "Search and support spent $4,000.25 and $6,000.50."),
        (TEAMS, "Search spent $4,000.25."),
        (TEAMS, "Search spent $4,000.25 and support spent $4,000.25."),
        (TEAMS, "At $4,000.25, search leads support ($6,000.50)."),
        (TEAMS, "Ads has 49.5% of it."),
        (TEAMS, "- **search**: $4.0k"),
        (TEAMS, "| Team | Cost (USD) |\n|---|---|\n| search | 4,000.25 |"),
        (MONTHS, "In October 2026 it was $20.66, after $30.77 in September."),
        (MONTHS, "In October it was $20.66."),
        (MONTHS, "August: $20.66; September: $10.55."),
        (MODELS, "gpt-4o cost $333.77 and gpt-4o-mini $111.55."),
        (MODELS, "gpt-4o cost $222.66."),
        (MODELS, "Anthropic took $333.77."),
        (FIGURES, "October 2026 came to $66.10, September 2026 to $77.10."),
        (FIGURES, "October 2026 was $66.10."),
    ],
)
def test_beside_another_it_goes(result: Result, text: str) -> None:
    assert check(text, Evidence.of([result], today=TODAY)).text == ""


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("An H100 rents for $2.49 per GPU hour.", True),
        ("Per GPU hour an H100 rents for $2.49.", True),
        ("Offers, per GPU hour:\n\n- AWS: $2.49", True),
        ("The hourly rate is $2.49.", True),
        ("An H100 rents for $2.49.", False),
        ("The total is $2.", False),
        ("Per day an H100 rents for $2.49.", False),
    ],
)
def test_a_rate_is_told_with_what_it_is_per(text: str, stays: bool) -> None:
    price = Result("", (Figure("Lowest price", Decimal("2.49"), "USD per GPU hour"),))
    assert check(text, Evidence.of([price], today=TODAY)).ok == stays


def test_a_number_within_a_columns_name_is_no_number_of_another_row() -> None:
    columns = ("Quantity", "Unit", "K9 SXM 141 GB")
    rows = (("Memory", "GB", Decimal(141)), ("Memory bandwidth", "GB/s", Decimal(4800)))
    result = Result("K9 SXM 141 GB.", (Figure("Memory", Decimal(141), "GB"),), Table("Specification", columns, rows))
    evidence = Evidence.of([result], today=TODAY)
    said = "K9 SXM 141 GB: memory bandwidth 4,800 GB/s, memory 141 GB."
    assert check(said, evidence).text == said
    assert not check("K9 SXM 141 GB: memory bandwidth 141 GB/s.", evidence).text.strip()
