"""The memory that a model takes while it is trained: weights, gradients and optimiser."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.defaults import ACTIVATION_MEMORY, ADAPTER_SHARE
from tools.calculators.fine_tuning import ADAM_BYTES, METHODS, NAMED, SOURCES, Method, tuning_memory
from tools.calculators.inputs import GIVEN, positive
from tools.calculators.wording import cell, number
from tools.money import plain
from tools.results import Figure, Result, Table

GIGABYTE = Decimal(10) ** 9
PARTS = (
    ("Weights (16 bit)", Decimal(2)),
    ("Gradients (16 bit)", Decimal(2)),
    ("Master weights (32 bit)", Decimal(4)),
    ("Adam's two moments (32 bit)", Decimal(8)),
)


def training_memory(parameters: Decimal, method: Method = "full") -> Result:
    """Gigabytes (10^9 bytes) of weights, gradients and Adam in mixed precision: 16 bytes a trained parameter
    (Rajbhandari et al. 2020, arXiv:1910.02054), and of the frozen weights where only an adapter is trained. Activations
    are told beside it, by default a share on top."""
    positive("parameters", parameters)
    adapter = ADAPTER_SHARE.value
    sizes = {way: tuning_memory(way, parameters, adapter) / GIGABYTE for way in METHODS}
    size = sizes[method]
    more = size * (1 + ACTIVATION_MEMORY.value)
    figures = [
        Figure("Memory to train", size, "GB"),
        Figure("With activations", more, "GB"),
        Figure("Bytes a parameter", size * GIGABYTE / parameters, "bytes"),
    ]
    parts = [(name, parameters * each / GIGABYTE) for name, each in PARTS] if method == "full" else []
    figures += [Figure(name, value, "GB") for name, value in parts]
    rows = [*parts, *((f"Tuning {NAMED[way]}", sizes[way]) for way in METHODS)]
    what = f"{plain(ADAM_BYTES)} bytes a parameter" if method == "full" else NAMED[method]
    return Result(
        summary=(
            f"{number(size)} GB for weights, gradients and Adam ({what}); with activations about {number(more)} GB."
        ),
        figures=tuple(figures),
        table=Table("Memory to train", ("Part", "Size (GB)"), tuple((name, cell(value)) for name, value in rows)),
        assumptions=(
            SOURCES[1],
            f"Parameters: {number(parameters)}, {GIVEN}",
            ACTIVATION_MEMORY.stated(),
            *((ADAPTER_SHARE.stated(),) if method != "full" else ()),
        ),
    )
