"""A plain CSV read by a mapping file, in TOML, that says what its columns are.

[columns]                     # our word = the file's column
date = "Day"                  # or start, and end (exclusive)
cost = "Amount"               # billed and effective alike; or billed and effective, each its own column
currency = "Cur"
provider = "Vendor"
service = "Product"
model = "Model"
team = "Cost center"
description = "Text"
account = "Contract"
input_tokens = "In"           # also cached_input_tokens, output_tokens, tokens, quantity, unit
[values]                      # the same for every row, instead of a column
currency = "EUR"
[tags]                        # tag = column
project = "Project"
[format]
date = "%d.%m.%Y"             # else ISO 8601 only: 03/04/2026 is not guessed at
timezone = "Europe/Berlin"    # of dates with a time; else UTC
decimal = ","                 # and thousands = "."
cost_unit = "cents"           # else "units", such as dollars
input_includes_cached = true  # needed beside cached_input_tokens
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tools.errors import BadInput
from tools.results import listed

COLUMNS = (
    *("date", "start", "end", "cost", "billed", "effective", "list", "currency", "provider", "service", "category"),
    *("model", "team", "description", "account", "region", "resource"),
    *("input_tokens", "cached_input_tokens", "output_tokens", "tokens", "quantity", "unit"),
)
FIXED = ("currency", "provider", "service", "category", "model", "team", "account", "description")
FORMAT = ("date", "timezone", "decimal", "thousands", "cost_unit", "input_includes_cached")
SECTIONS = ("columns", "values", "tags", "format")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping file says, checked. `minor` is 100 for costs in cents, else 1."""

    columns: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    date_form: str | None = None
    zone: ZoneInfo | None = None
    decimal: str = "."
    thousands: str = ""
    minor: int = 1
    input_includes_cached: bool = False


def read_mapping(path: Path) -> Mapped:
    """The mapping of a TOML file. BadInput, naming the file and the key, for anything in it that is not understood or
    that leaves the date, the cost, the currency or the provider unsaid."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput("There is no such mapping file.", file=str(path)) from None
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"The mapping file is not readable TOML ({error}).", file=path.name) from None
    for section, known in zip(SECTIONS, (COLUMNS, FIXED, None, FORMAT), strict=True):
        _checked(path, section, found.get(section, {}), known)
    if strange := [name for name in found if name not in SECTIONS]:
        raise BadInput(f"A mapping has the parts {listed(SECTIONS)}, not {strange[0]!r}.", file=path.name)
    columns, values, form = found.get("columns", {}), found.get("values", {}), found.get("format", {})
    if both := sorted(set(columns) & set(values)):
        raise BadInput("It is given as a column and as a value; give one of the two.", file=path.name, column=both[0])
    _complete(path, columns, values, form)
    return Mapped(
        columns,
        values,
        found.get("tags", {}),
        form.get("date"),
        _zone(path, form.get("timezone")),
        form.get("decimal", "."),
        form.get("thousands", ""),
        100 if form.get("cost_unit") == "cents" else 1,
        bool(form.get("input_includes_cached")),
    )


def _checked(path: Path, section: str, part: Any, known: tuple[str, ...] | None) -> None:
    if not isinstance(part, dict):
        raise BadInput(f"[{section}] must be a table of names.", file=path.name)
    for name, value in part.items():
        if known is not None and name not in known:
            raise BadInput(f"[{section}] has no {name!r}; it may have {listed(known, 30)}.", file=path.name)
        wanted = bool if name == "input_includes_cached" else str
        if not isinstance(value, wanted) or value == "":
            raise BadInput(
                f"[{section}] {name} must be {'true or false' if wanted is bool else 'a text'}.", file=path.name
            )


def _complete(path: Path, columns: dict[str, str], values: dict[str, str], form: dict[str, Any]) -> None:
    def refused(why: str, column: str) -> BadInput:
        return BadInput(why, file=path.name, column=column)

    if ("date" in columns) == ("start" in columns):
        raise refused("Say which column is the date: either `date`, or `start`.", "date")
    if ("cost" in columns) == ("billed" in columns or "effective" in columns):
        raise refused("Say which column is the cost: either `cost`, or `billed` and `effective`.", "cost")
    if "cost" not in columns and not ("billed" in columns and "effective" in columns):
        raise refused("Give `billed` and `effective` both; one does not stand for the other.", "effective")
    for name in ("currency", "provider"):
        if name not in columns and name not in values:
            raise refused(f"Say the {name}, as a column under [columns] or once under [values].", name)
    if form.get("decimal", ".") not in (".", ",") or form.get("thousands", "") not in ("", ",", ".", "'", " "):
        raise refused("`decimal` is a point or a comma; `thousands` one of , . ' or a space.", "format")
    if form.get("decimal", ".") == form.get("thousands"):
        raise refused("`decimal` and `thousands` cannot be the same mark.", "format")
    if form.get("cost_unit", "units") not in ("units", "cents"):
        raise refused('`cost_unit` is "units" or "cents".', "format")
    if "cached_input_tokens" in columns and "input_tokens" in columns and "input_includes_cached" not in form:
        raise refused("Say under [format] whether `input_includes_cached` is true or false.", "cached_input_tokens")
    if "tokens" in columns and {"input_tokens", "output_tokens", "cached_input_tokens"} & set(columns):
        raise refused("`tokens` is for a total alone; leave it out beside input and output tokens.", "tokens")
    if ("quantity" in columns) != ("unit" in columns):
        raise refused("`quantity` needs its `unit`, and the other way round.", "quantity")


def _zone(path: Path, name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        raise BadInput(f"{name!r} is not a time zone such as Europe/Berlin.", file=path.name) from None
