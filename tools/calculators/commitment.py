"""Is a commitment worth it: break-even utilisation, blended rate, and the regret when usage falls."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.defaults import COMMITMENT_DISCOUNTS
from tools.calculators.inputs import HOURS_A_MONTH, Price, chosen, positive, share, whole
from tools.calculators.wording import cell, cents, money, percent
from tools.errors import NeedsChoice
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

PAID_ANYWAY = "Every committed hour is paid, used or not; without the commitment only used hours are paid"
LEVELS = tuple(Decimal(tenth) / 10 for tenth in range(3, 11))


def break_even_utilisation(discount: Decimal) -> Decimal:
    """The share of committed hours that must be used for the commitment to cost what on demand would: 1 - discount."""
    return 1 - discount


def blended_rate(on_demand: Money, discount: Decimal, utilisation: Decimal) -> Money:
    """What one used hour costs when every committed hour is paid: rate x (1 - discount) / utilisation."""
    return on_demand * (1 - discount) / utilisation


def commitment_worth(
    utilisation: Decimal | None,
    *,
    discount: Decimal | None = None,
    term_months: int = 12,
    on_demand: Price | None = None,
    quantity: Decimal = Decimal(1),
    usage_falls_to: Decimal | None = None,
) -> Result:
    """Whether committing for `term_months` beats on demand at `utilisation` (share of the committed hours used).

    `discount` is the share off the on-demand rate; a 1 or 3-year term has a stated default. `on_demand` is the rate an
    hour of one of `quantity` units: with it the saving is in money, else in percent of the on-demand bill.
    `usage_falls_to` asks what a lower utilisation would lose. Headline: the saving (negative is a loss).
    """
    if utilisation is None:
        raise NeedsChoice("What share of the committed hours would be used?", ("55%", "70%", "90%"))
    share("utilisation", utilisation, zero=False)
    whole("the term in months", term_months)
    positive("the quantity", quantity)
    default = COMMITMENT_DISCOUNTS.get(term_months)
    if discount is None and default is None:
        raise NeedsChoice(f"Which discount does the {term_months}-month commitment give?", ("20%", "30%", "40%"))
    if discount is None:
        assert default is not None
        rate = chosen(None, default)
        discount, rate_said = rate.value, rate.sentence
    else:
        share("the discount", discount)
        rate_said = f"Commitment discount: {percent(discount)} off on demand, as given"
    even = break_even_utilisation(discount)
    saving = (utilisation - even) / utilisation
    worth = saving > 0
    verdict = "is worth it" if worth else "breaks even" if saving == 0 else "is not worth it"
    figures = [
        Figure("Saving against on demand", saving * 100, "%"),
        Figure("Break-even utilisation", even * 100, "%"),
        Figure("Utilisation", utilisation * 100, "%"),
        Figure("Discount", discount * 100, "%"),
        Figure("Discount needed to break even", (1 - utilisation) * 100, "%"),
    ]
    amount_said = f"{percent(abs(saving))} {'less' if worth else 'more'} than on demand"
    fall_said = ""
    unit, one = "% of the on-demand rate", Money(Decimal(100), "XXX")
    if on_demand is not None:
        hours = HOURS_A_MONTH * term_months * quantity
        used, committed = on_demand.money * (hours * utilisation), on_demand.money * (hours * (1 - discount))
        gain = used - committed
        figures[:0] = [Figure.of("Saving over the term", gain, on_demand.as_of)]
        if gain.amount < 0:
            figures.append(Figure.of("More than on demand over the term", -gain, on_demand.as_of))
        figures += [
            Figure.of("Cost on demand", used, on_demand.as_of),
            Figure.of("Cost committed", committed, on_demand.as_of),
            Figure.of("Cost per used hour", blended_rate(on_demand.money, discount, utilisation), on_demand.as_of),
        ]
        amount_said = f"{money(-gain if gain.amount < 0 else gain)} {'less' if worth else 'more'} than on demand"
        unit, one = f"{on_demand.money.currency} per used hour", on_demand.money
    if usage_falls_to is not None:
        share("the lower utilisation", usage_falls_to, zero=False)
        fallen = (usage_falls_to - even) / usage_falls_to
        figures.append(Figure(f"Saving at {percent(usage_falls_to)} utilisation", fallen * 100, "%"))
        if on_demand is not None:
            later = on_demand.money * (HOURS_A_MONTH * term_months * quantity * (usage_falls_to - even))
            figures.append(Figure.of(f"Saving over the term at {percent(usage_falls_to)} utilisation", later))
        outcome = "saves" if fallen > 0 else "loses"
        fall_said = f" If usage falls to {percent(usage_falls_to)}, it {outcome} {percent(abs(fallen))} of that bill."
    levels = sorted({*LEVELS, utilisation})
    rates = [blended_rate(one, discount, level) for level in levels]
    return Result(
        summary=(
            f"A {term_months}-month commitment at {percent(utilisation)} utilisation {verdict}: it costs "
            f"{amount_said}. "
            f"It breaks even at {percent(even)} utilisation with a discount of {percent(discount)}.{fall_said}"
        ),
        figures=tuple(figures),
        table=Table(
            f"{term_months}-month commitment at {percent(discount)} discount, by utilisation",
            ("Utilisation (%)", "Saving against on demand (%)", f"Cost ({unit})"),
            tuple(
                (cell(level * 100), cell((level - even) / level * 100), cell(rate.amount))
                for level, rate in zip(levels, rates, strict=True)
            ),
        ),
        chart=Chart(
            "line",
            "Cost of one used hour by utilisation",
            unit,
            tuple(percent(level) for level in levels),
            (
                Series("Committed", tuple(cents(rate) for rate in rates)),
                Series("On demand", tuple(cents(one) for _ in levels)),
            ),
        ),
        assumptions=(
            PAID_ANYWAY,
            rate_said,
            *((on_demand.stated("On-demand rate an hour"),) if on_demand else ()),
            *((f"A month is {HOURS_A_MONTH} hours",) if on_demand else ()),
        ),
    )


def needed_utilisation(discount: Decimal) -> Result:
    """From which use on a commitment at `discount` (share off on demand) pays. Headline: that utilisation."""
    share("the discount", discount)
    even = break_even_utilisation(discount)
    return Result(
        summary=(
            f"A commitment at {percent(discount)} off breaks even at {percent(even)} utilisation: used more it pays,"
            " used less on demand is cheaper."
        ),
        figures=(Figure("Break-even utilisation", even * 100, "%"), Figure("Discount", discount * 100, "%")),
        assumptions=(PAID_ANYWAY,),
    )


def needed_discount(utilisation: Decimal) -> Result:
    """From which discount on a commitment used at `utilisation` pays. Headline: that discount."""
    share("utilisation", utilisation, zero=False)
    needed = 1 - utilisation
    return Result(
        summary=f"At {percent(utilisation)} utilisation a commitment pays from a discount of {percent(needed)} on.",
        figures=(
            Figure("Discount needed to break even", needed * 100, "%"),
            Figure("Utilisation", utilisation * 100, "%"),
        ),
        assumptions=(PAID_ANYWAY,),
    )
