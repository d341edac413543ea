"""What a charge is: who sold it, whether it is AI spend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

PROVIDER_ALIASES: dict[str, tuple[str, ...]] = {
    "AWS": ("aws", "amazon", "amazon web services", "amazon aws", "aws marketplace"),
    "Google Cloud": ("google cloud", "gcp", "google", "google cloud platform", "google llc"),
    "Microsoft": ("microsoft", "azure", "microsoft azure", "microsoft corporation", "ms azure"),
    "Oracle": ("oracle", "oci", "oracle cloud", "oracle cloud infrastructure"),
    "OpenAI": ("openai", "open ai", "openai opco", "chatgpt"),
    "Anthropic": ("anthropic", "anthropic pbc"),
    "Mistral AI": ("mistral ai", "mistral"),
    "Cohere": ("cohere",),
    "DeepSeek": ("deepseek",),
    "xAI": ("xai", "x.ai", "x ai"),
    "Perplexity": ("perplexity", "perplexity ai"),
    "Groq": ("groq",),
    "Together AI": ("together ai", "together", "together.ai"),
    "Fireworks AI": ("fireworks ai", "fireworks"),
    "OpenRouter": ("openrouter", "open router"),
    "Hugging Face": ("hugging face", "huggingface"),
    "Replicate": ("replicate",),
    "ElevenLabs": ("elevenlabs", "eleven labs"),
    "Stability AI": ("stability ai", "stability"),
    "AI21 Labs": ("ai21 labs", "ai21"),
    "Voyage AI": ("voyage ai", "voyage"),
    "Cerebras": ("cerebras", "cerebras systems"),
    "SambaNova": ("sambanova", "sambanova systems"),
    "DeepInfra": ("deepinfra",),
    "Baseten": ("baseten",),
    "Databricks": ("databricks",),
    "Snowflake": ("snowflake",),
    "CoreWeave": ("coreweave",),
    "Lambda": ("lambda labs", "lambda cloud"),
    "RunPod": ("runpod",),
}
CLOUDS = frozenset(
    {"AWS", "Google Cloud", "Microsoft", "Oracle", "Databricks", "Snowflake", "CoreWeave", "Lambda", "RunPod"}
)
MODEL_PROVIDERS = frozenset(PROVIDER_ALIASES) - CLOUDS
"""Everything these bill is AI spend: they sell models and nothing else."""
AI_CATEGORY = "ai and machine learning"

_BY_ALIAS = {alias: name for name, aliases in PROVIDER_ALIASES.items() for alias in (*aliases, name.casefold())}
_COMPANY_FORM = re.compile(r"[,.]?\s+(?:inc|llc|ltd|limited|corp|corporation|pbc|gmbh|sarl|emea sarl|canada,? inc)\.?$")
ACCELERATOR = re.compile(
    r"\b(?:"
    r"(?:p[2-6][a-z]{0,2}|p6-b\d+|g[4-7](?:ad|dn|en|e|g)?|inf[12]|trn[1-3]n?|dl[12]q?|vt1)\.(?:\d*(?:xlarge|large)|metal)|"
    r"a[2-4]-(?:high|mega|ultra|edge)gpu(?:-\d+g)?|g[24]-standard-\d+|ct[3-6][a-z]*-|tpu(?:[ -]?v\d\w*)?|"
    r"standard[ -]n[cdv]\d+\w*|n[cdv]\d+[a-z]{1,6} v\d|(?:bm|vm)\.gpu[\w.]*|"
    r"[ah]100s?|[ah]200s?|gh200|g?b[23]00|l40s?|mi[23]\d{2}x?|v100s?|rtx ?\w+|"
    r"(?:nvidia|tesla)[ -]?(?:t4|l4|a10g?|p4|p100|k80)|(?:t4|l4|a10g?) gpus?|"
    r"gpus?|trainium\d?|inferentia\d?"
    r")\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def provider(name: str) -> str:
    """One spelling for a provider: `Amazon Web Services, Inc.`, `aws` -> `AWS`; a name not known stays as it is."""
    plain = " ".join(name.split())
    lowered = plain.casefold()
    while True:
        if lowered in _BY_ALIAS:
            return _BY_ALIAS[lowered]
        shorter = _COMPANY_FORM.sub("", lowered)
        if shorter == lowered:
            return plain
        lowered = shorter


def is_accelerator(names: Iterable[str | None]) -> bool:
    """Whether a SKU, meter, price detail or resource type names a GPU, TPU or other accelerator."""
    return bool(ACCELERATOR.search(" | ".join(name.replace("_", " ") for name in names if name)))


def is_ai_service(service_category: str | None, provider_name: str | None) -> bool:
    """AI by what it is sold as: the AI service category, or anything from a model provider."""
    return (service_category or "").casefold() == AI_CATEGORY or provider_name in MODEL_PROVIDERS
