"""What `outlay doctor` checks, and what to do about what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bot.settings import Settings
from knowledge.errors import KnowledgeError
from tools.errors import ToolError
from tools.period import day_shown


@dataclass(frozen=True, slots=True)
class Finding:
    """`fine` False asks for something to be done; `sentence` says what."""

    what: str
    fine: bool
    sentence: str


def report(settings: Settings) -> list[Finding]:
    """Every check, in the order in which a newcomer meets them. Never raises for what it finds."""
    return [
        *_ledger(settings),
        *_knowledge(settings),
        *_rules(settings),
        *_database(settings),
        *_model(settings),
        *_own_cost(settings),
        *_slack(settings),
    ]


def _ledger(settings: Settings) -> Iterator[Finding]:
    from tools.ledger.known import data_span
    from tools.ledger.ledger import Ledger

    try:
        span = data_span(Ledger(settings.home))
    except ToolError as error:
        yield Finding("ledger", False, str(error))
        return
    if span is None:
        yield Finding("ledger", False, "No billing data yet; import a FOCUS export with `outlay spend import FILE`.")
    else:
        currencies = ", ".join(span[2])
        said = f"Billing data from {day_shown(span[0])} through {day_shown(span[1])}, in {currencies}."
        yield Finding("ledger", True, said)


def _knowledge(settings: Settings) -> Iterator[Finding]:
    from bot.wiring import build_services
    from knowledge.fetching.sync import statuses
    from knowledge.sources import UNVERIFIED, sources_of

    try:
        count = len(build_services(settings).store.snapshot().heads)
    except KnowledgeError as error:
        yield Finding("knowledge", False, str(error))
        return
    if count:
        yield Finding("knowledge", True, f"{count:,} documents are indexed.")
    else:
        yield Finding("knowledge", False, "Nothing is indexed; `outlay knowledge add --starter` adds the starter pack.")
    try:
        listed = sources_of(settings.home)
    except KnowledgeError as error:
        yield Finding("sources", False, str(error))
        return
    sources = statuses(settings.home / "knowledge", listed)
    visited = [status.checked_at for status in sources if status.checked_at is not None]
    if visited:
        said = f"{len(visited):,} of {len(sources):,} were visited, the last on {day_shown(max(visited).date())}."
        yield Finding("sources", True, said)
    else:
        yield Finding("sources", True, "None was visited yet; `outlay knowledge sync` visits them.")
    for said, names in (
        ("off, for the reason that sources.toml gives", [one.name for one in listed if not one.enabled]),
        ("at an address that nobody has verified", [one.name for one in listed if one.checked == UNVERIFIED]),
    ):
        if names:
            yield Finding(
                "sources", True, f"{len(names):,} {'is' if len(names) == 1 else 'are'} {said}: {', '.join(names)}."
            )
    for status in sources:
        if status.failures and not status.is_well:
            yield Finding("source", False, f"{status.name}: {status.why}")


def _rules(settings: Settings) -> Iterator[Finding]:
    """The files of rules, each read as it is when a question is asked."""
    from bot.access import load_access
    from tools.ledger.budgets.budgets import load_budgets
    from tools.ledger.storing.allocation import load_allocation
    from tools.ledger.storing.metrics import load_metrics

    rules: tuple[tuple[str, Callable[[Path], object], str, str], ...] = (
        ("access.toml", load_access, "everyone sees everything", "Nobody sees any spend until it is mended."),
        ("budgets.toml", load_budgets, "no budget is watched", "No budget is watched until it is mended."),
        ("allocation.toml", load_allocation, "a charge is its team tag's", "No spend is told until it is mended."),
        ("metrics.csv", load_metrics, "no unit costs can be told", "No unit cost is told until it is mended."),
    )
    for file, load, absent, broken in rules:
        what = file.partition(".")[0]
        try:
            load(settings.home)
        except ToolError as error:
            yield Finding(what, False, f"{error} {broken}")
            continue
        exists = (settings.home / file).exists()
        yield Finding(what, True, f"{file} is in force." if exists else f"There is no {file}: {absent}.")


def _database(settings: Settings) -> Iterator[Finding]:
    from contextlib import closing

    from bot.wiring import open_conversations, open_state

    where = "OUTLAY_DATABASE_URL's PostgreSQL database" if settings.database_url else str(settings.home)
    try:
        with closing(open_state(settings)) as state, open_conversations(settings, state):
            remembered = len(state.conversations())
    except ToolError as error:
        yield Finding("state", False, f"{error} Nothing is answered in Slack and no audit log is kept until then.")
        return
    unused = f"forgotten after {settings.forget_after_days} days without use"
    plural = "s" * (remembered != 1)
    yield Finding("state", True, f"Kept in {where}; {remembered:,} conversation{plural} remembered, {unused}.")


def _model(settings: Settings) -> Iterator[Finding]:
    from bot.wiring import talker_of

    talker = talker_of(settings)
    if talker is None:
        yield Finding("model", True, "The built-in planner answers; set OUTLAY_MODEL=provider:name for a chat model.")
        if settings.fallback_model:
            yield Finding("fallback", False, "OUTLAY_FALLBACK_MODEL counts only beside OUTLAY_MODEL; set that, too.")
        return
    for what, load in (("model", talker.load_first), ("fallback", talker.load_second)):
        try:
            named = load()
        except ToolError as error:
            yield Finding(what, False, str(error))
            continue
        if named is not None:
            yield Finding(what, True, f"{named.name} can be used; its key is only checked when it is asked.")
        else:
            yield Finding(what, True, "None; when the model fails, the built-in planner answers.")


def _own_cost(settings: Settings) -> Iterator[Finding]:
    """What is used of the month's cap, and whether the models have a price to count it by."""
    from contextlib import closing

    from bot.agent.meter import price_of
    from bot.wiring import now_in, open_state, talker_of
    from tools.prices.usage import Usage

    talker = talker_of(settings)
    if talker is None:
        return
    now = now_in(settings)
    try:
        with closing(open_state(settings)) as state:
            months = state.model_costs(f"{now:%Y-%m}")
    except ToolError:
        return
    used, unpriced = sum((one.cost for one in months), Decimal(0)), sum(one.unpriced for one in months)
    said = f"${used:,.2f} used in {now:%B %Y}"
    if unpriced:
        said += f", beside {unpriced:,} calls whose cost is unknown"
    if settings.model_budget is None:
        yield Finding("own cost", True, f"{said}; no cap is set. OUTLAY_MODEL_BUDGET sets one in USD a month.")
    elif used >= settings.model_budget:
        yield Finding(
            "own cost",
            False,
            f"{said}: the cap of ${settings.model_budget:,.2f} is reached, and the "
            "built-in planner answers. Raise OUTLAY_MODEL_BUDGET, or wait for the next month.",
        )
    else:
        yield Finding("own cost", True, f"{said} of the cap of ${settings.model_budget:,.2f}.")
    for name in talker.names:
        if settings.model_budget is not None and price_of(Usage(1000, 1000, requests=1), name, now.date()) is None:
            yield Finding("own cost", False, f"{name} has no known list price: its calls do not count toward the cap.")


def _slack(settings: Settings) -> Iterator[Finding]:
    from bot.serving import slack_settings

    try:
        slack = slack_settings(settings)
    except ToolError as error:
        yield Finding("slack", False, str(error))
        return
    yield Finding("slack", True, f"Set up for {'Socket Mode' if slack.app_token else 'signed HTTP'}.")
    if not settings.digest_channels:
        yield Finding("digest", False, "No channel gets a digest; name some in OUTLAY_DIGEST_CHANNELS.")
    else:
        when = f"{settings.digest_weekday.capitalize()} {settings.digest_hour}:00 {settings.timezone}"
        yield Finding("digest", True, f"Posted to {len(settings.digest_channels)} channels, {when}.")
