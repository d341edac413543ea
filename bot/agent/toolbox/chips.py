"""Accelerators of the hardware catalogue as the calculators take them: specification and price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.told_currency import CURRENCY
from bot.agent.toolbox.tool import Arguments
from bot.services import Services
from tools.calculators.inputs import ChipSpec, Price
from tools.errors import NeedsChoice, Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.names import find_accelerator
from tools.hardware.offers import load_offers
from tools.hardware.reference import reference_rent
from tools.hardware.specification import specification
from tools.money import Money, plain

DEFAULT = "H100"


class OnChips(Arguments):
    accelerator: str | None = Field(default=None, description="As the person wrote it: H100, A100 80GB, p5.48xlarge.")
    count: Number | None = Field(default=None, description="How many accelerators.")
    price_per_hour: Number | None = Field(default=None, description="USD per accelerator hour, if the person gave one.")
    currency: str | None = Field(default=None, description=CURRENCY)
    price_covers: Number = Field(
        default=Decimal(1), description="Accelerators that price is of: 8 for a node's, 0 where unclear."
    )

    @property
    def each_hour(self) -> Decimal | None:
        """USD of one accelerator's hour, where a price was given."""
        if self.price_per_hour is None:
            return None
        if self.price_covers <= 0:
            raise NeedsChoice(
                f"Is {plain(self.price_per_hour)} USD an hour the price of one accelerator or of a whole machine? "
                "Please say it as “per GPU” or “per node”."
            )
        return self.price_per_hour / self.price_covers


def accelerator_of(args: OnChips) -> tuple[Accelerator, tuple[str, ...]]:
    """The accelerator, and the assumption where none was named."""
    if args.accelerator is None:
        return find_accelerator(DEFAULT), (f"No accelerator was named, so {DEFAULT}",)
    return find_accelerator(args.accelerator), ()


def chip_of(accelerator: Accelerator, precision: str | None = None) -> ChipSpec:
    """Its specification with the peak of `precision`; of bf16 where none is named, of fp16 on a chip without bf16.
    Unknown when no such dense peak is published."""
    spec = specification(accelerator)
    kinds = [precision] if precision else ["bf16", "fp16"]
    kind = next((name for name in kinds if name in spec.peak_flops), None)
    if kind is None:
        raise Unknown(f"No dense {kinds[0]} peak of {accelerator.shown} is on record.")
    return ChipSpec(
        spec.accelerator.model,
        spec.memory_gb,
        spec.bandwidth_bytes_s,
        spec.peak_flops[kind],
        spec.peak_flops.get("fp8"),
        spec.power_w,
        spec.source,
        kind,
    )


def rent_of(args: OnChips, accelerator: Accelerator, services: Services, today: date) -> Price:
    """The price given, else the median on-demand rent on record, refreshed rents included."""
    if args.each_hour is not None:
        return Price(Money(args.each_hour))
    rent = reference_rent(accelerator, today, load_offers(services.home))
    said = f"median of {rent.providers} providers' cheapest on demand, {rent.low.shown()} to {rent.high.shown()}"
    return Price(rent.median, f"{said}; {rent.source}", rent.observed_on)


def whole_count(count: Decimal | None, otherwise: int = 1) -> int:
    return otherwise if count is None else int(count)
