"""Renewing the rents from SkyPilot's public catalogue (Apache-2.0), one CSV a cloud."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tools.errors import BadInput, Unknown
from tools.hardware.names import find_accelerator
from tools.hardware.offers import COLUMNS, USER_TABLE, Offer, PricingModel, read_offers
from tools.hardware.specification import specification

NEEDED = ("InstanceType", "AcceleratorName", "AcceleratorCount", "Price", "Region", "SpotPrice")
CATALOGUE = "https://raw.githubusercontent.com/skypilot-org/skypilot-catalog/master/catalogs/v8"
CLOUDS = {
    "aws": "AWS",
    "azure": "Azure",
    "gcp": "Google Cloud",
    "oci": "Oracle Cloud",
    "lambda": "Lambda",
    "runpod": "RunPod",
    "nebius": "Nebius",
    "cudo": "CUDO Compute",
    "hyperstack": "Hyperstack",
    "vast": "Vast.ai",
    "verda": "Verda",
}
_TPU_SLICE = re.compile(r"tpu-(v\d\w*?)(?:litepod)?-(\d+)$", re.I)
_TWO_CORES_A_CHIP = ("v2", "v3", "v4", "v5p")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`offers` were written to `table`; `skipped` counts rows without a known accelerator or without a price."""

    table: Path
    offers: int
    skipped: int


def refresh_rents(sources: Mapping[str, str], fetch: Callable[[str], str], home: Path, today: date) -> Refreshed:
    """Reads each cloud's CSV (`sources` maps a cloud to a path or URL that `fetch` turns into text) and puts its offers
    in the place of that cloud's in the user's table under `home`, in one step; other providers' rows stay. Nothing is
    written when a file cannot be used or holds no offer.

    Prices are per instance in the file and per accelerator in the table. A row without an instance is the price of the
    chips alone, to which a host's is added: it is left out. BadInput names the file and the line.
    """
    offers: dict[tuple[str, ...], Offer] = {}
    skipped = 0
    for cloud, location in sources.items():
        before = len(offers)
        for offer in _offers(fetch(location), cloud, location, today):
            if offer is None:
                skipped += 1
                continue
            key = (offer.provider, offer.region, offer.instance, offer.model, offer.pricing_model)
            if key not in offers or offer.usd_per_hour < offers[key].usd_per_hour:
                offers[key] = offer
        if len(offers) == before:
            raise BadInput("no offer of a known accelerator is in it", file=location)
    table = home / USER_TABLE
    renewed = {offer.provider for offer in offers.values()}
    former = read_offers(table.read_text(encoding="utf-8").splitlines(), str(table)) if table.exists() else ()
    kept = [offer for offer in former if offer.provider not in renewed]
    table.parent.mkdir(parents=True, exist_ok=True)
    half = table.with_suffix(".part")
    with half.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(offer.row() for offer in (*kept, *offers.values()))
    half.replace(table)
    return Refreshed(table, len(offers), skipped)


def catalogue_address(cloud: str, base: str = CATALOGUE) -> str:
    """Where the catalogue has one cloud's prices. Unknown for a cloud that it does not have."""
    if cloud.casefold() not in CLOUDS:
        raise Unknown(f"There is no price list of {cloud!r}; there are {', '.join(CLOUDS)}.", list(CLOUDS))
    return f"{base.rstrip('/')}/{cloud.casefold()}/vms.csv"


def _offers(text: str, cloud: str, location: str, today: date) -> Iterator[Offer | None]:
    reader = csv.DictReader(text.splitlines())
    if missing := [name for name in NEEDED if name not in (reader.fieldnames or ())]:
        raise BadInput("the column is missing", file=location, line=1, column=missing[0])
    for line, row in enumerate(reader, 2):
        if not row["AcceleratorName"] or not row["InstanceType"]:
            continue
        for column, kind in (("Price", "on_demand"), ("SpotPrice", "spot")):
            if row[column]:
                yield _offer(row, column, kind, cloud, location, line, today)  # type: ignore[arg-type]


def _offer(
    row: Mapping[str, str], column: str, kind: PricingModel, cloud: str, location: str, line: int, today: date
) -> Offer | None:
    try:
        price, count = Decimal(row[column]), Decimal(row["AcceleratorCount"] or 0)
    except InvalidOperation:
        raise BadInput(f"{row[column]!r} is not a price", file=location, line=line, column=column) from None
    if not price.is_finite() or price <= 0 or count < 1 or count != int(count):
        return None
    name, per_instance = row["AcceleratorName"], int(count)
    if tpu := _TPU_SLICE.match(name):
        cores = int(tpu[2])
        per_instance *= max(cores // 2, 1) if tpu[1].lower() in _TWO_CORES_A_CHIP else cores
        name = name[: tpu.start(2) - 1]
    try:
        accelerator = find_accelerator(name.replace("_", " "))
        known = specification(accelerator)
    except Unknown:
        return None
    return Offer(
        CLOUDS.get(cloud.casefold(), cloud),
        row["Region"],
        row["InstanceType"],
        accelerator.model,
        accelerator.memory_gb or known.accelerator.memory_gb,
        accelerator.form or known.accelerator.form,
        per_instance,
        kind,
        price / per_instance,
        today,
        f"SkyPilot catalogue, {location}",
    )
