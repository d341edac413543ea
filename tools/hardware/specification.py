"""Published peak rates, memory and power of accelerators."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.results import Figure, Result, Table, listed

PRECISIONS = ("fp32", "tf32", "fp16", "bf16", "fp8", "fp4")
_PREFERRED_FORM = ("SXM", "OAM", "PCIe", "NVL", "")


@dataclass(frozen=True, slots=True)
class Specification:
    """Memory in GB (10^9 bytes), bandwidth in bytes/s, `peak_flops` in dense FLOP/s by precision (a precision that is
    absent is not published), board power in watts (None: not published)."""

    accelerator: Accelerator
    vendor: str
    memory_gb: Decimal
    bandwidth_bytes_s: Decimal
    peak_flops: Mapping[str, Decimal]
    power_w: Decimal | None
    source: str


def specification(accelerator: Accelerator) -> Specification:
    """The published figures. Where the form or the memory is not said, the data-centre module (SXM) with the most
    memory is meant. Raises Unknown when none are on record."""
    found = [
        spec
        for spec in _packaged()
        if spec.accelerator.model == accelerator.model
        and accelerator.form in ("", spec.accelerator.form)
        and accelerator.memory_gb in (0, spec.accelerator.memory_gb)
    ]
    if not found:
        names = sorted({spec.accelerator.shown for spec in _packaged()})
        raise Unknown(f"No specification of {accelerator.shown} is on record. Known: {listed(names, 40)}.", names)
    return min(found, key=lambda spec: (_PREFERRED_FORM.index(spec.accelerator.form), -spec.memory_gb))


def specification_result(accelerator: Accelerator) -> Result:
    """Memory, bandwidth, peak dense TFLOP/s by precision and power, with the source."""
    spec = specification(accelerator)
    rows: list[tuple[str, Decimal, str]] = [
        ("Memory", spec.memory_gb, "GB"),
        ("Memory bandwidth", spec.bandwidth_bytes_s / 10**9, "GB/s"),
        *((f"Peak dense {name}", value / 10**12, "TFLOP/s") for name, value in spec.peak_flops.items()),
    ]
    if spec.power_w is not None:
        rows.append(("Power", spec.power_w, "W"))
    unpublished = [name for name in ("bf16", "fp8") if name not in spec.peak_flops]
    spoken = ", ".join(f"{name.lower()} {value.normalize():,f} {unit}" for name, value, unit in rows[:2])
    bf16 = spec.peak_flops.get("bf16")
    peak = f", {(bf16 / 10**12).normalize():,f} TFLOP/s dense bf16" if bf16 else ""
    return Result(
        summary=f"{spec.accelerator.shown}: {spoken}{peak}.",
        figures=tuple(Figure(name, value, unit) for name, value, unit in rows),
        table=Table(f"Specification of {spec.accelerator.shown}", ("Figure", "Value", "Unit"), tuple(rows)),
        assumptions=(f"Source: {spec.source}.",),
        warnings=(f"Not published: {listed(unpublished)}.",) if unpublished else (),
    )


@cache
def _packaged() -> tuple[Specification, ...]:
    lines = files("tools.hardware").joinpath("specifications.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_specification(row) for row in csv.DictReader(lines))


def _specification(row: Mapping[str, str]) -> Specification:
    return Specification(
        Accelerator(row["x_Accelerator"], int(row["x_MemoryGB"]), row["x_Form"]),
        row["x_Vendor"],
        Decimal(row["x_MemoryGB"]),
        Decimal(row["x_BandwidthGBs"]) * 10**9,
        {
            name: Decimal(row[f"x_{name.title()}Tflops"]) * 10**12
            for name in PRECISIONS
            if row[f"x_{name.title()}Tflops"]
        },
        Decimal(row["x_PowerW"]) if row["x_PowerW"] else None,
        row["x_Source"],
    )
