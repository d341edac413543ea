"""Who may see what: cutting to a channel never widens, adding one's own teams never narrows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.ledger.audience import EVERYTHING, NOTHING, Audience

TEAMS = ("core", "growth", "ml-infra", "r&d")
SOME = st.builds(
    lambda teams, totals: Audience.of(*teams, totals=totals), st.sets(st.sampled_from(TEAMS)), st.booleans()
)
AUDIENCES = SOME | st.just(EVERYTHING)
few = settings(max_examples=100, deadline=None)


def seen(audience: Audience) -> set[str]:
    return {team for team in (*TEAMS, "another") if audience.may_see(team)}


@given(AUDIENCES, AUDIENCES)
@few
def test_within_shows_what_both_may_see_and_nothing_else(one: Audience, other: Audience) -> None:
    both = one.within(other)
    assert seen(both) == seen(one) & seen(other)
    assert both.totals == (one.totals and other.totals)
    assert both.sees_all == (one.sees_all and other.sees_all)


@given(AUDIENCES, AUDIENCES)
@few
def test_also_shows_what_either_may_see_and_nothing_else(one: Audience, other: Audience) -> None:
    either = one.also(other)
    assert seen(either) == seen(one) | seen(other)
    assert either.totals == (one.totals or other.totals)
    assert either.sees_all == (one.sees_all or other.sees_all)


@given(AUDIENCES, AUDIENCES, AUDIENCES)
@few
def test_the_order_of_cutting_and_adding_does_not_matter(one: Audience, other: Audience, third: Audience) -> None:
    assert one.within(other) == other.within(one)
    assert one.also(other) == other.also(one)
    assert one.within(other).within(third) == one.within(other.within(third))
    assert one.also(other).also(third) == one.also(other.also(third))


@given(AUDIENCES)
@few
def test_everything_and_nothing_are_the_ends(audience: Audience) -> None:
    assert audience.within(EVERYTHING) == audience
    assert audience.within(NOTHING) == NOTHING
    assert audience.also(NOTHING) == audience
    assert audience.also(EVERYTHING) == EVERYTHING
    assert audience.within(audience) == audience == audience.also(audience)


@given(AUDIENCES, AUDIENCES, AUDIENCES)
@few
def test_a_channel_bounds_whatever_a_person_gains(everyone: Audience, own: Audience, channel: Audience) -> None:
    """The asker's own teams beside what everyone sees, cut to the channel, is never more than the channel's."""
    shown = own.also(everyone).within(channel)
    assert seen(shown) <= seen(channel)
    assert shown.totals <= channel.totals
    assert shown.sees_all <= channel.sees_all


def test_team_names_are_compared_whatever_their_case() -> None:
    assert Audience.of("ML-Infra").may_see("ml-INFRA")
    assert Audience.of("Straße").may_see("STRASSE")
    assert Audience.of("Growth").within(Audience.of("GROWTH")) == Audience.of("growth")


def test_a_part_of_a_name_is_another_team() -> None:
    audience = Audience.of("ml-infra")
    assert not audience.may_see("ml")
    assert not audience.may_see("ml-infra-2")
    assert not audience.may_see("")


def test_totals_over_all_teams_show_no_team() -> None:
    totals = Audience.of(totals=True)
    assert seen(totals) == set()
    assert not totals.sees_nothing
    assert not totals.sees_all


def test_two_people_without_a_team_in_common_share_nothing() -> None:
    assert Audience.of("core").within(Audience.of("growth")).sees_nothing
    assert NOTHING.sees_nothing
    assert not EVERYTHING.sees_nothing
