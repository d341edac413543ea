"""What spend can be split and filtered by: columns of the bill, tags that stand for what FOCUS has no column for, tags
of any name, and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tools.errors import Unknown
from tools.ledger import columns as c
from tools.ledger.naming.tag_keys import spellings

Grain = Literal["day", "week", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
STEPS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS_OF_WEEK = ("weekday", "weekend")
TAG = "tag:"
COMMITTED = "Committed"
CHARGED_FOR = "charged_for"
MODELS, MACHINES, ELSE = "models", "machines", "something else"
"""What a row is charged for: the use of a model that it names, a machine (ServiceCategory Compute), or neither."""
SUB_ACCOUNT = ((c.SUB_ACCOUNT_ID, c.SUB_ACCOUNT_NAME), (c.SUB_ACCOUNT_NAME, c.SUB_ACCOUNT_ID))


@dataclass(frozen=True, slots=True)
class Dimension:
    """`keys` are the places that identify a group, the first that is filled; `labels` those that name it to a person.
    A place is a column or, with `tag:` before it, a tag. Where all are empty, the sub-account of a provider in
    `sold_by` stands for it: a project at OpenAI, a workspace at Anthropic."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    sold_by: tuple[str, ...] = ()


def _tagged(*tags: str, named: tuple[str, ...] = (), sold_by: tuple[str, ...] = ()) -> Dimension:
    keys = tuple(TAG + tag for tag in tags)
    return Dimension(keys, (*(TAG + tag for tag in named), *keys), sold_by)


DIMENSIONS: dict[str, Dimension] = {
    "team": Dimension((c.X_TEAM_KEY,), (c.X_TEAM,)),
    "provider": Dimension((c.X_PROVIDER,), (c.X_PROVIDER,)),
    "service": Dimension((c.SERVICE_NAME,), (c.SERVICE_NAME,)),
    "model": Dimension((c.X_MODEL,), (c.X_MODEL,)),
    "account": Dimension(
        (c.BILLING_ACCOUNT_ID, c.BILLING_ACCOUNT_NAME), (c.BILLING_ACCOUNT_NAME, c.BILLING_ACCOUNT_ID)
    ),
    "sub_account": Dimension(*SUB_ACCOUNT),
    "project": _tagged(
        *("project_id", "project", "litellm_project"), named=("project_name",), sold_by=("OpenAI", "Google Cloud")
    ),
    "workspace": _tagged("workspace_id", "workspace", named=("workspace_name",), sold_by=("Anthropic",)),
    "api_key": _tagged("api_key_id", "api_key", "api-key", "litellm_key", named=("api_key_name", "api_key")),
    "user": _tagged("user_id", "user", "user_email", "litellm_end_user", named=("user_name", "user_email")),
    "region": Dimension((c.REGION_ID, c.REGION_NAME), (c.REGION_ID, c.REGION_NAME)),
    "charge_category": Dimension((c.CHARGE_CATEGORY,), (c.CHARGE_CATEGORY,)),
    "charge_class": Dimension((c.CHARGE_CLASS,), (c.CHARGE_CLASS,)),
    "service_category": Dimension((c.SERVICE_CATEGORY,), (c.SERVICE_CATEGORY,)),
    "pricing_category": Dimension((c.PRICING_CATEGORY,), (c.PRICING_CATEGORY,)),
    "commitment": Dimension((c.COMMITMENT_ID, c.COMMITMENT_NAME), (c.COMMITMENT_NAME, c.COMMITMENT_ID)),
    "commitment_type": Dimension((c.COMMITMENT_TYPE,), (c.COMMITMENT_TYPE,)),
    "commitment_status": Dimension((c.COMMITMENT_STATUS,), (c.COMMITMENT_STATUS,)),
    "resource_type": Dimension((c.RESOURCE_TYPE,), (c.RESOURCE_TYPE,)),
    "resource": Dimension((c.RESOURCE_ID, c.RESOURCE_NAME), (c.RESOURCE_NAME, c.RESOURCE_ID)),
    "description": Dimension((c.CHARGE_DESCRIPTION,), (c.CHARGE_DESCRIPTION,)),
    "sku": Dimension((c.SKU_ID, c.SKU_METER), (c.SKU_METER, c.SKU_ID)),
}
LARGE = frozenset({"resource", "sku", "user", "api_key", "description"})
"""Dimensions of which there may be millions of values: looked up one by one, never listed whole."""
TIMES = (*GRAINS, "day_of_week", "part_of_week")
OF_ONE_TEAM = frozenset({"team", "sub_account", "project", "workspace", "api_key", "user", "resource", "description"})


def dimension_named(name: str) -> str:
    """The dimension's own spelling. Unknown, with all that there are, for any other name."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_") if not name.startswith(TAG) else name
    if plain.startswith(TAG) and len(plain) > len(TAG):
        key = plain[len(TAG) :].strip().casefold()
        return "team" if key == "team" else TAG + key
    if plain in DIMENSIONS or plain in TIMES or plain == CHARGED_FOR:
        return plain
    known = (*DIMENSIONS, "tag:KEY")
    raise Unknown(f"Spend cannot be split by {name!r}; it can by {', '.join(known)}.", known)


def spelled(dimension: str) -> tuple[str, ...]:
    """The dimension, a tag in every spelling of its key."""
    return tuple(TAG + k for k in spellings(dimension[len(TAG) :])) if dimension.startswith(TAG) else (dimension,)


def title(dimension: str) -> str:
    """The dimension as a table's heading."""
    if dimension.startswith(TAG):
        return f"Tag {dimension[len(TAG) :]}"
    own = {"sku": "SKU", "sub_account": "Sub-account", "api_key": "API key", "account": "Billing account"}
    return own.get(dimension, dimension.replace("_", " ").capitalize())


def missing(dimension: str) -> str:
    """How the group without a value is called."""
    if dimension == "model":
        return "no model named"
    return "untagged" if dimension == "team" or dimension.startswith(TAG) else "unknown"


def singles_out(dimension: str) -> bool:
    """Whether a filter or split by it shows one team's spend: team itself, any tag, and what belongs to one team."""
    return dimension in OF_ONE_TEAM or dimension.startswith(TAG)


def key(table: Any, dimension: str) -> Any:
    """The ibis expression that identifies a row's group; null where it has none."""
    if dimension in TIMES:
        return _time(table[c.X_DAY], dimension)
    if dimension.startswith(TAG):
        return _tag(table, dimension).lower()
    if dimension == "pricing_category":
        return _pricing(table)
    if dimension == CHARGED_FOR:
        return _charged_for(table)
    found = DIMENSIONS[dimension]
    return _first(table, found.keys, found.sold_by, SUB_ACCOUNT[0])


def label(table: Any, dimension: str) -> Any:
    """The ibis expression that names a row's group to a person."""
    if dimension in TIMES or dimension in ("pricing_category", CHARGED_FOR):
        return key(table, dimension)
    if dimension.startswith(TAG):
        return _tag(table, dimension)
    found = DIMENSIONS[dimension]
    return _first(table, found.labels, found.sold_by, SUB_ACCOUNT[1])


def in_sql(dimension: str) -> tuple[str, str]:
    """`key` and `label` as DuckDB SQL, for what is summed up without ibis."""
    if dimension.startswith(TAG):
        raise ValueError(dimension)
    if dimension == "pricing_category":
        of_commitment = f"CASE WHEN {c.COMMITMENT_ID} IS NOT NULL THEN '{COMMITTED}' ELSE {c.PRICING_CATEGORY} END"
        return of_commitment, of_commitment
    found = DIMENSIONS[dimension]
    return tuple(  # type: ignore[return-value]
        _first_in_sql(places, found.sold_by, own)
        for places, own in zip((found.keys, found.labels), SUB_ACCOUNT, strict=True)
    )


def _time(day: Any, dimension: str) -> Any:
    if dimension == "day":
        return day
    if dimension in STEPS:
        return day.truncate(STEPS[dimension])
    number = day.day_of_week.index()
    return number if dimension == "day_of_week" else (number >= 5).ifelse(1, 0)


def _pricing(table: Any) -> Any:
    """Committed, too, what a commitment was bought for: FOCUS puts the purchase itself among standard charges."""
    return table[c.COMMITMENT_ID].notnull().ifelse(COMMITTED, table[c.PRICING_CATEGORY])


def _charged_for(table: Any) -> Any:
    import ibis

    compute = table[c.SERVICE_CATEGORY].lower() == "compute"
    return ibis.cases((table[c.X_MODEL].notnull(), MODELS), (compute.fill_null(False), MACHINES), else_=ELSE)


def _tag(table: Any, dimension: str) -> Any:
    """The value of a tag, under whichever spelling of its key a row has it."""
    import ibis

    found = [table[c.X_TAGS].get(name) for name in spellings(dimension[len(TAG) :])]
    return found[0] if len(found) == 1 else ibis.coalesce(*found)


def _first(table: Any, places: Sequence[str], sold_by: Sequence[str], own: Sequence[str]) -> Any:
    import ibis

    found = [table[c.X_TAGS].get(name[len(TAG) :]) if name.startswith(TAG) else table[name] for name in places]
    if sold_by:
        stands = ibis.coalesce(*(table[name] for name in own))
        found.append(table[c.X_PROVIDER].isin(sold_by).ifelse(stands, ibis.null().cast("string")))
    return found[0] if len(found) == 1 else ibis.coalesce(*found)


def _first_in_sql(places: Sequence[str], sold_by: Sequence[str], own: Sequence[str]) -> str:
    found = [f"{c.X_TAGS}['{name[len(TAG) :]}']" if name.startswith(TAG) else name for name in places]
    if sold_by:
        sellers = ", ".join(f"'{name}'" for name in sold_by)
        found.append(f"CASE WHEN {c.X_PROVIDER} IN ({sellers}) THEN coalesce({', '.join(own)}) END")
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
