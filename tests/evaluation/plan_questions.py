"""Questions that look ahead or back at our own spend: forecast, budgets, anomalies, what if, unit costs, freshness."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.evaluation.example_company import ANOMALY, ANOMALY_DAYS_BACK, LAST_DAY
from tests.evaluation.ledger_arithmetic import (
    OCTOBER,
    QUARTER_3,
    SEPTEMBER,
    Charges,
    between,
    effective,
    of_model,
    of_provider,
    of_team,
    tokens,
)
from tests.evaluation.line import Expected, Line, figure, line, percent, usd
from tests.evaluation.rates import MILLION, bill, rate

NOVEMBER = ("2026-11-01", "2026-11-22")
"""As far as there are bills."""
Asked = tuple[str, tuple[Expected, ...]]


def plan_questions(charges: Charges) -> list[Line]:
    groups = {
        "plan": [*forecasts(charges), *budgets(charges), *anomalies(charges)],
        "what-if": what_if(charges),
        "spend": [*counts(charges), *reached(charges)],
    }
    return [
        line(f"ahead-{kind}-{n:02}", kind, text, *figures)
        for kind, asked in groups.items()
        for n, (text, figures) in enumerate(asked, 1)
    ]


def heading_for(charges: Charges) -> Decimal:
    """November's end by the mean of each weekday in the four weeks before: not Outlay's method, so only about the same
    is asked for."""
    known = {day: effective(c for c in charges if c.day == day) for day in _days(LAST_DAY - timedelta(27), LAST_DAY)}
    means = {
        weekday: sum((v for d, v in known.items() if d.weekday() == weekday), Decimal(0)) / 4 for weekday in range(7)
    }
    to_come = sum((means[d.weekday()] for d in _days(LAST_DAY + timedelta(1), date(2026, 11, 30))), Decimal(0))
    return effective(between(charges, *NOVEMBER)) + to_come


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _about(value: Decimal) -> Expected:
    return usd(value, f"{value * Decimal('0.02'):.2f}")


def forecasts(charges: Charges) -> list[Asked]:
    november = between(charges, *NOVEMBER)
    all_of_it, search = (
        (effective(november), heading_for(charges)),
        (effective(of_team(november, "growth")), heading_for(of_team(charges, "growth"))),
    )
    openai = of_provider(charges, "OpenAI")
    return [
        ("Where will the month end?", (usd(all_of_it[0]), _about(all_of_it[1]))),
        ("forecast for november please", (usd(all_of_it[0]), _about(all_of_it[1]))),
        ("What's our projected total for this month?", (_about(all_of_it[1]),)),
        ("At this pace, where does growth land at the end of November?", (usd(search[0]), _about(search[1]))),
        ("How much will we have spent with OpenAI by month end?", (_about(heading_for(openai)),)),
    ]


def budgets(charges: Charges) -> list[Asked]:
    """search: $40,000 a month; OpenAI: $300,000 a quarter."""
    search = effective(of_team(between(charges, *NOVEMBER), "search"))
    openai = effective(of_provider(between(charges, "2026-10-01", "2026-11-22"), "OpenAI"))
    return [
        ("Are we over budget?", (usd(search), usd(openai))),
        ("how much of search's budget is left", (usd(40_000 - search),)),
        ("What share of the OpenAI budget have we used up this quarter?", (percent(openai / 3_000),)),
        ("budget status", (usd(search), usd(openai))),
    ]


def anomalies(charges: Charges) -> list[Asked]:
    """One day's use of one model by one team was made six times as large."""
    team, provider, model = ANOMALY
    day = LAST_DAY - timedelta(ANOMALY_DAYS_BACK)
    spike = effective(c for c in charges if (c.day, c.team, c.provider, c.model) == (day, team, provider, model))
    return [
        ("Any anomalies in the last two weeks?", (usd(spike),)),
        ("did anything odd happen with search's spend in November?", (usd(spike),)),
        ("Were there cost spikes in the last 14 days?", (usd(spike),)),
    ]


def what_if(charges: Charges) -> list[Asked]:
    """The month's tokens at another price; what was cached stays cached unless a share is named."""
    october = between(charges, *OCTOBER)

    def used(rows: Charges) -> tuple[Decimal, Decimal, Decimal]:
        return tokens(rows, "input"), tokens(rows, "cached input"), tokens(rows, "output")

    def at(model: str, read: Decimal, cached: Decimal, written: Decimal) -> Decimal:
        return (
            read * rate(model, "input") + cached * rate(model, "cache_read") + written * rate(model, "output")
        ) / MILLION

    support = used(of_model(of_team(october, "support"), "gpt-4o"))
    search = used(of_model(of_team(october, "search"), "claude-sonnet-4-5"))
    growth = used(of_model(of_team(between(charges, *SEPTEMBER), "growth"), "gpt-5"))
    atlas = used(of_model(of_team(october, "atlas"), "gpt-4o"))
    all_input = atlas[0] + atlas[1]
    untagged = of_model(of_team(october, ""), "gpt-4o-mini")
    dearer = effective(of_provider(october, "Anthropic")) * Decimal("1.15")
    return [
        (
            "If support's gpt-4o traffic of last month had run on claude-haiku-4-5?",
            (usd(at("claude-haiku-4-5", *support)),),
        ),
        (
            "What would search's claude-sonnet-4-5 use in October have cost on claude-haiku-4-5 instead?",
            (usd(at("claude-haiku-4-5", *search)),),
        ),
        ("reprice growth's september gpt-5 usage on gpt-5-mini", (usd(at("gpt-5-mini", *growth)),)),
        (
            "What would atlas' gpt-4o have cost in October if 60% of the input had come from the cache?",
            (usd(at("gpt-4o", all_input * 4 / 10, all_input * 6 / 10, atlas[2])),),
        ),
        (
            "Suppose our untagged gpt-4o-mini traffic of October had gone through the batch API: cost?",
            (usd(bill("gpt-4o-mini", int(tokens(untagged, "input")), int(tokens(untagged, "output")), batch=True)),),
        ),
        ("If Anthropic had charged us 15% more, what would October have cost with them?", (usd(dearer),)),
    ]


def counts(charges: Charges) -> list[Asked]:
    october = between(charges, *OCTOBER)
    support = of_model(of_team(october, "support"), "gpt-4o")
    flash = of_model(october, "gemini-2.5-flash")
    return [
        ("How many tokens did support use on gpt-4o in October?", (figure(tokens(support), "tokens", "1"),)),
        ("gemini-2.5-flash output tokens in october?", (figure(tokens(flash, "output"), "tokens", "1"),)),
    ]


def reached(charges: Charges) -> list[Asked]:
    """Freshness, and sums over what only some rows have."""
    machines = [c for c in between(charges, *OCTOBER) if "p5.48xlarge" in c.sku]
    small = [c for c in between(charges, *QUARTER_3) if "g5.12xlarge" in c.sku]
    return [
        ("How fresh is our billing data?", ()),
        ("What did the p5 machines cost us in October?", (usd(effective(machines)),)),
        ("our g5.12xlarge bill for Q3 2026", (usd(effective(small)),)),
    ]
