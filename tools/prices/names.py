"""Model names: what the rest of Outlay calls to turn words into models of the catalogue."""

from __future__ import annotations

from tools.prices.billed import model_key, resolve_billed_model
from tools.prices.choices import nearest
from tools.prices.mentions import Mention, mentions
from tools.prices.resolve import find_model
from tools.prices.vocabulary import provider_id

__all__ = ["Mention", "find_model", "mentions", "model_key", "nearest", "provider_id", "resolve_billed_model"]
