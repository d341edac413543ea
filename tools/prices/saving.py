"""What a cache or a batch saves on a usage."""

from __future__ import annotations

from dataclasses import replace

from tools.money import Money
from tools.results import Figure, Result


def saving_against(priced: Result, standard: Result) -> Result:
    """`priced` with what it saves against `standard`, the same tokens without cache or batch, as the headline.

    Both are results of `price_usage`, whose first figure is the cost.
    """
    now, before = priced.figures[0], standard.figures[0]
    saved = Money(before.value, before.unit) - Money(now.value, now.unit)
    share = saved.amount / before.value * 100 if before.value else None
    word = "Saves" if saved.amount >= 0 else "Costs more by"
    shown = Money(abs(saved.amount), saved.currency).shown()
    return replace(
        priced,
        summary=f"{word} {shown} against {Money(before.value, before.unit).shown()} without it. {priced.summary}",
        figures=(
            Figure.of("Saving", saved, now.as_of),
            *((Figure("Saving in percent", share, "%", now.as_of),) if share is not None else ()),
            Figure("Cost without cache or batch", before.value, before.unit, before.as_of),
            *priced.figures,
        ),
    )


def with_share_below(comparison: Result) -> Result:
    """A result of `compare_models` with how many percent each dearer model's cost the cheapest lies below it."""
    costs = [figure for figure in comparison.figures if figure.label.startswith("Cost on ")]
    if len(costs) < 2:
        return comparison
    best = min(costs, key=lambda figure: figure.value)
    shares = tuple(
        Figure(
            f"Cheapest below {cost.label.removeprefix('Cost on ')}",
            (1 - best.value / cost.value) * 100,
            "%",
            cost.as_of,
        )
        for cost in costs
        if cost.value > best.value
    )
    return replace(comparison, figures=(*comparison.figures, *shares))
