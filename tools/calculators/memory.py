"""How much memory a model takes: its weights, and the cache of the tokens it works on."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.architectures import Architecture
from tools.calculators.inputs import GIVEN, positive
from tools.calculators.roofline import PRECISIONS, cache_bytes_per_token, weight_bytes
from tools.calculators.wording import cell, number
from tools.results import Chart, Figure, Result, Series, Table

GIGABYTE = Decimal(10) ** 9


def model_memory(
    parameters: Decimal,
    bits: int,
    *,
    model: Architecture | None = None,
    context_tokens: Decimal | None = None,
    sequences: Decimal = Decimal(1),
) -> Result:
    """Gigabytes (10^9 bytes) of the weights, headline first: parameters x bits / 8. With the `model`'s architecture
    also the KV cache a token, 2 x layers x KV heads x head size x 2 bytes (layers x latent width x 2 where a latent is
    kept), and of `context_tokens` of `sequences` at once. BadInput on other bits than 4, 8, 16 or 32."""
    positive("parameters", parameters)
    weights = weight_bytes(parameters, bits) / GIGABYTE
    figures = [Figure("Weights", weights, "GB"), Figure("Bits a parameter", Decimal(bits), "bits")]
    said = f"The weights take {number(weights)} GB at {bits} bits a parameter."
    if model is not None:
        cache = cache_bytes_per_token(model)
        figures.append(Figure("KV cache a token", cache, "bytes"))
        said += f" The KV cache takes {cache:,f} bytes a token at 16 bits."
        if context_tokens is not None:
            total = cache * positive("the context", context_tokens) * positive("the sequences", sequences) / GIGABYTE
            figures.append(Figure("KV cache of the context", total, "GB"))
            each = "" if sequences == 1 else f" in each of {number(sequences)} sequences"
            said += f" {number(context_tokens)} tokens of context{each} take {number(total)} GB."
            figures.append(Figure("Weights and cache", weights + total, "GB"))
    rows = [(f"Weights at {at} bits", weight_bytes(parameters, at) / GIGABYTE) for at in PRECISIONS]
    rows += [(figure.label, figure.value) for figure in figures if figure.label == "KV cache of the context"]
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table("Memory", ("Part", "Size (GB)"), tuple((name, cell(size)) for name, size in rows)),
        chart=Chart(
            "bar", "Memory", "GB", tuple(name for name, _ in rows), (Series("Size", tuple(cell(s) for _, s in rows)),)
        ),
        assumptions=(
            "Weights = parameters x bits / 8; 1 GB is 10^9 bytes",
            f"Parameters: {number(parameters)}, {GIVEN if model is None else model.source}",
            "Activations, optimiser state and the runtime are not counted",
        ),
    )
