"""What a model's prompts above some length cost."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tools.results import Result

ABOVE = re.compile(r"^(?P<part>.+?), requests above (?P<start>[\d,]+) input tokens price$")


def for_long_prompts(result: Result, above: Decimal) -> Result:
    """A model's list prices with those of prompts above `above` input tokens first, by the length from which they hold
    (1: of the first step there is); a sentence that there are none where the price is the same at any length."""
    steps = [(figure, found) for figure in result.figures if (found := ABOVE.match(figure.label))]
    if not steps:
        longer = f", above {above:,f} tokens, too" if above > 1 else ""
        said = f"The same price at any length of prompt{longer}."
        return replace(result, summary=f"{said} {result.summary}")
    starts = {Decimal(found["start"].replace(",", "")) for _, found in steps}
    start = max((one for one in starts if one <= above), default=min(starts))
    held = [(figure, found) for figure, found in steps if Decimal(found["start"].replace(",", "")) == start]
    plain = [figure for figure, found in held if "batch" not in found["part"]]
    parts = ", ".join(
        f"{found['part'].lower()} ${figure.value.normalize():f}" for figure, found in held if figure in plain
    )
    said = f"Per million tokens of a request above {start:,f} input tokens: {parts}."
    parts_of = {f"{found['part']} price" for _, found in held}
    rest = tuple(
        replace(figure, label=f"{figure.label} of shorter prompts") if figure.label in parts_of else figure
        for figure in result.figures
        if figure not in plain
    )
    first = tuple(
        replace(figure, label=f"{found['part']} price of prompts above {start:,f} tokens")
        for figure, found in held
        if figure in plain
    )
    return replace(result, summary=f"{said} {result.summary}", figures=(*first, *rest))
