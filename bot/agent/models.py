"""Which chat model does the talking: the built-in planner, or any LangChain chat model named `provider:name`."""

from __future__ import annotations

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


def load_model(name: str, url: str | None, timeout: float) -> BaseChatModel:
    """The chat model `provider:name`; `url` points it at another server that speaks the provider's protocol.

    BadInput says which extra to install, or what is wrong with the name; keys come from the provider's own variables.
    """
    from langchain.chat_models import init_chat_model

    provider, colon, model = name.partition(":")
    if not colon or not model:
        raise BadInput(f"OUTLAY_MODEL: {name!r} must be provider:name, such as openai:gpt-5-mini.")
    options: dict[str, Any] = {"temperature": 0, "timeout": timeout, "max_retries": 2}
    if url:
        options["base_url"] = url
    try:
        chat_model: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
        return chat_model
    except ImportError:
        extra = EXTRAS.get(provider)
        how = f"install it with: pip install 'outlay[{extra}]'" if extra else "its LangChain package is not installed"
        raise BadInput(f"OUTLAY_MODEL: {provider} needs its LangChain package; {how}.") from None
    except Exception as error:  # each provider raises its own kind for a missing key or an unknown provider
        raise BadInput(f"OUTLAY_MODEL: {name!r} cannot be used: {str(error).splitlines()[0]}") from error


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
