"""How many chips a training run needs to be done by a deadline."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from tools.calculators.defaults import MFU, TRAINING_OVERHEAD
from tools.calculators.inputs import ChipSpec, Price, between, chosen, positive, share, whole
from tools.calculators.training import FORMULA, hours_at, training_flop
from tools.calculators.wording import cell, money, number, percent, power_of_ten
from tools.results import Figure, Result, Table

CHIPS_A_NODE = 8


def chips_for_deadline(
    active_parameters: Decimal,
    tokens: Decimal,
    chip: ChipSpec,
    days: Decimal,
    price_per_chip_hour: Price | None = None,
    *,
    mfu: Decimal | None = None,
    overhead: Decimal | None = None,
    chips_a_node: int | None = None,
    nodes: bool = False,
) -> Result:
    """Chips that train `active_parameters` on `tokens` (6ND) within `days` of 24 hours, rounded up; headline first, or
    the nodes of `chips_a_node` (eight where none are said) with `nodes`. `mfu` and `overhead` are shares. Beside it the
    chips at the ends of the MFU's range, and what the chip hours cost. BadInput on a number out of range."""
    flop = training_flop(positive("parameters", active_parameters), positive("tokens", tokens))
    positive("the days", days)
    rate, added = chosen(mfu, MFU), chosen(overhead, TRAINING_OVERHEAD)
    share("MFU", rate.value, zero=False)
    more = 1 + between("the overhead", added.value, Decimal(0), Decimal(100))
    a_node = whole("the chips a node", CHIPS_A_NODE if chips_a_node is None else chips_a_node)

    def needed(at: Decimal) -> tuple[Decimal, Decimal]:
        hours = hours_at(flop, chip, at) * more
        return hours, (hours / (days * 24)).to_integral_value(ROUND_CEILING)

    hours, chips = needed(rate.value)
    node_count = (chips / a_node).to_integral_value(ROUND_CEILING)
    cases = [("expected" if not rate.given else "as given", rate.value)]
    if not rate.given:
        cases += [("high utilisation", rate.high), ("low utilisation", rate.low)]
    figures = [
        Figure("Chips needed", chips, chip.name),
        Figure(f"Nodes of {a_node:,}", node_count, "nodes"),
        Figure("Chips in whole nodes", node_count * a_node, chip.name),
        Figure("Chip hours", hours, "GPU hours"),
        Figure("Training compute", flop, "FLOP"),
        Figure("Deadline", days, "days"),
        Figure("MFU", rate.value * 100, "%"),
        *(Figure(f"Chips needed, {name}", needed(at)[1], chip.name) for name, at in cases[1:]),
    ]
    if nodes:
        figures.insert(0, figures.pop(1))
    counted = f"{number(chips)} {chip.name}"
    in_nodes = f"{number(node_count)} nodes of {a_node:,}"
    head = f"{in_nodes}, {counted}," if nodes else f"{counted}, {in_nodes},"
    span = ""
    if not rate.given:
        low, high = needed(rate.high)[1], needed(rate.low)[1]
        span = f" ({number(low)} to {number(high)} at {percent(rate.high)} to {percent(rate.low)} MFU)"
    said = (
        f"{head} finish in {number(days)} days at {percent(rate.value)} MFU{span}: {number(hours)} {chip.name} hours "
        f"for {power_of_ten(flop)} FLOP."
    )
    if price_per_chip_hour is not None:
        cost = price_per_chip_hour.money * hours
        figures.append(Figure.of("Training cost", cost, price_per_chip_hour.as_of))
        figures.append(Figure.of("Price per chip hour", price_per_chip_hour.money, price_per_chip_hour.as_of))
        said += f" They cost {money(cost)} at {price_per_chip_hour.money.shown()} an hour."
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(
            f"Chips for {number(days)} days",
            ("Case", "MFU (%)", "Chips", f"Nodes of {a_node:,}", f"{chip.name} hours"),
            tuple(
                (
                    name,
                    cell(at * 100),
                    needed(at)[1],
                    (needed(at)[1] / a_node).to_integral_value(ROUND_CEILING),
                    cell(needed(at)[0]),
                )
                for name, at in cases
            ),
        ),
        assumptions=(
            FORMULA,
            rate.sentence,
            added.sentence,
            f"{chip.name}: {power_of_ten(chip.peak_flops)} peak dense {chip.precision} FLOP/s ({chip.source})",
            f"Every chip works all {number(days)} days around the clock; the MFU stays the same on more chips",
            *(
                ()
                if chips_a_node is not None
                else (f"A node holds {CHIPS_A_NODE} chips, since no other number was given",)
            ),
            *((price_per_chip_hour.stated(f"Price of one {chip.name} hour"),) if price_per_chip_hour else ()),
        ),
    )
