"""The tool that splits own spend into groups: ranked, counted, averaged, held against a limit or each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.scoped import DIMENSIONS, Spend, query
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.results import Result

MOST_SPANS = 1000


class SpendBy(Spend):
    by: tuple[str, ...] = Field(
        description=f"One or two of {DIMENSIONS}; or of day, week, month, quarter, year, day_of_week, part_of_week."
    )
    top: int | None = Field(default=None, ge=1, le=1000)
    difference: bool = Field(
        default=False,
        description="How far two named groups are apart; with `top` 1, how far the largest is ahead of the next.",
    )
    smallest: bool = Field(default=False, description="The smallest groups are asked for, not the largest.")
    rank: int | None = Field(
        default=None, ge=1, le=100, description="Only the one in this place: 2, the second largest."
    )

    mean: bool = Field(default=False, description="The mean of the groups is asked for: per team on average.")
    count: bool = Field(default=False, description="How many groups there are is asked for.")
    above: Number | None = Field(default=None, description="Only the groups that cost more than this amount.")
    below: Number | None = Field(default=None, description="Only the groups that cost less than this amount.")
    above_share: Percent | None = Field(default=None, description="Only the groups that are more than this share.")
    below_share: Percent | None = Field(default=None, description="Only the groups that are less than this share.")


def _limit(args: SpendBy) -> tuple[Literal["above", "below"], Decimal, bool] | None:
    """Which way from which limit, and whether that is a share."""
    if args.above is not None or args.above_share is not None:
        share = args.above is None
        return "above", args.above_share or Decimal(0) if share else args.above or Decimal(0), share
    if args.below is not None or args.below_share is not None:
        share = args.below is None
        return "below", args.below_share or Decimal(0) if share else args.below or Decimal(0), share
    return None


def spend_groups(services: Services, turn: Turn, args: SpendBy) -> Output:
    from tools.ledger.found.held_against import ahead
    from tools.ledger.found.of_groups import beyond, counted, mean_of_groups
    from tools.ledger.found.ranking import compared, placed, smallest
    from tools.ledger.spend import spend_by

    limit = _limit(args)
    ahead_of_next = args.difference and args.top == 1
    every = args.smallest or args.mean or args.count or limit or ahead_of_next
    top = MOST_SPANS if every else args.rank or args.top

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        from tools.ledger.known import named_values

        stated = "resource_type" not in args.by or named_values(ledger, turn.audience, "resource_type")
        by = args.by if stated else tuple("sku" if name == "resource_type" else name for name in args.by)
        result = spend_by(ledger, scope, turn.audience, turn.question.today, by, top)
        if result.table is None or result.table.columns[-1] != "Share (%)":
            return result  # no charge at all: there is nothing to rank
        kind = args.by[-1].removeprefix("tag:").replace("_", " ")
        if limit:
            return beyond(result, kind, *limit)
        if args.mean or args.count:
            return (mean_of_groups if args.mean else counted)(result, kind)
        if ahead_of_next:
            return ahead(result)
        if args.smallest:
            return smallest(result, args.top or 1)
        if args.rank:
            return placed(result, args.rank)
        named = dict(scope.where).get(args.by[0], ()) if len(args.by) == 1 else ()
        return compared(result, first=args.difference) if len(named) == 2 else result

    return query(services, turn, args, run)
