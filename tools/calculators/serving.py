"""What serving a model on one's own chips takes and costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from tools.calculators.architectures import Architecture
from tools.calculators.defaults import (
    BANDWIDTH_USE,
    CONCURRENCY,
    FLEET_UTILISATION,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    SERVING_MFU,
    USABLE_MEMORY,
)
from tools.calculators.inputs import DAYS_A_MONTH, ChipSpec, Chosen, Price, chosen, positive, share
from tools.calculators.roofline import (
    GIGABYTE,
    Efficiency,
    Replica,
    Request,
    cache_bytes_per_token,
    decode_ceiling,
    replicas_of,
    weight_bytes,
)
from tools.calculators.wording import cell, cents, money, number, percent
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

SECONDS_A_DAY = Decimal(86400)
MILLION = Decimal(10) ** 6
LOADS = (Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("0.5"), Decimal("0.7"), Decimal("1"))


@dataclass(frozen=True, slots=True)
class Plan:
    """A sized service: its replica, how many of them, what a day and a million tokens cost, and what was assumed.
    Capacity is a replica's at full load, usable its at the mean load, both in tokens a day."""

    replica: Replica
    replicas: int
    tokens_a_day: Decimal
    capacity_a_day: Decimal
    usable_a_day: Decimal
    cost_a_day: Money
    request: Request
    sentences: tuple[str, ...]

    @property
    def chips(self) -> int:
        return self.replicas * self.replica.chips

    @property
    def cost_a_million(self) -> Money:
        return self.cost_a_day / (self.tokens_a_day / MILLION)


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of the service; None takes the stated default."""

    input_tokens: Decimal | None = None
    output_tokens: Decimal | None = None
    utilisation: Decimal | None = None
    concurrency: int | None = None
    bits: int = 16
    cache_bits: int = 16
    chips_per_replica: int | None = None


def plan(
    model: Architecture, chip: ChipSpec, price: Price, tokens_per_day: Decimal | None, load: Load, *, pessimism: int = 0
) -> Plan:
    """The cheapest of `plans`, with the fewest chips of equal ones."""
    found = plans(model, chip, price, tokens_per_day, load, pessimism=pessimism)
    return min(found, key=lambda plan: (plan.cost_a_million.amount, plan.chips))


def plans(
    model: Architecture, chip: ChipSpec, price: Price, tokens_per_day: Decimal | None, load: Load, *, pessimism: int = 0
) -> list[Plan]:
    """A service for `tokens_per_day` (input and output together) for each size of replica worth trying; one replica at
    its mean load where no tokens are named.

    `pessimism` -1 and 1 take the good and the bad end of the defaults' ranges. BadInput on what does not fit.
    """
    taken = {
        "input": chosen(load.input_tokens, INPUT_TOKENS),
        "output": chosen(load.output_tokens, OUTPUT_TOKENS),
        "use": chosen(load.utilisation, FLEET_UTILISATION),
        "bandwidth": chosen(None, BANDWIDTH_USE),
        "compute": chosen(None, SERVING_MFU),
        "memory": chosen(None, USABLE_MEMORY),
        "concurrency": chosen(Decimal(load.concurrency) if load.concurrency is not None else None, CONCURRENCY),
    }
    for name in ("input", "output", "concurrency"):
        positive(f"{name} of a request", taken[name].value)
    share("utilisation", taken["use"].value, zero=False)
    request = Request(taken["input"].value, taken["output"].value)
    efficiency = Efficiency(
        _at(taken["bandwidth"], pessimism),
        _at(taken["compute"], pessimism),
        taken["memory"].value,
        int(taken["concurrency"].value),
    )
    said = tuple(choice.sentence for choice in taken.values())
    found = []
    for replica in replicas_of(
        model, chip, request, efficiency, bits=load.bits, cache_bits=load.cache_bits, chips=load.chips_per_replica
    ):
        capacity = replica.tokens_a_second(request) * SECONDS_A_DAY
        usable = capacity * taken["use"].value
        tokens = usable if tokens_per_day is None else positive("tokens a day", tokens_per_day)
        replicas = int((tokens / usable).to_integral_value(ROUND_CEILING)) or 1
        a_day = price.money * (24 * replicas * replica.chips)
        found.append(Plan(replica, replicas, tokens, capacity, usable, a_day, request, said))
    return found


def serving_cost(
    model: Architecture,
    chip: ChipSpec,
    price_per_chip_hour: Price,
    tokens_per_day: Decimal | None = None,
    *,
    load: Load | None = None,
) -> Result:
    """Cost of serving `model` at `tokens_per_day` on rented chips. Headline: cost of a million tokens, input and output
    together, at that load; then a month's cost, chips, throughput, weights and cache.

    The throughput is a roofline, good to a factor of two: the table gives it from the good to the bad end.
    """
    load = load or Load()
    sized = plan(model, chip, price_per_chip_hour, tokens_per_day, load)
    best, worst = (plan(model, chip, price_per_chip_hour, tokens_per_day, load, pessimism=p) for p in (-1, 1))
    as_of, currency = price_per_chip_hour.as_of, price_per_chip_hour.money.currency
    weights = weight_bytes(model.parameters, load.bits)
    cache = cache_bytes_per_token(model, load.cache_bits)
    month = sized.cost_a_day * DAYS_A_MONTH
    use = sized.tokens_a_day / (sized.capacity_a_day * sized.replicas)
    rate = sized.replica.tokens_a_second(sized.request)
    bound = "memory bandwidth" if sized.replica.memory_bound else "compute"
    dated = f" at prices of {as_of.isoformat()}" if as_of else ""
    span = f", between {money(best.cost_a_million)} and {money(worst.cost_a_million)}"
    if best.cost_a_million == worst.cost_a_million:
        span = ""
    return Result(
        summary=(
            f"Serving {model.name} costs about {money(sized.cost_a_million)} per million tokens{dated}{span}: "
            f"{sized.chips} {chip.name} for "
            f"{number(sized.tokens_a_day)} tokens a day, {money(month)} a month at {percent(use)} utilisation."
        ),
        figures=(
            Figure("Cost per million tokens", sized.cost_a_million.amount, f"{currency} per million tokens", as_of),
            Figure("Cost a month", month.amount, f"{currency} a month", as_of),
            Figure("Cost a day", sized.cost_a_day.amount, f"{currency} a day", as_of),
            Figure("Chips needed", Decimal(sized.chips), chip.name),
            Figure("Chips a replica", Decimal(sized.replica.chips), chip.name),
            Figure("Tokens a day", sized.tokens_a_day, "tokens a day"),
            Figure("Throughput of a replica", rate, "tokens a second"),
            Figure(
                "Output of a replica", sized.replica.requests_a_second * sized.request.output_tokens, "tokens a second"
            ),
            Figure("Requests at once", Decimal(sized.replica.batch), "requests"),
            Figure("Utilisation", use * 100, "%"),
            Figure("Weights", weights / GIGABYTE, "GB"),
            Figure("KV cache a token", cache, "bytes"),
            Figure("Ceiling of one request on one chip", decode_ceiling(chip, weights), "tokens a second"),
            Figure("Cost per million tokens, low", best.cost_a_million.amount, currency, as_of),
            Figure("Cost per million tokens, high", worst.cost_a_million.amount, currency, as_of),
        ),
        table=Table(
            f"{model.name} on {chip.name}",
            ("Case", "Tokens a second a replica", "Replicas", "Chips", f"Cost per million tokens ({currency})"),
            tuple(
                (name, cell(p.replica.tokens_a_second(p.request)), p.replicas, p.chips, cents(p.cost_a_million))
                for name, p in (("good", best), ("expected", sized), ("bad", worst))
            ),
        ),
        chart=_chart(sized, currency),
        assumptions=(
            f"Roofline: decoding here is bound by {bound}, reading the prompt by compute (Pope et al. 2022, "
            "arXiv:2211.05102); good to about a factor of two",
            model.stated(),
            f"Weights at {load.bits} bits, cache at {load.cache_bits} bits",
            *sized.sentences,
            f"{chip.name}: {number(chip.memory_gb)} GB, {number(chip.bandwidth_bytes_s)} bytes/s ({chip.source})",
            price_per_chip_hour.stated(f"Price of one {chip.name} hour"),
            "A token is an input or an output token; staff, storage and network are not in the cost",
        ),
    )


def _at(choice: Chosen, pessimism: int) -> Decimal:
    return choice.value if pessimism == 0 else choice.high if pessimism < 0 else choice.low


def _chart(sized: Plan, currency: str) -> Chart:
    replica_day = sized.cost_a_day / sized.replicas
    costs = tuple(cents(replica_day / (sized.capacity_a_day * at / MILLION)) for at in LOADS)
    return Chart(
        "line",
        "Cost per million tokens by utilisation",
        currency,
        tuple(percent(at) for at in LOADS),
        (Series("Cost per million tokens", costs),),
    )
