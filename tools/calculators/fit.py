"""How many chips hold a model in memory."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from tools.calculators.defaults import USABLE_MEMORY
from tools.calculators.inputs import ChipSpec, chosen, positive, share, whole
from tools.calculators.wording import number, percent
from tools.results import Figure, Result, Table


def chips_to_hold(
    gigabytes: Decimal,
    chip: ChipSpec,
    *,
    usable: Decimal | None = None,
    what: str = "the weights",
    chips: int | None = None,
) -> Result:
    """Chips whose memory together holds `gigabytes` (10^9 bytes), rounded up; `usable` is the share of each chip's
    memory that may be taken. With `chips` the sentence says whether it fits on that many. Headline: the chips needed;
    beside it those of the whole memory, and of a power of two, as models are usually split."""
    positive("the gigabytes", gigabytes)
    taken = chosen(usable, USABLE_MEMORY)
    share("the usable memory", taken.value, zero=False)

    def needed(at: Decimal) -> Decimal:
        return (gigabytes / (chip.memory_gb * at)).to_integral_value(ROUND_CEILING)

    wanted, least = needed(taken.value), needed(Decimal(1))
    split = Decimal(2) ** (int(wanted) - 1).bit_length()
    room = chip.memory_gb * wanted
    fits = ""
    if chips is not None:
        whole("the number of chips", chips)
        verdict = "does not fit" if chips < least else "fits" if chips >= wanted else "fits only just"
        fits = f"It {verdict} on {number(chips)} {chip.name} ({number(chip.memory_gb * chips)} GB). "
    verb = "holds" if wanted == 1 else "hold"
    said = (
        f"{fits}{number(wanted)} {chip.name} of {number(chip.memory_gb)} GB {verb} {what} of {number(gigabytes)} GB, "
        f"with {percent(taken.value)} of the memory usable."
    )
    if least != wanted:
        said += f" Without any room to spare {number(least)} would."
    return Result(
        summary=said,
        figures=(
            Figure("Chips needed", wanted, chip.name),
            Figure("Chips needed, whole memory taken", least, chip.name),
            Figure("Chips needed, a power of two", split, chip.name),
            Figure("Memory to hold", gigabytes, "GB"),
            Figure("Memory in all", room, "GB"),
            Figure("Memory of one chip", chip.memory_gb, "GB"),
        ),
        table=Table(
            "Chips by the memory that may be taken",
            ("Share of the memory (%)", "Chips"),
            tuple((at * 100, needed(at)) for at in sorted({taken.value, Decimal(1)})),
        ),
        assumptions=(
            taken.sentence,
            f"{chip.name}: {number(chip.memory_gb)} GB ({chip.source})",
            "Only what is named is held: activations, the runtime and other caches need room as well",
        ),
    )
