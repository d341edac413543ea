"""What every reader yields, and where a file's columns are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tools.errors import BadInput
from tools.ledger.columns import HOST_PROVIDER_NAME, INVOICE_ISSUER_NAME, PROVIDERS, READ, REQUIRED

Cell = str | Decimal | datetime | tuple[tuple[str, str], ...] | None
"""A CSV gives text; Parquet may give a decimal, a moment in UTC, or tags as pairs."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """Line in its file, and the cells of the columns found, in the order of `Export.columns`."""

    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out, and why in words."""

    line: int
    why: str


@dataclass(slots=True)
class Export:
    """A recognised file, open for reading once. `columns` are FOCUS names; `rows` yields good and skipped rows in file
    order; `read_bytes` grows while they are read, towards `total_bytes`."""

    file: str
    format: str
    columns: tuple[str, ...]
    rows: Iterator[RawRow | Skipped]
    total_bytes: int = 0
    read_bytes: int = 0
    notes: list[str] = field(default_factory=list)


def focus_columns(file: str, header: Sequence[str]) -> Mapping[str, int]:
    """Where each column we read stands in `header` (any case, underscores allowed). BadInput when a column without
    which nothing adds up is missing, or stands there twice."""
    known = {_plain(name): name for name in READ}
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        name = known.get(_plain(title))
        if name is None:
            continue
        if name in places:
            raise BadInput("The column is in the header twice; its values are ambiguous.", file=file, column=name)
        places[name] = place
    for name in REQUIRED:
        if name not in places:
            raise BadInput("This mandatory FOCUS column is missing, so nothing was imported.", file=file, column=name)
    if not any(name in places for name in (*PROVIDERS, HOST_PROVIDER_NAME, INVOICE_ISSUER_NAME)):
        raise BadInput(
            "Neither ProviderName nor ServiceProviderName is there, so nothing was imported.",
            file=file,
            column=PROVIDERS[-1],
        )
    return places


def focus_signs(header: Sequence[str]) -> int:
    """How many of the columns that only FOCUS has are in the header."""
    signs = {
        "billedcost",
        "effectivecost",
        "chargeperiodstart",
        "billingperiodstart",
        "chargecategory",
        "contractedcost",
    }
    return len(signs & {_plain(title) for title in header})


def other_focus_dataset(header: Sequence[str]) -> str | None:
    """The name of another dataset of FOCUS (since 1.3), whose columns are not charges."""
    plain = {_plain(title) for title in header}
    return "Contract Commitment" if {"contractcommitmentid", "contractcommitmentcategory"} <= plain else None


SINCE = {
    "1.3": (
        *("serviceprovidername", "hostprovidername", "contractapplied", "allocatedmethodid", "allocatedmethoddetails"),
        *("allocatedresourceid", "allocatedresourcename", "allocatedtags"),
    ),
    "1.2": (
        *("invoiceid", "billingaccounttype", "subaccounttype", "pricingcurrency", "pricingcurrencylistunitprice"),
        *("pricingcurrencycontractedunitprice", "pricingcurrencyeffectivecost"),
    ),
    "1.1": (
        *("skumeter", "skupricedetails", "servicesubcategory", "capacityreservationid", "capacityreservationstatus"),
        *("commitmentdiscountquantity", "commitmentdiscountunit"),
    ),
}
"""The columns that each FOCUS version brought; a provider may leave most of them out."""


def focus_version(header: Sequence[str]) -> str:
    """The FOCUS version that the columns tell, or the span of those that they may be of, `1.0-1.2`. From 1.3 on the
    service provider's column must be there; 1.4 is told by what it took away, ProviderName and PublisherName."""
    plain = {_plain(title) for title in header}
    if "serviceprovidername" in plain and not plain & {"providername", "publishername"}:
        return "1.4"
    earliest = next((version for version, brought in SINCE.items() if plain & set(brought)), "1.0")
    return earliest if earliest in ("1.2", "1.3") else f"{earliest}-1.2"


def _plain(title: str) -> str:
    return re.sub(r"[\s_]", "", title).casefold()
