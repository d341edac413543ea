"""What Outlay's own chat model costs: each call held before it is made, settled after, within a monthly cap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.state.costs import Costs, Tokens
from tools.errors import ToolError
from tools.prices.catalogue import load_catalogue
from tools.prices.cost import bill
from tools.prices.names import resolve_billed_model
from tools.prices.usage import Usage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, AnyMessage

# What a call is held at before its end is known: its text at four characters a token, and this many tokens of answer.
CHARACTERS_A_TOKEN = 4
LIKELY_OUTPUT = 1_000


class CapReached(Exception):
    """The month's cap for Outlay's own model has no room for another call."""

    def __init__(self, cap: Decimal) -> None:
        super().__init__(f"This month's cap of ${cap:,.2f} for Outlay's own chat model is reached")


@dataclass(frozen=True, slots=True)
class Meter:
    """`costs` keeps the record; `now` is in the company's time zone, whose calendar month counts. `cap` is in USD."""

    costs: Costs
    now: Callable[[], datetime]
    cap: Decimal | None = None

    def hold(self, model: str, messages: Sequence[AnyMessage], other: int = 0) -> str:
        """The key of a call about to be made with `messages` and `other` characters of prompt and tools; CapReached
        when it does not fit."""
        characters = other + sum(len(str(message.content)) for message in messages)
        likely = Usage(input_tokens=characters // CHARACTERS_A_TOKEN + 1, output_tokens=LIKELY_OUTPUT, requests=1)
        key, now = uuid4().hex, self.now()
        if not self.costs.model_call_held(key, now, model, price_of(likely, model, now.date()), self.cap):
            assert self.cap is not None
            raise CapReached(self.cap)
        return key

    def settle(self, key: str, message: AIMessage | None, model: str) -> None:
        """What the held call came to; without a message its end is unknown, and so is its cost."""
        usage = usage_of(message)
        if usage is None:
            self.costs.model_call_settled(key, Tokens(), None)
        else:
            tokens = Tokens(usage.input_tokens, usage.cached_input_tokens, usage.output_tokens)
            self.costs.model_call_settled(key, tokens, price_of(usage, model, self.now().date()))

    def drop(self, key: str) -> None:
        """The provider refused the held call."""
        self.costs.model_call_dropped(key)


def usage_of(message: Any) -> Usage | None:
    """The tokens of one call as its answer reports them; None where it does not."""
    reported = getattr(message, "usage_metadata", None)
    if not reported:
        return None
    details = reported.get("input_token_details") or {}
    return Usage(
        input_tokens=reported["input_tokens"],
        output_tokens=reported["output_tokens"],
        cached_input_tokens=details.get("cache_read") or 0,
        cache_write_tokens=(details.get("cache_creation") or 0) + (details.get("ephemeral_5m_input_tokens") or 0),
        cache_write_1h_tokens=details.get("ephemeral_1h_input_tokens") or 0,
        requests=1,
    )


def price_of(usage: Usage, model: str, on: date) -> Decimal | None:
    """What `usage` of `provider:name` costs in USD at the list price of that day; None where it is unknown."""
    provider, _, name = model.partition(":")
    catalogue = load_catalogue()
    ref = resolve_billed_model(name, provider, catalogue)
    if ref is None:
        return None
    if usage.is_empty:
        return Decimal(0)
    try:
        return bill(usage, ref, on, catalogue).total.amount
    except ToolError:
        return None
