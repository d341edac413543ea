"""Words of the trade: which family belongs to which maker, and what providers are called."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAKERS: dict[str, str | None] = {
    "gpt": "openai",
    "chatgpt": "openai",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "codex": "openai",
    "davinci": "openai",
    "whisper": "openai",
    "claude": "anthropic",
    "gemini": "google",
    "gemma": None,
    "mistral": "mistral",
    "ministral": "mistral",
    "magistral": "mistral",
    "codestral": "mistral",
    "devstral": "mistral",
    "pixtral": "mistral",
    "voxtral": "mistral",
    "mixtral": "mistral",
    "deepseek": "deepseek",
    "grok": "x-ai",
    "command": "cohere",
    "nova": "aws",
    "titan": "aws",
    "kimi": "moonshotai",
    "glm": "zai",
    "minimax": "minimax",
    "sonar": "perplexity",
    "muse": "meta",
    "voyage": "voyageai",
    "phi": "azure",
    "llama": None,
    "qwen": None,
    "oss": None,
}
"""The maker's own API in the catalogue; None where the maker sells no API there (open weights)."""

IMPLIED = {
    "sonnet": "claude",
    "haiku": "claude",
    "opus": "claude",
    "fable": "claude",
    "mythos": "claude",
    "flash": "gemini",
    "4o": "gpt",
    "maverick": "llama",
    "scout": "llama",
    "r1": "deepseek",
    "oss": "gpt",
}
"""Words that name their family: `sonnet 4.5` is a Claude."""

GPT_SIZES = frozenset({"mini", "nano", "turbo"})
STAND_ALONE = frozenset({"claude", "sonnet", "haiku", "opus", "gemini", "gpt", "llama", "grok"})
"""Families that name a model by themselves in a sentence; others are also companies or ordinary words."""
SERIES = frozenset({"o1", "o3", "o4", "4o"})
EVERYDAY = frozenset(
    {
        *("command", "nova", "titan", "phi", "sonar", "muse", "whisper", "voyage"),
        *("oss", "codex", "r1", "mistral", "flash"),
    }
)
"""Families that are also words: they count in a sentence only with an exact, known name."""

PROVIDERS: dict[str, str] = {
    "aws bedrock": "aws",
    "amazon bedrock": "aws",
    "bedrock": "aws",
    "aws": "aws",
    "amazon web services": "aws",
    "amazon": "aws",
    "azure openai": "azure",
    "azure ai foundry": "azure",
    "microsoft azure": "azure",
    "microsoft foundry": "azure",
    "azure": "azure",
    "microsoft": "azure",
    "google vertex ai": "google",
    "google vertex": "google",
    "vertex ai": "google",
    "vertex": "google",
    "google cloud": "google",
    "google ai studio": "google",
    "ai studio": "google",
    "gcp": "google",
    "gemini api": "google",
    "google": "google",
    "openai": "openai",
    "open ai": "openai",
    "anthropic": "anthropic",
    "groq": "groq",
    "together ai": "together",
    "together": "together",
    "fireworks ai": "fireworks",
    "fireworks": "fireworks",
    "openrouter": "openrouter",
    "open router": "openrouter",
    "cerebras": "cerebras",
    "databricks": "databricks",
    "cloudflare": "cloudflare",
    "workers ai": "cloudflare",
    "novita": "novita",
    "baseten": "baseten",
    "perplexity": "perplexity",
    "mistral ai": "mistral",
    "mistral": "mistral",
    "la plateforme": "mistral",
    "deepseek": "deepseek",
    "cohere": "cohere",
    "xai": "x-ai",
    "x ai": "x-ai",
    "moonshot ai": "moonshotai",
    "moonshot": "moonshotai",
    "z ai": "zai",
    "zhipu": "zhipuai",
    "meta": "meta",
    "github copilot": "github-copilot",
    "cursor": "cursor",
    "ovhcloud": "ovhcloud",
    "avian": "avian",
    "modal": "modal",
    "minimax": "minimax",
    "arcee": "arcee",
    "moonshotai": "moonshotai",
    "voyage ai": "voyageai",
    "zhipu ai": "zhipuai",
    "elevenlabs": "elevenlabs",
    "doubleword": "doubleword",
    "quicksilver pro": "quicksilverpro",
    "typesafe": "typesafe",
    "ovhcloud ai endpoints": "ovhcloud",
    "cloudflare workers ai": "cloudflare",
}
HOSTS_ONLY = frozenset(
    {"bedrock", "azure", "vertex", "groq", "together ai", "fireworks", "openrouter", "databricks", "cerebras"}
    | {"aws bedrock", "amazon bedrock", "azure openai", "vertex ai", "google vertex", "google vertex ai", "aws"}
    | {"fireworks ai", "microsoft azure", "github copilot", "novita", "baseten", "cloudflare"}
)
"""Provider names that say where a model runs even without "on" before them."""

UNLISTED = frozenset(
    {"deepinfra", "replicate", "sagemaker", "watsonx", "snowflake", "ollama", "lambda", "runpod", "sambanova", "nebius"}
)
"""Hosts that people name and that the catalogue has no prices of."""

SERVICE_WORDS = frozenset({"batch", "flex", "priority", "free"})
"""How a request is served, not which model serves it."""

HOST_ORDER = ("aws", "azure", "google", "groq", "together", "fireworks", "databricks", "cerebras", "openrouter")
MAKER_WORDS = frozenset(
    {"openai", "anthropic", "google", "meta", "amazon", "xai", "microsoft", "cohere", "alibaba", "moonshot"}
)


def provider_id(name: str) -> str | None:
    """The catalogue's id of a provider as people and bills name it; None when it is not in the catalogue."""
    return PROVIDERS.get(re.sub(r"[\s_.-]+", " ", name).strip().casefold())


def provider_pattern() -> str:
    """A regular expression for any provider's name, the longest first."""
    return _any_of(PROVIDERS)


def host_pattern() -> str:
    """The same for the names that say where a model runs by themselves."""
    return _any_of(HOSTS_ONLY)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)).replace(r"\ ", "[ -]")
