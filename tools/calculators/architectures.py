"""The shapes of open models that decide what serving them takes, as dated data; and a stand-in for a size alone."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources

from tools.calculators.inputs import positive
from tools.calculators.wording import number
from tools.errors import Unknown

STAND_INS = ("Llama 3.2 1B", "Llama 3 8B", "Llama 3 70B", "Llama 3.1 405B")


@dataclass(frozen=True, slots=True)
class Architecture:
    """`kv_heads` and `head_dim` give the cache a layer and token; `mla_width` is the latent's width where multi-head
    latent attention keeps one instead. `active_parameters` are those that one token passes through."""

    name: str
    parameters: Decimal
    active_parameters: Decimal
    layers: int
    kv_heads: int | None
    head_dim: int | None
    mla_width: int | None
    source: str
    stands_in: bool = False

    @property
    def cache_elements(self) -> Decimal:
        """Numbers kept a token: 2 x layers x KV heads x head size, or layers x latent width."""
        if self.mla_width is not None:
            return Decimal(self.layers * self.mla_width)
        return Decimal(2 * self.layers * (self.kv_heads or 0) * (self.head_dim or 0))

    def stated(self) -> str:
        active = "" if self.active_parameters == self.parameters else f", {number(self.active_parameters)} active"
        shape = (
            f"{self.layers} layers with a latent of {self.mla_width}"
            if self.mla_width is not None
            else f"{self.layers} layers, {self.kv_heads} KV heads of {self.head_dim}"
        )
        said = f"{self.name}: {number(self.parameters)} parameters{active}, {shape} ({self.source})"
        return f"{said}; a model without shared KV heads caches 4 to 8 times as much" if self.stands_in else said


@cache
def architectures() -> tuple[Architecture, ...]:
    """The table in its order."""
    return tuple(architecture for architecture, _ in _rows())


@cache
def architecture_names() -> frozenset[str]:
    """Every name that `find_architecture` knows, lower case."""
    return frozenset(known.casefold() for architecture, names in _rows() for known in (architecture.name, *names))


def find_architecture(name: str) -> Architecture:
    """The model that `name` says; Unknown with the nearest names."""
    from rapidfuzz import fuzz, process

    said = _plain(name)
    for architecture, names in _rows():
        if said in {_plain(known) for known in (architecture.name, *names)}:
            return architecture
    known = {architecture.name.casefold(): architecture.name for architecture in architectures()}
    nearest = [known[found] for found, _, _ in process.extract(said, list(known), scorer=fuzz.WRatio, limit=4)]
    raise Unknown(f"The shape of {name!r} is not in the table; give its parameters instead.", nearest)


def _plain(name: str) -> str:
    """`meta-llama/Llama-3.1-70B-Instruct` as `llama 3.1 70b`: without the maker, and what was tuned on top."""
    bare = re.sub(r"[\s_-]+", " ", name.strip().casefold().rpartition("/")[2])
    return re.sub(r"(?: (?:instruct|chat|base|hf|it|fp8|bf16|model))+$", "", bare.removeprefix("meta "))


def model_of_size(parameters: Decimal, active_parameters: Decimal | None = None) -> Architecture:
    """A stand-in for a model of which only the size is known: the shape of the nearest Llama 3, said in `stated`."""
    positive("parameters", parameters)
    known = {architecture.name: architecture for architecture in architectures()}
    nearest = min((known[name] for name in STAND_INS), key=lambda a: abs((a.parameters / parameters).ln()))
    return replace(
        nearest,
        name=f"a model of {number(parameters)} parameters",
        parameters=parameters,
        active_parameters=active_parameters or parameters,
        source=f"its shape is not known: that of {nearest.name} stands in",
        stands_in=True,
    )


@cache
def _rows() -> tuple[tuple[Architecture, frozenset[str]], ...]:
    text = resources.files("tools.calculators").joinpath("architectures.csv").read_text(encoding="utf-8")
    return tuple(
        (
            Architecture(
                row["model"],
                Decimal(row["parameters"]),
                Decimal(row["active_parameters"] or row["parameters"]),
                int(row["layers"]),
                int(row["kv_heads"]) if row["kv_heads"] else None,
                int(row["head_dim"]) if row["head_dim"] else None,
                int(row["mla_width"]) if row["mla_width"] else None,
                ", ".join(
                    [row["source"], *([f"read {row['observed_on']}"] if row["observed_on"] else ["as published"])]
                ),
            ),
            frozenset(row["names"].split("|")),
        )
        for row in csv.DictReader(text.splitlines())
    )
