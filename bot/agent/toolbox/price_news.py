"""By how many percent a price moves, as the news and documents say, to be applied to our own bill."""

from __future__ import annotations

from pydantic import Field

from bot.agent.toolbox.knowledge import citation
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.reply import Source
from bot.services import Services
from tools.errors import NeedsChoice, Unknown
from tools.money import plain
from tools.results import Figure, Result, listed


class PriceNews(Arguments):
    question: str
    names: tuple[str, ...] = Field(description="The model, machine or provider whose price moves.")


def _price_news(services: Services, turn: Turn, args: PriceNews) -> Output:
    from knowledge.answering.price_moves import price_moves

    found = price_moves(services.store, args.question, args.names, turn.question.today)
    if not found:
        named = listed(list(args.names))
        raise Unknown(
            f"The indexed news and documents tell no percentage by which the price of {named} moves. Which percentage "
            "should I apply?"
        )
    newest = [one for one in found if one.passage.url == found[0].passage.url]
    told = sorted({one.percent for one in newest})
    if len(told) > 1:
        shown = [f"{plain(percent)}%" for percent in told]
        asked = f"{found[0].passage.title} tells several percentages. Which should I apply?"
        raise NeedsChoice(asked, shown)
    first = found[0]
    passage = first.passage
    source = Source(passage.title, passage.publisher, passage.url, passage.published_on, first.quote)
    return Output(
        Result(
            f"{first.quote} {citation(source)}",
            (Figure(f"Price change told: {passage.title}", first.percent, "%", passage.published_on),),
        ),
        (source,),
        (passage.text,),
    )


TOOLS = (
    Tool(
        "price_news",
        "By how many percent the news or a document say that a price moves, to work out what that does to our bill.",
        PriceNews,
        _price_news,
        "Reading by how much the price moves",
    ),
)
