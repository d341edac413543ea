"""Which chat model does the talking: the built-in planner, or any LangChain chat model named `provider:name`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.errors import BadInput

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.agent.failover import Named

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


@dataclass(frozen=True, slots=True)
class Talker:
    """The chat model by its `provider:name`, and the second one that is asked when it fails. `timeout` is in seconds of
    one call, `seconds` of all calls of a question."""

    model: str
    url: str | None = None
    fallback: str | None = None
    fallback_url: str | None = None
    timeout: float = 60.0
    seconds: float = 120.0

    @property
    def names(self) -> tuple[str, ...]:
        return (self.model, *([self.fallback] if self.fallback else []))

    def load(self) -> tuple[Named, ...]:
        """Both clients; BadInput says which setting cannot be used and why."""
        second = self.load_second()
        return (self.load_first(), *([second] if second else []))

    def load_first(self) -> Named:
        from bot.agent.failover import Named

        return Named(self.model, load_model(self.model, self.url, self.timeout))

    def load_second(self) -> Named | None:
        """None where no second model is named."""
        from bot.agent.failover import Named

        if self.fallback is None:
            return None
        second = load_model(self.fallback, self.fallback_url, self.timeout, "OUTLAY_FALLBACK_MODEL")
        return Named(self.fallback, second)


def load_model(name: str, url: str | None, timeout: float, setting: str = "OUTLAY_MODEL") -> BaseChatModel:
    """The chat model `provider:name`; `url` points it at another server that speaks the provider's protocol.

    BadInput says which extra to install, which key to set, or what is wrong with the name; keys come from the
    provider's own variables. No temperature is set: newer models refuse one. Trying again is left to the caller.
    Answers are taken whole, as arguments that break off midway are told from whole ones only then.
    """
    from langchain.chat_models import init_chat_model

    provider, _, model = name.partition(":")
    if not provider or not model:
        raise BadInput(f"{setting}: {name!r} must be provider:name, such as openai:gpt-5-mini.")
    options: dict[str, Any] = {"timeout": timeout, "max_retries": 0}
    if url:
        options["azure_endpoint" if provider == "azure_openai" else "base_url"] = url
    try:
        chat_model: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError:
        extra = EXTRAS.get(provider)
        how = f"install it with: pip install 'outlay[{extra}]'" if extra else "its LangChain package is not installed"
        raise BadInput(f"{setting}: {provider} needs its LangChain package; {how}.") from None
    except Exception as error:  # each provider raises its own kind for a missing key or an unknown provider
        if _is_keyless(provider):
            raise BadInput(_missing(setting, name, provider)) from None
        raise BadInput(f"{setting}: {name!r} cannot be used: {_first_sentence(error)}") from error
    if _is_keyless(provider):
        raise BadInput(_missing(setting, name, provider))
    return chat_model


def is_anthropic(name: str) -> bool:
    return name.startswith("anthropic:")


def _is_keyless(provider: str) -> bool:
    return provider in KEYS and not any(os.environ.get(variable) for variable in KEYS[provider])


def _missing(setting: str, name: str, provider: str) -> str:
    return f"{setting}: {name} needs a key; set {KEYS[provider][0]}."


def _first_sentence(error: Exception) -> str:
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"{first.split('. ')[0].rstrip('.')}."
