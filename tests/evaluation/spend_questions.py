"""What the company spent, from the example ledger. Names of teams, providers and models are the ledger's own."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.ledger_arithmetic import (
    AUGUST,
    OCTOBER,
    QUARTER_2,
    QUARTER_3,
    SEPTEMBER,
    Charges,
    ai_providers,
    between,
    billed,
    by,
    effective,
    is_ai,
    listed,
    models,
    of_model,
    of_provider,
    of_service,
    of_team,
    teams,
)
from tests.evaluation.line import Line, line, percent, usd


def spend_questions(charges: Charges) -> list[Line]:
    return [
        *totals(charges),
        *periods(charges),
        *named(charges),
        *breakdowns(charges),
        *changes(charges),
        *shares_and_costs(charges),
    ]


def totals(charges: Charges) -> list[Line]:
    october = between(charges, *OCTOBER)
    first, second, third, *_ = teams(charges)
    provider, other, *_ = ai_providers(charges)
    model, next_model, *_ = models(charges)
    service = next(iter(by(october, lambda c: c.service)))
    return [
        line("spend-01", "spend", "What did we spend in total last month?", usd(effective(october))),
        line("spend-02", "spend", "total AI spend in October 2026", usd(effective(c for c in october if is_ai(c)))),
        line("spend-03", "spend", f"How much did {first} spend in October?", usd(effective(of_team(october, first)))),
        line("spend-04", "spend", f"{second.upper()} spend, oct 2026?", usd(effective(of_team(october, second)))),
        line(
            "spend-05",
            "spend",
            f"what did the {third.title()} team cost us in September",
            usd(effective(of_team(between(charges, *SEPTEMBER), third))),
        ),
        line(
            "spend-06",
            "spend",
            f"what did {provider} cost us in october?",
            usd(effective(of_provider(october, provider))),
        ),
        line(
            "spend-07",
            "spend",
            f"How much did we spend with {other} in Q3 2026?",
            usd(effective(of_provider(between(charges, *QUARTER_3), other))),
        ),
        line("spend-08", "spend", f"Spend on {model} last month", usd(effective(of_model(october, model)))),
        line(
            "spend-09",
            "spend",
            f"how much went on {next_model} in august 2026?",
            usd(effective(of_model(between(charges, *AUGUST), next_model))),
        ),
        line(
            "spend-10",
            "spend",
            f"What did {first} spend on {provider} in October?",
            usd(effective(of_provider(of_team(october, first), provider))),
        ),
        line(
            "spend-11",
            "spend",
            f"October spend of the service {service}?",
            usd(effective(of_service(october, service))),
        ),
    ]


def named(charges: Charges) -> list[Line]:
    october, september = between(charges, *OCTOBER), between(charges, *SEPTEMBER)
    november = between(charges, "2026-11-01", "2026-11-24")
    return [
        line(
            "spend-named-01",
            "spend",
            "How much did we spend with Anthropic in September, refunds counted?",
            usd(effective(of_provider(september, "Anthropic"))),
        ),
        line(
            "spend-named-02", "spend", "google cloud, last month?", usd(effective(of_provider(october, "Google Cloud")))
        ),
        line(
            "spend-named-03",
            "spend",
            "What has Search spent on claude-sonnet-4-5 so far in November?",
            usd(effective(of_model(of_team(november, "search"), "claude-sonnet-4-5"))),
        ),
        line(
            "spend-named-04",
            "spend",
            "Amazon Bedrock cost in October 2026",
            usd(effective(of_service(october, "Amazon Bedrock"))),
        ),
        line(
            "spend-named-05",
            "spend",
            "Our average spend per month in the third quarter of 2026?",
            usd(effective(between(charges, *QUARTER_3)) / 3),
        ),
        line("spend-named-06", "spend", "average spend per day in october", usd(effective(october) / 31)),
    ]


def periods(charges: Charges) -> list[Line]:
    first, second, *_ = teams(charges)
    provider = ai_providers(charges)[0]
    year = between(charges, "2026-01-01", "2026-11-24")
    return [
        line(
            "spend-period-01",
            "spend",
            "How much have we spent so far this month?",
            usd(effective(between(charges, "2026-11-01", "2026-11-24"))),
        ),
        line(
            "spend-period-02",
            "spend",
            "total spend over the last 30 days",
            usd(effective(between(charges, "2026-10-24", "2026-11-23"))),
        ),
        line(
            "spend-period-03",
            "spend",
            "What was our spend from 1 September to 15 October 2026?",
            usd(effective(between(charges, "2026-09-01", "2026-10-16"))),
        ),
        line("spend-period-04", "spend", "Year to date spend?", usd(effective(year))),
        line(
            "spend-period-05",
            "spend",
            f"{first} spend in the third quarter",
            usd(effective(of_team(between(charges, *QUARTER_3), first))),
        ),
        line(
            "spend-period-06",
            "spend",
            f"What did {second} spend between July and September 2026 on {provider}?",
            usd(effective(of_provider(of_team(between(charges, *QUARTER_3), second), provider))),
        ),
        line(
            "spend-period-07",
            "spend",
            "Our spend in Q2 this year, please.",
            usd(effective(between(charges, *QUARTER_2))),
        ),
        line(
            "spend-period-08",
            "spend",
            "What did we spend on 15 October 2026?",
            usd(effective(between(charges, "2026-10-15", "2026-10-16"))),
        ),
        line("spend-period-09", "spend", "Show me total spend month by month for the last six months."),
    ]


def breakdowns(charges: Charges) -> list[Line]:
    october = between(charges, *OCTOBER)
    named = [amount for team, amount in by(october, lambda c: c.team).items() if team]
    costly = [amount for model, amount in by(october, lambda c: c.model).items() if model]
    by_provider = list(by((c for c in october if is_ai(c)), lambda c: c.provider).values())
    return [
        line("spend-top-01", "spend", "Top 3 teams by spend in October", *map(usd, named[:3])),
        line("spend-top-02", "spend", "which team spent the most last month?", usd(named[0])),
        line(
            "spend-top-03", "spend", "What are our five most expensive models in October 2026?", *map(usd, costly[:5])
        ),
        line("spend-top-04", "spend", "Which model cost us most last month, and how much?", usd(costly[0])),
        line("spend-top-05", "spend", "Break down October AI spend by provider.", *map(usd, by_provider)),
        line("spend-top-06", "spend", "who spent least in october of all the teams", usd(named[-1])),
    ]


def changes(charges: Charges) -> list[Line]:
    first, second, *_ = teams(charges)
    provider = ai_providers(charges)[0]
    october, september = between(charges, *OCTOBER), between(charges, *SEPTEMBER)
    total = effective(october) - effective(september)
    team = effective(of_team(october, first)) - effective(of_team(september, first))
    seller = (effective(of_provider(october, provider)), effective(of_provider(september, provider)))
    quarters = (effective(between(charges, *QUARTER_3)), effective(between(charges, *QUARTER_2)))
    gap = abs(effective(of_team(october, first)) - effective(of_team(october, second)))
    return [
        line("spend-change-01", "spend", "How did October's total spend change from September's?", usd(total)),
        line("spend-change-02", "spend", f"{first}: October versus September, what's the difference?", usd(team)),
        line(
            "spend-change-03",
            "spend",
            f"By how many percent did our {provider} spend move in October against the month before?",
            percent((seller[0] - seller[1]) / seller[1] * 100),
        ),
        line("spend-change-04", "spend", "Q3 vs Q2 2026 spend: difference?", usd(quarters[0] - quarters[1])),
        line(
            "spend-change-05",
            "spend",
            f"Compare what {first} and {second} spent in October: how far apart are they?",
            usd(gap),
        ),
    ]


def shares_and_costs(charges: Charges) -> list[Line]:
    october, third = between(charges, *OCTOBER), between(charges, *QUARTER_3)
    total = effective(october)
    first = teams(charges)[0]
    untagged = effective(of_team(october, ""))
    credits = effective(c for c in between(charges, "2026-01-01", "2026-11-24") if c.category == "Credit")
    return [
        line("spend-share-01", "spend", "How much of October's spend is untagged?", usd(untagged)),
        line("spend-share-02", "spend", "what % of last month's spend has no team", percent(untagged / total * 100)),
        line(
            "spend-share-03",
            "spend",
            "What share of our total October spend is AI?",
            percent(effective(c for c in october if is_ai(c)) / total * 100),
        ),
        line(
            "spend-share-04",
            "spend",
            f"{first}'s share of October spend, in percent?",
            percent(effective(of_team(october, first)) / total * 100),
        ),
        line("spend-cost-01", "spend", "What were we billed in October (billed cost)?", usd(billed(october))),
        line("spend-cost-02", "spend", "October at list price, before any discounts?", usd(listed(october))),
        line(
            "spend-cost-03",
            "spend",
            "How much did discounts and commitments save us against list price in Q3 2026?",
            usd(listed(third) - effective(third)),
        ),
        line("spend-cost-04", "spend", "Total of credits we've received in 2026 so far?", usd(Decimal(credits))),
    ]
