"""What `outlay doctor` checks, and what to do about what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    return [*_ledger(settings), *_knowledge(settings), *_access(settings), *_model(settings), *_slack(settings)]


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
    from knowledge.sync import statuses

    try:
        count = len(build_services(settings).store.snapshot().heads)
    except KnowledgeError as error:
        yield Finding("knowledge", False, str(error))
        return
    if count:
        yield Finding("knowledge", True, f"{count:,} documents are indexed.")
    else:
        yield Finding("knowledge", False, "Nothing is indexed; `outlay knowledge add --starter` adds the starter pack.")
    for status in statuses(settings.home / "knowledge"):
        if status.failures and not status.is_well:
            yield Finding("source", False, f"{status.name}: {status.why}")


def _access(settings: Settings) -> Iterator[Finding]:
    from bot.access import load_access

    path = settings.home / "access.toml"
    try:
        load_access(settings.home)
    except ToolError as error:
        yield Finding("access", False, f"{error} Nobody sees any spend until it is mended.")
        return
    said = "access.toml is in force." if path.exists() else "There is no access.toml: everyone sees everything."
    yield Finding("access", True, said)


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.model is None:
        yield Finding("model", True, "The built-in planner answers; set OUTLAY_MODEL=provider:name for a chat model.")
        return
    from bot.agent.models import load_model

    try:
        load_model(settings.model, settings.model_url, settings.model_timeout)
    except ToolError as error:
        yield Finding("model", False, str(error))
        return
    yield Finding("model", True, f"{settings.model} can be used; its key is only checked when it is asked.")


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
