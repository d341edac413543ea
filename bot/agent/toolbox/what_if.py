"""Our own traffic priced again: on another model, as a batch, with a cache, in part, grown, over a year."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Percent
from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.prices.catalogue import ModelRef
from tools.results import Result


class WhatIf(Spend):
    to_model: str | None = Field(default=None, description="The model it would have run on.")
    batch: bool = False
    batch_discount: Percent | None = Field(default=None, description="Percent that a batch is said to take off.")
    cached_share: Percent | None = Field(default=None, description="Percent of the input read from the cache.")
    moved_share: Percent | None = Field(default=None, description="Percent of the traffic that moves, if not all.")
    volume_change: Percent | None = Field(default=None, description="So many percent more traffic; negative less.")
    saving: bool = Field(default=False, description="What it saves is asked for, rather than what it costs.")
    over: Literal["day", "week", "month", "quarter", "year"] | None = Field(
        default=None, description="Reckoned for a day, week, month, quarter or year from the volume of the period."
    )


def _model(services: Services, turn: Turn, name: str) -> ModelRef:
    """The model of the price list; where several may be meant, the one of them that the bills name."""
    from tools.ledger.known import known_values, model_snapshots
    from tools.ledger.naming.spoken_models import models_meant
    from tools.prices.names import find_model, resolve_billed_model

    try:
        return find_model(name, services.catalogue)
    except NeedsChoice:
        known = known_values(services.ledger, turn.audience, "model")
        dated = model_snapshots(services.ledger, turn.audience)
        meant = [one for one in models_meant(name, known) if one in known]
        billed = [full for one in meant for full in dated.get(one, (one,))]
        sellers = (None, *known_values(services.ledger, turn.audience, "provider"))
        found = {
            ref
            for one in billed
            if (ref := next(filter(None, (resolve_billed_model(one, by, services.catalogue) for by in sellers)), None))
        }
        if len(found) != 1:
            raise
        return found.pop()


def _what_if(services: Services, turn: Turn, args: WhatIf) -> Output:
    from tools.ledger.tokens.moved import by_rates_paid, each_span, partly_moved, saving_first, with_volume
    from tools.ledger.tokens.what_if import what_if
    from tools.period import Period

    model = None if args.to_model is None else _model(services, turn, args.to_model)
    if model is None and not args.batch and args.cached_share is None:
        raise NeedsChoice("On which model would it have run?", ("on batch", "gpt-4o-mini", "claude-haiku-4-5"))
    share = None if args.cached_share is None else args.cached_share / 100
    today = turn.question.today
    if args.over is not None and args.period is None:
        month = Period.last_month(today)
        args = args.model_copy(update={"period": f"{month.start} to {month.last_day}"})

    def run(ledger: Ledger, scope: Scope, _: object) -> Result:
        result = what_if(
            ledger,
            scope,
            turn.audience,
            today,
            services.catalogue,
            to_model=model,
            batch=args.batch,
            cached_share=share,
            batch_off=args.batch_discount,
        )
        if model is None and (args.moved_share is not None or args.volume_change is not None or args.saving):
            result = by_rates_paid(result)
        if args.moved_share is not None:
            result = partly_moved(result, args.moved_share / 100)
        if args.volume_change is not None:
            result = with_volume(result, args.volume_change)
        if args.saving:
            result = saving_first(result)
        if args.over is not None and scope.period is not None:
            result = each_span(result, args.over, scope.period, today)
        return result

    return query(services, turn, args, run)


TOOLS = (
    Tool(
        "what_if",
        "Our own token use of a period priced again: on another model, as a batch, with another cached share of the "
        "input, in part, with more traffic, as a saving a month or a year.",
        WhatIf,
        _what_if,
        "Pricing our usage again",
    ),
)
