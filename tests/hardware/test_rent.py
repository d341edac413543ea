"""Rents, from offers made here and from the packaged table."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadInput, Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.names import find_accelerator
from tools.hardware.offers import Offer, load_offers, matching, read_offers
from tools.hardware.reference import reference_rent
from tools.hardware.rent import rent_price
from tools.results import Result

TODAY = date(2026, 11, 23)
H100 = Accelerator("H100")


def offer(provider: str, price: str, **changes: object) -> Offer:
    base = Offer(
        provider,
        "us-east-1",
        "",
        "H100",
        80,
        "SXM",
        1,
        "on_demand",
        Decimal(price),
        date(2026, 9, 1),
        f"{provider} list",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


OFFERS = (
    offer("AWS", "6.88", per_instance=8, instance="p5.48xlarge"),
    offer("Lambda", "3.00"),
    offer("RunPod", "2.50", form="PCIe", observed_on=date(2026, 3, 1)),
    offer("Nebius", "1.25", pricing_model="spot"),
    offer("Google Cloud", "4.86", pricing_model="reserved_3y"),
    offer("Azure", "1.29", form="NVL", memory_gb=94),
)


def values(result: Result) -> dict[str, Decimal]:
    return {figure.label: figure.value for figure in result.figures}


def test_the_headline_is_the_cheapest_price_seen_of_late_and_the_lowest_on_record_stands_beside_it() -> None:
    result = rent_price(H100, TODAY, offers=OFFERS)
    assert (result.figures[0].value, result.figures[0].as_of) == (Decimal("3.00"), date(2026, 9, 1))
    assert values(result)["Lowest on record (RunPod)"] == Decimal("2.50")
    # the median of 2.50, 3.00 and 6.88
    assert values(result)["Median of 3 providers"] == Decimal("3.00")
    assert "The lowest on record is $2.50 at RunPod (us-east-1, seen 1 March 2026)" in result.summary


def test_the_going_rate_is_the_median_of_the_providers() -> None:
    offers = (*OFFERS, offer("Vultr", "3.50"))
    result = rent_price(H100, TODAY, aim="typical", offers=offers)
    # 2.50, 3.00, 3.50, 6.88: halfway between 3.00 and 3.50
    assert result.figures[0].value == Decimal("3.25")
    assert "from $2.50 to $6.88" in result.summary
    for_a_day = rent_price(H100, TODAY, aim="typical", count=2, hours=Decimal(24), offers=offers)
    assert for_a_day.figures[0].value == Decimal("156.00")  # 2 x 24 x 3.25
    assert rent_price(H100, TODAY, aim="typical", provider="Vultr", offers=offers).figures[0].value == Decimal("3.50")


def test_the_dearest_offer_can_be_asked_for() -> None:
    assert rent_price(H100, TODAY, aim="highest", offers=OFFERS).figures[0].value == Decimal("6.88")


def test_the_headline_of_the_cheapest_is_the_lowest_on_record() -> None:
    result = rent_price(H100, TODAY, aim="lowest", offers=OFFERS)
    assert (result.figures[0].value, result.figures[0].unit) == (Decimal("2.50"), "USD per GPU hour")
    assert result.figures[0].as_of == date(2026, 3, 1)
    assert result.summary.startswith("$2.50 per GPU hour for H100 on demand: RunPod")


def test_an_offer_older_than_180_days_is_flagged_and_the_fresh_one_stands_beside_it() -> None:
    result = rent_price(H100, TODAY, aim="lowest", offers=OFFERS)
    assert values(result)["Cheapest seen in the last 180 days (Lambda)"] == Decimal("3.00")
    assert any("1 of the" in line and "RunPod" in line for line in result.warnings)
    assert result.table is not None
    assert [row[8] for row in result.table.rows if row[0] == "RunPod"] == ["yes"]
    fresh = tuple(item for item in OFFERS if item.provider != "RunPod")
    assert rent_price(H100, TODAY, offers=fresh).warnings == ()


def test_spot_and_reserved_stand_beside_on_demand_and_can_be_asked_for() -> None:
    everything = values(rent_price(H100, TODAY, offers=OFFERS))
    assert everything["Cheapest spot (Nebius)"] == Decimal("1.25")
    assert everything["Cheapest reserved for 3 years (Google Cloud)"] == Decimal("4.86")
    assert rent_price(H100, TODAY, pricing_model="spot", offers=OFFERS).figures[0].value == Decimal("1.25")
    with pytest.raises(Unknown, match="only on demand, reserved for 3 years and spot"):
        rent_price(H100, TODAY, pricing_model="reserved_1y", offers=OFFERS)


def test_whole_instances_are_billed_for_a_total() -> None:
    # 12 H100 on AWS are two instances of 8: 16 x 6.88 x 10 hours = 1,100.80
    result = rent_price(H100, TODAY, count=12, hours=Decimal(10), provider="Amazon", offers=OFFERS)
    assert result.figures[0].value == Decimal("1100.80")
    assert any("2 for 12 accelerators" in line for line in result.assumptions)
    # 12 single ones at RunPod: 12 x 2.50 x 10 = 300
    assert rent_price(H100, TODAY, count=12, hours=Decimal(10), aim="lowest", offers=OFFERS).figures[0].value == 300


def test_nvl_is_another_card_and_has_to_be_asked_for() -> None:
    assert rent_price(find_accelerator("H100 NVL"), TODAY, offers=OFFERS).figures[0].value == Decimal("1.29")
    assert rent_price(find_accelerator("H100 SXM"), TODAY, offers=OFFERS).figures[0].value == Decimal("3.00")


def test_an_offer_that_its_provider_renewed_no_longer_counts() -> None:
    old = offer("Lambda", "1.00", observed_on=date(2025, 3, 1))
    assert rent_price(H100, TODAY, aim="lowest", offers=(*OFFERS, old)).figures[0].value == Decimal("2.50")


def test_an_offer_from_the_future_is_not_known_yet() -> None:
    assert rent_price(H100, date(2026, 4, 1), offers=OFFERS).figures[0].value == Decimal("2.50")
    with pytest.raises(Unknown):
        rent_price(H100, date(2026, 1, 1), offers=OFFERS)


def test_no_offer_is_unknown_and_never_zero() -> None:
    with pytest.raises(Unknown):
        rent_price(Accelerator("MI355X"), TODAY, offers=OFFERS)
    with pytest.raises(Unknown, match="AWS"):
        rent_price(H100, TODAY, provider="Vultr", offers=OFFERS)


@pytest.mark.parametrize(("count", "hours"), [(0, None), (-8, None), (8, Decimal(0)), (8, Decimal(-1))])
def test_counts_and_hours_are_above_zero(count: int, hours: Decimal | None) -> None:
    with pytest.raises(BadInput):
        rent_price(H100, TODAY, count=count, hours=hours, offers=OFFERS)


def test_the_reference_rent_is_the_median_of_the_providers_on_demand_prices() -> None:
    second = offer("AWS", "9.99", region="eu-west-1")
    rent = reference_rent(H100, TODAY, offers=(*OFFERS, second))
    assert rent.median.amount == Decimal("3.00")  # of 2.50, 3.00 and 6.88
    assert (rent.low.amount, rent.high.amount, rent.providers) == (Decimal("2.50"), Decimal("6.88"), 3)
    with pytest.raises(Unknown):
        reference_rent(Accelerator("B300"), TODAY, offers=OFFERS)


@given(count=st.integers(1, 5_000), hours=st.integers(1, 10_000))
def test_the_total_is_at_least_count_times_hours_times_the_price(count: int, hours: int) -> None:
    result = rent_price(H100, TODAY, count=count, hours=Decimal(hours), offers=OFFERS)
    assert result.figures[0].value >= count * hours * result.figures[1].value


def test_every_packaged_offer_has_a_price_a_source_and_a_day_or_is_flagged() -> None:
    offers = load_offers()
    assert len(offers) > 150
    for item in offers:
        assert item.usd_per_hour > 0
        assert item.source
        assert item.observed_on is not None or item.is_stale(TODAY)
        assert matching([item], Accelerator(item.model, form=item.form), TODAY + timedelta(3650)) == [item]


def test_the_packaged_h100_prices_are_those_published(tmp_path: object) -> None:
    # AWS p5.48xlarge, us-east-1, 20 July 2026: $55.04 an hour for 8
    result = rent_price(H100, TODAY, provider="AWS")
    assert result.figures[0].value * 8 == Decimal("55.04")
    # Azure ND96isr H100 v5, eastus: $98.32 an hour for 8
    azure = [item for item in load_offers() if item.instance == "Standard_ND96isr_H100_v5" and item.region == "eastus"]
    assert {item.usd_per_hour * 8 for item in azure if item.pricing_model == "on_demand"} == {Decimal("98.320")}


@pytest.mark.parametrize(
    ("cell", "why"),
    [("0", "above zero"), ("", "above zero"), ("NaN", "above zero"), ("-1", "above zero")],
)
def test_a_price_that_is_none_is_refused_with_its_line(cell: str, why: str) -> None:
    header = (
        "ProviderName,RegionId,InstanceType,x_Accelerator,x_MemoryGB,x_Form,x_AcceleratorCount,x_PricingModel,"
        "x_UsdPerAcceleratorHour,x_ObservedOn,x_Source,x_Note"
    )
    with pytest.raises(BadInput, match=f"line 2.*{why}"):
        read_offers([header, f"AWS,,,H100,80,SXM,8,on_demand,{cell},2026-01-01,a list,"], "offers.csv")
