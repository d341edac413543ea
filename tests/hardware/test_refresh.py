"""Renewing the rents from a SkyPilot catalogue; the files are made here."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tools.errors import BadInput
from tools.hardware.names import find_accelerator
from tools.hardware.offers import USER_TABLE, load_offers
from tools.hardware.refresh import refresh_rents
from tools.hardware.rent import rent_price

TODAY = date(2026, 11, 23)
HEADER = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,GpuInfo,SpotPrice,AvailabilityZone"
AWS = f"""{HEADER}
p5.48xlarge,H100,8,192,2048,40.00,us-east-1,,16.00,us-east-1a
p5.48xlarge,H100,8,192,2048,40.00,us-east-1,,12.00,us-east-1b
p4de.24xlarge,A100-80GB,8,96,1152,24.00,us-east-1,,,us-east-1a
m5.large,,,2,8,0.096,us-east-1,,,us-east-1a
g9.new,X900,1,4,16,1.00,us-east-1,,,us-east-1a
p5.4xlarge,H100,1,16,256,,us-east-1,,0,us-east-1a
"""
GCP = f"""{HEADER}
TPU-VM,tpu-v6e-8,1,,,21.60,us-east1,,,us-east1-a
TPU-VM,tpu-v5p-8,1,,,16.80,us-east5,,,us-east5-a
TPU-VM,tpu-v5litepod-4,1,,,4.80,us-central1,,,us-central1-a
"""


def files(**texts: str) -> Callable[[str], str]:
    return lambda location: texts[location.removesuffix(".csv")]


def test_instance_prices_become_prices_of_one_accelerator(tmp_path: Path) -> None:
    done = refresh_rents({"aws": "aws.csv", "gcp": "gcp.csv"}, files(aws=AWS, gcp=GCP), tmp_path, TODAY)
    assert done.offers == 6
    assert done.skipped == 2  # the unknown accelerator, and a spot price of nothing
    prices = {
        (offer.provider, offer.model, offer.pricing_model): offer.usd_per_hour
        for offer in load_offers(tmp_path)
        if offer.observed_on == TODAY
    }
    assert prices == {
        ("AWS", "H100", "on_demand"): Decimal("5"),  # 40 / 8
        ("AWS", "H100", "spot"): Decimal("1.5"),  # the cheaper zone: 12 / 8
        ("AWS", "A100", "on_demand"): Decimal("3"),
        ("Google Cloud", "TPU v6e", "on_demand"): Decimal("2.7"),  # 21.60 / 8 chips
        ("Google Cloud", "TPU v5p", "on_demand"): Decimal("4.2"),  # 8 cores are 4 chips
        ("Google Cloud", "TPU v5e", "on_demand"): Decimal("1.2"),
    }


def test_the_user_s_table_overrides_the_packaged_rows_of_that_provider_only(tmp_path: Path) -> None:
    refresh_rents({"aws": "aws.csv"}, files(aws=AWS), tmp_path, TODAY)
    offers = load_offers(tmp_path)
    result = rent_price(find_accelerator("H100"), TODAY, provider="AWS", offers=offers)
    assert result.figures[0].value == 5
    assert result.figures[0].as_of == TODAY
    packaged = {(o.provider, o.model) for o in load_offers()}
    assert {(o.provider, o.model) for o in offers} >= {pair for pair in packaged if pair[0] != "AWS"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("InstanceType,Price\nx,1\n", "column AcceleratorName"),
        (AWS.replace("40.00", "forty"), "line 2, column Price"),
        (f"{HEADER}\nm5.large,,,2,8,0.096,us-east-1,,,a\n", "no offer of a known accelerator"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(tmp_path: Path, text: str, why: str) -> None:
    refresh_rents({"aws": "aws.csv"}, files(aws=AWS), tmp_path, date(2026, 11, 1))
    before = (tmp_path / USER_TABLE).read_bytes()
    with pytest.raises(BadInput, match=why):
        refresh_rents({"aws": "aws.csv"}, files(aws=text), tmp_path, TODAY)
    assert (tmp_path / USER_TABLE).read_bytes() == before
    assert [path.name for path in (tmp_path / USER_TABLE).parent.iterdir()] == [USER_TABLE.name]


def test_a_broken_user_table_is_named_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / USER_TABLE
    table.parent.mkdir()
    refresh_rents({"aws": "aws.csv"}, files(aws=AWS), tmp_path, TODAY)
    table.write_text(table.read_text().replace("on_demand,5", "on_demand,free"))
    with pytest.raises(BadInput, match="line 2"):
        load_offers(tmp_path)
