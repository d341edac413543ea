"""What spend a tool is asked about: the arguments that all ledger tools share, and the query that they run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import PeriodText, read_period
from bot.agent.toolbox.tool import Arguments
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import Denied, Unknown
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result

DIMENSIONS = (
    "team, provider, service, model, account, sub_account, project, workspace, api_key, user, region, charge_category, "
    "charge_class, service_category, pricing_category, commitment, commitment_type, commitment_status, "
    "resource_type, resource, sku or, for a tag of any name, tag:KEY"
)
ChargeKind = Literal["usage", "purchases", "taxes", "credits", "adjustments", "corrections", "refunds"]
NOT_THE_WHOLE = "Only some teams' spend may be shown here, so the whole company's cannot be told."
LEAVES_OUT_CHIPS = "accelerator="
NO_DATA = "No billing data has been imported yet; `outlay spend import FILE` brings in a FOCUS export."


class Spend(Arguments):
    """What spend is meant. Names are passed as the person wrote them; `untagged` matches what has no value."""

    period: PeriodText | None = None
    team: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    account: tuple[str, ...] = Field(default=(), description="Billing accounts, by name or id.")
    sub_account: tuple[str, ...] = Field(default=(), description="Linked accounts, subscriptions, by name or id.")
    project: tuple[str, ...] = Field(default=(), description="Projects, by name or id.")
    workspace: tuple[str, ...] = Field(default=(), description="Workspaces, by name or id.")
    api_key: tuple[str, ...] = Field(default=(), description="API keys, by name or id.")
    user: tuple[str, ...] = Field(default=(), description="The users that the bill names.")
    region: tuple[str, ...] = ()
    charge_kind: tuple[ChargeKind, ...] = Field(
        default=(), description="Only charges of these kinds: refunds alone, credits alone, taxes alone."
    )
    charge_category: tuple[str, ...] = Field(
        default=(), description="As FOCUS spells it: Usage, Purchase, Tax, Credit, Adjustment."
    )
    charge_class: tuple[str, ...] = Field(default=(), description="Correction: what corrects an earlier invoice.")
    service_category: tuple[str, ...] = ()
    resource_type: tuple[str, ...] = ()
    pricing_category: tuple[str, ...] = Field(
        default=(), description="Standard (on demand), Committed, Dynamic (spot)."
    )
    charged_for: tuple[Literal["models", "machines"], ...] = Field(
        default=(), description="Only the use of models, or only machines, GPUs among them."
    )
    commitment: tuple[str, ...] = Field(default=(), description="Commitments, by name or id.")
    commitment_type: tuple[str, ...] = Field(default=(), description="Savings Plan, Reserved Instance, as billed.")
    commitment_status: tuple[str, ...] = Field(default=(), description="Used or Unused.")
    resource: tuple[str, ...] = ()
    description: tuple[str, ...] = Field(default=(), description="What the bill calls the charge: Log analytics.")
    sku: tuple[str, ...] = ()
    day_of_week: tuple[str, ...] = Field(default=(), description="Only these days: Monday.")
    part_of_week: tuple[Literal["weekday", "weekend"], ...] = ()
    currency: tuple[str, ...] = Field(default=(), description="Only bills in this currency: EUR. Never a conversion.")
    tags: tuple[str, ...] = Field(default=(), description="Each as key=value; of one key any counts.")
    without: tuple[str, ...] = Field(
        default=(),
        description="What to leave out, each as dimension=value: provider=AWS, tag:env=test, accelerator=p5.",
    )
    either: tuple[str, ...] = Field(
        default=(),
        description="Any of these, each as dimension=value: provider=Anthropic with service=Amazon Bedrock is both.",
    )
    accelerator: tuple[str, ...] = Field(default=(), description="GPUs: p5, H100, or gpu for all of them.")
    cost: Literal["effective", "billed", "list", "contracted"] = "effective"
    whole_company: bool = Field(default=False, description="The sum of all teams is asked for, by that name.")
    ai_only: bool = Field(default=False, description="Only AI spend, not the rest of a cloud bill.")


FILTERS = (
    "team", "provider", "service", "model", "account", "sub_account", "project", "workspace", "api_key", "user",
    "region", "charge_kind", "charge_category", "charge_class", "service_category", "resource_type", "resource", "sku",
    "description", "pricing_category", "commitment", "commitment_type", "commitment_status", "charged_for",
    "day_of_week", "part_of_week", "currency",
)  # fmt: skip


def scope_of(args: Spend, period: Period | None) -> Scope:
    where = [(name, tuple(getattr(args, name))) for name in FILTERS if getattr(args, name)]
    tagged: dict[str, list[str]] = {}
    for key, _, value in (tag.partition("=") for tag in args.tags):
        tagged.setdefault(f"tag:{key}", []).append(value)
    where += [(name, tuple(values)) for name, values in tagged.items()]
    left_out = [(name, (value,)) for name, _, value in (item.partition("=") for item in args.without)]
    either = tuple((name, (value,)) for name, _, value in (item.partition("=") for item in args.either))
    return Scope(
        either=either, period=period, where=tuple(where), cost=args.cost, ai_only=args.ai_only, without=tuple(left_out)
    )


def query(
    services: Services,
    turn: Turn,
    args: Spend,
    run: Callable[[Ledger, Scope, Callable[[str | None], Period | None]], Result],
) -> Output:
    """Run one ledger query, with periods read against the data's own end."""
    from tools.ledger.known import data_span

    if args.whole_company and not (args.team or turn.audience.sees_all or turn.audience.totals):
        raise Denied(NOT_THE_WHOLE)
    span = data_span(services.ledger)
    if span is None:
        raise Unknown(NO_DATA)

    def read(text: str | None) -> Period | None:
        return read_period(text, turn, span[1])

    scope = scope_of(args, read(args.period))
    if args.model or any(item.startswith("model=") for item in args.without):
        from tools.ledger.naming.families import with_families

        scope = with_families(services.ledger, turn.audience, scope)
    idle = [item.partition("=")[2] for item in args.without if item.startswith(LEAVES_OUT_CHIPS)]
    if args.accelerator or idle:
        from tools.ledger.storing.accelerators import called, charged_for

        def charged(chips: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
            return (charged_for(services.ledger, turn.audience, chips),) if chips else ()

        kept = tuple((name, values) for name, values in scope.without if name != "accelerator")
        found = charged(args.accelerator)
        said = tuple((name, called(args.accelerator)) for name, _ in found)
        scope = replace(scope, where=(*scope.where, *found), without=(*kept, *charged(idle)), called=said)
    return Output(run(services.ledger, scope, read))
