"""How fast one request can be decoded at most: each token reads all active weights from memory once."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.inputs import GIVEN, positive
from tools.calculators.roofline import weight_bytes
from tools.calculators.wording import cell, number
from tools.results import Figure, Result, Table

GIGABYTE = Decimal(10) ** 9


def decode_speed(
    parameters: Decimal,
    bits: int,
    bandwidth_gb_s: Decimal,
    *,
    chips: Decimal = Decimal(1),
    name: str = "",
    source: str = GIVEN,
    model: str = "",
) -> Result:
    """Tokens a second of one request at the most: memory bandwidth x `chips` / bytes of the weights read for a token
    (Pope et al. 2022, arXiv:2211.05102). `parameters` are those active for a token; BadInput on other bits than 4, 8,
    16 or 32."""
    positive("parameters", parameters)
    positive("the memory bandwidth", bandwidth_gb_s)
    positive("the number of chips", chips)
    read = weight_bytes(parameters, bits) / GIGABYTE
    together = bandwidth_gb_s * chips
    rate = together / read
    on = f" on {number(chips)} {name}" if name else ""
    of = f" of {model}" if model else ""
    figures = (
        Figure("Decode ceiling of one request", rate, "tokens per second"),
        Figure("Time a token", 1000 / rate, "ms per token"),
        Figure("Weights read a token", read, "GB"),
        Figure("Memory bandwidth", together, "GB/s"),
    )
    return Result(
        summary=(
            f"{number(rate)} tokens a second at the most for one request{of}{on}: each token reads {number(read)} GB "
            f"of weights at {number(together)} GB/s."
        ),
        figures=figures,
        table=Table(
            "Decoding", ("Quantity", "Value", "Unit"), tuple((f.label, cell(f.value), f.unit) for f in figures)
        ),
        assumptions=(
            "Ceiling = memory bandwidth / bytes of the active weights, one request at a time (batch 1)",
            f"Memory bandwidth: {number(bandwidth_gb_s)} GB/s of one ({source})",
            f"Weights: {number(parameters)} parameters at {bits} bits",
            "An upper bound: the KV cache, the links between chips and the kernels take more",
        ),
    )
