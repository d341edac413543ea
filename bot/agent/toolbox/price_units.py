"""What is priced by the hour of audio, the page, the character or the search."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, PeriodText
from bot.agent.toolbox.prices import day_of
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services


class PriceUnits(Arguments):
    model: str
    unit: Literal["audio hours", "pages", "annotated pages", "characters", "web searches"]
    count: Number | None = Field(default=None, description="How many; left out, the price as it is listed.")
    minutes: Number | None = Field(default=None, description="Minutes of audio, in place of a count of hours.")
    each: Literal["minute", "hour", "page", "annotated page", "character", "search"] | None = Field(
        default=None, description="The price of one of these, where nothing is counted."
    )
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")


def _price_units(services: Services, turn: Turn, args: PriceUnits) -> Output:
    from tools.prices.by_unit import price_units
    from tools.prices.names import find_model

    count = args.count if args.minutes is None else args.minutes / 60
    catalogue = services.catalogue
    model, on = find_model(args.model, catalogue), day_of(args.on, turn)
    return Output(price_units(model, args.unit, count, on, catalogue, args.each))


TOOLS = (
    Tool(
        "price_units",
        "What a model costs that is priced by hours of audio to transcribe, pages of documents to read (OCR), "
        "characters to speak, or web searches.",
        PriceUnits,
        _price_units,
        "Looking up the price",
    ),
)
