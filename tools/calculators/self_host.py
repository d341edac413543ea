"""Serve a model ourselves or buy it by the token: the break-even in tokens a day."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from tools.calculators.architectures import Architecture
from tools.calculators.inputs import DAYS_A_MONTH, ChipSpec, Price
from tools.calculators.serving import MILLION, Load, Plan, plan, plans
from tools.calculators.wording import cell, cents, money, number, percent, short
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

MULTIPLES = (Decimal("0.1"), Decimal("0.5"), Decimal("1"), Decimal("2"), Decimal("5"), Decimal("10"))


def api_price_per_million(
    input_price: Money, output_price: Money, input_tokens: Decimal, output_tokens: Decimal
) -> Money:
    """The price of a million tokens in the mix of a request, from the two prices of a million each."""
    return (input_price * input_tokens + output_price * output_tokens) / (input_tokens + output_tokens)


def self_host_or_api(
    model: Architecture,
    chip: ChipSpec,
    price_per_chip_hour: Price,
    api_input: Price,
    api_output: Price,
    tokens_per_day: Decimal | None,
    *,
    load: Load | None = None,
    staff_per_month: Money | None = None,
) -> Result:
    """What `tokens_per_day` cost a month served on rented chips against an API's prices of a million tokens.

    Headline: what the cheaper one saves a month. The break-even is the number of tokens a day from which one's own
    chips are cheaper: fixed cost a day / API price a token, where a replica can carry that many; otherwise there is
    none. NeedsChoice without tokens a day; BadInput on several currencies.
    """
    if tokens_per_day is None:
        raise NeedsChoice("How many tokens a day, input and output together?", ("10M", "100M", "1bn"))
    load = load or Load()
    currency = price_per_chip_hour.money.currency
    staff = staff_per_month or Money(Decimal(0), currency)
    if {api_input.money.currency, api_output.money.currency, staff.currency} != {currency}:
        raise BadInput("Chips, API and staff must be priced in one currency.")
    sized = plan(model, chip, price_per_chip_hour, tokens_per_day, load)
    api_million = api_price_per_million(
        api_input.money, api_output.money, sized.request.input_tokens, sized.request.output_tokens
    )
    if api_million.amount <= 0:
        raise BadInput("The API's price must be above zero.")

    def own(tokens: Decimal) -> Money:
        at = sized if tokens == tokens_per_day else plan(model, chip, price_per_chip_hour, tokens, load)
        return at.cost_a_day * DAYS_A_MONTH + staff

    def bought(tokens: Decimal) -> Money:
        return api_million * (tokens / MILLION) * DAYS_A_MONTH

    hosted, api = own(tokens_per_day), bought(tokens_per_day)
    even = break_even_tokens(model, chip, price_per_chip_hour, api_million, load, staff)
    cheaper = "Self-hosting" if hosted < api else "The API"
    gap = api - hosted if hosted < api else hosted - api
    as_of = min((p.as_of for p in (price_per_chip_hour, api_input, api_output) if p.as_of), default=None)
    figures = [
        Figure(f"Saving a month of {cheaper[0].lower()}{cheaper[1:]}", gap.amount, f"{currency} a month", as_of),
        Figure("Self-hosting a month", hosted.amount, f"{currency} a month", as_of),
        Figure("API a month", api.amount, f"{currency} a month", as_of),
        Figure("Tokens a day", tokens_per_day, "tokens a day"),
        Figure("API price per million tokens, mixed", api_million.amount, currency, as_of),
        Figure(
            "Self-hosting per million tokens",
            (hosted / (tokens_per_day * DAYS_A_MONTH / MILLION)).amount,
            currency,
            as_of,
        ),
        Figure("Chips needed", Decimal(sized.chips), chip.name),
    ]
    warnings: list[str] = []
    if even is None:
        ending = "At no volume does self-hosting get cheaper: a chip's whole capacity costs more than the API."
        warnings.append(ending)
    else:
        figures.insert(3, Figure("Break-even", even, "tokens a day", as_of))
        ending = f"Self-hosting is cheaper from about {number(even)} tokens a day."
    near = sorted({(even or tokens_per_day) * multiple for multiple in MULTIPLES} | {tokens_per_day})
    dated = f" at prices of {as_of.isoformat()}" if as_of else ""
    return Result(
        summary=(
            f"At {number(tokens_per_day)} tokens a day {cheaper[0].lower()}{cheaper[1:]} is cheaper by {money(gap)} a "
            f"month{dated}: {money(hosted)} on {sized.chips} {chip.name} against {money(api)} for the API. {ending}"
        ),
        figures=tuple(figures),
        table=Table(
            f"{model.name}: self-hosting against the API",
            ("Tokens a day", f"Self-hosting ({currency} a month)", f"API ({currency} a month)", "Cheaper"),
            tuple(
                (cell(t), cents(own(t)), cents(bought(t)), "self-hosting" if own(t) < bought(t) else "API")
                for t in near
            ),
        ),
        chart=Chart(
            "line",
            "Cost a month by tokens a day",
            currency,
            tuple(short(t) for t in near),
            (
                Series("Self-hosting", tuple(cents(own(t)) for t in near)),
                Series("API", tuple(cents(bought(t)) for t in near)),
            ),
        ),
        assumptions=_assumptions(sized, model, chip, (price_per_chip_hour, api_input, api_output), staff, load),
        warnings=(*warnings, "The two are compared at equal quality; whether the models are equal is not known here."),
    )


def break_even_tokens(
    model: Architecture, chip: ChipSpec, price: Price, api_million: Money, load: Load, staff_per_month: Money
) -> Decimal | None:
    """The fewest tokens a day at which own chips cost no more than the API.

    k replicas of cost F a day cost what T = (k F + staff) / price a token do, and must carry T: the least such T over k
    and over the sizes of a replica. None where even a full replica costs more a token than the API.
    """
    per_token = api_million / MILLION
    fixed = (staff_per_month / DAYS_A_MONTH).ratio(per_token)
    found = []
    for one in plans(model, chip, price, Decimal(1), load):
        alone = one.cost_a_day.ratio(per_token)
        if one.usable_a_day > alone:
            replicas = max((fixed / (one.usable_a_day - alone)).to_integral_value(ROUND_CEILING), Decimal(1))
            found.append(replicas * alone + fixed)
    return min(found, default=None)


def _assumptions(
    sized: Plan,
    model: Architecture,
    chip: ChipSpec,
    prices: tuple[Price, Price, Price],
    staff: Money,
    load: Load,
) -> tuple[str, ...]:
    hour, api_input, api_output = prices
    mix = sized.request.input_tokens / sized.request.total
    return (
        "Own chips run day and night, used or not; the API is paid by the token",
        model.stated(),
        f"Weights at {load.bits} bits, cache at {load.cache_bits} bits",
        *sized.sentences,
        f"{percent(mix)} of the tokens are input, from the tokens of a request",
        f"{chip.name}: {number(chip.memory_gb)} GB ({chip.source})",
        hour.stated(f"Price of one {chip.name} hour"),
        api_input.stated("API price of a million input tokens"),
        api_output.stated("API price of a million output tokens"),
        f"Staff: {staff.shown()} a month" + ("" if staff.amount else ", since none was given"),
        "No prompt caching and no batch discount at the API",
    )
