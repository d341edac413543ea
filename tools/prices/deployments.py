"""Where a cloud runs a model, which moves its price: endpoints of one geography, data zones, government clouds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.errors import Unknown

GEOGRAPHY = re.compile(r"\b(regional|in-region|geo|us|eu|apac|jp|au)\b", re.I)
_ZONE = re.compile(r"\bdata[ -]?zone\b", re.I)
_GOVERNMENT = re.compile(r"\b(?:us-?gov(?:ernment)?|gov ?cloud|azure government)\b", re.I)
_VENDORS = "ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshotai|nvidia|openai|qwen|writer|zai"
_BEDROCK_ID = re.compile(rf"(?:(?P<place>us|eu|apac|jp|au|ca|global|regional)\.)?(?P<id>(?:{_VENDORS})\.\S+)", re.I)


@dataclass(frozen=True, slots=True)
class BedrockId:
    """A model id as Bedrock writes it, without what stands before the maker; `regional` unless it is a global profile:
    `eu.anthropic.claude-...` and the bare `anthropic.claude-...` keep requests in one geography."""

    ident: str
    regional: bool


def bedrock_id(name: str) -> BedrockId | None:
    """The id that `name` is, None when it is none."""
    found = _BEDROCK_ID.fullmatch(name.strip())
    return BedrockId(found["id"], (found["place"] or "").lower() != "global") if found else None


def refuse_unpriced(name: str) -> None:
    """Unknown for a deployment of which the catalogue has no prices, whatever the model."""
    if zone := _ZONE.search(name):
        raise Unknown(f"The price catalogue has no {zone[0]} prices of Azure, only those of Global deployments.")
    if government := _GOVERNMENT.search(name):
        raise Unknown(f"The price catalogue has no prices of {government[0]}, only those of the commercial clouds.")


def refuse_geography(provider: str | None, maker: str | None) -> None:
    """Unknown where a price within one geography is asked for and the provider's is known to differ from the global one
    that the catalogue has: Azure's Regional deployments, and Anthropic's models on Vertex AI."""
    if provider == "azure":
        raise Unknown("The price catalogue has no Regional prices of Azure, only those of Global deployments.")
    if provider == "google" and maker == "anthropic":
        raise Unknown(
            "The price catalogue has no regional prices of Anthropic's models on Google, only those of the global "
            "endpoint; a regional endpoint costs more."
        )
