"""LiteLLM proxy's spend logs (table `LiteLLM_SpendLogs`) as CSV, JSON or JSON lines: an estimate, not an invoice.

Columns by `litellm/proxy/schema.prisma` of BerriAI/litellm: `request_id, call_type, api_key, spend, total_tokens,
prompt_tokens, completion_tokens, startTime, endTime, model, custom_llm_provider, metadata, cache_hit, request_tags,
team_id, ...`. `spend` is a binary float of dollars by LiteLLM's own price table, which gives 0 for a model that it
does not know. `prompt_tokens` includes tokens read from and written to a cache (its Anthropic adapter adds them in),
and `metadata.additional_usage_values` tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.readers.charges import (
    AI,
    Charge,
    Numbered,
    count,
    export,
    month_of,
    number,
    plain_cell,
    said,
    storable,
)
from tools.ledger.readers.json_rows import unpacked
from tools.ledger.readers.parse import instant, tag_pairs
from tools.ledger.readers.rows import Export
from tools.ledger.readers.text import Table
from tools.ledger.readers.token_counts import TOKENS

FORM = "LiteLLM spend logs"
NEEDED = ("request_id", "spend", "startTime", "prompt_tokens", "completion_tokens", "model", "custom_llm_provider")
SIGNS = frozenset({"request_id", "spend", "starttime", "prompt_tokens"})
PROVIDERS = {
    "azure": "Microsoft",
    "azure_ai": "Microsoft",
    "azure_text": "Microsoft",
    "bedrock": "AWS",
    "bedrock_converse": "AWS",
    "sagemaker": "AWS",
    "vertex_ai": "Google Cloud",
    "vertex_ai_beta": "Google Cloud",
    "gemini": "Google Cloud",
    "text-completion-openai": "OpenAI",
    "together_ai": "Together AI",
    "fireworks_ai": "Fireworks AI",
}
NOTE = (
    "LiteLLM's spend is its own estimate, not an invoice; its rows carry the tag x_estimated, and give way to a bill "
    "of the same provider and day."
)


def recognises(names: Sequence[str]) -> bool:
    return {name.casefold() for name in names} >= SIGNS


def read(path: Path, rows: Numbered, header: Sequence[str], table: Table) -> Export:
    """The log's requests. A request with tokens, no spend and no hit in LiteLLM's cache is rejected: its price is
    unknown, not zero. The request's spend stands on its first row; rows of its other kinds of token carry none of
    it."""
    titles = {name.casefold() for name in header}
    for name in NEEDED:
        if name.casefold() not in titles:
            raise BadInput("This column of the spend logs is missing.", file=path.name, column=name)
    made = export(path, f"{FORM} {table.kind}", rows, _charges, table.position)
    made.notes.append(NOTE)
    return made


def _charges(given: Mapping[str, Any]) -> Iterable[Charge]:
    record = {name.casefold(): cell for name, cell in given.items()}
    spend = number(record, "spend")
    if spend is None:
        raise ValueError("spend is empty")
    start, end = _moment(record, "starttime"), said(record, "endtime")
    tokens = _tokens(record)
    model = said(record, "model")
    cached_answer = (said(record, "cache_hit") or "").casefold() == "true"
    if not spend and any(tokens.values()) and not cached_answer:
        raise ValueError(
            f"spend is 0 for {sum(tokens.values())} tokens: LiteLLM has no price for {model or 'the model'}"
        )
    seller = (said(record, "custom_llm_provider") or "").casefold() or (model or "").partition("/")[0].casefold()
    if not seller or (not said(record, "custom_llm_provider") and "/" not in (model or "")):
        raise ValueError("custom_llm_provider is empty")
    common: dict[str, Any] = {
        c.BILLING_CURRENCY: "USD",
        c.BILLING_ACCOUNT_ID: "litellm",
        c.BILLING_ACCOUNT_NAME: "LiteLLM estimate",
        **month_of(start),
        c.CHARGE_PERIOD_START: start,
        c.CHARGE_PERIOD_END: end,
        c.CHARGE_CATEGORY: "Usage",
        c.PROVIDER_NAME: PROVIDERS.get(seller, seller),
        c.SERVICE_NAME: said(record, "call_type"),
        c.SERVICE_CATEGORY: AI,
        c.RESOURCE_ID: said(record, "request_id"),
        c.X_MODEL: model,
        c.TAGS: _tags(record),
    }
    shown = plain_cell(storable(spend))
    kinds = [(meter, found) for meter, found in tokens.items() if found]
    for place, (meter, found) in enumerate(kinds or [(None, None)]):
        yield common | {
            c.BILLED_COST: "0" if place else shown,
            c.EFFECTIVE_COST: "0" if place else shown,
            c.SKU_METER: meter,
            c.CHARGE_DESCRIPTION: "tokens of a request whose cost is in its first row" if place else "LiteLLM request",
            c.CONSUMED_QUANTITY: plain_cell(found),
            c.CONSUMED_UNIT: TOKENS if found else None,
        }


def _tokens(record: Mapping[str, Any]) -> dict[str, Decimal]:
    metadata = _object(record, "metadata")
    values = _mapping(metadata.get("additional_usage_values"))
    details = _mapping(values.get("prompt_tokens_details"))
    cached = count(values, "cache_read_input_tokens") or count(details, "cached_tokens")
    written = count(values, "cache_creation_input_tokens")
    plain = count(record, "prompt_tokens") - cached - written
    if plain < 0:
        raise ValueError("prompt_tokens is less than the cached tokens it should include")
    return {
        "input tokens": plain,
        "cached input tokens": cached,
        "cache write tokens": written,
        "output tokens": count(record, "completion_tokens"),
    }


def _tags(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """`key:value` request tags, and the proxy's own team, key and user under names of theirs: they are no `team`."""
    metadata = _object(record, "metadata")
    try:
        listed = unpacked(record.get("request_tags"))
    except ValueError:
        listed = None
    pairs = [
        tag.split(":", 1) for tag in (listed if isinstance(listed, list) else []) if isinstance(tag, str) and ":" in tag
    ]
    own = {
        "x_estimated": "true",
        "litellm_team_id": said(record, "team_id"),
        "litellm_team": said(metadata, "user_api_key_team_alias"),
        "litellm_key": said(metadata, "user_api_key_alias"),
        "litellm_end_user": said(record, "end_user"),
    }
    return tag_pairs([*([key, value] for key, value in own.items()), *pairs])


def _object(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    try:
        return _mapping(unpacked(record.get(name)))
    except ValueError:
        return {}


def _mapping(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


def _moment(record: Mapping[str, Any], name: str) -> str:
    found = said(record, name)
    if not found:
        raise ValueError(f"{name} is empty")
    return instant(found).isoformat(" ")
