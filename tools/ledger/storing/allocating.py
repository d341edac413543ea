"""The ledger's rows with each allocated to the team that bears it: an expression over the stored rows, which stay.

A row that is split becomes one row a team. Each part is its share of the row to ten decimal places, the last team's is
what is left, so that the parts add up to the row to the last digit. A row that no rule fits keeps the team it has, or
none: what is untagged stays in sight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tools.ledger import columns as c
from tools.ledger.dimensions import DIMENSIONS
from tools.ledger.storing.allocation import Match, Rule
from tools.ledger.storing.opening import VIEW

DIVIDED = (*c.COSTS, c.CONSUMED_QUANTITY, c.PRICING_QUANTITY)
PLACES = 10
STORED_AS = "billed"
AMOUNT = f"decimal(38, {c.SCALE})"
TAGGED_AS = {
    "api_key": ("api_key", "api_key_id", "api_key_name", "api-key", "litellm_key"),
    "project": ("project", "project_id", "project_name"),
    "workspace": ("workspace", "workspace_id", "workspace_name"),
}
"""Where readers keep what FOCUS has no column for: as a tag, or as resource or sub-account."""
STANDS_FOR = {"api_key": "resource", "project": "sub_account", "workspace": "sub_account"}


def allocated(table: Any, rules: Sequence[Rule]) -> Any:
    """The rows of `table`, an ibis table of `columns.STORED`, with the rules applied; the same columns."""
    import ibis

    if not rules:
        return table
    rule = ibis.cases(*((_fits(table, one), place) for place, one in enumerate(rules)), else_=-1)
    ruled = table.mutate(x_rule=rule)
    split = [place for place, one in enumerate(rules) if one.team is None]
    whole = ruled.filter(ruled.x_rule.notin(split)) if split else ruled
    named = [(place, one.team) for place, one in enumerate(rules) if one.team is not None]
    if named:
        team = ibis.cases(*((whole.x_rule == place, name) for place, name in named), else_=whole[c.X_TEAM])
        key = ibis.cases(*((whole.x_rule == p, name.casefold()) for p, name in named), else_=whole[c.X_TEAM_KEY])
        whole = whole.mutate(**{c.X_TEAM: team, c.X_TEAM_KEY: key})
    whole = whole.select(c.STORED)
    pieces = [whole]
    for place in split:
        rows = ruled.filter(ruled.x_rule == place)
        pieces += _by_spend(rows, whole, rules[place]) if rules[place].by_spend else _by_shares(rows, rules[place])
    return ibis.union(*pieces, distinct=False) if len(pieces) > 1 else whole


def ruled(rules: Sequence[Rule]) -> Any:
    """How many stored rows a rule is for, where `allocate` has put the rules in force: an ibis expression."""
    import ibis

    table = ibis.table(c.ibis_types(), name=STORED_AS)
    fits = [_fits(table, rule) for rule in rules]
    return table.filter(ibis.or_(*fits)).count()


def allocate(database: Any, rules: Sequence[Rule], kind: str) -> None:
    """Puts the allocated rows in the place of the stored ones, in a DuckDB connection whose `charges` is a `kind`,
    TABLE or VIEW; the stored ones stay as `billed`."""
    import ibis

    if not rules:
        return
    database.execute(f"ALTER {kind} {VIEW} RENAME TO {STORED_AS}")
    rows = allocated(ibis.table(c.ibis_types(), name=STORED_AS), rules)
    database.execute(f"CREATE {kind} {VIEW} AS {ibis.to_sql(rows, dialect='duckdb')}")


def _fits(table: Any, rule: Rule) -> Any:
    fits = table[c.X_TEAM_KEY].isnull() if not rule.retag else table[c.X_DAY].notnull()
    for match in rule.matches:
        fits = fits & _like(table, match)
    return fits


def _like(table: Any, match: Match) -> Any:
    tags = (match.tag,) if match.tag else TAGGED_AS.get(match.field, ())
    texts = [table[c.X_TAGS].get(tag) for tag in tags]
    if match.tag is None:
        dimension = STANDS_FOR.get(match.field, match.field)
        texts += [table[name] for name in dict.fromkeys(DIMENSIONS[dimension].keys + DIMENSIONS[dimension].labels)]
    pattern = "|".join(_pattern(text) for text in match.patterns)
    fits = None
    for text in texts:
        found = text.lower().re_search(f"(?s)^(?:{pattern})$").fill_null(False)
        fits = found if fits is None else fits | found
    return fits


def _pattern(text: str) -> str:
    wild = {"*": ".*", "?": "."}
    return "".join(wild.get(letter) or re.escape(letter) for letter in text.lower())


def _by_shares(rows: Any, rule: Rule) -> list[Any]:
    """One copy of the rows a team, each with its part of the amounts."""
    import ibis

    pieces = []
    for place, (team, _) in enumerate(rule.shares):
        amounts = {}
        for name in DIVIDED:
            parts = [_part(rows[name], ibis.literal(float(share))) for _, share in rule.shares[:-1]]
            amounts[name] = parts[place] if place < len(parts) else _left(rows[name], parts)
        piece = rows.mutate(**amounts, **{c.X_TEAM: ibis.literal(team), c.X_TEAM_KEY: ibis.literal(team.casefold())})
        pieces.append(piece.select(c.STORED))
    return pieces


def _by_spend(rows: Any, whole: Any, rule: Rule) -> list[Any]:
    """The rows divided as the teams' own effective cost of the month and currency; those of a month in which no team
    has any stay without a team."""
    import ibis

    teams = whole.filter(whole[c.X_TEAM_KEY].notnull())
    if rule.between:
        teams = teams.filter(teams[c.X_TEAM_KEY].isin([team.casefold() for team in rule.between]))
    spent = teams.group_by(
        x_month=teams[c.X_DAY].truncate("M"), x_code=teams[c.BILLING_CURRENCY], x_key=teams[c.X_TEAM_KEY]
    ).agg(x_name=teams[c.X_TEAM].max(), x_spent=teams[c.EFFECTIVE_COST].sum())
    spent = spent.filter(spent.x_spent > 0)
    month = ibis.window(group_by=["x_month", "x_code"])
    weights = spent.mutate(
        x_weight=spent.x_spent.cast("float64") / spent.x_spent.sum().over(month).cast("float64"),
        x_place=ibis.row_number().over(ibis.window(group_by=["x_month", "x_code"], order_by="x_key")),
        x_teams=spent.count().over(month),
    )
    dated = rows.mutate(x_of=rows[c.X_DAY].truncate("M"), x_number=ibis.row_number())
    joined = dated.left_join(weights, [dated.x_of == weights.x_month, dated[c.BILLING_CURRENCY] == weights.x_code])
    last = joined.x_place == joined.x_teams - 1
    row = ibis.window(group_by="x_number")
    none = ibis.literal(Decimal(0)).cast(AMOUNT)
    parts = joined.mutate(
        **{f"p_{name}": last.ifelse(none, _part(joined[name], joined.x_weight)) for name in DIVIDED}, x_last=last
    )
    amounts = {
        name: parts.x_weight.isnull().ifelse(
            parts[name],
            parts.x_last.ifelse((parts[name] - parts[f"p_{name}"].sum().over(row)).cast(AMOUNT), parts[f"p_{name}"]),
        )
        for name in DIVIDED
    }
    team = {
        c.X_TEAM: ibis.coalesce(parts.x_name, parts[c.X_TEAM]),
        c.X_TEAM_KEY: ibis.coalesce(parts.x_key, parts[c.X_TEAM_KEY]),
    }
    return [parts.mutate(**amounts, **team).select(c.STORED)]


def _part(amount: Any, share: Any) -> Any:
    return (amount.cast("float64") * share).cast(f"decimal(38, {PLACES})").cast(AMOUNT)


def _left(amount: Any, parts: Sequence[Any]) -> Any:
    left = amount
    for part in parts:
        left = left - part
    return left.cast(AMOUNT)
