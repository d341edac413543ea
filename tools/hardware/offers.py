"""Rents and purchase prices on record, each with its source and the day it was seen."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast, get_args

from tools.errors import BadInput
from tools.hardware.accelerator import Accelerator

PricingModel = Literal["on_demand", "spot", "reserved_1y", "reserved_3y"]
COLUMNS = (
    "ProviderName",
    "RegionId",
    "InstanceType",
    "x_Accelerator",
    "x_MemoryGB",
    "x_Form",
    "x_AcceleratorCount",
    "x_PricingModel",
    "x_UsdPerAcceleratorHour",
    "x_ObservedOn",
    "x_Source",
    "x_Note",
)
HYPERSCALERS = ("AWS", "Azure", "Google Cloud", "Oracle Cloud")
STALE_AFTER = timedelta(180)
SUPERSEDED_AFTER = timedelta(90)
USER_TABLE = Path("hardware") / "rent_offers.csv"


@dataclass(frozen=True, slots=True)
class Offer:
    """`usd_per_hour` is for one accelerator; they are rented `per_instance` at a time. An empty region means that the
    provider has one price everywhere. `observed_on` None is a day that the source does not tell."""

    provider: str
    region: str
    instance: str
    model: str
    memory_gb: int
    form: str
    per_instance: int
    pricing_model: PricingModel
    usd_per_hour: Decimal
    observed_on: date | None
    source: str
    note: str = ""

    @property
    def accelerator(self) -> Accelerator:
        return Accelerator(self.model, self.memory_gb, self.form)

    def is_stale(self, today: date) -> bool:
        return self.observed_on is None or today - self.observed_on > STALE_AFTER

    def row(self) -> tuple[str, ...]:
        """The cells of COLUMNS, in order: the fields are declared in the same order."""
        return tuple("" if value is None else str(value) for value in astuple(self))


@dataclass(frozen=True, slots=True)
class Sale:
    """A price at which an accelerator was offered for sale, per accelerator, in USD."""

    model: str
    memory_gb: int
    form: str
    sold_as: str
    usd: Decimal
    observed_on: date
    source: str


def load_offers(home: Path | None = None) -> tuple[Offer, ...]:
    """The packaged rents, and over them the user's own table under `home`: where it prices an accelerator at a provider
    in some pricing model, the packaged rows of that are dropped. BadInput names a row that cannot be used."""
    packaged = _packaged_offers()
    table = home / USER_TABLE if home else None
    if table is None or not table.exists():
        return packaged
    own = read_offers(table.read_text(encoding="utf-8").splitlines(), str(table))
    renewed = {(offer.provider, offer.model, offer.pricing_model) for offer in own}
    kept = (offer for offer in packaged if (offer.provider, offer.model, offer.pricing_model) not in renewed)
    return (*own, *kept)


def read_offers(lines: Iterable[str], file: str) -> tuple[Offer, ...]:
    return tuple(_offer(row, file, line) for line, row in enumerate(csv.DictReader(lines), 2))


def matching(offers: Iterable[Offer], accelerator: Accelerator, today: date) -> list[Offer]:
    """The offers of this accelerator that were known on `today`, without those that the provider has since renewed."""
    found = [
        offer
        for offer in offers
        if accelerator.covers(offer.model, offer.memory_gb, offer.form)
        and (offer.observed_on is None or offer.observed_on <= today)
    ]
    newest: dict[tuple[str, str], date] = {}
    for offer in found:
        if offer.observed_on:
            kind = (offer.provider, offer.pricing_model)
            newest[kind] = max(newest.get(kind, offer.observed_on), offer.observed_on)
    return [offer for offer in found if not _superseded(offer, newest.get((offer.provider, offer.pricing_model)))]


@cache
def packaged_sales() -> tuple[Sale, ...]:
    lines = files("tools.hardware").joinpath("purchase_prices.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Sale(
            row["x_Accelerator"],
            int(row["x_MemoryGB"]),
            row["x_Form"],
            row["x_SoldAs"],
            Decimal(row["x_UsdPerAccelerator"]),
            date.fromisoformat(row["x_ObservedOn"]),
            row["x_Source"],
        )
        for row in csv.DictReader(lines)
    )


@cache
def _packaged_offers() -> tuple[Offer, ...]:
    text = files("tools.hardware").joinpath("rent_offers.csv").read_text(encoding="utf-8")
    return read_offers(text.splitlines(), "rent_offers.csv")


def _superseded(offer: Offer, newest: date | None) -> bool:
    if newest is None:
        return False
    return offer.observed_on is None or newest - offer.observed_on > SUPERSEDED_AFTER


def _offer(row: dict[str, str], file: str, line: int) -> Offer:
    if missing := [name for name in COLUMNS if row.get(name) is None]:
        raise BadInput("the column is missing", file=file, line=line, column=missing[0])
    try:
        price = Decimal(row["x_UsdPerAcceleratorHour"])
    except InvalidOperation:
        price = Decimal(0)
    if not price.is_finite() or price <= 0:
        raise BadInput(
            f"{row['x_UsdPerAcceleratorHour']!r} is not a price above zero",
            file=file,
            line=line,
            column="x_UsdPerAcceleratorHour",
        )
    if row["x_PricingModel"] not in get_args(PricingModel):
        raise BadInput(f"unknown {row['x_PricingModel']!r}", file=file, line=line, column="x_PricingModel")
    try:
        return Offer(
            row["ProviderName"],
            row["RegionId"],
            row["InstanceType"],
            row["x_Accelerator"],
            int(row["x_MemoryGB"]),
            row["x_Form"],
            int(row["x_AcceleratorCount"]),
            cast(PricingModel, row["x_PricingModel"]),
            price,
            date.fromisoformat(row["x_ObservedOn"]) if row["x_ObservedOn"] else None,
            row["x_Source"],
            row["x_Note"],
        )
    except ValueError as error:
        raise BadInput(f"the row cannot be read: {error}", file=file, line=line) from None


def by_price(offers: Sequence[Offer]) -> list[Offer]:
    return sorted(offers, key=lambda offer: (offer.usd_per_hour, offer.per_instance, offer.provider, offer.region))


def provider_key(name: str) -> str:
    """A provider's name folded: `GCP`, `google` and `Google Cloud` are one."""
    folded = " ".join(name.casefold().split())
    return ALIASES.get(folded, folded)


ALIASES = {
    "amazon": "aws",
    "amazon web services": "aws",
    "microsoft": "azure",
    "microsoft azure": "azure",
    "gcp": "google cloud",
    "google": "google cloud",
    "oci": "oracle cloud",
    "oracle": "oracle cloud",
    "lambda labs": "lambda",
    "datacrunch": "verda",
    "crusoe cloud": "crusoe",
    "vast": "vast.ai",
}
