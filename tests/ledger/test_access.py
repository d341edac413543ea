"""What an audience may not see never reaches an answer, an error or a list of names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import Denied, ToolError, Unknown
from tools.ledger.audience import NOTHING, Audience
from tools.ledger.found.untagged import untagged_share
from tools.ledger.known import known_values, tag_keys
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.anomalies import anomalies
from tools.ledger.over_time.change import spend_change
from tools.ledger.over_time.series import spend_series
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 10, 20)
PERIOD = Period.month(2026, 9)
ORION = Audience.of("orion")
TOTALS = Audience.of(totals=True)
SECRETS = ("zephyr", "secret-model", "Hidden Service", "hidden-account", "9999", "hidden-key")


@pytest.fixture
def ledger(fill: Fill) -> Ledger:
    rows = []
    for month in (8, 9):
        for day in range(1, 31):
            mine = charge(f"2026-{month:02d}-{day:02d}", "1.00", team="Orion", provider="OpenAI", x_Model="gpt-4o")
            other = charge(
                mine["ChargePeriodStart"][:10], "9999.00", provider="Hidden Provider", service="Hidden Service"
            )
            tags = '{"team": "zephyr", "hidden-key": "hidden"}'
            rows += [mine, other | {"Tags": tags, "SubAccountId": "hidden-account", "x_Model": "secret-model"}]
    return fill(*rows)


Asked = Callable[[Ledger, Audience, Scope], Result]
QUESTIONS: tuple[Asked, ...] = (
    lambda ledger, audience, scope: spend_total(ledger, scope, audience, TODAY),
    lambda ledger, audience, scope: spend_by(ledger, scope, audience, TODAY, ("team", "provider", "service")),
    lambda ledger, audience, scope: spend_by(ledger, scope, audience, TODAY, ("tag:hidden-key",)),
    lambda ledger, audience, scope: spend_by(ledger, scope, audience, TODAY, ("sub_account",), top=1),
    lambda ledger, audience, scope: spend_series(ledger, scope, audience, TODAY, "week", "model"),
    lambda ledger, audience, scope: spend_change(ledger, scope, audience, TODAY),
    lambda ledger, audience, scope: spend_change(ledger, scope, audience, TODAY, by="sku"),
    lambda ledger, audience, scope: untagged_share(ledger, scope, audience, TODAY, "hidden-key"),
    lambda ledger, audience, scope: anomalies(ledger, audience, TODAY, scope.period or PERIOD),
)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_one_teams_audience_never_hears_of_another_team(ledger: Ledger, ask: Asked) -> None:
    try:
        told = repr(ask(ledger, ORION, Scope(PERIOD)))
    except ToolError as error:
        told = repr((str(error), getattr(error, "nearest", ())))
    asked_for = "hidden-key"
    assert not [secret for secret in SECRETS if secret != asked_for and secret in told]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_an_audience_of_nothing_is_always_denied(ledger: Ledger, ask: Asked) -> None:
    with pytest.raises((Denied, Unknown)) as raised:
        ask(ledger, NOTHING, Scope(PERIOD))
    assert not [secret for secret in SECRETS if secret != "hidden-key" and secret in str(raised.value)]


@pytest.mark.parametrize("audience", [ORION, Audience.of("orion", totals=True)])
def test_a_team_not_to_be_seen_is_denied_alike_whether_or_not_it_exists(ledger: Ledger, audience: Audience) -> None:
    said = set()
    for team in ("zephyr", "no such team", "untagged"):
        with pytest.raises(Denied) as raised:
            spend_total(ledger, Scope(PERIOD, (("team", (team,)),)), audience, TODAY)
        said.add(str(raised.value))
    assert len(said) == 1
    with pytest.raises(Denied):
        spend_total(ledger, Scope(PERIOD, (("team", ("orion", "zephyr")),)), audience, TODAY)


def test_a_name_only_others_use_is_as_unknown_as_one_nobody_uses(ledger: Ledger) -> None:
    said = []
    for model in ("secret-model", "secret-modem"):
        with pytest.raises(Unknown) as raised:
            spend_total(ledger, Scope(PERIOD, (("model", (model,)),)), ORION, TODAY)
        said.append(str(raised.value).replace(model, "X"))
        assert raised.value.nearest == ("gpt-4o",)
    assert said[0] == said[1]


def test_ones_own_team_is_summed_alone_and_the_answer_says_so(ledger: Ledger) -> None:
    result = spend_total(ledger, Scope(PERIOD), ORION, TODAY)
    assert result.figures[0].value == 30
    assert "Orion" in result.summary


def test_totals_show_sums_over_all_teams_but_none_of_a_team(ledger: Ledger) -> None:
    result = spend_total(ledger, Scope(PERIOD), TOTALS, TODAY)
    assert result.figures[0].value == 30 * (Decimal(1) + 9999)
    for by in ("team", "sub_account", "resource", "tag:team", "tag:hidden-key"):
        with pytest.raises(Denied):
            spend_by(ledger, Scope(PERIOD), TOTALS, TODAY, (by,))
    assert spend_by(ledger, Scope(PERIOD), TOTALS, TODAY, ("provider",)).figures[0].value == 300000
    assert "team" not in repr(spend_change(ledger, Scope(PERIOD), TOTALS, TODAY).table)


def test_totals_beside_a_team_split_by_team_only_ones_own(ledger: Ledger) -> None:
    result = spend_by(ledger, Scope(PERIOD), Audience.of("orion", totals=True), TODAY, ("team",))
    assert result.table is not None
    assert [row[0] for row in result.table.rows] == ["Orion", "total"]


def test_known_names_are_those_the_audience_may_see(ledger: Ledger) -> None:
    assert known_values(ledger, ORION, "team") == ("Orion",)
    assert known_values(ledger, ORION, "model") == ("gpt-4o",)
    assert known_values(ledger, NOTHING, "team") == known_values(ledger, TOTALS, "team") == ()
    assert tag_keys(ledger, ORION) == ("team",)
    assert tag_keys(ledger, TOTALS) == ()


def test_the_untagged_share_is_no_single_teams(ledger: Ledger) -> None:
    with pytest.raises(Denied):
        untagged_share(ledger, Scope(PERIOD), ORION, TODAY)


@pytest.mark.parametrize("audience", [ORION, Audience.of("orion", totals=True)])
def test_what_is_left_without_ones_own_team_is_denied_and_not_zero(ledger: Ledger, audience: Audience) -> None:
    with pytest.raises(Denied, match="other teams"):
        spend_total(ledger, Scope(period=PERIOD, without=(("team", ("Orion",)),)), audience, TODAY)


def test_who_sees_totals_is_told_no_total_without_a_team(ledger: Ledger) -> None:
    for gone in ((("team", ("Orion",)),), (("team", ("Orion",)), ("team", ("untagged",)))):
        with pytest.raises(Denied):
            spend_total(ledger, Scope(period=PERIOD, without=gone), Audience.of("orion", "zephyr", totals=True), TODAY)
    both = Audience.of("orion", "zephyr")
    apart = (("team", ("Orion",)), ("team", ("zephyr",)))
    with pytest.raises(Denied, match="other teams"):
        spend_total(ledger, Scope(period=PERIOD, without=apart), both, TODAY)
    kept = spend_total(ledger, Scope(period=PERIOD, without=(("team", ("Orion",)),)), both, TODAY)
    assert kept.figures[0].value == Decimal(30 * 9999)
