"""The providers that can be synced, and which of them an environment has keys for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tools.errors import Unknown
from tools.ledger.sync import anthropic, openai
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
    `OUTLAY_SYNC_<NAME>_URL` and `OUTLAY_SYNC_<NAME>_ACCOUNT`, GitHub `GITHUB_ORGANIZATION`, AWS `AWS_REGION`."""
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
