"""Purchase prices and specifications."""

from datetime import date
from decimal import Decimal

import pytest

from tools.errors import BadInput, Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.names import find_accelerator
from tools.hardware.offers import Sale
from tools.hardware.purchase import purchase_price
from tools.hardware.specification import specification, specification_result

TODAY = date(2026, 11, 23)


def test_the_median_comes_first_then_the_range_and_a_count_multiplies_it() -> None:
    sales = [
        Sale("H100", 80, "PCIe", "card", Decimal(price), date(2026, 9, 1), "a shop")
        for price in ("20000", "30000", "25000")
    ]
    one = purchase_price(Accelerator("H100"), TODAY, sales=sales)
    assert [figure.value for figure in one.figures[:3]] == [25_000, 20_000, 30_000]
    many = purchase_price(Accelerator("H100"), TODAY, 64, sales)
    assert many.figures[0].value == 1_600_000  # 64 x 25,000
    assert many.summary.startswith("$1,600,000.00 to buy 64 x H100")


def test_old_asking_prices_say_so() -> None:
    # 24,500, 28,750, 31,250, 31,904.63 and 46,875 for the 80 GB cards, boards and servers of early 2025
    result = purchase_price(find_accelerator("H100"), TODAY)
    assert result.figures[0].value == 31_250
    assert any("3 March 2025" in line for line in result.warnings)


def test_no_purchase_price_is_unknown() -> None:
    with pytest.raises(Unknown):
        purchase_price(Accelerator("TPU v5e"), TODAY)
    with pytest.raises(BadInput):
        purchase_price(Accelerator("H100"), TODAY, 0)


@pytest.mark.parametrize(
    ("name", "bf16", "memory", "bandwidth"),
    [
        ("A100", "312e12", 80, "2.039e12"),
        ("A100 40GB", "312e12", 40, "1.555e12"),
        ("H100", "989.4e12", 80, "3.35e12"),
        ("H100 PCIe", "756e12", 80, "2.0e12"),
        ("H800", "989.4e12", 80, "3.35e12"),
        ("H200", "989.4e12", 141, "4.8e12"),
        ("MI300X", "1307.4e12", 192, "5.3e12"),
        ("TPU v5p", "459e12", 95, "2.765e12"),
        ("TPU v6e", "918e12", 32, "1.638e12"),
        ("Trainium2", "667e12", 96, "2.9e12"),
        ("Gaudi 3", "1835e12", 128, "3.67e12"),
        ("L40S", "362e12", 48, "0.864e12"),
        ("TPU v3", "123e12", 32, "0.9e12"),
        ("TPU v7", "2307e12", 192, "7.38e12"),
        ("Ironwood", "2307e12", 192, "7.38e12"),
        ("Trainium3", "671e12", 144, "4.9e12"),
        ("H20", "148e12", 96, "4e12"),
        ("GB300", "2500e12", 288, "8e12"),
        ("B300", "2250e12", 288, "8e12"),
        ("MI350X", "2306.9e12", 288, "8e12"),
        ("MI250X", "383e12", 128, "3.277e12"),
        ("RTX 6000 Ada", "364.2e12", 48, "0.96e12"),
    ],
)
def test_published_peaks(name: str, bf16: str, memory: int, bandwidth: str) -> None:
    spec = specification(find_accelerator(name))
    assert spec.peak_flops["bf16"] == Decimal(bf16)
    assert spec.memory_gb == memory
    assert spec.bandwidth_bytes_s == Decimal(bandwidth)
    assert spec.source


def test_a_figure_that_is_not_published_is_absent_and_said() -> None:
    assert "bf16" not in specification(find_accelerator("V100")).peak_flops
    assert specification(find_accelerator("TPU v5e")).power_w is None
    with pytest.raises(Unknown, match="fp8 of T4"):
        specification_result([find_accelerator("T4")], "fp8")


def test_accelerators_are_set_beside_one_another_by_the_quantity_asked_for() -> None:
    result = specification_result(
        [find_accelerator("H100"), find_accelerator("TPU v5e"), find_accelerator("T4")], "bf16"
    )
    assert [(figure.label, figure.value) for figure in result.figures[:2]] == [
        ("Peak dense bf16 of H100 SXM 80 GB", Decimal("989.4")),
        ("Peak dense bf16 of TPU v5e 16 GB", Decimal(197)),
    ]
    assert result.table is not None
    assert result.table.rows[0] == ("Peak dense bf16", "TFLOP/s", Decimal("989.4"), Decimal(197), None)
    assert result.chart is not None
    assert result.chart.series[0].values[2] is None
    assert "not published" in result.summary


def test_no_fp8_peak_is_one_with_sparsity() -> None:
    # the dense peak at most doubles from 16 to 8 bits; a figure with sparsity would be four times the dense bf16 one
    for name in ("A100", "H100", "H200", "H20", "L40S", "B200", "GB200", "MI300X", "MI325X", "MI355X", "TPU v7"):
        peaks = specification(find_accelerator(name)).peak_flops
        if "fp8" in peaks:
            assert peaks["fp8"] <= 2 * peaks["bf16"] * Decimal("1.02"), name


def test_dense_peaks_of_a_chip_do_not_fall_with_precision() -> None:
    for name in ("H100", "H200", "B200", "GB200", "MI300X", "MI355X", "L4", "L40S", "RTX 5090"):
        peaks = specification(find_accelerator(name)).peak_flops
        ordered = [peaks[kind] for kind in ("tf32", "bf16", "fp8", "fp4") if kind in peaks]
        assert ordered == sorted(ordered), name


def test_an_unknown_specification_names_the_known_ones() -> None:
    with pytest.raises(Unknown) as unknown:
        specification(Accelerator("H900"))
    assert "H100 SXM 80 GB" in unknown.value.nearest
