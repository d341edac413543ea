"""Which chat model does the talking: the built-in planner, or any LangChain chat model named `provider:name`."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tools.errors import BadInput

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

BUILTIN = "builtin"
EXTRAS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "azure_openai": "azure",
    "bedrock": "bedrock",
    "bedrock_converse": "bedrock",
    "google_genai": "gemini",
    "ollama": "ollama",
}
KEYS = {
    "openai": ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"),
    "anthropic": ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"),
    "azure_openai": ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN", "OPENAI_API_KEY"),
    "google_genai": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
}
"""The variables that hold a provider's key, any of which will do; the first is the one to name."""


def load_model(name: str, url: str | None, timeout: float) -> BaseChatModel:
    """The chat model `provider:name`; `url` points it at another server that speaks the provider's protocol.

    BadInput says which extra to install, which key to set, or what is wrong with the name; keys come from the
    provider's own variables. No temperature is set: newer models refuse one.
    """
    from langchain.chat_models import init_chat_model

    provider, _, model = name.partition(":")
    if not provider or not model:
        raise BadInput(f"OUTLAY_MODEL: {name!r} must be provider:name, such as openai:gpt-5-mini.")
    options: dict[str, Any] = {"timeout": timeout, "max_retries": 2}
    if url:
        options["azure_endpoint" if provider == "azure_openai" else "base_url"] = url
    try:
        chat_model: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError:
        extra = EXTRAS.get(provider)
        how = f"install it with: pip install 'outlay[{extra}]'" if extra else "its LangChain package is not installed"
        raise BadInput(f"OUTLAY_MODEL: {provider} needs its LangChain package; {how}.") from None
    except Exception as error:  # each provider raises its own kind for a missing key or an unknown provider
        if _is_keyless(provider):
            raise BadInput(_missing(name, provider)) from None
        raise BadInput(f"OUTLAY_MODEL: {name!r} cannot be used: {_first_sentence(error)}") from error
    if _is_keyless(provider):
        raise BadInput(_missing(name, provider))
    return chat_model


def _is_keyless(provider: str) -> bool:
    return provider in KEYS and not any(os.environ.get(variable) for variable in KEYS[provider])


def _missing(name: str, provider: str) -> str:
    return f"OUTLAY_MODEL: {name} needs a key; set {KEYS[provider][0]}."


def _first_sentence(error: Exception) -> str:
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"{first.split('. ')[0].rstrip('.')}."


def cost_of(messages: list[Any], name: str) -> Decimal | None:
    """What a turn's model calls cost in USD at list price, by the usage that the messages report; None if unknown."""
    from datetime import date

    from tools.errors import ToolError
    from tools.prices.catalogue import load_catalogue
    from tools.prices.cost import price_usage
    from tools.prices.names import resolve_billed_model
    from tools.prices.usage import Usage

    provider, _, model = name.partition(":")
    total = Decimal(0)
    for message in messages:
        usage = getattr(message, "usage_metadata", None)
        if usage is None:
            continue
        ref = resolve_billed_model(model, provider, load_catalogue())
        if ref is None:
            return None
        cached = (usage.get("input_token_details") or {}).get("cache_read") or 0
        try:
            result = price_usage(
                Usage(
                    input_tokens=usage["input_tokens"],
                    output_tokens=usage["output_tokens"],
                    cached_input_tokens=cached,
                ),
                ref,
                date.max,
                load_catalogue(),
            )
        except ToolError:
            return None
        total += result.figures[0].value
    return total
