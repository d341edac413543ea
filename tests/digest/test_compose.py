"""What a digest says, from values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.digest.compose import Inputs, compose, last_week
from bot.reply import Source
from tools.errors import Denied, Unknown
from tools.ledger.audience import EVERYTHING, NOTHING, Audience
from tools.period import Period
from tools.results import Figure, Result, Table

TODAY = date(2026, 11, 23)
WEEK = Period(date(2026, 11, 16), date(2026, 11, 23))
THROUGH = date(2026, 11, 22)
ORION = Audience.of("orion")


def change(period: Period, audience: Audience, today: date) -> Result:
    return Result(
        f"Up $20.00 in {period.shown()}. Billing data through 22 November 2026.",
        (Figure("change", Decimal(20), "USD", THROUGH),),
        Table("By team", ("Team", "Change (USD)"), (("orion", Decimal(20)),)),
        assumptions=("Credits are counted.",),
        data_through=THROUGH,
    )


def total(period: Period, audience: Audience, today: date) -> Result:
    return Result(
        f"$300.00 in {period.shown()}.",
        (Figure("month", Decimal(300), "USD", THROUGH),),
        assumptions=("Credits are counted.",),
        data_through=THROUGH,
    )


def anomalies(period: Period, audience: Audience, today: date) -> Result:
    return Result("Nothing unusual.", data_through=THROUGH)


def story(day: int, title: str = "A story") -> Source:
    return Source(title, "Example Press", f"https://example.com/{day}", date(2026, 11, day), "Prices fell by 10%.")


def stories(since: date, until: date, most: int) -> Sequence[Source]:
    return [story(15, "Too old"), story(17), story(17), story(22, "Sunday"), story(23, "Too new")]


INPUTS = Inputs(total, change, anomalies, stories)


def test_the_week_is_the_last_whole_one_from_monday_to_sunday() -> None:
    assert last_week(TODAY) == WEEK
    assert last_week(date(2026, 11, 29)) == WEEK
    assert last_week(date(2026, 11, 30)) == Period(date(2026, 11, 23), date(2026, 11, 30))


def test_a_digest_has_the_change_the_month_the_anomalies_and_the_stories() -> None:
    digest = compose(INPUTS, EVERYTHING, TODAY)
    for part in (
        "Spend, week of 16 to 22 November 2026",
        "Up $20.00 in 16 to 22 November 2026.",
        "**Month to date**\n$300.00 in 1 to 22 November 2026.",
        "Nothing unusual.",
        "A story (Example Press, 17 November 2026) [1]: “Prices fell by 10%.”",
        "Sunday (Example Press, 22 November 2026) [2]",
    ):
        assert part in digest.text
    assert digest.status == "answered"
    assert [figure.value for figure in digest.figures] == [Decimal(20), Decimal(300)]
    assert [source.title for source in digest.sources] == ["A story", "Sunday"]
    assert digest.assumptions == ("Credits are counted.",)
    assert digest.data_through == THROUGH
    assert digest.text.count("Billing data through 22 November 2026.") == 1


def test_on_the_first_of_a_month_the_month_that_ended_is_told() -> None:
    text = compose(INPUTS, EVERYTHING, date(2026, 6, 1)).text
    assert "**Last month**\n$300.00 in May 2026." in text


def test_every_spend_query_gets_the_channels_audience() -> None:
    seen: list[Audience] = []

    def watched(period: Period, audience: Audience, today: date) -> Result:
        seen.append(audience)
        return total(period, audience, today)

    compose(Inputs(watched, watched, watched, stories), ORION, TODAY)
    assert seen == [ORION, ORION, ORION]


def test_a_channel_that_may_see_nothing_gets_the_stories_alone_and_no_query_is_made() -> None:
    def never(period: Period, audience: Audience, today: date) -> Result:
        raise AssertionError("spend was asked for")

    digest = compose(Inputs(never, never, never, stories), NOTHING, TODAY)
    assert "Spend is not shown in this channel." in digest.text
    assert digest.figures == ()
    assert len(digest.sources) == 2


def test_a_part_that_may_not_be_shown_is_left_out_and_the_rest_stands() -> None:
    def denied(period: Period, audience: Audience, today: date) -> Result:
        raise Denied("You may not see that.")

    digest = compose(replace(INPUTS, anomalies=denied), ORION, TODAY)
    assert "Anomalies" not in digest.text
    assert "Up $20.00" in digest.text


def test_a_week_without_data_says_so_and_shows_no_zero() -> None:
    def unknown(period: Period, audience: Audience, today: date) -> Result:
        raise Unknown(f"There is no billing data for {period.shown()}; it ends on 31 October 2026.")

    digest = compose(Inputs(unknown, unknown, unknown, lambda *_: []), EVERYTHING, TODAY)
    assert "There is no billing data for 16 to 22 November 2026; it ends on 31 October 2026." in digest.text
    assert "No story of 16 to 22 November 2026 is in the knowledge base." in digest.text
    assert "$0" not in digest.text
    assert digest.status == "unknown"


def standing(audience: Audience, today: date) -> Result:
    if not audience.may_see("orion"):
        raise Unknown("No budget that may be shown here is set.")
    text = (
        "orion: $85.00 of $100.00 spent in November 2026 (85.0%), $15.00 left. Billing data through 22 November 2026."
    )
    return Result(text, (Figure("Spent, orion, November 2026", Decimal(85), "USD", THROUGH),), data_through=THROUGH)


def test_budgets_stand_in_the_digest_of_who_may_see_them() -> None:
    reply = compose(replace(INPUTS, budgets=standing), ORION, TODAY)
    assert "**Budgets**\norion: $85.00 of $100.00 spent in November 2026 (85.0%), $15.00 left.\n" in reply.text
    assert reply.text.count("Billing data through 22 November 2026.") == 1
    assert Decimal(85) in [figure.value for figure in reply.figures]


def test_without_a_budget_that_may_be_shown_the_digest_has_no_such_section() -> None:
    for audience in (NOTHING, Audience.of("ads")):
        assert "Budgets" not in compose(replace(INPUTS, budgets=standing), audience, TODAY).text
