"""The providers that can be synced, and which of them an environment has keys for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tools.errors import Unknown
from tools.ledger.sync import anthropic, aws, cursor, github, langfuse, litellm, openai, openrouter
from tools.ledger.sync.source import Kind, Source

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "openai",
            "OpenAI",
            openai.pull,
            (openai.KEY,),
            "an organization admin key from platform.openai.com/settings/organization/admin-keys.",
            "https://api.openai.com",
            chunk_days=31,
            reach_days=365,
        ),
        Kind(
            "anthropic",
            "Anthropic",
            anthropic.pull,
            (anthropic.KEY,),
            "an admin key (sk-ant-admin...) from platform.claude.com/settings/admin-keys.",
            "https://api.anthropic.com",
            chunk_days=31,
            reach_days=365,
        ),
        Kind(
            "aws",
            "AWS",
            aws.pull,
            aws.KEYS,
            "an access key that may call ce:GetCostAndUsage.",
            "https://ce.us-east-1.amazonaws.com",
            chunk_days=31,
            reach_days=395,
            optional_keys=(aws.TOKEN,),
        ),
        Kind(
            "openrouter",
            "OpenRouter",
            openrouter.pull,
            (openrouter.KEY,),
            "a management key from openrouter.ai/settings/management-keys.",
            "https://openrouter.ai",
            chunk_days=10,
            reach_days=openrouter.DAYS,
        ),
        Kind(
            "github",
            "GitHub",
            github.pull,
            (github.KEY,),
            "a token with read access to the organization's administration.",
            "https://api.github.com",
            chunk_days=10,
            reach_days=700,
            needs=(("organization", "the organization's login in GITHUB_ORGANIZATION"),),
        ),
        Kind(
            "cursor",
            "Cursor",
            cursor.pull,
            (cursor.KEY,),
            "an admin API key from cursor.com/dashboard.",
            "https://api.cursor.com",
            chunk_days=1,
            reach_days=31,
            whole_cycle=True,
        ),
        Kind(
            "litellm",
            "LiteLLM",
            litellm.pull,
            (litellm.KEY,),
            "a proxy admin key.",
            None,
            chunk_days=5,
            reach_days=365,
            estimate=2,
            own_server=True,
            needs=(("base_url", "the address of your proxy in OUTLAY_SYNC_LITELLM_URL"),),
        ),
        Kind(
            "langfuse",
            "Langfuse",
            langfuse.pull,
            langfuse.KEYS,
            "a project's public and secret key.",
            "https://cloud.langfuse.com",
            chunk_days=10,
            reach_days=365,
            estimate=3,
            own_server=True,
        ),
    )
}


def kind_named(name: str) -> Kind:
    """Unknown, with the known names, for another name."""
    plain = name.strip().casefold()
    if plain not in KINDS:
        from rapidfuzz import process, utils

        nearest = [found[0] for found in process.extract(plain, list(KINDS), processor=utils.default_process, limit=3)]
        raise Unknown(f"There is no source {name!r} to sync from. Known: {', '.join(KINDS)}.", nearest)
    return KINDS[plain]


def configured(environment: Mapping[str, str], only: str | None = None, since: date | None = None) -> list[Source]:
    """The sources whose keys are set, or just `only` (whether its keys are set or not). Beside keys, a source takes
    `OUTLAY_SYNC_<NAME>_URL` and `OUTLAY_SYNC_<NAME>_ACCOUNT`, and GitHub `GITHUB_ORGANIZATION`."""
    names = [kind_named(only).name] if only else list(KINDS)
    sources = []
    for name in names:
        if only or all(environment.get(key) for key in KINDS[name].keys):
            prefix = f"OUTLAY_SYNC_{name.upper()}_"
            sources.append(
                Source(
                    name,
                    account=environment.get(prefix + "ACCOUNT") or None,
                    base_url=environment.get(prefix + "URL") or None,
                    since=since,
                    organization=environment.get("GITHUB_ORGANIZATION") or None if name == "github" else None,
                )
            )
    return sources
