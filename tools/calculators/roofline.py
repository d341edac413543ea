"""How many tokens a second one replica of a model gives: the roofline of memory and compute.

Decoding reads the weights and every request's cache each step, so it is bound by memory bandwidth until the batch is
large enough to be bound by compute; reading the prompt is bound by compute (Williams et al. 2009; Pope et al. 2022,
arXiv:2211.05102).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from tools.calculators.architectures import Architecture
from tools.calculators.inputs import ChipSpec
from tools.errors import BadInput

GIGABYTE = Decimal(10) ** 9
SIZES = (1, 2, 4, 8, 16, 32, 64, 128)
SERVER_CHIPS = 8
PRECISIONS = (4, 8, 16, 32)
FLOP_A_PARAMETER_TOKEN = Decimal(2)


@dataclass(frozen=True, slots=True)
class Request:
    """A typical request, in tokens."""

    input_tokens: Decimal
    output_tokens: Decimal

    @property
    def total(self) -> Decimal:
        return self.input_tokens + self.output_tokens

    @property
    def mean_context(self) -> Decimal:
        """Tokens in the cache on average while the answer grows."""
        return self.input_tokens + self.output_tokens / 2


@dataclass(frozen=True, slots=True)
class Efficiency:
    """What share of the peaks is reached, and the limits: all shares but `concurrency`, in requests."""

    bandwidth: Decimal
    compute: Decimal
    memory: Decimal
    concurrency: int


@dataclass(frozen=True, slots=True)
class Replica:
    """One copy of the model on `chips` chips, `batch` requests at a time, and what it gives."""

    chips: int
    batch: int
    step_seconds: Decimal
    memory_bound: bool
    requests_a_second: Decimal
    single_stream_tokens_a_second: Decimal

    def tokens_a_second(self, request: Request) -> Decimal:
        """Input and output tokens together."""
        return self.requests_a_second * request.total


def weight_bytes(parameters: Decimal, bits: int) -> Decimal:
    """Parameters x bits / 8."""
    if bits not in PRECISIONS:
        raise BadInput(f"Weights have 4, 8, 16 or 32 bits, not {bits}.")
    return parameters * bits / 8


def cache_bytes_per_token(model: Architecture, bits: int = 16) -> Decimal:
    """2 x layers x KV heads x head size x bytes; for multi-head latent attention layers x latent width x bytes."""
    if bits not in PRECISIONS:
        raise BadInput(f"A cache has 4, 8, 16 or 32 bits, not {bits}.")
    return model.cache_elements * bits / 8


def decode_ceiling(chip: ChipSpec, weights: Decimal) -> Decimal:
    """Tokens a second that one request can never exceed on one chip: bandwidth / weight bytes."""
    return chip.bandwidth_bytes_s / weights


def largest_batch(
    model: Architecture, chip: ChipSpec, chips: int, request: Request, bits: int, cache_bits: int, memory: Decimal
) -> int:
    """Requests whose whole cache fits beside the weights; zero where the weights leave no room."""
    room = chip.memory_gb * GIGABYTE * chips * memory - weight_bytes(model.parameters, bits)
    each = cache_bytes_per_token(model, cache_bits) * request.total
    return max(int((room / each).to_integral_value(ROUND_FLOOR)), 0) if room > 0 else 0


def replicas_of(
    model: Architecture,
    chip: ChipSpec,
    request: Request,
    efficiency: Efficiency,
    *,
    bits: int,
    cache_bits: int,
    chips: int | None = None,
) -> list[Replica]:
    """What one copy gives on each number of chips worth trying: the smallest power of two that holds the model and a
    request, and the larger ones within a server of eight; or on `chips` alone.

    BadInput when it does not fit on `chips`, or on 128. What is lost between chips is not counted.
    """
    found: list[Replica] = []
    for count in (chips,) if chips is not None else SIZES:
        batch = largest_batch(model, chip, count, request, bits, cache_bits, efficiency.memory)
        if batch and (not found or count <= SERVER_CHIPS):
            taken = min(batch, efficiency.concurrency)
            found.append(_replica(model, chip, count, taken, request, efficiency, bits, cache_bits))
    if not found:
        raise BadInput(f"{model.name} at {bits} bits does not fit on {chips or SIZES[-1]} {chip.name}.")
    return found


def _replica(
    model: Architecture,
    chip: ChipSpec,
    chips: int,
    batch: int,
    request: Request,
    efficiency: Efficiency,
    bits: int,
    cache_bits: int,
) -> Replica:
    bandwidth = chip.bandwidth_bytes_s * chips * efficiency.bandwidth
    compute = chip.peak_at(bits) * chips * efficiency.compute
    cache = cache_bytes_per_token(model, cache_bits) * request.mean_context
    flop = FLOP_A_PARAMETER_TOKEN * model.active_parameters

    def step(requests: int) -> tuple[Decimal, bool]:
        read = min(model.parameters, model.active_parameters * requests)
        by_memory = (weight_bytes(read, bits) + requests * cache) / bandwidth
        by_compute = flop * requests / compute
        return max(by_memory, by_compute), by_memory >= by_compute

    seconds, memory_bound = step(batch)
    alone, _ = step(1)
    prompt = flop * request.input_tokens / compute
    return Replica(
        chips,
        batch,
        seconds,
        memory_bound,
        batch / (request.output_tokens * seconds + batch * prompt),
        1 / alone,
    )
