"""Published peak rates, memory and power of accelerators."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.results import Chart, Figure, Result, Series, Table, listed

PRECISIONS = ("fp32", "tf32", "fp16", "bf16", "fp8", "fp4", "int8")
QUANTITIES = {
    "memory": "Memory",
    "bandwidth": "Memory bandwidth",
    **{name: f"Peak dense {name}" for name in ("bf16", "fp16", "fp8", "fp4", "int8", "tf32", "fp32")},
    "power": "Power",
}
_PREFERRED_FORM = ("SXM", "OAM", "PCIe", "NVL", "")


@dataclass(frozen=True, slots=True)
class Specification:
    """Memory in GB (10^9 bytes), bandwidth in bytes/s, `peak_flops` in dense FLOP/s by precision (a precision that is
    absent is not published; int8 counts integer operations), board power in watts (None: not published). `checked_on`
    is the day the row was last compared with a second source, None where it was only taken from the named one."""

    accelerator: Accelerator
    vendor: str
    memory_gb: Decimal
    bandwidth_bytes_s: Decimal
    peak_flops: Mapping[str, Decimal]
    power_w: Decimal | None
    source: str
    checked_on: date | None = None


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


def specification_result(
    accelerators: Sequence[Accelerator],
    quantity: str | None = None,
    count: int | None = None,
    best: str | None = None,
) -> Result:
    """Memory, bandwidth, peak dense rates by precision and power of each accelerator, with their sources; beside one
    another where several are named. Headline: the `quantity` asked for ("memory", "bandwidth", "power", "fp8", ...) of
    the first, or of the one with the `best` (most or least) of it; of `count` of it together where there are several.
    Unknown when it is published for none of them."""
    specs = [specification(accelerator) for accelerator in accelerators]
    asked = QUANTITIES.get(quantity or "memory", quantity or "")
    if best is not None and len(specs) > 1:
        lacking = [spec for spec in specs if asked not in _values(spec)]
        known = [spec for spec in specs if spec not in lacking]
        specs = sorted(known, key=lambda spec: _values(spec)[asked], reverse=best == "most") + lacking
    values = [_values(spec) for spec in specs]
    if not any(asked in held for held in values):
        names = listed([spec.accelerator.shown for spec in specs])
        raise Unknown(f"The {asked[:1].lower()}{asked[1:]} of {names} is not on record.")
    order = sorted({name for held in values for name in held}, key=list(QUANTITIES.values()).index)
    order.sort(key=lambda name: name != asked)
    figures = [
        Figure(f"{name} of {spec.accelerator.shown}" if len(specs) > 1 else name, held[name], _unit(name))
        for name in order
        for spec, held in zip(specs, values, strict=True)
        if name in held
    ]
    said = " ".join(_said(spec, held, asked) for spec, held in zip(specs, values, strict=True))
    if best is not None and len(specs) > 1 and asked in values[0]:
        first = specs[0].accelerator.shown
        shown = f"{values[0][asked].normalize():,f} {_unit(asked)}"
        said = f"{first} has the {best} {asked[:1].lower()}{asked[1:]}: {shown}. {said}"
    if count is not None and count > 1 and asked in values[0]:
        name = specs[0].accelerator.shown
        figures.insert(0, Figure(f"{asked} of {count:,} x {name}", values[0][asked] * count, _unit(asked)))
        total = f"{(values[0][asked] * count).normalize():,f} {_unit(asked)}"
        said = f"{count:,} x {name} together: {asked[:1].lower()}{asked[1:]} {total}. {said}"
    title = f"Specification of {listed([spec.accelerator.shown for spec in specs])}"
    columns = ("Quantity", "Unit", *(spec.accelerator.shown for spec in specs))
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(title, columns, tuple((name, _unit(name), *(held.get(name) for held in values)) for name in order)),
        chart=_chart(specs, values, asked),
        assumptions=(
            "Peaks are the vendor's, dense, without sparsity; programs reach part of them",
            *(_sourced(spec) for spec in specs),
        ),
    )


def _values(spec: Specification) -> dict[str, Decimal]:
    """What is published, by the name of the quantity, in the unit of `_unit`."""
    found = {"Memory": spec.memory_gb, "Memory bandwidth": spec.bandwidth_bytes_s / 10**9}
    found |= {QUANTITIES[name]: peak / 10**12 for name, peak in spec.peak_flops.items()}
    return found | ({"Power": spec.power_w} if spec.power_w is not None else {})


def _unit(name: str) -> str:
    fixed = {"Memory": "GB", "Memory bandwidth": "GB/s", "Power": "W", QUANTITIES["int8"]: "TOP/s"}
    return fixed.get(name, "TFLOP/s")


def _said(spec: Specification, held: Mapping[str, Decimal], asked: str) -> str:
    if asked not in held:
        return f"{spec.accelerator.shown}: its {asked[:1].lower()}{asked[1:]} is not published."
    shown = [name for name in (asked, "Memory", "Memory bandwidth", QUANTITIES["bf16"], "Power") if name in held]
    parts = [f"{name[:1].lower()}{name[1:]} {held[name].normalize():,f} {_unit(name)}" for name in dict.fromkeys(shown)]
    return f"{spec.accelerator.shown}: {', '.join(parts)}."


def _chart(specs: Sequence[Specification], values: Sequence[Mapping[str, Decimal]], asked: str) -> Chart | None:
    if len(specs) < 2:
        return None
    bars = Series(asked, tuple(held.get(asked) for held in values))
    return Chart("bar", asked, _unit(asked), tuple(spec.accelerator.shown for spec in specs), (bars,))


def _sourced(spec: Specification) -> str:
    checked = f", compared with a second source on {spec.checked_on}" if spec.checked_on else ""
    return f"{spec.accelerator.shown}: {spec.source}{checked}"


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
            name: Decimal(text) * 10**12
            for name in PRECISIONS
            if (text := row["x_Int8Tops" if name == "int8" else f"x_{name.title()}Tflops"])
        },
        Decimal(row["x_PowerW"]) if row["x_PowerW"] else None,
        row["x_Source"],
        date.fromisoformat(row["x_CheckedOn"]) if row["x_CheckedOn"] else None,
    )
