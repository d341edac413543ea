"""What was charged for an accelerator, by the machines that it is in."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.storing.accelerators import charged_for

SKUS = ("BoxUsage:p5.48xlarge", "BoxUsage:p5en.48xlarge", "a3-highgpu-8g", "Standard_ND96isr_H100_v5", "g5.12xlarge")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("H100",), {"BoxUsage:p5.48xlarge", "a3-highgpu-8g", "Standard_ND96isr_H100_v5"}),
        (("H200",), {"BoxUsage:p5en.48xlarge"}),
        (("p5",), {"BoxUsage:p5.48xlarge", "BoxUsage:p5en.48xlarge"}),  # AWS counts P5en among its P5 instances
        (("p5.48xlarge",), {"BoxUsage:p5.48xlarge"}),
        (("A10G", "a3-highgpu-8g"), {"g5.12xlarge", "a3-highgpu-8g"}),
        (("gpus",), set(SKUS)),
    ],
)
def test_a_chip_is_in_the_machines_that_are_billed(fill: Fill, names: tuple[str, ...], found: set[str]) -> None:
    ledger = fill(*(charge("2026-05-01", "10", SkuId=sku) for sku in SKUS))
    dimension, values = charged_for(ledger, EVERYTHING, names)
    assert (dimension, set(values)) == ("sku", found)


def test_one_name_of_several_that_no_line_has_is_said_and_not_left_out(fill: Fill) -> None:
    ledger = fill(charge("2026-05-01", "10", SkuId="BoxUsage:p5.48xlarge"))
    with pytest.raises(Unknown, match="No billing line here names V100"):
        charged_for(ledger, EVERYTHING, ("H100", "V100"))
