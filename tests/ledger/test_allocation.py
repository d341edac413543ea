"""Rules that say which team bears a charge; expected sums by plain Decimal arithmetic."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.focus import Row, charge, write
from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.untagged import untagged_share
from tools.ledger.ledger import Ledger, charges
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.ledger.storing.allocating import allocate
from tools.ledger.storing.allocation import FILE, Rule, load_allocation, parse_allocation
from tools.ledger.storing.importing import import_files
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Scope(Period.month(2026, 9))


class Allocated(Ledger):
    """A ledger whose rows are allocated when it opens."""

    def __init__(self, home: Path, rules: Sequence[Rule]) -> None:
        super().__init__(home)
        self.rules, self.done = rules, False

    def _current(self) -> Any:
        opened = super()._current()
        if not self.done:
            allocate(opened.database, self.rules, "TABLE")
            self.done = True
        return opened


def ledger(folder: Path, rows: Sequence[Row], rules: str) -> Ledger:
    import_files(folder / "home", [write(folder / "bill.csv", rows)])
    return Allocated(folder / "home", parse_allocation(rules))


def by_team(found: Ledger, column: str = c.EFFECTIVE_COST) -> dict[str | None, Decimal]:
    table = charges()
    query = table.group_by(k=table[c.X_TEAM_KEY]).agg(s=table[column].sum())
    return dict(found.rows(query))  # type: ignore[arg-type]


ROWS = (
    charge("2026-09-01", "10", team="search"),
    charge("2026-09-02", "30", team="support"),
    charge("2026-09-03", "100") | {"ResourceId": "gateway-1"},
    charge("2026-09-04", "7") | {"SubAccountName": "Search-prod"},
    charge("2026-09-05", "5") | {"Tags": '{"cost-center": "1007"}'},
    charge("2026-09-06", "3"),
)


def test_tags_and_sub_accounts_name_the_team_and_the_rest_stays_in_sight(tmp_path: Path) -> None:
    rules = """
    [[rule]]
    sub_account = "search-*"
    team = "Search"
    [[rule]]
    tag = "Cost-Center=10?7"
    team = "growth"
    """
    found = ledger(tmp_path, ROWS, rules)
    assert by_team(found) == {"search": 10 + 7, "support": 30, "growth": 5, None: 100 + 3}
    untagged = untagged_share(found, SEPTEMBER, EVERYTHING, TODAY)
    assert untagged.figures[0].value == 103
    assert spend_total(found, SEPTEMBER, EVERYTHING, TODAY).figures[0].value == 155


def test_a_team_sees_what_is_allocated_to_it(tmp_path: Path) -> None:
    found = ledger(tmp_path, ROWS, '[[rule]]\nresource = "gateway-*"\nsplit = "evenly"\nbetween = ["search", "new"]')
    assert spend_total(found, SEPTEMBER, Audience.of("new"), TODAY).figures[0].value == 50


def test_an_even_split_leaves_the_odd_digit_to_the_last_team(tmp_path: Path) -> None:
    rules = '[[rule]]\nresource = "gateway*"\nsplit = "evenly"\nbetween = ["a", "b", "c"]'
    found = by_team(ledger(tmp_path, ROWS, rules))
    assert (found["a"], found["b"]) == (Decimal("33.3333333333"), Decimal("33.3333333333"))
    assert found["a"] + found["b"] + found["c"] == 100


def test_a_fixed_split_goes_by_its_percents(tmp_path: Path) -> None:
    rules = '[[rule]]\nresource = "gateway-1"\nsplit = "fixed"\nshares = {search = 60, support = 12.5, "x y" = 27.5}'
    found = by_team(ledger(tmp_path, ROWS, rules))
    assert (found["search"], found["support"], found["x y"]) == (10 + 60, 30 + Decimal("12.5"), Decimal("27.5"))


def test_a_split_by_spend_goes_by_what_the_teams_spent_that_month(tmp_path: Path) -> None:
    rows = (*ROWS, charge("2026-08-01", "8") | {"ResourceId": "gateway-1"}, charge("2026-08-02", "2", team="search"))
    found = ledger(tmp_path, rows, '[[rule]]\nresource = "gateway*"\nsplit = "by spend"')
    result = spend_by(found, SEPTEMBER, EVERYTHING, TODAY, ("team",))
    sums = {figure.label: figure.value for figure in result.figures}
    assert (sums["search"], sums["support"]) == (10 + 100 * Decimal(10) / 40, 30 + 100 * Decimal(30) / 40)
    assert by_team(found)["search"] == 35 + 2 + 8


def test_a_split_by_spend_in_a_month_without_any_stays_untagged(tmp_path: Path) -> None:
    rows = (charge("2026-08-01", "8") | {"ResourceId": "gateway-1"}, charge("2026-09-02", "2", team="search"))
    found = by_team(ledger(tmp_path, rows, '[[rule]]\nresource = "gateway*"\nsplit = "by spend"'))
    assert found == {"search": 2, None: 8}


def test_the_first_rule_that_fits_counts_and_tagged_rows_are_left_alone(tmp_path: Path) -> None:
    rules = """
    [[rule]]
    provider = "aws"
    resource = "gateway-?"
    team = "first"
    [[rule]]
    provider = "AWS"
    team = "second"
    """
    found = by_team(ledger(tmp_path, ROWS, rules))
    assert found == {"search": 10, "support": 30, "first": 100, "second": 7 + 5 + 3}


def test_retag_moves_tagged_rows_too(tmp_path: Path) -> None:
    found = by_team(ledger(tmp_path, ROWS, '[[rule]]\nprovider = "*"\nteam = "all"\nretag = true'))
    assert found == {"all": 155}


def test_letters_that_mean_something_elsewhere_are_plain_in_a_pattern(tmp_path: Path) -> None:
    rows = [charge("2026-09-01", "1") | {"ResourceId": name} for name in ("a_b", "axb", "a%b", "a.b(1)", "a'b")]
    rules = "".join(
        f'[[rule]]\nresource = "{n}"\nteam = "t{i}"\n' for i, n in enumerate(["a_b", "a%b", "a.b(1)", "a'b"])
    )
    assert by_team(ledger(tmp_path, rows, rules)) == {"t0": 1, "t1": 1, "t2": 1, "t3": 1, None: 1}


def test_without_a_file_nothing_is_allocated(tmp_path: Path) -> None:
    assert load_allocation(tmp_path) == ()
    (tmp_path / FILE).write_text('[[rule]]\napi_key = "sk-a*"\nteam = "search"\n')
    assert [rule.team for rule in load_allocation(tmp_path)] == ["search"]


money = st.decimals(-(10**6), 10**6, places=12)
RULES = """
[[rule]]
resource = "r1"
split = "evenly"
between = ["a", "b", "c"]
[[rule]]
resource = "r2"
split = "by spend"
[[rule]]
resource = "r3"
split = "fixed"
shares = {a = 33.3, d = 66.7}
[[rule]]
resource = "r4"
team = "e"
"""
drawn_rows = st.lists(
    st.tuples(st.sampled_from(["r0", "r1", "r2", "r3", "r4"]), st.sampled_from([None, "a", "b"]), money, money),
    min_size=1,
    max_size=14,
)


@given(drawn_rows)
@settings(max_examples=25, deadline=None)
def test_allocating_changes_no_total_in_any_cost_to_the_last_digit(
    drawn: list[tuple[str, str | None, Decimal, Decimal]],
) -> None:
    rows = [
        charge(
            f"2026-09-{n + 1:02d}", f"{effective:f}", billed=f"{billed:f}", team=team, currency=("USD", "EUR")[n % 2]
        )
        | {"ResourceId": resource}
        for n, (resource, team, effective, billed) in enumerate(drawn)
    ]
    with tempfile.TemporaryDirectory() as folder:
        found = ledger(Path(folder), rows, RULES)
        table = charges()
        query = table.group_by(k=table[c.BILLING_CURRENCY]).agg(
            e=table[c.EFFECTIVE_COST].sum(), b=table[c.BILLED_COST].sum()
        )
        sums = {code: (effective, billed) for code, effective, billed in found.rows(query)}
    expected: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in rows:
        expected[row["BillingCurrency"]][0] += Decimal(row["EffectiveCost"])
        expected[row["BillingCurrency"]][1] += Decimal(row["BilledCost"])
    assert sums == {code: tuple(pair) for code, pair in expected.items()}


@given(money)
@settings(max_examples=15, deadline=None)
def test_each_part_is_its_share_to_ten_places(cost: Decimal) -> None:
    rows = [charge("2026-09-01", f"{cost:f}") | {"ResourceId": "r3"}]
    with tempfile.TemporaryDirectory() as folder:
        found = by_team(ledger(Path(folder), rows, RULES))
    share = (cost * Decimal("0.333")).quantize(Decimal("1E-10"), ROUND_HALF_EVEN)
    assert abs(found["a"] - share) <= Decimal("2E-10")
    assert found["a"] + found["d"] == cost


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("[[rule]]\nteam = 'a'", 2, "says no row"),
        ("[[rule]]\nresource = 'a'", 1, "either a team or a split"),
        ("[[rule]]\nresource = 'a'\nteam = 'x'\nsplit = 'evenly'", 3, "either a team or a split"),
        ("[[rule]]\nresource = 'a'\nsplit = 'evenly'", 3, "needs the teams"),
        ("[[rule]]\nresource = 'a'\nsplit = 'half'", 3, "split is one of"),
        ("[[rule]]\nresource = 'a'\nsplit = 'fixed'\nshares = {a = 50, b = 49}", 4, "add up to 99%"),
        ("[[rule]]\nresource = 'a'\nsplit = 'fixed'\nshares = {a = 0, b = 100}", 4, "above 0"),
        ("[[rule]]\nresource = 'a'\nsplit = 'fixed'", 1, "shares"),
        ("[[rule]]\nresource = 'a'\nsplit = 'evenly'\nbetween = ['a', 'A']", 4, "twice"),
        ("[[rule]]\nresource = ''\nteam = 'a'", 2, "name in quotes"),
        ("[[rule]]\ntag = 'prod'\nteam = 'a'", 2, "key=value"),
        ("[[rule]]\nresource = 'a'\nteam = 'a'\n[[rule]]\nresuorce = 'a'", 5, "not a setting"),
        ("[[rule]]\nresource = 'a'\nteam = 'a'\nbetween = ['b']", 4, "belongs to a split"),
        ("[[rule]]\nresource = 'a'\nteam = 'a'\nretag = 1", 4, "true or false"),
        ("[rules]\na = 1", 1, "not a setting"),
        ("[[rule]\n", 1, "not TOML"),
    ],
)
def test_a_rules_file_that_cannot_be_used_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        parse_allocation(text, "allocation.toml")
    assert (refused.value.file, refused.value.line) == ("allocation.toml", line)


def test_rules_reach_synced_charges_by_project_workspace_and_key_and_change_without_a_sync(tmp_path: Path) -> None:
    from tools.ledger.sync.charge import Charge
    from tools.ledger.sync.into_ledger import replace_days

    def synced(seller: str, whose: str, cost: str, *tags: tuple[str, str]) -> Charge:
        amount = Decimal(cost)
        return Charge(
            date(2026, 9, 1), seller, seller.lower(), "API", "tokens", amount, amount, sub_account=whose, tags=tags
        )

    charges = [
        synced("OpenAI", "proj_search", "1", ("api_key_id", "key_1")),
        synced("OpenAI", "proj_other", "2", ("api_key_id", "key_2")),
        synced("Anthropic", "wrkspc_support", "4"),
        synced("Anthropic", "wrkspc_none", "8"),
    ]
    replace_days(tmp_path, "all/one", "Test", charges, Period.month(2026, 9))
    rules = (
        '[[rule]]\nproject = "proj_s*"\nteam = "search"\n[[rule]]\napi_key = "key_2"\nteam = "growth"\n'
        '[[rule]]\nworkspace = "wrkspc_support"\nteam = "support"\n'
    )

    def by_team() -> dict[object, object]:
        found = spend_by(Ledger(tmp_path), Scope(), EVERYTHING, date(2026, 10, 1), ("team",))
        assert found.table
        said.append(found.assumptions)
        return {row[0]: row[2] for row in found.table.rows}

    said: list[tuple[str, ...]] = []
    (tmp_path / "allocation.toml").write_text(rules)
    assert by_team() == {"untagged": 8, "support": 4, "growth": 2, "search": 1, "total": 15}
    assert "allocation.toml: 3 charges of the ledger given to teams by rule, not by tag." in said[0]
    (tmp_path / "allocation.toml").write_text(rules.replace('"support"', '"care"').replace("proj_s*", "proj_other"))
    assert by_team() == {"untagged": 9, "care": 4, "search": 2, "total": 15}


def test_what_is_split_by_spend_adds_up_for_charges_of_one_line_number(tmp_path: Path) -> None:
    from tools.ledger.sync.charge import Charge
    from tools.ledger.sync.into_ledger import replace_days

    for day in (1, 2):
        when = date(2026, 9, day)
        shared = Charge(when, "OpenAI", "openai", "API", "tokens", Decimal(day), Decimal(day))
        replace_days(tmp_path, "one/one", "Test", [shared], Period(when, date(2026, 9, day + 1)))
    rows = [charge("2026-09-03", "30", team="search"), charge("2026-09-03", "10", team="growth")]
    import_files(tmp_path, [write(tmp_path / "tagged.csv", rows)])
    (tmp_path / "allocation.toml").write_text('[[rule]]\nprovider = "OpenAI"\nsplit = "by spend"\n')
    found = spend_by(Ledger(tmp_path), Scope(), EVERYTHING, date(2026, 10, 1), ("team",))
    assert found.table
    # 1 and 2 are split 3 to 1 each: 2.25 and 0.75.
    assert [row[:3] for row in found.table.rows] == [
        ("search", "USD", Decimal("32.25")),
        ("growth", "USD", Decimal("10.75")),
        ("total", "USD", Decimal(43)),
    ]
