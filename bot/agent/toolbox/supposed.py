"""A past bill as it would have been, had the price or the use of a part of it been another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Percent
from bot.agent.toolbox.scoped import FILTERS, Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import BadInput
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.results import Result


class SpendIf(Spend):
    part: tuple[str, ...] = Field(
        default=(),
        description="The part whose price or use changes, each as dimension=value: provider=OpenAI, model=gpt-4o; "
        "all of it without one.",
    )
    price_change: Percent | None = Field(default=None, description="So many percent dearer; negative cheaper.")
    volume_change: Percent | None = Field(default=None, description="So many percent more use; negative less.")
    first: Literal["bill", "part", "difference"] = "bill"


def _spend_if(services: Services, turn: Turn, args: SpendIf) -> Output:
    from tools.ledger.naming.families import with_families
    from tools.ledger.storing.accelerators import charged_for
    from tools.ledger.tokens.partly_changed import partly_changed

    named: dict[str, list[str]] = {}
    for name, is_said, value in (item.partition("=") for item in args.part):
        if not is_said or not (name in {*FILTERS, "accelerator"} or name.startswith("tag:")):
            raise BadInput(f"A part is a dimension and a value, such as provider=OpenAI, not {name!r}.")
        named.setdefault(name, []).append(value)

    def run(ledger: Ledger, scope: Scope, _: object) -> Result:
        part = tuple((name, tuple(values)) for name, values in named.items() if name != "accelerator")
        if chips := named.get("accelerator"):
            part = (*part, charged_for(ledger, turn.audience, chips))
        if "model" in named:
            part = with_families(ledger, turn.audience, Scope(where=part)).where
        return partly_changed(
            ledger,
            scope,
            part,
            turn.audience,
            turn.question.today,
            price_change=args.price_change,
            volume_change=args.volume_change,
            first=args.first,
        )

    return query(services, turn, args, run)


TOOLS = (
    Tool(
        "spend_if",
        "What a bill would have been, had a provider's, a model's or a team's prices or use been so many percent "
        "higher or lower while the rest stayed.",
        SpendIf,
        _spend_if,
        "Working out the bill with that part changed",
    ),
)
