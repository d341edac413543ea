"""Values that a question names -> the filter on the ledger's rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.errors import Denied, Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import CHARGED_FOR, PARTS_OF_WEEK, WEEKDAYS, dimension_named, key, label, missing
from tools.ledger.known import listed_whole, model_snapshots, named_values, unknown_value
from tools.ledger.ledger import Ledger
from tools.ledger.naming.charge_kinds import KIND, MEANT, is_of, kind_named
from tools.ledger.naming.model_names import stated
from tools.ledger.scope import UNTAGGED_WORDS
from tools.ledger.storing.classify import provider
from tools.results import listed

CURRENCY = "currency"
AI = "ai"
"""What a filter by AI spend is called; its values are yes and no."""
SPOKEN = {("pricing_category", "Standard"): "on demand", ("pricing_category", "Dynamic"): "spot"}
"""What people call what FOCUS names otherwise."""
NOT_YOURS = "You may not see the spend of a team asked for here."

CHARGED = "Models are the charges that name a model; machines are those of the service category Compute that name none."
NUMBERED = {"day_of_week": WEEKDAYS, "part_of_week": PARTS_OF_WEEK}


def filter_named(name: str) -> str:
    """The own spelling of what can be filtered by: a dimension, the kind of charge, or whether it is AI spend."""
    plain = name.strip().casefold()
    return plain if plain in (KIND, AI, CURRENCY) else dimension_named(name)


def condition(
    ledger: Ledger, table: Any, audience: Audience, name: str, values: Sequence[str]
) -> tuple[Any, list[str], list[str]]:
    """The filter for these values of a dimension, how they are called, and what was assumed. Unknown for a value that
    nothing visible has; Denied for a team that may not be seen, whether or not it exists."""
    if name == CURRENCY:
        codes = [value.strip().upper() for value in values]
        return table[c.BILLING_CURRENCY].isin(codes), [f"bills in {listed(codes)}"], []
    if name == AI:
        wanted_ai = [value.strip().casefold() == "yes" for value in values]
        return table[c.X_AI].isin(wanted_ai), ["AI spend" if yes else "what is no AI spend" for yes in wanted_ai], []
    if name == KIND:
        kinds = [kind_named(value) for value in values]
        return is_of(table, kinds), kinds, [MEANT[kind] for kind in kinds if kind in MEANT]
    if name == CHARGED_FOR:
        return key(table, name).isin(list(values)), [f"{value} alone" for value in values], [CHARGED]
    if name in NUMBERED:
        days = [_numbered(name, value) for value in values]
        return key(table, name).isin(days), [f"{NUMBERED[name][day]}s" for day in days], []
    identity = key(table, name)
    wanted, shown, said = [], [], []
    nothing, snapshots = False, []
    for value in values:
        plain = (value or "").strip()
        if plain.casefold() in UNTAGGED_WORDS and (
            not plain or plain.casefold() not in named_values(ledger, audience, name)
        ):
            if name == "team" and audience.teams is not None:
                raise Denied(NOT_YOURS)
            nothing = True
            shown.append(missing(name) if missing(name) == "untagged" else f"no {name.replace('_', ' ')}")
            continue
        if name == "team" and not audience.may_see(plain):
            raise Denied(NOT_YOURS)
        snapshot = _snapshot(ledger, audience, plain) if name == "model" else None
        if snapshot:
            snapshots.append(snapshot)
            shown.append(snapshot)
            continue
        meant, called = _identities(ledger, table, audience, name, plain)
        wanted += meant
        shown.append(SPOKEN.get((name, called), called))
        if name == "model" and (dated := model_snapshots(ledger, audience).get(meant[0])):
            said.append(f"{called} includes what was billed as {listed(dated)}.")
    condition = identity.isin(wanted) if wanted else None
    for other in ([table[c.X_SNAPSHOT].isin(snapshots)] if snapshots else []) + (
        [identity.isnull()] if nothing else []
    ):
        condition = other if condition is None else condition | other
    if condition is None:
        raise Unknown(f"No value was given for {name.replace('_', ' ')}.")
    return condition, shown, said


def any_of(conditions: Sequence[Any]) -> Any:
    """The filter for the rows that meet at least one of these; a row that cannot be held against one does not meet
    it."""
    met = conditions[0].fill_null(False)
    for other in conditions[1:]:
        met = met | other.fill_null(False)
    return met


def _numbered(name: str, value: str) -> int:
    """The number of a day, or a part, of the week: `Monday` and `mondays` are 0."""
    plain = value.strip().casefold().removesuffix("s")
    for number, called in enumerate(NUMBERED[name]):
        if plain == called.casefold():
            return number
    raise Unknown(f"{value!r} is no {name.replace('_', ' ')}; there are {listed(NUMBERED[name])}.", NUMBERED[name])


def _snapshot(ledger: Ledger, audience: Audience, value: str) -> str | None:
    dated = stated(value).snapshot
    every = {name for names in model_snapshots(ledger, audience).values() for name in names}
    return dated if dated in every else None


def _identities(ledger: Ledger, table: Any, audience: Audience, name: str, value: str) -> tuple[list[str], str]:
    """What identifies the groups called `value`, several where they share a name (of many SKUs the meter says only
    `Compute hours`), and its own spelling. Unknown with the nearest visible names."""
    if not listed_whole(ledger, name):
        columns = (key(table, name), label(table, name))
        query = table.filter((columns[0].lower() == value.lower()) | (columns[1].lower() == value.lower()))
        found = ledger.rows(query.select(k=key(query, name), l=label(query, name)).distinct())
        if exact := [str(k) for k, _ in found if str(k).lower() == value.lower()]:
            return exact, exact[0]
        if found:
            return sorted({str(k) for k, _ in found}), min(str(shown) for _, shown in found)
    known = named_values(ledger, audience, name)
    readings = {value.casefold()}
    if name == "provider":
        readings.add(provider(value).casefold())
    if name == "model":
        readings.add(stated(value).model)
    for identity, shown in known.items():
        if identity.casefold() in readings or shown.casefold() in readings:
            return [identity], shown
    raise unknown_value(name, value, list(known.values()))
